"""Open reports near a place: found by squares of a thousandth of a degree, then measured exactly.

A report's square (`cell`) is kept with it and leads an index, so that the search looks at a handful of squares, however
many reports there are and however densely they lie.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Float, bindparam, or_, select, text
from sqlalchemy.orm import Session

from services import distance
from storage.kinds import Status
from storage.prepared import Prepared
from storage.schema import Report

KEY = "nearness"
"""Key of `session.info`: what counts as near here, if it is not the usual; the store is opened with it."""
PER_DEGREE = 1000
"""Squares a degree: 111 m from south to north, in Jiangxi 100 m from west to east."""
ROW = 1_000_000
"""Squares from one row to the next one north of it: more than there are around the Earth."""
MOST = 32
"""Reports that are found, the nearest ones: more of them nobody looks through."""
MERGED_METRES = 200
"""How far what an officer says is the same may be apart: pins are put down carelessly, and hazards are long."""
_LEAST_NORTH, _LEAST_EAST = 110_500.0, 111_300.0
"""Metres of a degree: never fewer to the north anywhere; to the east, times the cosine of the latitude."""

Place = tuple[float, float]
"""Latitude and longitude, WGS-84 degrees."""

_report = Report.__table__.c
_ASKED = (_report.id, _report.reporter_id, _report.latitude, _report.longitude)


_HOLD = text("""
    SELECT pg_advisory_xact_lock(7751202, lock) FROM (
        SELECT DISTINCT hashint8(cell) AS lock FROM unnest(CAST(:cells AS bigint[])) AS cell ORDER BY lock
    ) AS locks
""")
"""In one order: no deadlock. The first number is no other lock's, and two squares may share one."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """What may be the same hazard. With no metres nobody is asked."""

    metres: int = 50
    hours: int = 72  # since it was filed


@dataclass(frozen=True, slots=True)
class Near:
    """A report that was found, and how far it is."""

    report_id: int
    reporter_id: int
    metres: int


USUAL = Nearness()


def of(session: Session) -> Nearness:
    """What counts as near in this county."""
    found: Nearness = session.info.get(KEY, USUAL)
    return found


def same_kind(session: Session, place: Place, *, category: str, now: datetime) -> list[Near]:
    """Open reports of this category that may be of the same hazard, the nearest first."""
    nearness = of(session)
    if not nearness.metres:
        return []
    cells = cells_around(place, metres=nearness.metres)
    named = {f"cell_{at}": cell for at, cell in enumerate(cells)}
    since = now - timedelta(hours=nearness.hours)
    here = {"latitude": place[0], "longitude": place[1], "east": math.cos(math.radians(place[0]))}
    rows = _near(len(cells)).all(session, category=category, since=since, **here, **named)
    return _measured(rows, place, metres=nearness.metres)


def open_ones(session: Session, place: Place, *, category: str, metres: int) -> list[Near]:
    """Open reports: those of this category, then all others; of both the nearest first."""
    asked = select(*_ASKED, _report.category).where(
        _report.cell.in_(cells_around(place, metres=metres)), _report.status.in_((Status.OPEN, Status.ACCEPTED))
    )
    rows = session.execute(asked).all()
    alike, others = ([row for row in rows if (row.category == category) is is_its] for is_its in (True, False))
    return [*_measured(alike, place, metres=metres), *_measured(others, place, metres=metres)]


def are_near(one: Place, other: Place) -> bool:
    """Whether two reports at these places may be put together."""
    return distance.metres(one, other) <= MERGED_METRES


def cell_of(place: Place) -> int:
    """The square that the place is in."""
    return _row(place[0]) * ROW + _column(place[1])


def cells_around(place: Place, *, metres: float) -> list[int]:
    """The squares that lie within so many metres of the place, or are touched; not beyond 180° east or west."""
    latitude, longitude = place
    north = metres / _LEAST_NORTH
    east = metres / (_LEAST_EAST * max(0.01, math.cos(math.radians(abs(latitude) + north))))
    return [
        row * ROW + column
        for row in range(_row(max(-90.0, latitude - north)), _row(latitude + north) + 1)
        for column in range(_column(max(-180.0, longitude - east)), _column(longitude + east) + 1)
    ]


def hold(session: Session, place: Place, *, metres: float) -> None:
    """Let nobody else hold a place within so many metres until this transaction ends. (SQLite has one writer.)

    Of two places that are so near, each one's square is among those around the other.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_HOLD, {"cells": cells_around(place, metres=metres)})


def _row(latitude: float) -> int:
    return int((latitude + 90) * PER_DEGREE)


def _column(longitude: float) -> int:
    return int((longitude + 180) * PER_DEGREE)


def _measured(rows: Iterable[Any], place: Place, *, metres: int) -> list[Near]:
    found = ((distance.metres(place, (row.latitude, row.longitude)), row.id, row.reporter_id) for row in rows)
    return [Near(one, reporter, round(far)) for far, one, reporter in sorted(found) if far <= metres]


@cache
def _near(cells: int) -> Prepared:
    """The search in so many squares: every report that is filed passes here.

    The nearest come first, as on a plane: exact enough to choose whom to measure. (A degree to the east is ``east`` of
    one to the north.)
    """
    north = _report.latitude - bindparam("latitude", type_=_report.latitude.type)
    aside = (_report.longitude - bindparam("longitude", type_=_report.longitude.type)) * bindparam("east", type_=Float)
    return Prepared(
        select(*_ASKED)
        .where(
            _report.cell.in_([bindparam(f"cell_{at}", type_=_report.cell.type) for at in range(cells)]),
            or_(_report.status == Status.OPEN, _report.status == Status.ACCEPTED),
            _report.category == bindparam("category"),
            _report.filed_at >= bindparam("since"),
        )
        .order_by(north * north + aside * aside, _report.id)
        .limit(MOST)
    )
