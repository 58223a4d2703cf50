"""What is said at the till, to the shop's people, and at the end of a month."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.notices.clock import lists_of
from services.notices.writing import put
from storage.kinds import Message, Urgency
from storage.schema import OutboxMessage, Redemption


def code_shown(session: Session, made: Redemption, *, link: str, now: datetime) -> None:
    """Who asked for the code gets it, before all else: somebody stands at the till."""
    facts = {"redemption": made.id, "link": link}
    put(session, made.person_id, Message.CODE, facts=facts, urgency=Urgency.URGENT, now=now)


def code_over(session: Session, found: Redemption, *, now: datetime) -> None:
    """The message that shows it changes, if it is there already."""
    if found.message_id is not None:
        facts = {"redemption": found.id, "edits": found.message_id, "deletes": found.picture_id}
        put(session, found.person_id, Message.CODE_OVER, facts=facts, now=now)


def code_gone(session: Session, found: Redemption, *, now: datetime) -> None:
    """The shop that it is for was removed: that must be heard, too."""
    put(session, found.person_id, Message.CODE_GONE, facts={"redemption": found.id}, urgency=Urgency.URGENT, now=now)


def taken(session: Session, found: Redemption, *, by: int, shown_in: int | None, now: datetime) -> None:
    """Both get a receipt, at once: the customer's in place of his code, the shop's in that of ``shown_in``."""
    facts: dict[str, Any] = {"redemption": found.id}
    put(session, found.person_id, Message.SPENT, facts=facts, urgency=Urgency.URGENT, now=now)
    edits = {"edits": shown_in} if shown_in is not None else {}
    put(session, by, Message.TOOK, facts=facts | edits, urgency=Urgency.URGENT, now=now)


def given_back(session: Session, found: Redemption, *, by: int, shown_in: int | None, now: datetime) -> None:
    """Who paid hears it, who gave it back, and who had taken it: in place of the receipt that each of them has."""
    for person_id in dict.fromkeys((found.person_id, by, found.taken_by)):
        if person_id is None:
            continue
        facts: dict[str, Any] = {"redemption": found.id, "is_mine": person_id == found.person_id}
        if person_id == by and shown_in is not None:
            facts["edits"] = shown_in
        else:
            facts["replaces"] = _receipts(session, found, person_id)
        put(session, person_id, Message.UNDONE, facts=facts, urgency=Urgency.URGENT, now=now)


def _receipts(session: Session, found: Redemption, person_id: int) -> list[int]:
    """The messages that say to somebody that it was taken."""
    message = Message.SPENT if person_id == found.person_id else Message.TOOK
    rows = session.scalars(lists_of(person_id, message).where(OutboxMessage.made_at >= found.ended_at))
    return [row.sent[-1] for row in rows if row.sent and (row.facts or {}).get("redemption") == found.id]


def receipt_over(session: Session, found: Redemption, message_id: int, *, now: datetime) -> None:
    """The receipt of what was given back while it was on its way changes."""
    facts = {"redemption": found.id, "edits": message_id, "is_receipt": True}
    put(session, found.person_id, Message.CODE_OVER, facts=facts, now=now)


def codes_guessed(session: Session, people: Iterable[int], *, facts: dict[str, Any], now: datetime) -> None:
    """The other owners hear which ``person`` has typed so many ``wrong`` codes, and waits ``minutes``.

    Where there is nobody else, administrators hear it, and at which ``shops`` he works.
    """
    for person_id in people:
        if person_id != facts["person"]:
            put(session, person_id, Message.CODES_GUESSED, facts=facts, now=now)


def shop_removed(session: Session, person_id: int, *, merchant_id: int, changes_role: bool, now: datetime) -> None:
    """Somebody of the shop hears that it takes no points any more, and whether he works at no other."""
    facts = {"shop": merchant_id, "changes_role": changes_role}
    put(session, person_id, Message.SHOP_REMOVED, facts=facts, now=now)


def shop_back(session: Session, person_id: int, *, merchant_id: int, changes_role: bool, now: datetime) -> None:
    """He hears that it takes points again, and whether it is the only one where he works."""
    facts = {"shop": merchant_id, "changes_role": changes_role}
    put(session, person_id, Message.SHOP_BACK, facts=facts, now=now)


def shop_overwritten(session: Session, owners: Iterable[int], *, facts: dict[str, Any], now: datetime) -> None:
    """The owners of ``shop`` hear which ``columns`` and ``items`` (names zh, en) are those of a list now."""
    for person_id in owners:
        put(session, person_id, Message.SHOP_OVERWRITTEN, facts=facts, now=now)


def settled(session: Session, owners: Iterable[int], *, merchant_id: int, month: str, now: datetime) -> None:
    """The owners of a shop get the sheet of its month."""
    for person_id in owners:
        put(session, person_id, Message.SETTLED, facts={"shop": merchant_id, "month": month}, now=now)


def all_settled(session: Session, people: Iterable[int], *, month: str, now: datetime) -> None:
    """The administrators get the sheet of all shops."""
    for person_id in people:
        put(session, person_id, Message.SETTLED_ALL, facts={"month": month}, now=now)
