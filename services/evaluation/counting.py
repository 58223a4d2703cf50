"""What is counted: of each report, and together."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, false, func, literal, or_, select, true
from sqlalchemy.orm import Session

from services import worktime
from services.evaluation.groups import holder
from services.evaluation.scope import Condition, Scope
from storage.figures import NOTHING, Figures, Period, Rating, Share, Times
from storage.kinds import EventKind, Figure, Status
from storage.schema import Event, Grid, Person, Report, Verdict

Columns = dict[str, ColumnElement[Any]]


def figures(
    session: Session,
    scope: Scope,
    period: Period,
    *,
    key: ColumnElement[Any],
    now: datetime,
    where: Condition | None = None,
) -> dict[str, Figures]:
    """The figures of each group, by its key."""
    columns = [column.label(name) for name, column in counted_at(now).items()]
    chosen = chosen_of(scope, period, session).where(true() if where is None else where)
    seen = chosen.with_only_columns(Report.id.label("id"), key.label("key"), *columns).subquery()
    to_accept = _times(session, seen, seen.c.accept_seconds)
    to_resolve = _times(session, seen, seen.c.resolve_seconds)
    reopened = _reopenings(session, seen)
    rated = _rated(session, seen)
    flags = ("accept_kept", "accept_late", "resolve_kept", "resolve_late")
    counts = session.execute(
        select(
            seen.c.key, func.count(seen.c.id), *(func.sum(case((seen.c[flag], 1), else_=0)) for flag in flags)
        ).group_by(seen.c.key)
    )
    return {
        _as_key(group): Figures(
            number=number,
            accepted=Share(accept_kept, accept_kept + accept_late),
            resolved=Share(resolve_kept, resolve_kept + resolve_late),
            to_accept=to_accept.get(group),
            to_resolve=to_resolve.get(group),
            reopened=reopened.get(group, 0),
            rating=rated.get(group),
        )
        for group, number, accept_kept, accept_late, resolve_kept, resolve_late in counts
    }


def counted_at(now: datetime) -> Columns:
    """What each report adds to the figures; conditions are true or false, never NULL."""
    counts = Report.status.not_in((Status.WITHDRAWN, Status.MERGED))
    merged = Report.status == Status.MERGED
    fixable = and_(counts, Report.status != Status.REJECTED)
    at_work = Report.status.in_((Status.OPEN, Status.ACCEPTED))
    accept_over = and_(Report.accept_seconds.is_(None), at_work, Report.accept_by < now)
    stopped_or_now = func.coalesce(Report.paused_at, literal(now, Report.paused_at.type))
    resolve_over = and_(Report.resolve_seconds.is_(None), at_work, Report.resolve_by < stopped_or_now)
    return {
        "accept_kept": and_(counts, func.coalesce(Report.accepted_on_time, false())),
        "accept_late": or_(
            and_(counts, or_(~func.coalesce(Report.accepted_on_time, true()), accept_over)),
            and_(merged, ~func.coalesce(Report.accepted_on_time, true())),
        ),
        "accept_seconds": case((counts, Report.accept_seconds)),
        "resolve_kept": and_(fixable, func.coalesce(Report.resolved_on_time, false())),
        "resolve_late": or_(
            and_(fixable, or_(~func.coalesce(Report.resolved_on_time, true()), resolve_over)),
            and_(merged, ~func.coalesce(Report.resolved_on_time, true())),
        ),
        "resolve_seconds": case((fixable, Report.resolve_seconds)),
    }


def of_figure(figure: Figure, counted: Columns) -> tuple[Condition, tuple[Any, ...]]:
    """Which reports a figure is made of, and in which order they are shown."""
    given = _stars()
    figures: dict[Figure, tuple[Condition, tuple[Any, ...]]] = {
        Figure.NUMBER: (true(), ()),
        Figure.ACCEPTED: (counted["accept_seconds"].is_not(None), (Report.accept_seconds.desc(),)),
        Figure.ACCEPTED_LATE: (counted["accept_late"], (Report.accept_by,)),
        Figure.RESOLVED: (counted["resolve_seconds"].is_not(None), (Report.resolve_seconds.desc(),)),
        Figure.RESOLVED_LATE: (counted["resolve_late"], (Report.resolve_by,)),
        Figure.REOPENED: (_reopened() > 0, (_reopened().desc(),)),
        Figure.RATED: (given.is_not(None), (given,)),
    }
    return figures[figure]


def chosen_of(scope: Scope, period: Period, session: Session) -> Select[Any]:
    """The reports of the period that are in the scope."""
    start, end = period.bounds(worktime.of(session).zone)
    return (
        select(Report.id)
        .outerjoin(Grid, Grid.id == Report.grid_id)
        .where(Report.filed_at >= start, Report.filed_at < end, scope.holds())
    )


def lines_of(scope: Scope, period: Period, session: Session, counted: Columns) -> Select[Any]:
    """The columns are those of `Line`, in its order."""

    def judged(promise: str) -> ColumnElement[Any]:
        return case((counted[f"{promise}_kept"], true()), (counted[f"{promise}_late"], false()))

    columns: list[Any] = [
        *(Report.id, Report.category, Report.status, Report.is_urgent, Report.filed_at),
        *(Grid.code, Grid.community, func.coalesce(Person.known_as, Person.name)),
        *(counted["accept_seconds"], judged("accept")),
        *(counted["resolve_seconds"], judged("resolve")),
        _reopened(),
    ]
    chosen = chosen_of(scope, period, session).outerjoin(Person, Person.id == holder())
    return chosen.with_only_columns(*columns)


def ratings() -> Select[int, int | None]:
    """The stars given to the fixes that stand, as rows of ``report_id`` and ``stars`` (1 to 5)."""
    stands = (Report.id == Verdict.report_id) & (Report.reopened == Verdict.round)
    given = select(Verdict.report_id, Verdict.rating.label("stars"))
    return given.join(Report, stands).where(Verdict.rating.is_not(None))


def _reopened() -> ColumnElement[int]:
    return (
        select(func.count(Event.id))
        .where(Event.report_id == Report.id, Event.kind == EventKind.REOPENED)
        .correlate(Report)
        .scalar_subquery()
    )


def _stars() -> ColumnElement[Any]:
    """The fewest stars that a report got; NULL if it got none."""
    rated = ratings().subquery()
    return select(func.min(rated.c.stars)).where(rated.c.report_id == Report.id).correlate(Report).scalar_subquery()


def _times(session: Session, seen: Subquery, seconds: ColumnElement[Any]) -> dict[Any, Times]:
    """p50 and p90 of each group by nearest rank: in whole numbers, so that both databases say the same."""
    placed = (
        select(
            seen.c.key,
            seconds.label("seconds"),
            func.row_number().over(partition_by=seen.c.key, order_by=seconds).label("place"),
            func.count().over(partition_by=seen.c.key).label("of"),
        )
        .where(seconds.is_not(None))
        .subquery()
    )

    def at(percent: int) -> ColumnElement[Any]:
        rank = (placed.c.of * percent + 99) // 100
        return func.max(case((placed.c.place == rank, placed.c.seconds)))

    rows = session.execute(select(placed.c.key, at(50), at(90), func.max(placed.c.of)).group_by(placed.c.key))
    return {group: Times(p50, p90, of) for group, p50, p90, of in rows}


def _reopenings(session: Session, seen: Subquery) -> dict[Any, int]:
    rows: Sequence[Any] = session.execute(
        select(seen.c.key, func.count(Event.id))
        .join(Event, Event.report_id == seen.c.id)
        .where(Event.kind == EventKind.REOPENED)
        .group_by(seen.c.key)
    ).all()
    return dict(tuple(row) for row in rows)


def _rated(session: Session, seen: Subquery) -> dict[Any, Rating]:
    rated = ratings().subquery()
    rows = session.execute(
        select(seen.c.key, func.sum(rated.c.stars), func.count(rated.c.stars))
        .join(rated, rated.c.report_id == seen.c.id)
        .group_by(seen.c.key)
    )
    return {group: Rating(int(stars), of) for group, stars, of in rows}


def _as_key(group: Any) -> str:
    return NOTHING if group is None else str(group)
