"""Settlement: a month is paid once, and then does not change."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from services.merchants import meals, months, programme, settlement
from services.merchants.errors import BadMonth, MonthNotOver, NothingYet, TooLateToUndo
from services.points import ledger
from services.points.accounts import SHARDS, common
from storage.kinds import Message, Role
from storage.merchant_records import SettlementRecord
from storage.points_kinds import AccountKind, Currency
from storage.schema import Merchant, MerchantMonth, Transfer
from tests.services.scene import Scene
from tests.services.shops import Market, later

PRICE = programme.meals().price
DECEMBER = datetime.fromisoformat("2026-12-01T00:15:00+08:00")


@pytest.fixture
def market(scene: Scene) -> Market:
    return Market(scene)


async def settle(market: Market, month: str = "2026-11", *, now: datetime = DECEMBER) -> list[SettlementRecord]:
    return await market.scene.do(settlement.close, month=month, now=now)


async def paid(market: Market, currency: Currency) -> int:
    """What merchants were paid for, in all."""
    names = (common(AccountKind.SETTLED, one, currency) for one in range(SHARDS))
    return sum([await market.scene.store.read(ledger.balance, name=name) for name in names])


async def sell(market: Market, person: int, shop: int, boss: int, points: int, *, now: datetime) -> int:
    code = await market.ask(person, shop, points, now=now)
    await market.take(code, boss, now=now)
    return code


async def test_points_at_the_agreed_rate_and_meals_are_paid_and_the_accounts_are_empty(market: Market) -> None:
    boss, admin = await market.merchant(), await market.scene.person("Admin", roles=(Role.ADMIN,))
    rider, neighbour = await market.rider(), await market.person(100)
    shop = await market.shop(owner=boss, meals=5, fen_a_point=12)
    quiet = await market.shop()
    await sell(market, neighbour, shop, boss, 30, now=later())
    wrong = await sell(market, neighbour, shop, boss, 50, now=later(hours=1))
    await market.undo(wrong, boss, now=later(hours=1))
    meal = await market.ask(rider, shop, meal=True)
    await market.take(meal, boss)
    first, nothing = await settle(market)
    assert (first.points, first.meals, first.subsidy, first.undone) == (30, 1, PRICE.subsidy, 1)
    assert first.pays == 30 * 12 + PRICE.subsidy
    assert (nothing.shop_id, nothing.pays) == (quiet, 0)
    assert await market.took(shop) == 0
    assert await market.scene.store.read(ledger.balance, name=meals.account(shop)) == 0
    assert (await paid(market, Currency.POINTS), await paid(market, Currency.FEN)) == (30, first.pays)
    assert await market.heard(boss, Message.SETTLED) == [Message.SETTLED]
    assert await market.heard(admin, Message.SETTLED_ALL) == [Message.SETTLED_ALL]
    sheet = await market.scene.store.read(settlement.sheet, merchant_id=shop, month="2026-11")
    assert [(line.points, line.subsidy, line.is_undone) for line in sheet.lines] == [
        (30, 0, False),
        (0, PRICE.subsidy, False),
        (50, 0, True),
    ]
    assert await market.adds_up()


async def test_twice_is_the_same_and_says_nothing_again(market: Market) -> None:
    boss, neighbour = await market.merchant(), await market.person(100)
    shop = await market.shop(owner=boss)
    await sell(market, neighbour, shop, boss, 30, now=later())
    first = await settle(market)
    transfers = len(await market.scene.rows(Transfer))
    assert await settle(market, now=later(days=60)) == first
    assert len(await market.scene.rows(Transfer)) == transfers
    assert await market.heard(boss, Message.SETTLED) == [Message.SETTLED]


async def test_a_shop_that_came_later_has_no_part_in_a_month_that_is_closed(market: Market) -> None:
    admin = await market.scene.person("Admin", roles=(Role.ADMIN,))
    await market.shop()
    await market.person(5)
    first = await settle(market)
    boss = await market.merchant()
    await market.shop(owner=boss)
    assert await settle(market, now=DECEMBER.replace(day=20)) == first
    assert await market.heard(boss) == []
    assert await market.heard(admin, Message.SETTLED_ALL) == [Message.SETTLED_ALL]


async def test_a_month_is_closed_only_when_nothing_of_it_can_be_given_back(market: Market) -> None:
    await market.shop()
    for now in (later(), DECEMBER.replace(minute=14)):
        with pytest.raises(MonthNotOver):
            await settle(market, now=now)
    for month in ("2026-13", "november", "2026-1", ""):
        with pytest.raises(BadMonth):
            await settle(market, month)
    assert await market.scene.rows(MerchantMonth) == []
    await market.person(5)
    await settle(market)


async def test_a_month_before_the_first_points_is_not_closed(market: Market) -> None:
    await market.shop()
    with pytest.raises(NothingYet) as refused:
        await settle(market)
    assert refused.value.facts == {"month": "2026-11", "first": "2026-12"}
    await market.person(5)
    with pytest.raises(NothingYet) as refused:
        await settle(market, "2026-10")
    assert refused.value.facts == {"month": "2026-10", "first": "2026-11"}
    await settle(market)
    assert len(await market.scene.rows(MerchantMonth)) == 1


async def test_a_month_that_is_long_over_is_asked_about_until_it_is_closed(market: Market) -> None:
    await market.shop()
    await market.person(5)

    async def asks(now: str) -> bool:
        at = datetime.fromisoformat(now)
        return await market.scene.store.read(settlement.asks_first, month="2026-11", now=at)

    assert not await asks("2027-01-31T12:00:00+08:00")
    assert await asks("2027-02-01T12:00:00+08:00")
    await settle(market)
    assert not await asks("2027-02-01T12:00:00+08:00")


async def test_what_is_given_back_after_midnight_counts_in_the_month_in_which_it_was_taken(market: Market) -> None:
    boss, neighbour = await market.merchant(), await market.person(100)
    shop = await market.shop(owner=boss)
    late, early = DECEMBER.replace(day=1, minute=0), DECEMBER.replace(minute=9)
    code = await sell(market, neighbour, shop, boss, 30, now=later())
    last = await sell(market, neighbour, shop, boss, 20, now=late.fromisoformat("2026-11-30T23:58:00+08:00"))
    await market.undo(last, boss, now=early)
    await sell(market, neighbour, shop, boss, 7, now=early)
    (november,) = await settle(market)
    (december,) = await settle(market, "2026-12", now=datetime.fromisoformat("2027-01-02T00:00:00+08:00"))
    assert (november.points, november.undone, december.points, december.undone) == (30, 1, 7, 0)
    assert (await market.code(code)).undone_at is None
    assert await market.took(shop) == 0
    assert await market.adds_up()


async def test_a_closed_month_does_not_change_later_corrections_go_into_the_next(market: Market) -> None:
    boss, neighbour = await market.merchant(), await market.person(100)
    shop = await market.shop(owner=boss)
    before = datetime.fromisoformat("2026-11-30T23:59:00+08:00")
    code = await sell(market, neighbour, shop, boss, 20, now=before)
    (november,) = await settle(market)
    sheet = await market.scene.store.read(settlement.sheet, merchant_id=shop, month="2026-11")
    await sell(market, neighbour, shop, boss, 50, now=DECEMBER)
    await market.undo(code, boss, now=before.replace(second=30))  # by a clock that was set back
    assert await market.scene.store.read(settlement.sheet, merchant_id=shop, month="2026-11") == sheet
    (december,) = await settle(market, "2026-12", now=datetime.fromisoformat("2027-01-02T00:00:00+08:00"))
    assert (november.points, december.points, december.undone) == (20, 30, 1)
    assert await market.took(shop) == 0
    assert await market.adds_up()


async def test_what_a_shop_was_paid_for_is_not_given_back_while_it_has_nothing_else(market: Market) -> None:
    boss, neighbour = await market.merchant(), await market.person(100)
    shop = await market.shop(owner=boss)
    before = datetime.fromisoformat("2026-11-30T23:59:00+08:00")
    code = await sell(market, neighbour, shop, boss, 20, now=before)
    await settle(market)
    with pytest.raises(TooLateToUndo):
        await market.undo(code, boss, now=before.replace(second=30))  # it was long on its way
    assert (await market.has(neighbour), (await market.code(code)).undone_at) == (80, None)
    assert await market.adds_up()


async def test_what_is_taken_after_its_month_was_closed_counts_in_the_next(market: Market) -> None:
    boss, neighbour = await market.merchant(), await market.person(100)
    shop = await market.shop(owner=boss)
    last = datetime.fromisoformat("2026-11-30T23:59:59+08:00")
    code = await market.ask(neighbour, shop, 20, now=last)
    (november,) = await settle(market)
    await market.take(code, boss, now=last)  # it was long on its way
    (december,) = await settle(market, "2026-12", now=datetime.fromisoformat("2027-01-02T00:00:00+08:00"))
    assert (november.points, december.points, await market.took(shop)) == (0, 20, 0)


async def test_a_rate_that_changes_does_not_change_what_was_paid(market: Market) -> None:
    boss, neighbour = await market.merchant(), await market.person(100)
    shop = await market.shop(owner=boss, fen_a_point=10)
    await sell(market, neighbour, shop, boss, 20, now=later())
    before = await settle(market)

    def dearer(session: Session) -> None:
        session.get_one(Merchant, shop).fen_a_point = 50

    await market.scene.store.write(dearer)
    assert await settle(market) == before


async def test_a_shop_that_is_gone_is_paid_for_what_it_took(market: Market) -> None:
    boss, neighbour = await market.merchant(), await market.person(100)
    shop, empty = await market.shop(owner=boss), await market.shop()
    await sell(market, neighbour, shop, boss, 20, now=later())

    def remove(session: Session) -> None:
        for one in (shop, empty):
            session.get_one(Merchant, one).removed_at = later(days=1)

    await market.scene.store.write(remove)
    assert [(one.shop_id, one.points) for one in await settle(market)] == [(shop, 20)]


def test_months_follow_each_other() -> None:
    assert [months.after(one) for one in ("2026-11", "2026-12", "2027-01")] == ["2026-12", "2027-01", "2027-02"]


async def test_points_are_paid_at_the_rate_that_held_when_they_were_taken(market: Market) -> None:
    boss, neighbour = await market.merchant(), await market.person(200)
    shop = await market.shop(owner=boss, fen_a_point=10)
    await sell(market, neighbour, shop, boss, 20, now=later())
    late = await sell(market, neighbour, shop, boss, 40, now=datetime.fromisoformat("2026-11-30T23:59:00+08:00"))

    def dearer(session: Session) -> None:
        session.get_one(Merchant, shop).fen_a_point = 12

    await market.scene.store.write(dearer)
    await sell(market, neighbour, shop, boss, 50, now=later(hours=1))
    so_far = await market.scene.store.read(settlement.sheet, merchant_id=shop, month="2026-11")
    (november,) = await settle(market)
    assert november.worth == so_far.worth == november.pays == (20 + 40) * 10 + 50 * 12
    assert november.rates == so_far.rates == (10, 12)
    await sell(market, neighbour, shop, boss, 60, now=DECEMBER)
    await market.undo(late, boss, now=datetime.fromisoformat("2026-11-30T23:59:30+08:00"))
    (december,) = await settle(market, "2026-12", now=datetime.fromisoformat("2027-01-02T00:00:00+08:00"))
    assert (december.points, december.pays, december.rates) == (20, 60 * 12 - 40 * 10, (10, 12))
    assert await settle(market) == [november]
    assert await paid(market, Currency.FEN) == november.pays + december.pays
    assert await market.adds_up()
