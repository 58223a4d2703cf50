"""The memory of which updates have taken effect, and of those that could not."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.prepared import Prepared
from storage.schema import FailedUpdate, HandledUpdate

ATTEMPTS = 3
"""How often an update's handler may fail before the update is set aside."""
KEPT = timedelta(days=3)
"""Telegram keeps an unconfirmed update for 24 hours; what is older cannot come again."""
KEPT_ASIDE = timedelta(days=90)
"""For how long an update that was set aside waits for a mended version: time for a release or two. It has somebody's
words and place in it, which are not kept for ever.
"""

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that sounds or looks like another

_MARK = Prepared(
    sqlite.insert(HandledUpdate.__table__).on_conflict_do_nothing(index_elements=["update_id"]),  # type: ignore[arg-type]
    postgresql=postgresql.insert(HandledUpdate.__table__).on_conflict_do_nothing(index_elements=["update_id"]),  # type: ignore[arg-type]
)


class AlreadyHandled(Exception):
    """The update took effect before; nothing was changed now."""


def mark(session: Session, *, update_id: int, now: datetime) -> None:
    """Note that the update takes effect in this transaction.

    Raises:
        AlreadyHandled: it did so before.
    """
    if _MARK.run(session, update_id=update_id, at=now) == 0:
        raise AlreadyHandled(update_id)


def failed(
    session: Session, *, update_id: int, payload: dict[str, Any], traceback: str, now: datetime
) -> tuple[str, bool]:
    """Note that an update's handler failed.

    Returns:
        The code under which people may speak of it, and whether it is now set aside (and marked as handled, so that
        Telegram may forget it).
    """
    row = session.get(FailedUpdate, update_id)
    if row is None:
        row = FailedUpdate(update_id=update_id, code=code_of(update_id), attempts=0, first_at=now)
        session.add(row)
    row.payload, row.traceback, row.last_at = payload, traceback, now
    row.attempts += 1
    if row.attempts >= ATTEMPTS and row.set_aside_at is None:
        row.set_aside_at = now
    return row.code, row.set_aside_at is not None


def load_aside(session: Session, *, code: str | None = None) -> list[FailedUpdate]:
    """The updates that are set aside and were not handled since, oldest first; with ``code``: that one, if it is."""
    aside = select(FailedUpdate).where(FailedUpdate.set_aside_at.is_not(None), FailedUpdate.replayed_at.is_(None))
    if code is not None:
        aside = aside.where(FailedUpdate.code == code.strip().upper())
    return list(session.scalars(aside.order_by(FailedUpdate.set_aside_at, FailedUpdate.update_id)))


def replayed(session: Session, *, update_id: int, now: datetime) -> None:
    """Note that an update that was set aside has been handled after all."""
    session.get_one(FailedUpdate, update_id).replayed_at = now


def prune(session: Session, *, now: datetime) -> int:
    """Forget handled updates that cannot come again, and failed ones for which nobody waits; return how many."""
    handled = delete(HandledUpdate).where(HandledUpdate.at < now - KEPT)
    never_aside = FailedUpdate.set_aside_at.is_(None) & (FailedUpdate.last_at < now - KEPT)
    failed = delete(FailedUpdate).where(
        or_(never_aside, FailedUpdate.replayed_at < now - KEPT, FailedUpdate.set_aside_at < now - KEPT_ASIDE)
    )
    return sum(cast("CursorResult[Any]", session.execute(one)).rowcount for one in (handled, failed))


def code_of(update_id: int) -> str:
    """A short sayable code for an update, such as `E-3F7K2`."""
    digits = ""
    while update_id or not digits:
        update_id, rest = divmod(update_id, len(_ALPHABET))
        digits = _ALPHABET[rest] + digits
    return f"E-{digits}"
