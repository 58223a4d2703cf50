"""What the person in the chat hears later than at once: his draft, his pictures, an answer that did not get there."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.notices.cards import grew
from services.notices.writing import put
from storage.kinds import Message, OutboxState, Urgency
from storage.schema import Attachment, OutboxMessage, Person, Report

OF_USE = timedelta(minutes=10)
"""For how long a direct answer is worth giving: by then whoever asked has asked again, or gone."""


def draft_changed(
    session: Session,
    person_id: int,
    *,
    deletes: int | None = None,
    ended: int | None = None,
    goes_on: int | None = None,
    now: datetime,
) -> None:
    """The person sees what the draft has and needs, when that changed by something other than his own message.

    ``ended``, ``goes_on``: the report that it asked about has ended, or goes on as the one that it asks about now.
    """
    facts = {"deletes": deletes, "ended": ended, "goes_on": goes_on}
    put(session, person_id, Message.DRAFT, facts={k: v for k, v in facts.items() if v} or None, now=now)


def draft_unseen(session: Session, *, person_id: int, deletes: int | None, due: datetime, now: datetime) -> None:
    """The draft could not be shown after the person's own message; what waits already shows it as it then is."""
    waiting = OutboxMessage.state == OutboxState.AVAILABLE
    same = select(OutboxMessage.id).where(OutboxMessage.person_id == person_id, OutboxMessage.message == Message.DRAFT)
    if deletes is not None or session.scalar(same.where(waiting)) is None:
        facts = {"deletes": deletes} if deletes else None
        put(session, person_id, Message.DRAFT, facts=facts, now=now, due=due)


def put_off(session: Session, *, telegram_id: int, card: dict[str, Any], due: datetime, now: datetime) -> None:
    """A direct answer could not be given; said too late it would be of no use.

    ``card`` is what `views/kept.py` makes of it.
    """
    person_id = session.scalar(select(Person.id).where(Person.telegram_id == telegram_id))
    if person_id is not None:
        facts = {"card": card, "until": (now + OF_USE).isoformat()}
        put(session, person_id, Message.SAID, facts=facts, now=now, due=due)


def joined(session: Session, report: Report, person_id: int, *, deletes: int | None, now: datetime) -> None:
    """What the person sent went to his report without an answer; ``deletes`` is the message that asked."""
    facts = {"deletes": deletes} if deletes is not None else None
    put(session, person_id, Message.JOINED, report=report, facts=facts, now=now)


def picture_bad(
    session: Session,
    person_id: int,
    *,
    name: str | None,
    now: datetime,
    report: Report | None = None,
    deletes: int | None = None,
) -> None:
    """A file that was sent as a picture is none; ``deletes`` shows the draft that is over with it."""
    facts = {"name": name, "deletes": deletes} if deletes else {"name": name}
    put(session, person_id, Message.PICTURE_BAD, report=report, facts=facts, now=now)
    if report is not None:
        grew(session, report, now=now)


def picture_old(session: Session, report: Report, picture: Attachment, *, grid: str | None, now: datetime) -> None:
    """Its sender is asked whether it is still so; until then nobody sees the picture. ``grid``: where it was taken."""
    assert picture.taken_at is not None
    facts: dict[str, Any] = {"message_id": picture.message_id, "taken_at": picture.taken_at.isoformat()}
    if picture.latitude is not None:
        facts |= {"place": [picture.latitude, picture.longitude], "grid": grid}
    put(session, picture.person_id, Message.PICTURE_OLD, report=report, facts=facts, now=now)


def ask_kind(session: Session, person_id: int, *, now: datetime) -> None:
    """Who began with a photo is asked what he is, when the first report is out of the way."""
    put(session, person_id, Message.ASK_KIND, urgency=Urgency.LOW, now=now)
