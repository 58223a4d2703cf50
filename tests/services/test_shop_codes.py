"""Codes in the hands of a shop: scanned, typed, guessed."""

import pytest

from services.merchants import codes, programme, staff
from services.merchants.codes import Found
from services.merchants.errors import (
    CodeExpired,
    CodesPaused,
    CodeTaken,
    CodeUnknown,
    NotStaff,
    OtherShop,
    OwnCode,
)
from services.merchants.redemptions import initials
from services.points import purse
from services.points.ledger import About
from storage.kinds import Message, Role
from storage.merchant_records import Wrong
from storage.points_kinds import Reason
from storage.schema import OutboxMessage
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.shops import Market, later

LIMITS = programme.till()


@pytest.fixture
def market(scene: Scene) -> Market:
    return Market(scene)


async def typed(market: Market, who: int, code: str, **at: float) -> Found | Wrong:
    return await market.scene.do(codes.typed, person_id=who, code=code, now=later(**at))


async def scanned(market: Market, who: int, token: str) -> object:
    return await market.scene.store.read(codes.scanned, person_id=who, token=token, now=NOW)


async def test_the_shop_sees_what_it_is_for_and_not_who_pays(market: Market) -> None:
    boss, rider = await market.merchant(), await market.person(50, name="Chen Mei")
    shop = await market.shop(owner=boss)
    code = await market.code(await market.ask(rider, shop, item=await market.item(shop)))
    found = await typed(market, boss, code.code)
    assert isinstance(found, Found)
    assert found.redemption == await scanned(market, boss, code.token) == code
    assert (code.points, code.initials, (code.item or {})["en"]) == (10, "C. M.", "Milk tea")


@pytest.mark.parametrize(
    ("name", "shown"), [("Chen Mei", "C. M."), ("王强", "王＊"), ("Zoë", "Z."), ("🙂", "＊"), ("张 San Li", "张＊")]
)
def test_initials_say_nobodys_name(name: str, shown: str) -> None:
    assert initials(name) == shown


async def test_a_picture_is_worth_nothing_to_others(market: Market) -> None:
    boss, other, rider = await market.merchant(), await market.merchant("Other"), await market.person(50)
    shop, _ = await market.shop(owner=boss), await market.shop(owner=other)
    code = await market.code(await market.ask(rider, shop, 20))
    for who, error in ((await market.person(), NotStaff), (other, OtherShop), (rider, OwnCode)):
        with pytest.raises(error):
            await scanned(market, who, code.token)
    with pytest.raises(CodeUnknown):
        await scanned(market, boss, "t" * 22)


async def test_digits_of_another_shop_are_as_good_as_none(market: Market) -> None:
    boss, other, rider = await market.merchant(), await market.merchant("Other"), await market.person(50)
    shop, _ = await market.shop(owner=boss), await market.shop(owner=other)
    code = await market.code(await market.ask(rider, shop, 20))
    assert await typed(market, other, code.code) == Wrong(code.code, LIMITS.wrong - 1)
    with pytest.raises(NotStaff):
        await typed(market, rider, code.code)


async def test_who_works_at_a_shop_and_types_his_own_code_has_not_guessed(market: Market) -> None:
    boss, other = await market.merchant(), await market.merchant("Other")
    await market.shop(owner=boss)
    shop = await market.shop(owner=other)
    await market.scene.do(purse.earn, person_id=boss, amount=50, key="gift", about=About(Reason.CREDIT, boss))
    code = await market.code(await market.ask(boss, shop, 20))
    for _ in range(LIMITS.wrong + 1):
        with pytest.raises(OwnCode):
            await typed(market, boss, code.code)


async def test_what_is_over_is_said_to_be_and_is_no_guess(market: Market) -> None:
    boss, rider = await market.merchant(), await market.person(50)
    shop = await market.shop(owner=boss)
    first = await market.code(await market.ask(rider, shop, 20))
    await market.take(first.id, boss)
    for _ in range(LIMITS.wrong + 1):
        with pytest.raises(CodeTaken):
            await typed(market, boss, first.code)
    second = await market.code(await market.ask(rider, shop, 20))
    with pytest.raises(CodeExpired):
        await typed(market, boss, second.code, minutes=5)
    assert await typed(market, boss, second.code, hours=2) == Wrong(second.code, LIMITS.wrong - 1)


async def test_after_five_wrong_codes_one_waits_and_the_owner_hears_of_it(market: Market) -> None:
    boss, clerk, rider = await market.merchant(), await market.merchant("Clerk"), await market.person(50)
    shop = await market.shop(owner=boss, staff_of=(clerk,))
    code = await market.code(await market.ask(rider, shop, 20))
    for left in (4, 3, 2, 1):
        assert await typed(market, clerk, "999999", seconds=-left) == Wrong("999999", left)
    assert await market.heard(boss, Message.CODES_GUESSED) == []
    minutes = int(LIMITS.pause.total_seconds()) // 60
    assert await typed(market, clerk, "999999") == Wrong("999999", 0, NOW + LIMITS.pause, minutes)
    assert await market.heard(boss, Message.CODES_GUESSED) == [Message.CODES_GUESSED]
    with pytest.raises(CodesPaused) as paused:
        await typed(market, clerk, code.code, minutes=1)
    assert paused.value.facts == {"minutes": 9}
    assert await scanned(market, clerk, code.token) == code, "a picture cannot be guessed"
    assert isinstance(await typed(market, boss, code.code, minutes=1), Found), "the others go on"
    assert await typed(market, clerk, "999999", minutes=10) == Wrong("999999", LIMITS.wrong - 1)


async def test_an_owner_is_not_warned_of_himself(market: Market) -> None:
    boss, partner = await market.merchant(), await market.merchant("Partner")
    shop = await market.shop(owner=boss, staff_of=(partner,))
    await market.scene.do(staff.add, person_id=partner, merchant_id=shop, is_owner=True)
    for _ in range(LIMITS.wrong):
        await typed(market, boss, "999999")
    assert await market.heard(boss, Message.CODES_GUESSED) == []
    assert await market.heard(partner, Message.CODES_GUESSED) == [Message.CODES_GUESSED]


async def test_wrong_codes_are_forgotten(market: Market) -> None:
    boss = await market.merchant()
    await market.shop(owner=boss)
    for _ in range(4):
        await typed(market, boss, "999999")
    assert await typed(market, boss, "999999", minutes=11) == Wrong("999999", LIMITS.wrong - 1)


async def test_who_guesses_at_a_shop_that_has_no_other_owner_is_told_to_the_administrators(market: Market) -> None:
    boss, admin = await market.merchant(), await market.person(roles=(Role.ADMIN,))
    await market.shop(owner=boss)
    for _ in range(LIMITS.wrong):
        await typed(market, boss, "999999")
    assert await market.heard(boss, Message.CODES_GUESSED) == []
    assert await market.heard(admin, Message.CODES_GUESSED) == [Message.CODES_GUESSED]
    (row,) = [one for one in await market.scene.rows(OutboxMessage) if one.message is Message.CODES_GUESSED]
    assert (row.facts or {})["shops"] == "M-001"
