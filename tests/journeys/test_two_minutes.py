"""What is sent within two minutes of a filing: does it belong to that report, or is it another one?"""

from datetime import timedelta

import pytest

from storage.schema import Report
from tests import county
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.filing import accepted, filed
from tests.pictures import jpeg

pytestmark = ON_SQLITE


@IN_BOTH_LANGUAGES
async def test_words_and_a_photo_are_added(town: Town, language: str) -> None:
    officer = await town.officer(7001, language=language)
    rider = town.rider(language=language)
    await filed(rider)
    await officer.gets_alert()
    rider.send_text("third floor, left")
    asked = await rider.hears("draft-join", number="D-000001")
    rider.send_photo(jpeg("green"))
    await rider.until(lambda: rider.words("draft-has-photo", count=1) in rider.current(asked)["text"])
    rider.push(asked, "button-join", number="D-000001")
    await rider.hears("joined-report", number="D-000001")
    assert rider.buttons(asked) == []
    told = await officer.hears("told-words", number="D-000001")
    assert "third floor, left" in told["text"]
    await officer.hears("told-photos", number="D-000001")
    assert await town.count(Report) == 1


async def test_a_place_that_is_added_corrects_the_place(town: Town) -> None:
    first, second = await town.officer(7001), await town.officer(7002, grid="B-01")
    rider = town.rider()
    receipt = await filed(rider)
    card = await first.gets_alert()
    rider.send_location(*county.IN_B1)
    rider.push(await rider.hears("draft-join", number="D-000001"), "button-join", number="D-000001")
    await rider.hears("joined-report", number="D-000001")
    await second.gets_alert()
    await first.until(lambda: first.words("case-with-others") in first.current(card)["text"])
    await rider.until(lambda: "B-01" in rider.current(receipt)["text"])


async def test_a_place_cannot_be_corrected_any_more_when_an_officer_has_it(town: Town) -> None:
    officer = await town.officer(7001)
    rider = town.rider()
    await accepted(rider, officer)
    rider.send_location(*county.IN_B1)
    asked = await rider.hears("draft-join", number="D-000001")
    rider.push(asked, "button-join", number="D-000001")
    await rider.sees_toast("error-too-late")
    rider.push(asked, "button-new-report")  # the draft is still there
    await rider.until(lambda: rider.words("draft-needs-photo") in rider.current(asked)["text"])


@pytest.mark.parametrize("first", ["photo", "place"])
async def test_or_it_is_a_new_report(town: Town, first: str) -> None:
    rider = town.rider()
    await filed(rider)
    rider.send_photo(jpeg("blue")) if first == "photo" else rider.send_location(*county.IN_B1)
    asked = await rider.hears("draft-join", number="D-000001")
    rider.push(asked, "button-new-report")
    missing = "draft-needs-place" if first == "photo" else "draft-needs-photo"
    await rider.until(lambda: rider.words(missing) in rider.current(asked)["text"])
    rider.send_location(*county.IN_B1) if first == "photo" else rider.send_photo(jpeg("blue"))
    assert "B-01" in (await rider.hears_filed(2))["text"]


async def test_who_sends_photo_and_place_need_not_answer(town: Town) -> None:
    rider = town.rider()
    await filed(rider)
    await filed(rider, 2, place=county.IN_B1)
    await town.calm()
    assert not [m for m in rider.from_bot if rider.button("button-new-report") in rider.buttons(m)]


@IN_BOTH_LANGUAGES
async def test_the_question_ends_with_the_report(town: Town, language: str) -> None:
    rider = town.rider(language=language)
    receipt = await filed(rider)
    rider.send_photo(jpeg("blue"))
    asked = await rider.hears("draft-join", number="D-000001")
    old = next(row[0]["callback_data"] for row in asked["reply_markup"]["inline_keyboard"])
    rider.push(receipt, "button-withdraw")
    await rider.until(lambda: rider.button("button-withdraw-yes") in rider.buttons(receipt))
    rider.push(rider.current(receipt), "button-withdraw-yes")
    await rider.until(lambda: rider.words("draft-ended", number="D-000001") in rider.current(asked)["text"])
    assert rider.words("draft-needs-place") in rider.current(asked)["text"]
    assert rider.buttons(asked) == [rider.button("button-start-over")]
    for pressed in (1, 2):
        rider.press(asked["message_id"], data=old)
        await rider.sees_toast("error-question-over", after=pressed)
    rider.send_location(*county.IN_B1)
    assert "B-01" in (await rider.hears_filed(2))["text"]


async def test_after_two_minutes_or_by_the_button_nothing_is_asked(town: Town) -> None:
    late, busy = town.rider(5001), town.rider(5002)
    await filed(late, 1)
    await filed(busy, 2)
    busy.send_text("/report")
    await busy.hears("draft-needs-both")
    town.clock.travel(timedelta(seconds=121))
    late.send_text("another pipe")
    await late.hears("draft-needs-both")
    for rider in (late, busy):
        assert rider.words("draft-join", number="D-000001")[:9] not in rider.transcript()
