"""An officer waits for somebody: the clock stands still, both sides see it, and it can go on at any time."""

from datetime import timedelta

from storage.kinds import WaitingFor
from storage.schema import Draft, Report
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.filing import accepted

pytestmark = ON_SQLITE


async def report_of(town: Town) -> Report:
    """The only one."""
    row = await town.store.read(lambda session: session.get(Report, 1))
    assert isinstance(row, Report)
    return row


@IN_BOTH_LANGUAGES
async def test_one_tap_says_for_whom_and_until_when_and_another_goes_on(town: Town, language: str) -> None:
    officer = await town.officer(7001, language=language)
    rider = town.rider(language=language)
    card = await accepted(rider, officer)
    await officer.push_more(card, "button-wait")
    await officer.until(lambda: officer.words("ask-wait", number="D-000001") in officer.current(card)["text"])
    officer.push(officer.current(card), "button-wait-third_party", span=officer.words("wait-hours-72"))
    await officer.sees_toast("toast-waits")
    await officer.until(lambda: officer.button("button-clock-on") in officer.buttons(officer.current(card)))
    await rider.until(lambda: any("⏸" in text for text in rider.said))
    stopped = await report_of(town)
    assert stopped.waiting_for is WaitingFor.THIRD_PARTY
    assert stopped.waiting_until is not None
    assert timedelta(days=2, hours=23) < stopped.waiting_until - town.clock() <= timedelta(days=3)
    officer.push(officer.current(card), "button-clock-on")
    await officer.sees_toast("toast-goes-on")
    await officer.until(lambda: officer.button("button-clock-on") not in officer.buttons(officer.current(card)))
    assert (await report_of(town)).waiting_for is None


@IN_BOTH_LANGUAGES
async def test_another_time_is_written_and_what_cannot_be_read_is_asked_for_again(town: Town, language: str) -> None:
    officer = await town.officer(7001, language=language)
    rider = town.rider(language=language)
    card = await accepted(rider, officer)
    await officer.push_more(card, "button-wait")
    await officer.until(lambda: officer.words("ask-wait", number="D-000001") in officer.current(card)["text"])
    officer.push(officer.current(card), "button-wait-other-reporter")
    await officer.until(
        lambda: officer.words("ask-wait-until-reporter", number="D-000001") in officer.current(card)["text"]
    )
    officer.send_text("soon")
    await officer.hears("error-bad-time")
    officer.send_text("3 days" if language == "en" else "三天")
    await officer.until(lambda: officer.button("button-clock-on") in officer.buttons(officer.current(card)))
    stopped = await report_of(town)
    assert stopped.waiting_for is WaitingFor.REPORTER
    assert stopped.waiting_until is not None
    assert timedelta(days=2, hours=23) < stopped.waiting_until - town.clock() <= timedelta(days=3)


@IN_BOTH_LANGUAGES
async def test_a_reply_to_what_says_that_an_answer_is_needed_lets_the_clock_go_on(town: Town, language: str) -> None:
    officer = await town.officer(7001, language=language)
    rider = town.rider(language=language)
    card = await accepted(rider, officer)
    await officer.push_more(card, "button-wait")
    await officer.until(lambda: officer.words("ask-wait", number="D-000001") in officer.current(card)["text"])
    officer.push(officer.current(card), "button-wait-reporter", span=officer.words("wait-hours-24"))
    await officer.sees_toast("toast-waits")
    await rider.until(lambda: any("⏸" in text for text in rider.said))
    await town.calm()  # it is written down which message it became
    asks = next(one for one in reversed(rider.from_bot) if "⏸" in one.get("text", "") and rider.buttons(one))
    rider.send_text("The gate is open now", reply_to=asks["message_id"])
    await rider.hears("answered-done", number="D-000001")
    assert "The gate is open now" in (await officer.hears("told-answer", number="D-000001"))["text"]
    assert (await report_of(town)).waiting_for is None
    assert await town.count(Draft) == 0
