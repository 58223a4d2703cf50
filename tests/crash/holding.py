"""Holding a process still at one step of its work, by means that any other user of its database has."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import asyncpg
from sqlalchemy import make_url

from tests.belled import PATIENCE
from tests.process import until, until_it

Stuck = Callable[[], Awaitable[None]]
"""Waits until the process hangs there."""

_FOREVER = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"


@asynccontextmanager
async def before_the_handler(url: str) -> AsyncIterator[Stuck]:
    """An update that arrives cannot even find out whom it is from. (On SQLite nobody can tell: `Stuck` is at once.)"""
    if url.startswith("postgresql"):
        async with _locked(url, "people", "ACCESS EXCLUSIVE") as stuck:
            yield stuck
        return
    with sqlite3.connect(_path(url), isolation_level=None, timeout=PATIENCE) as other:
        other.execute("BEGIN IMMEDIATE")
        yield _at_once
        other.execute("ROLLBACK")
    other.close()


@asynccontextmanager
async def before_the_commit(url: str, *, writes: str = "outbox") -> AsyncIterator[Stuck]:
    """A transaction that writes to the outbox (or another table), as the last thing it does, never gets to commit."""
    if url.startswith("postgresql"):
        async with _locked(url, writes, "SHARE") as stuck:
            yield stuck
        return
    path = _path(url)

    async def stuck() -> None:
        await until(lambda: _is_locked(path))

    _execute(path, f"CREATE VIEW forever AS {_FOREVER}")
    _execute(path, f"CREATE TRIGGER hang AFTER INSERT ON {writes} BEGIN SELECT max(i) FROM forever; END")
    yield stuck
    _execute(path, "DROP TRIGGER hang")
    _execute(path, "DROP VIEW forever")


@asynccontextmanager
async def _locked(url: str, table: str, mode: str) -> AsyncIterator[Stuck]:
    other = await asyncpg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))

    async def stuck() -> None:
        waiting = "SELECT count(*) FROM pg_locks WHERE relation = $1::regclass AND NOT granted"
        await until_it(lambda: other.fetchval(waiting, table))

    try:
        async with other.transaction():
            await other.execute(f"LOCK TABLE {table} IN {mode} MODE")
            yield stuck
    finally:
        await other.close()


async def _at_once() -> None:
    """Nothing to wait for."""


def _path(url: str) -> str:
    path = make_url(url).database
    assert path is not None
    return path


def _execute(path: str, *statements: str, patience: float = PATIENCE) -> None:
    other = sqlite3.connect(path, isolation_level=None, timeout=patience)
    try:
        for statement in statements:
            other.execute(statement)
    finally:
        other.close()


def _is_locked(path: str) -> bool:
    """Whether somebody has been writing for a whole second: an ordinary transaction takes milliseconds."""
    try:
        _execute(path, "BEGIN IMMEDIATE", "ROLLBACK", patience=1.0)
    except sqlite3.OperationalError:
        return True
    return False
