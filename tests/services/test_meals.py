"""The rider's meal: one a mealtime, while the shop has some; the subsidy is booked to the fen."""

import asyncio
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from services.errors import DomainError
from services.merchants import listing, meals, programme
from services.merchants.errors import CodeTaken, MealHad, NoMealsLeft, NotARider, NotMealtime, ShopClosed
from services.parts import Place
from services.points import ledger
from services.points.accounts import SHARDS, common
from storage.kinds import Message, PlaceSource
from storage.points_kinds import AccountKind, Currency, Mealtime
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.shops import Market, later

PRICE = programme.meals().price


@pytest.fixture
def market(scene: Scene) -> Market:
    return Market(scene)


async def fen(market: Market, shop: int) -> tuple[int, int]:
    """What the shop is owed, and what the county owes."""

    def read(session: Session) -> tuple[int, int]:
        county = (common(AccountKind.COUNTY, one, Currency.FEN) for one in range(SHARDS))
        return ledger.balance(session, meals.account(shop)), sum(ledger.balance(session, one) for one in county)

    return await market.scene.store.read(read)


async def left(market: Market, shop: int) -> int:
    found = await market.scene.store.read(listing.shop, person_id=1, merchant_id=shop, now=NOW)
    return found.meals_left


async def test_a_rider_has_a_meal_and_the_county_owes_the_shop_its_part(market: Market) -> None:
    boss, rider = await market.merchant(), await market.rider()
    shop = await market.shop(owner=boss, meals=2)
    code = await market.ask(rider, shop, meal=True)
    shown = await market.code(code)
    assert (shown.mealtime, shown.price, shown.points) == (Mealtime.LUNCH, PRICE, 0)
    assert await left(market, shop) == 1
    await market.take(code, boss)
    assert await fen(market, shop) == (PRICE.subsidy, -PRICE.subsidy)
    assert await market.heard(rider) == [Message.CODE, Message.SPENT]
    with pytest.raises(CodeTaken):
        await market.take(code, boss)
    await market.undo(code, boss)
    assert await fen(market, shop) == (0, 0)
    assert await left(market, shop) == 2
    assert await market.adds_up()


async def test_one_right_a_mealtime(market: Market) -> None:
    boss, rider = await market.merchant(), await market.rider()
    shop, other = await market.shop(owner=boss, meals=5), await market.shop(owner=boss, meals=5)
    code = await market.ask(rider, shop, meal=True)
    await market.take(code, boss)
    for one in (shop, other):
        with pytest.raises(MealHad):
            await market.ask(rider, one, meal=True)
    dinner = await market.ask(rider, shop, meal=True, now=later(hours=6))
    await market.take(dinner, boss, now=later(hours=6))
    await market.ask(rider, shop, meal=True, now=later(days=1))
    assert await left(market, shop) == 3


async def test_what_was_not_eaten_can_be_had_elsewhere(market: Market) -> None:
    boss, rider = await market.merchant(), await market.rider()
    shop, other = await market.shop(owner=boss, meals=1), await market.shop(owner=boss, meals=1)
    await market.ask(rider, shop, meal=True)
    second = await market.ask(rider, other, meal=True)
    assert await left(market, shop) == 1
    await market.expire(later(minutes=5))
    third = await market.ask(rider, shop, meal=True, now=later(minutes=6))
    await market.take(third, boss, now=later(minutes=7))
    assert second != third
    await market.undo(third, boss, now=later(minutes=8))
    await market.ask(rider, other, meal=True, now=later(minutes=9))


@pytest.mark.parametrize(
    ("hours", "error"),
    [(-2, NotMealtime), (2.5, NotMealtime), (9, NotMealtime), (0, NoMealsLeft)],
)
async def test_not_out_of_hours_nor_where_there_are_none(
    market: Market, hours: float, error: type[DomainError]
) -> None:
    rider, shop = await market.rider(), await market.shop(meals=0)
    with pytest.raises(error):
        await market.ask(rider, shop, meal=True, now=later(hours=hours))


async def test_only_registered_riders(market: Market) -> None:
    shop = await market.shop(meals=3)
    with pytest.raises(NotARider):
        await market.ask(await market.person(50), shop, meal=True)


async def test_the_last_meal_is_for_one_of_many(market: Market) -> None:
    shop = await market.shop(meals=1)
    riders = [await market.rider() for _ in range(6)]
    ends = await asyncio.gather(*(market.ask(one, shop, meal=True) for one in riders), return_exceptions=True)
    assert [type(end) for end in ends if not isinstance(end, int)] == [NoMealsLeft] * 5


def test_the_split_makes_up_the_price() -> None:
    assert PRICE.rider + PRICE.subsidy + PRICE.discount == PRICE.whole


async def test_riders_see_who_still_has_meals_the_nearest_first(market: Market) -> None:
    rider = await market.rider()
    far = await market.shop(meals=1, longitude=114.40)
    near = await market.shop(meals=1, longitude=114.366)
    gone = await market.shop(meals=1, longitude=114.365)
    await market.shop(meals=0)
    await market.ask(await market.rider(), gone, meal=True)
    here = Place(25.405, 114.365, PlaceSource.PIN)
    await market.scene.do(listing.look_from, person_id=rider, place=here)
    found = await market.scene.store.read(listing.page, person_id=rider, page=0, has_meals=True, now=NOW)
    assert [shop.id for shop in found.shops] == [near, far]
    assert (found.is_near, found.mealtime) == (True, Mealtime.LUNCH)


async def test_between_mealtimes_a_shop_with_meals_left_says_when_it_gives_them_again(market: Market) -> None:
    rider = await market.rider()
    full, gone = await market.shop(meals=1), await market.shop(meals=1)
    await market.ask(await market.rider(), gone, meal=True)
    tomorrow = datetime.fromisoformat("2026-11-24T10:30:00+08:00")
    for hour, begins, shown in (
        (12, None, [full]),
        (15, tomorrow.replace(day=23, hour=16), [full]),
        (21, tomorrow, [full, gone]),
    ):
        now = NOW.astimezone(tomorrow.tzinfo).replace(hour=hour)
        found = await market.scene.store.read(listing.page, person_id=rider, page=0, has_meals=True, now=now)
        assert [(shop.id, shop.next_meal) for shop in found.shops] == [(one, begins) for one in shown]


async def test_a_shop_that_is_closed_gives_no_meal_and_says_when_it_opens(market: Market) -> None:
    rider = await market.rider()
    for hours, at in (("13:00-21:00", "13:00"), ("07:00-11:00", "11-24 07:00")):
        shop = await market.shop(meals=5, hours=hours)
        with pytest.raises(ShopClosed) as refused:
            await market.ask(rider, shop, meal=True)
        assert refused.value.facts == {"at": at}
    neighbour = await market.person(50)
    await market.ask(neighbour, shop, 10)
    assert await market.has(neighbour) == 40, "points can be paid all the same"
