"""The joint command post in a chat: whom to call, the shared live card, and the record at the end."""

from collections import Counter
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.kinds import Language, Stage
from storage.records import Me, ReportRecord, number
from storage.team_kinds import CallState, Rank
from storage.team_records import CallRecord, EmergencyRecord, TeamRecord
from views.actions import (
    Arrive,
    AskEmergency,
    AskEnd,
    BackToCase,
    BeginEmergency,
    CannotCome,
    EndEmergency,
    ListPhones,
    SendRecord,
    SetOut,
    ShowEmergency,
)
from views.card import Button, Card, Making, Pin, Rows, in_rows
from views.format import lines, moment, quote, shorten
from views.maps import navigate
from views.record import Record
from views.report_lines import grid_line, kind_line
from views.texts import plain, say

MOST_LINES = 24
"""Of people and their teams on a live card."""
MOST_PHONES = 5
"""Telephone numbers on it, for who commands; a button leads to all of them."""
MOST_LISTED = 60
"""Numbers in the list of them: a message bears no more of the longest names."""


def which(reports: list[ReportRecord], me: Me) -> Card:
    """Which report is an emergency?"""
    if not reports:
        return Card(text=say(me.language, "emergency-which-none"))
    parts = [say(me.language, "emergency-which"), *(_choice(report, me) for report in reports)]
    buttons = [Button(number(report.id), AskEmergency(report.id).pack()) for report in reports]
    return Card(text=lines(*parts), rows=in_rows(3, buttons))


def confirm(report: ReportRecord, me: Me, teams: list[TeamRecord]) -> Card:
    """Call all of these? If nobody of them can be reached, the desk is told, and whom to telephone."""
    back = Button(plain(me.language, "button-back"), BackToCase(report.id).pack())
    about = lines(kind_line(report, me), grid_line(report, me))
    names = {team.id: shorten(team.names[me.language], most=60) for team in teams}
    out = [names[team.id] for team in teams[:MOST_LINES] if not team.members]
    phoned = say(me.language, "emergency-would-phone", teams=plain(me.language, "between").join(out)) if out else None
    told = [
        say(me.language, "emergency-would-call", name=names[team.id], count=team.members)
        for team in teams[:MOST_LINES]
        if team.members
    ]
    key = "emergency-confirm" if told else "emergency-confirm-nobody"
    title = say(me.language, key, number=number(report.id))
    nobody = None if told else say(me.language, "emergency-would-nobody")
    begin = Button(plain(me.language, "button-emergency-begin"), BeginEmergency(report.id).pack())
    return Card(text=lines(title, about, *told, nobody, phoned), rows=((begin,), (back,)))


def alert(report: ReportRecord, emergency: EmergencyRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """The live card for the first time; it rings at any hour. Who was called gets pictures and place, too."""
    shown = live(report, emergency, me, now=now, zone=zone)
    if _mine(emergency, me) is None:
        return shown
    # A fix that did not hold says little of what goes on.
    photos = tuple(photo for photo in report.photos if photo.stage is not Stage.AFTER)
    return Card(text=shown.text, photos=photos, pin=Pin(report.latitude, report.longitude), rows=shown.rows)


def live(report: ReportRecord, emergency: EmergencyRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """Who was called, who is on the way, who has arrived, who is silent; the same for everybody but for the buttons."""
    language = me.language
    begun = moment(language, emergency.begun_at, now=now, zone=zone)
    head = lines(
        say(language, "emergency-title", number=number(report.id)),
        kind_line(report, me),
        grid_line(report, me),
        say(language, "case-place", name=shorten(report.place_name, most=120)) if report.place_name else None,
    )
    text = lines(
        head + quote(report.words, most=400),
        say(language, "emergency-begun", name=shorten(emergency.begun_by, most=40), when=begun),
        _summary(emergency, me),
        *_people(emergency, me, now=now, zone=zone),
        _ended(report, emergency, me, now=now, zone=zone),
    )
    return Card(text=text, rows=_rows(report, emergency, me))


def begun(emergency: EmergencyRecord, me: Me) -> str:
    """At once, to who began it: who was called, and who has not joined and is to be phoned."""
    return plain(me.language, "toast-emergency-begun", **_reached(emergency))


def confirm_end(report_id: int, emergency: EmergencyRecord, me: Me) -> Card:
    """Is it over?"""
    end = Button(plain(me.language, "button-emergency-end-yes"), EndEmergency(emergency.id).pack())
    back = Button(plain(me.language, "button-back"), ShowEmergency(emergency.id).pack())
    text = lines(say(me.language, "emergency-confirm-end", number=number(report_id)), _summary(emergency, me))
    return Card(text=text, rows=((end,), (back,)))


def phones(report_id: int, emergency: EmergencyRecord, me: Me) -> Card:
    """All who are to be phoned, by team, leads first."""
    title = say(me.language, "emergency-phones", number=number(report_id))
    told: list[Markup] = [title]
    out = _to_phone(emergency)
    for team, calls in groupby(out[:MOST_LISTED], key=lambda call: call.team[me.language]):
        told.append(say(me.language, "emergency-team", name=shorten(team, most=20)))
        told += [
            say(me.language, "call-unreachable", name=shorten(call.name, most=16), phone=call.phone or "—")
            for call in sorted(calls, key=lambda call: call.rank is not Rank.LEAD)
        ]
    more = say(me.language, "and-more", count=len(out) - MOST_LISTED) if len(out) > MOST_LISTED else None
    return Card(text=lines(*told, more))


def over(report: ReportRecord, me: Me) -> Card:
    """To those who were called."""
    return Card(text=say(me.language, "told-emergency-over", number=number(report.id)))


def filed(report: ReportRecord, emergency: EmergencyRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """The record for the file, one page."""
    name = plain(me.language, "emergency-record-file", number=number(report.id))
    return Card(
        text=say(me.language, "told-emergency-record", number=number(report.id)),
        makes=Making(f"{name}.pdf", Record(report, emergency, me.language, now, zone)),
    )


def _choice(report: ReportRecord, me: Me) -> Markup:
    return say(me.language, "emergency-choice", number=number(report.id), kind=kind_line(report, me))


def _mine(emergency: EmergencyRecord, me: Me) -> CallRecord | None:
    return next((call for call in emergency.calls if call.person_id == me.id), None)


def _summary(emergency: EmergencyRecord, me: Me) -> Markup:
    """How many answered what; whose phone no message reaches is not silent, he must be called by telephone."""
    counts = Counter(call.state for call in emergency.calls)
    answers = {
        "arrived": counts[CallState.ARRIVED],
        "coming": counts[CallState.ON_WAY],
        "silent": counts[CallState.CALLED],
    }
    return lines(
        say(me.language, "emergency-summary", **answers),
        say(me.language, "emergency-called", **_reached(emergency)) if _phones(emergency) else None,
        say(me.language, "emergency-nobody") if _phones(emergency) and not _reached(emergency)["called"] else None,
    )


def _reached(emergency: EmergencyRecord) -> dict[str, int]:
    """How many were called here, and how many no message reaches."""
    called = [call for call in emergency.calls if call.state is not CallState.UNREACHABLE]
    return {"called": len(called), "phone": len(_to_phone(emergency))}


def _to_phone(emergency: EmergencyRecord) -> list[CallRecord]:
    """Whom no message reaches, of the teams of which nobody comes so far."""
    coming = {call.team[Language.ZH] for call in emergency.calls if call.state in (CallState.ON_WAY, CallState.ARRIVED)}
    out = [call for call in emergency.calls if call.state is CallState.UNREACHABLE]
    return [call for call in out if call.team[Language.ZH] not in coming]


def _phones(emergency: EmergencyRecord) -> bool:
    """Whether it is for the person it is shown to, to telephone."""
    return emergency.may_end and emergency.ended_at is None


def _people(emergency: EmergencyRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> list[Markup]:
    """By team; of very many, those who cannot be shown are counted. Who is to be phoned, only who commands is shown."""
    told: list[Markup] = []
    out = _to_phone(emergency)
    first = sorted(out, key=lambda call: call.rank is not Rank.LEAD)[:MOST_PHONES] if _phones(emergency) else []
    phones = {call.person_id for call in first}
    left = len(out) - len(first) if first else 0
    shown = [call for call in emergency.calls if call.state is not CallState.UNREACHABLE or call.person_id in phones]
    for team, calls in groupby(shown, key=lambda call: call.team[me.language]):
        its = list(calls)
        room = MOST_LINES - len(told) - 1
        if room <= 0:
            left += len(its)
            continue
        told.append(say(me.language, "emergency-team", name=shorten(team, most=40)))
        told += [_call(call, me, now=now, zone=zone) for call in its[:room]]
        left += len(its[room:])
    return [*told, *([say(me.language, "and-more", count=left)] if left else [])]


def _call(call: CallRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    at = call.arrived_at or call.answered_at or call.called_at
    name = shorten(call.name, most=24)
    if call.deputy_of is not None:
        name = plain(me.language, "call-deputy", name=name, lead=shorten(call.deputy_of, most=24))
    facts = {"name": name, "when": moment(me.language, at, now=now, zone=zone), "phone": call.phone or "—"}
    if call.is_silent:
        return say(me.language, "call-silent", **facts, count=call.pushes)
    return say(me.language, f"call-{call.state}", **facts)


def _ended(report: ReportRecord, emergency: EmergencyRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup | None:
    if emergency.ended_at is None:
        return None
    when = moment(me.language, emergency.ended_at, now=now, zone=zone)
    if emergency.ended_by is None:
        into = report.merged_into_id
        key, goes_on = ("emergency-ended-with", "") if into is None else ("emergency-goes-on", number(into))
        return say(me.language, key, number=goes_on, when=when)
    return say(me.language, "emergency-ended", name=shorten(emergency.ended_by, most=40), when=when)


def _rows(report: ReportRecord, emergency: EmergencyRecord, me: Me) -> Rows:
    language, id_ = me.language, emergency.id

    def button(key: str, action: str) -> Button:
        return Button(plain(language, key), action)

    if emergency.ended_at is not None:
        return ((button("button-emergency-record", SendRecord(id_).pack()),),) if emergency.may_end else ()
    mine = _mine(emergency, me)
    go, there = button("button-set-out", SetOut(id_).pack()), button("button-arrived", Arrive(id_).pack())
    cannot = button("button-cannot-come", CannotCome(id_).pack())
    route = Button(
        plain(language, "button-navigate"),
        url=navigate(language, report.latitude, report.longitude, number(report.id)),
    )
    rows: list[tuple[Button, ...]] = []
    match mine.state if mine is not None else None:
        case CallState.CALLED | CallState.UNREACHABLE:
            rows = [(go, there), (cannot, route)]
        case CallState.ON_WAY:
            rows = [(there,), (cannot, route)]
        case CallState.DECLINED:
            rows = [(go, there), (route,)]
        case _:
            rows = [(route,)]
    if emergency.may_end:
        if len(_to_phone(emergency)) > MOST_PHONES:
            rows.append((button("button-emergency-phones", ListPhones(id_).pack()),))
        rows.append((button("button-emergency-end", AskEnd(id_).pack()),))
    return tuple(rows)
