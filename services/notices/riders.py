"""Who says that he rides: the question to administrators, and what became of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from services.notices.clock import lists_of
from services.notices.writing import put
from storage.kinds import Message, Urgency
from storage.schema import OutboxMessage, Rider


def rider_asked(
    session: Session, people: Iterable[int], rider_id: int, *, said: Sequence[str | None], now: datetime
) -> None:
    """Each may confirm that somebody rides, who has ``said`` for whom, and in which team."""
    facts = {"rider": rider_id, "said": said}
    for person_id in people:
        put(session, person_id, Message.RIDER_ASKED, facts=facts, urgency=Urgency.LOW, now=now)


def rider_decided(session: Session, rider_id: int, *, now: datetime) -> None:
    """The rider hears whether he is registered."""
    put(session, rider_id, Message.RIDER_DECIDED, facts={"rider": rider_id}, now=now)


def rider_changed(session: Session, people: Iterable[int], rider_id: int, *, now: datetime) -> None:
    """Each who was asked sees there what he has said since then, and what became of it."""
    since = session.get_one(Rider, rider_id).since
    for person_id in people:
        asked = lists_of(person_id, Message.RIDER_ASKED).where(OutboxMessage.made_at >= since)
        for row in session.scalars(asked):
            if row.sent and (row.facts or {}).get("rider") == rider_id:
                rider_over(session, person_id, rider_id, row.sent[-1], now=now)


def rider_over(session: Session, person_id: int, rider_id: int, message_id: int, *, now: datetime) -> None:
    """The question in this message is another one now, or answered: it says so."""
    facts = {"rider": rider_id, "edits": message_id}
    put(session, person_id, Message.CARD, facts=facts, urgency=Urgency.LOW, now=now)
