"""Outbox messages in words: made when they are sent, from what is then true.

None means that there is nothing left to say: the relay cancels the message.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from storage.kinds import Message, OfferState, PlaceSource, Status
from storage.records import Brief, DraftRecord, Me, ReportRecord, number
from storage.team_kinds import TaskState
from storage.team_records import EmergencyRecord, TaskRecord
from views import (
    by_hand,
    cases,
    clock,
    digests,
    disputes,
    drafts,
    emergency,
    fairness,
    keepers,
    late_lists,
    near,
    own_shop,
    people,
    place_form,
    points,
    reports,
    riders,
    settlement,
    stations,
    talk,
    till,
    together,
    verdicts,
    visits,
    waits,
    warnings,
)
from views.card import Card, Pin
from views.format import lines, moment
from views.kept import unpack
from views.promises import due_by
from views.texts import say


def render(brief: Brief, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """The card of an outbox message."""
    return _RENDER[brief.message](brief, now, zone)


def live_receipt(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """The card that is edited as the report changes: its reporter's, or a follower's."""
    if not (report.is_mine or report.follows or report.merged_into_id is not None):
        return reports.left(report, me)
    if report.status is Status.OPEN:
        return reports.receipt(report, me, now=now, zone=zone)
    rows = reports.receipt_rows(report, me) or reports.to_the_list(me)  # the verdict has a card of its own
    return replace(reports.details(report, me, now=now, zone=zone), photos=(), pin=None, rows=rows)


def _receipt(brief: Brief, now: datetime, zone: ZoneInfo) -> Card | None:
    report = _report(brief)
    shown = live_receipt(report, brief.to, now=now, zone=zone)
    pin = Pin(report.latitude, report.longitude) if report.place_source is PlaceSource.EXIF else None
    return replace(shown, pin=pin, deletes=brief.facts.get("deletes"))


def _merged(brief: Brief, now: datetime, zone: ZoneInfo) -> Card | None:
    report = _report(brief)
    return cases.merged(report, brief.to) if report.merged_into_id is not None else None


def _alert(brief: Brief, now: datetime, zone: ZoneInfo) -> Card | None:
    report = _report(brief)
    if report.status is not Status.OPEN or report.my_offer is not OfferState.OFFERED:
        return None
    return _once_more(cases.alert(report, brief.to, now=now, zone=zone), brief)


def _raised(brief: Brief, now: datetime, zone: ZoneInfo) -> Card | None:
    shown = clock.raised(_report(brief), brief.to, now=now, zone=zone)
    return None if shown is None else _once_more(shown, brief)


def _once_more(shown: Card, brief: Brief) -> Card:
    """What is pushed again takes the place of the earlier one; where that must stay, it replies to its pictures."""
    shown = replace(shown, replaces=tuple(brief.facts.get("replaces", ())))
    first = brief.facts.get("replies_to")
    return shown if first is None else replace(shown, photos=(), pin=None, replies_to=first)


def _card(brief: Brief, now: datetime, zone: ZoneInfo) -> Card | None:
    if "list" in brief.facts:
        return late_lists.sent(brief, now=now, zone=zone)
    if "credit" in brief.facts:
        return replace(by_hand.over(brief, now=now, zone=zone), edits=brief.facts["edits"])
    if "rider" in brief.facts:
        return riders.over(brief, now=now, zone=zone)
    report, to = _report(brief), brief.to
    if brief.facts.get("is_replaced"):
        return replace(cases.replaced(report, to), edits=brief.facts["edits"])
    at: Any = {"now": now, "zone": zone}
    match brief.facts.get("shows"):
        case Message.REMINDER if "by" in brief.facts and (late := _reminder(brief, now, zone)) is not None:
            shown = late
        case Message.QUESTION | Message.ANSWER | Message.PAUSED | Message.SAID | Message.REMINDER:
            return Card(text="", edits=brief.facts["edits"], keeps_text=True)  # that is over: its buttons go
        case Message.LATE:
            said = late_lists.late_alone(report, to, **at)
            if said is None:
                return None
            shown = said
        case Message.RECEIPT:
            shown = live_receipt(report, to, **at)
        case Message.RESOLVED:
            shown = replace(reports.resolved(report, to, **at), photos=(), labels={})
        case Message.REJECTED if report.status is not Status.REJECTED:
            shown = Card(text="", keeps_text=True)  # it is disputed, or goes on: nothing more is to be said to that
        case Message.REJECTED:
            shown = reports.rejected(report, to, **at)
        case Message.TASK:
            shown = together.task(report, _task_of(brief), to, **at)
        case Message.EMERGENCY:
            shown = emergency.live(report, _emergency_of(brief), to, **at)
        case _:
            shown = cases.card(report, to, **at)
    return replace(shown, edits=brief.facts["edits"])


def _reminder(brief: Brief, now: datetime, zone: ZoneInfo) -> Card | None:
    report, by = _report(brief), brief.facts.get("by")
    if "waits" in brief.facts:
        until = datetime.fromisoformat(brief.facts["waits"])
        return waits.waits(report, brief.to, until=until, now=now, zone=zone)
    if by is None:
        return clock.reminder(report, brief.to, brief.facts, now=now, zone=zone)
    is_of_old = due_by(report) != datetime.fromisoformat(by)
    return None if is_of_old else clock.late_with(report, brief.to, now=now, zone=zone)


def _task(brief: Brief, now: datetime, zone: ZoneInfo) -> Card | None:
    task = _task_of(brief)
    if task.state is not TaskState.OFFERED:
        return None
    return _once_more(together.alert(_report(brief), task, brief.to, now=now, zone=zone), brief)


def _task_news(brief: Brief, now: datetime, zone: ZoneInfo) -> Card | None:
    task = _task_of(brief)
    if task.state != brief.facts.get("state"):
        return None  # there is newer news
    return together.news(_report(brief), task, brief.to)


def _task_silent(brief: Brief, now: datetime, zone: ZoneInfo) -> Card | None:
    task = _task_of(brief)
    if task.state not in (TaskState.OFFERED, TaskState.ACCEPTED):
        return None
    return together.silent(_report(brief), task, brief.to)


def _emergency(brief: Brief, now: datetime, zone: ZoneInfo) -> Card | None:
    going_on = _emergency_of(brief)
    if going_on.ended_at is not None:
        return None
    shown = emergency.alert(_report(brief), going_on, brief.to, now=now, zone=zone)
    deletes = brief.facts.get("deletes")
    return replace(shown, photos=(), pin=None, deletes=deletes) if deletes else shown


def _record(brief: Brief, now: datetime, zone: ZoneInfo) -> Card | None:
    return emergency.filed(_report(brief), _emergency_of(brief), brief.to, now=now, zone=zone)


def _task_of(brief: Brief) -> TaskRecord:
    assert brief.task is not None, f"{brief.message} without a task"
    return brief.task


def _emergency_of(brief: Brief) -> EmergencyRecord:
    assert brief.emergency is not None, f"{brief.message} without an emergency"
    return brief.emergency


def _photos(brief: Brief, now: datetime, zone: ZoneInfo) -> Card | None:
    report = _report(brief)
    if not report.photos:
        return None
    return cases.more_photos(report, brief.to, by_another=bool(brief.facts.get("by_another")))


def _words(brief: Brief, now: datetime, zone: ZoneInfo) -> Card | None:
    by_another = bool(brief.facts.get("by_another"))
    return cases.more_words(_report(brief), brief.to, brief.facts["words"], by_another=by_another)


def _draft(brief: Brief, now: datetime, zone: ZoneInfo) -> Card | None:
    if brief.draft is None:
        return None
    shown = drafts.status(brief.draft, brief.to, now=now, zone=zone)
    shown = replace(shown, text=lines(drafts.what_ended(brief.draft, brief.to, brief.facts), shown.text))
    picture = near.picture(brief.draft, brief.to, now=now, zone=zone)
    if picture is None and not _is_above(shown, brief.draft):
        return replace(shown, deletes=brief.facts.get("deletes"))
    if picture is None:
        return replace(shown, edits=None, deletes=brief.facts.get("deletes") or shown.edits)
    # a message cannot be edited into one with a picture above it
    return replace(shown, photos=picture.photos, edits=None, deletes=brief.facts.get("deletes") or shown.edits)


def _is_above(shown: Card, draft: DraftRecord) -> bool:
    """Whether it asks something, and would be read above what was sent last, which it may be about."""
    return draft.asking is not None and shown.edits is not None and (draft.newest or 0) > shown.edits


def _picture_bad(brief: Brief, now: datetime, zone: ZoneInfo) -> Card | None:
    name = brief.facts.get("name") or "?"
    if brief.report is None:
        return Card(text=say(brief.to.language, "told-picture-bad", name=name), deletes=brief.facts.get("deletes"))
    return Card(text=say(brief.to.language, "told-picture-bad-report", name=name, number=number(brief.report.id)))


def _joined(brief: Brief, now: datetime, zone: ZoneInfo) -> Card | None:
    return replace(drafts.joined(brief.to, _report(brief).id), deletes=brief.facts.get("deletes"))


def _said(brief: Brief, now: datetime, zone: ZoneInfo) -> Card | None:
    return unpack(brief.facts["card"]) if now < datetime.fromisoformat(brief.facts["until"]) else None


def _picture_old(brief: Brief, now: datetime, zone: ZoneInfo) -> Card | None:
    taken_at = datetime.fromisoformat(brief.facts["taken_at"])
    when = moment(brief.to.language, taken_at, now=now, zone=zone)
    text = say(brief.to.language, "told-picture-old", number=number(_report(brief).id), when=when)
    place = drafts.taken_at(brief.to, brief.facts.get("place"), brief.facts.get("grid"))
    return Card(text=lines(text, place), rows=(drafts.still_so(brief.to, brief.facts["message_id"]),))


def _ask_kind(brief: Brief, now: datetime, zone: ZoneInfo) -> Card | None:
    return people.ask_kind(brief.to, "ask-kind-later") if people.is_unknown(brief.to) else None


def _report(brief: Brief) -> ReportRecord:
    assert brief.report is not None, f"{brief.message} without a report"
    return brief.report


_RENDER: dict[Message, Callable[[Brief, datetime, ZoneInfo], Card | None]] = {
    Message.RECEIPT: _receipt,
    Message.ALERT: _alert,
    Message.CASE: lambda brief, now, zone: cases.alert(_report(brief), brief.to, now=now, zone=zone),
    Message.CARD: _card,
    Message.ACCEPTED: lambda brief, now, zone: reports.accepted(_report(brief), brief.to),
    Message.REOPENED: lambda brief, now, zone: reports.reopened(_report(brief), brief.to),
    Message.RESOLVED: lambda brief, now, zone: reports.resolved(_report(brief), brief.to, now=now, zone=zone),
    Message.REJECTED: lambda brief, now, zone: reports.rejected(_report(brief), brief.to, now=now, zone=zone),
    Message.PHOTOS: _photos,
    Message.WORDS: _words,
    Message.QUESTION: lambda brief, now, zone: talk.question(_report(brief), brief.to, brief.facts),
    Message.ANSWER: lambda brief, now, zone: talk.answer(_report(brief), brief.to, brief.facts, now=now, zone=zone),
    Message.DRAFT: _draft,
    Message.PICTURE_BAD: _picture_bad,
    Message.REMINDER: _reminder,
    Message.RAISED: _raised,
    Message.OVERDUE: lambda brief, now, zone: late_lists.overdue(brief, now=now, zone=zone),
    Message.LATE: lambda brief, now, zone: late_lists.late(brief, now=now, zone=zone),
    Message.PAUSED: lambda brief, now, zone: clock.paused(_report(brief), brief.to, now=now, zone=zone),
    Message.WAIT_OVER: lambda brief, now, zone: clock.wait_over(
        _report(brief), brief.to, brief.facts, now=now, zone=zone
    ),
    Message.TAKEN_OVER: lambda brief, now, zone: clock.taken_over(_report(brief), brief.to),
    Message.CLOSED: lambda brief, now, zone: clock.closed(_report(brief), brief.to, now=now),
    Message.NOT_FIXED: lambda brief, now, zone: cases.not_fixed(_report(brief), brief.to, now=now, zone=zone),
    Message.OBJECTED: lambda brief, now, zone: verdicts.objected_by_another(_report(brief), brief.to),
    Message.VERDICT: lambda brief, now, zone: verdicts.heard(_report(brief), brief.to, brief.facts),
    Message.DECIDED: lambda brief, now, zone: verdicts.decided(_report(brief), brief.to, brief.facts, now=now),
    Message.PICTURE_OLD: _picture_old,
    Message.ASK_KIND: _ask_kind,
    Message.JOINED: _joined,
    Message.DAY_DIGEST: lambda brief, now, zone: digests.day(brief, now=now, zone=zone),
    Message.WEEK_DIGEST: lambda brief, now, zone: digests.week(brief),
    Message.MERGED: _merged,
    Message.WITHDRAWN: lambda brief, now, zone: cases.withdrawn(_report(brief), brief.to),
    Message.DISPUTED: lambda brief, now, zone: disputes.objected(_report(brief), brief.to),
    Message.DISPUTE_DECIDED: lambda brief, now, zone: disputes.decided(_report(brief), brief.to, brief.facts),
    Message.SUSPENDED: lambda brief, now, zone: fairness.suspended(brief, now=now, zone=zone),
    Message.LIFTED: lambda brief, now, zone: fairness.lifted(brief.to, brief.facts),
    Message.POINTS_EARNED: lambda brief, now, zone: points.earned(brief),
    Message.POINTS_TAKEN: lambda brief, now, zone: points.taken(brief),
    Message.POINTS_LAPSE: lambda brief, now, zone: points.lapses_soon(brief, now=now, zone=zone),
    Message.CREDIT_ASKED: lambda brief, now, zone: by_hand.asked(brief),
    Message.CREDIT_DECIDED: lambda brief, now, zone: by_hand.decided(brief),
    Message.LEDGER_WRONG: lambda brief, now, zone: points.ledger_wrong(brief),
    Message.RIDER_ASKED: lambda brief, now, zone: riders.asked(brief, now=now, zone=zone),
    Message.RIDER_DECIDED: lambda brief, now, zone: riders.decided(brief),
    Message.CODE: lambda brief, now, zone: till.code(brief, now=now, zone=zone),
    Message.CODE_OVER: lambda brief, now, zone: till.over(brief, now=now, zone=zone),
    Message.CODE_GONE: lambda brief, now, zone: till.over(brief, now=now, zone=zone),
    Message.SPENT: lambda brief, now, zone: till.spent(brief, now=now, zone=zone),
    Message.TOOK: lambda brief, now, zone: till.took(brief, now=now, zone=zone),
    Message.UNDONE: lambda brief, now, zone: till.undone(brief, now=now, zone=zone),
    Message.CODES_GUESSED: lambda brief, now, zone: till.guessed(brief),
    Message.SHOP_REMOVED: lambda brief, now, zone: till.removed(brief),
    Message.SHOP_BACK: lambda brief, now, zone: till.back(brief),
    Message.SHOP_OVERWRITTEN: lambda brief, now, zone: own_shop.overwritten(brief),
    Message.PLACE_ADDED: lambda brief, now, zone: place_form.added(brief),
    Message.PLACE_REMOVED: lambda brief, now, zone: place_form.removed(brief),
    Message.SETTLED: lambda brief, now, zone: settlement.settled(brief, zone=zone),
    Message.SETTLED_ALL: lambda brief, now, zone: settlement.all_settled(brief),
    Message.WARNING: lambda brief, now, zone: warnings.warned(brief, now=now, zone=zone),
    Message.WARNING_PROGRESS: lambda brief, now, zone: warnings.brought_up(brief, now=now, zone=zone),
    Message.PLACE_DOUBTED: lambda brief, now, zone: keepers.doubted(brief, now=now, zone=zone),
    Message.PLACE_SETTLED: lambda brief, now, zone: keepers.settled(brief, now=now, zone=zone),
    Message.PLACE_FAULT: lambda brief, now, zone: keepers.fault(brief, now=now, zone=zone),
    Message.KEEPER_LEFT: lambda brief, now, zone: keepers.left(brief),
    Message.STILL_RIGHT: lambda brief, now, zone: visits.still_right(brief, now=now, zone=zone),
    Message.LIVE_PLACES: lambda brief, now, zone: stations.moved(brief, now=now, zone=zone),
    Message.SAID: _said,
    Message.TASK: _task,
    Message.TASK_NEWS: _task_news,
    Message.TASK_SILENT: _task_silent,
    Message.TASK_OFF: lambda brief, now, zone: together.off(_report(brief), _task_of(brief), brief.to),
    Message.EMERGENCY: _emergency,
    Message.EMERGENCY_OVER: lambda brief, now, zone: emergency.over(_report(brief), brief.to),
    Message.EMERGENCY_RECORD: _record,
}
