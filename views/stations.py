"""Service places that are near, as one card: five of them, what else to look for, and where from."""

from dataclasses import replace
from datetime import datetime
from math import ceil
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.facilities import facilities, limits
from storage.kinds import ReporterKind
from storage.near_places import Answered, NearPlace, NearPlaces, Wanted
from storage.place_records import PlaceRecord
from storage.records import Brief, Me
from views.actions import ChoosePlaces, LookElsewhere, OpenPlace, ShowPlaces
from views.card import Button, Card, Rows, in_rows
from views.format import apart, lines, moment, on_button, shorten
from views.paged import pager
from views.people import cancel
from views.place_lines import confirmed, free, opens
from views.texts import plain, say

QUICK = ("water", "charging", "parking", "toilet")
"""Facilities with a button on the card itself, which names them."""
MOST_ROWS = 5
"""Of keys: with more, the first place is out of sight on a phone."""
LONGEST = 60
"""UTF-16 units of a name in the list."""


def page(found: NearPlaces, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """The nearest first, each with a number to open it."""
    seen_at = moment(me.language, found.seen_at, now=now, zone=zone)
    places = [_entry(one, me, at=at, now=now, zone=zone) for at, one in enumerate(found.places, start=1)]
    head = lines(_title(found, me), _chosen(found, me))
    foot = lines(_legend(found, me), say(me.language, "stations-seen-from", at=seen_at))
    # no gaps between places: with them the first of five is out of sight on a phone
    text = Markup("\n\n").join(part for part in (head, lines(*places), foot) if part)
    return Card(text=text, rows=_rows(found, me))


def moved(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """The card that follows somebody, from where he is now."""
    if brief.around is None:
        return None
    return replace(page(brief.around, brief.to, now=now, zone=zone), edits=brief.facts["edits"])


def ask_place(me: Me) -> Card:
    """Where are you? The key of the main menu sends it with one tap."""
    name = plain(me.language, "key-send-place")
    return Card(text=say(me.language, "stations-where", name=name), rows=cancel(me.language))


def choose(found: NearPlaces, me: Me) -> Card:
    """All that can be asked of places; each tap adds or takes away."""
    wanted = found.wanted
    has = [
        _toggle(f"{one.icon} {one.names[me.language]}", code in wanted.facilities, wanted.with_facility(code))
        for code, one in facilities().items()
    ]
    kinds = [
        _toggle(f"{kind.icon} {kind.names[me.language]}", kind.code in wanted.kinds, wanted.with_kind(kind.code))
        for kind in found.kinds
    ]
    hours = [_toggle(name, is_on, then) for name, is_on, then in _by_hours(wanted, me)]
    show = Button(plain(me.language, "button-stations-show"), ShowPlaces(0, wanted.pack()).pack())
    rows = (tuple(hours), *in_rows(2, has), *in_rows(2, kinds), (show,))
    return Card(text=lines(say(me.language, "stations-choose"), _chosen(found, me)), rows=rows)


def way(metres: float, me: Me) -> Markup:
    """How far, and how long that takes: riders ride, others walk."""
    rides = me.kind is ReporterKind.RIDER
    minutes = max(1, ceil(metres / (limits().ride if rides else limits().walk)))
    key = "stations-ride" if rides else "stations-walk"
    return say(me.language, key, far=apart(me.language, round(metres)), minutes=minutes)


def _title(found: NearPlaces, me: Me) -> Markup:
    if found.answered is Answered.FOUND and not found.wanted.is_open:
        return say(me.language, "around-every")
    return say(me.language, f"around-{found.answered}")


def _entry(one: NearPlace, me: Me, *, at: int, now: datetime, zone: ZoneInfo) -> Markup:
    place = one.place
    first = [Markup("{}. {} <b>{}</b>").format(at, place.icon, shorten(place.names[me.language], most=LONGEST))]
    if one.metres is not None:
        first.append(way(one.metres, me))
    last = [opens(one, me, now=now, zone=zone)]
    is_said = one.now.is_full or one.now.is_closed
    if not (is_said and one.last_word == (place.state_at, place.state_by)):  # it would be said twice
        last.append(confirmed(one, me, now=now, zone=zone))
    there = [part for part in (_icons(place), free(place, me, now=now, zone=zone)) if part]
    return lines(*(Markup(" · ").join(parts) for parts in (first, there, last)))


def _icons(place: PlaceRecord) -> str:
    """What is there and works, as icons; what does not is named on the place's own card."""
    known = facilities()
    return " ".join(known[one.code].icon for one in place.facilities if not one.is_broken and one.code in known)


def _legend(found: NearPlaces, me: Me) -> Markup | None:
    """What the icons on this card mean, in one line: those that no key below it names."""
    there = {one.code for near in found.places for one in near.place.facilities if not one.is_broken}
    named = [f"{one.icon} {one.names[me.language]}" for code, one in facilities().items() if code in there - {*QUICK}]
    return Markup(" ").join(named) if named else None


def _chosen(found: NearPlaces, me: Me) -> Markup | None:
    """What was asked for, in words."""
    wanted, parts = found.wanted, []
    parts += [f"{kind.icon} {kind.names[me.language]}" for kind in found.kinds if kind.code in wanted.kinds]
    parts += [f"{one.icon} {one.names[me.language]}" for code, one in facilities().items() if code in wanted.facilities]
    if wanted.is_all_day:
        parts.append(plain(me.language, "stations-all-day"))
    return say(me.language, "stations-wanted", what=" · ".join(parts)) if parts else None


def _rows(found: NearPlaces, me: Me) -> Rows:
    wanted = found.wanted
    numbers = tuple(Button(str(at), OpenPlace(one.place.id).pack()) for at, one in enumerate(found.places, start=1))
    more = Button(plain(me.language, "button-stations-more"), ChoosePlaces(wanted.pack()).pack())
    by_hours = (*(_filter(name, is_on, then) for name, is_on, then in _by_hours(wanted, me)), more)
    quick = [
        _filter(f"{one.icon} {one.names[me.language]}", code in wanted.facilities, wanted.with_facility(code))
        for code, one in facilities().items()
        if code in QUICK
    ]
    packed, at = wanted.pack(), found.page
    turns = pager(
        me,
        at=at,
        pages=at + 2 if found.has_more else at + 1,
        older=ShowPlaces(at + 1, packed).pack(),
        newer=ShowPlaces(max(0, at - 1), packed).pack(),
    )
    elsewhere = Button(plain(me.language, "button-stations-elsewhere"), LookElsewhere(packed).pack())
    last = (*(button for row in turns for button in row), elsewhere)
    return (*((numbers,) if numbers else ()), by_hours, *in_rows(2, quick), last)


def _by_hours(wanted: Wanted, me: Me) -> tuple[tuple[str, bool, Wanted], ...]:
    """The two filters by hours: what each is called, whether it is on, and what is wanted once it is tapped."""
    opened = plain(me.language, "button-stations-open")
    all_day = plain(me.language, "button-stations-all-day")
    return (
        (opened, wanted.is_open, replace(wanted, is_open=not wanted.is_open)),
        (all_day, wanted.is_all_day, replace(wanted, is_all_day=not wanted.is_all_day)),
    )


def _filter(name: str, is_on: bool, then: Wanted) -> Button:
    return Button(_ticked(name, is_on), ShowPlaces(0, then.pack()).pack())


def _toggle(name: str, is_on: bool, then: Wanted) -> Button:
    return Button(_ticked(name, is_on), ChoosePlaces(then.pack()).pack())


def _ticked(name: str, is_on: bool) -> str:
    return on_button(f"✓ {name}" if is_on else name)
