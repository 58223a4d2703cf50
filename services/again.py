"""«It broke again»: one tap makes a new report of what was fixed not long ago, linked with the old one.

Who presses later, perhaps under an old message, means what is now: as long as somebody is to act on what broke again,
he joins that; once that is over, too, there is one report more.
"""

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
    newest = _newest(session, old)
    if newest is not old and newest.status not in lifecycle.OVER:
        return _follow(session, newest, person_id, now=now)
    fixed = newest if newest.status is Status.CLOSED else old
    if fixed.status is not Status.CLOSED or fixed.ended_at is None:
        raise NotPossible(report_id=report_id, status=old.status)
    if now - fixed.ended_at > AGAIN_WITHIN:
        raise TooLateForAgain(days=AGAIN_WITHIN.days)
    held = suspensions.current(session, person_id, now=now)
    if held is not None:
        raise ReportsNothing(phone=held.phone)
    new = new_reports.file_again(session, fixed, person_id=person_id, county=county, now=now)
    faults.again(session, fixed.id, new, now=now)
    lifecycle.record(session, fixed, EventKind.AGAIN, by=person_id, now=now, facts={"report": new})
    notices.changed(session, fixed, now=now)
    return new


def _newest(session: Session, old: Report) -> Report:
    """What broke again since, time and again, as which it goes on; the report itself, if nothing did. What was taken
    back was not said.
    """
    said = select(Report.id).where(Report.follows_id == old.id, Report.status != Status.WITHDRAWN)
    found = session.scalar(said.order_by(Report.id.desc()).limit(1))
    return old if found is None else _newest(session, lifecycle.load_going_on(session, found))


def _follow(session: Session, report: Report, person_id: int, *, now: datetime) -> int:
    """Whoever has the same trouble again hears of it, once: the number of what goes on."""
    if followers.add(session, report, person_id, now=now):
        lifecycle.record(session, report, EventKind.FOLLOWED, by=person_id, now=now)
        notices.followed(session, report, person_id, now=now)
        notices.changed(session, report, now=now)
    return report.id
