"""The ledger of alerts: each is queued, delivered, opened and answered; what is not opened is pushed again.

It is kept in the outbox, whose rows are the alerts: `made_at` and `settled_at` are the first two. Opened is what a
button of the report, or of the task, was pressed for by the person, whichever message it stood under.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, Update, select, update
from sqlalchemy.orm import Session

from services import lifecycle, notices, one_by_one, open_tasks, worktime
from services.deadlines import DEADLINE, count_of
from storage.kinds import Message, OfferState, Status, Urgency
from storage.schema import Offer, OutboxMessage, Report, Task
from storage.team_kinds import TaskState

OF_REPORT = (Message.ALERT, Message.RAISED)
MUST_BE_NOTICED = (*OF_REPORT, Message.TASK)
AGAIN_URGENT, AGAIN = timedelta(minutes=2), timedelta(minutes=10)
"""How long an alert may lie unopened; what is not urgent, in working time."""
MOST_PUSHES = 3
UNTIL_SILENT = timedelta(minutes=10)
"""How long after the last push of a task, or after it was opened, its lead hears that nobody takes it; likewise."""
AT_ONCE = 50
_Due = Row[OutboxMessage, Report]
"""An alert that was not opened in time, and its report."""
STALE = timedelta(minutes=5)
"""What should have happened longer ago (the process was stopped) is not told one by one but in one list a person."""


def delivered(session: Session, row: OutboxMessage, *, now: datetime) -> None:
    """It has reached the phone; perhaps the person has pressed a button of an earlier one meanwhile."""
    if row.message not in MUST_BE_NOTICED or row.answered_at is not None:
        return
    if row.pushes < MOST_PUSHES and row.opened_at is None:
        row.push_again_at = _after(session, row, AGAIN_URGENT if row.urgency is Urgency.URGENT else AGAIN, now=now)
    elif row.message is Message.TASK:
        row.push_again_at = _after(session, row, UNTIL_SILENT, now=now)


def opened(session: Session, *, report_id: int, person_id: int, now: datetime) -> None:
    """The person pressed a button of the report: the alerts about it need not be pushed again."""
    unopened = _alerts(report_id, person_id).where(OutboxMessage.opened_at.is_(None))
    session.execute(unopened.values(opened_at=now, push_again_at=None))


def answered(session: Session, *, report_id: int, person_id: int, now: datetime) -> None:
    """The person said what is to become of it."""
    opened(session, report_id=report_id, person_id=person_id, now=now)
    unanswered = _alerts(report_id, person_id).where(OutboxMessage.answered_at.is_(None))
    session.execute(unanswered.values(answered_at=now))


def push_again(session: Session, *, now: datetime, most: int = AT_ONCE) -> int:
    """Push what was delivered long enough ago and not opened; return how many alerts were looked at.

    What is overdue by then is not pushed singly, nor a task that should have been long ago: it is in the list that its
    person gets. What somebody is acting on just now is left for the next time: reports and alerts are locked together,
    without waiting for either. An alert that cannot be pushed is logged and holds up no other.
    """
    due: Sequence[_Due] = session.execute(
        select(OutboxMessage, Report)
        .join(Report, Report.id == OutboxMessage.report_id)
        .where(OutboxMessage.push_again_at <= now)
        .order_by(OutboxMessage.push_again_at)
        .limit(most)
        .with_for_update(of=(Report, OutboxMessage), skip_locked=True)
    ).all()

    def put_off(one: _Due) -> None:
        one.OutboxMessage.push_again_at = now + one_by_one.AFTER_A_FAILURE
        session.flush()

    return one_by_one.handle(
        session,
        due,
        lambda one: _look(session, one.Report, one.OutboxMessage, now=now),
        put_off=put_off,
        name=lambda one: f"alert {one.OutboxMessage.id} about report {one.Report.id}",
    )


def task_opened(session: Session, *, task_id: int, person_id: int, now: datetime, is_answer: bool = False) -> None:
    """The person pressed a button of the task: it is not pushed again; or (``is_answer``) said what is to become of it.

    Who does not say so is like who never opened it: its lead hears that nobody takes it.
    """
    its = (
        select(OutboxMessage)
        .join(Task, Task.report_id == OutboxMessage.report_id)
        .where(Task.id == task_id, OutboxMessage.person_id == person_id, OutboxMessage.message == Message.TASK)
    )
    for row in session.scalars(its).all():
        if (row.facts or {}).get("task") != task_id:
            continue
        if is_answer:
            row.push_again_at, row.answered_at = None, row.answered_at or now
        elif row.opened_at is None and row.push_again_at is not None:
            row.push_again_at = _after(session, row, UNTIL_SILENT, now=now)
        row.opened_at = row.opened_at or now


def _look(session: Session, report: Report, row: OutboxMessage, *, now: datetime) -> None:
    """The alert's time has come."""
    assert row.push_again_at is not None
    is_stale = now - row.push_again_at > STALE
    row.push_again_at = None
    if row.message is Message.TASK:
        _push_task_again(session, report, row, is_stale=is_stale, now=now)
    elif _is_still_asked(session, report, row):
        if _is_overdue(session, report, now=now) and (is_stale or row.message is Message.ALERT):
            notices.overdue(session, [row.person_id], urgency=notices.urgency_of(report), now=now)
        else:
            notices.pushed_again(session, report, row, now=now)


def _push_task_again(session: Session, report: Report, row: OutboxMessage, *, is_stale: bool, now: datetime) -> None:
    """While nobody has taken it; who opened it, or was pushed often enough, has had his time: its lead hears of it.

    What should have been pushed long ago is in a list instead, and so is, later on, that it did not help.
    """
    facts = row.facts or {}
    task = session.get_one(Task, facts["task"])
    if task.state is not TaskState.OFFERED or report.status not in lifecycle.ACTIVE:
        return
    is_listed = "is_listed" in facts
    if row.pushes < MOST_PUSHES and row.opened_at is None and not is_listed:
        if not is_stale:
            notices.pushed_again(session, report, row, now=now)
            return
        row.facts, row.push_again_at = {**facts, "is_listed": True}, _after(session, row, UNTIL_SILENT, now=now)
        notices.overdue(session, [row.person_id], now=now)
    elif is_stale or is_listed:
        notices.overdue(session, [open_tasks.lead_of(report, task)], is_new=True, now=now)
    else:
        open_tasks.tell_silent(session, report, task, now=now)


def _alerts(report_id: int, person_id: int) -> Update:
    return update(OutboxMessage).where(
        OutboxMessage.report_id == report_id,
        OutboxMessage.person_id == person_id,
        OutboxMessage.message.in_(OF_REPORT),
    )


def _after(session: Session, row: OutboxMessage, span: timedelta, *, now: datetime) -> datetime:
    """So long from now; of what is not urgent, in working time."""
    return now + span if row.urgency is Urgency.URGENT else worktime.of(session).after(now, span)


def _is_still_asked(session: Session, report: Report, row: OutboxMessage) -> bool:
    offer = session.get(Offer, (report.id, row.person_id))
    is_open = report.status in (*lifecycle.ACTIVE, Status.REVIEW)
    return is_open and offer is not None and offer.state in (OfferState.OFFERED, OfferState.RAISED)


def _is_overdue(session: Session, report: Report, *, now: datetime) -> bool:
    """Whether who was asked has had his time; then the list of what is overdue has it (`services/lists.py`)."""
    if report.status is Status.REVIEW:
        return report.step >= DEADLINE
    if report.status is Status.OPEN:
        return count_of(report, worktime.of(session)).passed(now) >= DEADLINE
    return report.paused_at is None and notices.is_late(report, now=now)
