"""The life of a report: the one table of what may follow what, and the one door through which a status changes.

It does not decide who may do a step (that is the services' matter) nor tell anybody (`services/notices/`).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import insert, literal_column, select
from sqlalchemy.orm import Session

from services import deadlines, promptness, worktime
from services.errors import GoesOn, NoSuchReport, NotPossible, ReportEnded, TooLateToChange
from storage.kinds import EventKind, Status
from storage.prepared import Prepared
from storage.records import number
from storage.schema import Event, Report

ALLOWED: dict[Status, frozenset[Status]] = {
    Status.OPEN: frozenset({Status.ACCEPTED, Status.WITHDRAWN, Status.MERGED}),
    # back to open: «not mine» by the officer who had accepted it
    Status.ACCEPTED: frozenset({Status.RESOLVED, Status.REJECTED, Status.OPEN, Status.MERGED}),
    # not fixed: back to the officer or to whom the grid now has; the third time a lead decides
    # rejected: what is fixed turns out to have been false
    Status.RESOLVED: frozenset({Status.CLOSED, Status.ACCEPTED, Status.OPEN, Status.REVIEW, Status.REJECTED}),
    Status.REVIEW: frozenset({Status.CLOSED, Status.OPEN, Status.REJECTED}),
    Status.REJECTED: frozenset({Status.REVIEW}),  # the reporter disputes that it was false
    Status.CLOSED: frozenset({Status.REJECTED}),
    Status.WITHDRAWN: frozenset(),
    Status.MERGED: frozenset(),
}
ACTIVE = frozenset({Status.OPEN, Status.ACCEPTED})
"""In these somebody works on the report, or should."""
FIXED = frozenset({Status.RESOLVED, Status.REVIEW, Status.CLOSED})
"""In these there is a fix: judged, disputed, or agreed on."""
OVER = deadlines.HAVE_NONE
"""In these nothing is waited for any more."""
IN_REVIEW = Report.__table__.c.status == literal_column(f"'{Status.REVIEW}'")
"""Written out and not bound: only so does SQLite find these few by their index."""

_EVENT = Prepared(insert(Event.__table__))  # type: ignore[arg-type]


def load(session: Session, report_id: int) -> Report:
    """Read a report to change it; no other transaction can change it meanwhile.

    Raises:
        NoSuchReport: there is none with this number.
    """
    report = session.scalar(select(Report).where(Report.id == report_id).with_for_update())
    if report is None:
        raise NoSuchReport(report_id=report_id)
    return report


def load_going_on(session: Session, report_id: int) -> Report:
    """The same, where one that was merged into another stands for that one. What is merged is one step away, always.

    Raises:
        NoSuchReport: there is none with this number.
    """
    # looked up first: who merges on holds the one in which it goes on, and wants this one
    goes_on = session.scalar(select(Report.merged_into_id).where(Report.id == report_id))
    report = load(session, report_id if goes_on is None else goes_on)
    return report if report.merged_into_id is None else load(session, report.merged_into_id)


def hold(session: Session, report_ids: Iterable[int]) -> None:
    """No other transaction can change these reports from now on: the lower number first, as everywhere. What is known
    of them is as it is now.
    """
    chosen = select(Report).where(Report.id.in_(set(report_ids))).order_by(Report.id)
    session.execute(chosen.with_for_update().execution_options(populate_existing=True)).all()


def move(
    session: Session,
    report: Report,
    to: Status,
    *,
    kind: EventKind,
    by: int | None,
    now: datetime,
    facts: dict[str, Any] | None = None,
) -> None:
    """Change the report's status, begin the count of its next deadline, and append the event.

    Raises:
        ReportEnded: the report's life is over.
        NotPossible: this step does not follow the present status.
    """
    if to not in ALLOWED[report.status]:
        require_alive(report)
        raise NotPossible(report_id=report.id, status=report.status)
    promptness.note_broken(report, now=now)
    before, report.status = report.status, to
    report.resolved_at = now if to is Status.RESOLVED else report.resolved_at
    report.ended_at = now if to in OVER else None
    if to in OVER:
        report.responsible_id = None
    promptness.note(report, before=before, now=now)
    hours = worktime.of(session)
    if to is Status.OPEN:
        deadlines.promise_acceptance(report, hours=hours, now=now)
    deadlines.begin(report, hours=hours, now=now)
    record(session, report, kind, by=by, now=now, facts=facts, before=before, after=to)


def record(
    session: Session,
    report: Report,
    kind: EventKind,
    *,
    by: int | None,
    now: datetime,
    facts: dict[str, Any] | None = None,
    before: Status | None = None,
    after: Status | None = None,
) -> None:
    """Append an event that changes no status."""
    _EVENT.run(
        session, report_id=report.id, kind=kind, by_id=by, from_status=before, to_status=after, facts=facts, at=now
    )


def require_open_to_change(report: Report) -> None:
    """Refuse to change what an officer may already be working on.

    Raises:
        ReportEnded: its life is over.
        TooLateToChange: it has been accepted.
    """
    require_alive(report)
    if report.status is not Status.OPEN:
        raise TooLateToChange(report_id=report.id)


def require_alive(report: Report) -> None:
    """Refuse what comes too late: nobody works on the report any more.

    Raises:
        ReportEnded: it was resolved, or its life is over; `GoesOn`, if as another one.
    """
    if report.merged_into_id is not None:
        raise GoesOn(number=number(report.id), into=number(report.merged_into_id))
    if report.status not in ACTIVE:
        raise ReportEnded(report_id=report.id, status=report.status)
