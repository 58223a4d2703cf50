"""What the store promises, on both backends."""

import asyncio
import sqlite3
import threading
from datetime import datetime, timedelta
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import func, make_url, select, text, update
from sqlalchemy.exc import InternalError
from sqlalchemy.orm import Session

from storage import updates
from storage.kinds import Language
from storage.schema import HandledUpdate, Person
from storage.store import Store, StoreUnavailable, mark_outbox, open_store
from tests.moment import NOW


def add_person(session: Session, *, telegram_id: int) -> int:
    person = Person(telegram_id=telegram_id, name="Wang", language=Language.ZH, joined_at=NOW)
    session.add(person)
    session.flush()
    return person.id


def count_people(session: Session) -> int:
    return session.scalar(select(func.count(Person.id))) or 0


async def test_what_was_written_is_there_for_a_second_store(store: Store, database_url: str) -> None:
    await store.write(add_person, telegram_id=7)
    second = await open_store(database_url)
    assert await second.read(count_people) == 1
    await second.close()


async def test_a_unit_that_fails_leaves_nothing_and_harms_no_other(store: Store) -> None:
    def fail(session: Session) -> None:
        add_person(session, telegram_id=1)
        raise LookupError("no")

    results = await asyncio.gather(
        *(store.write(add_person, telegram_id=100 + n) for n in range(20)),
        store.write(fail),
        *(store.write(add_person, telegram_id=200 + n) for n in range(20)),
        return_exceptions=True,
    )
    assert [type(r) for r in results if isinstance(r, BaseException)] == [LookupError]
    assert await store.read(count_people) == 40


async def test_a_broken_constraint_fails_its_own_unit_only(store: Store) -> None:
    results = await asyncio.gather(
        *(store.write(add_person, telegram_id=n % 10) for n in range(30)), return_exceptions=True
    )
    assert sum(isinstance(r, int) for r in results) == 10
    assert await store.read(count_people) == 10


async def test_what_fails_alone_is_tried_once(store: Store) -> None:
    tries: list[int] = []

    def fail(session: Session) -> None:
        tries.append(add_person(session, telegram_id=1))
        raise LookupError("no")

    with pytest.raises(LookupError):
        await store.write(fail)
    assert len(tries) == 1
    assert await store.read(count_people) == 0


async def test_the_bell_rings_for_what_was_kept_only(store: Store) -> None:
    rung: list[object] = []
    store.on_outbox(rung.append)

    def write(session: Session, *, due: datetime, fails: bool) -> None:
        mark_outbox(session, due)
        if fails:
            raise LookupError("no")

    early, late = NOW, NOW + timedelta(hours=1)
    failing = (store.write(write, due=early, fails=True) for _ in range(3))
    await asyncio.gather(*failing, store.write(write, due=late, fails=False), return_exceptions=True)
    assert rung == [late]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_server_that_goes_away_in_the_middle_of_a_statement_is_unavailable(store: Store) -> None:
    """As asyncpg says it now and then, without a code, when the server is restarted."""

    def cut_off(session: Session) -> None:
        problem = asyncpg.InternalClientError("cannot switch to state 15; another operation (2) is in progress")
        raise InternalError("SELECT 1", {}, problem)

    for do in (store.write, store.read):
        with pytest.raises(StoreUnavailable, match="cannot switch to state"):
            await do(cut_off)
    await store.write(add_person, telegram_id=7)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_commit_is_on_disk_before_anybody_hears_of_it(store: Store) -> None:
    """WAL, and each commit waits for the disk (2 is FULL); a row that points nowhere is refused."""

    def pragma(session: Session, *, name: str) -> object:
        return session.scalar(text(f"PRAGMA {name}"))

    kept = [await store.write(pragma, name=name) for name in ("journal_mode", "synchronous", "foreign_keys")]
    assert kept == ["wal", 2, 1]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_a_unit_has_read_is_still_so_when_it_writes(store: Store, database_url: str) -> None:
    """Another process waits from the unit's beginning on: else the unit would fail when it comes to write."""
    path = str(make_url(database_url).database)
    other = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)

    def read_and_write(session: Session) -> None:
        count_people(session)
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as problem:
            refused.append(str(problem))
        else:
            other.execute("ROLLBACK")
        add_person(session, telegram_id=7)

    refused: list[str] = []
    await store.write(read_and_write)
    assert refused == ["database is locked"]
    other.close()


async def test_a_read_cannot_write(store: Store) -> None:
    def sneak(session: Session) -> None:
        session.execute(update(Person).values(name="x"))

    await store.write(add_person, telegram_id=7)
    with pytest.raises(Exception, match=r"(?i)read.?only"):
        await store.read(sneak)


async def test_an_update_takes_effect_once(store: Store) -> None:
    results = await asyncio.gather(
        *(store.write(updates.mark, update_id=5, now=NOW) for _ in range(20)), return_exceptions=True
    )
    assert sum(r is None for r in results) == 1
    assert all(isinstance(r, updates.AlreadyHandled) for r in results if r is not None)


async def test_the_outbox_bell_rings_after_the_commit(store: Store) -> None:
    rung: list[object] = []
    store.on_outbox(rung.append)

    def write(session: Session) -> None:
        add_person(session, telegram_id=1)
        mark_outbox(session, NOW)

    await store.write(write)
    await store.write(add_person, telegram_id=2)
    assert rung == [NOW]


async def test_the_fields_come_back_as_they_were(store: Store) -> None:
    await store.write(updates.mark, update_id=5, now=NOW)
    assert await store.read(lambda session: session.scalar(select(HandledUpdate.at))) == NOW


async def test_a_locked_sqlite_file_is_unavailable_not_broken(sqlite_url: str, tmp_path: Path) -> None:
    import sqlite3

    store = await open_store(sqlite_url + "?timeout=0.05")
    other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreUnavailable):
            await store.write(add_person, telegram_id=1)
    finally:
        other.execute("ROLLBACK")
        other.close()
    await store.write(add_person, telegram_id=1)
    assert await store.read(count_people) == 1
    await store.close()


@pytest.mark.parametrize("fails", [False, True], ids=["all good", "one fails"])
async def test_on_a_disk_that_is_full_nobody_is_told_what_is_not_so(sqlite_url: str, fails: bool) -> None:
    def room(session: Session, *, pages: int) -> None:
        session.connection().exec_driver_sql(f"PRAGMA max_page_count={pages}")

    def write_much(session: Session) -> None:
        session.add(Person(telegram_id=1, name="W" * 5_000_000, language=Language.ZH, joined_at=NOW))

    def fail(session: Session) -> None:
        if fails:
            raise LookupError("no")

    store = await open_store(sqlite_url)
    await store.write(room, pages=200)
    entered, blocked = threading.Event(), threading.Event()

    def hold_up(session: Session) -> None:
        entered.set()
        blocked.wait()

    first = asyncio.ensure_future(store.write(hold_up))  # noqa: TID251 - the others are to be in one group behind it
    await asyncio.to_thread(entered.wait)
    waiting = [
        asyncio.ensure_future(one)  # noqa: TID251
        for one in (
            store.write(fail),
            store.write(add_person, telegram_id=10),
            store.write(write_much),
            store.write(add_person, telegram_id=11),
        )
    ]
    await asyncio.sleep(0)
    blocked.set()
    await first
    results = await asyncio.gather(*waiting, return_exceptions=True)
    _, one, much, other = results
    assert type(much) is StoreUnavailable
    # SQLite gives up the whole transaction, or the one unit; either way who is told that it is there finds it there
    there = [result for result in (one, other) if not isinstance(result, StoreUnavailable)]
    assert await store.read(count_people) == len(there)
    await store.write(room, pages=100_000)
    await store.write(write_much)
    assert await store.read(count_people) == len(there) + 1
    await store.close()
