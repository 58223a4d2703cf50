"""Settlement: what a shop is paid for a month. Closing it is one transfer that empties what the month brought.

A month can be closed once nothing of it can be given back any more; it never changes after that. What is given back
later counts in the next month that is open.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from services import audit, notices, people
from services.merchants import meals, months, programme, staff
from services.merchants.errors import MonthNotOver, NothingYet
from services.merchants.till import account
from services.points import ledger
from services.points.accounts import common
from services.points.ledger import About
from storage.kinds import Deed, Language
from storage.merchant_records import SettlementLine, SettlementRecord
from storage.points_kinds import AccountKind, Currency, Reason, RedemptionState
from storage.schema import Item, Merchant, MerchantMonth, Redemption


def close(session: Session, *, month: str, now: datetime) -> list[SettlementRecord]:
    """Close a month of all shops; return what each is paid. Whoever asks again gets the same, and nothing moves.

    Raises:
        BadMonth: that is none.
        MonthNotOver: something of it can still change.
        NothingYet: points first moved after it.
    """
    if not months.may_close(session, month, now=now, undo=programme.till().undo):
        raise MonthNotOver(month=month, minutes=programme.minutes(programme.till().undo))
    was_closed = is_closed(session, month=month)
    if not was_closed and month < (first := months.first(session, now=now)):
        raise NothingYet(month=month, first=first)
    shops = session.scalars(
        select(Merchant).order_by(Merchant.id).with_for_update(key_share=True)  # always in one order: no deadlock
    ).all()
    closed = set(session.scalars(select(MerchantMonth.merchant_id).where(MerchantMonth.month == month)))
    lines = _lines(session, [shop.id for shop in shops], month)
    left = [shop for shop in shops if shop.id not in closed]
    new = [shop for shop in left if lines[shop.id] or not (was_closed or shop.removed_at)]  # later shops have none
    owners = staff.owners_by_shop(session, [shop.id for shop in new])
    for shop in new:
        _close(session, _sum(shop, month, lines[shop.id]), now=now)
        notices.settled(session, owners.get(shop.id, ()), merchant_id=shop.id, month=month, now=now)
    if new:
        notices.all_settled(session, people.administrators(session), month=month, now=now)
        audit.note(session, Deed.MONTH_SETTLED, by=None, facts={"month": month, "shops": len(new)}, now=now)
    return everything(session, month=month)


def is_closed(session: Session, *, month: str) -> bool:
    """Whether the month was closed before."""
    return session.scalar(select(MerchantMonth.merchant_id).where(MerchantMonth.month == month).limit(1)) is not None


def asks_first(session: Session, *, month: str, now: datetime) -> bool:
    """Whether to close it is worth a question: it is long over, and there is no way back.

    Raises:
        BadMonth: that is none.
    """
    return months.is_long_over(session, month, now=now) and not is_closed(session, month=month)


def everything(session: Session, *, month: str) -> list[SettlementRecord]:
    """What was paid to each shop for a closed month, without the lines."""
    found = session.execute(
        select(MerchantMonth, Merchant)
        .join(Merchant, Merchant.id == MerchantMonth.merchant_id)
        .where(MerchantMonth.month == month)
        .order_by(Merchant.code)
    )
    rates = _rates_by_shop(session, month)
    return [_closed(one, shop, rates=rates.get(shop.id, ())) for one, shop in found]


def sheet(session: Session, *, merchant_id: int, month: str) -> SettlementRecord:
    """A shop's month with all its lines; one that is not closed, as it is so far."""
    shop = session.get_one(Merchant, merchant_id)
    lines = _lines(session, [merchant_id], month)[merchant_id]
    closed = session.get(MerchantMonth, (merchant_id, month))
    return _sum(shop, month, lines) if closed is None else _closed(closed, shop, rates=_rates(lines), lines=lines)


def sheet_for(session: Session, *, merchant_id: int, month: str, person_id: int) -> SettlementRecord:
    """The same, for an owner who asks for it.

    Raises:
        NotStaff, OtherShop, NotOwner: it is not his.
    """
    staff.require_owner(session, person_id=person_id, merchant_id=merchant_id)
    return sheet(session, merchant_id=merchant_id, month=month)


def _close(session: Session, found: SettlementRecord, *, now: datetime) -> None:
    shop = found.shop_id
    moves = {
        account(shop): -found.points,
        common(AccountKind.SETTLED, shop): found.points,
        meals.account(shop): -found.subsidy,
        common(AccountKind.COUNTY, shop, Currency.FEN): -found.worth,
        common(AccountKind.SETTLED, shop, Currency.FEN): found.pays,
    }
    transfer_id = None
    if any(moves.values()):
        key = f"settle:{shop}:{found.month}"
        transfer_id = ledger.post(session, key=key, about=About(Reason.SETTLEMENT), moves=moves, now=now).id
    session.add(
        MerchantMonth(
            merchant_id=shop,
            month=found.month,
            closed_at=now,
            points=found.points,
            fen_a_point=found.rates[-1],
            worth=found.worth,
            meals=found.meals,
            subsidy=found.subsidy,
            undone=found.undone,
            transfer_id=transfer_id,
        )
    )
    session.flush()


def _sum(shop: Merchant, month: str, lines: Sequence[SettlementLine]) -> SettlementRecord:
    counted = [line for line in lines if not line.is_undone]
    return SettlementRecord(
        shop_id=shop.id,
        code=shop.code,
        shop=_names(shop),
        month=month,
        points=sum(line.points for line in counted),
        rates=_rates(lines) or (shop.fen_a_point,),
        worth=sum(line.worth for line in counted),
        meals=sum(line.count for line in counted if line.mealtime is not None),
        subsidy=sum(line.subsidy for line in counted),
        undone=sum(line.is_undone or line.count < 0 for line in lines),
        closed_at=None,
        lines=tuple(lines),
    )


def _closed(
    one: MerchantMonth, shop: Merchant, *, rates: tuple[int, ...], lines: Sequence[SettlementLine] = ()
) -> SettlementRecord:
    """As it was closed, whatever the shop's rate is now."""
    return SettlementRecord(
        shop_id=shop.id,
        code=shop.code,
        shop=_names(shop),
        month=one.month,
        points=one.points,
        rates=rates or (one.fen_a_point,),
        worth=one.worth,
        meals=one.meals,
        subsidy=one.subsidy,
        undone=one.undone,
        closed_at=one.closed_at,
        lines=tuple(lines),
    )


def _lines(session: Session, merchant_ids: Sequence[int], month: str) -> dict[int, list[SettlementLine]]:
    """By shop, what was taken in the month, and what was given back in it that an earlier one had; oldest first."""
    found = session.execute(
        select(Redemption, Item)
        .outerjoin(Item, Item.id == Redemption.item_id)
        .where(
            Redemption.merchant_id.in_(merchant_ids),
            or_(Redemption.month == month, Redemption.undone_month == month),
        )
    )
    lines: dict[int, list[SettlementLine]] = defaultdict(list)
    for one, item in found:
        lines[one.merchant_id] += _of(one, item, month)
    for of_shop in lines.values():
        of_shop.sort(key=lambda line: line.at)
    return lines


def _of(one: Redemption, item: Item | None, month: str) -> Iterator[SettlementLine]:
    is_same = one.state is RedemptionState.UNDONE and one.undone_month == one.month
    if one.month == month:
        yield _line(one, item, at=one.ended_at, count=1, is_undone=is_same)
    if one.undone_month == month and not is_same:
        yield _line(one, item, at=one.undone_at, count=-1)


def _line(
    one: Redemption, item: Item | None, *, at: datetime | None, count: int, is_undone: bool = False
) -> SettlementLine:
    assert at is not None
    return SettlementLine(
        number=one.id,
        at=at,
        item={Language.ZH: item.name_zh, Language.EN: item.name_en} if item is not None else None,
        mealtime=one.mealtime,
        points=count * one.points,
        cash=count * (one.cash or 0),
        subsidy=count * (one.subsidy or 0),
        count=count,
        is_undone=is_undone,
        fen_a_point=one.fen_a_point,
    )


def _rates(lines: Sequence[SettlementLine]) -> tuple[int, ...]:
    """At which points were taken, lowest first."""
    counted = [line.fen_a_point for line in lines if not line.is_undone]
    return tuple(sorted({rate for rate in counted if rate is not None}))


def _rates_by_shop(session: Session, month: str) -> dict[int, tuple[int, ...]]:
    of = Redemption
    is_undone = and_(of.month == month, func.coalesce(of.undone_month, "") == month)
    found = (
        select(of.merchant_id, of.fen_a_point)
        .where(or_(of.month == month, of.undone_month == month), ~is_undone, of.fen_a_point.is_not(None))
        .distinct()
        .order_by(of.fen_a_point)
    )
    rates: dict[int, tuple[int, ...]] = {}
    for merchant_id, rate in session.execute(found):
        rates[merchant_id] = (*rates.get(merchant_id, ()), int(rate or 0))
    return rates


def _names(shop: Merchant) -> dict[Language, str]:
    return {Language.ZH: shop.name_zh, Language.EN: shop.name_en}
