"""What is overdue with an officer, and what a reporter was promised and is late: alone, or as lists.

What is done with is struck out of a list.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.categories import category
from storage.kinds import Message, Status
from storage.records import Brief, Me, ReportRecord, number
from views import together
from views.actions import ShowCase, ShowReport
from views.card import Button, Card, in_rows
from views.format import lines, moment
from views.promises import due_by
from views.report_lines import STATUS_ICONS, waits_for, when_late
from views.texts import plain, say

GOES_ON = {
    "overdue": (Status.OPEN, Status.ACCEPTED, Status.REVIEW),
    "late": (Status.OPEN, Status.ACCEPTED),
}
"""In these a report of such a list may be late."""
TASKS = 4
"""Tasks that a list of what is overdue names."""


def overdue(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """One list of all that is overdue with this person, and of tasks that nobody takes. None: nothing is, any more."""
    return _list(brief, "overdue", ShowCase, now=now, zone=zone) if brief.cases or brief.tasks else None


def late(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """What was promised to a reporter and not kept: of one report, or of several in one list. None: it has moved on."""
    if brief.report is not None:
        is_of_old = due_by(brief.report) != datetime.fromisoformat(brief.facts["by"])
        return None if is_of_old else late_alone(brief.report, brief.to, now=now, zone=zone)
    if len(brief.cases) == 1:
        alone = late_alone(brief.cases[0], brief.to, now=now, zone=zone)
        return replace(alone, names=(brief.cases[0].id,)) if alone is not None else None
    return _list(brief, "late", ShowReport, now=now, zone=zone) if brief.cases else None


def late_alone(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """An honest word to the reporter; also whether its officer waits for something. None: it has moved on."""
    if report.status not in GOES_ON["late"] or due_by(report) > now:
        return None
    by = moment(me.language, due_by(report), now=now, zone=zone)
    key, facts = _how_late("told-late", report, me, now=now, zone=zone)
    return Card(text=say(me.language, key, number=number(report.id), by=by, **facts))


def sent(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card:
    """A list that is out, as it is now; or, where a newer one is below it, that."""
    if brief.facts.get("is_replaced"):
        return Card(text=say(brief.to.language, "list-replaced"), edits=brief.facts["edits"])
    if brief.facts["shows"] == Message.LATE and len(brief.cases) == 1:
        return replace(_sent_alone(brief, brief.cases[0], now=now, zone=zone), edits=brief.facts["edits"])
    family, show = ("overdue", ShowCase) if brief.facts["shows"] == Message.OVERDUE else ("late", ShowReport)
    return _list(brief, family, show, now=now, zone=zone, edits=brief.facts["edits"])


def _list(
    brief: Brief,
    family: str,
    show: type[ShowCase | ShowReport],
    *,
    now: datetime,
    zone: ZoneInfo,
    edits: int | None = None,
) -> Card:
    me = brief.to
    left = [report for report in brief.cases if report.id not in brief.done and report.status in GOES_ON[family]]
    tasks, unlisted = brief.tasks[:TASKS], len(brief.tasks[TASKS:])
    key = f"{family}-title" if left or tasks else "list-done"
    told = [
        _line(report, me, family, now=now, zone=zone) if report in left else _done(report, me, family)
        for report in brief.cases
    ]
    more = brief.many - len([report for report in brief.cases if report.id not in brief.done])
    and_more = say(me.language, f"{family}-more", count=more) if more > 0 else None
    more_tasks = say(me.language, "overdue-more-tasks", count=unlisted) if unlisted else None
    title = say(me.language, key, count=brief.many + len(brief.tasks))
    buttons = [Button(number(report.id), show(report.id).pack()) for report in left]
    buttons += [together.to_awaited(one) for one in tasks]
    return Card(
        text=lines(title, *told, *(together.awaited(one, me) for one in tasks), more_tasks, and_more),
        rows=in_rows(2, buttons),
        edits=edits,
        names=tuple(report.id for report in left) if edits is None else (),
    )


def _sent_alone(brief: Brief, report: ReportRecord, *, now: datetime, zone: ZoneInfo) -> Card:
    """What would have been a list, had it had a second line, as it is now."""
    alone = late_alone(report, brief.to, now=now, zone=zone) if report.id not in brief.done else None
    return alone or Card(text=_done(report, brief.to, "late"))


def _line(report: ReportRecord, me: Me, family: str, *, now: datetime, zone: ZoneInfo) -> Markup:
    """What it is, by when it was to be accepted or fixed, and with whom it is now."""
    one = category(report.category)
    key, facts = f"{family}-line-{report.status}", dict[str, Any]()
    if family == "late":
        key, facts = _how_late("late-line", report, me, now=now, zone=zone)
    is_urgent = family == "overdue" and report.is_urgent  # for whoever is to act
    return say(
        me.language,
        key,
        **facts,
        icon=f"🚨 {one.icon}" if is_urgent else one.icon,
        number=number(report.id),
        category=one.names[me.language],
        by=moment(me.language, due_by(report), now=now, zone=zone),
    )


def _how_late(
    family: str, report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo
) -> tuple[str, dict[str, Any]]:
    """The key and facts of what a reporter reads of it: whom it is with, or whom its officer waits for and how long."""
    whom = waits_for(report)
    if whom is None or report.waiting_until is None:
        return when_late(f"{family}-{report.status}", report, me)
    return f"{family}-paused-{whom}", {"until": moment(me.language, report.waiting_until, now=now, zone=zone)}


def _done(report: ReportRecord, me: Me, family: str) -> Markup:
    """Struck out, with what became of it; of one that others are asked about, that."""
    is_with_others = family == "overdue" and report.status is Status.OPEN
    key = "list-with-others" if is_with_others else f"status-{report.status}"
    status = plain(me.language, key)
    one = category(report.category)
    return say(
        me.language,
        "list-line-done",
        number=number(report.id),
        category=one.names[me.language],
        status=f"{STATUS_ICONS[report.status]} {status}",
    )
