"""The store on SQLite: one writer thread with group commit, readers beside it on aiosqlite.

A commit with `synchronous=FULL` waits for the disk. With one transaction a unit of work that wait would be paid by
each; so the writer takes all units that are waiting (up to `GROUP`), runs them in one transaction, and resolves their
futures after the one commit. When one of them fails, all is undone and the group is run again with a savepoint around
each, so that only what fails stays undone: savepoints for all cost a third of the statements, and few units fail.

SQLite may end a transaction by itself, savepoints and all (a full disk, an I/O error). From then on nothing runs until
the group is over, not even for a unit that goes on after an error, and nothing of the group is kept.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar, cast

from sqlalchemy import URL, Connection, Engine, Transaction, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from storage import trouble
from storage.prepared import DRIVER
from storage.store import WAKE, StoreUnavailable

T = TypeVar("T")

GROUP = 128
"""The most units of work in one transaction."""
BUSY_SECONDS = 15.0
"""How long to wait for another process that is writing, before `StoreUnavailable`."""
READERS = 8


@dataclass(slots=True)
class _Unit:
    """One queued unit of work and the future of whoever waits for it."""

    fn: Callable[..., Any]
    arguments: dict[str, Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    result: Any = None
    problem: BaseException | None = None


class _Driver(sqlite3.Connection):
    """A connection on which nothing runs outside of the transaction that it is in, once that has ended by itself:
    each statement would be a transaction of its own.
    """

    is_at_work = False

    def cursor(self, *given: Any, **named: Any) -> Any:
        """What SQLAlchemy runs a statement with."""
        self.require_transaction()
        return super().cursor(*given, **named)

    def execute(self, *given: Any) -> sqlite3.Cursor:
        """What runs a prepared statement."""
        self.require_transaction()
        return super().execute(*given)

    def executemany(self, *given: Any) -> sqlite3.Cursor:
        """The same for many rows."""
        self.require_transaction()
        return super().executemany(*given)

    def require_transaction(self) -> None:
        """Raise what SQLite says to a statement whose transaction was rolled back under it, if that has happened."""
        if self.is_at_work and not self.in_transaction:
            over = sqlite3.OperationalError("the transaction has ended")
            over.sqlite_errorcode = sqlite3.SQLITE_ABORT_ROLLBACK
            raise over


def sync_engine(url: URL, *, read_only: bool = False) -> Engine:
    """An engine on the standard library's driver, with our pragmas; transactions begin with `BEGIN IMMEDIATE`."""
    engine = create_engine(url.set(drivername="sqlite"), connect_args={**_patience(url), "factory": _Driver})
    _prepare(engine, read_only=read_only)
    _begin_with(engine, "BEGIN IMMEDIATE")
    return engine


def _patience(url: URL) -> dict[str, Any]:
    """The driver's `timeout`, unless the address names one (`?timeout=1`)."""
    return {} if "timeout" in url.query else {"timeout": BUSY_SECONDS}


def _prepare(engine: Engine, *, read_only: bool) -> None:
    @event.listens_for(engine, "connect")
    def pragmas(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        cursor = connection.cursor()
        try:
            if not read_only:
                cursor.execute("PRAGMA journal_mode=WAL")
                cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA foreign_keys=ON")
            cursor.execute("PRAGMA cache_size=-8000")
            if read_only:
                cursor.execute("PRAGMA query_only=ON")
        finally:
            cursor.close()


def _begin_with(engine: Engine, statement: str) -> None:
    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(statement)


class SqliteStore:
    """See `storage/store.py` for what it does, and the head of this file for how."""

    def __init__(self, url: URL, *, info: Mapping[str, Any] | None = None) -> None:
        self._info = dict(info or {})
        path = url.database
        if path and not path.startswith("file:"):
            try:
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            except OSError as problem:
                raise StoreUnavailable(str(problem)) from problem
        self._writer = sync_engine(url)
        self._reader: AsyncEngine = create_async_engine(
            url, pool_size=READERS, max_overflow=0, connect_args=_patience(url)
        )
        _prepare(self._reader.sync_engine, read_only=True)
        _begin_with(self._reader.sync_engine, "BEGIN")
        self._queue: SimpleQueue[_Unit | None] = SimpleQueue()
        self._rings: list[Callable[[datetime], None]] = []
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="store-writer", daemon=True)
        self._thread.start()

    async def write(self, fn: Callable[..., T], /, **arguments: Any) -> T:
        """See `Store.write`."""
        if self._closed:
            raise StoreUnavailable("the store is closed")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._queue.put(_Unit(fn, arguments, loop, future))
        return await future

    async def read(self, fn: Callable[..., T], /, **arguments: Any) -> T:
        """See `Store.read`."""
        try:
            async with AsyncSession(self._reader, expire_on_commit=False, info=self._info) as session:
                return await session.run_sync(fn, **arguments)
        except OperationalError as problem:
            raise _translated(problem) from problem

    def on_outbox(self, ring: Callable[[datetime], None]) -> None:
        """See `Store.on_outbox`."""
        self._rings.append(ring)

    async def listen(self) -> None:
        """SQLite cannot tell what other processes commit: the relay polls."""

    async def close(self) -> None:
        """See `Store.close`."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            await asyncio.get_running_loop().run_in_executor(None, self._thread.join)
            self._writer.dispose()
            await self._reader.dispose()

    # -- the writer's thread --

    def _work(self) -> None:
        last = False
        while not last:
            first = self._queue.get()
            if first is None:
                return
            group = [first]
            while len(group) < GROUP:
                try:
                    unit = self._queue.get_nowait()
                except Empty:
                    break
                if unit is None:
                    last = True
                    break
                group.append(unit)
            due = self._run(group)
            _tell(group, due, self._rings)

    def _run(self, group: list[_Unit]) -> datetime | None:
        """Run the units in one transaction; return when the earliest outbox message they wrote is due."""
        try:
            with self._writer.connect() as connection, _thrown_away_after_trouble(connection):
                info = {**self._info, DRIVER: _driver(connection)}
                times = _run_together(connection, group, info)
                if times is None and len(group) > 1:
                    times = _run_apart(connection, group, info)
        except Exception as problem:  # noqa: BLE001 - the transaction is gone, and with it every unit of the group
            lost = problem if isinstance(problem, StoreUnavailable) else StoreUnavailable(str(problem))
            lost.__cause__ = problem if lost is not problem else problem.__cause__
            for unit in group:
                unit.problem = lost
            return None
        return min((time for time in times or () if time is not None), default=None)


@contextmanager
def _thrown_away_after_trouble(connection: Connection) -> Iterator[None]:
    """What could not begin, go back or commit is not used again; whatever it may still hold is undone with it."""
    try:
        yield
    except BaseException:
        connection.invalidate()
        raise


@contextmanager
def _transaction(connection: Connection) -> Iterator[Transaction]:
    driver = _driver(connection)
    with connection.begin() as transaction:
        driver.is_at_work = True
        try:
            yield transaction
        finally:
            driver.is_at_work = False


def _run_together(connection: Connection, group: list[_Unit], info: Mapping[str, Any]) -> list[datetime | None] | None:
    """Run all units; None if one failed: then all are undone."""
    times, session = [], _session(connection)
    with _transaction(connection) as transaction:
        for unit in group:
            times.append(_run_unit(session, unit, info))
            if isinstance(unit.problem, StoreUnavailable):
                raise unit.problem
            if unit.problem is not None:
                _undo(transaction)
                return None
            _driver(connection).require_transaction()
    return times


def _run_apart(connection: Connection, group: list[_Unit], info: Mapping[str, Any]) -> list[datetime | None]:
    """Run each unit in a savepoint: those that fail are undone alone."""
    times, session, driver = [], _session(connection), _driver(connection)
    with _transaction(connection):
        for unit in group:
            driver.execute("SAVEPOINT unit")
            savepoint = connection.begin_nested()  # to which a session goes back whose flush fails
            times.append(_run_unit(session, unit, info))
            driver.require_transaction()
            if unit.problem is None:
                savepoint.commit()
            else:
                _undo(savepoint)
                driver.execute("ROLLBACK TO unit")  # whether or not the session could
            driver.execute("RELEASE unit")
    return times


def _driver(connection: Connection) -> _Driver:
    return cast("_Driver", connection.connection.driver_connection)


def _undo(transaction: Transaction) -> None:
    if transaction.is_active:  # a session whose flush failed has undone it already
        transaction.rollback()


def _session(connection: Connection) -> Session:
    """One for all units of a group: after each it is as new, and a new one costs as much as two statements."""
    return Session(connection, join_transaction_mode="rollback_only", expire_on_commit=False)


def _run_unit(session: Session, unit: _Unit, info: Mapping[str, Any]) -> datetime | None:
    """Run a unit, which then has its result or its problem."""
    unit.problem = None
    session.info.clear()
    session.info.update(info)
    try:
        unit.result = unit.fn(session, **unit.arguments)
        if session.in_transaction():  # it did more than run prepared statements
            session.flush()
    except Exception as problem:  # noqa: BLE001 - whoever waits for the unit gets it
        unit.problem = _translated(problem)
        return None
    finally:
        if session.in_transaction():
            session.close()
    return session.info.get(WAKE)


def _translated(problem: BaseException) -> BaseException:
    """`StoreUnavailable` for what may work later, the problem itself for the rest."""
    if isinstance(problem, StoreUnavailable) or not trouble.is_unavailable(problem):
        return problem
    return StoreUnavailable(str(problem.orig if isinstance(problem, DBAPIError) else problem))


def _tell(group: list[_Unit], due: datetime | None, rings: list[Callable[[datetime], None]]) -> None:
    """Resolve the futures in their loops, one call a loop."""
    by_loop: dict[asyncio.AbstractEventLoop, list[_Unit]] = {}
    for unit in group:
        by_loop.setdefault(unit.loop, []).append(unit)

    def resolve(units: list[_Unit]) -> None:
        for unit in units:
            if unit.future.done():  # whoever waited was cancelled; the work is done all the same
                continue
            if unit.problem is None:
                unit.future.set_result(unit.result)
            else:
                unit.future.set_exception(unit.problem)
        if due is not None:
            for ring in rings:
                ring(due)

    for loop, units in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(resolve, units)
