"""A report is called false, and its reporter says that this is wrong; three of them, and nothing more is filed."""

from datetime import timedelta

from alerts.clock import JOBS, run_once
from services import fairness, suspensions
from storage.kinds import Status
from tests import county
from tests.journeys.backends import IN_BOTH_LANGUAGES
from tests.journeys.conftest import Town
from tests.journeys.filing import accepted
from tests.journeys.phone import Phone
from tests.journeys.test_cases import status_of
from tests.journeys.test_stats import lead
from tests.journeys.test_verdict import fixed
from tests.pictures import jpeg

CONFIRM = next(job for job in JOBS if job.unit is fairness.tick)
RULES = suspensions.rules()


async def called_false(rider: Phone, officer: Phone, report: int = 1) -> None:
    """The officer goes there, finds nothing, and says so."""
    card = await accepted(rider, officer, report)
    await officer.push_more(card, "button-reject")
    await officer.until(lambda: officer.button("why-reject-false") in officer.buttons(card))
    officer.push(officer.current(card), "why-reject-false")
    prompt = await officer.hears("prompt-false", number=f"D-00000{report}")
    officer.send_text("the pipe is <dry>")
    await officer.until(lambda: officer.buttons(prompt) == [])
    await officer.hears("false-done", number=f"D-00000{report}")


@IN_BOTH_LANGUAGES
async def test_the_reporter_objects_with_a_photo_and_the_lead_believes_him(town: Town, language: str) -> None:
    officer, rider = await town.officer(7001, language=language), town.rider(language=language)
    chen = await lead(town, language=language)
    await called_false(rider, officer)
    why = rider.words("why-in-words", why=rider.words("why-reject-false"), words="the pipe is <dry>")
    told = await rider.hears("told-rejected", number="D-000001", why=why)
    rider.push(told, "button-dispute")
    first = await rider.hears("prompt-dispute", number="D-000001")
    rider.send_photo(jpeg("blue"))
    second = await rider.hears("prompt-dispute-words", number="D-000001")
    rider.send_text("it drips at night")
    await rider.hears("dispute-done", number="D-000001")
    await rider.until(lambda: rider.buttons(first) == rider.buttons(second) == rider.buttons(told) == [])
    card = await chen.hears("case-dispute-reporter")
    assert "the pipe is <dry>" in card["text"]
    assert "it drips at night" in card["text"]
    assert await status_of(town) is Status.REVIEW
    before = officer.last
    chen.push(card, "button-is-true")
    await chen.sees_toast("toast-is-true")
    await rider.hears("told-cleared", number="D-000001")
    await officer.gets_alert(after=before)
    assert await status_of(town) is Status.OPEN
    admin = town.admin(language)
    admin.send_text("/audit")
    log = await admin.hears("audit-title")
    for deed in ("deed-marked_false", "deed-disputed", "deed-cleared"):
        assert admin.words(deed) in log["text"]
    assert "Wang" not in log["text"]


@IN_BOTH_LANGUAGES
async def test_three_false_ones_suspend_and_the_administrator_lifts(town: Town, language: str) -> None:
    officer, rider = await town.officer(7001, language=language), town.rider(language=language)
    for report in (1, 2, 3):
        town.clock.travel(timedelta(minutes=3))  # else the photo is asked about: the same report?
        await called_false(rider, officer, report)
    await town.calm()  # the clock leaves for later what is just being settled
    town.clock.travel(RULES.dispute_within)
    await run_once(CONFIRM, store=town.store, clock=town.clock)
    await rider.hears("suspended-danger")
    after = rider.last
    rider.send_photo(jpeg("red"))
    rider.send_location(*county.IN_A1)
    kept = await rider.hears("suspended-kept", after=after)
    await rider.until(lambda: rider.words("draft-has-photo", count=1) in rider.current(kept)["text"])
    assert RULES.phone in kept["text"]
    numbers = ("D-000001", "D-000002", "D-000003")
    assert rider.words("between").join(numbers) in kept["text"]
    admin = town.admin(language)
    admin.send_text("/lift")
    listed = await admin.hears("lift-title")
    assert "Wang" not in listed["text"]
    admin.press(listed["message_id"], admin.button("button-lift", number="D-000003"))
    await admin.sees_toast("toast-lifted")
    await rider.hears("told-lifted", after=after)
    await rider.hears_filed(4)


@IN_BOTH_LANGUAGES
async def test_a_lead_opens_a_fixed_report_by_its_number_and_finds_it_false(town: Town, language: str) -> None:
    officer, rider = await town.officer(7001, language=language), town.rider(language=language)
    chen = await lead(town, language=language)
    await fixed(officer, (await accepted(rider, officer))["message_id"])
    rider.push(await rider.hears("told-resolved", number="D-000001"), "button-fixed")
    await rider.hears("told-points-earned", points=10)
    chen.send_text("d-1")
    card = await chen.hears("case-title", number="D-000001")
    chen.push(card, "button-not-true")
    await chen.hears("prompt-false", number="D-000001")
    chen.send_text("an old picture")
    await chen.hears("false-done", number="D-000001")
    why = chen.words("why-in-words", why=chen.words("why-reject-false"), words="an old picture")
    told = await rider.hears("told-rejected-later", number="D-000001", why=why)
    assert rider.button("button-dispute") in rider.buttons(told)
    await chen.until(lambda: chen.words("case-rejected-later", why=why) in chen.current(card)["text"])
    await town.calm()  # the clock leaves for later what is just being settled
    town.clock.travel(RULES.dispute_within)
    await run_once(CONFIRM, store=town.store, clock=town.clock)
    await rider.hears("told-points-taken", points=10, number="D-000001")
