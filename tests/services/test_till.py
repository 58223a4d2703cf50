"""The till: a code is worth what it says, to one shop, once, for five minutes."""

import asyncio

import pytest

from alerts.clock import JOBS, run_once
from services.errors import DomainError
from services.merchants import codes, editing, programme, till
from services.merchants.errors import (
    BadAmount,
    CodeCancelled,
    CodeExpired,
    CodeTaken,
    CodeUndone,
    LimitReached,
    NoSuchItem,
    NotStaff,
    OtherShop,
    OwnCode,
    PriceChanged,
    ShopGone,
    ShopUnknown,
    SoldOut,
    TooLateToUndo,
    TooMuch,
)
from services.merchants.till import Asked, For
from services.points import purse
from services.points.errors import NotEnough
from storage.kinds import Message
from storage.points_kinds import RedemptionState, ShopField
from storage.schema import Hold, Redemption
from tests.services.scene import Scene
from tests.services.shops import Market, later

LASTS, UNDO = programme.till().lasts, programme.till().undo


@pytest.fixture
def market(scene: Scene) -> Market:
    return Market(scene)


async def test_points_are_put_aside_taken_and_both_get_a_receipt(market: Market) -> None:
    boss, rider = await market.merchant(), await market.person(50)
    shop = await market.shop(owner=boss)
    code = await market.ask(rider, shop, 20)
    assert (await market.has(rider), await market.took(shop)) == (30, 0)
    assert await market.heard(rider) == [Message.CODE]
    await market.take(code, boss)
    assert (await market.has(rider), await market.took(shop)) == (30, 20)
    assert await market.heard(rider) == [Message.CODE, Message.SPENT]
    assert await market.heard(boss) == [Message.TOOK]
    assert await market.adds_up()


async def test_who_asks_twice_for_the_same_has_one_code_and_pays_once(market: Market) -> None:
    rider, shop = await market.person(50), await market.shop()
    first, again = await market.ask(rider, shop, 20), await market.ask(rider, shop, 20)
    assert first == again
    assert await market.has(rider) == 30
    assert await market.heard(rider) == [Message.CODE]


async def test_two_presses_at_the_same_moment_make_one_code(market: Market) -> None:
    rider, shop = await market.person(50), await market.shop()
    codes = await asyncio.gather(*(market.ask(rider, shop, 20) for _ in range(4)))
    assert len(set(codes)) == 1
    assert await market.has(rider) == 30


async def test_another_amount_ends_the_code_before(market: Market) -> None:
    boss, rider = await market.merchant(), await market.person(50)
    shop = await market.shop(owner=boss)
    first = await market.ask(rider, shop, 20)
    second = await market.ask(rider, shop, 45)
    assert await market.has(rider) == 5
    with pytest.raises(CodeCancelled):
        await market.take(first, boss)
    await market.take(second, boss)
    assert await market.took(shop) == 45


@pytest.mark.parametrize(
    ("amount", "error"), [(0, BadAmount), (-5, BadAmount), (51, NotEnough), (programme.till().most + 1, TooMuch)]
)
async def test_an_amount_that_cannot_be_paid_changes_nothing(
    market: Market, amount: int, error: type[DomainError]
) -> None:
    rider, shop = await market.person(50), await market.shop()
    with pytest.raises(error):
        await market.ask(rider, shop, amount)
    assert await market.has(rider) == 50
    assert await market.scene.rows(Redemption) == []


async def test_a_refused_payment_leaves_the_code_before_as_it_was(market: Market) -> None:
    rider, shop = await market.person(50), await market.shop()
    code = await market.ask(rider, shop, 20)
    with pytest.raises(NotEnough):
        await market.ask(rider, shop, 60)
    assert (await market.code(code)).state is RedemptionState.OPEN


async def test_a_code_is_worth_nothing_to_others(market: Market) -> None:
    boss, other, rider, stranger = (
        await market.merchant(),
        await market.merchant("Other"),
        await market.person(50),
        await market.person(),
    )
    shop, _ = await market.shop(owner=boss, staff_of=(rider,)), await market.shop(owner=other)
    code = await market.ask(rider, shop, 20)
    for who, error in ((stranger, NotStaff), (other, OtherShop), (rider, OwnCode)):
        with pytest.raises(error):
            await market.take(code, who)
    assert (await market.has(rider), await market.took(shop)) == (30, 0)


async def test_of_fifty_who_take_it_at_once_one_does(market: Market) -> None:
    boss, clerk, rider = await market.merchant(), await market.merchant("Clerk"), await market.person(50)
    shop = await market.shop(owner=boss, staff_of=(clerk,))
    code = await market.ask(rider, shop, 20)
    takes = (market.take(code, boss if one % 2 else clerk) for one in range(50))
    ends = await asyncio.gather(*takes, return_exceptions=True)
    assert ends.count(None) == 1
    assert {type(end) for end in ends if end is not None} == {CodeTaken}
    assert (await market.has(rider), await market.took(shop)) == (30, 20)
    assert await market.heard(rider, Message.SPENT) == [Message.SPENT]
    assert await market.adds_up()


async def test_what_nobody_takes_comes_back_by_itself(market: Market) -> None:
    boss, rider = await market.merchant(), await market.person(50)
    shop = await market.shop(owner=boss)
    code = await market.ask(rider, shop, 20)
    await market.scene.deliver()
    with pytest.raises(CodeExpired):
        await market.take(code, boss, now=later(minutes=5))
    for job in JOBS:
        if job.unit is till.expire:
            await run_once(job, store=market.scene.store, clock=lambda: later(minutes=5))
    assert await market.has(rider) == 50
    assert (await market.code(code)).state is RedemptionState.EXPIRED
    assert await market.heard(rider) == [Message.CODE, Message.CODE_OVER]
    with pytest.raises(CodeExpired):
        await market.take(code, boss, now=later(minutes=6))
    assert await market.adds_up()


async def test_the_clock_and_the_shop_at_the_same_moment_do_it_once(market: Market) -> None:
    boss, rider = await market.merchant(), await market.person(50)
    shop = await market.shop(owner=boss)
    code = await market.ask(rider, shop, 20)
    just = later(minutes=4, seconds=59)
    ends = await asyncio.gather(
        market.expire(later(minutes=5)), market.take(code, boss, now=just), return_exceptions=True
    )
    assert ends[0] is None
    taken = ends[1] is None
    assert taken or isinstance(ends[1], CodeExpired)
    assert (await market.has(rider), await market.took(shop)) == ((30, 20) if taken else (50, 0))
    assert await market.adds_up()


async def test_a_hold_without_its_code_lapses_too_but_later(market: Market) -> None:
    rider, shop = await market.person(50), await market.shop()
    code = await market.ask(rider, shop, 20)
    (hold,) = await market.scene.rows(Hold)
    assert hold.lapses_at > (await market.code(code)).expires_at


async def test_what_hung_until_the_hold_had_lapsed_is_not_taken_any_more(market: Market) -> None:
    boss, rider = await market.merchant(), await market.person(50)
    code = await market.ask(rider, await market.shop(owner=boss), 20)
    await market.scene.do(purse.release_due, now=later(minutes=7))
    with pytest.raises(CodeExpired):
        await market.take(code, boss, now=later(minutes=4))
    await market.expire(later(minutes=7))
    assert await market.has(rider) == 50
    assert await market.adds_up()


async def test_the_shop_gives_back_within_a_quarter_of_an_hour(market: Market) -> None:
    boss, clerk, rider = await market.merchant(), await market.merchant("Clerk"), await market.person(50)
    shop = await market.shop(owner=boss, staff_of=(clerk,))
    code = await market.ask(rider, shop, 20)
    await market.take(code, clerk)
    for who in (rider, await market.merchant("Other")):
        with pytest.raises(NotStaff):
            await market.undo(code, who)
    await market.undo(code, boss, now=later(minutes=14))
    assert (await market.has(rider), await market.took(shop)) == (50, 0)
    for who in (rider, boss, clerk):
        assert await market.heard(who, Message.UNDONE) == [Message.UNDONE]
    with pytest.raises(CodeUndone):
        await market.undo(code, boss, now=later(minutes=14))
    with pytest.raises(CodeUndone):
        await market.take(code, boss)
    assert await market.adds_up()


@pytest.mark.parametrize("is_out", [True, False])
async def test_that_it_was_given_back_takes_the_place_of_what_each_of_them_has_of_it(
    market: Market, is_out: bool
) -> None:
    boss, clerk, rider = await market.merchant(), await market.merchant("Clerk"), await market.person(50)
    shop = await market.shop(owner=boss, staff_of=(clerk,))
    for _ in range(2):  # of each, its own
        code = await market.ask(rider, shop, 20)
        await market.scene.deliver()
        await market.take(code, clerk)
        if is_out:
            await market.scene.deliver()
        await market.scene.do(till.undo, redemption_id=code, person_id=boss, shown_in=77)
        await market.scene.deliver()
        rows = [row for row in await market.scene.outbox() if (row.facts or {}).get("redemption") == code]
        sent = {row.message: row.sent for row in rows}
        undone = {row.person_id: row.facts for row in rows if row.message is Message.UNDONE}
        assert undone[boss]["edits"] == 77, "who pressed has it there"
        assert undone[rider]["replaces"] == (sent[Message.SPENT] if is_out else [])
        assert undone[clerk]["replaces"] == (sent[Message.TOOK] if is_out else [])
        late = [(row.facts["edits"], row.facts["is_receipt"]) for row in rows if row.message is Message.CODE_OVER]
        assert late == ([] if is_out else [(*sent[Message.SPENT], True)]), "one that was on its way changes"


async def test_later_it_keeps_what_it_took(market: Market) -> None:
    boss, rider = await market.merchant(), await market.person(50)
    shop = await market.shop(owner=boss)
    code = await market.ask(rider, shop, 20)
    with pytest.raises(CodeExpired):
        await market.undo(code, boss)
    await market.take(code, boss)
    with pytest.raises(TooLateToUndo):
        await market.undo(code, boss, now=later(minutes=15))
    assert await market.took(shop) == 20


async def test_who_changes_his_mind_has_his_points_at_once(market: Market) -> None:
    boss, rider, other = await market.merchant(), await market.person(50), await market.person()
    shop = await market.shop(owner=boss)
    code = await market.ask(rider, shop, 20)
    await market.scene.do(till.cancel, redemption_id=code, person_id=other)
    assert await market.has(rider) == 30
    for _ in range(2):
        await market.scene.do(till.cancel, redemption_id=code, person_id=rider)
    assert await market.has(rider) == 50
    with pytest.raises(CodeCancelled):
        await market.take(code, boss)


async def test_items_have_a_price_a_stock_and_a_limit(market: Market) -> None:
    boss, rider, other = await market.merchant(), await market.person(50), await market.person(50)
    shop = await market.shop(owner=boss)
    tea = await market.item(shop, price=15, stock=2, limit_each=1)
    code = await market.ask(rider, shop, item=tea)
    assert (await market.has(rider), await market.stock(tea)) == (35, (2, 1))
    await market.take(code, boss)
    assert await market.stock(tea) == (1, 0)
    with pytest.raises(LimitReached):
        await market.ask(rider, shop, item=tea)
    assert await market.stock(tea) == (1, 0)
    await market.ask(other, shop, item=tea)
    with pytest.raises(SoldOut):
        await market.ask(await market.person(50), shop, item=tea)
    await market.undo(code, boss)
    assert await market.stock(tea) == (2, 1)
    await market.expire(later(minutes=5))
    assert await market.stock(tea) == (2, 0)
    with pytest.raises(NoSuchItem):
        await market.ask(rider, await market.shop(), item=tea)


async def test_of_many_who_want_the_last_piece_one_gets_it(market: Market) -> None:
    shop = await market.shop()
    tea = await market.item(shop, stock=1)
    people = [await market.person(50) for _ in range(8)]
    ends = await asyncio.gather(*(market.ask(one, shop, item=tea) for one in people), return_exceptions=True)
    assert [type(end) for end in ends if not isinstance(end, int)] == [SoldOut] * 7
    assert await market.stock(tea) == (1, 1)


async def test_at_a_shop_that_is_gone_nothing_can_be_paid(market: Market) -> None:
    rider, shop = await market.person(50), await market.shop(removed_at=later(days=-1))
    for merchant, error in ((shop, ShopGone), (999, ShopUnknown)):
        with pytest.raises(error):
            await market.ask(rider, merchant, 5)


async def test_the_first_free_six_digits_are_drawn(market: Market) -> None:
    shop, one, other = await market.shop(), await market.person(50), await market.person(50)
    same = till.Draw("a" * 22, ("123456", "654321"), "x")
    first = await market.scene.do(till.ask, person_id=one, merchant_id=shop, what=For(5), draw=same)
    second = await market.scene.do(
        till.ask, person_id=other, merchant_id=shop, what=For(5), draw=till.Draw("b" * 22, same.codes, "x")
    )
    assert [first.code, second.code] == ["123456", "654321"]


async def test_the_message_of_a_code_changes_when_it_is_over_even_before_it_is_out(market: Market) -> None:
    boss, rider = await market.merchant(), await market.person(50)
    shop = await market.shop(owner=boss)
    code = await market.ask(rider, shop, 20)
    await market.take(code, boss)
    assert Message.CODE_OVER not in await market.heard(rider)
    await market.scene.deliver()
    assert Message.CODE_OVER in await market.heard(rider)


async def test_a_receipt_stands_where_take_was_pressed(market: Market) -> None:
    boss, rider = await market.merchant(), await market.person(50)
    code = await market.ask(rider, await market.shop(owner=boss), 20)
    await market.scene.do(till.take, redemption_id=code, person_id=boss, shown_in=77)
    (took,) = [row for row in await market.scene.outbox() if row.message is Message.TOOK]
    assert (took.facts or {})["edits"] == 77


async def test_before_something_is_given_back_it_is_looked_at_whether_it_can_be(market: Market) -> None:
    boss, rider = await market.merchant(), await market.person(50)
    code = await market.ask(rider, await market.shop(owner=boss), 20)

    async def ask(who: int, **at: float) -> int:
        asked = {"person_id": who, "redemption_id": code, "now": later(**at)}
        return (await market.scene.store.read(codes.undoable, **asked)).points

    with pytest.raises(CodeExpired):
        await ask(boss)
    await market.take(code, boss)
    with pytest.raises(NotStaff):
        await ask(rider)
    with pytest.raises(TooLateToUndo):
        await ask(boss, minutes=15)
    assert await ask(boss, minutes=14) == 20
    await market.undo(code, boss)
    with pytest.raises(CodeUndone):
        await ask(boss)


@pytest.mark.parametrize(("shown", "is_new"), [(10, False), (8, True), (None, True)])
async def test_a_code_keeps_its_price_and_who_asks_at_the_new_one_gets_a_new_code(
    market: Market, shown: int | None, is_new: bool
) -> None:
    boss, rider = await market.merchant(), await market.person(10)
    shop = await market.shop(owner=boss)
    tea = await market.item(shop, price=10, stock=1)
    before = await market.ask(rider, shop, item=tea)
    change = {"merchant_id": shop, "person_id": boss, "field": ShopField.PRICE, "text": "8", "item_id": tea}
    await market.scene.do(editing.change, **change)
    what = {"person_id": rider, "merchant_id": shop, "what": For(item_id=tea, price=shown), "draw": market.draw()}
    asked = await market.scene.do(till.ask, **what)
    assert ((await market.code(asked.id)).points, asked.is_new) == (8 if is_new else 10, is_new)
    states = {before: RedemptionState.CANCELLED if is_new else RedemptionState.OPEN, asked.id: RedemptionState.OPEN}
    assert {code: (await market.code(code)).state for code in (before, asked.id)} == states
    await market.take(asked.id, boss)
    assert (await market.has(rider), await market.took(shop)) == ((2, 8) if is_new else (0, 10))
    assert await market.adds_up()


async def test_an_offer_is_not_taken_at_a_price_that_was_not_shown(market: Market) -> None:
    boss, rider = await market.merchant(), await market.person(50)
    shop = await market.shop(owner=boss)
    tea = await market.item(shop, price=10, stock=3)

    async def ask(price: int) -> Asked:
        what = {"person_id": rider, "merchant_id": shop, "what": For(item_id=tea, price=price), "draw": market.draw()}
        return await market.scene.do(till.ask, **what)

    change = {"merchant_id": shop, "person_id": boss, "field": ShopField.PRICE, "text": "12", "item_id": tea}
    await market.scene.do(editing.change, **change)
    with pytest.raises(PriceChanged) as refused:
        await ask(10)
    assert refused.value.facts == {"points": 12}
    assert (await market.has(rider), await market.stock(tea)) == (50, (3, 0))
    await ask(12)
    assert (await market.has(rider), await market.stock(tea)) == (38, (3, 1))


async def test_an_offer_above_what_one_payment_may_be_cannot_be_paid(market: Market) -> None:
    rider, shop = await market.person(9000), await market.shop()
    dear = await market.item(shop, price=501, stock=3)
    with pytest.raises(TooMuch):
        await market.ask(rider, shop, item=dear)
    assert (await market.has(rider), await market.stock(dear)) == (9000, (3, 0))
