"""Taking merchants and their items from a file."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.imports.merchants import COLUMNS, import_merchants
from services.imports.results import Imported, ImportRefused, MissingColumns, Reason, Remark
from services.merchants import editing, staff
from services.merchants.errors import CodeCancelled
from storage.kinds import Message, Role
from storage.points_kinds import ShopField
from storage.schema import Item, Merchant
from storage.tables import Counted, Row, Table
from tests.services.import_rows import in_words, no_progress
from tests.services.scene import Scene
from tests.services.shops import Market


def row(number: int, **changes: str) -> Row:
    """A shop with a tea."""
    usual = {
        "code": "M-001",
        "name_zh": "老城粉店",
        "name_en": "Old Town Noodles",
        "category": "food",
        "address": "府前街1号",
        "latitude": "25.405",
        "longitude": "114.365",
        "hours": "7:00-21:00",
        "phone": "199-0003-0001",
        "meals": "20",
        "item": "TEA",
        "item_zh": "奶茶",
        "item_en": "Milk tea",
        "price": "10",
        "stock": "5",
        "limit": "2",
    }
    return Row(number, usual | changes)


@pytest.fixture
def market(scene: Scene) -> Market:
    return Market(scene)


async def take(market: Market, *rows: Row, skip_bad: bool = False, **how: Any) -> Imported:
    columns = frozenset().union(*(one.values for one in rows))
    table = Table(Counted.LINE, columns, rows)
    return await market.scene.do(import_merchants, table=table, skip_bad=skip_bad, progress=no_progress, **how)


async def stored(market: Market) -> dict[str, dict[str, tuple[int, int | None]]]:
    """Price and stock of what each shop gives now."""
    chosen = (
        select(Merchant.code, Item)
        .outerjoin(Item, (Item.merchant_id == Merchant.id) & Item.removed_at.is_(None))
        .where(Merchant.removed_at.is_(None))
        .order_by(Merchant.code, Item.code)
    )

    def read(session: Any) -> dict[str, dict[str, tuple[int, int | None]]]:
        found: dict[str, dict[str, tuple[int, int | None]]] = {}
        for code, item in session.execute(chosen):
            found.setdefault(code, {}).update({item.code: (item.price, item.stock)} if item is not None else {})
        return found

    return await market.scene.store.read(read)


async def test_shops_come_with_their_items_and_twice_is_the_same(market: Market) -> None:
    rows = (
        row(2),
        row(3, item="CAKE", price="30", stock=""),
        row(4, code="m-002", item="", hours="周末休息，周一至周五 早八晚八"),
    )
    first = await take(market, *rows)
    assert (first.added, first.updated, first.unchanged) == (2, 0, 0)
    assert await stored(market) == {"M-001": {"CAKE": (30, None), "TEA": (10, 5)}, "M-002": {}}
    (shop, other) = await market.scene.rows(Merchant)
    assert other.hours == "Mo-Fr 08:00-20:00; Sa,Su off"
    assert (shop.hours, shop.meals, shop.fen_a_point) == ("07:00-21:00", 20, 10)
    again = await take(market, *rows)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2)


async def test_what_the_file_says_replaces_what_there_was(market: Market) -> None:
    await take(market, row(2), row(3, item="CAKE"))
    changed = await take(market, row(2, price="12", stock=""))
    assert (changed.added, changed.updated) == (0, 1)
    assert await stored(market) == {"M-001": {"TEA": (12, 5)}}
    await take(market, row(2, item="CAKE"))
    assert await stored(market) == {"M-001": {"CAKE": (10, 5)}}


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row(3, code="A B"), Reason.BAD_CODE),
        (row(3, category="casino"), Reason.BAD_WORD),
        (row(3, hours="mostly"), Reason.BAD_HOURS),
        (row(3, hours="25:00-26:00"), Reason.BAD_HOURS),
        (row(3, hours="周一8-9，周二9-10，周三10-11，周四11-12，周五12-13"), Reason.TOO_LONG),
        (row(3, latitude="95"), Reason.BAD_COORDINATES),
        (row(3, latitude="nan"), Reason.BAD_COORDINATES),
        (row(3, longitude="east"), Reason.BAD_COORDINATES),
        (row(3, phone=""), Reason.NO_VALUE),
        (row(3, item="X", price="0"), Reason.BAD_PRICE),
        (row(3, item="X", price="1.5"), Reason.BAD_NUMBER),
        (row(3, item="X", price="501"), Reason.BAD_NUMBER),
        (row(3, item="X", stock="-1"), Reason.BAD_NUMBER),
        (row(3, item="X", item_zh=""), Reason.NO_VALUE),
        (row(3), Reason.ITEM_TWICE),
        (row(3, item="X", address="别处"), Reason.SHOP_DIFFERS),
    ],
)
async def test_a_bad_row_is_named_and_nothing_is_taken(market: Market, bad: Row, reason: Reason) -> None:
    with pytest.raises(ImportRefused) as refused:
        await take(market, row(2), bad)
    assert [(one.number, one.reason) for one in refused.value.bad] == [(3, reason)]
    assert all(in_words(refused.value.bad[0]))
    assert await stored(market) == {}
    imported = await take(market, row(2), bad, skip_bad=True)
    assert (imported.added, len(imported.skipped)) == (1, 1)
    assert await stored(market) == {"M-001": {"TEA": (10, 5)}}


async def test_a_shop_has_no_more_items_than_a_card_can_show(market: Market) -> None:
    rows = [row(number, item=f"I-{number}") for number in range(2, editing.MOST_ITEMS + 3)]
    with pytest.raises(ImportRefused) as refused:
        await take(market, *rows)
    assert [(one.number, one.reason) for one in refused.value.bad] == [(rows[-1].number, Reason.TOO_MANY_ITEMS)]
    await take(market, *rows[:-1])
    assert len((await stored(market))["M-001"]) == editing.MOST_ITEMS


async def test_a_stock_below_what_is_put_aside_is_refused_and_changes_nothing(market: Market) -> None:
    await take(market, row(2), row(3, item="CAKE"))
    tea = next(one for one in await market.scene.rows(Item) if one.code == "TEA")
    for _ in range(2):
        await market.ask(await market.person(50), tea.merchant_id, item=tea.id)
    lowered = row(2, stock="1", price="99"), row(3, item="CAKE", stock="1")
    with pytest.raises(ImportRefused) as refused:
        await take(market, *lowered)
    (bad,) = refused.value.bad
    assert (bad.reason, bad.facts) == (Reason.STOCK_HELD, {"item": "TEA", "stock": "1", "held": "2"})
    assert all(in_words(bad))
    await take(market, *lowered, skip_bad=True)
    assert await stored(market) == {"M-001": {"CAKE": (10, 1), "TEA": (10, 5)}}
    assert await market.stock(tea.id) == (5, 2)
    await take(market, row(2, stock="2"), row(3, item="CAKE"))
    assert await market.stock(tea.id) == (2, 2)


async def test_shops_that_the_file_does_not_have_are_kept_and_named(market: Market) -> None:
    await take(market, row(2), row(3, code="M-002"))
    kept = await take(market, row(2))
    assert kept.remarks == {Remark.SHOPS_KEPT: ["M-002"]}
    assert set(await stored(market)) == {"M-001", "M-002"}


async def test_a_shop_that_is_removed_gives_back_what_waits_and_says_so(market: Market) -> None:
    await take(market, row(2), row(3, code="M-002"))
    gone = (await market.scene.rows(Merchant))[1]
    boss, rider = await market.merchant(), await market.person(50)
    await market.scene.do(staff.add, person_id=boss, merchant_id=gone.id, is_owner=True)
    code = await market.ask(rider, gone.id, 20)
    await market.scene.deliver()
    removed = await take(market, row(2), replace=True)
    assert removed.remarks == {Remark.SHOPS_REMOVED: ["M-002"]}
    assert await market.has(rider) == 50
    assert await market.heard(rider) == [Message.CODE, Message.CODE_OVER, Message.CODE_GONE]
    assert await market.heard(boss) == [Message.SHOP_REMOVED]
    with pytest.raises(CodeCancelled):
        await market.take(code, boss)
    assert await market.adds_up()
    back = await take(market, row(2), row(3, code="M-002"), replace=True)
    assert back.updated == 1
    assert set(await stored(market)) == {"M-001", "M-002"}
    assert await market.heard(boss) == [Message.SHOP_REMOVED, Message.SHOP_BACK]


async def test_a_bad_row_removes_nothing(market: Market) -> None:
    await take(market, row(2), row(3, code="M-002"))
    await take(market, row(2), row(3, code="M-002", hours="?"), skip_bad=True, replace=True)
    assert set(await stored(market)) == {"M-001", "M-002"}


async def test_a_file_without_its_columns_is_refused(market: Market) -> None:
    with pytest.raises(MissingColumns):
        await take(market, Row(2, {"code": "M-001"}))
    assert set(COLUMNS) <= set(row(2).values)


async def changed_in_chat(market: Market) -> tuple[int, dict[str, int]]:
    """A list is taken; then the owner changes hours and a price, adds a cake, and sells two teas."""
    await take(market, row(2), row(3, item="PIE"))
    boss = await market.merchant()
    (shop,) = [one.id for one in await market.scene.rows(Merchant)]
    items = {one.code: one.id for one in await market.scene.rows(Item)}
    await market.scene.do(staff.add, person_id=boss, merchant_id=shop, is_owner=True)
    for field, text, item in (
        (ShopField.HOURS, "8-20", None),
        (ShopField.ITEM, "Cake 30", None),
        (ShopField.PRICE, "15", items["TEA"]),
    ):
        what = {"merchant_id": shop, "person_id": boss, "field": field, "text": text, "item_id": item}
        await market.scene.do(editing.change, **what)
    await market.scene.do(editing.remove_item, merchant_id=shop, person_id=boss, item_id=items["PIE"])
    for _ in range(2):
        await market.take(await market.ask(await market.person(50), shop, item=items["TEA"]), boss)
    return boss, items


async def test_what_was_changed_in_chat_stays_and_what_was_sold_does_not_come_back(market: Market) -> None:
    boss, _ = await changed_in_chat(market)
    again = await take(market, row(2), row(3, item="PIE"))
    assert (again.updated, again.unchanged) == (0, 1)
    said = ["M-001 (hours, TEA price, PIE removed, CHAT-3 added)"]
    assert again.remarks == {Remark.CHAT_KEPT: said}
    assert await stored(market) == {"M-001": {"CHAT-3": (30, None), "TEA": (15, 3)}}
    new = {"hours": "6:00-22:00", "phone": "110"}
    other = await take(market, row(2, **new, price="20", stock="9"), row(3, **new, item="PIE"))
    assert (other.updated, other.remarks) == (1, {Remark.CHAT_KEPT: said}), "what chat did not change is the list's"
    (shop,) = await market.scene.rows(Merchant)
    assert (shop.hours, shop.phone) == ("08:00-20:00", "110")
    assert await stored(market) == {"M-001": {"CHAT-3": (30, None), "TEA": (15, 9)}}
    assert await market.heard(boss, Message.SHOP_OVERWRITTEN) == []


async def test_a_list_goes_over_what_was_changed_in_chat_if_that_is_wanted_and_owners_hear_it(market: Market) -> None:
    boss, _ = await changed_in_chat(market)
    rows = row(2, hours="6:00-22:00"), row(3, hours="6:00-22:00", item="PIE")
    over = await take(market, *rows, over_chat=True)
    assert over.remarks == {Remark.CHAT_REPLACED: ["M-001 (hours, TEA price, PIE removed, CHAT-3 added)"]}
    (shop,) = await market.scene.rows(Merchant)
    assert shop.hours == "06:00-22:00"
    assert await stored(market) == {"M-001": {"PIE": (10, 5), "TEA": (10, 3)}}
    assert await market.heard(boss, Message.SHOP_OVERWRITTEN) == [Message.SHOP_OVERWRITTEN]
    again = await take(market, *rows, over_chat=True)
    assert (again.unchanged, again.remarks) == (1, {})


async def test_a_stock_that_a_list_says_again_is_not_refused(market: Market) -> None:
    await take(market, row(2, stock="1"))
    (tea,) = await market.scene.rows(Item)

    def restock(session: Session) -> None:
        session.get_one(Item, tea.id).stock = 5

    await market.scene.store.write(restock)
    for _ in range(2):
        await market.ask(await market.person(50), tea.merchant_id, item=tea.id)
    await take(market, row(2, stock="1"))
    assert await market.stock(tea.id) == (5, 2)


async def test_a_shop_that_no_list_is_known_of_keeps_what_could_be_changed_in_chat(market: Market) -> None:
    await take(market, row(2))

    def forget(session: Session) -> None:
        for one in (*session.scalars(select(Merchant)), *session.scalars(select(Item))):
            one.imported = None

    await market.scene.store.write(forget)
    changed = await take(market, row(2, phone="110", address="别处", rate="12", stock="9"))
    assert changed.remarks == {Remark.CHAT_KEPT: ["M-001 (phone)"]}
    (shop,) = await market.scene.rows(Merchant)
    assert (shop.phone, shop.address, shop.fen_a_point) == ("199-0003-0001", "别处", 12)
    assert await stored(market) == {"M-001": {"TEA": (10, 5)}}
    await take(market, row(2, stock="11"))
    assert await stored(market) == {"M-001": {"TEA": (10, 11)}}, "of which a list is known now"


async def test_a_shop_that_was_removed_in_chat_comes_back_only_over_what_chat_says(market: Market) -> None:
    await take(market, row(2))
    admin = await market.person(roles=(Role.ADMIN,))
    (shop,) = await market.scene.rows(Merchant)
    await market.scene.do(editing.retire, merchant_id=shop.id, person_id=admin)
    again = await take(market, row(2))
    assert (await stored(market), again.remarks) == ({}, {Remark.CHAT_KEPT: ["M-001 (removed)"]})
    await take(market, row(2), over_chat=True)
    assert await stored(market) == {"M-001": {"TEA": (10, 5)}}


@pytest.mark.parametrize("was_removed_in_chat", [True, False])
async def test_what_is_brought_back_in_chat_is_not_removed_by_the_next_list(
    market: Market, was_removed_in_chat: bool
) -> None:
    _, change = await owned(market)
    (tea,) = await market.scene.rows(Item)
    if was_removed_in_chat:
        await market.scene.do(editing.remove_item, item_id=tea.id, **change)
    await take(market, row(2, item="PIE", item_zh="饼", item_en="Pie"))
    assert set((await stored(market))["M-001"]) == {"PIE"}
    await market.scene.do(editing.change, field=ShopField.ITEM, text="奶茶 11", **change)
    for _ in range(2):
        again = await take(market, row(2, item="PIE", item_zh="饼", item_en="Pie"))
        assert again.remarks == {Remark.CHAT_KEPT: ["M-001 (TEA added)"]}
        assert (await stored(market))["M-001"]["TEA"] == (11, 5)


async def test_what_chat_has_removed_stays_away_also_after_a_list_without_it(market: Market) -> None:
    _, change = await owned(market)
    (tea,) = await market.scene.rows(Item)
    await market.scene.do(editing.remove_item, item_id=tea.id, **change)
    await take(market, row(2, item="PIE"))
    again = await take(market, row(2), row(3, item="PIE"))
    assert again.remarks == {Remark.CHAT_KEPT: ["M-001 (TEA removed)"]}
    assert set((await stored(market))["M-001"]) == {"PIE"}


@pytest.mark.parametrize("between", ["an empty cell", "no such row"])
async def test_what_was_sold_does_not_come_back_with_a_list_after_one_that_says_nothing(
    market: Market, between: str
) -> None:
    boss, _ = await owned(market)
    (tea,) = await market.scene.rows(Item)
    await market.take(await market.ask(await market.person(50), tea.merchant_id, item=tea.id), boss)
    await take(market, row(2, stock="") if between == "an empty cell" else row(2, item="PIE"))
    await take(market, row(2), row(3, item="PIE"))
    assert (await stored(market))["M-001"]["TEA"] == (10, 4)


async def test_a_stock_that_the_owner_has_set_stays_and_is_named(market: Market) -> None:
    boss, change = await owned(market)
    (tea,) = await market.scene.rows(Item)
    await market.scene.do(editing.change, field=ShopField.STOCK, text="12", item_id=tea.id, **change)
    assert (await take(market, row(2))).remarks == {}, "the list says what it said before"
    for _ in range(2):
        assert (await take(market, row(2, stock="8"))).remarks == {Remark.CHAT_KEPT: ["M-001 (TEA stock)"]}
        assert await market.stock(tea.id) == (12, 0)
    over = await take(market, row(2, stock="8"), over_chat=True)
    assert (over.remarks, await market.stock(tea.id)) == ({Remark.CHAT_REPLACED: ["M-001 (TEA stock)"]}, (8, 0))
    assert await market.heard(boss, Message.SHOP_OVERWRITTEN) == [Message.SHOP_OVERWRITTEN]
    assert (await take(market, row(2, stock="9"))).remarks == {}, "from now on it is the list's again"
    assert await market.stock(tea.id) == (9, 0)


async def owned(market: Market) -> tuple[int, dict[str, int]]:
    """A list is taken, and the shop has an owner, who changes something with these facts."""
    await take(market, row(2))
    boss = await market.merchant()
    (shop,) = [one.id for one in await market.scene.rows(Merchant)]
    await market.scene.do(staff.add, person_id=boss, merchant_id=shop, is_owner=True)
    return boss, {"merchant_id": shop, "person_id": boss}
