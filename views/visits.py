"""A place as who is there sees it: check in, what is broken, and a while later: is it still right?"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from storage.facilities import can_break
from storage.near_places import StationRecord
from storage.places_kinds import Wrong
from storage.records import Brief, Me, number
from views.actions import (
    AskFault,
    AskStillRight,
    CheckIn,
    FaultNoPhoto,
    FollowFault,
    NotRight,
    ReportFault,
    ShowHere,
    StillRight,
    WorksAgain,
    WrongFacility,
    WrongIs,
)
from views.card import Button, Card, Rows, in_rows
from views.format import lines, on_button
from views.people import cancel
from views.place_lines import facility, named, said, title
from views.texts import plain, say


def rows(found: StationRecord, me: Me, *, has_checked_in: bool = False) -> Rows:
    """What a visitor may do at a place."""
    place = found.place
    first = [] if has_checked_in else [Button(plain(me.language, "button-check-in"), CheckIn(place.id).pack())]
    if any(can_break(one.code) for one in place.facilities):
        first.append(Button(plain(me.language, "button-broken"), AskFault(place.id).pack()))
    return (tuple(first),) if first else ()


def ask_fault(found: StationRecord, me: Me) -> Card:
    """What is broken? What is known to be so has a mark."""
    place = found.place
    buttons = [
        Button(
            on_button(f"❌ {facility(one.code, me.language)}" if one.is_broken else named(one.code, me.language)),
            ReportFault(place.id, one.code).pack(),
        )
        for one in place.facilities
        if can_break(one.code)
    ]
    text = lines(title(found.place, me), say(me.language, "ask-fault"))
    return Card(text=text, rows=(*in_rows(2, buttons), *_back(place.id, me)))


def known_fault(found: StationRecord, me: Me, code: str, report_id: int) -> Card:
    """It is reported already: is that his trouble, too?"""
    facts = {"facility": facility(code, me.language), "number": number(report_id)}
    too = Button(plain(me.language, "button-me-too"), FollowFault(found.place.id, code).pack())
    text = lines(title(found.place, me), say(me.language, "fault-known", **facts))
    return Card(text=text, rows=((too,), *_back(found.place.id, me)))


def ask_photo(
    me: Me, place_id: int, code: str, *, key: str = "ask-fault-photo", files_after: timedelta | None = None
) -> Card:
    """A photo of it, or none. ``files_after``: when it is a report by itself; None: it is not."""
    none = Button(plain(me.language, "button-no-photo"), FaultNoPhoto(place_id, code).pack())
    text = say(me.language, key, facility=facility(code, me.language))
    by_itself = None
    if files_after is not None:
        by_itself = say(me.language, "fault-files-itself", minutes=files_after // timedelta(minutes=1))
    return Card(text=lines(text, by_itself), rows=((none,), *_back(place_id, me)))


def fault_taken(me: Me, place_id: int, code: str, report_id: int, *, is_new: bool) -> Card:
    """The report is made, or followed; its card is on its way, and so is the way back to the place."""
    facts = {"facility": facility(code, me.language), "number": number(report_id)}
    return Card(text=say(me.language, "fault-filed" if is_new else "fault-followed", **facts), rows=_back(place_id, me))


def still_right(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """Is it as we say? None: that is over."""
    if brief.station is None:
        return None
    return ask_still_right(brief.station, brief.to, brief.facts["visit"], now=now, zone=zone)


def ask_still_right(found: StationRecord, me: Me, visit_id: int, *, now: datetime, zone: ZoneInfo) -> Card:
    """Yes, or no?"""
    yes = Button(plain(me.language, "button-still-right"), StillRight(visit_id).pack())
    no = Button(plain(me.language, "button-not-right"), NotRight(visit_id).pack())
    text = lines(say(me.language, "told-still-right"), title(found.place, me), said(found, me, now=now, zone=zone))
    return Card(text=text, rows=((yes, no),), is_silent=True)


def ask_wrong(found: StationRecord, me: Me, visit_id: int, *, now: datetime, zone: ZoneInfo) -> Card:
    """What is not right of what is said? It stays in sight."""
    buttons = [
        Button(plain(me.language, f"button-wrong-{one}"), WrongIs(visit_id, one).pack()) for one in _may_be_wrong(found)
    ]
    back = (Button(plain(me.language, "button-back"), AskStillRight(visit_id).pack()),)
    text = lines(title(found.place, me), said(found, me, now=now, zone=zone))
    return Card(text=text + "\n\n" + say(me.language, "ask-wrong"), rows=(*in_rows(2, buttons), back))


def _may_be_wrong(found: StationRecord) -> list[Wrong]:
    is_closed = not found.now.is_open
    kinds = [
        Wrong.OPEN if is_closed else Wrong.CLOSED,
        Wrong.ROOM if found.now.is_full else Wrong.FULL,
        *([Wrong.BROKEN] if found.place.works else []),
        *([Wrong.WORKS] if any(one.is_broken for one in found.place.facilities) else []),
    ]
    return [*kinds, Wrong.OTHER]


def ask_wrong_facility(found: StationRecord, me: Me, visit_id: int, *, works: bool = False) -> Card:
    """What is broken? Or, of what is said to be so, what ``works``?"""
    action = WorksAgain if works else WrongFacility
    buttons = [
        Button(on_button(named(one.code, me.language)), action(visit_id, one.code).pack())
        for one in found.place.facilities
        if one.is_broken is works and (works or can_break(one.code))
    ]
    back = (Button(plain(me.language, "button-back"), NotRight(visit_id).pack()),)
    text = lines(title(found.place, me), say(me.language, "ask-works" if works else "ask-fault"))
    return Card(text=text, rows=(*in_rows(2, buttons), back))


def ask_words(me: Me) -> Card:
    """In words."""
    return Card(text=say(me.language, "ask-wrong-words"), rows=cancel(me.language))


def answered(me: Me, *, is_right: bool) -> Card:
    """In place of the question."""
    return Card(text=say(me.language, "answered-right" if is_right else "answered-wrong"))


def _back(place_id: int, me: Me) -> Rows:
    return ((Button(plain(me.language, "button-back"), ShowHere(place_id).pack()),),)
