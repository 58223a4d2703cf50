"""Figures: cold start and idle memory of `warmgrid run`, beside a bare aiogram poller.

Ready is who asks for updates (Warmgrid's alerts must have greeted Telegram, too). Idle is what is still resident some
time later, with the sample county loaded.
"""

import asyncio
import time
from contextlib import AbstractAsyncContextManager

from bot.bench.figure import Figure, Goal, Series
from bot.bench.peer import Peer
from bot.bench.place import Place
from bot.bench.processes import WARMGRID, Server, started, warmgrid_settings
from bot.bench.size import Size

OURS, BARE = "31", "32"
"""The two bots' numbers."""


async def measure(place: Place, size: Size) -> list[Figure]:
    """Seconds and megabytes."""
    folder = place.folder
    starts: dict[str, list[float]] = {OURS: [], BARE: []}
    worked: dict[str, list[float | None]] = {OURS: [], BARE: []}
    memory: dict[str, list[float | None]] = {OURS: [], BARE: []}
    async with Peer() as peer:
        settings = warmgrid_settings(folder, token=f"{OURS}:x", api=peer.url, store=place.store("start"))
        command = ("-m", "bot.bench.stock", "poller", f"{BARE}:x", peer.url)
        for _ in range(size.rounds):
            for bot, server in (
                (OURS, started("run", *WARMGRID, "run", folder=folder, settings=settings)),
                (BARE, started("poller", *command, folder=folder, settings={})),
            ):
                seconds, cpu, megabytes = await _start(peer, server, bot, greetings=2 if bot == OURS else 1, size=size)
                starts[bot].append(seconds)
                worked[bot].append(cpu)
                memory[bot].append(megabytes)
    ours, bare = _known(worked[OURS], "s"), _known(worked[BARE], "s")
    return [
        Figure(
            "cold start of `run`: process → ready",
            Series(tuple(starts[OURS]), "s"),
            "bare aiogram poller",
            Series(tuple(starts[BARE]), "s"),
            Goal(3, at_most=True, unit="s"),
            (f"processor time until ready: {ours}; bare poller: {bare}",) if ours and bare else (),
        ),
        Figure(
            f"idle memory of `run`, {len(place.spots):,} grids (resident)",
            _known(memory[OURS], "MB"),
            "bare aiogram poller",
            _known(memory[BARE], "MB"),
            Goal(260, at_most=True, unit="MB"),
        ),
    ]


async def _start(
    peer: Peer, server: AbstractAsyncContextManager[Server], bot: str, *, greetings: int, size: Size
) -> tuple[float, float | None, float | None]:
    """Seconds until ready, processor time until then, and megabytes when idle."""
    before = peer.counts.copy()

    def is_ready() -> bool:
        greeted = peer.counts[bot, "getMe"] - before[bot, "getMe"]
        return peer.counts[bot, "getUpdates"] > before[bot, "getUpdates"] and greeted >= greetings

    began = time.perf_counter()
    async with server as running:
        await peer.until(is_ready)
        seconds, cpu = time.perf_counter() - began, running.cpu_seconds
        await asyncio.sleep(size.settle)
        return seconds, cpu, running.megabytes


def _known(values: list[float | None], unit: str) -> Series | None:
    known = tuple(value for value in values if value is not None)
    return Series(known, unit) if known else None
