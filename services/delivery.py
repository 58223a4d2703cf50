"""What follows from a delivered (or undeliverable) outbox message, in the transaction that settles it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from services import drafts, emergency_calls, ledger, lifecycle, notices, people, presence
from services.merchants import redemptions, riders
from services.places import doubts, live
from services.points import by_hand
from storage import outbox
from storage.kinds import EventKind, Message, OutboxState, WaitingFor
from storage.outbox import Settlement
from storage.schema import Event, OutboxMessage, Report, ShownCard

SHOWS = {
    Message.ALERT: Message.ALERT,
    Message.CASE: Message.ALERT,
    Message.RAISED: Message.ALERT,
    Message.RECEIPT: Message.RECEIPT,
    Message.TASK: Message.TASK,
    Message.EMERGENCY: Message.EMERGENCY,
    Message.RESOLVED: Message.RESOLVED,
    Message.REJECTED: Message.REJECTED,
    Message.QUESTION: Message.QUESTION,
    Message.ANSWER: Message.ANSWER,
    Message.PAUSED: Message.PAUSED,
}
"""Messages that are remembered as a `ShownCard`, and what it then shows."""

SAID = (
    EventKind.FILED,
    EventKind.ROUTED,
    EventKind.TASK_GIVEN,
    EventKind.EMERGENCY_BEGUN,
    EventKind.EMERGENCY_CALLED,
)
"""Events that a card which was written in the same moment shows already."""


def settle(session: Session, *, settlements: Sequence[Settlement], now: datetime) -> None:
    """Settle, remember the cards that are now shown, and pass on what could not reach its person."""
    _lock_reports(session, settlements)
    outbox.settle(session, settlements=settlements, now=now)
    for one in settlements:
        row = session.get(OutboxMessage, one.id)
        if row is None:
            continue
        if one.is_unreachable:
            presence.reachability(session, person_id=row.person_id, is_reachable=False, now=now)
            emergency_calls.unreachable(session, person_id=row.person_id, now=now)
        elif one.is_gone:
            _forget(session, row)
        elif one.state is OutboxState.DELIVERED and one.sent:
            _shown(session, row, one.sent, now=now)
            if one.names:
                notices.listed(session, row, one.names, one.sent[-1], now=now)
            ledger.delivered(session, row, now=now)
            if row.message is Message.RECEIPT:  # the first report is out of the way: time to get to know each other
                people.ask_kind_once(session, person_id=row.person_id, now=now)


def _lock_reports(session: Session, settlements: Sequence[Settlement]) -> None:
    """Before their messages are: so does whoever changes a report, and neither waits for the other crosswise."""
    its = select(OutboxMessage.report_id).where(OutboxMessage.id.in_([one.id for one in settlements]))
    session.execute(select(Report.id).where(Report.id.in_(its)).order_by(Report.id).with_for_update())


def remember_said(session: Session, *, person_id: int, report_id: int, message_id: int) -> bool:
    """Note a message whose buttons go when the report is over; False: it is over already."""
    if lifecycle.load_going_on(session, report_id).status not in lifecycle.ACTIVE:
        return False
    if session.get(ShownCard, (person_id, report_id, message_id)) is None:
        said = {"person_id": person_id, "report_id": report_id, "message_id": message_id}
        session.add(ShownCard(**said, shows=Message.SAID))
    return True


def _shown(session: Session, row: OutboxMessage, sent: Sequence[int], *, now: datetime) -> None:
    """The last message of a card has its buttons: that one is edited later."""
    if row.message is Message.DRAFT:
        before = drafts.replace_status_message(session, person_id=row.person_id, message_id=sent[-1])
        if before is not None:  # it was gone, or another was sent at the same time
            notices.draft_changed(session, row.person_id, deletes=before, now=now)
    if row.message is Message.CODE:
        redemptions.shown(session, row, sent, now=now)
    if row.message is Message.SPENT:
        redemptions.receipt_shown(session, row, sent, now=now)
    if row.message is Message.PLACE_DOUBTED:
        doubts.shown(session, row, now=now)
    if row.message is Message.LIVE_PLACES:
        live.edited(session, person_id=row.person_id, card_id=(row.facts or {})["edits"], now=now)
    if row.message is Message.CREDIT_ASKED:
        by_hand.shown(session, row, sent, now=now)
    if row.message is Message.RIDER_ASKED:
        riders.shown(session, row, sent, now=now)
    if row.message is Message.REMINDER:  # what it is about may be done meanwhile
        notices.reminders_over(session, session.get_one(Report, row.report_id), now=now)
    if row.message is Message.LATE and row.report_id is not None:  # it may be with somebody else meanwhile
        notices.late_still(session, session.get_one(Report, row.report_id), now=now)
    if _asks_the_reporter(session, row):
        _remember(session, row, sent[-1], shows=Message.PAUSED)
    if row.message not in SHOWS or row.report_id is None:
        return
    shows = SHOWS[row.message]
    if shows not in notices.LIVE:
        for message_id in sent:  # any part of it may be replied to
            _remember(session, row, message_id, shows=shows)
        report = session.get_one(Report, row.report_id)
        if report.status not in lifecycle.ACTIVE:  # meanwhile
            notices.line_over(session, report, row, sent[-1], now=now)
        return
    shown = _remember(session, row, sent[-1], shows=shows)
    facts = row.facts or {}
    _replace_older(session, shown, deleted=[facts.get("deletes"), *facts.get("replaces", ())], now=now)
    if _has_changed(session, row):
        notices.shown_again(session, shown, now=now)


def _asks_the_reporter(session: Session, row: OutboxMessage) -> bool:
    """Whether it says that a report is late, and that its reporter's answer is waited for: now, or since an edit."""
    if row.report_id is None or Message.LATE not in (row.message, (row.facts or {}).get("shows")):
        return False
    report = session.get_one(Report, row.report_id)
    return report.waiting_for is WaitingFor.REPORTER and report.reporter_id == row.person_id


def _remember(session: Session, row: OutboxMessage, message_id: int, *, shows: Message) -> ShownCard:
    shown = session.get(ShownCard, (row.person_id, row.report_id, message_id))
    if shown is None:
        shown = ShownCard(person_id=row.person_id, report_id=row.report_id, message_id=message_id, shows=shows)
        shown.about_id = (row.facts or {}).get(notices.ABOUT.get(shows, ""))
        session.add(shown)
        session.flush()
    return shown


def _replace_older(session: Session, shown: ShownCard, *, deleted: Sequence[int | None], now: datetime) -> None:
    """Of one report (task, emergency), a chat has one live card: the newest."""
    older = session.scalars(
        select(ShownCard).where(
            ShownCard.person_id == shown.person_id,
            ShownCard.report_id == shown.report_id,
            ShownCard.shows == shown.shows,
            ShownCard.about_id.is_not_distinct_from(shown.about_id),
            ShownCard.message_id != shown.message_id,
        )
    ).all()
    for one in older:
        if one.message_id not in deleted:
            notices.replaced(session, one, now=now)
        session.delete(one)


def _forget(session: Session, row: OutboxMessage) -> None:
    """The message that was to be edited is no more."""
    if row.message is Message.LIVE_PLACES:
        live.forget(session, person_id=row.person_id, card_id=(row.facts or {})["edits"])
        return
    if row.report_id is None:
        notices.forgotten(session, person_id=row.person_id, message_id=(row.facts or {}).get("edits", 0))
        return
    session.execute(
        delete(ShownCard).where(
            ShownCard.person_id == row.person_id,
            ShownCard.report_id == row.report_id,
            ShownCard.message_id == (row.facts or {}).get("edits"),
        )
    )


def _has_changed(session: Session, row: OutboxMessage) -> bool:
    """Whether something happened to the report since the message was written: perhaps while it was on its way.

    Or to one that a receipt asks about: that is over, goes on again, or is somebody else's now.
    """
    since = Event.kind.not_in(SAID) & (Event.at >= row.made_at) | (Event.at > row.made_at)
    happened = exists().where(Event.report_id == row.report_id, Event.kind != EventKind.FILED, since)
    if session.scalar(select(happened)):
        return True
    if row.message is not Message.RECEIPT:
        return False
    filed = select(Event.facts).where(Event.report_id == row.report_id, Event.kind == EventKind.FILED)
    maybe_same = session.scalar(select(Report.maybe_same_id).where(Report.id == row.report_id))
    asked = [one for one in (maybe_same, (session.scalar(filed) or {}).get("beside")) if one is not None]
    goes_on_in = select(Report.merged_into_id).where(Report.id.in_(asked))
    is_other = Event.to_status.is_not(None) | (Event.kind == EventKind.HANDED_ON)
    its = Event.report_id.in_(asked) | Event.report_id.in_(goes_on_in)
    moved = its & is_other & (Event.kind != EventKind.FILED)
    return bool(session.scalar(select(exists().where(moved, Event.at >= row.made_at))))
