"""One place just now, as who looks after it sees it, or a visitor."""

from datetime import datetime

from sqlalchemy.orm import Session

from services import whereabouts, worktime
from services.places import catalogue, doubts, freshness, keepers, states
from services.places.errors import PlaceGone
from services.places.nearest import metres
from services.places.standing import stands
from storage.near_places import StationRecord
from storage.place_records import PlaceRecord
from storage.schema import ServicePlace


def station(session: Session, *, person_id: int, place_id: int, now: datetime) -> StationRecord:
    """All that is to be said of it, with how far it is if that is known; doubts are for those who look after it.

    Raises:
        PlaceGone: it is not there any more.
    """
    place = catalogue.read(session, place_id)
    voice = keepers.voice_of(session, person_id=person_id, place_id=place_id)
    zone = worktime.of(session).zone
    last = whereabouts.last(session, person_id=person_id)
    return StationRecord(
        place=place,
        now=stands(place, now=now, zone=zone),
        freshness=freshness.of(place, now),
        last_word=freshness.last_word(place),
        metres=metres(last[0], place.point) if last is not None else None,
        photos=catalogue.photos_of(session, place_id) if place.has_photo else (),
        reopens_at=states.reopens(place.hours, now=now, zone=zone),
        doubts=doubts.of(session, place_id) if voice is not None and place.doubts else (),
        voice=voice,
    )


def station_of(session: Session, *, person_id: int, place_id: int, now: datetime) -> StationRecord:
    """The same, for who may say what is true of it.

    Raises:
        PlaceGone, NotKeeper: as `keepers.require` says.
    """
    keepers.require(session, person_id=person_id, place_id=place_id)
    return station(session, person_id=person_id, place_id=place_id, now=now)


def mine(session: Session, *, person_id: int) -> list[PlaceRecord]:
    """The places that somebody looks after."""
    return catalogue.records(session, ServicePlace.id.in_(keepers.kept_by(session, person_id=person_id)))


def opened(carried: str) -> int:
    """The number of the place whose link was opened, or whose code was scanned.

    Raises:
        PlaceGone: it is none.
    """
    number = carried.removeprefix(LINK)
    if not (number.isascii() and number.isdigit() and len(number) <= 9):
        raise PlaceGone
    return int(number)


def link_of(place_id: int) -> str:
    """What the link of a place carries."""
    return f"{LINK}{place_id}"


LINK = "p_"
"""What the link of a place begins with; its number follows."""
