"""Pieces of an item: put aside for a code that is shown, given, given back. How many one person may have."""

from collections.abc import Iterable

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from services.merchants.errors import LimitReached, NoSuchItem, SoldOut
from storage.points_kinds import RedemptionState
from storage.schema import Item, Redemption

USED = (RedemptionState.OPEN, RedemptionState.TAKEN)
"""What counts for limits."""


def lock(session: Session, item_ids: Iterable[int | None]) -> None:
    """Let nobody else change these items until this transaction ends: always in one order, no deadlock."""
    wanted = {one for one in item_ids if one is not None}
    if wanted:
        session.execute(select(Item.id).where(Item.id.in_(wanted)).order_by(Item.id).with_for_update())


def reserve(session: Session, made: Redemption, item_id: int) -> int:
    """Put a piece aside for a new code of this shop; return its price in points.

    Raises:
        NoSuchItem: the shop does not have it (any more).
        SoldOut: all pieces are gone, or put aside for others.
        LimitReached: he had as many as one person may.
    """
    item = session.scalars(
        update(Item)
        .where(
            Item.id == item_id,
            Item.merchant_id == made.merchant_id,
            Item.removed_at.is_(None),
            Item.stock.is_(None) | (Item.held < Item.stock),
        )
        .values(held=Item.held + 1)
        .returning(Item)
        .execution_options(populate_existing=True)
    ).first()
    if item is None:
        there = exists().where(Item.id == item_id, Item.merchant_id == made.merchant_id, Item.removed_at.is_(None))
        raise SoldOut if session.scalar(select(there)) else NoSuchItem
    made.item_id = item.id
    if item.limit_each is not None and _had(session, made.person_id, item.id) >= item.limit_each:
        raise LimitReached(most=item.limit_each)
    return item.price


def move(session: Session, found: Redemption, *, pieces: int = 0, held: int = 0) -> None:
    """Change how many pieces of a code's item are there, and how many of them are put aside; not every code has one."""
    if found.item_id is not None:
        session.execute(
            update(Item)
            .where(Item.id == found.item_id)
            .values(stock=Item.stock + pieces, held=Item.held + held)
            .execution_options(synchronize_session=False)
        )


def _had(session: Session, person_id: int, item_id: int) -> int:
    had = select(func.count()).where(
        Redemption.person_id == person_id, Redemption.item_id == item_id, Redemption.state.in_(USED)
    )
    return session.scalar(had) or 0
