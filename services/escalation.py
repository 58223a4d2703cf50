"""Nobody has to chase: what happens by itself when time passes and nobody acts.

At half of the time a reminder; at the deadline the report is raised a step, and again at each further half. A step is
one transaction with all that it says: with two clocks running, or after a crash, it happens exactly once.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from services import deadlines, emergencies, ladder, ledger, lifecycle, notices, offering, one_by_one, worktime
from services.places import faults
from services.points import earning
from storage.kinds import EventKind, Status
from storage.schema import Report

AT_ONCE = 50
"""Reports that one tick looks at, in one transaction."""


def tick(session: Session, *, now: datetime, most: int = AT_ONCE) -> int:
    """Take the steps that are due, the oldest first; return how many reports were looked at.

    One fix at most is confirmed by silence: what that brings is of a place and of several people, for whom others wait
    as well. A report that cannot be handled is logged and looked at again a minute later; it holds up no other.
    """
    silent = Report.status == Status.RESOLVED
    due = [*_due(session, ~silent, now=now, most=most), *_due(session, silent, now=now, most=1)]

    def put_off(report: Report) -> None:
        session.refresh(report)
        report.next_at = now + one_by_one.AFTER_A_FAILURE

    return one_by_one.handle(
        session, due, lambda report: look(session, report, now=now), put_off=put_off, name=one_by_one.report_name
    )


def _due(session: Session, which: ColumnElement[bool], *, now: datetime, most: int) -> Sequence[Report]:
    """The reports of these whose time has come, but for those that somebody else has locked."""
    return session.scalars(
        select(Report)
        .where(Report.next_at <= now, which)
        .order_by(Report.next_at)
        .limit(most)
        .with_for_update(of=Report, skip_locked=True)
    ).all()


def look(session: Session, report: Report, *, now: datetime) -> None:
    """The report's time has come: do what is due."""
    hours = worktime.of(session)
    if report.paused_at is not None:
        go_on(session, report, by=None, now=now)
    elif report.status is Status.RESOLVED:
        close(session, report, now=now)
    else:
        assert report.next_at is not None
        is_stale = now - report.next_at > ledger.STALE
        before = report.step
        steps = deadlines.advance(report, hours=hours, now=now)
        if steps and report.step > 1:
            _raise(session, report, before=before, is_stale=is_stale, now=now)
        elif steps:
            _remind(session, report, is_stale=is_stale, now=now)
        if report.status is Status.OPEN and notices.is_late(report, now=now):
            if not steps:  # whom it was passed on to may have some time left
                notices.changed(session, report, now=now)
            notices.late(session, report, is_stale=is_stale, now=now)


def go_on(session: Session, report: Report, *, by: int | None, now: datetime) -> None:
    """The wait is over: the clock goes on, and the officer hears of it.

    Unless he said so himself, or it is the reporter's answer that ends it: that tells him.
    """
    facts = {"for": str(report.waiting_for)}
    deadlines.resume(report, hours=worktime.of(session), now=now)
    lifecycle.record(session, report, EventKind.RESUMED, by=by, now=now, facts=facts)
    if report.officer_id is not None and by not in (report.officer_id, report.reporter_id):
        notices.wait_over(session, report, report.officer_id, is_ended=by is not None, now=now)
    notices.changed(session, report, now=now)


def close(session: Session, report: Report, *, by: int | None = None, now: datetime) -> None:
    """Nobody objected to the fix; or, with ``by`` as the last, all have agreed."""
    earning.hold_place(session, report)
    lifecycle.move(session, report, Status.CLOSED, kind=EventKind.CLOSED, by=by, now=now)
    emergencies.end_with(session, report, now=now)
    faults.end_with(session, report, now=now)
    notices.changed(session, report, now=now)
    notices.closed(session, report, now=now)
    earning.confirmed(session, report, now=now)


def _remind(session: Session, report: Report, *, is_stale: bool, now: datetime) -> None:
    """Half of the time has passed."""
    people = offering.alerted(session, report)
    lifecycle.record(session, report, EventKind.REMINDED, by=None, now=now, facts={"people": people})
    if is_stale:
        notices.overdue(session, people, urgency=notices.urgency_of(report), now=now)
    else:
        notices.reminded(session, report, people, now=now)
    notices.changed(session, report, now=now)


def _raise(session: Session, report: Report, *, before: int, is_stale: bool, now: datetime) -> None:
    """The deadline, or a further half after it, has passed: a level up for each, as far as there is somebody."""
    reached: list[int] = []  # by several halves, if the clock comes late
    for _ in range(report.step - max(before, 1)):
        out = [*offering.alerted(session, report), *offering.concerned(session, report), report.officer_id]
        found = ladder.beyond(session, report, without=out)
        if found is None:
            break
        level, people = found
        reached += people
        offering.raise_to(session, report, level, people, now=now)
    earlier = [one for one in offering.alerted(session, report) if one not in reached]
    if not reached and before < deadlines.DEADLINE:  # a card that is on its way just now must hear of it, too
        lifecycle.record(session, report, EventKind.REMINDED, by=None, now=now, facts={"people": earlier})
    if reached or before < deadlines.DEADLINE:  # else it stays at the top, and the cards say so already
        notices.changed(session, report, now=now)
    if is_stale or not reached:
        urgency = notices.urgency_of(report)
        notices.overdue(session, reached, is_new=True, urgency=urgency, now=now)
        notices.overdue(session, earlier, urgency=urgency, now=now)
    else:
        notices.raised(session, report, reached, now=now)
        if report.status is not Status.OPEN or before < deadlines.DEADLINE:  # else they got it as one that is late
            notices.late_with(session, report, earlier, now=now)
    notices.late(session, report, is_stale=is_stale, now=now)
