"""Places that are open and where one can stay: for who is warned of heat, cold, typhoon or flood.

What is closed, full or doubtful is left out: in a storm nobody should ride there for nothing; and so is what lies where
the water comes.

They are read from the store, not from the index in memory (`services/places/index.py`): that one looks for places that
have *all* of what is wanted, full and doubtful ones, too, while here one of several facilities will do.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from math import cos, radians
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from services import worktime
from services.distance import Point, metres
from services.hours.opening import openness
from services.places.catalogue import ICON
from storage.facilities import kinds, limits, warn_limits
from storage.kinds import Language
from storage.places_kinds import PlaceState
from storage.schema import PlaceFacility, ServicePlace
from storage.warning_records import Shelter

SIDES = (0.03, 0.3)
"""Degrees of latitude to each side within which is looked; what is farther is not near."""
DEGREE = 110_000
"""Metres that a degree of latitude has at least."""

_works = select(PlaceFacility.place_id).where(
    PlaceFacility.place_id == ServicePlace.id,
    PlaceFacility.facility.in_(warn_limits().shelters),
    PlaceFacility.is_broken.is_(False),
)
_ALL = (
    select(
        ServicePlace.id,
        ServicePlace.kind,
        ServicePlace.name_zh,
        ServicePlace.name_en,
        ServicePlace.latitude,
        ServicePlace.longitude,
        ServicePlace.hours,
        ServicePlace.state,
        ServicePlace.state_until,
    )
    .where(ServicePlace.removed_at.is_(None), ServicePlace.doubts < limits().doubts, _works.exists())
    .order_by(ServicePlace.id)
)


def near(
    session: Session, point: Point, *, is_unsafe: Callable[[Point], bool] | None = None, now: datetime
) -> tuple[Shelter, ...]:
    """The nearest that are open, and not where it ``is_unsafe``, with how far each is."""
    most = warn_limits().shown
    for side in SIDES:
        opened = _open(session, session.execute(_ALL.where(*_around(point, side))), now=now)
        safe = [one for one in opened if is_unsafe is None or not is_unsafe((one.latitude, one.longitude))]
        found = _sorted(safe, point)
        sure = [one for one in found if (one.metres or 0) <= side * DEGREE]  # the corners are not seen all around
        if len(sure) >= most or side == SIDES[-1]:
            return tuple(sure[:most])
    return ()


def everywhere(session: Session, *, now: datetime) -> list[Shelter]:
    """All that are open."""
    return _open(session, session.execute(_ALL), now=now)


def _around(point: Point, side: float) -> tuple[Any, ...]:
    latitude, longitude = point
    east = side / max(cos(radians(latitude)), 0.01)
    return (
        ServicePlace.latitude.between(latitude - side, latitude + side),
        ServicePlace.longitude.between(longitude - east, longitude + east),
    )


def _open(session: Session, rows: Iterable[Row[Any]], *, now: datetime) -> list[Shelter]:
    zone, found = worktime.of(session).zone, []
    for row in rows:
        says_more = row.state_until is None or row.state_until > now
        if says_more and row.state is not PlaceState.AS_ITS_HOURS:
            continue
        hours = openness(row.hours, now=now, zone=zone)
        if hours.is_open:
            known = kinds().get(row.kind)
            names = {Language.ZH: row.name_zh, Language.EN: row.name_en}
            icon = known.icon if known is not None else ICON
            found.append(Shelter(row.id, names, icon, row.latitude, row.longitude, hours.until))
    return found


def _sorted(found: Sequence[Shelter], point: Point) -> list[Shelter]:
    away = [replace(one, metres=round(metres(point, (one.latitude, one.longitude)))) for one in found]
    return sorted(away, key=lambda one: (one.metres, one.id))
