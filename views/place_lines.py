"""What is said of a service place, a line each: open until when, what works, how fresh that is, and who said so."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.facilities import PARKING, facilities
from storage.kinds import Language
from storage.near_places import ROUND_THE_CLOCK, NearPlace, StationRecord
from storage.place_records import DoubtRecord, FacilityRecord, PlaceRecord
from storage.places_kinds import Freshness, Voice, Wrong
from storage.records import Me, number
from views.format import lines, moment, open_until, shorten
from views.hours import in_words
from views.texts import plain, say

NO_BREAK = "\u00a0"
MOST_DOUBTS = 6
"""Of what visitors say: the last so many."""


def title(place: PlaceRecord, me: Me) -> Markup:
    """Its icon and name."""
    return Markup("{} <b>{}</b>").format(place.icon, place.names[me.language])


def said(one: NearPlace, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """All of it: open or not, what is there, and how far that can be relied on, which the first line may have said."""
    return lines(
        opens(one, me, now=now, zone=zone),
        *_has(one.place, me, now=now, zone=zone),
        None if says_who_last(one) else confirmed(one, me, now=now, zone=zone),
    )


def opens(one: NearPlace, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """Open, full or closed, and until when; who said so, where its hours do not."""
    place, ends = one.place, one.now.until
    if _is_said(one) and place.state_at is not None and place.state_by is not None:
        key = "place-full-said" if one.now.is_full else "place-closed-said"
        ends = place.state_until if one.now.is_full else ends
        return _until(key, ends, me, now=now, zone=zone, **_when_who(place.state_at, place.state_by, me, now, zone))
    if one.now.is_open and ends is None and place.hours == ROUND_THE_CLOCK:
        return say(me.language, "place-always")
    if one.now.is_open and ends is not None:
        return say(me.language, "place-open-until", until=open_until(me.language, ends, now=now, zone=zone))
    return _until("place-open" if one.now.is_open else "place-closed", ends, me, now=now, zone=zone)


def says_who_last(one: NearPlace) -> bool:
    """Whether `opens` names already who said the last word of the place, and when."""
    said_by = (one.place.state_at, one.place.state_by)
    return _is_said(one) and one.freshness is Freshness.FRESH and one.last_word == said_by


def confirmed(one: NearPlace, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """When all of it was last confirmed; or that it was not lately, or that visitors doubt it."""
    if one.freshness is not Freshness.FRESH:
        return say(me.language, "place-doubtful" if one.freshness is Freshness.DOUBTFUL else "place-old")
    if one.last_word is None:
        return say(me.language, "place-confirmed")
    return say(me.language, "place-confirmed-by", **_when_who(*one.last_word, me, now, zone))


def free(place: PlaceRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup | None:
    """Parking spaces: how many, how many are free, and who said so when."""
    if not any(one.code == PARKING for one in place.facilities) or place.spaces is None:
        return None
    if place.free_spaces is None or place.free_at is None or place.free_by is None:
        return say(me.language, "place-spaces", spaces=place.spaces)
    if place.known_free(now) is None:
        return say(me.language, "place-free-old", spaces=place.spaces)
    facts = {"free": place.free_spaces, "spaces": place.spaces}
    return say(me.language, "place-free", **facts, **_when_who(place.free_at, place.free_by, me, now, zone))


def doubts(found: StationRecord, me: Me) -> Markup:
    """What visitors say is not right."""
    return lines(*(_doubt(one, me) for one in found.doubts[-MOST_DOUBTS:]))


def facility(code: str, language: Language) -> str:
    """What it is called; one that the file does not have any more, by its code."""
    known = facilities().get(code)
    return known.names[language] if known is not None else code


def named(code: str, language: Language) -> str:
    """The same with its icon."""
    known = facilities().get(code)
    return f"{known.icon} {known.names[language]}" if known is not None else code


def _is_said(one: NearPlace) -> bool:
    """Whether somebody's word, not its hours, says that it is full or closed."""
    return one.now.is_full or one.now.is_closed


def _has(place: PlaceRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Iterator[Markup | None]:
    """Its hours (that it never closes is said already), what works, what does not, what is free."""
    if place.hours != ROUND_THE_CLOCK:
        yield say(me.language, "place-hours", hours=in_words(me.language, place.hours))
    works = [named(one.code, me.language) for one in place.facilities if not one.is_broken]
    works = [name.replace(" ", NO_BREAK, 1) for name in works]  # no line ends behind an icon
    yield say(me.language, "place-has", what=" · ".join(works)) if works else None
    for one in place.facilities:
        if one.is_broken:
            yield _broken(one, me, now, zone)
    spaces = free(place, me, now=now, zone=zone)
    yield Markup("🅿️ {}").format(spaces) if spaces is not None else None


def _broken(one: FacilityRecord, me: Me, now: datetime, zone: ZoneInfo) -> Markup:
    name = named(one.code, me.language)
    if one.changed_at is None or one.changed_by is None:
        line = say(me.language, "place-broken", what=name)
    else:
        who = _when_who(one.changed_at, one.changed_by, me, now, zone)
        line = say(me.language, "place-broken-said", what=name, **who)
    return line if one.report_id is None else Markup("{} · {}").format(line, number(one.report_id))


def _until(key: str, ends: datetime | None, me: Me, *, now: datetime, zone: ZoneInfo, **facts: str | Markup) -> Markup:
    if ends is None:
        return say(me.language, key, **facts)
    return say(me.language, f"{key}-until", until=moment(me.language, ends, now=now, zone=zone), **facts)


def _when_who(at: datetime, by: Voice, me: Me, now: datetime, zone: ZoneInfo) -> dict[str, str | Markup]:
    return {"at": moment(me.language, at, now=now, zone=zone), "by": plain(me.language, f"voice-{by}")}


def _doubt(one: DoubtRecord, me: Me) -> Markup:
    if one.what in (Wrong.BROKEN, Wrong.WORKS):
        what = say(me.language, f"doubt-{one.what}", facility=facility(one.facility or "", me.language))
    elif one.what is Wrong.OTHER:
        what = say(me.language, "doubt-words", words=shorten(one.words or "", most=200))
    else:
        what = say(me.language, f"doubt-{one.what}")
    return Markup("• {}").format(what)
