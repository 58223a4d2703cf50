"""A button that does nothing any more does not stay in the chat; the words above it do."""

from datetime import timedelta

from tests import county
from tests.journeys.backends import ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.filing import accepted, filed
from tests.journeys.test_invites import asked_for_grids
from tests.journeys.test_talk import NUMBER, asked
from tests.pictures import jpeg

pytestmark = ON_SQLITE


async def test_cancel_goes_when_the_dialog_has_ended(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    card = await accepted(rider, officer)
    officer.push(card, "button-resolve")
    first = await officer.hears("prompt-resolve", number=NUMBER)
    officer.send_text("done")  # asked once more, below
    second = await officer.hears("prompt-resolve-words", number=NUMBER)
    await officer.until(lambda: officer.is_gone(first))
    assert officer.button("button-cancel") in officer.buttons(second)
    officer.send_photo(jpeg("green"))
    officer.send_location(*county.IN_A1)
    await officer.hears("resolved-done", number=NUMBER)
    await officer.until(lambda: officer.buttons(second) == [])
    assert officer.current(second)["text"] == second["text"]


async def test_cancel_goes_when_another_dialog_begins_or_it_has_waited_too_long(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    card = await accepted(rider, officer)
    officer.push(card, "button-ask")
    first = await officer.hears("prompt-ask", number=NUMBER)
    await town.calm()
    officer.push(card, "button-resolve")
    second = await officer.hears("prompt-resolve", number=NUMBER)
    await officer.until(lambda: officer.buttons(first) == [])
    await town.calm()
    town.clock.travel(timedelta(minutes=31))
    officer.send_text("/help")
    await officer.until(lambda: officer.buttons(second) == [])


async def test_cancel_that_was_pressed_is_one_edit(town: Town) -> None:
    rider = town.rider()
    receipt = await filed(rider)
    rider.push(receipt, "button-add-words")
    asked_for = await rider.hears("prompt-words", number=NUMBER)
    await town.calm()
    rider.push(asked_for, "button-cancel")
    await rider.sees_toast("toast-cancelled")
    await town.calm()
    assert rider.current(asked_for)["text"] == rider.words("cancelled")
    assert town.tg.calls_to("editMessageReplyMarkup") == []


async def test_a_refused_step_leaves_the_question_open(town: Town) -> None:
    rider = town.rider()
    receipt = await filed(rider)
    rider.push(receipt, "button-change-place")
    asked_for = await rider.hears("prompt-place", number=NUMBER)
    await town.calm()
    rider.send_location(*county.OUTSIDE)
    await rider.hears("error-outside")
    assert rider.buttons(asked_for) == [rider.button("button-cancel")]
    rider.send_location(*county.IN_B1)
    await rider.hears("place-changed", number=NUMBER)
    await rider.until(lambda: rider.buttons(asked_for) == [])


async def test_cancel_goes_when_the_invite_is_made(town: Town) -> None:
    admin = town.admin()
    admin.send_text("/start")
    question = await asked_for_grids(admin)
    assert admin.buttons(question) == [admin.button("button-cancel")]
    admin.send_text("A-01")
    await admin.wait_for("https://t.me/")
    await admin.until(lambda: admin.buttons(question) == [])


async def test_answer_and_reply_go_when_the_report_is_over(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    question = await asked(rider, officer)
    rider.push(question, "button-answer")
    await rider.hears("prompt-answer", number=NUMBER)
    rider.send_text("The left one")
    answer = await officer.hears("told-answer", number=NUMBER)
    await town.calm()
    officer.press((await officer.gets_alert())["message_id"], data="rf:1:none")
    await rider.until(lambda: rider.buttons(question) == [])
    await officer.until(lambda: officer.buttons(answer) == [])
    assert "The left one" in officer.current(answer)["text"]
