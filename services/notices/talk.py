"""What reporter and holder of a report say to each other; when it is over, the buttons under it go."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from services.notices.writing import after_album, and_attachment, edit, find_waiting, line_over, put
from storage.kinds import EventKind, Message, OutboxState, Role, Status
from storage.schema import Attachment, Event, OutboxMessage, Report, ShownCard


def question(session: Session, report: Report, facts: dict[str, Any], *, has_album: bool, now: datetime) -> None:
    """What the holder says, to the reporter; ``facts`` as `services/talk.py` has them."""
    due = after_album(now) if has_album else now
    put(session, report.reporter_id, Message.QUESTION, report=report, facts=facts, now=now, due=due)


def answer(session: Session, report: Report, facts: dict[str, Any], *, has_album: bool, now: datetime) -> None:
    """What the reporter says, to who holds the report."""
    assert report.officer_id is not None
    due = after_album(now) if has_album else now
    put(session, report.officer_id, Message.ANSWER, report=report, facts=facts, now=now, due=due)


def more_was_said(session: Session, report: Report, attachment: Attachment, *, role: Role, now: datetime) -> None:
    """One more picture of an album of the talk, or one that could not be passed on at first."""
    if report.officer_id is None:
        return
    is_question = attachment.person_id != report.reporter_id and _holds(session, report, attachment.person_id)
    to, message = (report.reporter_id, Message.QUESTION) if is_question else (report.officer_id, Message.ANSWER)
    waiting = find_waiting(session, report, to, message)
    if waiting is not None and not waiting.sent and (waiting.facts or {}).get("attachments"):
        waiting.facts = and_attachment(waiting.facts, attachment)
    else:
        facts = {"role": str(role), "attachments": [attachment.id]}
        put(session, to, message, report=report, facts=facts, now=now, due=after_album(now))


def _holds(session: Session, report: Report, person_id: int) -> bool:
    """Whether the person has the report, or had it before."""
    took = Event.kind.in_((EventKind.ACCEPTED, EventKind.TAKEN_OVER))
    had = exists().where(Event.report_id == report.id, Event.by_id == person_id, took)
    return person_id == report.officer_id or bool(session.scalar(select(had)))


def talk_over(session: Session, report: Report, people: Iterable[int], *, now: datetime) -> None:
    """These people have nothing more to say about the report: the buttons under what they were told go."""
    said = select(OutboxMessage).where(
        OutboxMessage.report_id == report.id,
        OutboxMessage.person_id.in_(people),
        OutboxMessage.message.in_((Message.QUESTION, Message.ANSWER, Message.PAUSED)),
        OutboxMessage.state == OutboxState.DELIVERED,
    )
    for line in session.scalars(said.order_by(OutboxMessage.id)).all():
        if line.sent:
            line_over(session, report, line, line.sent[-1], now=now)
    said_over(session, report, people, now=now)


def said_over(session: Session, report: Report, people: Iterable[int], *, now: datetime) -> None:
    """Likewise under what was said at once (`delivery.remember_said`): once the report is over, everybody's."""
    merged = select(Report.id).where(Report.merged_into_id == report.id)
    of_it = or_(ShownCard.report_id == report.id, ShownCard.report_id.in_(merged))
    said = select(ShownCard).where(of_it, ShownCard.shows == Message.SAID)
    if report.status in (Status.OPEN, Status.ACCEPTED):
        said = said.where(ShownCard.person_id.in_(people))
    for shown in session.scalars(said).all():
        edit(session, shown, now=now)
        session.delete(shown)
