"""SQLite may end a transaction by itself, or refuse to go back: whoever is in it then, nothing half-done is kept."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from storage import updates
from storage.kinds import Language
from storage.prepared import DRIVER
from storage.schema import HandledUpdate, Person
from storage.store import Store, StoreUnavailable, open_store
from tests.moment import NOW


@pytest.fixture
async def small(sqlite_url: str) -> AsyncIterator[Store]:
    """A store on a disk that has little room left."""
    store = await open_store(sqlite_url)
    await store.write(room, pages=200)
    yield store
    await store.close()


def room(session: Session, *, pages: int) -> None:
    run = session.connection().exec_driver_sql
    run(f"PRAGMA max_page_count={pages}")
    run("CREATE TABLE IF NOT EXISTS heap (much BLOB)")


def add(session: Session, *, telegram_id: int) -> None:
    session.add(Person(telegram_id=telegram_id, name="Wang", language=Language.ZH, joined_at=NOW))
    session.flush()


def go_on(session: Session, *, by: Callable[..., None]) -> None:
    """As what looks at many things, one of which cannot be handled, and writes on."""
    try:
        with session.begin_nested():
            add(session, telegram_id=1)
            session.connection().exec_driver_sql("INSERT INTO heap VALUES (zeroblob(5000000))")
    except OperationalError:
        assert not session.info[DRIVER].in_transaction  # as there is no constraint, SQLite keeps no way back
    by(session, telegram_id=2)


def in_a_savepoint(session: Session, **values: Any) -> None:
    with session.begin_nested():
        add(session, **values)


def prepared(session: Session, *, telegram_id: int) -> None:
    updates.mark(session, update_id=telegram_id, now=NOW)


def kept(session: Session) -> set[int]:
    return {*session.scalars(select(Person.telegram_id)), *session.scalars(select(HandledUpdate.update_id))}


async def together(store: Store, *units: tuple[Callable[..., Any], dict[str, Any]]) -> list[Any]:
    """What becomes of these units, which wait for the writer at the same time, and so are one group."""
    entered, go = threading.Event(), threading.Event()

    def hold_up(session: Session) -> None:
        entered.set()
        go.wait()

    first = asyncio.ensure_future(store.write(hold_up))  # noqa: TID251 - the others wait behind it
    await asyncio.to_thread(entered.wait)
    waiting = [asyncio.ensure_future(store.write(fn, **arguments)) for fn, arguments in units]  # noqa: TID251
    await asyncio.sleep(0)
    go.set()
    await first
    return await asyncio.gather(*waiting, return_exceptions=True)


@pytest.mark.parametrize("by", [add, in_a_savepoint, prepared])
@pytest.mark.parametrize("company", [0, 1])
async def test_who_goes_on_after_a_full_disk_has_ended_all_keeps_nothing(
    small: Store, by: Callable[..., None], company: int
) -> None:
    others = [(add, {"telegram_id": 10})] * company
    results = await together(small, *others, (go_on, {"by": by}))
    assert [type(result) for result in results] == [StoreUnavailable] * (1 + company)
    assert await small.read(kept) == set()
    await small.write(room, pages=100_000)
    await small.write(add, telegram_id=11)
    assert await small.read(kept) == {11}


async def test_what_cannot_be_undone_is_kept_by_nobody(sqlite_url: str) -> None:
    """`ROLLBACK TO` fails for the second: neither it nor the first is kept, and the connection is not used again."""
    store = await open_store(sqlite_url)
    drivers: list[sqlite3.Connection] = []

    def fail(session: Session) -> None:
        drivers.append(session.info[DRIVER])
        add(session, telegram_id=1)
        drivers[-1].set_authorizer(no_way_back)
        add(session, telegram_id=1)

    def look(session: Session) -> bool:
        return session.info[DRIVER] in drivers

    results = await together(store, (add, {"telegram_id": 10}), (fail, {}), (add, {"telegram_id": 11}))
    assert [type(result) for result in results] == [StoreUnavailable] * 3
    assert await store.read(kept) == set()
    assert not await store.write(look)
    await store.write(add, telegram_id=12)
    assert await store.read(kept) == {12}
    await store.close()


def no_way_back(action: int, word: str | None, *_: object) -> int:
    is_back = action == sqlite3.SQLITE_SAVEPOINT and word == "ROLLBACK"
    return sqlite3.SQLITE_DENY if is_back else sqlite3.SQLITE_OK
