"""Do the ledger and the books of the shops say the same? All of it in a few sums that the database makes.

Of months and rates: `audit_months.py`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, String, and_, case, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from services.points import audit_months
from services.points.accounts import Name
from services.points.findings import Fault, Finding
from storage.points_kinds import AccountKind, Currency, HoldState, RedemptionState
from storage.schema import Hold, Item, Merchant, MerchantMonth, Redemption

ENDS = {
    RedemptionState.OPEN: HoldState.HELD,
    RedemptionState.TAKEN: HoldState.CAPTURED,
    RedemptionState.UNDONE: HoldState.UNDONE,
    RedemptionState.CANCELLED: HoldState.RELEASED,
    RedemptionState.EXPIRED: HoldState.RELEASED,
}
"""What becomes of what is put aside, as its code goes."""


def look(session: Session, accounts: Iterable[Row[Any]]) -> Iterator[Finding]:
    """All findings: shops, their months, pieces put aside, and what is put aside for codes."""
    yield from _shops(session, {one.key: one.balance for one in accounts if one.kind == AccountKind.MERCHANT})
    yield from audit_months.look(session)
    yield from _pieces(session)
    yield from _loose(session)
    yield from _codes(session)


def _shops(session: Session, has: dict[str, int]) -> Iterator[Finding]:
    """What a shop took and did not give back, less what it was paid for, is what it has."""
    taken = select(Redemption.merchant_id, *_sums(Redemption)).where(Redemption.state == RedemptionState.TAKEN)
    paid = select(MerchantMonth.merchant_id, *_sums(MerchantMonth))
    due: dict[str, int] = defaultdict(int)
    for sign, asked, of in ((1, taken, Redemption), (-1, paid, MerchantMonth)):
        for shop, points, fen in session.execute(asked.group_by(of.merchant_id)):
            due[Name(AccountKind.MERCHANT, shop).key] += sign * points
            due[Name(AccountKind.MERCHANT, shop, Currency.FEN).key] += sign * fen
    for key in sorted(has.keys() | due.keys()):
        if has.get(key, 0) != due[key]:
            yield Finding(Fault.SHOP, key, has.get(key, 0), due[key])


def _pieces(session: Session) -> Iterator[Finding]:
    """As many pieces are put aside as codes are shown for them."""
    shown = select(Redemption.item_id, func.count().label("many")).where(Redemption.state == RedemptionState.OPEN)
    codes = shown.group_by(Redemption.item_id).subquery()
    many = func.coalesce(codes.c.many, 0)
    wrong = (
        select(Merchant.code, Item.code, Item.held, many)
        .join(Merchant, Merchant.id == Item.merchant_id)
        .outerjoin(codes, codes.c.item_id == Item.id)
        .where(Item.held != many)
        .order_by(Item.id)
    )
    for shop, item, held, expected in session.execute(wrong):
        yield Finding(Fault.PIECES, f"{shop} {item}", held, expected)


def _loose(session: Session) -> Iterator[Finding]:
    wrong = select(Hold.id, Hold.amount).outerjoin(Redemption, Redemption.hold_id == Hold.id)
    for hold, amount in session.execute(wrong.where(Redemption.id.is_(None)).order_by(Hold.id)):
        yield Finding(Fault.LOOSE, f"hold {hold}", amount, 0)


def _codes(session: Session) -> Iterator[Finding]:
    """What a code has put aside is its own, is as much as it is for, and went the way that the code did."""
    state, ended = type_coerce(Redemption.state, String), type_coerce(Hold.state, String)
    should = case({str(code): str(hold) for code, hold in ENDS.items()}, value=state, else_="")
    # what lapsed by itself, before the clock came round to the code, waits for it
    waits = and_(state == RedemptionState.OPEN, ended == HoldState.RELEASED, Hold.ended_at >= Hold.lapses_at)
    strays = or_(Hold.id.is_(None), and_(ended != should, ~func.coalesce(waits, False)))
    differs, is_others = Redemption.points != Hold.amount, Redemption.person_id != Hold.person_id
    people = (Redemption.person_id, Hold.person_id.label("whose"))
    wrong = (
        select(Redemption.id, state.label("code"), ended.label("hold"), strays, Redemption.points, Hold.amount, *people)
        .outerjoin(Hold, Hold.id == Redemption.hold_id)
        .where(Redemption.hold_id.is_not(None), or_(strays, differs, is_others))
        .order_by(Redemption.id)
    )
    for number, code, hold, is_astray, points, amount, person, whose in session.execute(wrong):
        where = f"code {number}"
        if is_astray:
            yield Finding(Fault.STATE, where, code, hold or "missing")
        if hold is not None and points != amount:
            yield Finding(Fault.AMOUNT, where, points, amount)
        if hold is not None and person != whose:
            yield Finding(Fault.WHOSE, where, f"P-{person}", f"P-{whose}")


def _sums(of: type[Redemption] | type[MerchantMonth]) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """Points, and fen."""
    return tuple(func.coalesce(func.sum(one), 0, type_=Integer) for one in (of.points, of.subsidy))  # type: ignore[return-value]
