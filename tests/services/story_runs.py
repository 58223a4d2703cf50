"""Telling a story (`story.py`, the points, the till) many times; dying in the middle.

In memory, where thousands of steps take seconds; and through the store on both databases, as it is migrated.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from sqlalchemy import create_engine, event, make_url, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from storage import updates
from storage.prepared import DRIVER
from storage.schema import Base
from storage.store import StoreUnavailable, open_store

T = TypeVar("T")
CALM: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "print_blob": True,
    "phases": [
        Phase.reuse,
        Phase.generate,
    ],  # to see a failing story at its shortest, add Phase.shrink: it takes minutes
}


UNDOING = ("rollback", "rollback_savepoint")
"""What the store does when a unit of a group has failed: all of it at first, then that unit alone."""


class Crash(Exception):
    """The process dies between two statements."""


def dying(session: Session, *, deed: Callable[..., T], after: int, **arguments: Any) -> T:
    """The unit of work, whose process dies before the statement after so many, the commit counted as one.

    Of undoing, too: within the unit, and after it, where the store undoes it with a group, or another one beside it.
    """
    left, is_dead = iter(range(after)), False

    def count(_: Any = None, cursor: Any = None, statement: str = "", *of: Any) -> None:
        nonlocal is_dead
        is_undoing = statement.startswith("ROLLBACK")
        if is_dead and is_undoing:
            return  # what the database does by itself
        if next(left, None) is None:
            is_dead = True
            if is_undoing:
                cursor.execute(statement)  # likewise
            raise Crash

    connection, driver = session.connection(), session.info.get(DRIVER)
    event.listen(connection, "before_cursor_execute", count)
    if driver is not None:
        session.info[DRIVER] = _Counted(driver, count)
    try:
        done = deed(session, **arguments)
        session.flush()
        count()
    finally:
        event.remove(connection, "before_cursor_execute", count)
        if driver is not None:
            session.info[DRIVER] = driver
    rest = sum(1 for _ in left)
    event.listen(connection, UNDOING[rest % len(UNDOING)], _die, once=True)
    return done


def _die(*_: Any) -> None:
    raise Crash


class _Counted:
    """The driver's connection, on which prepared statements run past SQLAlchemy; they count, too."""

    def __init__(self, driver: sqlite3.Connection, count: Callable[[], None]) -> None:
        self._driver, self._count = driver, count

    def execute(self, *of: Any) -> sqlite3.Cursor:
        self._count()
        return self._driver.execute(*of)

    def executemany(self, *of: Any) -> sqlite3.Cursor:
        self._count()
        return self._driver.executemany(*of)


def delivered(session: Session, *, fn: Callable[..., T], update_id: int, now: datetime, **arguments: Any) -> T:
    """What an update lets happen, in one transaction with the note that it did: as `storage.work` has it.

    Raises:
        AlreadyHandled: it did so before.
    """
    updates.mark(session, update_id=update_id, now=now)
    return fn(session, now=now, **arguments)


def tell_in_memory(story: type[RuleBasedStateMachine], *, times: int, steps: int) -> None:
    """On SQLite: thousands of steps in seconds."""

    class InMemory(story):
        def __init__(self) -> None:
            super().__init__()
            self.engine = create_engine("sqlite://", poolclass=StaticPool)
            Base.metadata.create_all(self.engine)

        def run(self, fn: Callable[..., T], **arguments: Any) -> T:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                return fn(session, **arguments)

        def teardown(self) -> None:
            self.engine.dispose()

    run_state_machine_as_test(InMemory, settings=settings(max_examples=times, stateful_step_count=steps, **CALM))


def tell_on_sqlite(story: type[RuleBasedStateMachine], url: str, *, times: int, steps: int) -> None:
    """Through the store, from the same upgraded file each time, with its triggers.

    Each unit of work shares its commit with one that fails, so that the store runs it again by itself.
    """
    path = Path(str(make_url(url).database))
    template = path.read_bytes()
    with asyncio.Runner() as runner:

        class OnSqlite(story):
            def __init__(self) -> None:
                super().__init__()
                for one in path.parent.glob(f"{path.name}*"):
                    one.unlink()
                path.write_bytes(template)
                self.store = runner.run(open_store(url))

            def run(self, fn: Callable[..., T], **arguments: Any) -> T:
                return runner.run(self._beside_a_failure(fn, arguments))

            async def _beside_a_failure(self, fn: Callable[..., T], arguments: dict[str, Any]) -> T:
                both = (self.store.write(fn, **arguments), self.store.write(_fails))
                found, failure = map(_died, await asyncio.gather(*both, return_exceptions=True))
                assert isinstance(failure, Crash)
                if isinstance(found, BaseException):
                    raise found
                return found

            def teardown(self) -> None:
                runner.run(self.store.close())

        how = settings(max_examples=times, stateful_step_count=steps, database=None, **CALM)
        run_state_machine_as_test(OnSqlite, settings=how)


def _died(found: Any) -> Any:
    """Who dies while the store undoes what it did takes the whole group along: to all it is unavailable."""
    cause = found.__cause__ if isinstance(found, StoreUnavailable) else None
    return cause if isinstance(cause, Crash) else found


def _fails(session: Session) -> None:
    """Another's unit of work: what it did must leave nothing behind."""
    session.execute(text("INSERT INTO points_audits (day, at, entries, wrong) VALUES ('2000-01-01', '', 0, 0)"))
    raise Crash


def tell_on_postgresql(story: type[RuleBasedStateMachine], url: str, *, times: int, steps: int) -> None:
    """Through the store, which is emptied before each telling."""
    with asyncio.Runner() as runner:
        store = runner.run(open_store(url))

        def empty(session: Session) -> None:
            names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
            session.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))

        class OnPostgres(story):
            def __init__(self) -> None:
                super().__init__()
                self.run(empty)

            def run(self, fn: Callable[..., T], **arguments: Any) -> T:
                return runner.run(store.write(fn, **arguments))

        try:
            how = settings(max_examples=times, stateful_step_count=steps, database=None, **CALM)
            run_state_machine_as_test(OnPostgres, settings=how)
        finally:
            runner.run(store.close())
