"""What can be asked: the figures of all groups, of one, the reports behind a figure, all of it as a file."""

from datetime import datetime
from functools import partial

from sqlalchemy import func, literal
from sqlalchemy.orm import Session

from services.evaluation.counting import OF_A_PROMISE, chosen_of, counted_at, figures, lines_of, of_figure
from services.evaluation.groups import key_of, names, of_group
from services.evaluation.scope import Scope, scope_of
from storage.evaluation_kinds import Dimension, Figure
from storage.figures import EVERYTHING, Evaluation, Figures, Group, Line, Lines, Period, Whole, ranked
from storage.schema import Report

PAGE = 6
"""Reports on one page of those behind a figure: a screen of a small phone."""
IN_CHAT = 5_000
"""Reports that a file made for a chat lists; `warmgrid export evaluation` lists all."""


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
    by_key = figures(session, scope, period, key=partial(key_of, dimension), now=now)
    named = names(session, dimension, by_key)
    groups = [Group(key, named.get(key, ""), figures) for key, figures in by_key.items()]
    total = total_of(session, scope, period=period, now=now)
    return Evaluation(dimension, period, scope.names, total, ranked(groups))


def total_of(session: Session, scope: Scope, *, period: Period, now: datetime) -> Figures:
    """The figures of all reports together."""
    found = figures(session, scope, period, key=lambda _: literal(EVERYTHING), now=now)
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
    where = partial(of_group, session, dimension, key)
    found = figures(session, scope, period, key=lambda _: literal(key), now=now, where=where)
    return Group(key, names(session, dimension, [key]).get(key, ""), found.get(key, Figures()))


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
    counted = counted_at(now)
    is_in, order = of_figure(figure, counted)
    where = [of_group(session, dimension, key, OF_A_PROMISE.get(figure)), is_in]
    count = chosen_of(scope, period, session).where(*where).with_only_columns(func.count(Report.id))
    pages = max(1, -(-(session.scalar(count) or 0) // PAGE))
    page = min(page, pages - 1)
    chosen = lines_of(scope, period, session, counted).where(*where).order_by(*order, Report.id.desc())
    rows = session.execute(chosen.limit(PAGE).offset(page * PAGE))
    name = names(session, dimension, [key]).get(key, "")
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
    chosen = lines_of(scope, period, session, counted_at(now)).order_by(Report.id.desc()).limit(most)
    return Whole(by_dimension, tuple(Line(*row) for row in session.execute(chosen)))
