"""Whether one may go to a place now: by its hours, and by what is said of it beyond them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from services.hours.opening import openness
from services.places.catalogue import state_at
from storage.near_places import PlaceNow
from storage.place_records import PlaceRecord
from storage.places_kinds import PlaceState


def stands(place: PlaceRecord, *, now: datetime, zone: ZoneInfo) -> PlaceNow:
    """Open, full or closed, and until when; of one that was closed until further notice nobody knows."""
    state = state_at(place, now)
    if state is not PlaceState.CLOSED:
        found = openness(place.hours, now=now, zone=zone)
        return PlaceNow(found.is_open, is_full=found.is_open and state is PlaceState.FULL, until=found.until)
    if place.state_until is None:
        return PlaceNow(False, is_closed=True)
    then = openness(place.hours, now=place.state_until, zone=zone)
    return PlaceNow(False, is_closed=True, until=place.state_until if then.is_open else then.until)
