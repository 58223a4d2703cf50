"""The shared store: what services run in.

``await store.write(fn, …)`` runs the synchronous ``fn(session, …)`` in a transaction and returns once it is on disk;
``await store.read(fn, …)`` runs it beside the writers and can change nothing. Which database is behind it, a service
cannot tell: `storage/sqlite.py` and `storage/postgres.py` are the two.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import Session

T = TypeVar("T")
WAKE = "outbox_due"
"""Key of `session.info`: when the earliest outbox message written in this transaction is due."""


class StoreUnavailable(Exception):
    """The store takes nothing at the moment: locked, read-only, full disk, no connection. Nothing was changed."""


class Store(Protocol):
    """The two things that can be done with the store, and the bell that it rings."""

    async def write(self, fn: Callable[..., T], /, **arguments: Any) -> T:
        """Run ``fn(session, **arguments)`` in one transaction; return its result after the commit.

        Raises:
            StoreUnavailable: nothing was changed; the same call may work later.
            Exception: whatever ``fn`` raised; nothing was changed.
        """
        ...

    async def read(self, fn: Callable[..., T], /, **arguments: Any) -> T:
        """Run ``fn(session, **arguments)`` on a connection that cannot write."""
        ...

    def on_outbox(self, ring: Callable[[datetime], None]) -> None:
        """Call ``ring(due_at)`` in the event loop after each commit that wrote to the outbox."""
        ...

    async def listen(self) -> None:
        """Ring also for what other processes commit, where the database can tell (else return at once)."""
        ...

    async def close(self) -> None:
        """End all connections; what was queued is still written."""
        ...


def mark_outbox(session: Session, due_at: datetime) -> None:
    """Note in the session that a message was written, so that the relay is woken after the commit."""
    earliest = session.info.get(WAKE)
    if earliest is None or due_at < earliest:
        session.info[WAKE] = due_at


class BadTimeout(ValueError):
    """`?timeout=` of a `DATABASE_URL` is no number of seconds."""


def parse_url(url: str) -> URL:
    """Check a `DATABASE_URL`.

    Raises:
        BadTimeout: of the seconds behind it.
        ValueError: it is none, or of a database that Warmgrid does not speak, or of one that keeps nothing.
    """
    expected = "expected sqlite+aiosqlite:///path/to/file.db or postgresql+asyncpg://user@host/name"
    try:
        parsed = make_url(url)
    except Exception:  # noqa: BLE001 - make_url raises whatever it trips over
        raise ValueError(expected) from None  # the address may hold a password: it is in no message
    if parsed.drivername not in ("sqlite+aiosqlite", "postgresql+asyncpg"):
        raise ValueError(expected)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database in (None, "", ":memory:"):  # each connection would have a memory of its own
            raise ValueError(expected)
        _check_timeout(parsed.query.get("timeout"))
    return parsed


def _check_timeout(seconds: str | tuple[str, ...] | None) -> None:
    try:
        is_good = seconds is None or float(str(seconds)) >= 0
    except ValueError:
        is_good = False
    if not is_good:
        raise BadTimeout("expected seconds behind timeout=, such as ?timeout=15")


async def open_store(url: str, *, info: Mapping[str, Any] | None = None) -> Store:
    """Open the store behind a `DATABASE_URL`; its tables must be there (`storage/migrate.py`).

    ``info``: what services find in `session.info` in every unit of work.

    Raises:
        ValueError: the address is not one of a database that Warmgrid speaks.
        StoreUnavailable: it cannot be opened.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        from storage.sqlite import SqliteStore

        return SqliteStore(parsed, info=info)
    from storage.postgres import PostgresStore

    return PostgresStore(parsed, info=info)
