"""One update, one transaction, once."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import text
from sqlalchemy.orm import Session

from storage import conversations, updates
from storage.conversations import DialogKey
from storage.store import Store

T = TypeVar("T")
Dialog = tuple[str | None, dict[str, Any]]
"""State and data of a dialog."""

_IN_ORDER = text("SELECT pg_advisory_xact_lock(:chat)")


class Work:
    """What one update may do to the store.

    ``await work(service, …)`` runs the service once, in one transaction with the note that the update took effect and
    with the changes of its dialogs. It may be called once: one unit of work an update. What a handler changes in a
    dialog after that, from what the service returned, `finish` commits by itself.
    """

    def __init__(self, store: Store, *, update_id: int, chat_id: int, now: datetime) -> None:
        self.store = store
        self.update_id = update_id
        self.chat_id = chat_id
        self.now = now
        self.dialogs: dict[DialogKey, Dialog] = {}  # changed ones
        self._kept: dict[DialogKey, Dialog] = {}  # those of them that are in the store
        self.is_done = False

    async def __call__(self, fn: Callable[..., T], /, **arguments: Any) -> T:
        """Run ``fn(session, now=…, **arguments)``.

        Raises:
            AlreadyHandled: the update took effect before; nothing was changed now.
            StoreUnavailable: nothing was changed; the update must come again.
        """
        if self.is_done:
            raise RuntimeError("one update, one unit of work")
        dialogs = dict(self.dialogs)
        result: T = await self.store.write(
            _once,
            fn=fn,
            arguments={**arguments, "now": self.now},
            update_id=self.update_id,
            chat_id=self.chat_id,
            dialogs=dialogs,
            now=self.now,
        )
        self.is_done, self._kept = True, dialogs
        return result

    async def look(self, fn: Callable[..., T], /, **arguments: Any) -> T:
        """Read: ``fn(session, **arguments)``."""
        return await self.store.read(fn, **arguments)

    async def glance(self, fn: Callable[..., T], /, **arguments: Any) -> T:
        """`look`, for what many ask for and a few prepared statements tell: a unit of work of its own.

        SQLite's writer is warm, and takes a twentieth of the time that a reader does. What it sees may still be undone
        before the answer is here: nothing that is kept in memory may be brought up to date by it.
        """
        return await self.store.write(fn, **arguments)

    async def finish(self) -> None:
        """Commit changes of dialogs that belong to no service call, or came after it."""
        if self.dialogs == self._kept:
            return
        if not self.is_done:
            await self(_nothing)
            return
        dialogs = dict(self.dialogs)
        await self.store.write(_put_dialogs, chat_id=self.chat_id, dialogs=dialogs)
        self._kept = dialogs


def _once(
    session: Session,
    *,
    fn: Callable[..., T],
    arguments: Mapping[str, Any],
    update_id: int,
    chat_id: int,
    dialogs: Mapping[DialogKey, Dialog],
    now: datetime,
) -> T:
    _in_order(session, chat_id)
    updates.mark(session, update_id=update_id, now=now)
    _put(session, dialogs)
    return fn(session, **arguments)


def _put_dialogs(session: Session, *, chat_id: int, dialogs: Mapping[DialogKey, Dialog]) -> None:
    _in_order(session, chat_id)
    _put(session, dialogs)


def _in_order(session: Session, chat_id: int) -> None:
    """What comes from one chat is done one after the other."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_IN_ORDER, {"chat": chat_id})


def _put(session: Session, dialogs: Mapping[DialogKey, Dialog]) -> None:
    for key, (state, data) in dialogs.items():
        conversations.put(session, key=key, state=state, data=data)


def _nothing(session: Session, *, now: datetime) -> None:
    """Only the dialogs change."""
