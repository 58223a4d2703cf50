"""How far what is said of a place can be relied on."""

from datetime import datetime

from storage.facilities import limits
from storage.place_records import PlaceRecord
from storage.places_kinds import Freshness, Voice

_WHO_KNOWS = frozenset({Voice.KEEPER, Voice.OFFICER, Voice.ADMIN})
"""Whoever of these says anything of a place has looked at it, and would have said what else is not right."""


def of(place: PlaceRecord, now: datetime) -> Freshness:
    """Whether it was said lately that it is so, and whether visitors say otherwise."""
    if place.doubts >= limits().doubts:
        return Freshness.DOUBTFUL
    last = last_word(place)
    is_fresh = last is not None and last[0] > now - limits().confirmed
    return Freshness.FRESH if is_fresh else Freshness.OLD


def last_word(place: PlaceRecord) -> tuple[datetime, Voice] | None:
    """When somebody last said that it is so, and in what capacity: all of it; who looks after it, any part."""
    said = [
        (place.state_at, place.state_by),
        (place.free_at, place.free_by),
        *((one.changed_at, one.changed_by) for one in place.facilities),
    ]
    known = [(at, by) for at, by in said if at is not None and by in _WHO_KNOWS]
    if place.confirmed_at is not None and place.confirmed_by is not None:
        known.append((place.confirmed_at, place.confirmed_by))
    return max(((at, by) for at, by in known if by is not None), default=None)
