"""A photo and a place right after a filing, or a question, are a report at once; one tap puts it with the other."""

import pytest

from storage.schema import Report
from tests import county
from tests.journeys.backends import IN_BOTH_LANGUAGES
from tests.journeys.conftest import Town
from tests.journeys.filing import filed
from tests.journeys.phone import Phone
from tests.journeys.test_talk import ROLE, asked
from tests.pictures import jpeg

FIRST, SECOND = "D-000001", "D-000002"


def belongs(rider: Phone) -> str:
    return rider.button("button-belongs", number=FIRST)


@IN_BOTH_LANGUAGES
async def test_one_tap_puts_the_second_report_with_the_first(town: Town, language: str) -> None:
    officer, rider = await town.officer(7001, language=language), town.rider(language=language)
    first = await filed(rider)
    assert belongs(rider) not in rider.buttons(first)
    second = await filed(rider, 2, words="and it is getting worse")
    card = await officer.gets_alert(2)
    await town.calm()
    rider.press(second["message_id"], belongs(rider))
    await rider.sees_toast("toast-joined", number=FIRST)
    await rider.until(lambda: rider.words("next-joined", number=FIRST) in rider.current(second)["text"])
    assert rider.buttons(second) == [rider.button("button-my-reports")]
    await officer.hears("told-joined", number=SECOND, older=FIRST)
    await officer.hears("told-photos", number=FIRST)
    told = await officer.hears("told-words", number=FIRST)
    assert "getting worse" in told["text"]
    await officer.until(lambda: officer.words("case-joined", number=FIRST) in officer.current(card)["text"])
    assert officer.buttons(card) == []
    rider.press(second["message_id"], data="bl:2")
    await rider.sees_toast("error-report-ended", after=1)
    await town.calm()
    assert await town.count(Report) == 2


async def test_what_answers_the_officers_question_reaches_him(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    await asked(rider, officer)
    rider.send_photo(jpeg("black"), caption="this one")
    rider.send_location(*county.IN_A2)
    receipt = await rider.hears_filed(2)
    await town.calm()
    rider.press(receipt["message_id"], belongs(rider))
    answer = await officer.hears("told-answer", number=FIRST)
    assert "this one" in answer["text"]
    await rider.until(lambda: belongs(rider) not in rider.buttons(receipt))


@pytest.mark.parametrize("words", ["Which door?", None])
async def test_what_the_officer_sends_without_a_button_reaches_the_reporter(town: Town, words: str | None) -> None:
    officer, rider = await town.officer(7001), town.rider()
    await filed(rider)
    officer.push(await officer.gets_alert(), "button-accept")
    await officer.sees_toast("toast-accepted")
    if words is not None:
        officer.send_text(words)
    else:
        officer.send_photo(jpeg("green"))
    status = await officer.hears("draft-may-ask")
    officer.push(status, "button-ask-about", number=FIRST)
    key = "told-question" if words is not None else "told-question-shown"
    question = await rider.hears(key, number=FIRST, **ROLE)
    assert (words or "") in question["text"]
    asked_done = officer.words("asked-done", number=FIRST)
    await officer.until(lambda: asked_done in officer.current(status)["text"])
    officer.press(status["message_id"], data="aq:1")
    await officer.sees_toast("error-nothing-to-add", after=2)
