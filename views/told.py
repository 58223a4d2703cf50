"""Who was told of a report: the ledger of alerts, as those see it who look after the people who are asked."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.records import Me, ReportRecord, ToldRecord, number
from views.actions import ShowCase, WhoWasTold
from views.card import Button, Card
from views.format import lines, moment, shorten
from views.texts import plain, say

MOST = 25
"""People that one message has room for: the nearest."""
NAME = 24
"""UTF-16 units of a name."""


def ledger(report: ReportRecord, told: Sequence[ToldRecord], me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """In place of the case's card; a tap leads back to it."""
    parts = [say(me.language, "ledger-title", number=number(report.id))]
    for level, people in groupby(told[:MOST], key=lambda one: one.level):
        parts.append(say(me.language, "ledger-level", level=say(me.language, f"level-{level}")))
        parts += [_line(one, me, now=now, zone=zone) for one in people]
    if not told:
        parts.append(say(me.language, "ledger-nobody"))
    if len(told) > MOST:
        parts.append(say(me.language, "and-more", count=len(told) - MOST))
    again = Button(plain(me.language, "button-ledger-again"), WhoWasTold(report.id).pack())
    back = Button(plain(me.language, "button-back"), ShowCase(report.id).pack())
    return Card(text=lines(*parts), rows=((again, back),))


def _line(one: ToldRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    def at(key: str, when: datetime) -> Markup:
        return say(me.language, key, at=moment(me.language, when, now=now, zone=zone))

    if one.delivered_at is not None:
        what = [at("ledger-delivered", one.delivered_at)]
        what += [say(me.language, "ledger-rang", count=one.pushes)] if one.pushes > 1 else []
        what += [at("ledger-opened", one.opened_at)] if one.opened_at is not None else []
    elif one.is_lost:
        what = [say(me.language, "ledger-lost")]
    elif one.in_list:
        what = [at("ledger-in-list", one.asked_at)]
    else:
        what = [say(me.language, "ledger-waits" if one.waits else "ledger-needless")]
    if one.answered_at is not None:
        what.append(at("ledger-passed-on" if one.passed_on else "ledger-answered", one.answered_at))
    elif one.delivered_at is not None and one.opened_at is None:
        what.append(say(me.language, "ledger-unopened"))
    facts = say(me.language, "list-comma").join(what)
    return say(me.language, "ledger-line", name=shorten(one.name, most=NAME), what=facts)
