"""Polling: the offset moves only past what is on disk, whatever order that happens in, and nothing ends it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramUnauthorizedError

from bot.intake import Intake
from bot.nursery import Nursery
from bot.polling import Polling
from bot.session import make_bot
from sandbox import Fault, Person, Sandbox


class Gate(Intake):
    """In place of the intake: an update is done when the test says so."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.done: dict[int, asyncio.Event] = {}

    async def take_patiently(self, raw: dict[str, Any]) -> None:
        """Wait."""
        self.begun.append(raw["update_id"])
        await self.done.setdefault(raw["update_id"], asyncio.Event()).wait()

    def let(self, update_id: int) -> None:
        """The update is on disk now."""
        self.done.setdefault(update_id, asyncio.Event()).set()

    async def finish(self, method: object) -> None:
        """Nothing is left over."""


@dataclass
class Room:
    """A poller at work."""

    tg: Sandbox
    bot: Bot
    gate: Gate = field(default_factory=Gate)

    def rider(self) -> Person:
        return self.tg.person(5001)

    def pending(self) -> list[int]:
        """What Telegram still holds, by update."""
        return [update["update_id"] for update in self.tg.pending_updates]

    async def asked_again(self) -> None:
        """Wait for two more polls: the second one began after all that is true now."""
        await self.tg.called("getUpdates", times=len(self.tg.calls_to("getUpdates")) + 2)

    async def begins(self, update_id: int) -> None:
        """Wait until the intake has it."""
        while update_id not in self.gate.begun:
            await self.asked_again()


@pytest.fixture
async def room(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Room]:
    """Polling runs; it asks again at once after a failure."""
    monkeypatch.setattr("bot.polling.FIRST_WAIT", 0.01)
    async with Sandbox() as tg, Nursery() as nursery:
        bot = make_bot(tg.token, tg.url)
        room = Room(tg, bot)
        room.rider()
        polling = nursery.start(Polling(bot, room.gate, nursery).run(), name="polling")
        await tg.polled()
        yield room
        for update_id in room.pending():
            room.gate.let(update_id)
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        await bot.session.close()


@pytest.mark.parametrize("order", list(permutations(range(4)))[::8], ids=str)
async def test_nothing_is_confirmed_before_all_below_it_is_done(room: Room, order: tuple[int, ...]) -> None:
    ids = [room.tg.person(5001 + n).send_text("hello") and room.tg.last_update_id for n in range(4)]
    await room.begins(ids[-1])
    for at, chosen in enumerate(order):
        room.gate.let(ids[chosen])
        undone = [ids[other] for other in order[at + 1 :]]
        if undone:
            await room.asked_again()
            assert room.pending() == [one for one in ids if one >= min(undone)]
    await room.tg.settled()
    assert room.gate.begun == ids, "none was begun twice"


async def test_what_comes_while_one_is_slow_is_begun_at_once(room: Room) -> None:
    room.rider().send_text("slow")
    slow = room.tg.last_update_id
    await room.begins(slow)
    for n in range(5):
        room.tg.person(6001 + n).send_text("quick")
        room.gate.let(room.tg.last_update_id)
        await room.begins(room.tg.last_update_id)
    assert len(room.pending()) == 6
    room.gate.let(slow)
    await room.tg.settled()


@pytest.mark.parametrize(
    "fault",
    [
        Fault("getUpdates", "drop", times=3),
        Fault("getUpdates", "drop_after", times=3),
        Fault("getUpdates", "error_500", times=3),
        Fault("getUpdates", "html_502", times=3),
        Fault("getUpdates", "flood_429", retry_after=0),
    ],
    ids=lambda fault: fault.kind,
)
async def test_a_failed_poll_is_made_again(room: Room, fault: Fault) -> None:
    room.tg.order(fault)
    for _ in range(5):
        room.rider().send_text("hello")
        room.gate.let(room.tg.last_update_id)
    await room.tg.settled()
    room.rider().send_text("hello")
    room.gate.let(room.tg.last_update_id)
    await room.tg.settled()
    assert room.gate.begun == sorted(set(room.gate.begun))
    assert fault.times <= 0


async def test_another_process_with_the_token_is_named_in_the_log(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    url = f"{room.tg.url}/bot{room.tg.token}/getUpdates"
    async with aiohttp.ClientSession() as other, other.get(url, params={"timeout": 30}):
        pass  # the one who asks last wins, and loses to the one who asks again
    (entry,) = [one for one in caplog.records if one.levelno == logging.ERROR]
    assert "another process polls with this token" in entry.message
    room.rider().send_text("hello")
    room.gate.let(room.tg.last_update_id)
    await room.tg.settled()


async def test_a_revoked_token_ends_it(tg_room: tuple[Sandbox, Bot]) -> None:
    tg, bot = tg_room
    tg.order(Fault("getUpdates", "unauthorized_401"))
    async with Nursery() as nursery:
        with pytest.raises(TelegramUnauthorizedError):
            await Polling(bot, Gate(), nursery).run()


async def test_what_was_done_at_the_end_is_confirmed(tg_room: tuple[Sandbox, Bot]) -> None:
    tg, bot = tg_room
    gate = Gate()
    async with Nursery() as nursery:
        polling = nursery.start(Polling(bot, gate, nursery).run(), name="polling")
        await tg.polled()
        rider = tg.person(5001)
        rider.send_text("hello")
        while not gate.begun:
            await tg.called("getUpdates", times=len(tg.calls_to("getUpdates")) + 1)
        polling.cancel()
        gate.let(tg.last_update_id)
        await asyncio.gather(polling, return_exceptions=True)
    assert tg.pending_updates == []


@pytest.fixture
async def tg_room() -> AsyncIterator[tuple[Sandbox, Bot]]:
    """Telegram and a bot that does nothing yet."""
    async with Sandbox() as tg:
        bot = make_bot(tg.token, tg.url)
        yield tg, bot
        await bot.session.close()
