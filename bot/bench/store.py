"""Figure: durable units of work with 64 waiting, beside one raw commit after the other.

Both write the same three rows (an update's note, an event, an outbox message) into the same tables, in WAL with
`synchronous=FULL`; each is on disk before its writer goes on.
"""

import asyncio
import sqlite3
import time
from datetime import datetime
from itertools import count
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bot.bench.figure import Figure, Goal, Series, percentile
from bot.bench.place import Place
from bot.bench.size import Size
from bot.time import utc_now
from storage import updates
from storage.kinds import EventKind, Message, OutboxState, Urgency
from storage.prepared import Prepared
from storage.schema import Event, OutboxMessage
from storage.store import Store, open_store

_EVENT = Prepared(insert(Event.__table__))  # type: ignore[arg-type]
_MESSAGE = Prepared(insert(OutboxMessage.__table__))  # type: ignore[arg-type]

RAW = (
    "INSERT INTO handled_updates (update_id, at) VALUES (?, ?) ON CONFLICT (update_id) DO NOTHING",
    "INSERT INTO events (report_id, kind, by_id, facts, at) VALUES (?, ?, ?, ?, ?)",
    "INSERT INTO outbox (person_id, message, report_id, urgency, state, due_at, made_at, attempts, pushes) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, 0, 1)",
)
REPORT = (
    "INSERT INTO reports (id, reporter_id, status, category, category_chosen, is_urgent, latitude, longitude, "
    "place_source, level, filed_at, accept_by, resolve_by, phase_from, resolve_from, resolve_used, step) "
    "VALUES (1, 1, 'open', 'other', 0, 0, 25.4, 114.36, 'pin', 'desk', :now, :now, :now, :now, :now, 0, 0)"
)


async def measure(place: Place, size: Size) -> list[Figure]:
    """Units a second, and how long one takes."""
    ours, theirs, slow = [], [], []
    for number in range(size.rounds):
        speed, p99 = await _ours(_with_report(place, f"store-{number}"), size)
        ours.append(speed)
        slow.append(p99)
        theirs.append(_theirs(_path(_with_report(place, f"raw-{number}")), size))
    waiting = f"{size.in_flight} waiting"
    return [
        Figure(
            f"units of work with {waiting}, three rows each, durable",
            Series(tuple(ours), "units/s"),
            "serial raw sqlite3 commits of the same rows",
            Series(tuple(theirs), "units/s"),
            Goal(1.3, at_most=False),
            (f"{size.units} units a round",),
        ),
        Figure(f"p99 of a unit with {waiting}", Series(tuple(slow), "ms"), goal=Goal(50, at_most=True, unit="ms")),
    ]


def unit(session: Session, *, number: int, now: datetime) -> None:
    """Three rows, as services write them on the way of every update."""
    updates.mark(session, update_id=number, now=now)
    facts = {"level": "primary", "people": [1]}
    _EVENT.run(session, report_id=1, kind=EventKind.ROUTED, by_id=1, facts=facts, at=now)
    _MESSAGE.run(
        session,
        person_id=1,
        message=Message.ALERT,
        report_id=1,
        urgency=Urgency.NORMAL,
        state=OutboxState.AVAILABLE,
        due_at=now,
        made_at=now,
        attempts=0,
    )


async def _ours(url: str, size: Size) -> tuple[float, float]:
    store = await open_store(url)
    numbers = count(1)
    seconds: list[float] = []
    try:
        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for _ in range(size.in_flight):
                group.create_task(_write(store, numbers, size.units, seconds))
        return size.units / (time.perf_counter() - began), percentile(seconds, 99) * 1000
    finally:
        await store.close()


async def _write(store: Store, numbers: "count[int]", most: int, seconds: list[float]) -> None:
    while (number := next(numbers)) <= most:
        began = time.perf_counter()
        await store.write(unit, number=number, now=utc_now())
        seconds.append(time.perf_counter() - began)


def _theirs(path: Path, size: Size) -> float:
    connection = _raw(path)
    try:
        began = time.perf_counter()
        for number in range(1, size.units + 1):
            now = utc_now().replace(tzinfo=None).isoformat(" ")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(RAW[0], (number, now))
            connection.execute(RAW[1], (1, "routed", 1, '{"level": "primary", "people": [1]}', now))
            connection.execute(RAW[2], (1, "alert", 1, "1-normal", "available", now, now))
            connection.execute("COMMIT")
        return size.units / (time.perf_counter() - began)
    finally:
        connection.close()


def _raw(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-8000"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _with_report(place: Place, name: str) -> str:
    """A fresh store with a report that the rows can be about."""
    url = place.store(name)
    connection = _raw(_path(url))
    connection.execute(REPORT, {"now": utc_now().replace(tzinfo=None).isoformat(" ")})
    connection.close()
    return url


def _path(url: str) -> Path:
    return Path(url.partition(":///")[2])
