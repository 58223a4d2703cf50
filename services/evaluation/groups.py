"""By what reports are told apart, and what the groups are called.

To an officer a report counts who has it; a promise, kept or broken, counts for whom `services/promptness.py` has noted.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, false, func, literal, select, true
from sqlalchemy.orm import Session

from services.errors import NotPossible
from services.evaluation.scope import Condition
from storage.evaluation_kinds import Dimension
from storage.figures import EVERYTHING, GONE, NOTHING, REST
from storage.kinds import EventKind, Status
from storage.schema import Event, Grid, Person, Report


class Promise(StrEnum):
    """What a reporter is promised."""

    ACCEPT = "accept"
    RESOLVE = "resolve"


def key_of(dimension: Dimension, promise: Promise | None = None) -> ColumnElement[Any]:
    """What tells the groups apart, of a report joined with its grid, or of one of its promises. A community goes by
    the first of its grids.
    """
    if dimension is Dimension.COMMUNITY:
        alike = Grid.__table__.alias()
        same = (alike.c.town == Grid.town, alike.c.community == Grid.community)
        return select(func.min(alike.c.id)).where(*same).correlate(Grid).scalar_subquery()
    keys: dict[Dimension, Any] = {
        Dimension.GRID: Report.grid_id,
        Dimension.OFFICER: case((is_gone(promise), literal(GONE)), else_=cast(who(promise), String)),
        Dimension.CATEGORY: Report.category,
    }
    found: ColumnElement[Any] = keys[dimension]
    return found


def of_group(session: Session, dimension: Dimension, key: str, promise: Promise | None = None) -> Condition:
    """Whether a report, or its promise, is of the group with this key. Keys come from buttons, which may be forged."""
    if key == EVERYTHING:
        return true()
    if dimension is Dimension.CATEGORY:
        return Report.category == key
    if key == GONE and dimension is Dimension.OFFICER:
        return is_gone(promise)
    if key == NOTHING:
        if dimension is Dimension.OFFICER:
            return and_(who(promise).is_(None), ~is_gone(promise))
        return Report.grid_id.is_(None)
    number = _number(key)
    if dimension is Dimension.OFFICER:
        return who(promise) == number
    if dimension is Dimension.GRID:
        return Report.grid_id == number
    grid = session.get(Grid, number)
    if grid is None:
        raise NotPossible
    return and_(Grid.town == grid.town, Grid.community == grid.community)


def who(promise: Promise | None) -> ColumnElement[Any]:
    """Whom the report counts for, or its promise."""
    judged: dict[Promise | None, tuple[Any, Any]] = {
        Promise.ACCEPT: (Report.accepted_on_time, Report.accept_of_id),
        Promise.RESOLVE: (Report.resolved_on_time, Report.resolve_of_id),
    }
    if promise is None:
        return holder()
    is_judged, person = judged[promise]
    return case((is_judged.is_not(None), person), else_=Report.responsible_id)  # else it has broken just now


def holder() -> ColumnElement[Any]:
    """Who has the report; if it went back to be accepted anew, who had it last."""
    accepted = Event.kind.in_((EventKind.ACCEPTED, EventKind.TAKEN_OVER))
    last = select(Event.by_id).where(Event.report_id == Report.id, accepted).order_by(Event.id.desc()).limit(1)
    return func.coalesce(Report.officer_id, last.correlate(Report).scalar_subquery())


def is_gone(promise: Promise | None = None) -> Condition:
    """Withdrawn or merged before anybody accepted it; what was broken before that counts all the same."""
    if promise is not None:
        return false()
    return and_(holder().is_(None), Report.status.in_((Status.WITHDRAWN, Status.MERGED)))


def names(session: Session, dimension: Dimension, keys: Any) -> dict[str, str]:
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


def _number(key: str) -> int:
    if not (key.isascii() and key.isdigit() and len(key) < 16):
        raise NotPossible
    return int(key)
