"""Lists of what is overdue, or late: each report in one is struck out when it is done with.

Of each report that a list names there is a `ShownCard`, for as long as it is not done with. Who is sent a new list of
what is overdue has that one only: the older one says so.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.notices.clock import is_late, lists_of, stands
from services.notices.writing import put
from storage.kinds import Message, OfferState, OutboxState, Status, Urgency
from storage.schema import Offer, OutboxMessage, Report, ShownCard

LISTS = (Message.OVERDUE, Message.LATE)


def listed(session: Session, row: OutboxMessage, names: Sequence[int], message_id: int, *, now: datetime) -> None:
    """A list has arrived, which names these reports; some may be done with by now."""
    if row.message is Message.OVERDUE:
        _replace_older(session, row.person_id, now=now)
    row.facts = {**(row.facts or {}), "names": list(names), "said": {}}
    said = {"person_id": row.person_id, "message_id": message_id, "shows": row.message, "about_id": row.id}
    session.add_all(ShownCard(report_id=one, **said) for one in names)
    session.flush()
    for one in names:
        struck(session, session.get_one(Report, one), now=now, only=row.person_id)


def struck(session: Session, report: Report, *, now: datetime, only: int | None = None) -> None:
    """The report is struck out of the lists whose readers have nothing more to do with it, or to fear. If it is late
    still, but not as before (accepted, and not fixed; with others, of a reporter's), its line says so.
    """
    session.flush()
    shown = select(ShownCard).where(ShownCard.report_id == report.id, ShownCard.shows.in_(LISTS))
    if only is not None:
        shown = shown.where(ShownCard.person_id == only)
    for one in session.scalars(shown.order_by(ShownCard.person_id)).all():
        if one.shows is Message.OVERDUE:
            is_on = _is_on(session, report, one.person_id, now=now)
        else:
            is_on = report.status in (Status.OPEN, Status.ACCEPTED) and is_late(report, now=now)
        if not is_on:
            _edit(session, one, now=now)
            session.delete(one)
        elif _says_anew(session, report, one):
            _edit(session, one, now=now)
    session.flush()


def forgotten(session: Session, *, person_id: int, message_id: int) -> None:
    """The list is no more."""
    session.execute(
        delete(ShownCard).where(
            ShownCard.person_id == person_id, ShownCard.message_id == message_id, ShownCard.shows.in_(LISTS)
        )
    )


def _says_anew(session: Session, report: Report, shown: ShownCard) -> bool:
    """Note which status, and for a reporter how it stands, the list's line is of; whether it was another one before."""
    row = session.get_one(OutboxMessage, shown.about_id)
    said = (row.facts or {})["said"]
    before = said.get(str(report.id))
    true = str(report.status) if shown.shows is Message.OVERDUE else f"{report.status} {stands(report)}"
    if before != true:
        row.facts = {**(row.facts or {}), "said": {**said, str(report.id): true}}
    return before is not None and before != true


def _is_on(session: Session, report: Report, person_id: int, *, now: datetime) -> bool:
    """Whether it is overdue with the person still; one that waits stays in the list, as it is not done with."""
    offer = session.get(Offer, (report.id, person_id))
    state = offer.state if offer is not None else None
    if report.status is Status.OPEN:
        return state is OfferState.OFFERED and is_late(report, now=now)
    if report.status is Status.ACCEPTED:
        return (report.officer_id == person_id or state is OfferState.RAISED) and is_late(report, now=now)
    return report.status is Status.REVIEW and (report.responsible_id == person_id or state is OfferState.RAISED)


def _replace_older(session: Session, person_id: int, *, now: datetime) -> None:
    older = select(ShownCard).where(ShownCard.person_id == person_id, ShownCard.shows == Message.OVERDUE)
    for one in session.scalars(older).all():
        _edit(session, one, now=now, is_replaced=True)
        session.delete(one)
    session.flush()


def _edit(session: Session, shown: ShownCard, *, now: datetime, is_replaced: bool = False) -> None:
    """Write an edit of this list to what is true when it is sent, unless one waits already."""
    facts: dict[str, Any] = {"edits": shown.message_id, "shows": str(shown.shows), "list": shown.about_id}
    waits = lists_of(shown.person_id, Message.CARD).where(OutboxMessage.state == OutboxState.AVAILABLE)
    for row in session.scalars(waits.with_for_update(skip_locked=True)).all():
        if (row.facts or {}).get("edits") == shown.message_id:
            row.facts = {**(row.facts or {}), "is_replaced": True} if is_replaced else row.facts
            return
    facts |= {"is_replaced": True} if is_replaced else {}
    put(session, shown.person_id, Message.CARD, facts=facts, urgency=Urgency.LOW, now=now)
