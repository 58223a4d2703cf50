"""The ledger of alerts: each is queued, delivered, opened and answered; what is not opened is pushed again.

It is kept in the outbox, whose rows are the alerts: `made_at` and `settled_at` are the first two. Opened is what a
button of the report, or of the task, was pressed for by the person, whichever message it stood under.
"""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services import lifecycle, notices, open_tasks, worktime
from services.deadlines import DEADLINE, count_of
from storage.kinds import Message, OfferState, Status, TaskState, Urgency
from storage.schema import Offer, OutboxMessage, Report, Task

OF_REPORT = (Message.ALERT, Message.RAISED)
MUST_BE_NOTICED = (*OF_REPORT, Message.TASK)
AGAIN_URGENT, AGAIN = timedelta(minutes=2), timedelta(minutes=10)
"""How long an alert may lie unopened; what is not urgent, in working time."""
MOST_PUSHES = 3
UNTIL_SILENT = timedelta(minutes=10)
"""How long after the last push of a task its lead hears that nobody answers; likewise."""
AT_ONCE = 50
STALE = timedelta(minutes=5)
"""What should have happened longer ago (the process was stopped) is not told one by one but in one list a person."""


def delivered(session: Session, row: OutboxMessage, *, now: datetime) -> None:
    """It has reached the phone."""
    is_last = row.pushes >= MOST_PUSHES
    if row.message not in MUST_BE_NOTICED or (is_last and row.message is not Message.TASK):
        return
    if row.urgency is Urgency.URGENT:
        row.push_again_at = now + (UNTIL_SILENT if is_last else AGAIN_URGENT)
    else:
        row.push_again_at = worktime.of(session).after(now, UNTIL_SILENT if is_last else AGAIN)


def opened(session: Session, *, report_id: int, person_id: int, now: datetime) -> None:
    """The person pressed a button of the report: the alerts about it need not be pushed again."""
    session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.report_id == report_id,
            OutboxMessage.person_id == person_id,
            OutboxMessage.message.in_(OF_REPORT),
            OutboxMessage.opened_at.is_(None),
        )
        .values(opened_at=now, push_again_at=None)
    )


def answered(session: Session, *, report_id: int, person_id: int, now: datetime) -> None:
    """The person said what is to become of it."""
    opened(session, report_id=report_id, person_id=person_id, now=now)
    session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.report_id == report_id,
            OutboxMessage.person_id == person_id,
            OutboxMessage.message.in_(OF_REPORT),
            OutboxMessage.answered_at.is_(None),
        )
        .values(answered_at=now)
    )


def push_again(session: Session, *, now: datetime, most: int = AT_ONCE) -> int:
    """Push what was delivered long enough ago and not opened; return how many alerts were looked at.

    What is overdue by then is not pushed singly: it is in the list that its person gets.
    """
    rows = session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.push_again_at <= now)
        .order_by(OutboxMessage.push_again_at)
        .limit(most)
        .with_for_update(of=OutboxMessage, skip_locked=True)
    ).all()
    for row in rows:
        was_due, row.push_again_at = row.push_again_at, None
        report = session.get_one(Report, row.report_id)
        if row.message is Message.TASK:
            _push_task_again(session, report, row, now=now)
            continue
        offer = session.get(Offer, (row.report_id, row.person_id))
        if offer is None or offer.state not in (OfferState.OFFERED, OfferState.RAISED):
            continue
        if report.status not in (*lifecycle.ACTIVE, Status.REVIEW):
            continue
        is_stale = was_due is not None and now - was_due > STALE
        if _is_overdue(session, report, now=now) and (is_stale or row.message is Message.ALERT):
            notices.overdue(session, [row.person_id], now=now)
        else:
            notices.pushed_again(session, report, row, now=now)
    return len(rows)


def task_opened(session: Session, *, task_id: int, person_id: int, now: datetime, is_answer: bool = False) -> None:
    """The person pressed a button of the task; or (``is_answer``) said what is to become of it."""
    its = (
        select(OutboxMessage)
        .join(Task, Task.report_id == OutboxMessage.report_id)
        .where(Task.id == task_id, OutboxMessage.person_id == person_id, OutboxMessage.message == Message.TASK)
    )
    for row in session.scalars(its).all():
        if (row.facts or {}).get("task") == task_id:
            row.opened_at, row.push_again_at = row.opened_at or now, None
            row.answered_at = row.answered_at or (now if is_answer else None)


def _push_task_again(session: Session, report: Report, row: OutboxMessage, *, now: datetime) -> None:
    """While nobody has taken it; after the last push its lead hears of it."""
    task = session.get_one(Task, (row.facts or {})["task"], with_for_update=True, populate_existing=True)
    if task.state is not TaskState.OFFERED or report.status not in lifecycle.ACTIVE:
        return
    if row.pushes < MOST_PUSHES:
        notices.pushed_again(session, report, row, now=now)
    else:
        open_tasks.tell_silent(session, report, task, now=now)


def _is_overdue(session: Session, report: Report, *, now: datetime) -> bool:
    """Whether who was asked has had his time; then the list of what is overdue has it (`services/lists.py`)."""
    if report.status is Status.REVIEW:
        return report.step >= DEADLINE
    if report.status is Status.OPEN:
        return count_of(report, worktime.of(session)).passed(now) >= DEADLINE
    return report.paused_at is None and notices.is_late(report, now=now)
