"""Lists of reports: one's own, an officer's cases, what is overdue with him, what may become an emergency."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from services import briefs, emergencies, lifecycle
from services.deadlines import DEADLINE
from services.reports import PAGE
from storage.kinds import OfferState, Status
from storage.prepared import Prepared
from storage.records import ReportRecord
from storage.schema import Follower, Offer, Report

A_PERSON = timedelta(minutes=30)
"""By how much sooner a case is taken to be due for each further person affected, where cases are put in order."""
LISTED = 8
"""Reports that a list of what is overdue, or late, names."""

_report, _offer = Report.__table__.c, Offer.__table__.c
_CASES = select(
    *(_report.id, _report.status, _report.accept_by, _report.resolve_by),
    *(_report.affected, _report.step, _report.paused_at, _report.waiting_until),
)
_HELD = Prepared(_CASES.where(_report.officer_id == bindparam("person_id"), _report.status == Status.ACCEPTED))
_OFFERED = Prepared(
    _CASES.join(Offer.__table__, _offer.report_id == _report.id).where(
        _offer.person_id == bindparam("person_id"), _offer.state == OfferState.OFFERED, _report.status == Status.OPEN
    )
)
_RAISED = Prepared(
    _CASES.join(Offer.__table__, _offer.report_id == _report.id).where(
        _offer.person_id == bindparam("person_id"),
        _offer.state == OfferState.RAISED,
        or_(_report.status == Status.ACCEPTED, _report.status == Status.REVIEW),
    )
)
_TO_DECIDE = Prepared(_CASES.where(_report.responsible_id == bindparam("person_id"), lifecycle.IN_REVIEW))


def my_reports(session: Session, *, person_id: int, page: int) -> tuple[list[ReportRecord], int]:
    """One page of a person's reports, and those that he follows, newest first; and how many pages there are.

    Beyond the last one is the last.
    """
    followed = select(Follower.report_id).where(Follower.person_id == person_id)
    mine = or_(Report.reporter_id == person_id, Report.id.in_(followed))
    pages = _pages(session.scalar(select(func.count(Report.id)).where(mine)) or 0)
    page = min(page, pages - 1)
    chosen = briefs.ROWS.where(mine).order_by(Report.id.desc()).limit(PAGE).offset(page * PAGE)
    return briefs.describe_all(session, chosen, person_id=person_id), pages


def my_cases(session: Session, *, person_id: int, page: int) -> tuple[list[ReportRecord], int]:
    """One page of an officer's open cases (his, offered to him, his to decide), most pressing first; pages in all.

    The order is that of the deadlines, where each further person affected counts like half an hour less; behind them
    stand those whose clock stands still, by when it goes on. A page beyond the last one is the last: the list may have
    become shorter since its buttons were shown.
    """
    ids = cases_in_order(session, person_id=person_id)
    pages = _pages(len(ids))
    page = min(page, pages - 1)
    shown = ids[page * PAGE : (page + 1) * PAGE]
    chosen = briefs.ROWS.where(Report.id.in_(shown))
    records = {one.id: one for one in briefs.describe_all(session, chosen, person_id=person_id)}
    return [records[one] for one in shown], pages


def cases_in_order(session: Session, *, person_id: int) -> list[int]:
    """An officer's open cases, the most pressing first, as `my_cases` says."""
    found = {row.id: _pressing(row) for row in _cases(session, person_id)}
    return sorted(found, key=lambda one: (*found[one], one))


def overdue(session: Session, person_id: int, *, now: datetime) -> tuple[tuple[ReportRecord, ...], int]:
    """What is overdue with a person (his, offered or raised to him): the oldest ones, and how many there are."""
    ids = overdue_ids(session, person_id, now=now)
    return _first_of(session, ids, person_id), len(ids)


def overdue_ids(session: Session, person_id: int, *, now: datetime) -> list[int]:
    """Their numbers, the oldest first."""
    found = {row.id: _deadline(row) for row in _cases(session, person_id) if _is_overdue(row, now)}
    return sorted(found, key=lambda one: (found[one], one))


def late(
    session: Session, person_id: int, ids: Collection[int], *, now: datetime
) -> tuple[tuple[ReportRecord, ...], int]:
    """Which of these reports are still late: the first ones, and how many there are.

    Of one whose clock stands still, whether it was late when it was stopped.
    """
    is_late = or_(
        (Report.status == Status.OPEN) & (Report.accept_by <= now),
        (Report.status == Status.ACCEPTED) & (Report.resolve_by <= func.coalesce(Report.paused_at, now)),
    )
    still = session.scalars(select(Report.id).where(Report.id.in_(ids), is_late).order_by(Report.id)).all()
    return _first_of(session, still, person_id), len(still)


def may_become_emergencies(session: Session, *, person_id: int) -> list[ReportRecord]:
    """For the desk: the newest reports that somebody works on, or should; urgent ones first."""
    if not emergencies.has_command(session, person_id):
        return []
    ids = session.scalars(
        select(Report.id)
        .where(Report.status.in_(lifecycle.ACTIVE))
        .order_by(Report.is_urgent.desc(), Report.id.desc())
        .limit(PAGE)
    )
    return [briefs.describe(session, report_id=one, person_id=person_id) for one in ids]


def _pages(count: int) -> int:
    return max(1, -(-count // PAGE))


def _first_of(session: Session, ids: Sequence[int], person_id: int) -> tuple[ReportRecord, ...]:
    return tuple(briefs.describe(session, report_id=one, person_id=person_id) for one in ids[:LISTED])


def _cases(session: Session, person_id: int) -> Iterator[Any]:
    """What is open with a person; some of it twice.

    Four looks, each by an index of its own (one that has an `or` over two tables reads all reports there are); put in
    order outside of them, as few are open with one person, and databases differ in how they reckon with moments.
    """
    for one in (_HELD, _OFFERED, _RAISED, _TO_DECIDE):
        yield from one.all(session, person_id=person_id)


def _pressing(row: Any) -> tuple[bool, datetime]:
    """The less, the more pressing: whether its clock stands still, and when it goes on, or ends."""
    if row.paused_at is not None:
        return True, row.waiting_until
    return False, _deadline(row) - A_PERSON * (row.affected - 1)


def _deadline(row: Any) -> datetime:
    deadline: datetime = row.accept_by if row.status is Status.OPEN else row.resolve_by
    return deadline


def _is_overdue(row: Any, now: datetime) -> bool:
    if row.status is Status.REVIEW:
        return bool(row.step >= DEADLINE)
    return _deadline(row) <= now and (row.status is Status.OPEN or row.paused_at is None)
