"""Figures: transfers of points with 64 waiting, beside raw updates; an audit of very many entries; a look-up."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import count
from pathlib import Path

from sqlalchemy.orm import Session

from bot.bench.figure import Figure, Goal, Series
from bot.bench.place import Place
from bot.bench.purchases import EACH, FIRST_PERSON, YEAR, Books
from bot.bench.size import Size
from bot.time import utc_now
from services import worktime
from services.points import ledger
from services.points.accounts import Name, purse
from services.points.audit import audit
from services.points.ledger import About
from storage.points_kinds import AccountKind, Reason
from storage.store import Store, open_store

SHOPS = 64
"""Accounts that points go back and forth between."""
STRIDE = 7919
"""A prime: one look-up is nowhere near the one before."""
RAW_ACCOUNT = """INSERT INTO accounts (key, kind, currency, balance, length, last, may_owe)
VALUES (?, 'settled', 'points', 0, 0, '', 1)"""
_ABOUT = About(Reason.CREDIT)


async def measure(place: Place, size: Size) -> list[Figure]:
    """Transfers a second; seconds of an audit; microseconds of a look-up, of few and of many entries."""
    ours, theirs = [], []
    for number in range(size.rounds):
        ours.append(await _ours(place.store(f"points-{number}"), size))
        theirs.append(_theirs(Path(place.store(f"points-raw-{number}").partition(":///")[2]), size))
    few, many = [], []
    async with _filled(place, size.few_entries) as small, _filled(place, size.entries) as large:
        for _ in range(size.rounds):
            few.append(await _look_up(*small, size))
            many.append(await _look_up(*large, size))
        took = [await _audit(large[0]) for _ in range(size.audits)]
        holds = large[1].counts()
    return [
        Figure(
            f"transfers of points with {size.in_flight} waiting, durable",
            Series(tuple(ours), "transfers/s"),
            "raw sqlite3: the same two balances in one transaction each",
            Series(tuple(theirs), "transfers/s"),
            Goal(1.0, at_most=False),
            (f"{size.units} transfers a round; ours also write a transfer and two chained entries",),
        ),
        Figure(
            f"audit of {size.entries:,} entries",
            Series(tuple(took), "s"),
            goal=Goal(20, at_most=True, unit="s"),
            notes=(f"and what belongs to them: {holds}",),
        ),
        Figure(
            f"looking up a balance, of {size.entries:,} entries",
            Series(tuple(many), "µs"),
            f"the same of {size.few_entries:,}",
            Series(tuple(few), "µs"),
            Goal(1.5, at_most=True),
            (f"a purse for every {EACH} entries",),
        ),
    ]


def _move(session: Session, *, number: int, now: datetime) -> None:
    """One point from one shop to the next; both may owe, so that it is always possible."""
    one, other = (Name(AccountKind.SETTLED, at % SHOPS) for at in (number, number + 1))
    ledger.post(session, key=f"bench:{number}", about=_ABOUT, moves={one: -1, other: 1}, now=now)


async def _ours(url: str, size: Size) -> float:
    store, numbers = await open_store(url), count(1)

    async def write() -> None:
        while (number := next(numbers)) <= size.units:
            await store.write(_move, number=number, now=utc_now())

    try:
        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for _ in range(size.in_flight):
                group.create_task(write())
        return size.units / (time.perf_counter() - began)
    finally:
        await store.close()


def _theirs(path: Path, size: Size) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-8000"):
            connection.execute(f"PRAGMA {pragma}")
        rows = [(f"settled:points:{at}",) for at in range(SHOPS)]
        connection.executemany(RAW_ACCOUNT, rows)
        began = time.perf_counter()
        for number in range(1, size.units + 1):
            connection.execute("BEGIN IMMEDIATE")
            for by, at in ((-1, number % SHOPS), (1, (number + 1) % SHOPS)):
                connection.execute("UPDATE accounts SET balance = balance + ? WHERE key = ?", (by, rows[at][0]))
            connection.execute("COMMIT")
        return size.units / (time.perf_counter() - began)
    finally:
        connection.close()


@asynccontextmanager
async def _filled(place: Place, entries: int) -> AsyncIterator[tuple[Store, Books]]:
    """A store with about so many entries, and all that belongs to them."""
    store = await open_store(place.store(f"points-{entries}-entries"))
    books = Books(entries=entries, zone=worktime.USUAL.zone)
    try:
        await store.write(books.begin, now=utc_now())
        for month in range(YEAR):
            await store.write(books.write, month=month, now=utc_now())
        yield store, books
    finally:
        await store.close()


async def _look_up(store: Store, books: Books, size: Size) -> float:
    """Microseconds of one, in a read of many, all over the purses."""

    def look(session: Session) -> float:
        names = [purse(FIRST_PERSON + at * STRIDE % books.people) for at in range(size.balances)]
        began = time.perf_counter()
        for name in names:
            ledger.balance(session, name)
        return (time.perf_counter() - began) / len(names) * 1e6

    return await store.read(look)


async def _audit(store: Store) -> float:
    began = time.perf_counter()
    found = await store.read(audit)
    assert not found.findings, found.findings[:3]
    return time.perf_counter() - began
