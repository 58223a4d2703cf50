"""A report that an officer called false: what its reporter may say to that, and what a lead decides."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.kinds import EventKind, OfferState, Role, Status
from storage.records import EventRecord, Me, ReportRecord, number
from views.actions import DecideDispute, Dispute
from views.card import Button, Card, Rows
from views.format import moment, quote
from views.texts import plain, say

FALSE = "false"
"""What is disputed: that the report is false. Other things may be, too."""


def may_object(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup | None:
    """Until when the reporter may object; None: he may not."""
    until = _until(report, now=now)
    return None if until is None else say(me.language, "may-object", by=moment(me.language, until, now=now, zone=zone))


def rows(report: ReportRecord, me: Me, *, now: datetime) -> Rows:
    """The button to object, while that is possible."""
    if _until(report, now=now) is None:
        return ()
    return ((Button(plain(me.language, "button-dispute"), Dispute(report.id).pack()),),)


def is_to_decide(report: ReportRecord) -> bool:
    """Whether the person it is shown to is asked whether it was false."""
    is_asked = report.status is Status.REVIEW and report.my_offer is OfferState.RAISED
    return is_asked and _objection(report) is not None


def to_decide(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """What each side says."""
    mark, objection = _last(report, EventKind.REJECTED), _last(report, EventKind.DISPUTED)
    says = (
        say(me.language, "case-dispute-later")
        if was_fixed(report)
        else say(me.language, "case-dispute-officer", name=report.officer_name or "")
    )
    by = moment(me.language, report.decide_by or now, now=now, zone=zone)
    return (
        says
        + quote(str(mark.facts.get("words", "")) if mark else None)
        + "\n"
        + say(me.language, "case-dispute-reporter")
        + quote(str(objection.facts.get("words", "")) if objection else None)
        + "\n"
        + say(me.language, "case-dispute-decide", by=by)
    )


def decisions(report: ReportRecord, me: Me) -> Rows:
    """Two buttons."""
    true = Button(plain(me.language, "button-is-true"), DecideDispute(report.id, False).pack())
    return ((true,), (Button(plain(me.language, "button-is-false"), DecideDispute(report.id, True).pack()),))


def objected(report: ReportRecord, me: Me) -> Card | None:
    """To the officer who called it false: what the reporter says. None: it is decided by now."""
    event = _objection(report)
    if report.status is not Status.REVIEW or event is None:
        return None
    text = say(me.language, "told-disputed", number=number(report.id)) + quote(str(event.facts.get("words", "")))
    return Card(text=text, is_silent=True)


def told_of(report: ReportRecord, me: Me) -> list[Markup]:
    """On the card of an officer: what the reporter said, and what was decided. Who is to decide has `to_decide`."""
    event = _objection(report)
    if event is None or is_to_decide(report):
        return []
    said = [say(me.language, "case-dispute-reporter") + quote(str(event.facts.get("words", "")))]
    ends = (EventKind.UPHELD, EventKind.CLEARED)
    end = next((one for one in report.events if one.kind in ends and one.at >= event.at), None)
    return said if end is None or end.is_mine else [*said, say(me.language, f"event-{end.kind}")]


def is_marked_by(report: ReportRecord) -> bool:
    """Whether the person it is shown to was the last to turn it down."""
    event = _last(report, EventKind.REJECTED)
    return event is not None and event.is_mine


def decided(report: ReportRecord, me: Me, facts: dict[str, Any]) -> Card:
    """Whoever has to do with it hears it; who objected, that he was right."""
    if was_fixed(report):
        was_right = "told-cleared-fixed" if report.is_mine else "told-cleared-others-fixed"
    else:
        was_right = "told-cleared" if report.is_mine else "told-cleared-others"
    key = "told-upheld" if facts["is_false"] else was_right
    return Card(text=say(me.language, key, number=number(report.id)))


def may_mark(report: ReportRecord, me: Me) -> bool:
    """Whether a button offers to say that a report that was fixed is false; the service asks where one leads."""
    looks_after = bool(me.roles & {Role.LEAD, Role.DESK, Role.ADMIN}) and not report.is_mine
    is_cleared = _last(report, EventKind.CLEARED) is not None
    return looks_after and not is_cleared and report.status in (Status.RESOLVED, Status.CLOSED)


def was_fixed(report: ReportRecord) -> bool:
    """Whether it was called false when it was fixed already."""
    mark = _last(report, EventKind.REJECTED)
    return mark is not None and "after" in mark.facts


def _until(report: ReportRecord, *, now: datetime) -> datetime | None:
    if not report.is_mine or report.status is not Status.REJECTED:
        return None
    ends = (EventKind.REJECTED, EventKind.UPHELD)
    event = next((one for one in reversed(report.events) if one.kind in ends), None)
    if event is None or "dispute_by" not in event.facts:
        return None
    until = datetime.fromisoformat(event.facts["dispute_by"])
    return until if now < until else None


def _objection(report: ReportRecord) -> EventRecord | None:
    """What the reporter said to it that his report was called false, if he did."""
    event = _last(report, EventKind.DISPUTED)
    return event if event is not None and event.facts.get("what") == FALSE else None


def _last(report: ReportRecord, kind: EventKind) -> EventRecord | None:
    return next((one for one in reversed(report.events) if one.kind is kind), None)
