"""What an officer does with a case: resolve with proof, reject, ask; the list; dialogs that end as they should."""

import json
from datetime import timedelta

import pytest

from services.reports import PAGE
from storage.kinds import Status
from storage.schema import Report
from tests import county
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.filing import accepted, filed
from tests.journeys.phone import Phone
from tests.pictures import jpeg
from views.actions import DropWords

pytestmark = ON_SQLITE


async def status_of(town: Town, report: int = 1) -> Status:
    """Where the report is in its life."""
    row = await town.store.read(lambda session: session.get(Report, report))
    assert row is not None
    return Status(row.status)


@IN_BOTH_LANGUAGES
async def test_resolved_with_words_first_and_an_album_as_proof(town: Town, language: str) -> None:
    officer = await town.officer(7001, language=language)
    rider = town.rider(language=language)
    card = await accepted(rider, officer)
    officer.push(officer.current(card), "button-resolve")
    await officer.hears("prompt-resolve", number="D-000001")
    officer.send_text("valve <closed>")
    first = await officer.hears("prompt-resolve-words", number="D-000001")
    officer.send_text("pipe & tap changed")
    await officer.wait_for(f"{officer.words('proof-words')}\nvalve <closed>\npipe & tap changed")
    await officer.until(lambda: officer.is_gone(first))  # the note stands in one place
    officer.send_document(b"no picture", filename="proof.jpg")
    await officer.hears("prompt-resolve-photo-only", number="D-000001")
    officer.send_video(b"moving")
    await officer.until(lambda: officer.said.count(officer.words("prompt-resolve-photo-only", number="D-000001")) == 2)
    assert await status_of(town) is Status.ACCEPTED
    officer.send_album([jpeg("green"), jpeg("blue")], caption="all dry")
    await officer.hears("proof-place", number="D-000001")
    officer.send_location(*county.IN_A1)
    await officer.hears("resolved-done", number="D-000001")
    done = await rider.hears("told-resolved", number="D-000001")
    assert "valve <closed>\npipe & tap changed\nall dry" in done["text"]
    await town.calm()
    album = [m for m in rider.from_bot if "media_group_id" in m]
    assert len({m["media_group_id"] for m in album}) == 1
    labels = [rider.words("label-before"), rider.words("label-after"), rider.words("label-after")]
    assert [m["caption"] for m in album] == labels
    assert rider.words("told-before-after", before="1", after="2–3") in done["text"]
    assert not [m for m in officer.from_bot if officer.button("button-start-over") in officer.buttons(m)]
    assert await status_of(town) is Status.RESOLVED


async def test_words_that_were_not_meant_for_others_do_not_go_with_the_photo(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    card = await accepted(rider, officer)
    officer.push(officer.current(card), "button-resolve")
    await officer.hears("prompt-resolve", number="D-000001")
    officer.send_text("which photo?")
    asked = await officer.hears("prompt-resolve-words", number="D-000001")
    officer.push(asked, "button-drop-words")
    await officer.until(lambda: "which photo?" not in str(officer.current(asked).get("text")))
    officer.send_photo(jpeg("green"))
    await officer.hears("proof-place", number="D-000001")
    officer.send_text("valve closed")
    await officer.wait_for(f"{officer.words('proof-words')}\nvalve closed")
    officer.press(asked["message_id"], data=DropWords(1).pack())  # too late: the photo is here
    await officer.sees_toast("error-nothing-to-add")
    officer.send_location(*county.IN_A1)
    done = await rider.hears("told-resolved", number="D-000001")
    assert "valve closed" in done["text"]
    assert "which photo?" not in done["text"]


@IN_BOTH_LANGUAGES
@pytest.mark.parametrize("in_words", [False, True], ids=["reason", "words"])
async def test_rejected_with_a_reason(town: Town, language: str, in_words: bool) -> None:
    officer = await town.officer(7001, language=language)
    rider = town.rider(language=language)
    card = await accepted(rider, officer)
    await officer.push_more(card, "button-reject")
    await officer.hears("ask-why-reject", number="D-000001")
    if in_words:
        officer.send_text("the <owner> does it & pays")
        await officer.hears("rejected-done", number="D-000001")
        why = "the <owner> does it & pays"
    else:
        officer.push(officer.current(card), "why-reject-done")
        await officer.sees_toast("toast-rejected")
        why = officer.words("why-reject-done")
    await rider.hears("told-rejected", number="D-000001", why=why)
    await officer.until(lambda: officer.buttons(card) == [])
    assert officer.words("case-rejected", name="Li", role="officer", why=why) in officer.current(card)["text"]


@IN_BOTH_LANGUAGES
async def test_question_and_answer_pass_through_the_bot_without_names(town: Town, language: str) -> None:
    officer = await town.officer(7001, language=language, name="Li")
    rider = town.rider(5001, language, name="Wang Qiang")
    rider.send_text("/start")
    await rider.hears("ask-kind")
    card = await accepted(rider, officer)
    officer.push(officer.current(card), "button-ask")
    await officer.hears("prompt-ask", number="D-000001")
    officer.send_text("Which <floor> & door?")
    await officer.hears("asked-done", number="D-000001")
    question = await rider.hears("told-question", number="D-000001", role="officer")
    assert "Which <floor> & door?" in question["text"]
    rider.push(question, "button-answer")
    await rider.hears("prompt-answer", number="D-000001")
    rider.send_text("The third, <left>")
    await rider.hears("answered-done", number="D-000001")
    answer = await officer.hears("told-answer", number="D-000001")
    assert "The third, <left>" in answer["text"]
    rider.send_text("/reports")
    page = await rider.hears("my-reports-title")
    rider.press(page["message_id"], "D-000001")
    await rider.hears("event-answered")
    await town.calm()
    heard = json.dumps([{**m, "chat": None} for m in officer.from_bot], ensure_ascii=False)
    for secret in ("Wang", "Qiang", "5001"):
        assert secret not in heard
    assert "Li" not in question["text"]


async def test_my_cases_has_the_most_pressing_first_and_pages(town: Town) -> None:
    officer = await town.officer(7001)
    officer.send_text("/cases")
    await officer.hears("my-cases-none")
    rider = town.rider()
    for number in range(1, PAGE + 2):
        await filed(rider, number, words="fire" if number == PAGE + 1 else "leak")
        await officer.gets_alert(number, urgent=number == PAGE + 1)
    officer.send_text("/cases")
    page = await officer.hears("my-cases-title")
    names = [f"D-{number:06d}" for number in (PAGE + 1, *range(1, PAGE + 1))]
    assert officer.buttons(page) == [*names[:PAGE], officer.button("button-older")]
    officer.push(page, "button-older")
    await officer.until(lambda: officer.buttons(page) == [names[PAGE], officer.button("button-newer")])
    after = officer.last
    officer.press(page["message_id"], names[PAGE])
    card = await officer.gets_alert(PAGE, after=after)
    officer.push(card, "button-accept")
    await officer.sees_toast("toast-accepted")
    await rider.hears("told-accepted", number=f"D-{PAGE:06d}", name="Li", role="officer")


async def test_a_rider_has_no_cases(town: Town) -> None:
    rider = town.rider()
    rider.send_text("/cases")
    await rider.hears("error-not-officer")


@pytest.mark.parametrize(("button", "prompt"), [("button-resolve", "prompt-resolve"), ("button-ask", "prompt-ask")])
async def test_a_dialog_is_cancelled_with_one_tap(town: Town, button: str, prompt: str) -> None:
    officer = await town.officer(7001)
    card = await accepted(town.rider(), officer)
    officer.push(officer.current(card), button)
    asked = await officer.hears(prompt, number="D-000001")
    officer.push(asked, "button-cancel")
    await officer.sees_toast("toast-cancelled")
    assert officer.current(asked)["text"] == officer.words("cancelled")
    await is_left_alone(town, officer)


async def test_back_from_the_reasons_ends_that_dialog(town: Town) -> None:
    officer = await town.officer(7001)
    card = await accepted(town.rider(), officer)
    await officer.push_more(card, "button-reject")
    await officer.hears("ask-why-reject", number="D-000001")
    officer.push(officer.current(card), "button-back")
    await officer.until(lambda: officer.button("button-resolve") in officer.buttons(card))
    await is_left_alone(town, officer)


async def test_after_half_an_hour_a_dialog_swallows_nothing(town: Town) -> None:
    officer = await town.officer(7001)
    card = await accepted(town.rider(), officer)
    officer.push(officer.current(card), "button-resolve")
    await officer.hears("prompt-resolve", number="D-000001")
    town.clock.travel(timedelta(minutes=31))
    await is_left_alone(town, officer)


async def test_the_report_key_ends_a_dialog_and_the_others_do_not(town: Town) -> None:
    officer = await town.officer(7001)
    rider = town.rider()
    card = await accepted(rider, officer)
    officer.push(officer.current(card), "button-resolve")
    await officer.hears("prompt-resolve", number="D-000001")
    officer.tap(officer.button("key-my-cases"))
    await officer.hears("my-cases-title")
    officer.tap(officer.button("key-help"))
    await officer.hears("help-officer")
    officer.tap(officer.button("key-report"))
    await officer.hears("draft-needs-both")
    officer.send_photo(jpeg())
    await officer.hears("draft-needs-place")
    assert await status_of(town) is Status.ACCEPTED


async def test_a_dialog_whose_case_went_away_says_so_once(town: Town) -> None:
    officer = await town.officer(7001)
    await town.officer(7002, is_primary=False)
    card = await accepted(town.rider(), officer)
    officer.push(officer.current(card), "button-ask")
    await officer.hears("prompt-ask", number="D-000001")
    officer.press(card["message_id"], data="dc:1:away")
    await officer.sees_toast("toast-declined")
    await is_left_alone(town, officer)


async def test_a_place_alone_is_no_end_of_the_case(town: Town) -> None:
    officer = await town.officer(7001)
    card = await accepted(town.rider(), officer)
    officer.push(officer.current(card), "button-resolve")
    await officer.hears("prompt-resolve", number="D-000001")
    officer.send_location(*county.IN_A1)
    await officer.hears("proof-photo", number="D-000001")
    assert await status_of(town) is Status.ACCEPTED


async def is_left_alone(town: Town, officer: Phone) -> None:
    """Words and a photo of a new hazard are a new report's, and the case is where it was."""
    before = await status_of(town)
    officer.send_text("another hazard")
    await officer.hears("draft-needs-both")
    officer.send_photo(jpeg("black"))
    await officer.hears("draft-needs-place")
    assert await status_of(town) is before
