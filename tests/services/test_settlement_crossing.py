"""What is taken or given back while the month is closed counts in it or in the next, not between. (On PostgreSQL.)"""

from datetime import datetime
from functools import partial

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.orm import Session

from services.merchants import settlement, till
from storage.schema import Merchant, MerchantMonth
from tests.services.crossing import overlap
from tests.services.scene import Scene
from tests.services.shops import Market
from tests.services.test_order_of_locks import never_wait_crosswise

TAKEN = datetime.fromisoformat("2026-11-30T23:59:59.900+08:00")
NEXT = datetime.fromisoformat("2026-12-01T00:05:00+08:00")
UNDONE = datetime.fromisoformat("2026-12-01T00:14:59+08:00")
CLOSED = datetime.fromisoformat("2026-12-01T00:15:00+08:00")

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


async def a_sale(market: Market) -> tuple[partial[None], int]:
    """How it is given back, and the shop."""
    boss, neighbour = await market.merchant(), await market.person(100)
    shop = await market.shop(owner=boss)
    code = await market.ask(neighbour, shop, 30, now=TAKEN)
    await market.take(code, boss, now=TAKEN)
    await market.take(await market.ask(neighbour, shop, 50, now=NEXT), boss, now=NEXT)
    return partial(till.undo, redemption_id=code, person_id=boss, now=UNDONE), shop


CLOSE = partial(settlement.close, month="2026-11", now=CLOSED)


@pytest.mark.parametrize(("undo_is_first", "points"), [(True, 0), (False, 30)])
async def test_a_closed_month_is_what_its_lines_say(
    scene: Scene, engine: AsyncEngine, undo_is_first: bool, points: int
) -> None:
    market = Market(scene)
    undo, shop = await a_sale(market)
    await overlap(engine, *((undo, CLOSE) if undo_is_first else (CLOSE, undo)))
    (closed,) = await scene.rows(MerchantMonth)
    sheet = await scene.store.read(settlement.sheet, merchant_id=shop, month="2026-11")
    assert closed.points == sum(line.points for line in sheet.lines if not line.is_undone) == points
    after = await scene.store.read(settlement.sheet, merchant_id=shop, month="2026-12")
    assert sum(line.points for line in after.lines) == 50 - points
    assert await market.adds_up()


async def a_code(market: Market) -> tuple[partial[None], int]:
    """How it is taken in the last second of the month, and the shop."""
    boss, neighbour = await market.merchant(), await market.person(100)
    shop = await market.shop(owner=boss)
    code = await market.ask(neighbour, shop, 30, now=TAKEN)
    return partial(till.take, redemption_id=code, person_id=boss, now=TAKEN), shop


@pytest.mark.parametrize(("take_is_first", "months"), [(True, (30, 0)), (False, (0, 30))])
async def test_what_was_long_in_being_taken_is_in_the_month_before_it_is_closed_or_in_the_next(
    scene: Scene, engine: AsyncEngine, take_is_first: bool, months: tuple[int, int]
) -> None:
    market = Market(scene)
    take, shop = await a_code(market)
    await overlap(engine, *((take, CLOSE) if take_is_first else (CLOSE, take)))
    (closed,) = await scene.rows(MerchantMonth)
    sheets = [await scene.store.read(settlement.sheet, merchant_id=shop, month=one) for one in ("2026-11", "2026-12")]
    assert tuple(sum(line.points for line in sheet.lines) for sheet in sheets) == months
    assert closed.points == months[0]
    assert await market.took(shop) == months[1]
    assert await market.adds_up()


async def test_they_do_not_wait_crosswise(scene: Scene, engine: AsyncEngine) -> None:
    market = Market(scene)
    for unit, _ in (await a_sale(market), await a_code(market)):
        await never_wait_crosswise(engine, unit, CLOSE)


async def test_taking_and_removing_the_shop_do_not_wait_crosswise(scene: Scene, engine: AsyncEngine) -> None:
    take, shop = await a_code(Market(scene))

    def remove(session: Session) -> None:
        session.get_one(Merchant, shop, with_for_update={"key_share": True}).removed_at = TAKEN
        session.flush()
        till.end_all(session, shop, now=TAKEN)

    await never_wait_crosswise(engine, take, remove)
