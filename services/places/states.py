"""What who looks after a place says is true of it now. Each word is kept with when and in what capacity it was said.

Whoever says that a place is open, closed or full, or that something is broken or works, has looked: that ends doubts,
and counts as fresh (`services/places/freshness.py`). Free spaces change all day and say nothing of the rest.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlalchemy.orm import Session

from services import worktime
from services.hours.opening import openness
from services.places import catalogue, doubts, keepers
from services.places.errors import BadSpaces
from storage.facilities import limits
from storage.places_kinds import ClosedUntil, PlaceState, Voice
from storage.schema import PlaceFault, ServicePlace


def say_state(
    session: Session,
    *,
    person_id: int,
    place_id: int,
    state: PlaceState,
    until: ClosedUntil = ClosedUntil.SAID,
    now: datetime,
) -> None:
    """It is open as its hours say, closed (``until`` when), or full.

    Raises:
        PlaceGone, NotKeeper: as `keepers.require` says.
    """
    place, voice = _begin(session, person_id=person_id, place_id=place_id)
    place.state, place.state_at, place.state_by = state, now, voice
    place.state_until = _until(place, state, until, now=now, zone=worktime.of(session).zone)
    doubts.end(session, place, now=now)
    catalogue.touch(session, place)


def say_facility(session: Session, *, person_id: int, place_id: int, facility: str, works: bool, now: datetime) -> None:
    """Something is broken, or works again: then the place shows no report of it any more, which goes on by itself.

    Raises:
        PlaceGone, NotKeeper: as `keepers.require` says.
        NoSuchFacility: the place has no such thing.
    """
    place, voice = _begin(session, person_id=person_id, place_id=place_id)
    one = catalogue.require_facility(session, place_id, facility)
    one.is_broken, one.changed_at, one.changed_by = not works, now, voice
    if works:
        its = PlaceFault.place_id == place_id, PlaceFault.facility == facility, PlaceFault.fixed_at.is_(None)
        session.execute(update(PlaceFault).where(*its).values(fixed_at=now))
    doubts.end(session, place, now=now)
    catalogue.touch(session, place)


def say_free(session: Session, *, person_id: int, place_id: int, free: int, now: datetime) -> None:
    """So many spaces for parking are free.

    Raises:
        PlaceGone, NotKeeper: as `keepers.require` says.
        BadSpaces: there are not so many; ``most`` says how many.
    """
    place, voice = _begin(session, person_id=person_id, place_id=place_id)
    if place.spaces is None or not 0 <= free <= place.spaces:
        raise BadSpaces(most=place.spaces or 0)
    place.free_spaces, place.free_at, place.free_by = free, now, voice
    catalogue.touch(session, place)


def all_right(session: Session, *, person_id: int, place_id: int, now: datetime) -> None:
    """All of it is as it is shown.

    Raises:
        PlaceGone, NotKeeper: as `keepers.require` says.
    """
    place, voice = _begin(session, person_id=person_id, place_id=place_id)
    doubts.end(session, place, now=now)
    catalogue.confirm(place, by=voice, now=now)
    catalogue.touch(session, place)


def reopens(hours: str, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When a place with these hours next opens, if it were closed now; None: it never closes, or never opens."""
    at = openness(hours, now=now, zone=zone)
    if not at.is_open or at.until is None:
        return None if at.is_open else at.until
    return openness(hours, now=at.until, zone=zone).until


def _begin(session: Session, *, person_id: int, place_id: int) -> tuple[ServicePlace, Voice]:
    place = catalogue.lock(session, place_id)
    return place, keepers.require(session, person_id=person_id, place_id=place_id)


def _until(
    place: ServicePlace, state: PlaceState, until: ClosedUntil, *, now: datetime, zone: ZoneInfo
) -> datetime | None:
    if state is PlaceState.FULL:
        return now + limits().full
    if state is PlaceState.AS_ITS_HOURS or until is ClosedUntil.SAID:
        return None
    if until is ClosedUntil.HOURS:
        return reopens(place.hours, now=now, zone=zone)
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone).astimezone(UTC)
