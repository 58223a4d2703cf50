"""What is said when time passes: reminders, what was raised, waiting. To reporters of what is late: `late_lists`."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from storage.kinds import OfferState, Status, WaitingFor
from storage.records import Me, ReportRecord, number
from views import cases, talk, verdicts
from views.card import Card
from views.format import is_night, lines, moment
from views.promises import answer_by, due_by, resolve_by
from views.report_lines import was_asked
from views.texts import say


def reminder(report: ReportRecord, me: Me, facts: dict[str, Any], *, now: datetime, zone: ZoneInfo) -> Card | None:
    """Half of the time has passed; or, as ``facts`` say, it has become urgent, or another one goes on in it. With the
    buttons that the report has for this person. None: it has moved on, or its clock was stopped.
    """
    if report.status not in (Status.OPEN, Status.ACCEPTED, Status.REVIEW) or report.waiting_for is not None:
        return None
    due = answer_by(report, now=now) if report.status is Status.OPEN else due_by(report)
    is_held = report.status is Status.ACCEPTED
    by = resolve_by(report, me, now=now, zone=zone) if is_held else moment(me.language, due, now=now, zone=zone)
    key, said = f"told-reminder-{report.status}", {"number": number(report.id), "by": by}
    if "urgent" in facts:
        key = "told-reminder-urgent-late" if due <= now else "told-reminder-urgent"
    elif "took_in" in facts:
        key = "told-reminder-took-in-late" if due <= now else "told-reminder-took-in"
        said["other"] = number(facts["took_in"])
    text = say(me.language, key, **said)
    if facts.get("waited"):
        text = lines(text, say(me.language, "told-reminder-waited"))
    rows = cases.card(report, me, now=now, zone=zone).rows
    return Card(text=text, rows=rows, is_silent=not report.is_urgent and is_night(now, zone)) if rows else None


LATE = {
    Status.OPEN: OfferState.OFFERED,
    Status.ACCEPTED: OfferState.ACCEPTED,
    Status.REVIEW: OfferState.RAISED,
}
"""Of whose offer it is late, by the report's status."""


def late_with(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """It was to be accepted, fixed or decided by now, and others know. None: it has moved on."""
    if report.my_offer is None or report.my_offer is not LATE.get(report.status):
        return None
    by = moment(me.language, due_by(report), now=now, zone=zone)
    level = say(me.language, f"level-{report.level}")
    facts = {"number": number(report.id), "by": by, "level": level}
    if report.waiting_until is not None:
        until = moment(me.language, report.waiting_until, now=now, zone=zone)
        text = say(me.language, "told-reminder-late-paused", **facts, until=until)
    else:
        text = say(me.language, f"told-reminder-late-{report.status}", **facts)
    rows = cases.card(report, me, now=now, zone=zone).rows
    return Card(text=text, rows=rows, is_silent=not report.is_urgent and is_night(now, zone))


def raised(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """The whole report, to somebody who sees it for the first time. None: it has moved on."""
    shown = cases.alert(report, me, now=now, zone=zone)
    return replace(shown, is_silent=not report.is_urgent and is_night(now, zone)) if shown.rows else None


def paused(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """Whom the officer waits for, and until when; to answer is one tap. None: he does not, any more."""
    if report.waiting_for is None or report.waiting_until is None:
        return None
    until = moment(me.language, report.waiting_until, now=now, zone=zone)
    is_asked = report.waiting_for is WaitingFor.REPORTER
    key = f"told-paused-{report.waiting_for}" if was_asked(report) or not is_asked else "told-paused-unasked"
    text = say(me.language, key, number=number(report.id), until=until)
    return Card(text=text, rows=(talk.to_answer(report, me),) if is_asked else ())


def wait_over(report: ReportRecord, me: Me, facts: dict[str, Any], *, now: datetime, zone: ZoneInfo) -> Card | None:
    """The clock goes on, as the time has come, or somebody above ended the wait. None: the report has moved on."""
    if report.status is not Status.ACCEPTED or report.waiting_for is not None:
        return None
    by = resolve_by(report, me, now=now, zone=zone)
    rows = cases.card(report, me, now=now, zone=zone).rows
    key = "told-wait-ended" if facts.get("is_ended") else "told-wait-over"
    return Card(text=say(me.language, key, number=number(report.id), by=by), rows=rows)


def taken_over(report: ReportRecord, me: Me) -> Card:
    """Somebody else has it now."""
    return Card(text=say(me.language, "told-taken-over", number=number(report.id), name=report.officer_name or ""))


def closed(report: ReportRecord, me: Me, *, now: datetime) -> Card:
    """Nobody objected; if it breaks again, one tap says so."""
    rows = verdicts.rows(report, me, now=now)
    return Card(text=say(me.language, "told-closed", number=number(report.id)), rows=rows, is_silent=True)
