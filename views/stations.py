"""Service places that are near, as one card: five of them, what else to look for, and where from."""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from math import ceil
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.facilities import facilities, limits
from storage.kinds import Language, ReporterKind
from storage.near_places import ROUND_THE_CLOCK, Answered, NearPlace, NearPlaces, Wanted
from storage.place_records import KindRecord, PlaceRecord
from storage.places_kinds import Freshness
from storage.records import Brief, Me
from views.actions import ChoosePlaces, LookElsewhere, OpenPlace, ShowPlaces
from views.card import Button, Card, Rows, in_rows
from views.format import apart, beside, brief_moment, joined, lasting, lines, moment, on_button, open_until, shorten
from views.paged import pager
from views.people import cancel
from views.place_lines import NO_BREAK, confirmed, free, opens, says_who_last
from views.texts import plain, say

QUICK = ("water", "charging", "parking", "toilet")
"""Facilities with a button on the card itself, which names them."""
MOST_ROWS = 4
"""Of keys on a first page: with more, the first place is out of sight on a phone."""
LONGEST = 60
"""UTF-16 units of a name in the list."""


def page(found: NearPlaces, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """The nearest first, each with a number to open it."""
    seen_at = moment(me.language, found.seen_at, now=now, zone=zone)
    places = [_entry(one, found.wanted, me, at=at, now=now, zone=zone) for at, one in enumerate(found.places, start=1)]
    head = lines(_title(found, me), _chosen(found, me))
    # no gaps between places, and the foot right below: else the first of five is out of sight on a phone
    body = lines(*places, say(me.language, "stations-seen-from", at=seen_at))
    return Card(text=joined("\n\n", (head, body)), rows=_rows(found, me))


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
        _kind(kind, kind.code in wanted.kinds, wanted.with_kind(kind.code), language=me.language)
        for kind in found.kinds
    ]
    hours = [_toggle(name, is_on, then) for name, is_on, then in _by_hours(wanted, me.language)]
    show = Button(plain(me.language, "button-stations-show"), ShowPlaces(0, wanted.pack()).pack())
    rows = (tuple(hours), *in_rows(2, has), *in_rows(2, kinds), (show,))
    return Card(text=lines(say(me.language, "stations-choose"), _chosen(found, me)), rows=rows)


def rides(me: Me) -> bool:
    """Whether he is shown the way, and how long it takes, for riding; else on foot."""
    return me.kind is ReporterKind.RIDER


def way(metres: float, me: Me) -> Markup:
    """How far, and how long that takes: riders ride, others walk."""
    minutes = max(1, ceil(metres / (limits().ride if rides(me) else limits().walk)))
    key = "stations-ride" if rides(me) else "stations-walk"
    far, time = apart(me.language, round(metres)), lasting(me.language, minutes * 60)
    return say(me.language, key, far=far.replace(" ", NO_BREAK), time=time.replace(" ", NO_BREAK))


def _title(found: NearPlaces, me: Me) -> Markup:
    if found.answered is Answered.FOUND and not found.wanted.is_open:
        return say(me.language, "around-every")
    return say(me.language, f"around-{found.answered}")


def _entry(one: NearPlace, wanted: Wanted, me: Me, *, at: int, now: datetime, zone: ZoneInfo) -> Markup:
    place = one.place
    name = shorten(place.names[me.language], most=LONGEST)
    title = say(me.language, "stations-line", at=at, icon=place.icon, name=name)
    return lines(
        beside(title, way(one.metres, me) if one.metres is not None else None),
        beside(
            _opens(one, me, now=now, zone=zone),
            _has(place, wanted, me),
            # how many there are at all stands on its own card
            free(place, me, now=now, zone=zone) if place.known_free(now) is not None else None,
            None if says_who_last(one) else _confirmed(one, me, now=now, zone=zone),
        ),
    )


def _opens(one: NearPlace, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """As on the place's own card, in fewer words where it is simply open."""
    if not one.now.is_open or one.now.is_full:
        return opens(one, me, now=now, zone=zone)
    if one.now.until is None:
        key = "stations-always" if one.place.hours == ROUND_THE_CLOCK else "place-open"
        return say(me.language, key)
    return say(me.language, "stations-until", until=open_until(me.language, one.now.until, now=now, zone=zone))


def _has(place: PlaceRecord, wanted: Wanted, me: Me) -> Markup | None:
    """What works, as icons that a key below names, or the line of what is wanted; of the rest, how much there is."""
    known = facilities()
    works = [one.code for one in place.facilities if not one.is_broken and one.code in known]
    shown = [code for code in works if code in QUICK or code in wanted.facilities]
    if not works:
        return None
    icons = "".join(known[code].icon for code in shown)
    if len(shown) == len(works):
        return Markup.escape(icons)
    return say(me.language, "stations-has", icons=icons, more=len(works) - len(shown))


def _confirmed(one: NearPlace, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """When all of it was last confirmed, without by whom."""
    if one.freshness is not Freshness.FRESH or one.last_word is None:
        return confirmed(one, me, now=now, zone=zone)
    return say(me.language, "stations-confirmed", at=brief_moment(me.language, one.last_word[0], now=now, zone=zone))


def _chosen(found: NearPlaces, me: Me) -> Markup | None:
    """What was asked for, in words."""
    wanted, parts = found.wanted, []
    parts += [f"{kind.icon} {kind.names[me.language]}" for kind in found.kinds if kind.code in wanted.kinds]
    parts += [f"{one.icon} {one.names[me.language]}" for code, one in facilities().items() if code in wanted.facilities]
    if wanted.is_all_day:
        parts.append(plain(me.language, "stations-all-day"))
    return say(me.language, "stations-wanted", what=" · ".join(parts)) if parts else None


def _rows(found: NearPlaces, me: Me) -> Rows:
    packed, at = found.wanted.pack(), found.page
    numbers = tuple(Button(str(at), OpenPlace(one.place.id).pack()) for at, one in enumerate(found.places, start=1))
    turns = pager(
        me,
        at=at,
        pages=at + 2 if found.has_more else at + 1,
        older=ShowPlaces(at + 1, packed).pack(),
        newer=ShowPlaces(max(0, at - 1), packed).pack(),
    )
    elsewhere = Button(plain(me.language, "button-stations-elsewhere"), LookElsewhere(packed).pack())
    more = Button(plain(me.language, "button-stations-more"), ChoosePlaces(packed).pack())
    last = [*(button for row in turns for button in row), elsewhere, more]
    return (
        *((numbers,) if numbers else ()),
        *_filters(found.wanted, me.language),
        *in_rows(3 if len(last) < 4 else 2, last),
    )


@lru_cache(maxsize=512)
def _filters(wanted: Wanted, language: Language) -> Rows:
    """By hours, and by the facilities that are asked for most: few are ever on."""
    by_hours = [_filter(name, is_on, then) for name, is_on, then in _by_hours(wanted, language)]
    quick = [
        _filter(f"{one.icon} {one.names[language]}", code in wanted.facilities, wanted.with_facility(code))
        for code, one in facilities().items()
        if code in QUICK
    ]
    return in_rows(3, [*by_hours, *quick])


def _by_hours(wanted: Wanted, language: Language) -> tuple[tuple[str, bool, Wanted], ...]:
    """The two filters by hours: what each is called, whether it is on, and what is wanted once it is tapped."""
    opened = plain(language, "button-stations-open")
    all_day = plain(language, "button-stations-all-day")
    return (
        (opened, wanted.is_open, replace(wanted, is_open=not wanted.is_open)),
        (all_day, wanted.is_all_day, replace(wanted, is_all_day=not wanted.is_all_day)),
    )


def _filter(name: str, is_on: bool, then: Wanted) -> Button:
    return Button(_ticked(name, is_on), ShowPlaces(0, then.pack()).pack())


def _toggle(name: str, is_on: bool, then: Wanted) -> Button:
    return Button(_ticked(name, is_on), ChoosePlaces(then.pack()).pack())


def _kind(kind: KindRecord, is_on: bool, then: Wanted, *, language: Language) -> Button:
    """The tick stands where the icon was: with both, the longest names are cut."""
    name = kind.names[language]
    return _toggle(name if is_on else f"{kind.icon} {name}", is_on, then)


def _ticked(name: str, is_on: bool) -> str:
    return on_button(f"✓ {name}" if is_on else name)
