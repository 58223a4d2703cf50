"""The flood deadline holds for every request, where python-telegram-bot's own lets go (issue 5338)."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from telegram.error import RetryAfter
from telegram.ext import ExtBot

from alerts.app import application
from alerts.limiter import Limiter, seconds_of
from alerts.pace import Closed, Pace
from sandbox import Fault, Sandbox
from tests.alerts.nursery import Nursery
from tests.alerts.travel import Travel


@dataclass
class Line:
    """A bot whose time is moved by hand, and what it is connected to."""

    tg: Sandbox
    bot: ExtBot[Any]
    pace: Pace
    travel: Travel

    @property
    def texts(self) -> list[str]:
        """What reached Telegram."""
        return [call.params["text"] for call in self.tg.calls_to("sendMessage")]


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    travel = Travel()
    async with Sandbox(people=[{"id": 5001}, {"id": 5002}]) as tg:
        pace = Pace(travel)
        bot = application(token=tg.token, api_url=tg.url, limiter=Limiter(pace)).bot
        await bot.initialize()
        yield Line(tg, bot, pace, travel)
        await bot.shutdown()


async def test_a_429_halts_everybody_for_the_time_it_names(line: Line, nursery: Nursery) -> None:
    line.tg.order(Fault(method="sendMessage", kind="flood_429", retry_after=30, chat_id=5001))
    with pytest.raises(RetryAfter) as caught:
        await line.bot.send_message(5001, "too much")
    assert (seconds_of(caught.value), line.pace.flood_left) == (30, 30)
    other = nursery.start(line.bot.send_message(5002, "other"), name="other")
    await line.travel.pass_by(29.9)
    assert not other.done()
    await line.travel.pass_by(0.1)
    await other
    assert line.texts == ["too much", "other"]


async def test_a_request_that_ends_does_not_end_the_halt(line: Line, nursery: Nursery) -> None:
    line.tg.order(Fault(method="sendMessage", kind="slow", seconds=0.3, chat_id=5001))
    line.tg.order(Fault(method="sendMessage", kind="flood_429", retry_after=30, chat_id=5002))
    slow = nursery.start(line.bot.send_message(5001, "slow"), name="slow")
    await line.travel.pass_by(0)  # it is on its way
    with pytest.raises(RetryAfter):
        await line.bot.send_message(5002, "too much")
    waiting = nursery.start(line.bot.send_message(5002, "waiting"), name="waiting")
    await slow
    await line.travel.pass_by(29.9)
    assert sorted(line.texts) == ["slow", "too much"]
    await line.travel.pass_by(0.1)
    await waiting


async def test_what_waited_in_the_limiter_when_the_429_came_waits_on(line: Line) -> None:
    line.tg.order(Fault(method="sendMessage", kind="flood_429", retry_after=30))
    start = asyncio.get_running_loop().create_task
    tasks = [start(line.bot.send_message(5001, f"m{number}")) for number in range(5)]
    await line.travel.waits.until(lambda: line.pace.flood_left > 0)
    reached = len(line.texts)
    assert reached < 5
    await line.travel.waits.until(lambda: len(line.pace._naps) == 5 - reached)  # they have found out, and wait
    assert len(line.texts) == reached
    await line.travel.pass_by(30)
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(result).__name__ for result in results].count("RetryAfter") == 1
    assert len(line.texts) == 5


async def test_nobody_waits_for_a_flood_to_end_when_the_relay_stops(line: Line) -> None:
    line.pace.flooded(3600)
    waiting = asyncio.get_running_loop().create_task(line.bot.send_message(5001, "waiting"))
    await line.travel.pass_by(1)
    line.pace.close()
    with pytest.raises(Closed):
        await waiting
    assert line.texts == []
