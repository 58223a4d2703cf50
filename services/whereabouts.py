"""Where somebody looks from: for shops and for service places. Only the last place is kept."""

from datetime import datetime

from sqlalchemy.orm import Session

from services import county
from services.distance import Point
from storage.schema import LastPlace


def note(session: Session, *, person_id: int, point: Point, now: datetime) -> None:
    """Where somebody is, until he says another place.

    Raises:
        BadPlace: that is no place on Earth.
    """
    county.check_place(*point)
    here = session.get(LastPlace, person_id) or LastPlace(person_id=person_id)
    here.latitude, here.longitude, here.at = *point, now
    session.add(here)
    session.flush()


def last(session: Session, *, person_id: int) -> tuple[Point, datetime] | None:
    """Where somebody said that he is, and when."""
    here = session.get(LastPlace, person_id)
    return None if here is None else ((here.latitude, here.longitude), here.at)
