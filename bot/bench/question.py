"""Figure: the whole question for a place over the sandbox, beside a bot that only answers.

Each bot has a sandbox of its own, both in the process of the riders. 64 riders at once write `/stations`, wait until
the bot has answered in their chat, send where they are, and wait for that answer, too: what counts is an update that
was answered. A round ends when the sandbox knows that all are done, so what a bot does behind its answer (Warmgrid
takes the button of its question away) is in the round.
"""

import asyncio
import time
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial

import aiohttp

from bot.bench.figure import Figure, Goal, Series, percentile
from bot.bench.place import FIRST_RIDER, Place
from bot.bench.processes import WARMGRID, Server, free_port, started, warmgrid_settings
from bot.bench.riders import Spots, spot_of
from bot.bench.size import Size
from bot.webhook import PATH
from sandbox.chats import Message
from sandbox.person import Person
from sandbox.server import Sandbox

CONNECTIONS = 100
"""Updates that are posted at once, to either bot: as Warmgrid asks for."""
MOST = 5
"""Buttons of anything but a card of places."""


@dataclass(slots=True)
class _Side:
    """A bot, its Telegram, and the seconds of this round from each update to its answer."""

    tg: Sandbox
    server: Server
    has_buttons: bool  # its last answer is a card of places
    seconds: list[float] = field(default_factory=list)

    async def ask_all(self, riders: Iterable[int], spots: Spots, *, at_once: int) -> None:
        """Many riders, so many of them at a time; until nothing is left to be done."""
        waiting = iter(riders)

        async def one_after_another() -> None:
            for rider in waiting:
                await self._ask(rider, spot_of(rider, spots))

        async with asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(one_after_another())
        await self.tg.settled()

    async def _ask(self, rider: int, spot: tuple[float, float]) -> None:
        """Where is a station? Here I am."""
        language = "zh-hans" if rider % 2 else "en"
        person = self.tg.person(FIRST_RIDER + rider, first_name="Rider", last_name=str(rider), language_code=language)
        await self._answered(person, partial(person.send_text, "/stations"))
        card = await self._answered(person, partial(person.send_location, *spot))
        if len(person.from_bot) != 2 or (len(_buttons(card)) > MOST) != self.has_buttons:
            raise AssertionError(f"something else was said than an answer to each:\n{person.transcript()}")

    async def _answered(self, person: Person, say: Callable[[], Message]) -> Message:
        began = time.perf_counter()
        said = say()
        answer = await person.wait_for(_anything, after=said["message_id"])
        self.seconds.append(time.perf_counter() - began)
        return answer


def _anything(_: Message) -> bool:
    return True


def _buttons(answer: Message) -> list[str]:
    return [one["text"] for row in answer.get("reply_markup", {}).get("inline_keyboard", []) for one in row]


@dataclass(frozen=True, slots=True)
class _Round:
    speed: float  # updates a second
    processor: float | None  # milliseconds an update, of the bot
    sandbox: float  # of the sandbox and the riders
    p50: float  # milliseconds
    p99: float


async def whole(place: Place, size: Size, url: str) -> Figure:
    """Updates answered a second; ``url``: a store with service places."""
    async with AsyncExitStack() as stack:
        house, echo = await _sides(place, url, stack)
        rounds = []
        for number in range(-1, size.rounds):  # the first one warms up
            riders = range((number + 1) * size.riders, (number + 2) * size.riders)
            with echo.server.paused():
                ours = await _round(house, place, size, riders)
            with house.server.paused():
                theirs = await _round(echo, place, size, riders)
            rounds.append((ours, theirs))
    return _figure(size, [one for one, _ in rounds[1:]], [one for _, one in rounds[1:]])


async def _sides(place: Place, url: str, stack: AsyncExitStack) -> tuple[_Side, _Side]:
    ours, theirs = [await stack.enter_async_context(Sandbox()) for _ in range(2)]
    ports = free_port(), free_port()
    settings = warmgrid_settings(place.folder, token=ours.token, api=ours.url, store=url, port=ports[0])
    house = started("stations", *WARMGRID, "bot", folder=place.folder, settings=settings)
    command = ("-m", "bot.bench.stock", "echo", theirs.token, theirs.url, str(ports[1]))
    echo = started("echo", *command, folder=place.folder, settings={})
    sides = (
        _Side(ours, await stack.enter_async_context(house), has_buttons=True),
        _Side(theirs, await stack.enter_async_context(echo), has_buttons=False),
    )
    for side, port in zip(sides, ports, strict=True):
        await side.server.listens(port)
    await _post_to(theirs, f"http://127.0.0.1:{ports[1]}{PATH}")
    await ours.called("setWebhook")
    return sides


async def _post_to(tg: Sandbox, url: str) -> None:
    """What Warmgrid does by itself, for a bot that does not."""
    settings = {"url": url, "max_connections": CONNECTIONS}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{tg.url}/bot{tg.token}/setWebhook", json=settings) as answer,
    ):
        answer.raise_for_status()


async def _round(side: _Side, place: Place, size: Size, riders: range) -> _Round:
    side.seconds.clear()
    updates = 2 * len(riders)
    used, sandbox, began = side.server.cpu_seconds, time.process_time(), time.perf_counter()
    await side.ask_all(riders, place.spots, at_once=size.in_flight)
    seconds, sandbox, after = time.perf_counter() - began, time.process_time() - sandbox, side.server.cpu_seconds
    return _Round(
        updates / seconds,
        (after - used) * 1e3 / updates if after is not None and used is not None else None,
        sandbox * 1e3 / updates,
        *(percentile(side.seconds, one) * 1e3 for one in (50, 99)),
    )


def _figure(size: Size, ours: list[_Round], theirs: list[_Round]) -> Figure:
    def of(rounds: list[_Round], what: str) -> Series:
        return Series(tuple(getattr(one, what) for one in rounds), "ms")

    notes = [
        f"{2 * size.riders} updates a round, {size.in_flight} riders at once; answered after p50 {of(ours, 'p50')}, "
        f"p99 {of(ours, 'p99')}; echo: p50 {of(theirs, 'p50')}, p99 {of(theirs, 'p99')}",
        f"the sandbox and its riders took of the processor, an update: {of(ours, 'sandbox')}; "
        f"echo: {of(theirs, 'sandbox')}",
    ]
    if all(one.processor is not None for one in (*ours, *theirs)):
        notes.append(
            f"processor time an update of the question: {of(ours, 'processor')}; echo: {of(theirs, 'processor')}"
        )
    return Figure(
        "the whole question over the sandbox: «stations», a place → the card is said",
        Series(tuple(one.speed for one in ours), "updates/s"),
        "stock aiogram webhook echo",
        Series(tuple(one.speed for one in theirs), "updates/s"),
        Goal(0.6, at_most=False),
        tuple(notes),
    )
