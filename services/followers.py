"""Who has the trouble that a report is about: its reporter, and those who follow it.

Only the rows are kept here; what follows from a change is in `services/following.py` and `services/merging.py`.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.schema import Follower, Report


def who_hears(session: Session, report: Report) -> list[int]:
    """Everybody who hears what becomes of the report: the reporter, then the followers as they came; nobody twice."""
    if report.affected <= 1:
        return [report.reporter_id]
    return [report.reporter_id, *of(session, report)]


def of(session: Session, report: Report) -> list[int]:
    """The followers, as they came."""
    chosen = select(Follower.person_id).where(Follower.report_id == report.id)
    return list(session.scalars(chosen.order_by(Follower.joined_at, Follower.person_id)))


def since(session: Session, report: Report) -> dict[int, datetime]:
    """Since when each has had this trouble, as he said: the reporter, then the followers as they came."""
    chosen = select(Follower).where(Follower.report_id == report.id).order_by(Follower.joined_at, Follower.person_id)
    return {report.reporter_id: report.filed_at} | {one.person_id: one.joined_at for one in session.scalars(chosen)}


def is_one(session: Session, report: Report, person_id: int) -> bool:
    """Whether the person follows the report."""
    return session.get(Follower, (report.id, person_id)) is not None


def add(session: Session, report: Report, person_id: int, *, now: datetime) -> bool:
    """Let the person follow the report, which is locked; False if he is its reporter, or follows it already."""
    if report.reporter_id == person_id or is_one(session, report, person_id):
        return False
    session.add(Follower(report_id=report.id, person_id=person_id, joined_at=now))
    report.affected += 1
    session.flush()
    return True


def remove(session: Session, report: Report, person_id: int) -> bool:
    """Let the person follow the report, which is locked, no more; False if he did not."""
    follower = session.get(Follower, (report.id, person_id))
    if follower is None:
        return False
    session.delete(follower)
    report.affected -= 1
    session.flush()
    return True


def hand_on(session: Session, report: Report) -> bool:
    """Make who followed first the reporter of the report, which is locked; False if nobody follows it."""
    following = of(session, report)
    if not following:
        return False
    remove(session, report, following[0])
    report.reporter_id = following[0]
    return True
