"""The history of one's points with what stands behind it: what was bought at which shop, and debts that were paid."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from services.merchants import redemptions
from services.points import overview
from storage.merchant_records import PurchaseRecord
from storage.points_kinds import AccountKind, Reason
from storage.points_records import PointsChange, PointsRecord
from storage.schema import Account, Entry, Hold, Redemption, Transfer

OF_A_SHOP = (Reason.HOLD, Reason.RELEASE, Reason.UNDO)


def page(session: Session, *, person_id: int, page: int) -> PointsRecord:
    """One page of it, as `overview.page` has it."""
    found = overview.page(session, person_id=person_id, page=page)
    return replace(found, changes=tuple(_told(session, found.changes)))


def change(session: Session, *, person_id: int, transfer_id: int) -> tuple[PointsChange, PurchaseRecord | None]:
    """One change, and what was bought, if it is about that.

    Raises:
        NotAllowed: it is none of his.
    """
    found = overview.change(session, person_id=person_id, transfer_id=transfer_id)
    bought = _bought(session, [found]).get(transfer_id)
    (told,) = _told(session, [found])
    return told, None if bought is None else redemptions.purchase(session, bought)


def _told(session: Session, changes: Iterable[PointsChange]) -> list[PointsChange]:
    changes = list(changes)
    bought, paid = _bought(session, changes), _paid(session, changes)
    named = redemptions.named(session, bought.values())
    return [replace(one, paid=paid.get(one.id, 0), bought=named.get(bought.get(one.id, 0))) for one in changes]


def _bought(session: Session, changes: Iterable[PointsChange]) -> dict[int, int]:
    """By transfer, the redemption that it put points aside for, or gave them back of."""
    ids = [one.id for one in changes if one.reason in OF_A_SHOP]
    if not ids:
        return {}
    keys = dict(session.execute(select(Transfer.key, Transfer.id).where(Transfer.id.in_(ids))).all())
    back = {int(key.partition(":")[2]): of for key, of in keys.items() if key.startswith(("undo:", "release:"))}
    rows = session.execute(
        select(Redemption.id, Hold.id, Hold.transfer_id)
        .join(Hold, Hold.id == Redemption.hold_id)
        .where(or_(Hold.transfer_id.in_(ids), Hold.id.in_(back)))
    )
    found: dict[int, int] = {}
    for redemption_id, hold_id, transfer_id in rows:
        found |= dict.fromkeys((transfer_id, back.get(hold_id, transfer_id)), redemption_id)
    return found


def _paid(session: Session, changes: Iterable[PointsChange]) -> dict[int, int]:
    """By transfer, how much of it paid what the person owed."""
    paid = (
        select(Entry.transfer_id, func.sum(Entry.amount))
        .join(Account, Account.id == Entry.account_id)
        .where(Entry.transfer_id.in_([one.id for one in changes]), Account.kind == AccountKind.OWED, Entry.amount > 0)
        .group_by(Entry.transfer_id)
    )
    return {transfer_id: int(amount) for transfer_id, amount in session.execute(paid)}  # PostgreSQL: a Decimal
