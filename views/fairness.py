"""Suspensions as who is suspended sees them, and as administrators lift them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.kinds import Language
from storage.records import Brief, Me, Suspended, number
from views.actions import LiftSuspension
from views.card import Button, Card
from views.format import lines, moment
from views.texts import plain, say

LISTED = 10
"""Suspensions that an administrator sees at once; each lifted one makes room."""


def why_suspended(suspended: Suspended, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """Why, until when, what to do in real danger, and whom to talk to."""
    until = moment(me.language, suspended.until, now=now, zone=zone)
    return lines(
        say(me.language, "suspended-title", until=until),
        say(me.language, "suspended-why", reports=numbers(suspended.reports, me.language)),
        say(me.language, "suspended-danger"),
        say(me.language, "suspended-desk", phone=suspended.phone),
    )


def suspended(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """The first word about it. None: it is over."""
    facts = brief.facts
    one = Suspended(facts["id"], datetime.fromisoformat(facts["until"]), tuple(facts["reports"]), facts["phone"])
    if one.until <= now:
        return None
    text = lines(why_suspended(one, brief.to, now=now, zone=zone), say(brief.to.language, "suspended-still"))
    return Card(text=text)


def lifted(me: Me, facts: dict[str, Any]) -> Card:
    """He may report again."""
    key = "told-suspension-over" if facts.get("is_over") else "told-lifted"
    kept = say(me.language, "told-lifted-kept") if facts.get("goes_on", True) else None
    return Card(text=lines(say(me.language, key), kept))


def to_lift(found: Sequence[Suspended], me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """Who is suspended, by the numbers of the reports: who reports has no name here."""
    if not found:
        return Card(text=say(me.language, "lift-none"))
    parts = [say(me.language, "lift-title")]
    for one in found[:LISTED]:
        until = moment(me.language, one.until, now=now, zone=zone)
        parts.append(say(me.language, "lift-line", reports=numbers(one.reports, me.language), until=until))
    rows = tuple((_lift(one, me),) for one in found[:LISTED])
    return Card(text=lines(*parts), rows=rows)


def _lift(one: Suspended, me: Me) -> Button:
    name = plain(me.language, "button-lift", number=number(one.reports[-1]))
    return Button(name, LiftSuspension(one.id).pack())


def numbers(reports: Sequence[int], language: Language) -> str:
    """Reports by their numbers, in a sentence."""
    return plain(language, "between").join(number(report) for report in reports)
