"""Stopping the clock: the officer waits for the reporter or for somebody else, and says until when."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from services import deadlines, dispatch, escalation, lifecycle, notices, wait_times, worktime
from services.errors import NotPossible, WaitsTooLong
from storage.kinds import EventKind, OfferState, Status, WaitingFor
from storage.schema import Offer, Report


def longest(session: Session, *, report_id: int, officer_id: int, now: datetime) -> timedelta:
    """How long it may wait from now on: said before he chooses.

    Raises:
        NotAllowed, ReportEnded: it is not this officer's report, or nobody works on it any more.
    """
    return deadlines.longest_wait(dispatch.require_own(session, report_id=report_id, officer_id=officer_id), now=now)


def wait_for(
    session: Session, *, report_id: int, officer_id: int, waiting_for: WaitingFor, until: datetime, now: datetime
) -> Report:
    """Stop the clock of an accepted report. Who waits already may name another end.

    Those to whom an overdue one was raised hear of it, and can end it.

    Raises:
        NotAllowed, ReportEnded: it is not this officer's report, or nobody works on it any more.
        NotPossible: the end is not in the future.
        WaitsTooLong: it is further away than this report may wait at a time.
    """
    report = dispatch.require_own(session, report_id=report_id, officer_id=officer_id)
    if not now < until:
        raise NotPossible(report_id=report_id)
    hours = worktime.of(session)
    if report.paused_at is not None:
        deadlines.resume(report, hours=hours, now=now)
    most = deadlines.longest_wait(report, now=now)
    if until > now + most:
        hours_most = most // timedelta(hours=1)
        raise WaitsTooLong(hours=hours_most, days=hours_most // 24 if hours_most > 24 else 0)
    deadlines.pause(report, waiting_for=waiting_for, until=until, hours=hours, now=now)
    facts = {"for": str(waiting_for), "until": until.isoformat()}
    lifecycle.record(session, report, EventKind.PAUSED, by=officer_id, now=now, facts=facts)
    notices.changed(session, report, now=now)
    notices.paused(session, report, now=now)
    if report.resolve_by <= now:
        notices.overdue_waits(session, report, now=now)
    return report


def wait_until(
    session: Session, *, report_id: int, officer_id: int, waiting_for: WaitingFor, words: str, now: datetime
) -> Report:
    """The same, until a moment that he has written.

    Raises:
        BadTime, TimeOver: it is none, or over; else as `wait_for`.
    """
    dispatch.require_own(session, report_id=report_id, officer_id=officer_id)
    until = wait_times.parse(words, now=now, zone=worktime.of(session).zone)
    said = {"report_id": report_id, "officer_id": officer_id, "waiting_for": waiting_for}
    return wait_for(session, **said, until=until, now=now)  # type: ignore[arg-type]


def go_on(session: Session, *, report_id: int, officer_id: int, now: datetime) -> Report:
    """Let the clock go on before the time: who has the report, or to whom it was raised.

    Raises:
        NotAllowed, ReportEnded: it is neither his nor was raised to him, or nobody works on it any more.
        NotPossible: the clock does not stand still.
    """
    report = lifecycle.load(session, report_id)
    offer = session.get(Offer, (report_id, officer_id))
    is_raised = offer is not None and offer.state is OfferState.RAISED and report.status is Status.ACCEPTED
    if not is_raised:
        dispatch.require_own(session, report_id=report_id, officer_id=officer_id)
    if report.paused_at is None:
        raise NotPossible(report_id=report_id)
    escalation.go_on(session, report, by=officer_id, now=now)
    return report
