"""Whether one may go to a place now: by its hours, and by what is said of it beyond them."""

import logging
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from services.places import hours
from services.places.catalogue import state_at
from services.places.errors import BadPlaceHours
from services.places.hours import Openness
from storage.near_places import PlaceNow
from storage.place_records import PlaceRecord
from storage.places_kinds import PlaceState

log = logging.getLogger(__name__)


def by_hours(text: str, *, now: datetime, zone: ZoneInfo) -> Openness:
    """Open or closed, by hours alone. Hours that cannot be read (nothing that is here writes such) are of a place that
    is closed: one of them must not keep anybody from finding another.
    """
    try:
        return hours.openness(text, now=now, zone=zone)
    except BadPlaceHours:
        _warn(text)
        return Openness(False, None)


@cache
def _warn(text: str) -> None:
    log.error("a place has hours that cannot be read, and counts as closed: %s", text)


def stands(place: PlaceRecord, *, now: datetime, zone: ZoneInfo) -> PlaceNow:
    """Open, full or closed, and until when; of one that was closed until further notice nobody knows."""
    state = state_at(place, now)
    if state is not PlaceState.CLOSED:
        found = by_hours(place.hours, now=now, zone=zone)
        return PlaceNow(found.is_open, is_full=found.is_open and state is PlaceState.FULL, until=found.until)
    if place.state_until is None:
        return PlaceNow(False, is_closed=True)
    then = by_hours(place.hours, now=place.state_until, zone=zone)
    return PlaceNow(False, is_closed=True, until=place.state_until if then.is_open else then.until)
