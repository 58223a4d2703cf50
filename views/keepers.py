"""A place in the hands of who looks after it: what is true now, with two taps each, and who else looks after it."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.facilities import can_break
from storage.kinds import Language
from storage.near_places import StationRecord
from storage.place_records import FacilityRecord, KeeperRecord, NamedPlace, Names, PlaceRecord
from storage.places_kinds import ClosedUntil, Freshness, PlaceState, Voice
from storage.records import Brief, Me, number
from views import menu
from views.actions import (
    AllRight,
    AskClosed,
    AskFacilities,
    AskFree,
    ChangeStation,
    EditPlace,
    GetPoster,
    InviteKeeper,
    OpenStation,
    RemoveKeeper,
    SayFacility,
    SayFree,
    SayState,
    SettleDoubt,
    ShowKeepers,
)
from views.card import Button, Card, Rows, in_rows
from views.format import is_night, lines, moment, on_button
from views.people import cancel
from views.place_lines import doubts, facility, said, title
from views.texts import plain, say

MOST_PLACES = 60
"""Buttons that choose a place."""
EACH = 20
"""Up to so many spaces each number has a button; above, every fifth."""
MOST_NUMBERS = 90


def choose(places: Sequence[PlaceRecord], me: Me) -> Card:
    """Which of the places that he looks after?"""
    rows = tuple(
        (Button(on_button(f"{one.icon} {one.names[me.language]}"), OpenStation(one.id).pack()),)
        for one in places[:MOST_PLACES]
    )
    return Card(text=say(me.language, "stations-mine" if places else "stations-none"), rows=rows)


def station(found: StationRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """All that is said of it, and what he may say."""
    text = lines(title(found.place, me), said(found, me, now=now, zone=zone), doubts(found, me))
    ask = say(me.language, "station-ask")
    return Card(text=text + "\n\n" + ask, rows=_rows(found, me))


def ways_to_change(found: StationRecord, me: Me) -> Rows:
    """From the place's own card: what is true of it, and what else there is to keep."""
    if found.voice is None:
        return ()
    change = Button(plain(me.language, "button-change-it"), ChangeStation(found.place.id).pack())
    return ((change,), *_keeping(found, me))


def ask_closed(found: StationRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """Until when?"""
    place_id = found.place.id

    def until(text: str, when: ClosedUntil) -> Button:
        return Button(on_button(text), SayState(place_id, PlaceState.CLOSED, when).pack())

    buttons = [until(plain(me.language, "button-closed-today"), ClosedUntil.TODAY)]
    if found.reopens_at is not None:
        when = moment(me.language, found.reopens_at, now=now, zone=zone).unescape()
        buttons.append(until(plain(me.language, "button-closed-hours", until=when), ClosedUntil.HOURS))
    buttons.append(until(plain(me.language, "button-closed-said"), ClosedUntil.SAID))
    rows = (*((one,) for one in buttons), *_back(place_id, me))
    return Card(text=lines(title(found.place, me), say(me.language, "ask-closed")), rows=rows)


def ask_facilities(found: StationRecord, me: Me) -> Card:
    """What is broken, or works again? A tap says the other of the two; what is broken becomes a report."""

    def button(one: FacilityRecord) -> Button:
        says = SayFacility(found.place.id, one.is_broken, one.code)
        return Button(on_button(f"{'❌' if one.is_broken else '✓'} {facility(one.code, me.language)}"), says.pack())

    buttons = [button(one) for one in found.place.facilities if one.is_broken or can_break(one.code)]
    text = lines(title(found.place, me), say(me.language, "ask-facilities"))
    return Card(text=text, rows=(*in_rows(2, buttons), *_back(found.place.id, me)))


def ask_photo(me: Me, place_id: int, code: str, report_id: int) -> Card:
    """What is broken is reported, and shown; a photo of it may follow."""
    none = Button(plain(me.language, "button-no-photo"), OpenStation(place_id).pack())
    facts = {"facility": facility(code, me.language), "number": number(report_id)}
    return Card(text=say(me.language, "station-fault-filed", **facts), rows=((none,),))


def ask_free(found: StationRecord, me: Me) -> Card:
    """How many spaces?"""
    spaces = found.place.spaces or 0
    numbers = [*range(min(spaces, EACH) + 1), *range(EACH + 5, spaces, 5)][:MOST_NUMBERS]
    if numbers[-1] != spaces:
        numbers.append(spaces)
    buttons = [Button(str(free), SayFree(found.place.id, free).pack()) for free in numbers]
    text = lines(title(found.place, me), say(me.language, "ask-free", spaces=spaces))
    return Card(text=text, rows=(*in_rows(6, buttons), *_back(found.place.id, me)))


def keepers(found: Sequence[KeeperRecord], me: Me, *, place_id: int, names: Names) -> Card:
    """Who looks after it; whom one may let go."""
    parts = [Markup("• {}").format(one.name) for one in found]
    rows: list[tuple[Button, ...]] = [
        (Button(on_button(f"✖ {one.name}"), RemoveKeeper(place_id, one.person_id).pack()),)
        for one in found[:MOST_PLACES]
        if one.person_id != me.id
    ]
    rows.append((Button(plain(me.language, "button-invite-keeper"), InviteKeeper(place_id).pack()),))
    heading = say(me.language, "keepers-title", place=names[me.language])
    none = say(me.language, "keepers-none") if not parts else None
    return Card(text=lines(heading, *parts, none), rows=(*rows, *_back(place_id, me)))


def ask_place(me: Me) -> Card:
    """Whose keeper is to be invited?"""
    return Card(text=say(me.language, "invite-place"), rows=cancel(me.language))


def choose_place(me: Me, places: Sequence[NamedPlace], *, are_more: bool) -> Card:
    """Several fit."""
    rows = tuple((Button(_named(one, me.language), InviteKeeper(one.id).pack()),) for one in places)
    more = say(me.language, "invite-place-more") if are_more else None
    return Card(text=lines(say(me.language, "invite-place-which"), more), rows=rows)


def invited(names: Names, me: Me, *, url: str, until: datetime, now: datetime, zone: ZoneInfo) -> Card:
    """The link for one more keeper."""
    when = moment(me.language, until, now=now, zone=zone)
    text = say(me.language, "invite-keeper", place=names[me.language])
    return Card(text=lines(text, say(me.language, "invite-link", url=url, until=when)))


def doubted(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """Visitors say that something is not right. None: somebody has answered, or the place is gone."""
    found, me = brief.station, brief.to
    if found is None or found.voice is None or found.freshness is not Freshness.DOUBTFUL:
        return None
    right = Button(plain(me.language, "button-all-right"), SettleDoubt(found.place.id).pack())
    change = Button(plain(me.language, "button-change-it"), ChangeStation(found.place.id).pack())
    asked = say(me.language, "told-place-doubted")
    text = lines(title(found.place, me), asked, doubts(found, me)) + "\n\n" + said(found, me, now=now, zone=zone)
    return Card(text=text, rows=((right, change),), is_silent=is_night(now, zone))


def settled(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """In place of that message."""
    if brief.station is None:
        return None
    return answered(brief.station, brief.to, now=now, zone=zone, edits=brief.facts["edits"])


def answered(found: StationRecord, me: Me, *, now: datetime, zone: ZoneInfo, edits: int | None = None) -> Card:
    """What is so, and a way to change it."""
    change = Button(plain(me.language, "button-change-it"), ChangeStation(found.place.id).pack())
    text = lines(title(found.place, me), say(me.language, "told-place-settled"), said(found, me, now=now, zone=zone))
    return Card(text=text, rows=((change,),), edits=edits)


def fault(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """Something is broken there, and reported; one tap says that it works. None: it does already."""
    found, me = brief.station, brief.to
    if found is None or brief.facts["facility"] in found.place.works:
        return None
    code = brief.facts["facility"]
    facts = {"facility": facility(code, me.language), "number": number(brief.facts["fault"])}
    works = Button(plain(me.language, "button-works-again"), SayFacility(found.place.id, True, code).pack())
    change = Button(plain(me.language, "button-change-it"), ChangeStation(found.place.id).pack())
    text = lines(title(found.place, me), say(me.language, "told-place-fault", **facts))
    return Card(text=text, rows=((works, change),), is_silent=is_night(now, zone))


def left(brief: Brief) -> Card | None:
    """He does not look after it any more; without another one, the key of the menu goes."""
    found, me = brief.station, brief.to
    if found is None or found.voice is Voice.KEEPER:
        return None
    text = say(me.language, "told-keeper-left", place=found.place.names[me.language])
    return Card(text=text, keyboard=menu.keyboard(me))


def _rows(found: StationRecord, me: Me) -> Rows:
    place = found.place

    def button(key: str, action: str) -> Button:
        return Button(plain(me.language, key), action)

    opened = button("button-station-open", SayState(place.id, PlaceState.AS_ITS_HOURS).pack())
    closed = button("button-station-closed", AskClosed(place.id).pack())
    full = button("button-station-full", SayState(place.id, PlaceState.FULL).pack())
    parts = []
    if any(one.is_broken or can_break(one.code) for one in place.facilities):
        parts.append(button("button-station-parts", AskFacilities(place.id).pack()))
    if place.spaces:
        parts.append(button("button-station-free", AskFree(place.id).pack()))
    right = button("button-all-right", AllRight(place.id).pack())
    last = [(button("button-keepers", ShowKeepers(place.id).pack()),)] if found.voice is not Voice.OFFICER else []
    rows = ((opened,), (closed, full), tuple(parts), (right,), *last, *_keeping(found, me))
    return tuple(row for row in rows if row)


def _keeping(found: StationRecord, me: Me) -> Rows:
    """What its keepers and administrators have in hand besides; officers only say what they see."""
    if found.voice not in (Voice.KEEPER, Voice.ADMIN):
        return ()
    edit = Button(plain(me.language, "button-edit-place"), EditPlace(found.place.id).pack())
    poster = Button(plain(me.language, "button-poster"), GetPoster(found.place.id).pack())
    return ((edit, poster),)


def _back(place_id: int, me: Me) -> Rows:
    return ((Button(plain(me.language, "button-back"), OpenStation(place_id).pack()),),)


def _named(place: NamedPlace, language: Language) -> str:
    return on_button(f"{place.names[language]} {place.code}", most=40)
