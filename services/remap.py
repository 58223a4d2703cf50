"""The county's map is a new one: what waited for want of a grid, or lay outside, is looked at again."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import drafts, filing, notices, offering
from services.county import County
from storage.kinds import Status
from storage.schema import Report


def look_again(session: Session, *, county: County, now: datetime) -> None:
    """Reports that nobody has accepted and that are now in a grid go to its officers; drafts now inside are filed.

    A draft that nothing came to for long stays as it is: its hazard may be gone. What it was about is sent anew.
    """
    waiting = select(Report).where(Report.status == Status.OPEN, Report.grid_id.is_(None)).order_by(Report.id)
    for report in session.scalars(waiting.with_for_update()).all():
        _give_grid(session, report, county=county, now=now)
    for draft in drafts.load_outside(session, since=now - drafts.STALE):
        filing.look_again(session, draft, county=county, now=now)


def _give_grid(session: Session, report: Report, *, county: County, now: datetime) -> None:
    grid = county.grid_at(report.latitude, report.longitude)
    if grid is None:
        return
    report.grid_id = grid.id
    session.flush()
    if offering.has_officers(session, report):  # else the desk keeps it, and is not rung twice
        offering.route_anew(session, report, now=now)
    notices.changed(session, report, now=now)
