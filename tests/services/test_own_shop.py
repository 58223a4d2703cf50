"""A shop in the hands of its people: who may, what can be changed, who works there."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from services import county, invites
from services.errors import BadPlace, DomainError, InviteOwn, NotAllowed, NoWords, OutsideCounty
from services.hours.errors import BadHours, HoursTooLong
from services.merchants import editing, listing, redemptions, removing, staff, typed
from services.merchants.errors import (
    BadAmount,
    BadItem,
    BadNumber,
    LastOwner,
    NoSuchItem,
    NoSuchShop,
    NotOwner,
    NotStaff,
    OtherShop,
    ShopGone,
    ShopUnknown,
    StockHeld,
    TooDear,
    TooManyItems,
)
from services.parts import Place
from storage.kinds import Message, PlaceSource, Role
from storage.merchant_records import ShopRecord
from storage.points_kinds import ShopField, ShopKind
from storage.schema import AuditLine, Item, Merchant, MerchantStaff, OutboxMessage, PersonRole
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.shops import Market, later


@pytest.fixture
def market(scene: Scene) -> Market:
    return Market(scene)


async def change(market: Market, shop: int, who: int, field: ShopField, text: str, *, item: int | None = None) -> None:
    what = {"merchant_id": shop, "person_id": who, "field": field, "text": text, "item_id": item}
    await market.scene.do(editing.change, **what)


async def seen(market: Market, shop: int) -> ShopRecord:
    return await market.scene.store.read(listing.shop, person_id=1, merchant_id=shop, now=NOW)


async def test_an_owner_changes_hours_phone_and_what_it_offers(market: Market) -> None:
    boss = await market.merchant()
    shop = await market.shop(owner=boss)
    await change(market, shop, boss, ShopField.HOURS, "8-20")
    await change(market, shop, boss, ShopField.PHONE, " 12345 ")
    await change(market, shop, boss, ShopField.ABOUT, "Soup")
    found = await seen(market, shop)
    assert (found.hours, found.phone, set(found.about.values())) == ("08:00-20:00", "12345", {"Soup"})
    assert len(await market.scene.rows(AuditLine)) >= 3


async def test_a_shop_may_be_closed_on_some_days_and_says_when_it_opens(market: Market) -> None:
    boss = await market.merchant()
    shop = await market.shop(owner=boss)
    await change(market, shop, boss, ShopField.HOURS, "周二至周六 早九晚六，节假日休息")
    found = await seen(market, shop)
    assert (found.hours, found.is_open) == ("Mo,Su off; Tu-Sa 09:00-18:00; PH off", False), "it is a Monday"
    assert found.opens_at == datetime.fromisoformat("2026-11-24T09:00+08:00")
    await change(market, shop, boss, ShopField.HOURS, "2026-11-01 8-20")
    found = await seen(market, shop)
    assert (found.is_open, found.opens_at) == (False, None), "it does not open again"
    await change(market, shop, boss, ShopField.HOURS, "24小时")
    found = await seen(market, shop)
    assert (found.hours, found.is_open, found.opens_at) == ("24/7", True, None)


async def test_items_are_added_changed_and_taken_away(market: Market) -> None:
    boss = await market.merchant()
    shop = await market.shop(owner=boss)
    await change(market, shop, boss, ShopField.ITEM, "奶茶 30 分")
    (item,) = (await seen(market, shop)).items
    assert (set(item.names.values()), item.price, item.stock, item.limit_each) == ({"奶茶"}, 30, None, None)
    for field, text in ((ShopField.PRICE, "25"), (ShopField.STOCK, "7"), (ShopField.LIMIT, "２")):
        await change(market, shop, boss, field, text, item=item.id)
    (item,) = (await seen(market, shop)).items
    assert (item.price, item.stock, item.limit_each) == (25, 7, 2)
    for field in (ShopField.STOCK, ShopField.LIMIT):
        await change(market, shop, boss, field, "-", item=item.id)
    (item,) = (await seen(market, shop)).items
    assert (item.stock, item.limit_each) == (None, None)
    await market.scene.do(editing.remove_item, merchant_id=shop, person_id=boss, item_id=item.id)
    assert (await seen(market, shop)).items == ()
    with pytest.raises(NoSuchItem):
        await change(market, shop, boss, ShopField.PRICE, "5", item=item.id)


@pytest.mark.parametrize(
    ("field", "text", "error"),
    [
        (ShopField.HOURS, "mostly", BadHours),
        (ShopField.HOURS, "周一8-9，周二9-10，周三10-11，周四11-12，周五12-13，周六13-14", HoursTooLong),
        (ShopField.PHONE, "  ", NoWords),
        (ShopField.ITEM, "奶茶", BadItem),
        (ShopField.ITEM, "30", BadItem),
        (ShopField.ITEM, "Tea 0", BadItem),
        (ShopField.PRICE, "0", BadNumber),
        (ShopField.PRICE, "1.5", BadNumber),
        (ShopField.STOCK, "-1", BadNumber),
        (ShopField.STOCK, "十", BadNumber),
        (ShopField.LIMIT, "0", BadNumber),
        (ShopField.PRICE, "501", TooDear),
        (ShopField.ITEM, "Tea 501", TooDear),
        (ShopField.STOCK, "1", StockHeld),
    ],
)
async def test_what_cannot_be_read_changes_nothing(
    market: Market, field: ShopField, text: str, error: type[DomainError]
) -> None:
    boss = await market.merchant()
    shop = await market.shop(owner=boss)
    tea = await market.item(shop, stock=5)
    for _ in range(2):
        await market.ask(await market.person(50), shop, item=tea)
    before = await seen(market, shop)
    with pytest.raises(error):
        await change(market, shop, boss, field, text, item=tea)
    assert await seen(market, shop) == before


async def test_only_owners_change_a_shop(market: Market) -> None:
    boss, clerk, other = [await market.merchant(name) for name in ("Boss", "Clerk", "Other")]
    shop, second = await market.shop(owner=boss, staff_of=(clerk,)), await market.shop(owner=other)
    tea = await market.item(second)
    for who, error in ((clerk, NotOwner), (other, OtherShop), (await market.person(), NotStaff)):
        with pytest.raises(error):
            await change(market, shop, who, ShopField.PHONE, "1")
        with pytest.raises(error):
            await market.scene.store.read(staff.all_of, merchant_id=shop, person_id=who)
    with pytest.raises(NoSuchItem):
        await change(market, shop, boss, ShopField.PRICE, "1", item=tea)
    gone = await market.shop(owner=boss, removed_at=NOW)
    with pytest.raises(ShopGone):
        await change(market, gone, boss, ShopField.PHONE, "1")


async def test_a_shop_has_so_many_items(market: Market) -> None:
    boss = await market.merchant()
    shop = await market.shop(owner=boss)
    for number in range(editing.MOST_ITEMS):
        await market.item(shop, price=number + 1)
    with pytest.raises(TooManyItems):
        await change(market, shop, boss, ShopField.ITEM, "Tea 5")
    assert len(await market.scene.rows(Item)) == editing.MOST_ITEMS


async def test_people_join_a_shop_by_a_link_that_its_owner_makes(market: Market) -> None:
    boss, clerk, admin = await market.merchant(), await market.person(), await market.person(roles=(Role.ADMIN,))
    shop = await market.shop(owner=boss)
    code = (await seen(market, shop)).code
    for token, by, is_owner in (("one", boss, False), ("two", admin, True), ("three", None, True)):
        made = {"token": token, "role": Role.MERCHANT, "shop": code.lower(), "is_primary": is_owner, "by": by}
        await market.scene.do(invites.make, **made)
    with pytest.raises(InviteOwn):
        await market.scene.do(invites.redeem, token="one", person_id=boss)
    joined = await market.scene.do(invites.redeem, token="one", person_id=clerk)
    assert (joined.role, Role.MERCHANT in joined.me.roles, joined.shop is not None) == (Role.MERCHANT, True, True)
    works = {row.person_id: row.is_owner for row in await market.scene.rows(MerchantStaff)}
    assert works == {boss: True, clerk: False}
    await market.scene.do(invites.redeem, token="two", person_id=clerk)
    assert {row.person_id: row.is_owner for row in await market.scene.rows(MerchantStaff)}[clerk] is True


async def test_others_make_no_such_links(market: Market) -> None:
    boss, clerk, other = [await market.merchant(name) for name in ("Boss", "Clerk", "Other")]
    shop = await market.shop(owner=boss, staff_of=(clerk,))
    await market.shop(owner=other)
    code = (await seen(market, shop)).code
    for by in (clerk, other):
        with pytest.raises(NotAllowed):
            await market.scene.do(invites.make, token="x", role=Role.MERCHANT, shop=code, by=by)
    with pytest.raises(NoSuchShop):
        await market.scene.do(invites.make, token="x", role=Role.MERCHANT, shop="M-999", by=None)


async def test_who_is_let_go_takes_nothing_any_more(market: Market) -> None:
    boss, clerk, rider = await market.merchant(), await market.merchant("Clerk"), await market.person(50)
    shop = await market.shop(owner=boss, staff_of=(clerk,))
    code = await market.ask(rider, shop, 20)
    with pytest.raises(NotOwner):
        await market.scene.do(staff.remove, merchant_id=shop, person_id=boss, by=clerk)
    with pytest.raises(LastOwner):
        await market.scene.do(staff.remove, merchant_id=shop, person_id=boss, by=boss)
    for _ in range(2):
        await market.scene.do(staff.remove, merchant_id=shop, person_id=clerk, by=boss)
    with pytest.raises(NotStaff):
        await market.take(code, clerk)
    assert {row.person_id for row in await market.scene.rows(PersonRole) if row.role is Role.MERCHANT} == {boss}


async def test_a_shop_sees_what_it_took_last(market: Market) -> None:
    boss, rider = await market.merchant(), await market.person(50)
    shop = await market.shop(owner=boss)
    for minute in range(3):
        code = await market.ask(rider, shop, minute + 1, now=later(minutes=minute))
        await market.take(code, boss, now=later(minutes=minute))
    found = await market.scene.store.read(redemptions.lately, merchant_id=shop, person_id=boss)
    assert [one.points for one in found] == [3, 2, 1]
    with pytest.raises(NotStaff):
        await market.scene.store.read(redemptions.lately, merchant_id=shop, person_id=rider)


async def test_residents_find_shops_by_kind_by_hours_and_near(market: Market) -> None:
    rider = await market.person()
    for number in range(7):
        await market.shop(longitude=114.365 + 0.001 * (7 - number))
    fruit = await market.shop(kind=ShopKind.FRUIT, hours="20:00-21:00")
    await market.shop(removed_at=NOW)

    async def page(number: int = 0, **what: object) -> list[int]:
        found = await market.scene.store.read(listing.page, person_id=rider, page=number, now=NOW, **what)
        return [shop.id for shop in found.shops]

    assert await page() == [1, 2, 3, 4, 5]
    assert await page(1) == await page(99) == [6, 7, fruit]
    assert await page(kind=ShopKind.FRUIT) == [fruit]
    assert await page(kind=ShopKind.FRUIT, is_open=True) == []
    assert fruit not in await page(1, is_open=True)
    here = Place(25.405, 114.365, PlaceSource.PIN)
    await market.scene.do(listing.look_from, person_id=rider, place=here)
    assert await page() == [7, 6, 5, 4, 3]
    assert await page(1) == [2, 1, fruit], "what is closed comes last, however near"
    (closed,) = (
        await market.scene.store.read(listing.page, person_id=rider, page=0, kind=ShopKind.FRUIT, now=NOW)
    ).shops
    assert closed.opens_at == datetime.fromisoformat("2026-11-23T20:00+08:00")


@pytest.mark.parametrize("text", ["0", "-5", "1.5", "十", "", "20分", "1e3", "99999999999", "٣"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadAmount):
        typed.amount(text)


@pytest.mark.parametrize(("text", "amount"), [("20", 20), (" 7 ", 7), ("３５", 35), ("007", 7)])
def test_amounts_are_read_as_people_type_them(text: str, amount: int) -> None:
    assert typed.amount(text) == amount


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("奶茶 30", ("奶茶", 30)),
        ("奶茶30分", ("奶茶", 30)),
        ("Milk tea, 30 points", ("Milk tea", 30)),
        ("A4 纸 5", ("A4 纸", 5)),
    ],
)
def test_items_are_read_as_people_type_them(text: str, item: tuple[str, int]) -> None:
    assert typed.item(text) == item


async def test_an_item_that_comes_back_keeps_its_code_stock_and_limit(market: Market) -> None:
    boss = await market.merchant()
    shop = await market.shop(owner=boss)
    tea = await market.item(shop, stock=7, limit_each=2)
    await market.scene.do(editing.remove_item, merchant_id=shop, person_id=boss, item_id=tea)
    await change(market, shop, boss, ShopField.ITEM, "milk tea 12")
    assert [one.id for one in (await seen(market, shop)).items] != [tea], "that is another name"
    await change(market, shop, boss, ShopField.ITEM, "Milk tea 12")
    found = {one.id: one for one in (await seen(market, shop)).items}[tea]
    assert (found.price, found.stock, found.limit_each, found.names["zh"]) == (12, 7, 2, "奶茶")


async def test_owners_and_administrators_change_all_that_a_list_says(market: Market) -> None:
    boss, admin, clerk = await market.merchant(), await market.person(roles=(Role.ADMIN,)), await market.merchant("Li")
    shop = await market.shop(owner=boss, staff_of=(clerk,))
    land = await market.scene.store.read(county.load)
    for who in (boss, admin):
        await change(market, shop, who, ShopField.NAME_ZH, f"新店{who}")
        await change(market, shop, who, ShopField.NAME_EN, f"New\nshop {who}")
        await change(market, shop, who, ShopField.ADDRESS, f"新街{who}号")
        await change(market, shop, who, ShopField.MEALS, "7")
        at = {"latitude": 25.405, "longitude": 114.364}
        what = {"merchant_id": shop, "person_id": who}
        await market.scene.do(editing.set_kind, **what, kind=ShopKind.FRUIT)
        await market.scene.do(editing.move, **what, **at, within=land)
        found = await seen(market, shop)
        assert (found.names, found.address) == ({"zh": f"新店{who}", "en": f"New shop {who}"}, f"新街{who}号")
        assert (found.meals, found.kind, found.latitude, found.longitude) == (7, ShopKind.FRUIT, 25.405, 114.364)
        with pytest.raises(OutsideCounty):
            await market.scene.do(editing.move, **what, latitude=48.0, longitude=11.0, within=land)
        with pytest.raises(BadPlace):
            await change(market, shop, who, ShopField.POINT, "over there")
        with pytest.raises(BadNumber):
            await change(market, shop, who, ShopField.MEALS, "-1")
    for error, step, how in (
        (NotOwner, editing.set_kind, {"kind": ShopKind.FOOD}),
        (NotOwner, editing.move, {**at, "within": land}),
        (NotAllowed, editing.retire, {}),
    ):
        with pytest.raises(error):
            await market.scene.do(step, merchant_id=shop, person_id=clerk, **how)
    with pytest.raises(ShopUnknown):
        await change(market, 999, admin, ShopField.MEALS, "1")


async def test_an_administrator_removes_a_shop_and_its_people_and_customers_hear_it(market: Market) -> None:
    boss, admin, rider = await market.merchant(), await market.person(roles=(Role.ADMIN,)), await market.person(50)
    shop = await market.shop(owner=boss)
    await market.ask(rider, shop, 20)
    with pytest.raises(NotAllowed):
        await market.scene.do(editing.retire, merchant_id=shop, person_id=boss)
    await market.scene.do(editing.retire, merchant_id=shop, person_id=admin)
    assert await market.has(rider) == 50
    assert await market.heard(boss) == [Message.SHOP_REMOVED]
    assert Message.CODE_GONE in await market.heard(rider)
    with pytest.raises(ShopGone):
        await market.scene.do(editing.retire, merchant_id=shop, person_id=admin)
    assert await market.adds_up()


async def test_who_works_at_no_shop_any_more_is_no_merchant_until_one_comes_back(market: Market) -> None:
    boss, clerk = await market.merchant(), await market.merchant()
    admin = await market.person(roles=(Role.ADMIN,))
    first, second = await market.shop(owner=boss), await market.shop(owner=boss, staff_of=(clerk,))

    async def merchants() -> set[int]:
        return {one.person_id for one in await market.scene.rows(PersonRole) if one.role is Role.MERCHANT}

    async def told(who: int) -> list[tuple[Message, bool]]:
        rows = [one for one in await market.scene.rows(OutboxMessage) if one.person_id == who]
        return [(one.message, (one.facts or {})["changes_role"]) for one in rows]

    await market.scene.do(editing.retire, merchant_id=first, person_id=admin)
    assert await merchants() == {boss, clerk}
    await market.scene.do(editing.retire, merchant_id=second, person_id=admin)
    assert await merchants() == set()
    assert await told(boss) == [(Message.SHOP_REMOVED, False), (Message.SHOP_REMOVED, True)]
    assert await told(clerk) == [(Message.SHOP_REMOVED, True)]
    await market.scene.do(_bring_back, shop=second)
    assert await merchants() == {boss, clerk}
    assert await told(clerk) == [(Message.SHOP_REMOVED, True), (Message.SHOP_BACK, True)]


async def test_an_invite_of_a_shop_that_is_gone_lets_nobody_in(market: Market) -> None:
    boss, admin, clerk = await market.merchant(), await market.person(roles=(Role.ADMIN,)), await market.person()
    shop = await market.shop(owner=boss)
    how = {"token": "clerk", "role": Role.MERCHANT, "shop": "M-001", "is_primary": False, "by": boss}
    await market.scene.do(invites.make, **how)
    await market.scene.do(editing.retire, merchant_id=shop, person_id=admin)
    with pytest.raises(ShopGone):
        await market.scene.do(invites.redeem, token="clerk", person_id=clerk)
    assert [one.person_id for one in await market.scene.rows(MerchantStaff)] == [boss]


def _bring_back(session: Session, *, shop: int, now: datetime) -> None:
    removing.bring_back(session, session.get_one(Merchant, shop), now=now)
