"""Service places near somebody, in every state and with the most awkward words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from storage.facilities import facilities, kinds
from storage.kinds import Language
from storage.near_places import Answered, NearPlace, NearPlaces, PlaceNow, StationRecord, Wanted
from storage.place_records import FacilityRecord, KindRecord, PlacePhotoRecord
from storage.places_kinds import Freshness, PlaceState, Voice
from storage.records import Me
from tests.moment import NOW
from tests.places_made import record
from views import places, stations
from views.card import Card

ZONE = ZoneInfo("Asia/Shanghai")
KINDS = tuple(KindRecord(kind.code, kind.names, kind.icon) for kind in kinds().values())
LATER = NOW + timedelta(hours=8)
HOURS = "Mo-Fr 08:30-12:00,14:00-18:00; Sa,Su off; WD 09:00-17:00; PH off; 2026 Feb 16-2026 Feb 23 off"


def near(words: str | None = None, *, number: int = 1, **said: Any) -> StationRecord:
    """A place with everything, one thing of it broken."""
    names = dict.fromkeys(Language, (words or f"Station {number}")[:120])
    has = (
        FacilityRecord("water", is_broken=True, changed_at=NOW, changed_by=Voice.ADMIN),
        *(FacilityRecord(code) for code in facilities() if code != "water"),
    )
    usual: dict[str, Any] = {
        "names": names,
        "address": dict.fromkeys(Language, (words or "府前街1号")[:200]),
        "access": dict.fromkeys(Language, (words or "刷卡")[:300]),
        "phone": (words or "199-0003-0001")[:40],
        "hours": HOURS,
        "facilities": has,
        "spaces": 10,
        "free_spaces": 3,
        "free_at": NOW,
        "free_by": Voice.KEEPER,
        "has_photo": True,
    }
    last = (NOW - timedelta(hours=3), Voice.KEEPER)
    photos = PlacePhotoRecord("photo-of-it", None), PlacePhotoRecord(None, "a1" * 32)
    now = PlaceNow(True, until=LATER)
    return StationRecord(record(number, **usual | said), now, Freshness.FRESH, last, 1234.5, photos=photos)


def found(*those: NearPlace, **said: Any) -> NearPlaces:
    """A page of places."""
    usual: dict[str, Any] = {
        "places": those,
        "answered": Answered.FOUND,
        "wanted": Wanted(),
        "kinds": KINDS,
        "page": 0,
        "has_more": False,
        "seen_at": NOW,
    }
    return NearPlaces(**usual | said)


def in_each_state(words: str | None = None) -> Iterator[StationRecord]:
    """Open, full, closed, by hours and by what was said; fresh, old and doubtful; with little and with all."""
    one = near(words)
    yield one
    yield replace(one, now=PlaceNow(True), place=replace(one.place, hours="24/7"))
    yield replace(one, now=PlaceNow(True), last_word=None)
    yield replace(one, now=PlaceNow(True, is_full=True, until=LATER))
    said = replace(one.place, state=PlaceState.FULL, state_at=NOW, state_by=Voice.KEEPER)
    yield replace(one, now=PlaceNow(True, is_full=True), place=said, freshness=Freshness.DOUBTFUL)
    closed = replace(said, state=PlaceState.CLOSED)
    yield replace(one, now=PlaceNow(False, is_closed=True), place=closed, freshness=Freshness.OLD)
    yield replace(one, now=PlaceNow(False, until=LATER), place=replace(closed, state_until=NOW), metres=None)
    nothing = dict.fromkeys(Language, "")
    bare = replace(one.place, facilities=(), spaces=None, address=nothing, phone="", access=nothing)
    yield replace(one, place=bare)
    yield replace(one, place=replace(one.place, free_at=NOW - timedelta(hours=2)))
    unsaid = (FacilityRecord("toilet", is_broken=True), FacilityRecord("parking"), FacilityRecord("gone"))
    yield replace(one, place=replace(one.place, facilities=unsaid, free_spaces=None))


def near_cards(to: Me, words: str | None) -> Iterator[tuple[str, Card]]:
    """Every card of places that a handler shows."""
    at: Any = {"now": NOW, "zone": ZONE}
    everything = Wanted(frozenset(kinds()), frozenset(facilities()), is_open=False, is_all_day=True)
    five = tuple(replace(near(words, number=number), metres=10.0**number) for number in range(1, 6))
    for wanted in (Wanted(), everything):
        for page in (0, 1):
            yield "stations", stations.page(found(*five, wanted=wanted, page=page, has_more=True), to, **at)
        yield "what do you need?", stations.choose(found(wanted=wanted), to)
        for answered in Answered:
            yield f"stations {answered}", stations.page(found(answered=answered, wanted=wanted), to, **at)
    yield "where are you?", stations.ask_place(to)
    for one in in_each_state(words):
        yield "a station of the list", stations.page(found(one), to, **at)
        yield "a station", places.place(one, to, **at)
