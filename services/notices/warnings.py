"""Warnings of heat, cold, typhoon and flood: the copies to riders, and what the sender sees of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.orm import Session

from services.notices.writing import put
from storage.kinds import Message, OutboxState, Urgency
from storage.schema import OutboxMessage
from storage.store import mark_outbox


def warned(session: Session, people: Sequence[int], warning_id: int, *, now: datetime) -> None:
    """Each of them gets a copy, behind all that is meant for one person."""
    same = {
        "message": Message.WARNING,
        "facts": {"warning": warning_id},
        "warning_id": warning_id,
        "urgency": Urgency.BROADCAST,
        "state": OutboxState.AVAILABLE,
        "due_at": now,
        "made_at": now,
        "attempts": 0,
        "pushes": 1,
    }
    session.execute(insert(OutboxMessage), [{"person_id": person_id, **same} for person_id in people])
    mark_outbox(session, now)


def warning_stopped(session: Session, warning_id: int, *, now: datetime) -> None:
    """What no relay has taken yet does not go out; what one has is looked at once more before it is said."""
    waiting = (
        select(OutboxMessage.id)
        .where(OutboxMessage.warning_id == warning_id, OutboxMessage.state == OutboxState.AVAILABLE)
        .with_for_update(skip_locked=True)
    )
    cancelled = update(OutboxMessage).where(OutboxMessage.id.in_(waiting))
    session.execute(
        cancelled.values(state=OutboxState.CANCELLED, settled_at=now), execution_options={"synchronize_session": False}
    )


def warning_progress(session: Session, person_id: int, warning_id: int, message_id: int, *, now: datetime) -> bool:
    """Its sender's message is brought up to date; False: an edit of it is under way, which may say less."""
    under_way = select(OutboxMessage.id).where(
        OutboxMessage.person_id == person_id,
        OutboxMessage.report_id.is_(None),
        OutboxMessage.message == Message.WARNING_PROGRESS,
        OutboxMessage.state.in_((OutboxState.AVAILABLE, OutboxState.CLAIMED)),
    )
    if session.scalar(under_way.limit(1)) is not None:
        return False
    facts = {"warning": warning_id, "edits": message_id}
    put(session, person_id, Message.WARNING_PROGRESS, facts=facts, urgency=Urgency.LOW, now=now)
    return True


def warnings_forgotten(session: Session, over: Select[Any]) -> int:
    """The copies of these are gone; return how many there were."""
    gone = delete(OutboxMessage).where(OutboxMessage.warning_id.in_(over), OutboxMessage.message == Message.WARNING)
    result: Any = session.execute(gone, execution_options={"synchronize_session": False})
    return int(result.rowcount)
