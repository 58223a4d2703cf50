"""Buttons that are forged, pressed twice, out of date or other people's; more messages than anybody can mean."""

from datetime import timedelta

import pytest

from bot.middlewares.throttle import MOST, PAUSE
from bot.settings import Settings
from sandbox import Fault
from sandbox.chats import Message
from storage.schema import FailedUpdate, Report
from tests import county
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Clock, Town, running_town
from tests.journeys.filing import accepted, filed
from tests.journeys.phone import Phone
from tests.pictures import jpeg
from views.actions import LARGEST

REPORT_ACTIONS = ("ac", "nm", "rs", "rj", "as", "ca", "an", "sr", "aw", "cc", "cp", "wd", "wy", "rc")
NONSENSE = (
    "",
    ":",
    "ac",
    "ac:",
    "ac:1:2",
    "ac:-1",
    "ac:1.5",
    "ac:\u0661",
    "ac:1\n",
    "ac:\U0001f4a7",
    "lg:xx",
    "lg:",
    "kd:king",
    "iv:emperor",
    "du:2",
    "jn:",
    "up:yes",
    "mr:-1",
    "mr:",
    "nothing:at:all",
    "x" * 64,
    "DROP TABLE reports",
)
BEYOND = (
    "mr:999999999999999",
    "mc:999999999999999",
    "sc:1:emperor",
    "dc:1:",
    "dc:1:\u202e",
    "rf:1:none",
    "pf:",
    "pf:<b>",
    "np",
    "so",
    "jn:1",
    "jn:0",
    "up:1",
    "up:0",
    "sk",
    "cx",
    "du:1",
    "iv:admin",
)


async def press_all(phone: Phone, message: Message, datas: list[str]) -> list[str]:
    """Press them one after the other; what each of them was answered."""
    before = len(phone.toasts)
    for at, data in enumerate(datas):
        phone.press(message["message_id"], data=data)
        if at % 20 == 19:
            await phone.until(lambda at=at: len(phone.toasts) > before + at)
    await phone.until(lambda: len(phone.toasts) >= before + len(datas))
    return [toast["text"] for toast in phone.toasts[before:]]


async def test_forged_buttons_are_answered_and_change_nothing(town: Town) -> None:
    officer, rider, stranger = await town.officer(7001), town.rider(5001), town.rider(5002)
    receipt = await filed(rider)
    await officer.gets_alert()
    stranger.send_text("/help")
    message = await stranger.hears("help-reporter")
    told = await press_all(stranger, message, list(NONSENSE[:20]))
    town.clock.travel(timedelta(minutes=2))
    told += await press_all(stranger, message, list(NONSENSE[20:]))
    assert set(told) == {stranger.words("error-old-button")}
    town.clock.travel(timedelta(minutes=2))
    others = [f"{prefix}:{number}" for prefix in REPORT_ACTIONS for number in (1, LARGEST)]
    told = await press_all(stranger, message, others)
    refusals = ("error-not-allowed", "error-no-such-report", "error-not-offered")
    assert set(told) <= {stranger.words(key) for key in refusals}, set(told)
    town.clock.travel(timedelta(minutes=2))
    await press_all(stranger, message, list(BEYOND))
    await town.calm()
    assert rider.current(receipt)["text"] == receipt["text"]
    assert "D-000001" not in stranger.transcript()
    assert await town.count(FailedUpdate) == 0
    assert not await admins(town)


@ON_SQLITE
async def test_a_button_pressed_twice_at_once_takes_effect_once(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    receipt = await filed(rider)
    card = await officer.gets_alert()
    for _ in range(2):
        officer.push(card, "button-accept")
    await officer.until(lambda: len(officer.toasts) == 2)
    assert {toast["text"] for toast in officer.toasts} == {
        officer.words("toast-accepted"),
        officer.words("error-already-yours"),
    }
    for _ in range(2):
        rider.push(receipt, "button-add-words")
    await rider.until(lambda: len(rider.toasts) == 2)
    rider.send_text("once")
    await rider.hears("words-added", number="D-000001")
    await town.calm()
    assert sum("has accepted it" in text for text in rider.said) == 1
    assert sum(officer.words("told-words", number="D-000001") in text for text in officer.said) == 1


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_buttons_and_dialogs_outlive_a_restart(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    card = await accepted(rider, officer)
    officer.push(officer.current(card), "button-resolve")
    await officer.hears("prompt-resolve", number="D-000001")
    await town.close()
    await town.open()
    officer.send_photo(jpeg("green"), caption="new <valve>")
    await officer.hears("proof-place", number="D-000001")
    await town.close()
    await town.open()
    officer.send_location(*county.IN_A1)
    await officer.hears("resolved-done", number="D-000001")
    told = await rider.hears("told-resolved", number="D-000001")
    assert "new <valve>" in told["text"]
    await town.close()
    await town.open()
    rider.push(told, "button-not-fixed")
    await rider.hears("ask-why-not-fixed", number="D-000001")
    await town.close()
    await town.open()
    rider.send_text("it drips")
    await rider.hears("verdict-objected", number="D-000001")
    await officer.hears("line-not-fixed", why="it drips")
    officer.press(card["message_id"], data="rs:1")
    await officer.until(lambda: officer.said.count(officer.words("prompt-resolve", number="D-000001")) == 2)
    officer.send_photo(jpeg("green"))
    officer.send_location(*county.IN_A1)
    await officer.until(lambda: officer.said.count(officer.words("resolved-done", number="D-000001")) == 2)
    officer.press(card["message_id"], data="rj:1")
    await officer.sees_toast("error-report-ended")


@ON_SQLITE
async def test_a_status_message_of_a_draft_that_is_gone_only_says_so(town: Town) -> None:
    rider = town.rider()
    rider.send_location(*county.IN_A1)
    status = await rider.hears("draft-what")
    rider.push(status, "button-start-over")
    await rider.hears("draft-thrown-away")
    for data in ("np", "jn:1", "up:9:0"):
        rider.press(status["message_id"], data=data)
    await rider.until(lambda: len(rider.toasts) == 4)
    over = {rider.words("error-nothing-to-add"), rider.words("error-question-over")}
    assert {toast["text"] for toast in rider.toasts[1:]} == over
    await town.calm()
    assert await town.count(Report) == 0


@IN_BOTH_LANGUAGES
@ON_SQLITE
async def test_who_sends_sixty_messages_in_a_minute_is_warned_once_and_keeps_the_draft(
    settings: Settings, brisk: None, series: None, language: str
) -> None:
    async with running_town(settings, shared=Clock()) as town:
        await sixty_messages(town, language)


@ON_SQLITE
async def test_a_backlog_that_was_sent_slowly_is_taken_whole(settings: Settings, brisk: None, series: None) -> None:
    async with running_town(settings, shared=Clock()) as town:
        await town.close()
        rider = town.rider()
        for number in range(2 * MOST):
            rider.send_text(f"line {number}")
            town.clock.travel(timedelta(seconds=10))
        rider.send_location(*county.IN_A1)
        await town.open()
        status = await rider.hears("draft-needs-photo")
        rider.push(status, "button-no-photo")
        await rider.hears_filed()
        words = (await town.store.read(lambda session: session.get(Report, 1))).words
        assert words.splitlines() == [f"line {number}" for number in range(2 * MOST)]


async def sixty_messages(town: Town, language: str) -> None:
    rider, other = town.rider(5001, language), town.rider(5002, language)
    town.tg.order(Fault("sendMessage", "flood_429", chat_id=rider.id, retry_after=3, skip=2))  # not even that loses it
    for number in range(60):
        rider.send_text(f"line {number}")
    other.send_text("something else")
    await other.hears("draft-needs-both")
    await town.calm()
    warning = rider.words("error-too-fast", seconds=0).split("0")[0]
    assert sum(text.startswith(warning) for text in rider.said) == 1
    status = next(m for m in rider.from_bot if rider.button("button-start-over") in rider.buttons(m))
    rider.push(status, "button-no-photo")
    await rider.until(lambda: rider.toasts)
    assert rider.toasts[0]["text"].startswith(warning)

    town.clock.travel(PAUSE)
    rider.send_photo(jpeg())
    rider.send_location(*county.IN_A1)
    await rider.hears_filed()
    words = (await town.store.read(lambda session: session.get(Report, 1))).words
    assert words.splitlines() == [f"line {number}" for number in range(MOST)]


async def admins(town: Town) -> list[int]:
    """Who administers."""
    from sqlalchemy import select

    from storage.kinds import Role
    from storage.schema import PersonRole

    return await town.store.read(
        lambda session: list(session.scalars(select(PersonRole.person_id).where(PersonRole.role == Role.ADMIN)))
    )
