"""Evaluation: how many reports there were, and how well what was promised was kept.

What is counted:

- *number*: reports filed in the period, also withdrawn and merged ones. Those two count in nothing else.
- *accepted on time*: of the reports that were accepted, or whose time to be accepted is over, those accepted by then.
  The first acceptance counts, by the promise that then held.
- *resolved on time*: the same of the fix, and of its promise, which a pause puts off and a reopening renews; a fix that
  did not hold does not count. Rejected reports have none.
- *times*: from filing to the first acceptance, and to the fix, by the clock on the wall. p50 and p90 by nearest rank
  (https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method): the time that half, and nine in ten, did not
  exceed.
- *reopened*: how often reports of the period were reopened.
- *rating*: the stars given to reports of the period.

Administrators and the desk see all of the county, a lead the reports of the grids of his communities and towns.
Databases do the counting: `services/promptness.py` has written down what each report adds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session

from services import worktime
from services.errors import NoEvaluation, NoPost, NotPossible
from storage.figures import (
    EVERYTHING,
    GONE,
    NOTHING,
    REST,
    Evaluation,
    Figures,
    Group,
    Line,
    Lines,
    Period,
    Rating,
    Share,
    Times,
    Whole,
    ranked,
)
from storage.kinds import Dimension, EventKind, Figure, Role, Status
from storage.schema import Event, Grid, Person, PersonRole, Post, Report, Verdict

PAGE = 6
"""Reports on one page of those behind a figure: a screen of a small phone."""
IN_CHAT = 5_000
"""Reports that a file made for a chat lists; `warmgrid export evaluation` lists all."""
SEE_ALL = {Role.ADMIN, Role.DESK}

Condition = ColumnElement[bool]
Columns = dict[str, ColumnElement[Any]]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which reports a person may evaluate."""

    sees_all: bool = False
    places: tuple[tuple[str, str], ...] = ()  # town and community; without a community: all of the town

    @property
    def names(self) -> tuple[str, ...]:
        """The places as people call them; none if it is all of the county."""
        return tuple(dict.fromkeys(community or town for town, community in self.places))

    def holds(self) -> Condition:
        """Of a report joined with its grid: whether it is one of these."""
        if self.sees_all:
            return true()
        return or_(
            false(),
            *(
                and_(Grid.town == town, Grid.community == community) if community else Grid.town == town
                for town, community in self.places
            ),
        )


EVERYONE = Scope(sees_all=True)
"""What the command line sees."""


def ratings() -> Select[int, int | None]:
    """The stars given to the fixes that stand, as rows of ``report_id`` and ``stars`` (1 to 5)."""
    stands = (Report.id == Verdict.report_id) & (Report.reopened == Verdict.round)
    given = select(Verdict.report_id, Verdict.rating.label("stars"))
    return given.join(Report, stands).where(Verdict.rating.is_not(None))


def scope_of(session: Session, *, person_id: int) -> Scope:
    """What this person may evaluate.

    Raises:
        NoEvaluation: he is neither administrator nor of the desk nor a lead.
        NoPost: he is a lead, but nobody has said of what.
    """
    roles = set(session.scalars(select(PersonRole.role).where(PersonRole.person_id == person_id)))
    if roles & SEE_ALL:
        return EVERYONE
    if Role.LEAD not in roles:
        raise NoEvaluation
    posts = select(Post.town, Post.community).where(Post.person_id == person_id).order_by(Post.town, Post.community)
    places = tuple((town, community) for town, community in session.execute(posts))
    if not places:
        raise NoPost
    return Scope(places=places)


def evaluate(
    session: Session, *, person_id: int, dimension: Dimension | None, period: Period, now: datetime
) -> Evaluation:
    """What this person may see of the period, by this dimension; by what suits the person best if it is None.

    Raises:
        NoEvaluation, NoPost: see `scope_of`.
    """
    scope = scope_of(session, person_id=person_id)
    if dimension is None:
        dimension = Dimension.COMMUNITY if scope.sees_all else Dimension.GRID
    return evaluate_scope(session, scope, dimension=dimension, period=period, now=now)


def evaluate_scope(
    session: Session, scope: Scope, *, dimension: Dimension, period: Period, now: datetime
) -> Evaluation:
    """The same, of reports that are chosen otherwise."""
    by_key = _figures(session, scope, period, key=_key(dimension), now=now)
    named = _names(session, dimension, by_key)
    groups = [Group(key, named.get(key, ""), figures) for key, figures in by_key.items()]
    total = total_of(session, scope, period=period, now=now)
    return Evaluation(dimension, period, scope.names, total, ranked(groups))


def total_of(session: Session, scope: Scope, *, period: Period, now: datetime) -> Figures:
    """The figures of all reports together."""
    found = _figures(session, scope, period, key=literal(EVERYTHING), now=now)
    return found.get(EVERYTHING, Figures())


def evaluate_group(
    session: Session, *, person_id: int, dimension: Dimension, key: str, period: Period, now: datetime
) -> Group:
    """One group alone, with all its figures.

    Raises:
        NoEvaluation, NoPost: see `scope_of`.
        NotPossible: there is no such key.
    """
    scope = scope_of(session, person_id=person_id)
    where = _of_group(session, dimension, key)
    found = _figures(session, scope, period, key=literal(key), now=now, where=where)
    return Group(key, _names(session, dimension, [key]).get(key, ""), found.get(key, Figures()))


def behind(
    session: Session,
    *,
    person_id: int,
    dimension: Dimension,
    key: str,
    figure: Figure,
    period: Period,
    page: int,
    now: datetime,
) -> Lines:
    """A page of the reports that a figure of a group is made of: the worst first, else the newest.

    Raises:
        NoEvaluation, NoPost: see `scope_of`.
        NotPossible: there is no such key.
    """
    scope = scope_of(session, person_id=person_id)
    counted = _counted(now)
    is_in, order = _of_figure(figure, counted)
    where = [_of_group(session, dimension, key), is_in]
    count = _chosen(scope, period, session).where(*where).with_only_columns(func.count(Report.id))
    pages = max(1, -(-(session.scalar(count) or 0) // PAGE))
    page = min(page, pages - 1)
    chosen = _lines(scope, period, session, counted).where(*where).order_by(*order, Report.id.desc())
    rows = session.execute(chosen.limit(PAGE).offset(page * PAGE))
    name = _names(session, dimension, [key]).get(key, "")
    return Lines(name, tuple(Line(*row) for row in rows), page, pages)


def whole(session: Session, *, person_id: int, period: Period, now: datetime) -> Whole:
    """All that this person may see of the period, by every dimension, with the newest of the reports.

    Raises:
        NoEvaluation, NoPost: see `scope_of`.
    """
    return whole_scope(session, scope_of(session, person_id=person_id), period=period, now=now, most=IN_CHAT)


def whole_scope(session: Session, scope: Scope, *, period: Period, now: datetime, most: int | None) -> Whole:
    """The same, of reports that are chosen otherwise; at most so many of them are listed."""
    by_dimension = tuple(
        evaluate_scope(session, scope, dimension=dimension, period=period, now=now) for dimension in Dimension
    )
    chosen = _lines(scope, period, session, _counted(now)).order_by(Report.id.desc()).limit(most)
    return Whole(by_dimension, tuple(Line(*row) for row in session.execute(chosen)))


# -- what is counted --


def _counted(now: datetime) -> Columns:
    """What each report adds to the figures; conditions are true or false, never NULL."""
    counts = Report.status.not_in((Status.WITHDRAWN, Status.MERGED))
    fixable = and_(counts, Report.status != Status.REJECTED)
    at_work = Report.status.in_((Status.OPEN, Status.ACCEPTED))
    accept_over = and_(Report.accept_seconds.is_(None), at_work, Report.accept_by < now)
    stopped_or_now = func.coalesce(Report.paused_at, literal(now, Report.paused_at.type))
    resolve_over = and_(Report.resolve_seconds.is_(None), at_work, Report.resolve_by < stopped_or_now)
    return {
        "accept_kept": and_(counts, func.coalesce(Report.accepted_on_time, false())),
        "accept_late": and_(counts, or_(~func.coalesce(Report.accepted_on_time, true()), accept_over)),
        "accept_seconds": case((counts, Report.accept_seconds)),
        "resolve_kept": and_(fixable, func.coalesce(Report.resolved_on_time, false())),
        "resolve_late": and_(fixable, or_(~func.coalesce(Report.resolved_on_time, true()), resolve_over)),
        "resolve_seconds": case((fixable, Report.resolve_seconds)),
    }


def _of_figure(figure: Figure, counted: Columns) -> tuple[Condition, tuple[Any, ...]]:
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


# -- which reports --


def _chosen(scope: Scope, period: Period, session: Session) -> Select[Any]:
    start, end = period.bounds(worktime.of(session).zone)
    return (
        select(Report.id)
        .outerjoin(Grid, Grid.id == Report.grid_id)
        .where(Report.filed_at >= start, Report.filed_at < end, scope.holds())
    )


def _lines(scope: Scope, period: Period, session: Session, counted: Columns) -> Select[Any]:
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
    chosen = _chosen(scope, period, session).outerjoin(Person, Person.id == _holder())
    return chosen.with_only_columns(*columns)


def _key(dimension: Dimension) -> ColumnElement[Any]:
    """What tells the groups apart, of a report joined with its grid. A community goes by the first of its grids."""
    if dimension is Dimension.COMMUNITY:
        alike = Grid.__table__.alias()
        same = (alike.c.town == Grid.town, alike.c.community == Grid.community)
        return select(func.min(alike.c.id)).where(*same).correlate(Grid).scalar_subquery()
    keys: dict[Dimension, Any] = {
        Dimension.GRID: Report.grid_id,
        Dimension.OFFICER: case((_is_gone(), literal(GONE)), else_=cast(_holder(), String)),
        Dimension.CATEGORY: Report.category,
    }
    found: ColumnElement[Any] = keys[dimension]
    return found


def _holder() -> ColumnElement[Any]:
    """Who has the report; if it went back to be accepted anew, who had it last."""
    accepted = Event.kind.in_((EventKind.ACCEPTED, EventKind.TAKEN_OVER))
    last = select(Event.by_id).where(Event.report_id == Report.id, accepted).order_by(Event.id.desc()).limit(1)
    return func.coalesce(Report.officer_id, last.correlate(Report).scalar_subquery())


def _is_gone() -> Condition:
    """Withdrawn or merged before anybody accepted it."""
    return and_(_holder().is_(None), Report.status.in_((Status.WITHDRAWN, Status.MERGED)))


def _of_group(session: Session, dimension: Dimension, key: str) -> Condition:
    """Whether a report is of the group that has this key. Keys come from buttons, which may be forged."""
    if key == EVERYTHING:
        return true()
    if dimension is Dimension.CATEGORY:
        return Report.category == key
    if key == GONE and dimension is Dimension.OFFICER:
        return _is_gone()
    if key == NOTHING:
        if dimension is Dimension.OFFICER:
            return and_(_holder().is_(None), ~_is_gone())
        return Report.grid_id.is_(None)
    number = _number(key)
    if dimension is Dimension.OFFICER:
        return _holder() == number
    if dimension is Dimension.GRID:
        return Report.grid_id == number
    grid = session.get(Grid, number)
    if grid is None:
        raise NotPossible
    return and_(Grid.town == grid.town, Grid.community == grid.community)


def _number(key: str) -> int:
    if not (key.isascii() and key.isdigit() and len(key) < 16):
        raise NotPossible
    return int(key)


def _names(session: Session, dimension: Dimension, keys: Any) -> dict[str, str]:
    """What the groups are called. Communities that are called alike have their town behind them."""
    if dimension is Dimension.CATEGORY:
        return {key: key for key in keys}
    numbers = [int(key) for key in keys if key not in (*REST, EVERYTHING)]
    if dimension is Dimension.OFFICER:
        people = select(Person.id, func.coalesce(Person.known_as, Person.name)).where(Person.id.in_(numbers))
        return {str(number): name for number, name in session.execute(people)}
    grids = session.execute(
        select(Grid.id, Grid.code, Grid.name, Grid.community, Grid.town).where(Grid.id.in_(numbers))
    ).all()
    if dimension is Dimension.GRID:
        return {str(grid.id): f"{grid.code} {grid.name}" for grid in grids}
    called = [grid.community for grid in grids]
    return {
        str(grid.id): f"{grid.community} ({grid.town})" if called.count(grid.community) > 1 else grid.community
        for grid in grids
    }


# -- counting --


def _figures(
    session: Session,
    scope: Scope,
    period: Period,
    *,
    key: ColumnElement[Any],
    now: datetime,
    where: Condition | None = None,
) -> dict[str, Figures]:
    """The figures of each group, by its key."""
    columns = [column.label(name) for name, column in _counted(now).items()]
    chosen = _chosen(scope, period, session).where(true() if where is None else where)
    seen = chosen.with_only_columns(Report.id.label("id"), key.label("key"), *columns).subquery()
    to_accept = _times(session, seen, seen.c.accept_seconds)
    to_resolve = _times(session, seen, seen.c.resolve_seconds)
    reopened = _reopenings(session, seen)
    rated = _rated(session, seen)
    flags = ("accept_kept", "accept_late", "resolve_kept", "resolve_late")
    counts = session.execute(
        select(
            seen.c.key,
            func.count(seen.c.id),
            *(func.sum(case((seen.c[flag], 1), else_=0)) for flag in flags),
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

    rows = session.execute(
        select(placed.c.key, at(50), at(90), func.max(placed.c.of)).group_by(placed.c.key),
    )
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
