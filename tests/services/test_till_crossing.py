"""Units of the till that cross: nobody waits crosswise, and what two change at once is changed twice. (PostgreSQL)"""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.imports.merchants import import_merchants
from services.merchants import editing, staff, till
from services.merchants.errors import NotStaff
from services.merchants.till import For
from storage.points_kinds import ShopField
from storage.schema import Item, Merchant, MerchantStaff
from storage.tables import Counted, Table
from tests.moment import NOW
from tests.services.crossing import cross_everywhere, overlap
from tests.services.import_rows import no_progress
from tests.services.scene import Scene
from tests.services.shops import Market
from tests.services.test_imports_merchants import row

LATER = NOW + timedelta(minutes=6)

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


@pytest.fixture
def market(scene: Scene) -> Market:
    return Market(scene)


async def test_a_list_without_the_shop_while_its_codes_end(market: Market, engine: AsyncEngine) -> None:
    shop = await market.shop()
    tea = await market.item(shop)
    code = await market.ask(neighbour := await market.person(30), shop, item=tea)
    one = row(2, code="M-900")
    table = Table(Counted.LINE, frozenset(one.values), (one,))
    how = {"skip_bad": False, "replace": True, "progress": no_progress}
    take_list = partial(import_merchants, table=table, now=LATER, **how)
    await cross_everywhere(engine, partial(till.expire, now=LATER), take_list)
    await cross_everywhere(engine, partial(till.cancel, redemption_id=code, person_id=neighbour, now=NOW), take_list)


async def test_two_who_change_their_minds_crosswise(market: Market, engine: AsyncEngine) -> None:
    shops = [await market.shop() for _ in range(2)]
    items = [await market.item(shop) for shop in shops]
    units = []
    for has, wants in ((0, 1), (1, 0)):
        person = await market.person(30)
        await market.ask(person, shops[has], item=items[has])
        what = For(item_id=items[wants])
        units.append(
            partial(till.ask, person_id=person, merchant_id=shops[wants], what=what, draw=market.draw(), now=NOW)
        )
    await cross_everywhere(engine, *units)


async def test_two_items_that_are_added_at_once_have_codes_of_their_own(market: Market, engine: AsyncEngine) -> None:
    boss = await market.merchant()
    shop = await market.shop(owner=boss, imported={"phone": "199-0003-0001"})
    change = {"merchant_id": shop, "person_id": boss, "field": ShopField.ITEM, "now": NOW}
    await overlap(engine, *(partial(editing.change, **change, text=text) for text in ("tea 10", "soup 20")))
    assert [item.code for item in await market.scene.rows(Item)] == ["CHAT-1", "CHAT-2"]


async def test_of_two_changes_at_once_both_are_remembered_as_made_in_chat(market: Market, engine: AsyncEngine) -> None:
    boss = await market.merchant()
    shop = await market.shop(owner=boss)
    change = {"merchant_id": shop, "person_id": boss, "now": NOW}
    hours = partial(editing.change, **change, field=ShopField.HOURS, text="8-20")
    await overlap(engine, hours, partial(editing.change, **change, field=ShopField.PHONE, text="123"))
    (kept,) = await market.scene.rows(Merchant)
    assert kept.imported == {"hours": "07:00-21:00", "phone": "199-0003-0001"}


async def test_of_two_owners_who_let_each_other_go_one_stays(market: Market, engine: AsyncEngine) -> None:
    first, second = await market.merchant(), await market.merchant()
    shop = await market.shop(owner=first)
    await market.scene.do(staff.add, person_id=second, merchant_id=shop, is_owner=True)
    go = {"merchant_id": shop, "now": NOW}
    with pytest.raises(NotStaff):
        await overlap(
            engine,
            partial(staff.remove, **go, person_id=second, by=first),
            partial(staff.remove, **go, person_id=first, by=second),
        )
    assert [row.person_id for row in await market.scene.rows(MerchantStaff)] == [first]
