"""Stopping the clock: the officer waits for the reporter or for somebody else, and says until when."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from services import deadlines, dispatch, escalation, lifecycle, notices, worktime
from services.errors import NotPossible
from storage.kinds import EventKind, WaitingFor
from storage.schema import Report

LONGEST = timedelta(days=30)
"""Whoever needs longer says so again."""


def wait_for(
    session: Session, *, report_id: int, officer_id: int, waiting_for: WaitingFor, until: datetime, now: datetime
) -> Report:
    """Stop the clock of an accepted report. Who waits already may name another end.

    Raises:
        NotAllowed, ReportEnded: it is not this officer's report, or nobody works on it any more.
        NotPossible: the end is not in the future, or more than `LONGEST` away.
    """
    report = dispatch.require_own(session, report_id=report_id, officer_id=officer_id)
    if not now < until <= now + LONGEST:
        raise NotPossible(report_id=report_id)
    hours = worktime.of(session)
    if report.paused_at is not None:
        deadlines.resume(report, hours=hours, now=now)
    deadlines.pause(report, waiting_for=waiting_for, until=until, hours=hours, now=now)
    facts = {"for": str(waiting_for), "until": until.isoformat()}
    lifecycle.record(session, report, EventKind.PAUSED, by=officer_id, now=now, facts=facts)
    notices.changed(session, report, now=now)
    notices.paused(session, report, now=now)
    return report


def go_on(session: Session, *, report_id: int, officer_id: int, now: datetime) -> Report:
    """Let the clock go on before the time.

    Raises:
        NotAllowed, ReportEnded: it is not this officer's report, or nobody works on it any more.
        NotPossible: the clock does not stand still.
    """
    report = dispatch.require_own(session, report_id=report_id, officer_id=officer_id)
    if report.paused_at is None:
        raise NotPossible(report_id=report_id)
    escalation.go_on(session, report, by=officer_id, now=now)
    return report
