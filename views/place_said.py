"""What is said of a place, a line each: `12:05 充电坏了（管理员）`, with when, and in what capacity."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.facilities import PARKING, facilities
from storage.kinds import Language
from storage.place_records import DoubtRecord, FacilityRecord, StationRecord
from storage.places_kinds import Freshness, PlaceState, Voice, Wrong
from storage.records import Me, number
from views.format import lines, moment, shorten
from views.texts import plain, say

MOST_DOUBTS = 6
"""Of what visitors say: the last so many."""


def title(found: StationRecord, me: Me) -> Markup:
    """Its icon and name."""
    place = found.place
    return Markup("{} <b>{}</b>").format(place.icon, place.names[me.language])


def facility(code: str, language: Language) -> str:
    """What it is called; one that is no longer in the county's list, by its code."""
    known = facilities().get(code)
    return known.names[language] if known is not None else code


def icon(code: str) -> str:
    """Of a facility."""
    known = facilities().get(code)
    return known.icon if known is not None else "•"


def said(found: StationRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """Whether it is open, all that was said of it, and how far that can be relied on."""
    return lines(
        _opening(found, me, now=now, zone=zone),
        *_extra(found, me, now=now, zone=zone),
        fresh(found, me, now=now, zone=zone),
    )


def fresh(found: StationRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """When all of it was last confirmed, or that it was not lately, or that visitors doubt it."""
    if found.freshness is Freshness.FRESH and found.last_word is not None:
        at, by = found.last_word
        return say(me.language, "station-fresh", **_when_who(at, by, me, now=now, zone=zone))
    return say(me.language, f"station-{found.freshness}")


def doubts(found: StationRecord, me: Me) -> Markup:
    """What visitors say is not right."""
    return lines(*(_doubt(one, me) for one in found.doubts[-MOST_DOUBTS:]))


def _opening(found: StationRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    place = found.place
    if found.state is not PlaceState.AS_ITS_HOURS and place.state_at is not None and place.state_by is not None:
        what = Markup.escape(plain(me.language, f"said-{found.state}"))
        if place.state_until is not None:
            until = moment(me.language, place.state_until, now=now, zone=zone)
            what = say(me.language, f"said-{found.state}-until", until=until)
        mark = "⛔" if found.state is PlaceState.CLOSED else "🟠"
        return Markup("{} {}").format(mark, _line(what, place.state_at, place.state_by, me, now=now, zone=zone))
    key = "station-open" if found.is_open else "station-closed"
    if found.changes_at is None:
        return say(me.language, f"{key}-always")
    return say(me.language, key, until=moment(me.language, found.changes_at, now=now, zone=zone))


def _extra(found: StationRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Iterator[Markup]:
    place = found.place
    works = [one.code for one in place.facilities if not one.is_broken]
    if works:
        names = plain(me.language, "between").join(f"{icon(code)} {facility(code, me.language)}" for code in works)
        yield say(me.language, "station-has", what=names)
    for one in place.facilities:
        if one.is_broken:
            yield _broken(one, me, now=now, zone=zone)
    if place.free_spaces is not None and place.spaces is not None and place.free_at and place.free_by:
        what = say(me.language, "said-free", free=place.free_spaces, spaces=place.spaces)
        line = _line(what, place.free_at, place.free_by, me, now=now, zone=zone)
        if place.known_free(now) is None:
            line = say(me.language, "place-free-old", spaces=place.spaces)
        yield Markup("{} {}").format(icon(PARKING), line)


def _broken(one: FacilityRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    what = say(me.language, "said-broken", facility=facility(one.code, me.language))
    if one.changed_at is not None and one.changed_by is not None:
        what = _line(what, one.changed_at, one.changed_by, me, now=now, zone=zone)
    line = Markup("{} {}").format(icon(one.code), what)
    return line if one.report_id is None else Markup("{} · {}").format(line, number(one.report_id))


def _line(what: Markup, at: datetime, by: Voice, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    return say(me.language, "said-line", what=what, **_when_who(at, by, me, now=now, zone=zone))


def _when_who(at: datetime, by: Voice, me: Me, *, now: datetime, zone: ZoneInfo) -> dict[str, Markup | str]:
    return {"when": moment(me.language, at, now=now, zone=zone), "who": plain(me.language, f"said-by-{by}")}


def _doubt(one: DoubtRecord, me: Me) -> Markup:
    if one.what in (Wrong.BROKEN, Wrong.WORKS):
        key = "said-broken" if one.what is Wrong.BROKEN else "doubt-works"
        what = say(me.language, key, facility=facility(one.facility or "", me.language))
    elif one.what is Wrong.OTHER:
        what = say(me.language, "doubt-words", words=shorten(one.words or "", most=200))
    else:
        what = say(me.language, f"doubt-{one.what}")
    return Markup("• {}").format(what)
