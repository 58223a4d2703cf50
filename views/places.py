"""One service place: its photos, its pin with its name, all that is known of it, and what one may do there."""

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.kinds import AttachmentKind, Language, MediaState, Stage
from storage.near_places import StationRecord, Wanted
from storage.place_records import PlacePhotoRecord, PlaceRecord
from storage.records import Me, Photo
from views import keepers, visits
from views.actions import ShowPlaces
from views.card import ALBUM_LIMIT, Button, Card, Pin
from views.format import lines, moment
from views.maps import baidu, navigate
from views.place_lines import said, title
from views.stations import rides, way
from views.texts import plain, say

TITLE = 200
"""Characters of a venue's title, and of its address, that we send: Telegram names no limit."""


def place(found: StationRecord, me: Me, *, now: datetime, zone: ZoneInfo, checked_in: datetime | None = None) -> Card:
    """All of it, to whoever it is; ``checked_in``: when he did, if he just has."""
    one = found.place
    mine = None
    if checked_in is not None:
        mine = say(me.language, "here-checked-in", when=moment(me.language, checked_in, now=now, zone=zone))
    return Card(
        text=lines(
            title(one, me),
            _what_and_how_far(found, me),
            say(me.language, "place-address", address=one.address[me.language]) if one.address[me.language] else None,
            said(found, me, now=now, zone=zone),
            say(me.language, "place-access", how=one.access[me.language]) if one.access[me.language] else None,
            say(me.language, "place-phone", phone=one.phone) if one.phone else None,
            mine,
        ),
        photos=tuple(map(_photo, found.photos[:ALBUM_LIMIT])),
        pin_leads=True,
        pin=Pin(one.latitude, one.longitude, title=one.names[me.language][:TITLE], address=_address(one, me.language)),
        rows=(
            *visits.rows(found, me, has_checked_in=checked_in is not None),
            _ways(one, me),
            *keepers.ways_to_change(found, me),
            (_back(me),),
        ),
    )


def gone(me: Me) -> Card:
    """Its poster hangs there still; others are near."""
    return Card(text=say(me.language, "error-place-gone"), rows=((_back(me),),))


def _what_and_how_far(found: StationRecord, me: Me) -> Markup:
    parts: list[str | Markup] = [found.place.kind_names[me.language]]
    if found.metres is not None:
        parts.append(way(found.metres, me))
    return Markup(" · ").join(part for part in parts if part)


def _photo(one: PlacePhotoRecord) -> Photo:
    if one.file_id is not None:
        return Photo(AttachmentKind.PHOTO, Stage.BEFORE, one.file_id)
    return Photo(AttachmentKind.IMAGE_FILE, Stage.BEFORE, "", MediaState.STORED, one.media_hash)


def _address(found: PlaceRecord, language: Language) -> str:
    """A venue must have one."""
    return (found.address[language] or found.kind_names[language])[:TITLE]


def _ways(found: PlaceRecord, me: Me) -> tuple[Button, ...]:
    """Two maps that Chinese use, else one."""
    name, on_foot = found.names[me.language], not rides(me)
    first = navigate(me.language, found.latitude, found.longitude, name, on_foot=on_foot)
    if me.language is not Language.ZH:
        return (Button(plain(me.language, "button-navigate"), url=first),)
    second = baidu(found.latitude, found.longitude, name, on_foot=on_foot)
    return (
        Button(plain(me.language, "button-amap"), url=first),
        Button(plain(me.language, "button-baidu"), url=second),
    )


def _back(me: Me) -> Button:
    return Button(plain(me.language, "button-stations-again"), ShowPlaces(0, Wanted().pack()).pack())
