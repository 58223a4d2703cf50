"""What those who look after a service place hear of it, and what a visitor is asked."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from services.notices.clock import lists_of
from services.notices.writing import put
from storage.kinds import Message, OutboxState, Urgency
from storage.schema import OutboxMessage

LOOKED_FOR = timedelta(days=60)
"""Messages older than this that asked about a doubt stay as they are."""


def place_doubted(session: Session, people: Iterable[int], *, place_id: int, now: datetime) -> None:
    """Visitors say that something is not right: is it?"""
    for person_id in people:
        put(session, person_id, Message.PLACE_DOUBTED, facts={"station": place_id}, now=now)


def doubts_shown(session: Session, people: Collection[int], *, place_id: int, now: datetime) -> list[OutboxMessage]:
    """The messages to any of these people that ask about this place and have not been answered."""
    asked = select(OutboxMessage).where(
        OutboxMessage.report_id.is_(None),
        OutboxMessage.person_id.in_(people),
        OutboxMessage.message == Message.PLACE_DOUBTED,
        OutboxMessage.state == OutboxState.DELIVERED,
        OutboxMessage.made_at > now - LOOKED_FOR,
    )
    found = session.scalars(asked.order_by(OutboxMessage.id)).all()
    return [row for row in found if row.facts == {"station": place_id} and row.sent]


def doubt_settled(session: Session, row: OutboxMessage, *, now: datetime) -> None:
    """The message that asked says what is so, and asks no more."""
    assert row.facts is not None
    assert row.sent
    facts = {"station": row.facts["station"], "edits": row.sent[-1]}
    row.facts = {**row.facts, "is_settled": True}
    put(session, row.person_id, Message.PLACE_SETTLED, facts=facts, urgency=Urgency.LOW, now=now)


def place_fault(
    session: Session, people: Iterable[int], *, place_id: int, facility: str, report_id: int, now: datetime
) -> None:
    """Something is broken there, and reported."""
    for person_id in people:
        facts = {"station": place_id, "facility": facility, "fault": report_id}
        put(session, person_id, Message.PLACE_FAULT, facts=facts, now=now)


def keeper_left(session: Session, person_id: int, *, place_id: int, now: datetime) -> None:
    """He does not look after it any more."""
    put(session, person_id, Message.KEEPER_LEFT, facts={"station": place_id}, now=now)


def still_right(session: Session, person_id: int, *, visit_id: int, now: datetime) -> None:
    """Is it as we say? The outbox is kept: it names the visit, which is forgotten, and no place."""
    put(session, person_id, Message.STILL_RIGHT, facts={"visit": visit_id}, now=now)


def was_asked(session: Session, person_id: int, *, since: datetime) -> bool:
    """Whether a visitor was asked since then, wherever that was."""
    found = lists_of(person_id, Message.STILL_RIGHT).where(OutboxMessage.made_at >= since)
    return session.scalar(found.limit(1)) is not None


def place_removed(session: Session, keepers: Iterable[int], *, place_id: int, now: datetime) -> None:
    """Its keepers hear that it is not in the list any more."""
    for person_id in keepers:
        put(session, person_id, Message.PLACE_REMOVED, facts={"place": place_id}, now=now)


def place_added(session: Session, admins: Iterable[int], *, place_id: int, now: datetime) -> None:
    """A keeper has added one: administrators look at it when they find the time."""
    for person_id in admins:
        put(session, person_id, Message.PLACE_ADDED, facts={"place": place_id}, urgency=Urgency.LOW, now=now)


def live_moved(
    session: Session, person_id: int, card_id: int, *, last: datetime, apart: timedelta, now: datetime
) -> None:
    """The card that follows somebody is edited, ``apart`` from the ``last`` edit at least; one that waits will do.

    Where one is just being made, it may say where he was before: another follows it. Those that went out are deleted,
    as there may be hundreds in a day.
    """
    its = _live_edits(person_id)
    waiting = select(OutboxMessage.id).where(*its, OutboxMessage.state == OutboxState.AVAILABLE)
    if session.scalar(waiting.limit(1).with_for_update(skip_locked=True)) is not None:
        return
    old = OutboxMessage.state.not_in((OutboxState.AVAILABLE, OutboxState.CLAIMED))
    session.execute(delete(OutboxMessage).where(*its, old), execution_options={"synchronize_session": False})
    is_being_made = session.scalar(select(OutboxMessage.id).where(*its).limit(1)) is not None
    due = max(now, (now if is_being_made else last) + apart)
    put(session, person_id, Message.LIVE_PLACES, facts={"edits": card_id}, urgency=Urgency.LOW, now=now, due=due)


def live_edit_waits(session: Session, person_id: int, *, until: datetime) -> None:
    """An edit went out: the next one is due then."""
    waiting = *_live_edits(person_id), OutboxMessage.state == OutboxState.AVAILABLE, OutboxMessage.due_at < until
    session.execute(update(OutboxMessage).where(*waiting).values(due_at=until))


def _live_edits(person_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        OutboxMessage.report_id.is_(None),
        OutboxMessage.person_id == person_id,
        OutboxMessage.message == Message.LIVE_PLACES,
    )
