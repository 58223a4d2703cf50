"""What broke again, and again: the reports of one trouble, from time to time."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from storage.schema import Follower, Offer, Report


def before(
    session: Session, reports: Sequence[Report], *, person_id: int
) -> defaultdict[int, tuple[tuple[int, bool], ...]]:
    """By report: all the times before, the latest first, and whether the person had a part in each as its reporter or
    follower.
    """
    ids = [report.id for report in reports if report.follows_id is not None]
    found: defaultdict[int, tuple[tuple[int, bool], ...]] = defaultdict(tuple)
    if not ids:
        return found
    first = select(Report.id.label("of"), Report.follows_id.label("earlier")).where(Report.id.in_(ids))
    chain = first.cte(recursive=True)
    chain = chain.union_all(
        select(chain.c.of, Report.follows_id).join(Report, Report.id == chain.c.earlier).where(Report.follows_id > 0)
    )
    follows = exists().where(Follower.report_id == chain.c.earlier, Follower.person_id == person_id)
    chosen = (
        select(chain.c.of, Report.id, ((Report.reporter_id == person_id) | follows).label("is_his"))
        .join(Report, Report.id == chain.c.earlier)
        .order_by(Report.id.desc())
    )
    for of, report_id, is_his in session.execute(chosen):
        found[of] += ((report_id, bool(is_his)),)
    return found


def is_asked_since(session: Session, *, report_id: int, person_id: int) -> bool:
    """Whether the person was asked about what broke again since: he may look at how it was the times before."""
    later = select(Report.id).where(Report.follows_id == report_id).cte(recursive=True)
    later = later.union_all(select(Report.id).where(Report.follows_id == later.c.id))
    asked = select(Offer.report_id).where(Offer.report_id == later.c.id, Offer.person_id == person_id)
    return session.scalar(asked.limit(1)) is not None
