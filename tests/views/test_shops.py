"""Shops: what stands on their cards, and what does not."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.kinds import Language, Message, ReporterKind, Role
from storage.merchant_records import TillRules
from storage.points_kinds import RedemptionState
from storage.records import Brief
from tests.moment import NOW
from tests.views.shop_cards import PRICE, ZONE, in_each_state, page, redemption, shop
from tests.views.showing import me
from views import own_shop, people, shops, till
from views.actions import BuyItem
from views.shops import yuan
from views.texts import FOLDER, plain

ITEM = shop().items[0]


@pytest.mark.parametrize("language", Language)
def test_what_was_taken_has_the_number_of_its_receipt(language: Language) -> None:
    to = me(language)
    taken = redemption(id=123_456, state=RedemptionState.TAKEN, ended_at=NOW, undo_until=NOW.replace(year=2030))
    card = own_shop.lately([taken], to, merchant_id=128, now=NOW, zone=ZONE)
    assert "123,456" in card.text
    assert card.rows[0][0].text == plain(language, "button-undo-number", number=taken.id)
    assert "123,456" in card.rows[0][0].text


@pytest.mark.parametrize("language", Language)
def test_between_mealtimes_a_shop_says_when_the_next_is_and_has_no_button_for_it(language: Language) -> None:
    rider, other = (me(language, kind=kind) for kind in (ReporterKind.RIDER, ReporterKind.RESIDENT))
    meal = plain(language, "button-meal", yuan=yuan(PRICE.rider))
    then = shop(mealtime=None, next_meal=NOW + timedelta(hours=4, minutes=30))
    for found, words, has_button in ((shop(), "7", True), (then, "16:30", False)):
        card = shops.shop(found, rider, now=NOW, zone=ZONE)
        (line,) = (one for one in card.text.split("\n") if one.startswith("🍚"))
        assert words in line
        assert (meal in [one.text for row in card.rows for one in row]) is has_button
        riders = plain(language, "shop-meals-riders")
        assert riders not in line
        assert riders in shops.shop(found, other, now=NOW, zone=ZONE).text
        assert words in shops.page(page((found,), is_open=True), rider, now=NOW, zone=ZONE).text


@pytest.mark.parametrize("language", Language)
def test_the_cash_of_a_meal_that_is_given_back_goes_from_hand_to_hand(language: Language) -> None:
    to, facts = me(language), {"yuan": yuan(PRICE.rider)}
    for found in in_each_state():
        if found.state is not RedemptionState.UNDONE:
            continue
        is_meal = found.price is not None
        brief = Brief(message=Message.UNDONE, to=to, facts={"is_mine": True}, redemption=found)
        for card in (till.undone(brief, now=NOW, zone=ZONE), till.over(brief, now=NOW, zone=ZONE)):
            assert card is not None
            assert (plain(language, "cash-back", **facts) in card.text) is is_meal
        assert (
            plain(language, "cash-back-shop", **facts) in till.given_back(found, to, now=NOW, zone=ZONE).text
        ) is is_meal
        assert (plain(language, "cash-back-shop", **facts) in till.ask_undo(found, to, is_listed=False).text) is is_meal


@pytest.mark.parametrize("language", Language)
def test_a_closed_shop_says_when_it_opens_and_to_pay_only_where_somebody_is(language: Language) -> None:
    to, warns = me(language), plain(language, "shop-closed-pay")
    then = shop(is_open=False, opens_at=NOW + timedelta(hours=4, minutes=30))
    for found, is_said in ((shop(), False), (then, True)):
        card = shops.shop(found, to, now=NOW, zone=ZONE)
        assert (warns in card.text) is is_said
        line = shops.page(page((found,), is_open=False), to, now=NOW, zone=ZONE).text
        own = own_shop.shop(found, to, now=NOW, zone=ZONE).text
        assert [("16:30" in text) for text in (card.text, line, own)] == [is_said] * 3


@pytest.mark.parametrize("language", Language)
def test_a_shop_that_opens_no_more_is_closed_without_a_time(language: Language) -> None:
    to, found = me(language), shop(is_open=False, opens_at=None)
    card = shops.shop(found, to, now=NOW, zone=ZONE).text
    line = shops.page(page((found,), is_open=False), to, now=NOW, zone=ZONE).text
    assert plain(language, "shop-closed-pay") in card
    assert plain(language, "shop-shut", hours="06:30–13:30") in card
    assert plain(language, "shop-line-shut") in line
    assert plain(language, "shop-line-open") not in line.splitlines()[-1]


def test_a_card_says_hours_in_words() -> None:
    found = shop(hours="Mo-Fr 08:30-18:00; Sa,Su off; PH off")
    for language, said in (
        (Language.ZH, "周一至周五 08:30–18:00；周六、周日 休息；法定节假日 休息"),
        (Language.EN, "Mon–Fri 08:30–18:00; Sat, Sun closed; public holidays closed"),
    ):
        assert said in shops.shop(found, me(language), now=NOW, zone=ZONE).text
        assert said in own_shop.shop(found, me(language), now=NOW, zone=ZONE).text


@pytest.mark.parametrize("language", Language)
def test_what_a_shop_gives_stands_before_mere_amounts(language: Language) -> None:
    names = [one.text for row in shops.shop(shop(), me(language), now=NOW, zone=ZONE).rows for one in row]
    items = [at for at, name in enumerate(names) if name.startswith("Old Town")]
    amounts = [names.index(plain(language, "button-points", points=points)) for points in shop().amounts]
    assert items
    assert max(items) < min(amounts)


def test_each_item_that_can_be_had_has_a_button() -> None:
    items = tuple(replace(ITEM, id=number, stock=None if number else 0, held=0) for number in range(31))
    rows = shops.shop(shop(items=items), me(Language.EN), now=NOW, zone=ZONE).rows
    pressed = {one.action for row in rows for one in row}
    wanted = [BuyItem(128, one.id, one.price).pack() in pressed for one in items]
    assert wanted == [False, *[True] * 30]


def test_the_price_of_an_item_is_on_its_button_however_long_its_name() -> None:
    names = ("Soup of the day", "A very long name of a dish with noodles", "Tea", "Rice", "牛肉米粉加两个茶叶蛋")
    items = tuple(replace(ITEM, names=dict.fromkeys(Language, name), price=1234, stock=None) for name in names)
    rows = shops.shop(shop(items=items, mealtime=None), me(Language.EN), now=NOW, zone=ZONE).rows
    assert [[one.text for one in row] for row in rows[:4]] == [
        ["Soup of the… · 1234"],
        ["A very long… · 1234"],
        ["Tea · 1234", "Rice · 1234"],
        ["牛肉米粉加… · 1234"],
    ]


@pytest.mark.parametrize("language", Language)
def test_how_long_is_said_as_the_county_has_set_it(language: Language) -> None:
    to = me(language, roles=frozenset({Role.MERCHANT}))
    text = people.help_text(to, TillRules(code=7, undo=23)).text
    assert "7" in text
    assert "23" in text
    guessed = Brief(
        message=Message.CODES_GUESSED,
        to=to,
        facts={"person": 1, "wrong": 6, "minutes": 11},
        named=dict.fromkeys(Language, "Wu"),
    )
    assert {"6", "11"} <= set(re.findall(r"\d+", till.guessed(guessed).text))
    assert "17" in plain(language, "error-month-not-over", month="November", minutes=17)


def test_no_text_of_shops_has_minutes_of_its_own() -> None:
    for language, minutes in ((Language.EN, r"(\d|five|ten|fifteen)\s+minutes"), (Language.ZH, r"[\d五十]\s*分钟")):
        texts = (FOLDER / f"{language}.ftl").read_text("utf-8").partition("role-merchant")[2]
        assert re.findall(minutes, texts) == []


@pytest.mark.parametrize("language", Language)
def test_pieces_that_nobody_is_paying_for_are_not_counted(language: Language) -> None:
    to = me(language)
    held = own_shop.item(shop(), replace(ITEM, stock=7, held=2), to).text
    free = own_shop.item(shop(), replace(ITEM, stock=7, held=0), to).text
    assert "2" in held.partition("7")[2]
    assert free.endswith(("7 in stock", "库存 7 件"))
