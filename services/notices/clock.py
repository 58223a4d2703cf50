"""What is said because time passes: reminders, what is late and who was told, pauses, the digests of the morning."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from services import followers
from services.notices.writing import find_waiting, line_over, put, tell, urgency_of
from storage.kinds import Digest, Message, OfferState, OutboxState, Status, Urgency, WaitingFor
from storage.schema import Offer, OutboxMessage, Report

LIST_WAIT, LIST_AGAIN = timedelta(seconds=10), timedelta(hours=1)
"""A list of what is overdue waits for what else is found in the same round; the next one comes an hour later."""


def reminded(session: Session, report: Report, people: Iterable[int], *, now: datetime) -> None:
    """Half of the time has passed: who is asked, or at it, is told so."""
    urgency = urgency_of(report)
    for person_id in people:
        if find_waiting(session, report, person_id, Message.ALERT) is None:
            facts = {"status": str(report.status)}
            put(session, person_id, Message.REMINDER, report=report, facts=facts, urgency=urgency, now=now)


def reminders_over(session: Session, report: Report, *, now: datetime) -> None:
    """The buttons go under reminders of what is done, or no longer asked of that person."""
    reminders = select(OutboxMessage).where(
        OutboxMessage.report_id == report.id,
        OutboxMessage.message == Message.REMINDER,
        OutboxMessage.state == OutboxState.DELIVERED,
    )
    rows = session.scalars(reminders.order_by(OutboxMessage.id)).all()
    if not rows:
        return
    states = (OfferState.OFFERED, OfferState.RAISED)
    asked = select(Offer.person_id).where(Offer.report_id == report.id, Offer.state.in_(states))
    people = {*session.scalars(asked), report.officer_id, report.responsible_id}
    for row in rows:
        facts = row.facts or {}
        is_asked = facts.get("status", report.status) == report.status and row.person_id in people
        if row.sent and not is_asked and "is_over" not in facts:
            line_over(session, report, row, row.sent[-1], now=now)
            row.facts = {**facts, "is_over": True}


def late_with_holder(session: Session, report: Report, *, now: datetime) -> None:
    """Who has the report hears, once for each promise, that it was not kept and that others were told."""
    by = report.resolve_by.isoformat()
    said = select(OutboxMessage.facts).where(
        OutboxMessage.report_id == report.id,
        OutboxMessage.person_id == report.officer_id,
        OutboxMessage.message == Message.REMINDER,
    )
    heard = {(facts or {}).get("by") for facts in session.scalars(said)}
    if report.officer_id is not None and by not in heard:
        urgency = urgency_of(report)
        facts = {"status": str(report.status), "by": by}
        put(session, report.officer_id, Message.REMINDER, report=report, facts=facts, urgency=urgency, now=now)


def late(session: Session, report: Report, *, now: datetime, is_stale: bool = False) -> None:
    """The reporter hears, once for each promise, that it was not kept, and who has been told.

    What should have been said longer ago (``is_stale``) is one list a person, however many reports are late.
    """
    by, people = _promise(report).isoformat(), followers.who_hears(session, report)
    in_a_list = OutboxMessage.report_id.is_(None) & OutboxMessage.person_id.in_(people)
    said = session.execute(
        select(OutboxMessage.person_id, OutboxMessage.facts).where(
            OutboxMessage.message == Message.LATE, in_a_list | (OutboxMessage.report_id == report.id)
        )
    )
    heard = {one for one, told in said if told == {"by": by} or [report.id, by] in (told or {}).get("late", ())}
    for person_id in people:
        if person_id not in heard and is_stale:
            _list_as_late(session, report, person_id, by=by, now=now)
        elif person_id not in heard:
            put(session, person_id, Message.LATE, report=report, facts={"by": by}, now=now)


def is_late(report: Report, *, now: datetime) -> bool:
    """Whether the promise that holds now has passed."""
    return _promise(report) <= now


def raised(session: Session, report: Report, people: Iterable[int], *, now: datetime) -> None:
    """The next level gets the report with what has happened so far."""
    urgency = urgency_of(report)
    for person_id in people:
        put(session, person_id, Message.RAISED, report=report, urgency=urgency, now=now)


def pushed_again(session: Session, report: Report, row: OutboxMessage, *, now: datetime) -> None:
    """What was delivered but not opened goes out once more."""
    again: dict[str, Any] = {"facts": row.facts, "urgency": row.urgency, "pushes": row.pushes + 1}
    put(session, row.person_id, row.message, report=report, now=now, **again)


def overdue(session: Session, people: Iterable[int], *, now: datetime, is_new: bool = False) -> None:
    """Each gets one list of all that is overdue, however many steps led to it; the next one an hour after it came.

    Who is asked just now (``is_new``) learns of it by this list alone: that one does not wait for the hour.
    """
    for person_id in set(people):
        latest = session.scalars(
            lists_of(person_id, Message.OVERDUE).order_by(OutboxMessage.id.desc()).limit(1)
        ).first()
        if latest is None or (is_new and latest.state is not OutboxState.AVAILABLE):
            put(session, person_id, Message.OVERDUE, now=now, due=now + LIST_WAIT)
        elif latest.state is not OutboxState.AVAILABLE:  # else the one that waits will say this, too
            came = latest.settled_at or now  # not when it was due: it may have waited out a standstill
            due = max(now + LIST_WAIT, came + LIST_AGAIN)
            put(session, person_id, Message.OVERDUE, now=now, due=due)


def lists_of(person_id: int, message: Message) -> Select[OutboxMessage]:
    """The lists of this kind that a person was sent, or will be: by an index of what is about no single report."""
    return select(OutboxMessage).where(
        OutboxMessage.report_id.is_(None), OutboxMessage.person_id == person_id, OutboxMessage.message == message
    )


def paused(session: Session, report: Report, *, now: datetime) -> None:
    """It is said whom the officer waits for, and until when: that an answer is awaited, to its reporter alone."""
    if report.waiting_for is WaitingFor.REPORTER:
        put(session, report.reporter_id, Message.PAUSED, report=report, now=now)
    else:
        tell(session, report, Message.PAUSED, now=now)


def wait_over(session: Session, report: Report, officer_id: int, *, now: datetime) -> None:
    """The officer hears that the clock goes on."""
    put(session, officer_id, Message.WAIT_OVER, report=report, now=now)


def digest(session: Session, which: Digest, people: Iterable[int], *, day: date, now: datetime) -> None:
    """Each gets the digest of this day; a weekly one's is the Monday."""
    message = {Digest.DAY: Message.DAY_DIGEST, Digest.WEEK: Message.WEEK_DIGEST}[which]
    for person_id in people:
        put(session, person_id, message, facts={"day": day.isoformat()}, urgency=Urgency.LOW, now=now)


def _list_as_late(session: Session, report: Report, person_id: int, *, by: str, now: datetime) -> None:
    """Add it to the list that waits, or begin one."""
    is_list = (OutboxMessage.message == Message.LATE) & OutboxMessage.report_id.is_(None)
    waits = is_list & (OutboxMessage.person_id == person_id) & (OutboxMessage.state == OutboxState.AVAILABLE)
    waiting = session.scalars(select(OutboxMessage).where(waits).limit(1).with_for_update(skip_locked=True)).first()
    if waiting is None:
        put(session, person_id, Message.LATE, facts={"late": [[report.id, by]]}, now=now, due=now + LIST_WAIT)
    else:
        waiting.facts = {"late": [*(waiting.facts or {})["late"], [report.id, by]]}
        session.flush()


def _promise(report: Report) -> datetime:
    return report.accept_by if report.status is Status.OPEN else report.resolve_by
