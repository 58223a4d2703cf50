"""Digits sent alone: a shop's people take a code by them, of anybody else they are no report."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from services import invites
from services.points import purse
from services.points.ledger import About
from storage.kinds import Language, ReporterKind, Role
from storage.points_kinds import Reason, RiderState
from storage.schema import Draft, Person, Redemption, Rider, WrongCodes
from tests.handlers.conftest import Room, words_of
from tests.services.shops import add_item, add_shop
from views.texts import plain

RESIDENT, BOSS, OFFICER = 5001, 6001, 7001
CODE, DIGIT = plain(Language.EN, "loose-code"), plain(Language.EN, "loose-digit")


async def shop(room: Room) -> int:
    """A shop with its owner."""
    made: int = await room.store.write(add_shop, number=1, owner=None, others=(), now=room.now)
    what = {"role": Role.MERCHANT, "shop": "M-001", "is_primary": True}
    await room.store.write(invites.make, token="shop", now=room.now, **what)
    await room.say(BOSS, "/start shop")
    return made


async def code_at(room: Room, shop: int) -> str:
    """The digits that the resident shows."""
    await room.say(RESIDENT, "/start")

    def give(session: Session) -> None:
        one = session.scalars(select(Person).where(Person.telegram_id == RESIDENT)).one()
        purse.earn(session, one.id, 100, key="gift", about=About(Reason.CREDIT, one.id), now=room.now)

    await room.store.write(give)
    await room.press(RESIDENT, f"ze:{shop}:20")
    return str((await room.rows(Redemption))[0].code)


@pytest.mark.parametrize("typed", ["123456", "123 456", "１２３４５６", "012-345"])
async def test_six_digits_from_a_stranger_are_no_report(room: Room, typed: str) -> None:
    assert CODE in words_of(await room.say(RESIDENT, typed))
    assert await room.rows(Draft) == []


@pytest.mark.parametrize("typed", ["1", "9", " 3 ", "５"])
async def test_a_lone_digit_is_the_number_of_a_list(room: Room, typed: str) -> None:
    await shop(room)
    for who in (RESIDENT, BOSS):
        assert DIGIT in words_of(await room.say(who, typed))
    assert await room.rows(Draft) == []


@pytest.mark.parametrize("typed", ["0", "12", "12345", "1234567", "3 lamps are out", "No. 123456"])
async def test_all_else_begins_a_report(room: Room, typed: str) -> None:
    await room.say(RESIDENT, typed)
    assert [one.words for one in await room.rows(Draft)] == [typed]


async def test_the_number_of_a_lamp_post_belongs_to_the_report_that_is_begun(room: Room) -> None:
    await room.photo(RESIDENT)
    for typed in ("012345", "3"):
        await room.say(RESIDENT, typed)
    assert [one.words for one in await room.rows(Draft)] == ["012345\n3"]


async def test_or_to_the_one_of_a_moment_ago(room: Room) -> None:
    await room.report(RESIDENT)
    assert DIGIT in words_of(await room.say(RESIDENT, "1")), "of a list, rather"
    assert await room.rows(Draft) == []
    await room.say(RESIDENT, "012345")
    assert [one.words for one in await room.rows(Draft)] == ["012345"]
    await room.press(RESIDENT, "so")
    room.travel(timedelta(minutes=3))
    assert CODE in words_of(await room.say(RESIDENT, "012345"))


@pytest.mark.parametrize("typed", ["012345", "3"])
async def test_or_to_what_the_officer_has_asked(room: Room, typed: str) -> None:
    await room.officer(OFFICER)
    report = await room.report(RESIDENT)
    await room.press(OFFICER, f"ac:{report}")
    assert DIGIT in words_of(await room.say(OFFICER, "2"))
    room.travel(timedelta(minutes=10))
    await room.press(OFFICER, f"as:{report}")
    await room.say(OFFICER, "Which number has the lamp post?")
    await room.say(RESIDENT, typed)
    assert [one.answers for one in await room.rows(Draft)] == [True]


@pytest.mark.parametrize("is_own", [True, False])
async def test_a_customer_who_types_digits_is_told_that_the_shop_does(room: Room, is_own: bool) -> None:
    digits = await code_at(room, await shop(room))
    if is_own:
        await room.photo(RESIDENT)  # even then
    said = words_of(await room.say(RESIDENT, digits if is_own else "000000"))
    assert plain(Language.EN, "loose-shown") in said
    assert f"{digits[:3]} {digits[3:]}" in said
    assert "20 points" in said
    assert [one.words for one in await room.rows(Draft)] == [None] * is_own
    assert await room.rows(WrongCodes) == []
    room.travel(timedelta(minutes=5))
    await room.photo(RESIDENT)
    await room.say(RESIDENT, digits)
    assert [one.words for one in await room.rows(Draft)] == [digits], "its time is over"


async def test_a_dialog_gets_the_digits_that_it_asks_for(room: Room) -> None:
    made = await shop(room)
    await code_at(room, made)
    await room.press(RESIDENT, f"zf:{made}")
    assert plain(Language.EN, "error-too-much", most=500) in words_of(await room.say(RESIDENT, "123456"))
    assert await room.rows(Draft) == []


@pytest.mark.parametrize("typed", ["0", "12345", "1234567", "12 34 56", "１２３４５"])
async def test_a_code_with_a_slip_begins_no_report_of_who_works_at_a_shop(room: Room, typed: str) -> None:
    await shop(room)
    assert plain(Language.EN, "code-six-digits") in words_of(await room.say(BOSS, typed))
    assert await room.rows(Draft) == []
    assert await room.rows(WrongCodes) == []


@pytest.mark.parametrize("typed", ["12345", "000000", "13800138000"])
async def test_digits_of_who_works_at_a_shop_belong_to_the_report_that_he_has_begun(room: Room, typed: str) -> None:
    digits = await code_at(room, await shop(room))
    await room.photo(BOSS)
    await room.say(BOSS, typed)
    assert [one.words for one in await room.rows(Draft)] == [typed]
    assert "20 points" in words_of(await room.say(BOSS, digits)), "a customer stands there"
    assert [one.words for one in await room.rows(Draft)] == [typed]


@pytest.mark.parametrize("typed", ["13800138000", "204518"])
async def test_or_to_the_one_that_he_has_just_sent_or_was_asked_about(room: Room, typed: str) -> None:
    await shop(room)
    await room.officer(OFFICER)
    report = await room.report(BOSS)
    await room.say(BOSS, typed)
    assert [(one.words, one.answers) for one in await room.rows(Draft)] == [(typed, False)]
    await room.press(BOSS, "so")
    await room.press(OFFICER, f"ac:{report}")
    await room.press(OFFICER, f"as:{report}")
    await room.say(OFFICER, "Whom can I call?")
    room.travel(timedelta(minutes=10))
    await room.say(BOSS, typed)
    assert [(one.words, one.answers) for one in await room.rows(Draft)] == [(typed, True)]


async def test_an_offer_whose_price_has_changed_is_refused_and_the_shop_shown_anew(room: Room) -> None:
    made = await shop(room)
    tea: int = await room.store.write(add_item, shop=made, number=1, now=room.now, price=12)
    await code_at(room, made)
    answer = words_of(await room.press(RESIDENT, f"zg:{made}:{tea}:10"))
    assert plain(Language.EN, "error-price-changed", points=12) in answer
    assert "Milk tea: 12 points" in answer
    assert [one.item_id for one in await room.rows(Redemption)] == [None]


async def test_who_wants_a_meal_and_is_not_registered_has_the_administrators_asked(room: Room) -> None:
    made: int = await room.store.write(add_shop, number=1, owner=None, others=(), now=room.now, meals=2)
    await room.say(RESIDENT, "/start")

    def rides(session: Session) -> None:
        """He has said so before riders were registered."""
        one = session.scalars(select(Person).where(Person.telegram_id == RESIDENT)).one()
        one.kind, one.platform = ReporterKind.RIDER, "meituan"

    await room.store.write(rides)
    for _ in range(2):
        assert plain(Language.EN, "error-rider-waiting") in words_of(await room.press(RESIDENT, f"zh:{made}"))
    assert [one.state for one in await room.rows(Rider)] == [RiderState.WAITING]


async def test_who_has_a_report_open_guesses_no_more_often_than_anybody(room: Room) -> None:
    code = await code_at(room, await shop(room))
    await room.photo(BOSS)
    guesses = [digits for digits in ("111111", "222222", "333333", "444444", "555555", "666666") if digits != code][:5]
    for digits in guesses:
        await room.say(BOSS, digits)
    assert (await room.rows(WrongCodes))[0].paused_until is not None
    await room.say(BOSS, code)
    assert [one.words for one in await room.rows(Draft)] == ["\n".join([*guesses, code])], "of the report, all of them"
