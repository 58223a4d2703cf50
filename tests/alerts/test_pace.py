"""Turns: 1 a second for each chat, urgent ones first, nobody before the flood deadline."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from alerts.pace import BURST, Budget, Closed, Pace
from storage.kinds import Urgency
from tests.alerts.travel import Travel


class Crowd:
    """Many who want to send; notes when each got its turn."""

    def __init__(self, travel: Travel, pace: Pace) -> None:
        self.travel, self.pace = travel, pace
        self.log: list[tuple[str, float]] = []
        self.tasks: list[asyncio.Task[None]] = []
        self.go = asyncio.Event()
        self.go.set()

    def comes(
        self,
        name: str,
        chat: int,
        urgency: Urgency = Urgency.NORMAL,
        budget: Budget | None = Budget.MESSAGES,
    ) -> None:
        self.tasks.append(asyncio.get_running_loop().create_task(self._send(name, chat, urgency, budget)))

    async def _send(self, name: str, chat: int, urgency: Urgency, budget: Budget | None) -> None:
        async with self.pace.turn(chat, urgency, budget):
            self.log.append((name, round(self.travel.seconds(), 6)))
            await self.go.wait()

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.log]


@pytest.fixture
def travel() -> Travel:
    return Travel()


@pytest.fixture
async def crowd(travel: Travel) -> AsyncIterator[Crowd]:
    made = Crowd(travel, Pace(travel, at_once=2))
    yield made
    for task in made.tasks:
        task.cancel()
    await asyncio.gather(*made.tasks, return_exceptions=True)


async def test_a_chat_takes_a_burst_and_then_one_a_second(crowd: Crowd) -> None:
    for number in range(BURST + 3):
        crowd.comes(f"m{number}", 1)
    await crowd.travel.pass_by(10)
    assert [at for _, at in crowd.log] == [0.0] * BURST + [1.0, 2.0, 3.0]


async def test_edits_take_nothing_from_the_messages_of_their_chat(crowd: Crowd) -> None:
    for number in range(BURST + 2):
        crowd.comes(f"edit{number}", 1, Urgency.LOW, Budget.EDITS)
    await crowd.travel.pass_by(0)
    for number in range(BURST):
        crowd.comes(f"m{number}", 1)
    await crowd.travel.pass_by(2)
    assert [at for name, at in crowd.log if name.startswith("m")] == [0.0] * BURST
    assert [at for name, at in crowd.log if name.startswith("edit")] == [0.0] * BURST + [1.0, 2.0]


async def test_what_makes_room_for_a_message_is_not_counted(crowd: Crowd) -> None:
    for number in range(20):
        crowd.comes(f"deletion{number}", 1, budget=None)
    crowd.comes("message", 1)
    await crowd.travel.pass_by(0)
    assert [at for _, at in crowd.log] == [0.0] * 21


async def test_a_rested_chat_has_its_burst_again(crowd: Crowd) -> None:
    for round_at in (0.0, 100.0):
        for number in range(BURST):
            crowd.comes(f"m{number}", 1)
        await crowd.travel.pass_by(100)
        assert [at for _, at in crowd.log[-BURST:]] == [round_at] * BURST


async def test_a_busy_chat_delays_no_other(crowd: Crowd) -> None:
    for number in range(100):
        crowd.comes(f"busy{number}", 1)
    await crowd.travel.pass_by(0)
    crowd.comes("other", 2)
    await crowd.travel.pass_by(0)
    assert crowd.log[-1] == ("other", 0.0)


async def test_urgent_ones_go_first_when_all_lines_are_taken(crowd: Crowd) -> None:
    crowd.go.clear()
    for number, urgency in enumerate([Urgency.LOW, Urgency.LOW, Urgency.LOW, Urgency.NORMAL, Urgency.URGENT]):
        crowd.comes(urgency.value, number, urgency)
    await crowd.travel.pass_by(0)
    assert crowd.names == ["2-low", "2-low"]
    crowd.go.set()
    await crowd.travel.pass_by(0)
    assert crowd.names == ["2-low", "2-low", "0-urgent", "1-normal", "2-low"]


async def test_nothing_goes_to_anybody_before_the_flood_deadline(crowd: Crowd) -> None:
    crowd.pace.flooded(30)
    crowd.comes("one", 1)
    crowd.comes("two", 2, Urgency.URGENT)
    await crowd.travel.pass_by(29.999)
    assert crowd.log == []
    await crowd.travel.pass_by(0.001)
    assert crowd.log == [("one", 30.0), ("two", 30.0)]


async def test_a_shorter_flood_does_not_end_a_longer_one(crowd: Crowd) -> None:
    crowd.pace.flooded(30)
    crowd.pace.flooded(5)
    assert crowd.pace.flood_left == 30


async def test_a_flood_that_comes_while_one_waits_makes_it_wait_longer(crowd: Crowd) -> None:
    crowd.pace.flooded(10)
    crowd.comes("one", 1)
    await crowd.travel.pass_by(5)
    crowd.pace.flooded(10)
    await crowd.travel.pass_by(9)
    assert crowd.log == []
    await crowd.travel.pass_by(1)
    assert crowd.log == [("one", 15.0)]


async def test_closing_ends_every_wait_but_nothing_that_is_on_its_way(crowd: Crowd) -> None:
    crowd.go.clear()
    for number in range(BURST + 1):
        crowd.comes(f"paced{number}", 1)
    crowd.comes("behind them", 2)
    await crowd.travel.pass_by(0)
    crowd.pace.close()
    crowd.go.set()
    results = await asyncio.gather(*crowd.tasks, return_exceptions=True)
    assert len(crowd.log) == 2  # the two lines that there are
    assert [type(result) for result in results if result is not None] == [Closed] * 4


async def test_one_that_is_cancelled_leaves_its_place_to_the_next(crowd: Crowd) -> None:
    crowd.go.clear()
    for number in range(4):
        crowd.comes(f"m{number}", number)
    await crowd.travel.pass_by(0)
    crowd.tasks[2].cancel()
    await crowd.travel.pass_by(0)
    crowd.go.set()
    await crowd.travel.pass_by(0)
    assert crowd.names == ["m0", "m1", "m3"]


async def test_chats_that_are_rested_are_forgotten(crowd: Crowd) -> None:
    for number in range(3000):
        crowd.comes(f"m{number}", number)
        if number % 100 == 99:
            await crowd.travel.pass_by(10)
    assert len(crowd.log) == 3000
    assert len(crowd.pace._rested_at) < 1200
