"""The rider's meal: one right a mealtime, while the shop has meals left; the subsidy is booked in fen."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services import worktime
from services.hours.opening import openness
from services.merchants import programme, riders
from services.merchants.errors import MealHad, NoMealsLeft, NotMealtime, ShopClosed
from services.points import ledger
from services.points.accounts import Name, common
from services.points.ledger import About
from storage.points_kinds import AccountKind, Currency, Reason, RedemptionState
from storage.schema import Merchant, Redemption

USED = (RedemptionState.OPEN, RedemptionState.TAKEN)


def reserve(session: Session, made: Redemption, shop: Merchant, *, now: datetime) -> None:
    """Make a new code one for a meal at this shop, which is locked.

    Raises:
        NotARider, RiderWaiting, RiderRefused: the meal is for registered riders.
        NotMealtime: there is none now; ``first`` and ``last`` say when the next is.
        MealHad: he had this one, or has a code for it.
        NoMealsLeft: today's are gone, or the shop has none.
        ShopClosed: nobody cooks there now; ``at`` says from when on.
    """
    meals, zone = programme.meals(), worktime.of(session).zone
    riders.check(session, made.person_id)
    at = meals.now(now, zone)
    if at is None:
        _, begin, end = meals.next(now, zone)
        raise NotMealtime(first=f"{begin:%H:%M}", last=f"{end:%H:%M}")
    day, mealtime = at
    opening = openness(shop.hours, now=now, zone=zone)
    if not opening.is_open:
        if opening.until is None:  # its hours cannot be read: nobody knows when
            raise NoMealsLeft
        local = opening.until.astimezone(zone)
        raise ShopClosed(at=f"{local:%H:%M}" if local.date() == day else f"{local:%m-%d %H:%M}")
    had = select(Redemption.id).where(
        Redemption.person_id == made.person_id,
        Redemption.day == day,
        Redemption.mealtime == mealtime,
        Redemption.state.in_(USED),
    )
    if session.scalar(had.limit(1)) is not None:
        raise MealHad
    if left(session, [shop], day=day)[shop.id] < 1:
        raise NoMealsLeft
    made.day, made.mealtime = day, mealtime
    made.cash, made.subsidy, made.discount = meals.price.rider, meals.price.subsidy, meals.price.discount


def left(session: Session, shops: "list[Merchant]", *, day: date) -> dict[int, int]:
    """How many meals these shops still have on that day."""
    given = dict(
        session.execute(
            select(Redemption.merchant_id, func.count())
            .where(
                Redemption.merchant_id.in_([shop.id for shop in shops]),
                Redemption.day == day,
                Redemption.mealtime.is_not(None),
                Redemption.state.in_(USED),
            )
            .group_by(Redemption.merchant_id)
        ).all()
    )
    return {shop.id: max(0, shop.meals - given.get(shop.id, 0)) for shop in shops}


def book(session: Session, found: Redemption, *, by: int, now: datetime) -> None:
    """The county owes the shop the subsidy."""
    about = About(Reason.MEAL, found.person_id, by_id=by)
    _move(session, found, found.subsidy or 0, key=f"meal:{found.id}", about=about, now=now)


def unbook(session: Session, found: Redemption, *, by: int, now: datetime) -> None:
    """It does not: the meal was given back."""
    about = About(Reason.UNDO, found.person_id, by_id=by)
    _move(session, found, -(found.subsidy or 0), key=f"meal-undone:{found.id}", about=about, now=now)


def account(merchant_id: int) -> Name:
    """The fen that the county owes a shop."""
    return Name(AccountKind.MERCHANT, merchant_id, Currency.FEN)


def _move(session: Session, found: Redemption, fen: int, *, key: str, about: About, now: datetime) -> None:
    if fen:
        county = common(AccountKind.COUNTY, found.merchant_id, Currency.FEN)
        ledger.post(session, key=key, about=about, moves={county: -fen, account(found.merchant_id): fen}, now=now)
