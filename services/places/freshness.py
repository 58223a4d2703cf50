"""How far what is said of a place can be relied on."""

from datetime import datetime

from storage.facilities import limits
from storage.place_records import PlaceRecord
from storage.places_kinds import Freshness, Voice

_WHO_KNOWS = frozenset({Voice.KEEPER, Voice.OFFICER, Voice.ADMIN})
"""Whoever of these says anything of a place has looked at it, and would have said what else is not right."""
_Word = tuple[datetime | None, Voice | None]


def of(place: PlaceRecord, now: datetime) -> Freshness:
    """Whether it was said lately that it is so, and whether visitors say otherwise."""
    if place.doubts >= limits().doubts:
        return Freshness.DOUBTFUL
    last = last_word(place)
    is_fresh = last is not None and last[0] > now - limits().confirmed
    return Freshness.FRESH if is_fresh else Freshness.OLD


def last_word(place: PlaceRecord) -> tuple[datetime, Voice] | None:
    """When somebody last said that it is so, and in what capacity: all of it; who looks after it, any part."""
    known = _of_who_knows(place, (place.free_at, place.free_by))
    if place.confirmed_at is not None and place.confirmed_by is not None:
        known.append((place.confirmed_at, place.confirmed_by))
    return max(known, default=None)


def looked_since(place: PlaceRecord, then: datetime) -> bool:
    """Whether somebody has looked at it after that moment, and said what is so. Free spaces say nothing of the rest."""
    known = _of_who_knows(place, (place.confirmed_at, place.confirmed_by))
    visited = place.confirmed_at if place.confirmed_by is Voice.VISITOR else None  # to the hour
    return any(at > then for at in (*(at for at, _ in known), visited) if at is not None)


def _of_who_knows(place: PlaceRecord, more: _Word) -> list[tuple[datetime, Voice]]:
    said = [(place.state_at, place.state_by), *((one.changed_at, one.changed_by) for one in place.facilities), more]
    return [(at, by) for at, by in said if at is not None and by is not None and by in _WHO_KNOWS]
