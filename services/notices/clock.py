"""What is said because time passes: reminders, what is late and who was told, pauses, the digests of the morning."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from services import deadlines, followers, worktime
from services.notices.writing import find_waiting, line_changed, line_over, put, tell, urgency_of, waiting_edits
from storage.evaluation_kinds import Digest
from storage.kinds import EventKind, Message, OfferState, OutboxState, Status, Urgency, WaitingFor
from storage.schema import Event, Offer, OutboxMessage, Report
from storage.store import mark_outbox

LIST_WAIT, LIST_AGAIN = timedelta(seconds=10), timedelta(hours=1)
"""A list of what is overdue waits for what else is found in the same round; the next one comes an hour later."""
URGENT_AGAIN = timedelta(minutes=10)
"""Or so soon, while something urgent has nobody: twice the time there is to accept it, heard, yet no din."""
DELETABLE = timedelta(hours=47)
"""So long a message can be deleted, less an hour on the way: https://core.telegram.org/bots/api#deletemessage"""


def reminded(session: Session, report: Report, people: Iterable[int], *, now: datetime) -> None:
    """Half of the time has passed: who is asked, or at it, is told so."""
    urgency = urgency_of(report)
    for person_id in people:
        if find_waiting(session, report, person_id, Message.ALERT) is None:
            facts = {"status": str(report.status)}
            put(session, person_id, Message.REMINDER, report=report, facts=facts, urgency=urgency, now=now)


def reminders_over(session: Session, report: Report, *, now: datetime) -> None:
    """The buttons go under reminders of what is done, or no longer asked of that person, and under one of half of the
    time once all of it has passed. One of what is late says with whom it is: it is edited once that is another.
    """
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
        if "waits" in facts:
            is_asked &= report.waiting_until == datetime.fromisoformat(facts["waits"])
        elif "by" not in facts and "took_in" not in facts:
            is_asked &= report.step < deadlines.DEADLINE
        if not row.sent or "is_over" in facts:
            continue
        if not is_asked:
            line_over(session, report, row, row.sent[-1], now=now)
            row.facts = {**facts, "is_over": True}
        elif "by" in facts and facts.get("level") != stands(report):
            line_changed(session, report, row, row.sent[-1], now=now)
            row.facts = {**facts, "level": stands(report)}


def late_with(session: Session, report: Report, people: Iterable[int], *, now: datetime) -> None:
    """Who had to act on it (accept it, fix it, decide) hears, each once for each promise, that his time is over and
    that others were told.
    """
    by = _promise(report).isoformat()
    if report.status is Status.REVIEW:
        by = deadlines.count_of(report, worktime.of(session)).at(deadlines.DEADLINE).isoformat()
    said = select(OutboxMessage.person_id, OutboxMessage.facts).where(
        OutboxMessage.report_id.in_(_that_went_in(session, report)), OutboxMessage.message == Message.REMINDER
    )
    heard = {person_id for person_id, facts in session.execute(said) if (facts or {}).get("by") == by}
    urgency = urgency_of(report)
    for person_id in people:
        if person_id not in heard and find_waiting(session, report, person_id, Message.ALERT, Message.RAISED) is None:
            facts = {"status": str(report.status), "by": by, "level": stands(report)}
            put(session, person_id, Message.REMINDER, report=report, facts=facts, urgency=urgency, now=now)


def late(session: Session, report: Report, *, now: datetime, is_stale: bool = False) -> None:
    """The reporter hears, once for each promise, that it was not kept, and who has been told.

    What should have been said longer ago (``is_stale``) is one list a person, however many reports are late.
    """
    by, people = _promise(report).isoformat(), followers.who_hears(session, report)
    its = _that_went_in(session, report)
    in_a_list = OutboxMessage.report_id.is_(None) & OutboxMessage.person_id.in_(people)
    said = session.execute(
        select(OutboxMessage.person_id, OutboxMessage.facts).where(
            OutboxMessage.message == Message.LATE, in_a_list | OutboxMessage.report_id.in_(its)
        )
    )
    listed = [[one, by] for one in its]
    heard = {
        one
        for one, told in said
        if (told or {}).get("by") == by or any(late in listed for late in (told or {}).get("late", ()))
    }
    for person_id in people:
        if person_id not in heard and is_stale:
            _list_as_late(session, report, person_id, by=by, now=now)
        elif person_id not in heard:
            facts = {"by": by, "level": stands(report)}
            put(session, person_id, Message.LATE, report=report, facts=facts, now=now)


def late_still(session: Session, report: Report, *, now: datetime) -> None:
    """What a reporter heard of the promise that holds now says whom it is with, and whom its officer waits for: it is
    edited once that is another. So is what he heard of the same promise when it was that of one that goes on in it.
    """
    if report.status not in (Status.OPEN, Status.ACCEPTED) or not is_late(report, now=now):
        return
    told = select(OutboxMessage).where(
        OutboxMessage.report_id.in_(_that_went_in(session, report)),
        OutboxMessage.message == Message.LATE,
        OutboxMessage.state == OutboxState.DELIVERED,
    )
    rows = session.scalars(told.order_by(OutboxMessage.id)).all()
    if not rows:
        return
    by, level = _promise(report).isoformat(), stands(report)
    people, waiting = followers.who_hears(session, report), waiting_edits(session, report.id)
    for row in rows:
        facts = row.facts or {}
        if facts.get("by") != by or facts.get("level", level) == level or not row.sent or row.person_id not in people:
            continue
        row.facts = {**facts, "level": level}
        if row.sent[-1] not in waiting.get(row.person_id, {}):
            line_over(session, report, row, row.sent[-1], now=now)


def stands(report: Report) -> str:
    """Whom a late report is with, and whom its officer waits for until when: what its reporter was told of it."""
    return " ".join(str(one) for one in (report.level, report.waiting_for, report.waiting_until) if one is not None)


def is_late(report: Report, *, now: datetime) -> bool:
    """Whether the promise that holds now has passed."""
    return _promise(report) <= now


def raised(session: Session, report: Report, people: Iterable[int], *, now: datetime) -> None:
    """The next level gets the report with what has happened so far."""
    urgency = urgency_of(report)
    for person_id in people:
        put(session, person_id, Message.RAISED, report=report, urgency=urgency, now=now)


def pushed_again(session: Session, report: Report, row: OutboxMessage, *, now: datetime) -> None:
    """What was delivered but not opened goes out once more, in place of what is in the chat (pictures, place, card).

    What is too old to be deleted stays, and a card alone goes out, as a reply to it: no chat has the pictures twice.
    """
    facts = {**(row.facts or {})}
    if row.sent and row.settled_at is not None and now - row.settled_at < DELETABLE:
        facts["replaces"] = row.sent
    elif row.sent:
        facts.setdefault("replies_to", row.sent[0])
    again: dict[str, Any] = {"facts": facts, "urgency": row.urgency, "pushes": row.pushes + 1}
    put(session, row.person_id, row.message, report=report, now=now, **again)


def overdue(
    session: Session, people: Iterable[int], *, now: datetime, is_new: bool = False, urgency: Urgency = Urgency.NORMAL
) -> None:
    """Each gets one list of all that is overdue, however many steps led to it; the next one an hour after it came, or
    sooner for what is urgent.

    Who is asked just now (``is_new``) learns of it by this list alone: that one does not wait for the hour.
    """
    for person_id in set(people):
        latest = session.scalars(
            lists_of(person_id, Message.OVERDUE).order_by(OutboxMessage.id.desc()).limit(1)
        ).first()
        if latest is None or (is_new and latest.state is not OutboxState.AVAILABLE):
            put(session, person_id, Message.OVERDUE, urgency=urgency, now=now, due=now + LIST_WAIT)
        elif latest.state is not OutboxState.AVAILABLE:
            came = latest.settled_at or now  # not when it was due: it may have waited out a standstill
            due = max(now + LIST_WAIT, came + (URGENT_AGAIN if urgency is Urgency.URGENT else LIST_AGAIN))
            put(session, person_id, Message.OVERDUE, urgency=urgency, now=now, due=due)
        elif urgency is Urgency.URGENT:  # the one that waits will say this, too
            _sooner(session, person_id, now=now)


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


def overdue_waits(session: Session, report: Report, *, now: datetime) -> None:
    """Those to whom an overdue report was raised hear that its officer waits, and until when: they can end it."""
    raised = select(Offer.person_id).where(Offer.report_id == report.id, Offer.state == OfferState.RAISED)
    assert report.waiting_until is not None
    facts = {"status": str(report.status), "waits": report.waiting_until.isoformat()}
    for person_id in session.scalars(raised.order_by(Offer.person_id)).all():
        put(session, person_id, Message.REMINDER, report=report, facts=facts, now=now)


def wait_over(session: Session, report: Report, officer_id: int, *, is_ended: bool, now: datetime) -> None:
    """The officer hears that the clock goes on: the time has come, or somebody above him ended the wait."""
    facts = {"is_ended": True} if is_ended else None
    put(session, officer_id, Message.WAIT_OVER, report=report, facts=facts, now=now)


def digest(session: Session, which: Digest, people: Iterable[int], *, day: date, now: datetime) -> None:
    """Each gets the digest of this day; a weekly one's is the Monday."""
    message = {Digest.DAY: Message.DAY_DIGEST, Digest.WEEK: Message.WEEK_DIGEST}[which]
    for person_id in people:
        put(session, person_id, message, facts={"day": day.isoformat()}, urgency=Urgency.LOW, now=now)


def _sooner(session: Session, person_id: int, *, now: datetime) -> None:
    """The list of what is overdue that waits need not wait for the hour: something urgent is on it now.

    One that was tried already is tried again when Telegram allows it.
    """
    waits = lists_of(person_id, Message.OVERDUE).where(
        OutboxMessage.state == OutboxState.AVAILABLE,
        OutboxMessage.urgency != Urgency.URGENT,
        OutboxMessage.attempts == 0,
    )
    for row in session.scalars(waits.with_for_update(skip_locked=True)).all():
        row.urgency = Urgency.URGENT
        row.due_at = min(row.due_at, max(now + LIST_WAIT, row.due_at - (LIST_AGAIN - URGENT_AGAIN)))
        mark_outbox(session, row.due_at)
    session.flush()


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


def _that_went_in(session: Session, report: Report) -> list[int]:
    """The report and those that go on in it: what was told of their promise was told of this one, if it is the same."""
    merged = select(Report.id).where(Report.merged_into_id == report.id)
    told_of = or_(Event.report_id == report.id, Event.report_id.in_(merged))
    took_in = select(Event.facts).where(told_of, Event.kind.in_((EventKind.TOOK_IN, EventKind.JOINED)))
    return [report.id, *(facts["from"] for facts in session.scalars(took_in) if facts)]


def _promise(report: Report) -> datetime:
    return report.accept_by if report.status is Status.OPEN else report.resolve_by
