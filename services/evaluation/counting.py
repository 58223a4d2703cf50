"""What is counted: of each report, and together."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, false, func, literal, or_, select, true
from sqlalchemy.orm import Session

from services import worktime
from services.evaluation.groups import Promise, who
from services.evaluation.scope import Condition, Scope
from storage.evaluation_kinds import Figure
from storage.figures import NOTHING, Figures, Period, Rating, Share, Times
from storage.kinds import EventKind, Status
from storage.schema import Event, Grid, Person, Report, Verdict

Columns = dict[str, ColumnElement[Any]]
OfWhat = Callable[[Promise | None], ColumnElement[Any]]
"""What is asked of a report (None), and of each of its promises, which may count for another group."""


def figures(
    session: Session, scope: Scope, period: Period, *, key: OfWhat, now: datetime, where: OfWhat | None = None
) -> dict[str, Figures]:
    """The figures of each group, by its key; where another condition holds for a report or promise, it is left out."""
    counted = counted_at(now)

    def of(promise: Promise | None) -> Subquery:
        columns = [column.label(name) for name, column in counted.items()]
        chosen = chosen_of(scope, period, session).where(true() if where is None else where(promise))
        return chosen.with_only_columns(Report.id.label("id"), key(promise).label("key"), *columns).subquery()

    seen = of(None)
    number = dict(_rows(session, select(seen.c.key, func.count(seen.c.id)).group_by(seen.c.key)))
    shares = {promise: _shares(session, of(promise), promise) for promise in Promise}
    to_accept = _times(session, seen, seen.c.accept_seconds)
    to_resolve = _times(session, seen, seen.c.resolve_seconds)
    reopened = _reopenings(session, seen)
    rated = _rated(session, seen)
    return {
        _as_key(group): Figures(
            number=number.get(group, 0),
            accepted=shares[Promise.ACCEPT].get(group, Share(0, 0)),
            resolved=shares[Promise.RESOLVE].get(group, Share(0, 0)),
            to_accept=to_accept.get(group),
            to_resolve=to_resolve.get(group),
            reopened=reopened.get(group, 0),
            rating=rated.get(group),
        )
        for group in {**number, **shares[Promise.ACCEPT], **shares[Promise.RESOLVE]}
    }


def counted_at(now: datetime) -> Columns:
    """What each report adds to the figures; conditions are true or false, never NULL."""
    counts = Report.status.not_in((Status.WITHDRAWN, Status.MERGED))
    merged = Report.status == Status.MERGED
    fixable = and_(counts, Report.status != Status.REJECTED)
    at_work = Report.status.in_((Status.OPEN, Status.ACCEPTED))
    accept_over = and_(Report.accept_seconds.is_(None), at_work, Report.accept_counts, Report.accept_by < now)
    stopped_or_now = func.coalesce(Report.paused_at, literal(now, Report.paused_at.type))
    resolve_over = and_(
        Report.resolve_seconds.is_(None), at_work, Report.resolve_counts, Report.resolve_by < stopped_or_now
    )
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


OF_A_PROMISE = {Figure.ACCEPTED_LATE: Promise.ACCEPT, Figure.RESOLVED_LATE: Promise.RESOLVE}
"""Figures that count for whose promise it was."""


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

    def judged(promise: Promise) -> ColumnElement[Any]:
        return case((counted[f"{promise}_kept"], true()), (counted[f"{promise}_late"], false()))

    def of(promise: Promise) -> ColumnElement[Any]:
        name = select(called).where(Person.id == who(promise)).correlate(Report).scalar_subquery()
        return case((judged(promise).is_not(None), name))

    called = func.coalesce(Person.known_as, Person.name)
    holds = select(called).where(Person.id == who(None)).correlate(Report).scalar_subquery()

    columns: list[Any] = [
        *(Report.id, Report.category, Report.status, Report.is_urgent, Report.filed_at),
        *(Grid.code, Grid.community, holds),
        *(counted["accept_seconds"], judged(Promise.ACCEPT), of(Promise.ACCEPT)),
        *(counted["resolve_seconds"], judged(Promise.RESOLVE), of(Promise.RESOLVE)),
        _reopened(),
    ]
    return chosen_of(scope, period, session).with_only_columns(*columns)


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


def _shares(session: Session, seen: Subquery, promise: Promise) -> dict[Any, Share]:
    kept, late = (seen.c[f"{promise}_{how}"] for how in ("kept", "late"))
    sums = (func.sum(case((flag, 1), else_=0)) for flag in (kept, late))
    rows = _rows(session, select(seen.c.key, *sums).where(or_(kept, late)).group_by(seen.c.key))
    return {group: Share(yes, yes + no) for group, yes, no in rows}


def _reopenings(session: Session, seen: Subquery) -> dict[Any, int]:
    chosen = (
        select(seen.c.key, func.count(Event.id))
        .join(Event, Event.report_id == seen.c.id)
        .where(Event.kind == EventKind.REOPENED)
        .group_by(seen.c.key)
    )
    return dict(_rows(session, chosen))


def _rated(session: Session, seen: Subquery) -> dict[Any, Rating]:
    rated = ratings().subquery()
    rows = session.execute(
        select(seen.c.key, func.sum(rated.c.stars), func.count(rated.c.stars))
        .join(rated, rated.c.report_id == seen.c.id)
        .group_by(seen.c.key)
    )
    return {group: Rating(int(stars), of) for group, stars, of in rows}


def _rows(session: Session, chosen: Select[Any]) -> list[tuple[Any, ...]]:
    rows: Sequence[Any] = session.execute(chosen).all()
    return [tuple(row) for row in rows]


def _as_key(group: Any) -> str:
    return NOTHING if group is None else str(group)
