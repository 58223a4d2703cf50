"""Taking one's own report back, while nobody has accepted it."""

from datetime import datetime

from sqlalchemy.orm import Session

from services import emergencies, followers, lifecycle, notices, offering, open_tasks, questions, reports, urgency
from services.places import faults
from storage.kinds import EventKind, Status
from storage.schema import Report


def withdraw(session: Session, *, report_id: int, person_id: int, now: datetime) -> Report:
    """Take one's own report back, while nobody has accepted it. Where others follow it, it goes on for them.

    Raises:
        TooLateToChange, ReportEnded: an officer has it, or it is over.
    """
    report = reports.require_mine(session, report_id=report_id, person_id=person_id)
    take_back(session, report, now=now)
    return report


def take_back(session: Session, report: Report, *, now: datetime, into: int | None = None) -> None:
    """Withdraw it, and tell those who were alerted; ``into`` is the report that it turned out to belong to.

    Raises:
        TooLateToChange, ReportEnded: an officer has it, or it is over.
    """
    lifecycle.require_open_to_change(report)
    by = report.reporter_id
    if followers.hand_on(session, report):
        lifecycle.record(session, report, EventKind.HANDED_ON, by=by, now=now)
        notices.left(session, report, by, now=now)
        questions.left(session, report, by, now=now)
        notices.changed(session, report, now=now)
        return
    older = session.get_one(Report, into) if into is not None else None
    if older is not None:
        urgency.take_in(session, report, older, now=now)
    people = offering.alerted(session, report)
    facts = {"into": into} if into is not None else None
    lifecycle.move(session, report, Status.WITHDRAWN, kind=EventKind.WITHDRAWN, by=by, now=now, facts=facts)
    offering.close_offers(session, report, now=now)
    if older is None:
        open_tasks.drop_all(session, report, by=by, now=now)
        emergencies.end_with(session, report, now=now)
        faults.end_with(session, report, now=now)
    else:
        open_tasks.move_to(session, report, older, now=now)
        emergencies.move_to(session, report, older, now=now)
        faults.move_to(session, report, older, now=now)
    notices.changed(session, report, now=now)
    questions.ended(session, report, into=into, now=now)
    notices.talk_over(session, report, (), now=now)
    notices.withdrawn(session, report, people, now=now)
