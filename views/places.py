"""One service place: its photo, its pin with its name, and all that is known of it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.kinds import AttachmentKind, Language, Stage
from storage.near_places import ROUND_THE_CLOCK, NearPlace, Wanted
from storage.place_records import PlaceRecord
from storage.records import Me, Photo
from views.actions import ShowPlaces
from views.card import Button, Card, Pin, Rows
from views.format import lines
from views.maps import baidu, navigate
from views.place_lines import beyond_hours, broken, confirmed, free, hours, named, opens
from views.stations import way
from views.texts import plain, say

TITLE = 200
"""Characters of a venue's title, and of its address, that we send: Telegram names no limit."""


def place(one: NearPlace, me: Me, *, now: datetime, zone: ZoneInfo, more: Rows = ()) -> Card:
    """All of it. ``more``: rows of further buttons, by what the person may do there."""
    found = one.place
    name = found.names[me.language]
    photos = (Photo(AttachmentKind.PHOTO, Stage.BEFORE, found.photo),) if found.photo is not None else ()
    return Card(
        text=lines(
            Markup("{} <b>{}</b>").format(found.icon, name),
            _what_and_where(one, me),
            opens(one, me, now=now, zone=zone),
            beyond_hours(one, me, now=now, zone=zone),
            _hours(found, me),
            _works(found, me),
            *(broken(fault, me, now=now, zone=zone) for fault in found.facilities if fault.is_broken),
            free(found, me, now=now, zone=zone),
            say(me.language, "place-access", how=found.access[me.language]) if found.access[me.language] else None,
            say(me.language, "place-phone", phone=found.phone) if found.phone else None,
            confirmed(one, me, now=now, zone=zone),
        ),
        photos=photos,
        pin=Pin(found.latitude, found.longitude, title=name[:TITLE], address=_address(found, me.language)),
        rows=(_ways(found, me), *more, (_back(me),)),
    )


def _what_and_where(one: NearPlace, me: Me) -> Markup:
    parts: list[str | Markup] = [one.place.kind_names[me.language]]
    if one.metres is not None:
        parts.append(way(one.metres, me))
    parts.append(one.place.address)
    return Markup(" · ").join(part for part in parts if part)


def _hours(found: PlaceRecord, me: Me) -> Markup | None:
    """All of them; that it never closes is said already."""
    if found.hours == ROUND_THE_CLOCK:
        return None
    return say(me.language, "place-hours", hours=hours(found.hours, me.language))


def _address(found: PlaceRecord, language: Language) -> str:
    """A venue must have one."""
    return (found.address or found.kind_names[language])[:TITLE]


def _works(found: PlaceRecord, me: Me) -> Markup | None:
    there = [named(one.code, me.language) for one in found.facilities if not one.is_broken]
    return say(me.language, "place-has", what=" · ".join(there)) if there else None


def _ways(found: PlaceRecord, me: Me) -> tuple[Button, ...]:
    """Two maps that Chinese use, else one."""
    name = found.names[me.language]
    first = navigate(me.language, found.latitude, found.longitude, name)
    if me.language is not Language.ZH:
        return (Button(plain(me.language, "button-navigate"), url=first),)
    second = baidu(found.latitude, found.longitude, name, found.address)
    return (
        Button(plain(me.language, "button-amap"), url=first),
        Button(plain(me.language, "button-baidu"), url=second),
    )


def _back(me: Me) -> Button:
    return Button(plain(me.language, "button-stations-again"), ShowPlaces(0, Wanted().pack()).pack())
