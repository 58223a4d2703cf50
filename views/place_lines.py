"""What is said of a service place, a line each: open until when, how fresh that is, what is free, broken."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.facilities import PARKING, facilities
from storage.kinds import Language
from storage.near_places import ROUND_THE_CLOCK, NearPlace
from storage.place_records import FacilityRecord, PlaceRecord
from storage.places_kinds import Freshness, PlaceState, Voice
from storage.records import Me
from views.format import moment
from views.texts import plain, say

_DAY = re.compile(r"\b(Mo|Tu|We|Th|Fr|Sa|Su|PH|WD|off)\b")
_DATE = re.compile(r"\b(\d{4}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{1,2})\b")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def opens(one: NearPlace, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """Open, full or closed, and until when."""
    until = moment(me.language, one.now.until, now=now, zone=zone) if one.now.until is not None else None
    if one.now.is_full:
        return _said(one, me, now=now, zone=zone)
    if one.now.is_open:
        if until is None:
            return say(me.language, "place-always" if one.place.hours == ROUND_THE_CLOCK else "place-open")
        return say(me.language, "place-open-until", at=until)
    return say(me.language, "place-closed-until", at=until) if until is not None else say(me.language, "place-closed")


def _said(one: NearPlace, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """That it is full, by whom and when."""
    place = one.place
    if place.state_at is None or place.state_by is None:
        return say(me.language, "place-full")
    at = moment(me.language, place.state_at, now=now, zone=zone)
    return say(me.language, "place-full-said", at=at, by=voice(place.state_by, me.language))


def beyond_hours(one: NearPlace, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup | None:
    """Who said that it is closed although its hours may say otherwise."""
    place = one.place
    holds = place.state_until is None or now < place.state_until
    if place.state is not PlaceState.CLOSED or not holds or place.state_at is None or place.state_by is None:
        return None
    at = moment(me.language, place.state_at, now=now, zone=zone)
    return say(me.language, "place-closed-said", at=at, by=voice(place.state_by, me.language))


def confirmed(one: NearPlace, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """How fresh it is."""
    if one.freshness is Freshness.DOUBTFUL:
        return say(me.language, "place-doubtful")
    if one.freshness is Freshness.OLD:
        return say(me.language, "place-old")
    if one.last_word is None:
        return say(me.language, "place-confirmed")
    at, by = one.last_word
    when = moment(me.language, at, now=now, zone=zone)
    return say(me.language, "place-confirmed-by", at=when, by=voice(by, me.language))


def free(place: PlaceRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup | None:
    """Parking spaces: how many, how many are free, and who said so when."""
    if not any(one.code == PARKING for one in place.facilities) or place.spaces is None:
        return None
    if place.free_spaces is None or place.free_at is None or place.free_by is None:
        return say(me.language, "place-spaces", spaces=place.spaces)
    if place.known_free(now) is None:
        return say(me.language, "place-free-old", spaces=place.spaces)
    at = moment(me.language, place.free_at, now=now, zone=zone)
    facts = {"free": place.free_spaces, "spaces": place.spaces, "at": at}
    return say(me.language, "place-free", **facts, by=voice(place.free_by, me.language))


def broken(one: FacilityRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """That this does not work, and who said so when."""
    name = named(one.code, me.language)
    if one.changed_at is None or one.changed_by is None:
        return say(me.language, "place-broken", what=name)
    at = moment(me.language, one.changed_at, now=now, zone=zone)
    return say(me.language, "place-broken-said", what=name, at=at, by=voice(one.changed_by, me.language))


def named(code: str, language: Language) -> str:
    """A facility with its icon; one that the file does not have any more, by its code."""
    known = facilities().get(code)
    return f"{known.icon} {known.names[language]}" if known is not None else code


def voice(by: Voice, language: Language) -> str:
    """In what capacity somebody said it."""
    return plain(language, f"voice-{by}")


def hours(text: str, language: Language) -> str:
    """Hours as they are kept (`services/places/hours.py`), as people read them."""

    def day(found: re.Match[str]) -> str:
        return plain(language, f"hours-{found[0].lower()}")

    def date(found: re.Match[str]) -> str:
        month = plain(language, f"month-{_MONTHS.index(found[2]) + 1}")
        return plain(language, "time-day", day=int(found[3]), month=month, year=found[1])

    words = _DAY.sub(day, _DATE.sub(date, text))
    return words.replace("-", "–").replace("; ", plain(language, "hours-then"))
