"""Registered riders: the question to administrators, and what the rider hears."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from storage.merchant_records import RiderRecord
from storage.points_kinds import RiderState
from storage.records import Brief, Me
from views.actions import DecideRider
from views.card import Button, Card
from views.format import lines, moment
from views.people import PLATFORMS
from views.texts import plain, say


def asked(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """To administrators: does he ride? Nothing, once it is answered."""
    one = _of(brief)
    return card(one, brief.to, now=now, zone=zone) if one.state is RiderState.WAITING else None


def over(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card:
    """What they were asked, as it is now; an answer can still be changed."""
    return replace(card(_of(brief), brief.to, now=now, zone=zone), edits=brief.facts["edits"])


def card(one: RiderRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """As it is now, with what an administrator may say."""
    known = one.platform in PLATFORMS
    platform = plain(me.language, f"platform-{one.platform}") if known else one.platform or "—"
    since = moment(me.language, one.since, now=now, zone=zone)
    facts = {"name": one.name, "number": f"P-{one.person_id}", "platform": platform, "team": one.team or "—"}
    text = lines(
        say(me.language, "rider-title", since=since, **facts),
        say(me.language, f"rider-{one.state}", name=one.decided_by or "—"),
    )
    buttons = {True: RiderState.REGISTERED, False: RiderState.REFUSED}
    row = tuple(
        Button(plain(me.language, f"button-rider-{state}"), DecideRider(one.person_id, is_confirmed).pack())
        for is_confirmed, state in buttons.items()
        if state is not one.state
    )
    return Card(text=text, rows=(row,))


def decided(brief: Brief) -> Card | None:
    """To the rider."""
    one, language = _of(brief), brief.to.language
    if one.state is RiderState.WAITING:
        return None
    return Card(text=say(language, f"told-rider-{one.state}", number=f"P-{one.person_id}"))


def _of(brief: Brief) -> RiderRecord:
    assert brief.rider is not None, f"{brief.message} without a rider"
    return brief.rider
