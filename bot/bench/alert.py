"""Figure: how soon the officer's alert is on its way.

The goals count from the report's commit. Measured from outside, that moment lies between two that can be seen: the
last part of the report is posted to the webhook (before), and answered (after). What is compared with the goals is the
longer time, from the post: handling and commit are in it. One Warmgrid runs both halves in one process, the other in
two that share nothing but the store; their reports alternate.
"""

import asyncio
import time
from contextlib import AsyncExitStack

from bot.bench.figure import Figure, Goal, Series, percentile
from bot.bench.peer import Peer
from bot.bench.place import Place
from bot.bench.processes import WARMGRID, Server, free_port, started, warmgrid_settings
from bot.bench.riders import Telegram, location, photo, spot_of, telegram
from bot.bench.size import Size

ONE, TWO = "21", "22"
"""The numbers of the bots in one process and in two."""


async def measure(place: Place, size: Size) -> list[Figure]:
    """Milliseconds from the place to the alert."""
    async with AsyncExitStack() as stack:
        peer = await stack.enter_async_context(Peer())
        towards: dict[str, Telegram] = {}
        doors: list[tuple[Server, int]] = []
        for bot, commands in ((ONE, ("run",)), (TWO, ("bot", "alerts"))):
            port = free_port()
            store = place.store(f"alert-{bot}")
            settings = warmgrid_settings(place.folder, token=f"{bot}:x", api=peer.url, store=store, port=port)
            servers = [
                await stack.enter_async_context(
                    started(f"{command}-{bot}", *WARMGRID, command, folder=place.folder, settings=settings)
                )
                for command in commands
            ]
            doors.append((servers[0], port))
            towards[bot] = await stack.enter_async_context(telegram(port))
        for server, port in doors:
            await server.listens(port)
        await peer.until(lambda: all(peer.counts[bot, "getMe"] >= 2 for bot in towards))
        rounds: dict[str, list[list[float]]] = {ONE: [], TWO: []}
        rider = 0
        for number in range(-1, size.rounds):  # the first one warms up
            waits: dict[str, list[float]] = {ONE: [], TWO: []}
            for _ in range(size.alerts if number >= 0 else 2):
                rider += 1
                for bot, to in towards.items():
                    waits[bot].append(await _alert(peer, to, bot, rider=rider, place=place))
                    await asyncio.sleep(size.alert_gap / 2)
            if number >= 0:
                rounds[ONE].append(waits[ONE])
                rounds[TWO].append(waits[TWO])
        answers = {bot: [seconds * 1000 for seconds in to.seconds[1::2]] for bot, to in towards.items()}
    return [
        *_figures("in one process", rounds[ONE], answers[ONE], p50=50, p99=300),
        *_figures("across two processes on SQLite", rounds[TWO], answers[TWO], p50=None, p99=600),
    ]


async def _alert(peer: Peer, to: Telegram, bot: str, *, rider: int, place: Place) -> float:
    await to.post(photo(rider))
    update = location(rider, spot_of(rider, place.spots))
    began = time.perf_counter()
    await to.post(update)
    await peer.until(lambda: (bot, rider) in peer.photos)
    return (peer.photos[bot, rider] - began) * 1000


def _figures(
    where: str, rounds: list[list[float]], answers: list[float], *, p50: float | None, p99: float
) -> list[Figure]:
    every = [wait for one in rounds for wait in one]
    middle = Series(tuple(percentile(one, 50) for one in rounds), "ms")
    return [
        Figure(f"place → alert {where}, p50", middle, goal=Goal(p50, at_most=True, unit="ms") if p50 else None),
        Figure(
            f"place → alert {where}, p99",
            Series((percentile(every, 99),), "ms"),
            goal=Goal(p99, at_most=True, unit="ms"),
            notes=(
                f"of {len(every)} alerts {where}, the slowest {max(every):.0f} ms; "
                f"the place was answered after p50 {percentile(answers, 50):.0f} ms",
            ),
        ),
    ]
