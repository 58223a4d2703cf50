"""«It broke again»: one tap makes a new report of what was fixed not long ago, linked with the old one."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import followers, lifecycle, new_reports, notices, suspensions
from services.county import County
from services.errors import NotAllowed, NotPossible, ReportsNothing, TooLateForAgain
from services.places import faults
from storage.kinds import EventKind, Status
from storage.records import AGAIN_WITHIN
from storage.schema import Report


def say_again(session: Session, *, report_id: int, person_id: int, county: County, now: datetime) -> int:
    """File what broke again at the same place, as the same kind; who says so as well follows that report. Its number.

    Raises:
        NotAllowed: the person neither reported nor followed it.
        NotPossible: the report is not closed.
        TooLateForAgain: that is too long ago.
        ReportsNothing: the person is suspended; to follow what somebody else has filed goes on.
    """
    old = lifecycle.load(session, report_id)
    if person_id not in followers.who_hears(session, old):
        raise NotAllowed(report_id=report_id)
    known = session.scalar(select(Report.id).where(Report.follows_id == old.id).order_by(Report.id).limit(1))
    if known is not None:
        return _follow(session, known, person_id, now=now)
    if old.status is not Status.CLOSED or old.ended_at is None:
        raise NotPossible(report_id=report_id, status=old.status)
    if now - old.ended_at > AGAIN_WITHIN:
        raise TooLateForAgain(days=AGAIN_WITHIN.days)
    held = suspensions.current(session, person_id, now=now)
    if held is not None:
        raise ReportsNothing(phone=held.phone)
    new = new_reports.file_again(session, old, person_id=person_id, county=county, now=now)
    faults.again(session, old.id, new, now=now)
    lifecycle.record(session, old, EventKind.AGAIN, by=person_id, now=now, facts={"report": new})
    notices.changed(session, old, now=now)
    return new


def _follow(session: Session, report_id: int, person_id: int, *, now: datetime) -> int:
    """Whoever has the same trouble again hears of it, once: the number of what goes on."""
    report = lifecycle.load_going_on(session, report_id)
    if report.status not in lifecycle.OVER and followers.add(session, report, person_id, now=now):
        lifecycle.record(session, report, EventKind.FOLLOWED, by=person_id, now=now)
        notices.followed(session, report, person_id, now=now)
        notices.changed(session, report, now=now)
    return report.id
