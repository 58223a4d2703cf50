"""Reading redemptions for what is said of them, and remembering the messages that show a code."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import notices
from services.merchants import programme, staff
from services.points import ledger
from services.points.accounts import Name
from services.points.accounts import purse as purse_of
from storage.kinds import Language
from storage.merchant_records import Bought, MealPrice, Names, PurchaseRecord, RedemptionRecord
from storage.points_kinds import AccountKind, RedemptionState
from storage.schema import Item, Merchant, OutboxMessage, Person, Redemption

LISTED = 10
"""Redemptions that a shop sees in one list."""


_ROWS = (
    select(Redemption, Merchant, Item, Person.name)
    .join(Merchant, Merchant.id == Redemption.merchant_id)
    .join(Person, Person.id == Redemption.person_id)
    .outerjoin(Item, Item.id == Redemption.item_id)
)


def load(session: Session, redemption_id: int) -> RedemptionRecord:
    """A redemption as it is now, with what both sides have."""
    one, shop, item, name = session.execute(_ROWS.where(Redemption.id == redemption_id)).one()
    return replace(
        _record(one, shop, item, name),
        balance=ledger.balance(session, purse_of(one.person_id)),
        shop_balance=ledger.balance(session, Name(AccountKind.MERCHANT, one.merchant_id)),
    )


def purchase(session: Session, redemption_id: int) -> PurchaseRecord:
    """A redemption, and whether an owner of the shop took it and gave it back; who works there no more was staff."""
    one = session.get_one(Redemption, redemption_id)
    owners = staff.owners(session, [one.merchant_id])
    by = [None if who is None else who in owners for who in (one.taken_by, one.undone_by)]
    return PurchaseRecord(load(session, redemption_id), *by)


def named(session: Session, redemption_ids: Collection[int]) -> dict[int, Bought]:
    """Where, and for what."""
    found = session.execute(_ROWS.where(Redemption.id.in_(list(redemption_ids)))).all() if redemption_ids else ()
    return {one.id: Bought(_names(shop), None if item is None else _names(item)) for one, shop, item, _ in found}


def lately(session: Session, *, merchant_id: int, person_id: int) -> list[RedemptionRecord]:
    """What a shop took last, newest first, for somebody of it.

    Raises:
        NotStaff, OtherShop: he does not work there.
    """
    staff.require(session, person_id=person_id, merchant_id=merchant_id)
    taken = (RedemptionState.TAKEN, RedemptionState.UNDONE)
    found = session.execute(
        _ROWS.where(Redemption.merchant_id == merchant_id, Redemption.state.in_(taken))
        .order_by(Redemption.ended_at.desc(), Redemption.id.desc())
        .limit(LISTED)
    )
    return [_record(*row) for row in found]


def shown(session: Session, row: OutboxMessage, sent: Sequence[int], *, now: datetime) -> None:
    """The code is on somebody's phone, in these messages; if it is over meanwhile, they change at once."""
    found = session.get_one(Redemption, (row.facts or {})["redemption"])
    found.message_id = sent[-1]
    found.picture_id = sent[0] if len(sent) > 1 else None
    session.flush()
    if found.state is not RedemptionState.OPEN:
        notices.code_over(session, found, now=now)


def receipt_shown(session: Session, row: OutboxMessage, sent: Sequence[int], *, now: datetime) -> None:
    """The receipt is on somebody's phone; if it is given back meanwhile, it changes at once.

    Locked, as who gives it back just now must see that it is out.
    """
    number = (row.facts or {})["redemption"]
    found = session.get_one(Redemption, number, with_for_update=True, populate_existing=True)
    if found.state is RedemptionState.UNDONE:
        notices.receipt_over(session, found, sent[-1], now=now)


def initials(name: str) -> str:
    """Who it is, without saying it: `C. M.` of a name in Latin letters, `王＊` of a Chinese one."""
    words = re.findall(r"[^\W\d_]+", name)
    if not words:
        return "＊"
    if ord(words[0][0]) > 0x2E7F:
        return f"{words[0][0]}＊"
    return " ".join(f"{word[0].upper()}." for word in words[:2])


def _record(one: Redemption, shop: Merchant, item: Item | None, name: str) -> RedemptionRecord:
    is_meal = one.mealtime is not None
    return RedemptionRecord(
        id=one.id,
        shop_id=shop.id,
        shop=_names(shop),
        points=one.points,
        item=_names(item) if item is not None else None,
        mealtime=one.mealtime,
        meal={Language.ZH: shop.meal_zh, Language.EN: shop.meal_en} if is_meal else None,
        price=_price(one) if is_meal else None,
        code=one.code,
        token=one.token,
        state=one.state,
        made_at=one.made_at,
        expires_at=one.expires_at,
        ended_at=one.ended_at,
        undone_at=one.undone_at,
        undo_until=one.ended_at + programme.till().undo if one.ended_at and one.taken_by else None,
        initials=initials(name),
        picture_id=one.picture_id,
        message_id=one.message_id,
        is_shop_removed=shop.removed_at is not None,
    )


def _names(of: Merchant | Item) -> Names:
    return {Language.ZH: of.name_zh, Language.EN: of.name_en}


def _price(one: Redemption) -> MealPrice:
    parts = (one.cash or 0, one.subsidy or 0, one.discount or 0)
    return MealPrice(sum(parts), *parts)
