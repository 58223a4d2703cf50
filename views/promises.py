"""What happens next with a report, and by when."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.kinds import Level, Status
from storage.records import Me, ReportRecord, number
from views import disputes, near, verdicts
from views.format import lines, moment
from views.report_lines import holder, joined_to, waits_for, when_late
from views.texts import say


def next_lines(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """What happens next, and by when, honestly."""
    if report.merged_into_id is not None:
        return near.goes_on(me, report.id, report.merged_into_id)
    key, facts = f"next-{report.status}", holder(report)
    if report.status is Status.REVIEW:
        facts = {"level": verdicts.decider(report, me)}
    if report.status is Status.OPEN and report.level is not Level.PRIMARY:
        key, facts = "next-open-with", {"level": say(me.language, f"level-{report.level}")}
    if (older := joined_to(report)) is not None:
        return say(me.language, "next-joined", number=number(older))
    promise = _promise_line(report, me, now=now, zone=zone)
    return lines(say(me.language, key, **facts), promise, disputes.may_object(report, me, now=now, zone=zone))


def _promise_line(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup | None:
    """By when it is to be accepted and fixed; when that has passed, with whom it is now; whom the officer waits for."""
    if (promise := _promise(report, now=now)) is None:
        return None
    fixed = resolve_by(report, me, now=now, zone=zone)
    by = moment(me.language, promise[1], now=now, zone=zone)
    if promise[0] == "open":  # that only office hours count is said once, of the fix
        by = _by(promise[1], me, spans_closed=False, now=now, zone=zone)
    elif promise[0] == "accepted":
        by = fixed
    if not promise[0].endswith("-late"):
        return say(me.language, f"promise-{promise[0]}", by=by, fixed=fixed)
    key, facts = when_late(f"promise-{promise[0]}", report, me)
    return say(me.language, key, by=by, **facts)


def stands(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """How it stands, in the words of the list: with what is promised, in as few as a line of a phone bears."""
    if (promise := _promise(report, now=now)) is None:
        return say(me.language, f"status-{report.status}")
    promised = {"open": accept_by, "accepted": resolve_by}.get(promise[0])
    at: dict[str, Any] = {"now": now, "zone": zone}
    by = promised(report, me, **at) if promised is not None else moment(me.language, promise[1], **at)
    return say(me.language, f"my-reports-{promise[0]}", by=by)


def accept_by(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """By when it is to be accepted; that only office hours count, where others lie in between."""
    return _by(report.accept_by, me, spans_closed=report.accept_spans_closed, now=now, zone=zone)


def resolve_by(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """The same of the fix."""
    return _by(report.resolve_by, me, spans_closed=report.resolve_spans_closed, now=now, zone=zone)


def _by(at: datetime, me: Me, *, spans_closed: bool, now: datetime, zone: ZoneInfo) -> Markup:
    """With what a language puts between it and «before»."""
    key = "promise-by-office-hours" if spans_closed else "promise-by"
    return say(me.language, key, by=moment(me.language, at, now=now, zone=zone))


def _promise(report: ReportRecord, *, now: datetime) -> tuple[str, datetime] | None:
    """What is promised next, and by when; that it has passed; or whom the officer waits for, and until when."""
    if (whom := waits_for(report)) is not None and report.waiting_until is not None:
        return f"paused-{whom}", report.waiting_until
    if report.status is Status.OPEN:
        return "accept-late" if report.accept_by < now else "open", report.accept_by
    if report.status is Status.ACCEPTED:
        return "resolve-late" if report.resolve_by < now else "accepted", report.resolve_by
    return None


def answer_by(report: ReportRecord, *, now: datetime) -> datetime:
    """By when who is asked has to accept it: the promise; once that has passed, by when his own time is over."""
    return report.accept_by if now <= report.accept_by else report.answer_by or report.accept_by


def due_by(report: ReportRecord) -> datetime:
    """The deadline of what is to be done next."""
    if report.status is Status.REVIEW and report.decide_by is not None:
        return report.decide_by
    return report.accept_by if report.status is Status.OPEN else report.resolve_by
