"""What a report went through since it was promised, as its events say: by that its promises are counted anew when it
turns out to be of another kind.

So it makes no difference what it was taken for in between: who chooses a category, another one and the first again has
promised what was promised before.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import deadlines
from services.deadlines import Course, Promise, Runs
from storage import categories
from storage.kinds import EventKind, Status
from storage.schema import Event, Report

RENEWED = (EventKind.REOPENED, EventKind.CLEARED)
"""With these both promises begin anew, unless it was closed."""
_KINDS = (EventKind.CATEGORY_CHANGED, EventKind.BECAME_URGENT)


def of(session: Session, report: Report, becomes: Promise, *, now: datetime) -> Course:
    """The report, which is locked and whose clock runs, is about to have this promise instead of its present one."""
    session.flush()
    chosen = select(Event).where(Event.report_id == report.id).order_by(Event.id)
    events = session.scalars(chosen).all()
    renewed = [
        at for at, one in enumerate(events) if one.kind in RENEWED and one.to_status not in (None, Status.CLOSED)
    ]
    begun = events[renewed[-1]].at if renewed else report.filed_at
    since = events[renewed[-1] + 1 :] if renewed else events
    accept_most, resolve_most = _promised_of_merged(session, report, begun)
    return Course(
        before=deadlines.promise(report.category, is_urgent=report.is_urgent),
        begun=begun,
        opened=tuple(one.at for one in since if one.to_status is Status.OPEN and one.kind is not EventKind.FILED),
        runs=_runs(since, begun, now),
        spell=_spell(report, since, becomes, begun=begun, now=now),
        accept_most=accept_most,
        resolve_most=resolve_most,
    )


def _runs(events: Sequence[Event], begun: datetime, now: datetime) -> Runs:
    """When its clock ran: a pause ends when it is said to, or with the status."""
    runs: list[tuple[datetime, datetime]] = []
    start, is_paused = begun, False
    for one in events:
        if one.kind is EventKind.PAUSED and not is_paused:
            runs.append((start, one.at))
            is_paused = True
        elif is_paused and (one.kind is EventKind.RESUMED or one.to_status is not None):
            start, is_paused = one.at, False
    return (*runs, (start, now))


def _spell(
    report: Report, events: Sequence[Event], becomes: Promise, *, begun: datetime, now: datetime
) -> tuple[datetime, datetime] | None:
    """From when to when it was promised like that before: from the first time on, until the last time was over."""
    code, is_urgent, end = report.category, report.is_urgent, now
    spells = []
    for one in reversed([one for one in events if one.kind in _KINDS]):
        spells.append((deadlines.promise(code, is_urgent=is_urgent), one.at, end))
        end, facts = one.at, one.facts or {}
        code = str(facts.get("from", code))
        is_urgent = one.kind is EventKind.CATEGORY_CHANGED and facts.get(
            "was_urgent", categories.is_urgent(code, report.words)
        )
    spells.append((deadlines.promise(code, is_urgent=is_urgent), begun, end))
    its = [(start, until) for promise, start, until in spells if promise == becomes and start < until]
    return (its[-1][0], its[0][1]) if its else None


def _promised_of_merged(session: Session, report: Report, begun: datetime) -> tuple[datetime | None, datetime | None]:
    """By when those that were merged into it since were promised to be accepted (if nobody had), and to be fixed."""
    its = select(Report).where(Report.merged_into_id == report.id, Report.ended_at >= begun)
    merged = session.scalars(its).all()
    accept = [one.accept_by for one in merged if one.accept_seconds is None]
    return min(accept, default=None), min((one.resolve_by for one in merged), default=None)
