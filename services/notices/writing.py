"""How what is to be said gets into the outbox: a new message, or an edit of a card that is shown already."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from services import followers
from storage.kinds import Message, OutboxState, Urgency
from storage.prepared import Prepared
from storage.schema import Attachment, OutboxMessage, Report, ShownCard
from storage.store import mark_outbox

ALBUM_WAIT = timedelta(milliseconds=600)
"""The parts of an album arrive one by one: what shows it waits this long for the rest."""
ABOUT = {Message.TASK: "task", Message.EMERGENCY: "emergency"}
"""Cards that show more than the report: the fact that says which one."""

_PUT = Prepared(insert(OutboxMessage.__table__))  # type: ignore[arg-type]


def put(
    session: Session,
    person_id: int,
    message: Message,
    *,
    now: datetime,
    report: Report | None = None,
    facts: dict[str, Any] | None = None,
    urgency: Urgency = Urgency.NORMAL,
    due: datetime | None = None,
    pushes: int = 1,
) -> None:
    """Write a message to a person, that will be sent at ``due``, or at once; ``pushes``: which time this is."""
    _PUT.run(
        session,
        person_id=person_id,
        message=message,
        report_id=report.id if report is not None else None,
        facts=facts,
        urgency=urgency,
        state=OutboxState.AVAILABLE,
        due_at=due or now,
        made_at=now,
        attempts=0,
        pushes=pushes,
    )
    mark_outbox(session, due or now)


def after_album(now: datetime) -> datetime:
    """When what shows an album goes out, of which there may be more parts."""
    return now + ALBUM_WAIT


def urgency_of(report: Report) -> Urgency:
    """How soon those must hear of it who may act."""
    return Urgency.URGENT if report.is_urgent else Urgency.NORMAL


def tell(
    session: Session,
    report: Report,
    message: Message,
    *,
    now: datetime,
    urgency: Urgency = Urgency.NORMAL,
    due: datetime | None = None,
) -> None:
    """Everybody who has this trouble hears it, each once."""
    for person_id in followers.who_hears(session, report):
        put(session, person_id, message, report=report, urgency=urgency, now=now, due=due)


def find_waiting(session: Session, report: Report, person_id: int, *messages: Message) -> OutboxMessage | None:
    """The first of these messages to the person that no relay has taken yet; none will before this transaction ends."""
    return session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.person_id == person_id,
            OutboxMessage.report_id == report.id,
            OutboxMessage.message.in_(messages),
            OutboxMessage.state == OutboxState.AVAILABLE,
        )
        .order_by(OutboxMessage.id)
        .with_for_update(skip_locked=True)
    ).first()


def show_again(session: Session, report: Report, shows: Sequence[Message], *, now: datetime) -> None:
    """Write an edit of each card that shows one of these, unless one waits already."""
    cards = session.scalars(select(ShownCard).where(ShownCard.report_id == report.id, ShownCard.shows.in_(shows))).all()
    waiting = waiting_edits(session, report.id) if cards else {}
    for shown in cards:
        if shown.message_id not in waiting.get(shown.person_id, {}):
            edit(session, shown, now=now)


def waiting_edits(session: Session, report_id: int) -> dict[int, dict[int, OutboxMessage]]:
    """By person and message: the edits of the report's cards that no relay has taken yet.

    Each will say what is true when it is sent, so there is no need for another one.
    """
    found: dict[int, dict[int, OutboxMessage]] = {}
    for row in session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.report_id == report_id,
            OutboxMessage.message == Message.CARD,
            OutboxMessage.state == OutboxState.AVAILABLE,
        )
        .order_by(OutboxMessage.id)
        .with_for_update(skip_locked=True)
    ):
        found.setdefault(row.person_id, {})[(row.facts or {})["edits"]] = row
    return found


def edit(session: Session, shown: ShownCard, *, now: datetime, is_replaced: bool = False) -> None:
    """Write an edit of this card to what is true when it is sent."""
    report = session.get_one(Report, shown.report_id)
    facts: dict[str, Any] = {"edits": shown.message_id, "shows": str(shown.shows)}
    if shown.shows in ABOUT:
        facts[ABOUT[shown.shows]] = shown.about_id
    if is_replaced:
        facts["is_replaced"] = True
    urgency = Urgency.NORMAL if shown.shows is Message.EMERGENCY else Urgency.LOW
    put(session, shown.person_id, Message.CARD, report=report, facts=facts, urgency=urgency, now=now)


def line_over(session: Session, report: Report, line: OutboxMessage, message_id: int, *, now: datetime) -> None:
    """The buttons go under a line of the talk, or a reminder, which has them in this message; or its words change."""
    facts = {"edits": message_id, "shows": str(line.message)}
    put(session, line.person_id, Message.CARD, report=report, facts=facts, urgency=Urgency.LOW, now=now)


def line_changed(session: Session, report: Report, line: OutboxMessage, message_id: int, *, now: datetime) -> None:
    """A reminder of what is late says anew how it stands, and keeps its buttons."""
    facts = {"edits": message_id, "shows": str(line.message), "by": (line.facts or {})["by"]}
    put(session, line.person_id, Message.CARD, report=report, facts=facts, urgency=Urgency.LOW, now=now)


def and_attachment(facts: dict[str, Any] | None, attachment: Attachment) -> dict[str, Any]:
    """The facts of a message that shows one more picture."""
    facts = facts or {}
    return {**facts, "attachments": [*facts.get("attachments", []), attachment.id]}
