"""What follows from a delivered (or undeliverable) outbox message, in the transaction that settles it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from services import dispatch, intake, notices
from storage import outbox
from storage.kinds import Message, OfferState, OutboxState, Status
from storage.outbox import Settlement
from storage.schema import Offer, OutboxMessage, Report, ShownCard

LIVE = (Message.ALERT, Message.RECEIPT, Message.CARD)
"""Messages that show a report's live card: they are edited when the report changes."""


def settle(session: Session, *, settlements: Sequence[Settlement], now: datetime) -> None:
    """Settle, remember the cards that are now shown, and pass on what could not reach its person."""
    outbox.settle(session, settlements=settlements, now=now)
    for one in settlements:
        row = session.get(OutboxMessage, one.id)
        if row is None:
            continue
        if one.is_unreachable:
            dispatch.reachability(session, person_id=row.person_id, is_reachable=False, now=now)
        elif one.state is OutboxState.DELIVERED and one.sent:
            _shown(session, row, one.sent[-1], now=now)


def _shown(session: Session, row: OutboxMessage, message_id: int, *, now: datetime) -> None:
    """The last message of a card has its buttons: that one is edited later."""
    if row.message is Message.DRAFT:
        intake.remember_status_message(session, person_id=row.person_id, message_id=message_id)
    if row.message not in LIVE or row.report_id is None:
        return
    facts = row.facts or {}
    edited = facts.get("edits")
    if edited == message_id:
        return
    if edited is not None:  # it was gone, and a new one was sent in its place
        session.execute(delete(ShownCard).where(ShownCard.person_id == row.person_id, ShownCard.message_id == edited))
    if session.get(ShownCard, (row.person_id, row.report_id, message_id)) is None:
        shows = Message(facts.get("shows", row.message))
        session.add(ShownCard(person_id=row.person_id, report_id=row.report_id, message_id=message_id, shows=shows))
    report = session.get_one(Report, row.report_id)
    if _is_outdated(session, row, report):  # it changed while the message was on its way
        session.flush()
        notices.changed(session, report, now=now)


def _is_outdated(session: Session, row: OutboxMessage, report: Report) -> bool:
    """Whether the card that went out may offer what is no longer possible."""
    if row.message is Message.ALERT:
        offer = session.get(Offer, (report.id, row.person_id))
        return offer is None or offer.state is not OfferState.OFFERED
    return row.message is Message.RECEIPT and report.status is not Status.OPEN
