"""The store on PostgreSQL: a pool of asyncpg connections; several processes may share it."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

import asyncpg
from sqlalchemy import URL, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from storage import trouble
from storage.store import WAKE, StoreUnavailable

T = TypeVar("T")
log = logging.getLogger(__name__)

CHANNEL = "warmgrid_outbox"
TRIES = 5
_NOTIFY = text(f"SELECT pg_notify('{CHANNEL}', :due)")


class PostgresStore:
    """See `storage/store.py`."""

    def __init__(self, url: URL, *, info: Mapping[str, Any] | None = None, pool: int = 10) -> None:
        self._info = dict(info or {})
        self._engine = create_async_engine(
            url, pool_size=pool, max_overflow=pool, pool_pre_ping=False, pool_use_lifo=True
        )
        self._rings: list[Callable[[datetime], None]] = []
        self._listener: asyncpg.Connection[Any] | None = None

    async def write(self, fn: Callable[..., T], /, **arguments: Any) -> T:
        """See `Store.write`; run again after a deadlock."""
        for attempt in range(1, TRIES + 1):
            try:
                async with AsyncSession(self._engine, expire_on_commit=False, info=self._info) as session:
                    async with session.begin():
                        result = await session.run_sync(_with_notice, fn, arguments)
                    due = session.info.get(WAKE)
            except (DBAPIError, OSError) as problem:
                if trouble.is_for_again(problem) and attempt < TRIES:
                    continue
                if _is_unavailable(problem):
                    raise StoreUnavailable(str(problem)) from problem
                raise
            if due is not None:
                for ring in self._rings:
                    ring(due)
            return result
        raise AssertionError("not reached")

    async def read(self, fn: Callable[..., T], /, **arguments: Any) -> T:
        """See `Store.read`."""
        try:
            async with AsyncSession(self._engine, expire_on_commit=False, info=self._info) as session:
                connection = await session.connection()
                await connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                return await session.run_sync(fn, **arguments)
        except (DBAPIError, OSError) as problem:
            if _is_unavailable(problem):
                raise StoreUnavailable(str(problem)) from problem
            raise

    def on_outbox(self, ring: Callable[[datetime], None]) -> None:
        """See `Store.on_outbox`."""
        self._rings.append(ring)

    async def listen(self) -> None:
        """Hear what other processes commit, on a connection of its own, until cancelled; it connects anew if broken."""
        while True:
            connection: asyncpg.Connection[Any] | None = None
            try:
                plain = self._engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
                connection = await asyncpg.connect(plain)
                broken = asyncio.Event()
                connection.add_termination_listener(partial(_ring, broken))
                await connection.add_listener(CHANNEL, self._heard)
                await broken.wait()
            except (OSError, asyncpg.PostgresError) as problem:
                log.warning("cannot listen for outbox messages, will try again: %s", problem)
                await asyncio.sleep(1)
            finally:
                if connection is not None and not connection.is_closed():
                    await connection.close()

    def _heard(self, connection: Any, pid: int, channel: str, payload: Any) -> None:
        due = datetime.fromtimestamp(float(payload), UTC)
        for ring in self._rings:
            ring(due)

    async def close(self) -> None:
        """See `Store.close`."""
        await self._engine.dispose()


def _ring(bell: asyncio.Event, _: object) -> None:
    bell.set()


def _with_notice(session: Session, fn: Callable[..., T], arguments: dict[str, Any]) -> T:
    """Run the unit, and let other processes hear of what it wrote to the outbox, when it is committed."""
    result = fn(session, **arguments)
    session.flush()
    due = session.info.get(WAKE)
    if due is not None:
        session.execute(_NOTIFY, {"due": str(due.timestamp())})
    return result


def _is_unavailable(problem: BaseException) -> bool:
    return isinstance(problem, OSError) or trouble.is_unavailable(problem)
