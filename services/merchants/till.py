"""The till: a resident asks for a code, the shop takes it, or its time ends; what was taken can be given back.

Whoever waits for another here always waits in one order: person, shop, code, item, what is put aside, accounts.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import notices
from services.merchants import meals, months, programme, staff, stock
from services.merchants.errors import (
    BadAmount,
    CodeCancelled,
    CodeExpired,
    CodeTaken,
    CodeUndone,
    OwnCode,
    PriceChanged,
    ShopGone,
    ShopUnknown,
    TooLateToUndo,
    TooMuch,
)
from services.points import purse
from services.points.accounts import Name
from services.points.errors import HoldEnded, NotEnough
from storage.points_kinds import AccountKind, HoldState, RedemptionState
from storage.schema import Hold, Item, Merchant, Person, Redemption

LINK = "t_"
"""What the link in a picture begins with."""
SAFETY = timedelta(minutes=1)
"""What is put aside lapses so long after its code, which takes it along."""


@dataclass(frozen=True, slots=True)
class Draw:
    """What chance has drawn for a new code."""

    token: str
    codes: tuple[str, ...]  # six digits each: the first that nobody shows just now
    link: str  # what the picture opens


@dataclass(frozen=True, slots=True)
class Asked:
    """The code that a person shows now; one that he had already is not new."""

    id: int
    code: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class For:
    """What a code is for: so many points, an item, or a rider's meal."""

    points: int = 0
    item_id: int | None = None
    is_meal: bool = False
    price: int | None = None  # of the item, as the person was shown it


def account(merchant_id: int) -> Name:
    """The points that a shop has taken."""
    return Name(AccountKind.MERCHANT, merchant_id)


def ask(session: Session, *, person_id: int, merchant_id: int, what: For, draw: Draw, now: datetime) -> Asked:
    """Put aside what it costs, and show a code for it.

    A person has one code at a time: asked for the same again, at the same price, it is the same one; another ends the
    one before. A code costs what it says, whatever its item costs by now.

    Raises:
        ShopUnknown, ShopGone: there never was such a shop, or it takes no points any more.
        BadAmount, TooMuch: no amount that can be paid at once.
        NotEnough: he has less.
        NoSuchItem, SoldOut, LimitReached, PriceChanged: the item cannot be had, or not at that price.
        NotARider, RiderWaiting, RiderRefused, NotMealtime, NoMealsLeft, MealHad, ShopClosed: the meal cannot.
    """
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))
    shop = _shop(session, merchant_id)
    before = session.scalars(
        select(Redemption)
        .where(Redemption.person_id == person_id, Redemption.state == RedemptionState.OPEN)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if before is not None:
        if before.expires_at > now and _is_for(session, before, merchant_id, what):
            return Asked(before.id, before.code, is_new=False)
        stock.lock(session, (before.item_id, what.item_id))
        end(session, before, RedemptionState.CANCELLED, now=now)
    made = Redemption(
        token=draw.token,
        code=_free(session, draw),
        merchant_id=merchant_id,
        person_id=person_id,
        points=0,
        state=RedemptionState.OPEN,
        made_at=now,
        expires_at=now + programme.till().lasts,
    )
    if what.is_meal:
        meals.reserve(session, made, shop, now=now)
    else:
        made.points = _price(session, made, what)
        lapses_at = made.expires_at + SAFETY
        deed = {"key": f"till:{draw.token}", "words": _named(shop)}
        hold = purse.put_aside(session, person_id, made.points, **deed, lapses_at=lapses_at, now=now)
        made.hold_id = hold.id
    session.add(made)
    session.flush()
    notices.code_shown(session, made, link=draw.link, now=now)
    return Asked(made.id, made.code, is_new=True)


def take(session: Session, *, redemption_id: int, person_id: int, shown_in: int | None = None, now: datetime) -> None:
    """The shop takes what the code is for: once. The receipt stands in place of the message ``shown_in``.

    Raises:
        NotStaff, OtherShop: he does not work at that shop.
        OwnCode: it is his own: a colleague takes it.
        CodeTaken, CodeUndone, CodeExpired, CodeCancelled: it is over.
    """
    _hold_month(session, redemption_id)
    found = _load(session, redemption_id)
    staff.require(session, person_id=person_id, merchant_id=found.merchant_id)
    check(found, person_id=person_id, now=now)
    found.state, found.ended_at, found.taken_by = RedemptionState.TAKEN, now, person_id
    found.month = months.open_month(session, found.merchant_id, now=now)
    session.flush()
    stock.move(session, found, pieces=-1, held=-1)
    if found.hold_id is not None:
        rate = session.get_one(Merchant, found.merchant_id, populate_existing=True).fen_a_point
        found.fen_a_point = rate
        try:
            purse.capture(session, found.hold_id, account(found.merchant_id), fen_a_point=rate, by=person_id, now=now)
        except HoldEnded:  # the clock was faster, and has yet to end the code
            raise CodeExpired from None
    else:
        meals.book(session, found, by=person_id, now=now)
    notices.taken(session, found, by=person_id, shown_in=shown_in, now=now)


def check(found: Redemption, *, person_id: int, now: datetime) -> None:
    """Whether a code can be taken by this person.

    Raises:
        OwnCode, CodeTaken, CodeUndone, CodeExpired, CodeCancelled: as `take` says.
    """
    if found.person_id == person_id:
        raise OwnCode
    match found.state:
        case RedemptionState.TAKEN:
            raise CodeTaken
        case RedemptionState.UNDONE:
            raise CodeUndone
        case RedemptionState.CANCELLED:
            raise CodeCancelled
        case RedemptionState.EXPIRED:
            raise CodeExpired
    if found.expires_at <= now:
        raise CodeExpired


def undo(session: Session, *, redemption_id: int, person_id: int, shown_in: int | None = None, now: datetime) -> None:
    """Somebody of the shop gives back what it took: points, piece, and right to a meal.

    That it is done stands in place of the message ``shown_in``.

    Raises:
        NotStaff, OtherShop: he does not work at that shop.
        CodeUndone: it is given back already.
        CodeExpired, CodeCancelled: it never was taken.
        TooLateToUndo: it was taken longer ago than one may.
    """
    _hold_month(session, redemption_id)
    found = _load(session, redemption_id)
    staff.require(session, person_id=person_id, merchant_id=found.merchant_id)
    check_undo(found, now=now)
    found.state, found.undone_at, found.undone_by = RedemptionState.UNDONE, now, person_id
    assert found.month is not None
    found.undone_month = months.open_month(session, found.merchant_id, now=now, first=found.month)
    session.flush()
    stock.move(session, found, pieces=1)
    try:
        if found.hold_id is not None:
            purse.undo(session, found.hold_id, account(found.merchant_id), by=person_id, now=now)
        else:
            meals.unbook(session, found, by=person_id, now=now)
    except NotEnough:  # the month was closed while this hung: the shop is paid for it, and has nothing else yet
        raise TooLateToUndo(minutes=programme.minutes(programme.till().undo)) from None
    notices.given_back(session, found, by=person_id, shown_in=shown_in, now=now)


def check_undo(found: Redemption, *, now: datetime) -> None:
    """Whether what a code was for can be given back.

    Raises:
        CodeUndone, CodeExpired, CodeCancelled, TooLateToUndo: as `undo` says.
    """
    if found.state is RedemptionState.UNDONE:
        raise CodeUndone
    if found.state is not RedemptionState.TAKEN:
        raise CodeCancelled if found.state is RedemptionState.CANCELLED else CodeExpired
    assert found.ended_at is not None
    if now >= found.ended_at + programme.till().undo:
        raise TooLateToUndo(minutes=programme.minutes(programme.till().undo))


def cancel(session: Session, *, redemption_id: int, person_id: int, now: datetime) -> None:
    """Who asked for the code does not need it any more; one that is over stays what it is.

    Raises:
        CodeTaken: the shop was faster.
    """
    found = _load(session, redemption_id)
    if found.person_id == person_id and found.state is RedemptionState.TAKEN:
        raise CodeTaken
    if found.person_id == person_id and found.state is RedemptionState.OPEN:
        end(session, found, RedemptionState.CANCELLED, now=now)


def expire(session: Session, *, now: datetime) -> int:
    """The oldest code whose time is over ends; return how many. One a transaction: none waits for another."""
    due = session.scalars(
        select(Redemption)
        .where(Redemption.state == RedemptionState.OPEN, Redemption.expires_at <= now)
        .order_by(Redemption.expires_at)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).first()
    if due is None:
        return 0
    end(session, due, RedemptionState.EXPIRED, now=now)
    return 1


def hold_all(session: Session, merchant_ids: Collection[int]) -> Sequence[Redemption]:
    """The codes that are shown for these shops, which are locked. Nobody else ends them, nor changes what belongs to
    them, until this transaction ends.
    """
    waiting = session.scalars(
        select(Redemption)
        .where(Redemption.merchant_id.in_(merchant_ids), Redemption.state == RedemptionState.OPEN)
        .order_by(Redemption.person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    stock.lock(session, (one.item_id for one in waiting))
    holds = {one.hold_id for one in waiting if one.hold_id is not None}
    session.execute(select(Hold.id).where(Hold.id.in_(holds)).order_by(Hold.id).with_for_update())
    purse.lock(session, {one.person_id for one in waiting})
    return waiting


def end_all(session: Session, merchant_id: int, *, now: datetime) -> int:
    """The shop is gone: what waits for it is given back, and said so; return how much."""
    waiting = hold_all(session, [merchant_id])
    for one in waiting:
        end(session, one, RedemptionState.CANCELLED, now=now)
        notices.code_gone(session, one, now=now)
    return len(waiting)


def end(session: Session, found: Redemption, state: RedemptionState, *, now: datetime) -> None:
    """A code that is shown, and locked, ends untaken."""
    found.state, found.ended_at = state, now
    session.flush()
    stock.move(session, found, held=-1)
    if found.hold_id is not None:
        hold = session.get_one(Hold, found.hold_id, with_for_update=True, populate_existing=True)
        if hold.state is HoldState.HELD:
            purse.release(session, hold.id, by=None, now=now)
    notices.code_over(session, found, now=now)


def _hold_month(session: Session, redemption_id: int) -> None:
    """Nobody settles a month of the code's shop meanwhile; who waited for that sees that it is closed."""
    shop = select(Redemption.merchant_id).where(Redemption.id == redemption_id).scalar_subquery()
    session.execute(select(Merchant.id).where(Merchant.id == shop).with_for_update(key_share=True))


def _load(session: Session, redemption_id: int) -> Redemption:
    found = session.scalars(
        select(Redemption)
        .where(Redemption.id == redemption_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise CodeExpired
    return found


def _shop(session: Session, merchant_id: int) -> Merchant:
    shop = session.scalars(
        select(Merchant)
        .where(Merchant.id == merchant_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).first()
    if shop is None:
        raise ShopUnknown
    if shop.removed_at is not None:
        raise ShopGone
    return shop


def _named(shop: Merchant) -> str:
    """As it stands in the history of points, whatever language they are read in."""
    return shop.name_zh if shop.name_zh == shop.name_en else f"{shop.name_zh} · {shop.name_en}"


def _is_for(session: Session, before: Redemption, merchant_id: int, what: For) -> bool:
    """Whether a code is for this, at the price that was shown; where none was, at what it costs now."""
    if before.merchant_id != merchant_id or before.item_id != what.item_id:
        return False
    if what.is_meal or before.mealtime is not None:
        return what.is_meal and before.mealtime is not None
    if what.item_id is None:
        return before.points == what.points
    shown = what.price if what.price is not None else session.scalar(select(Item.price).where(Item.id == what.item_id))
    return before.points == shown


def _free(session: Session, draw: Draw) -> str:
    """The first of the drawn codes that is not shown to anybody just now."""
    waits = Redemption.state == RedemptionState.OPEN
    shown = set(session.scalars(select(Redemption.code).where(waits, Redemption.code.in_(draw.codes))))
    return next(code for code in draw.codes if code not in shown)


def _price(session: Session, made: Redemption, what: For) -> int:
    if what.item_id is None:
        if what.points < 1:
            raise BadAmount
        price = what.points
    else:
        price = stock.reserve(session, made, what.item_id)
        if what.price not in (None, price):
            raise PriceChanged(points=price)
    if price > programme.till().most:
        raise TooMuch(most=programme.till().most)
    return price
