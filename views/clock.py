"""What is said when time passes: reminders, what was raised, lists of what is overdue, waiting."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.categories import category
from storage.kinds import OfferState, Status
from storage.records import Brief, Me, ReportRecord, number
from views import cases, verdicts
from views.actions import ShowCase, ShowReport
from views.card import Button, Card
from views.format import is_night, lines, moment
from views.promises import due_by
from views.texts import say


def reminder(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """Half of the time has passed; with the buttons that the report has for this person. None: it has moved on."""
    if report.status not in (Status.OPEN, Status.ACCEPTED, Status.REVIEW):
        return None
    by = moment(me.language, due_by(report), now=now, zone=zone)
    text = say(me.language, f"told-reminder-{report.status}", number=number(report.id), by=by)
    rows = cases.card(report, me, now=now, zone=zone).rows
    return Card(text=text, rows=rows, is_silent=not report.is_urgent and is_night(now, zone)) if rows else None


def late_with_holder(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """It was to be fixed by now, and others know. None: it has moved on."""
    if report.status is not Status.ACCEPTED or report.my_offer is not OfferState.ACCEPTED:
        return None
    by = moment(me.language, due_by(report), now=now, zone=zone)
    level = say(me.language, f"level-{report.level}")
    text = say(me.language, "told-reminder-late", number=number(report.id), by=by, level=level)
    rows = cases.card(report, me, now=now, zone=zone).rows
    return Card(text=text, rows=rows, is_silent=not report.is_urgent and is_night(now, zone))


def raised(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """The whole report, to somebody who sees it for the first time. None: it has moved on."""
    shown = cases.alert(report, me, now=now, zone=zone)
    return replace(shown, is_silent=not report.is_urgent and is_night(now, zone)) if shown.rows else None


def overdue(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """One list of all that is overdue with this person. None: nothing is, any more."""
    me = brief.to
    if not brief.cases:
        return None
    told = (_line(report, me, "overdue", now=now, zone=zone) for report in brief.cases)
    parts = [say(me.language, "overdue-title", count=brief.many), *told]
    if brief.many > len(brief.cases):
        parts.append(say(me.language, "overdue-more", count=brief.many - len(brief.cases)))
    buttons = [Button(number(report.id), ShowCase(report.id).pack()) for report in brief.cases]
    return Card(text=lines(*parts), rows=tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)))


def told_late(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """What was promised to a reporter and not kept: of one report, or of several in one list."""
    if brief.report is not None:
        return late(brief.report, brief.to, now=now, zone=zone)
    if len(brief.cases) == 1:
        return late(brief.cases[0], brief.to, now=now, zone=zone)
    return _late_list(brief, now=now, zone=zone) if brief.cases else None


def _late_list(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card:
    me = brief.to
    told = (_line(report, me, "late", now=now, zone=zone) for report in brief.cases)
    parts = [say(me.language, "told-late-many", count=brief.many), *told]
    if brief.many > len(brief.cases):
        parts.append(say(me.language, "late-more", count=brief.many - len(brief.cases)))
    buttons = [Button(number(report.id), ShowReport(report.id).pack()) for report in brief.cases]
    return Card(text=lines(*parts), rows=tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)))


def _line(report: ReportRecord, me: Me, family: str, *, now: datetime, zone: ZoneInfo) -> Markup:
    """What it is, by when it was to be accepted or fixed, and with whom it is now."""
    one = category(report.category)
    return say(
        me.language,
        f"{family}-line-{report.status}",
        icon=one.icon,
        number=number(report.id),
        category=one.names[me.language],
        by=moment(me.language, due_by(report), now=now, zone=zone),
        level=say(me.language, f"level-{report.level}"),
    )


def late(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """An honest word to the reporter. None: it has moved on."""
    if report.status not in (Status.OPEN, Status.ACCEPTED):
        return None
    by = moment(me.language, due_by(report), now=now, zone=zone)
    level = say(me.language, f"level-{report.level}")
    return Card(text=say(me.language, f"told-late-{report.status}", number=number(report.id), by=by, level=level))


def paused(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """Whom the officer waits for, and until when. None: he does not, any more."""
    if report.waiting_for is None or report.waiting_until is None:
        return None
    until = moment(me.language, report.waiting_until, now=now, zone=zone)
    return Card(text=say(me.language, f"told-paused-{report.waiting_for}", number=number(report.id), until=until))


def wait_over(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """The clock goes on. None: the report has moved on."""
    if report.status is not Status.ACCEPTED or report.waiting_for is not None:
        return None
    by = moment(me.language, report.resolve_by, now=now, zone=zone)
    rows = cases.card(report, me, now=now, zone=zone).rows
    return Card(text=say(me.language, "told-wait-over", number=number(report.id), by=by), rows=rows)


def taken_over(report: ReportRecord, me: Me) -> Card:
    """Somebody else has it now."""
    return Card(text=say(me.language, "told-taken-over", number=number(report.id), name=report.officer_name or ""))


def closed(report: ReportRecord, me: Me, *, now: datetime) -> Card:
    """Nobody objected; if it breaks again, one tap says so."""
    rows = verdicts.rows(report, me, now=now)
    return Card(text=say(me.language, "told-closed", number=number(report.id)), rows=rows, is_silent=True)
