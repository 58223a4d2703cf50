"""Where somebody was last: he looked for shops or places from there, shared a live location, or reported from there.

Only the last place is kept, and no longer than warnings ask for it (`forget`).
"""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from services import county
from services.distance import Point
from storage.facilities import warn_limits
from storage.prepared import Prepared
from storage.schema import LastPlace

_c = LastPlace.__table__.c
_HERE = {name: bindparam(f"new_{name}", type_=_c[name].type) for name in ("latitude", "longitude", "at")}
_ON_SQLITE, _ON_POSTGRESQL = (
    insert(LastPlace.__table__)  # type: ignore[arg-type]
    .values(person_id=bindparam("person"), **_HERE)
    .on_conflict_do_update(index_elements=["person_id"], set_=_HERE)
    for insert in (sqlite.insert, postgresql.insert)
)
_NOTE = Prepared(_ON_SQLITE, postgresql=_ON_POSTGRESQL)
_LAST = Prepared(select(_c.latitude, _c.longitude, _c.at).where(_c.person_id == bindparam("person")))


def note(session: Session, *, person_id: int, point: Point, now: datetime) -> None:
    """Where somebody is, until he says another place.

    Raises:
        BadPlace: that is no place on Earth.
    """
    county.check_place(*point)
    _NOTE.run(session, person=person_id, new_latitude=point[0], new_longitude=point[1], new_at=now)


def last(session: Session, *, person_id: int) -> tuple[Point, datetime] | None:
    """Where somebody said that he is, and when."""
    row = _LAST.first(session, person=person_id)
    return None if row is None else ((row.latitude, row.longitude), row.at)


def forget(session: Session, *, now: datetime) -> int:
    """Forget where people were a day ago; return of how many: a job of the clock."""
    old = delete(LastPlace).where(LastPlace.at <= now - warn_limits().seen)
    return cast("CursorResult[Any]", session.execute(old)).rowcount
