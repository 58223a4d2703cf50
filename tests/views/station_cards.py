"""Places as their keepers and visitors see them, in every state and with the most awkward words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

from storage.facilities import facilities
from storage.kinds import Language, Message
from storage.near_places import PlaceNow, StationRecord
from storage.place_records import DoubtRecord, FacilityRecord, KeeperRecord, PlaceRecord
from storage.places_kinds import Freshness, PlaceState, Voice, Wrong
from storage.records import Brief, Me
from tests.moment import NOW
from views import keepers, messages, places, visits
from views.card import Card

ZONE = ZoneInfo("Asia/Shanghai")
LONG = timedelta(days=400)
OF_STATIONS = (
    *(Message.PLACE_DOUBTED, Message.PLACE_SETTLED, Message.PLACE_FAULT, Message.KEEPER_LEFT, Message.STILL_RIGHT),
)


def record(words: str | None = None, **facts: Any) -> PlaceRecord:
    """A warm station that has everything, half of it broken."""
    names = dict.fromkeys(Language, (words or "Station 1")[:120])
    parts = tuple(
        FacilityRecord(code, at % 2 == 0, NOW - LONG, Voice.OFFICER, 999_999 if at % 4 == 0 else None)
        for at, code in enumerate([*facilities(), "sauna"])
    )
    usual: dict[str, Any] = {
        "id": 128,
        "code": "S-128",
        "kind": "station",
        "kind_names": names,
        "icon": "🏠",
        "names": names,
        "latitude": 25.4,
        "longitude": 114.36,
        "address": dict.fromkeys(Language, (words or "府前街1号")[:200]),
        "access": dict.fromkeys(Language, (words or "From the yard")[:300]),
        "hours": "Mo-Fr 08:30-18:00; Sa,Su off; PH off",
        "phone": "199-0003-0001",
        "spaces": 64,
        "free_spaces": 3,
        "free_at": NOW - LONG,
        "free_by": Voice.KEEPER,
        "state": PlaceState.AS_ITS_HOURS,
        "state_until": None,
        "state_at": None,
        "state_by": None,
        "confirmed_at": NOW - LONG,
        "confirmed_by": Voice.VISITOR,
        "doubts": 0,
        "facilities": parts,
        "version": 7,
    }
    return PlaceRecord(**usual | facts)


def station(words: str | None = None, **facts: Any) -> StationRecord:
    """That place just now, as its keeper sees it."""
    doubts = tuple(DoubtRecord(what, "water", (words or "cold")[:200]) for what in Wrong) * 3
    usual: dict[str, Any] = {
        "place": record(words),
        "now": PlaceNow(True, until=NOW + LONG),
        "metres": 1234.5,
        "reopens_at": NOW + LONG,
        "freshness": Freshness.DOUBTFUL,
        "last_word": (NOW - LONG, Voice.KEEPER),
        "doubts": doubts,
        "voice": Voice.KEEPER,
    }
    return StationRecord(**usual | facts)


def in_each_state(words: str | None = None) -> Iterator[StationRecord]:
    """Open and closed, by its hours and by what was said; fresh, old and doubtful; to whomever."""
    for state, until, by in product(PlaceState, (None, NOW + LONG), Voice):
        said = {"state": state, "state_at": NOW - LONG, "state_by": by, "state_until": until}
        is_full = state is PlaceState.FULL
        now = PlaceNow(is_full, is_full=is_full, is_closed=state is PlaceState.CLOSED, until=until)
        yield station(words, now=now, place=record(words, **said))
    for is_open, ends, fresh, voice in product((True, False), (None, NOW + LONG), Freshness, (None, *Voice)):
        yield station(words, now=PlaceNow(is_open, until=ends), reopens_at=ends, freshness=fresh, voice=voice)
    yield station(words, place=record(words, facilities=(), spaces=None, access=dict.fromkeys(Language, "")))


def station_cards(to: Me, words: str | None) -> Iterator[tuple[str, Card]]:
    """Every card, and every message of the outbox."""
    at: Any = {"now": NOW, "zone": ZONE}
    for one in in_each_state(words):
        named = f"{one.now} {one.freshness} {one.voice}"
        yield f"station {named}", keepers.station(one, to, **at)
        yield f"answered {named}", keepers.answered(one, to, **at)
        yield f"here {named}", places.place(one, to, **at)
        yield f"checked in {named}", places.place(one, to, **at, checked_in=NOW)
        yield f"still right? {named}", visits.ask_still_right(one, to, 9, **at)
        for message in OF_STATIONS:
            facts = {"station": 128, "edits": 5, "facility": "water", "fault": 999_999, "visit": 9}
            shown = messages.render(Brief(to, message, facts, station=one), **at)
            if shown is not None:
                yield f"{message} {named}", shown
    one, place = station(words), record(words)
    for mine in ((), (place,) * 3):
        yield "my stations", keepers.choose(mine, to)
    for reopens in (None, NOW + LONG):
        yield "closed until?", keepers.ask_closed(replace(one, reopens_at=reopens), to, **at)
    yield "what is broken?", keepers.ask_facilities(one, to)
    for spaces in (1, 7, 20, 21, 64, 2_000):
        yield "how many are free?", keepers.ask_free(station(place=record(words, spaces=spaces)), to)
    for many in (0, 3):
        them = [KeeperRecord(number, (words or "Li")[:200]) for number in range(many)]
        yield "keepers", keepers.keepers(them, to, place_id=128, names=place.names)
    yield "keeper of which?", keepers.ask_place(to)
    for are_more in (True, False):
        yield "which of these?", keepers.choose_place(to, (place,) * 8, are_more=are_more)
    yield "a link", keepers.invited(place.names, to, url="https://t.me/bot?start=x", until=NOW + LONG, **at)
    yield "what is broken here?", visits.ask_fault(one, to)
    yield "known", visits.known_fault(one, to, "water", 999_999)
    for key in ("ask-fault-photo", "fault-words-kept", "fault-no-picture"):
        yield key, visits.ask_photo(to, 128, "water", key=key, files_after=timedelta(minutes=10))
    for is_new in (True, False):
        yield "reported", visits.fault_taken(to, 1, "water", 999_999, is_new=is_new)
        yield "thanks", visits.answered(to, is_right=is_new)
    yield "what is wrong?", visits.ask_wrong(one, to, 9, **at)
    for now in (PlaceNow(True, is_full=True), PlaceNow(False, is_closed=True)):
        yield f"what is wrong, if {now}?", visits.ask_wrong(station(words, now=now), to, 9, **at)
    for works in (True, False):
        yield "what of it is broken?", visits.ask_wrong_facility(one, to, 9, works=works)
    yield "in words?", visits.ask_words(to)
