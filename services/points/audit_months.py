"""Is each closed month what was taken in it, and did the transfer that closed it move that? At which rates?

What a shop is paid for a point is said in the words of the transfer by which it was taken, which its chain seals.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, case, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from services.points import purse
from services.points.findings import Fault, Finding
from storage.points_kinds import AccountKind, Currency, Reason, RedemptionState
from storage.schema import Account, Entry, Merchant, MerchantMonth, Redemption, Transfer

NOTHING = dict.fromkeys(("points", "worth", "meals", "subsidy", "undone"), 0)
"""What the redemptions of a month come to that has none."""
Month = tuple[int, str]
"""A shop's."""
Said = dict[str, int]
"""By column."""


def look(session: Session) -> Iterator[Finding]:
    """All findings: months, what was paid for them, and rates."""
    taken, paid = _taken(session), _paid(session)
    closed = select(MerchantMonth, Merchant.code).join(Merchant, Merchant.id == MerchantMonth.merchant_id)
    for one, code in session.execute(closed.order_by(MerchantMonth.merchant_id, MerchantMonth.month)):
        where, due = f"{code} {one.month}", taken.get((one.merchant_id, one.month), NOTHING)
        for column, summed in due.items():
            if getattr(one, column) != summed and (column != "fen_a_point" or summed):  # of no points: the shop's own
                yield Finding(Fault.MONTH, f"{where} {column}", getattr(one, column), summed)
        moved = paid.get(f"settle:{one.merchant_id}:{one.month}", {"transfer": 0, "points": 0, "fen": 0})
        said = {"transfer": one.transfer_id or 0, "points": one.points, "fen": one.worth + one.subsidy}
        for column, amount in said.items():
            if amount != moved[column]:
                yield Finding(Fault.PAID, f"{where} {column}", amount, moved[column])
    yield from _rates(session)


def _taken(session: Session) -> dict[Month, Said]:
    """What was taken in each month, less what was given back in it, or of it before it was closed."""
    of = Redemption
    is_same = func.coalesce(and_(of.state == RedemptionState.UNDONE, of.undone_month == of.month), False)
    columns = (of.merchant_id, of.points, of.fen_a_point, of.subsidy, of.mealtime)
    was_taken, was_undone = case((is_same, 0), else_=1), case((is_same, 1), else_=0)
    taken = select(*columns, of.month.label("at"), was_taken.label("counts"), was_undone.label("is_undone"))
    back = select(*columns, of.undone_month.label("at"), literal(-1).label("counts"), literal(1).label("is_undone"))
    both = union_all(taken.where(of.month.is_not(None)), back.where(of.undone_month != of.month)).subquery()
    one, rate = both.c, func.coalesce(both.c.fen_a_point, 0)
    sums = {
        "points": _sum(one.counts * one.points),
        "worth": _sum(one.counts * one.points * rate),
        "meals": _sum(case((one.mealtime.is_not(None), one.counts), else_=0)),
        "subsidy": _sum(one.counts * func.coalesce(one.subsidy, 0)),
        "undone": _sum(one.is_undone),
        "fen_a_point": func.max(case((one.counts != 0, rate), else_=0)),  # of several rates, the highest
    }
    found = select(one.merchant_id, one.at, *sums.values()).group_by(one.merchant_id, one.at)
    return {
        (shop, month): dict(zip(sums, map(int, summed), strict=True)) for shop, month, *summed in session.execute(found)
    }


def _paid(session: Session) -> dict[str, Said]:
    """By the key of a settlement, which transfer it is, and how much points and fen it settled."""
    amounts = {
        str(currency): _sum(case((Account.currency == currency, Entry.amount), else_=0)).label(currency)
        for currency in Currency
    }
    found = (
        select(Transfer.key, Transfer.id.label("transfer"), *amounts.values())
        .join(Entry, Entry.transfer_id == Transfer.id)
        .join(Account, and_(Account.id == Entry.account_id, Account.kind == AccountKind.SETTLED))
        .where(Transfer.reason == Reason.SETTLEMENT)
        .group_by(Transfer.key, Transfer.id)
    )
    return {
        row.key: {"transfer": row.transfer, **{name: int(getattr(row, name)) for name in amounts}}
        for row in session.execute(found)
    }


def _rates(session: Session) -> Iterator[Finding]:
    """What was taken before rates were sealed has no words: of that, only the months say something."""
    rate = func.coalesce(cast(Redemption.fen_a_point, String), "-")
    capture = literal("capture:") + cast(Redemption.hold_id, String)
    wrong = (
        select(Redemption.id, rate, Transfer.words)
        .join(Transfer, Transfer.key == capture)
        .where(Transfer.words != literal(purse.RATE) + rate)
        .order_by(Redemption.id)
    )
    for number, found, words in session.execute(wrong):
        yield Finding(Fault.RATE, f"code {number}", found, str(words).removeprefix(purse.RATE))


def _sum(of: ColumnElement[Any]) -> ColumnElement[int]:
    return func.coalesce(func.sum(of), 0, type_=Integer)
