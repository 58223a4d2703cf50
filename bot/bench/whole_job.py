"""Figure: the whole job by webhook, beside a bot that only answers.

Warmgrid takes a photo and a place of each rider and answers when the report and its alert are on disk; the stock echo
answers before it has begun. Both speak to the same Bot API peer; a round ends when the last update is answered and
(the echo) the last message is sent. Warmgrid fetches the pictures meanwhile, as it always does.
"""

import sqlite3
import time
from contextlib import AsyncExitStack
from pathlib import Path

from bot.bench.figure import Figure, Goal, Series, percentile
from bot.bench.peer import Peer
from bot.bench.place import Place
from bot.bench.processes import WARMGRID, Server, free_port, started, warmgrid_settings
from bot.bench.riders import Telegram, telegram
from bot.bench.size import Size

OURS, ECHO = "11", "12"
"""The two bots' numbers."""


async def measure(place: Place, size: Size) -> list[Figure]:
    """Updates a second."""
    folder = place.folder
    async with AsyncExitStack() as stack:
        peer = await stack.enter_async_context(Peer())
        ports = free_port(), free_port()
        settings = warmgrid_settings(
            folder, token=f"{OURS}:x", api=peer.url, store=place.store("whole-job"), port=ports[0]
        )
        house = await stack.enter_async_context(started("bot", *WARMGRID, "bot", folder=folder, settings=settings))
        command = ("-m", "bot.bench.stock", "echo", f"{ECHO}:x", peer.url, str(ports[1]))
        echo = await stack.enter_async_context(started("echo", *command, folder=folder, settings={}))
        await house.listens(ports[0])
        await echo.listens(ports[1])
        to_house = await stack.enter_async_context(telegram(ports[0]))
        to_echo = await stack.enter_async_context(telegram(ports[1]))
        rounds = []
        for number in range(-1, size.rounds):  # the first one warms up
            riders = range((number + 1) * size.riders, (number + 2) * size.riders)
            with echo.paused():
                ours = await _round(place, size, peer, to=to_house, server=house, riders=riders)
            with house.paused():
                theirs = await _round(place, size, peer, to=to_echo, server=echo, riders=riders, sends=ECHO)
            rounds.append((ours, theirs))
        _check(folder / "whole-job.db", reports=size.riders * (size.rounds + 1))
    measured = rounds[1:]
    return [_figure(size, [ours for ours, _ in measured], [theirs for _, theirs in measured])]


class _Round:
    def __init__(self, updates: int, seconds: float, cpu: float | None, answers: list[float]) -> None:
        self.speed = updates / seconds
        self.cpu = cpu * 1000 / updates if cpu is not None else None  # ms an update
        self.p50, self.p99 = (percentile(answers, one) * 1000 for one in (50, 99))


async def _round(
    place: Place, size: Size, peer: Peer, *, to: Telegram, server: Server, riders: range, sends: str | None = None
) -> _Round:
    updates = 2 * len(riders)
    to.seconds.clear()
    until = peer.counts[sends, "sendMessage"] + updates if sends else 0
    began, cpu = time.perf_counter(), server.cpu_seconds
    await to.report_all(riders, place.spots, at_once=size.in_flight)
    if sends:
        await peer.until(lambda: peer.counts[sends, "sendMessage"] >= until)
    seconds, used = time.perf_counter() - began, server.cpu_seconds
    return _Round(updates, seconds, used - cpu if used is not None and cpu is not None else None, list(to.seconds))


def _check(path: Path, *, reports: int) -> None:
    """What was measured is the whole job only if it was done."""
    with sqlite3.connect(path) as store:
        filed = store.execute("SELECT count(*) FROM reports").fetchone()[0]
        alerted = store.execute("SELECT count(DISTINCT report_id) FROM outbox WHERE message = 'alert'").fetchone()[0]
    store.close()
    if (filed, alerted) != (reports, reports):
        raise AssertionError(f"{reports} reports were sent, {filed} are filed and {alerted} have an alert")


def _figure(size: Size, ours: list[_Round], theirs: list[_Round]) -> Figure:
    notes = [
        f"{2 * size.riders} updates a round, {size.in_flight} riders at once; "
        f"answered after p50 {Series(tuple(one.p50 for one in ours), 'ms')}, "
        f"p99 {Series(tuple(one.p99 for one in ours), 'ms')}"
    ]
    cpu = [(one.cpu, two.cpu) for one, two in zip(ours, theirs, strict=True)]
    if all(one is not None and two is not None for one, two in cpu):
        mine = Series(tuple(one for one, _ in cpu if one is not None), "ms")
        other = Series(tuple(two for _, two in cpu if two is not None), "ms")
        notes.append(f"processor time an update, picture fetching included: {mine}; echo: {other}")
    return Figure(
        "whole job by webhook: photo, place → report and alert on disk",
        Series(tuple(one.speed for one in ours), "updates/s"),
        "stock aiogram webhook echo",
        Series(tuple(one.speed for one in theirs), "updates/s"),
        Goal(0.8, at_most=False),
        tuple(notes),
    )
