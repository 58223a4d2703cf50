"""An officer waits for somebody: the clock stands still, both sides see it, and it can go on at any time."""

from datetime import timedelta

import pytest

from sandbox.chats import Message
from storage.kinds import WaitingFor
from storage.schema import Draft, Report
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.filing import accepted
from tests.journeys.phone import Phone
from tests.pictures import jpeg

pytestmark = ON_SQLITE


async def report_of(town: Town) -> Report:
    """The only one."""
    row = await town.store.read(lambda session: session.get(Report, 1))
    assert isinstance(row, Report)
    return row


async def what_for(officer: Phone) -> Message:
    """The question what is needed from the reporter."""

    def found() -> list[Message]:
        name = officer.button("button-nothing-to-ask")
        return [one for one in officer.from_bot if name in officer.buttons(one)]

    await officer.until(found)
    return found()[-1]


async def waits_for_the_reporter(officer: Phone, card: Message) -> None:
    """By one tap, for a day."""
    await officer.push_more(card, "button-wait")
    await officer.until(lambda: officer.words("ask-wait", number="D-000001") in officer.current(card)["text"])
    officer.push(officer.current(card), "button-wait-reporter", span=officer.words("wait-hours-24"))
    await officer.sees_toast("toast-waits")


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
    await waits_for_the_reporter(officer, card)
    officer.push(await what_for(officer), "button-nothing-to-ask")
    await rider.until(lambda: any("⏸" in text for text in rider.said))
    await town.calm()  # it is written down which message it became
    asks = next(one for one in reversed(rider.from_bot) if "⏸" in one.get("text", "") and rider.buttons(one))
    rider.send_text("The gate is open now", reply_to=asks["message_id"])
    await rider.hears("answered-done", number="D-000001")
    assert "The gate is open now" in (await officer.hears("told-answer", number="D-000001"))["text"]
    assert (await report_of(town)).waiting_for is None
    assert await town.count(Draft) == 0


@IN_BOTH_LANGUAGES
@pytest.mark.parametrize("how", ["one tap", "words"])
async def test_who_waits_for_a_reporter_that_was_asked_nothing_is_asked_what_for(
    town: Town, language: str, how: str
) -> None:
    officer = await town.officer(7001, language=language)
    rider = town.rider(language=language)
    card = await accepted(rider, officer)
    if how == "one tap":
        await waits_for_the_reporter(officer, card)
    else:
        await officer.push_more(card, "button-wait")
        await officer.until(lambda: officer.button("button-wait-other-reporter") in officer.buttons(card))
        officer.push(officer.current(card), "button-wait-other-reporter")
        await officer.until(
            lambda: officer.words("ask-wait-until-reporter", number="D-000001") in officer.current(card)["text"]
        )
        officer.send_text("3 days" if language == "en" else "三天")
    asks = await what_for(officer)
    assert (await report_of(town)).waiting_for is WaitingFor.REPORTER  # whatever he sends now, or does not
    await rider.until(lambda: any("⏸" in text for text in rider.said))
    await town.calm()
    (paused,) = [text for text in rider.said if text.startswith("⏸")]
    assert rider.button("button-answer").partition(" ")[2] in paused  # what to do if no question comes
    officer.send_photo(jpeg("blue"), caption="Which of the two doors?")
    await officer.hears("asked-done", number="D-000001")
    await rider.until(lambda: any("Which of the two doors?" in text for text in rider.said))
    await officer.until(lambda: officer.buttons(officer.current(asks)) == [])
    assert (await report_of(town)).waiting_for is WaitingFor.REPORTER
    assert await town.count(Draft) == 0


async def test_what_is_sent_after_nothing_to_ask_is_no_question(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    card = await accepted(rider, officer)
    await waits_for_the_reporter(officer, card)
    officer.push(await what_for(officer), "button-nothing-to-ask")
    await town.calm()
    officer.send_photo(jpeg("blue"))
    await town.calm()
    assert await town.count(Draft) == 1
    assert (await report_of(town)).waiting_for is WaitingFor.REPORTER


async def test_who_has_asked_already_is_not_asked_what_he_waits_for(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    card = await accepted(rider, officer)
    officer.push(officer.current(card), "button-ask")
    await officer.hears("prompt-ask", number="D-000001")
    officer.send_text("Which door?")
    await officer.hears("asked-done", number="D-000001")
    await officer.calm()
    await waits_for_the_reporter(officer, card)
    await town.calm()
    name = officer.button("button-nothing-to-ask")
    assert not [one for one in officer.from_bot if name in officer.buttons(one)]
    officer.send_text("another thing")
    await town.calm()
    assert not [text for text in rider.said if "another thing" in text]
