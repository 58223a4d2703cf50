"""Service places and riders who were somewhere, for tests of what is told to many."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.places import catalogue
from storage.places_kinds import PlaceState
from storage.schema import LastPlace, PlaceFacility, ServicePlace
from tests.moment import NOW
from tests.services.scene import Here


def add_place(
    session: Session,
    *,
    code: str,
    at: Here,
    name: str | None = None,
    name_en: str | None = None,
    hours: str = "24/7",
    facilities: tuple[str, ...] = ("rest", "water"),
    broken: tuple[str, ...] = (),
    state: PlaceState = PlaceState.AS_ITS_HOURS,
    state_until: datetime | None = None,
    doubts: int = 0,
    kind: str = "station",
) -> int:
    """A place; its id."""
    place = ServicePlace(
        code=code,
        kind=kind,
        name_zh=name or f"驿站{code}",
        name_en=name_en if name_en is not None else f"Station {code}",
        latitude=at[0],
        longitude=at[1],
        address="",
        hours=hours,
        state=state,
        state_until=state_until,
        doubts=doubts,
        added_at=NOW,
        version=0,
    )
    session.add(place)
    session.flush()
    for one in facilities:
        session.add(PlaceFacility(place_id=place.id, facility=one, is_broken=one in broken))
    catalogue.touch(session, place)
    return place.id


def was_at(session: Session, *, person_id: int, at: Here, when: datetime = NOW) -> None:
    """Somebody said where he is."""
    session.add(LastPlace(person_id=person_id, latitude=at[0], longitude=at[1], at=when))
