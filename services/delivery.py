"""What follows from a delivered (or undeliverable) outbox message, in the transaction that settles it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from services import dispatch, emergency_calls, intake, ledger, notices
from storage import outbox
from storage.kinds import EventKind, Message, OutboxState
from storage.outbox import Settlement
from storage.schema import Event, OutboxMessage, ShownCard

LIVE = (Message.ALERT, Message.RAISED, Message.RECEIPT, Message.CARD, Message.TASK, Message.EMERGENCY)
"""Messages that show a report's live card: they are edited when the report changes."""

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
    outbox.settle(session, settlements=settlements, now=now)
    for one in settlements:
        row = session.get(OutboxMessage, one.id)
        if row is None:
            continue
        if one.is_unreachable:
            dispatch.reachability(session, person_id=row.person_id, is_reachable=False, now=now)
            emergency_calls.unreachable(session, person_id=row.person_id, now=now)
        elif one.state is OutboxState.DELIVERED and one.sent:
            _shown(session, row, one.sent[-1], now=now)
            ledger.delivered(session, row, now=now)


def _shown(session: Session, row: OutboxMessage, message_id: int, *, now: datetime) -> None:
    """The last message of a card has its buttons: that one is edited later."""
    if row.message is Message.DRAFT:
        before = intake.replace_status_message(session, person_id=row.person_id, message_id=message_id)
        if before is not None:  # it was gone, or another was sent at the same time
            notices.draft_changed(session, row.person_id, deletes=before, now=now)
    if row.message not in LIVE or row.report_id is None:
        return
    facts = row.facts or {}
    edited = facts.get("edits")
    if edited == message_id:
        return
    gone = edited or facts.get("deletes")
    if gone is not None:  # a new one was sent in its place
        session.execute(delete(ShownCard).where(ShownCard.person_id == row.person_id, ShownCard.message_id == gone))
    shown = session.get(ShownCard, (row.person_id, row.report_id, message_id))
    if shown is None:
        usual = Message.ALERT if row.message is Message.RAISED else row.message
        shows = Message(facts.get("shows", usual))
        shown = ShownCard(person_id=row.person_id, report_id=row.report_id, message_id=message_id, shows=shows)
        shown.about_id = facts.get(notices.ABOUT.get(shows, ""))
        session.add(shown)
    if edited is None and _has_changed(session, row):
        notices.shown_again(session, shown, now=now)


def _has_changed(session: Session, row: OutboxMessage) -> bool:
    """Whether something happened to the report since the message was written: perhaps while it was on its way."""
    since = Event.kind.not_in(SAID) & (Event.at >= row.made_at) | (Event.at > row.made_at)
    happened = exists().where(Event.report_id == row.report_id, Event.kind != EventKind.FILED, since)
    return bool(session.scalar(select(happened)))
