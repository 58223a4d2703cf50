"""At the till: a resident's chat and a shop's, side by side."""

import re
from datetime import timedelta
from typing import Any

import zxingcpp
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.chats import Message
from services import invites
from services.merchants import programme
from services.points import purse
from services.points.ledger import About
from storage.kinds import Role
from storage.points_kinds import Reason, ShopKind
from storage.schema import Item, Merchant, Person
from tests import county
from tests.belled import PATIENCE
from tests.journeys.backends import IN_TURN
from tests.journeys.conftest import Town
from tests.journeys.phone import Phone
from tests.journeys.test_stats import contents
from tests.pictures import jpeg
from tests.services.shops import ride
from views.shops import yuan

PRICE = programme.meals().price
DIGITS = re.compile(r"(\d{3}) (\d{3})")
NAMES = {"en": "Old Town Noodles", "zh": "老城粉店"}
TEA = {"en": "Milk tea", "zh": "奶茶"}


def add_shop(session: Session, *, meals: int = 0) -> int:
    """A shop with a tea, near A-01."""
    shop = Merchant(
        code="M-001",
        name_zh=NAMES["zh"],
        name_en=NAMES["en"],
        kind=ShopKind.FOOD,
        address="府前街1号",
        latitude=county.IN_A1[0],
        longitude=county.IN_A1[1],
        hours="00:00-24:00",
        phone="199-0003-0001",
        about_zh="米粉",
        about_en="Rice noodles",
        meals=meals,
        meal_zh="两荤一素",
        meal_en="Two dishes of meat, one of vegetables",
        fen_a_point=10,
    )
    session.add(shop)
    session.flush()
    session.add(Item(merchant_id=shop.id, code="TEA", name_zh=TEA["zh"], name_en=TEA["en"], price=15, stock=3, held=0))
    return shop.id


async def opened_shop(town: Town, language: str = "en", **said: Any) -> tuple[int, Phone]:
    """A shop, and the phone of its owner."""
    shop: int = await town.store.write(add_shop, **said)
    return shop, await staff(town, 6001, language)


async def staff(town: Town, number: int, language: str = "en", *, is_owner: bool = True) -> Phone:
    """Somebody who has joined the shop by a link."""
    boss = town.person(number, language, name="Boss")
    token = f"shop-{number}"
    what = {"role": Role.MERCHANT, "shop": "M-001", "is_primary": is_owner}
    await town.store.write(invites.make, token=token, now=town.clock(), **what)
    boss.send_text(f"/start {token}")
    await boss.hears("joined-merchant", name="Boss")
    await boss.hears("privacy-short-shop")
    await boss.calm()
    return boss


async def resident(town: Town, language: str = "en", *, points: int = 100, number: int = 5001) -> Phone:
    """Somebody with points."""
    person = town.rider(number, language, name="Chen Mei")
    person.send_text("/start")
    await person.hears("ask-kind")

    def give(session: Session) -> None:
        one = session.scalars(select(Person).where(Person.telegram_id == number)).one()
        ride(session, person_id=one.id, now=town.clock())
        purse.earn(session, one.id, points, key=f"gift:{one.id}", about=About(Reason.CREDIT, one.id), now=town.clock())

    if points:
        await town.store.write(give)
    return person


async def shop_card(person: Phone, shop: int, language: str) -> Message:
    """The shop, by the code on its counter."""
    person.send_text(f"/start m_{shop}")
    return await person.wait_for(NAMES[language])


async def shown_code(person: Phone) -> tuple[Message, Message, str]:
    """The picture, the message below it, and the six digits."""

    def look() -> Message | None:
        return next((one for one in reversed(person.from_bot) if DIGITS.search(one.get("text", ""))), None)

    text: Message = await person._chat.changed.wait_until(look, PATIENCE)
    digits = DIGITS.search(text["text"])
    assert digits is not None
    picture = person.current({"message_id": text["message_id"] - 1})
    return picture, text, digits[1] + digits[2]


def link_in(person: Phone, picture: Message) -> str:
    """What the picture says, read as a camera would."""
    found = zxingcpp.read_barcodes(Image.open(contents(person, picture["photo"][-1]["file_id"])))
    assert len(found) == 1
    return str(found[0].text)


def only(boss: Phone, shop: str) -> bool:
    """Whether one message of a shop's people speaks of what it took."""
    return len([said for said in boss.said if shop in said and "C. M." in said]) == 1


@IN_TURN
async def test_ten_seconds_at_the_till(town: Town, language: str) -> None:
    shop, boss = await opened_shop(town, language)
    person = await resident(town, language)
    card = await shop_card(person, shop, language)
    person.push(card, "button-points", points=20)
    await person.sees_toast("toast-code-comes")
    picture, code, _ = await shown_code(person)
    assert person.words("what-points", points=20) in code["text"]
    link = link_in(person, picture)
    assert link.startswith("https://t.me/")
    boss.send_text("/start " + link.partition("start=")[2])
    asked = await boss.hears("take-title", shop=NAMES[language], who="C. M.")
    assert "Chen" not in asked["text"]
    assert boss.words("what-points", points=20) in asked["text"]
    boss.push(asked, "button-take")
    receipt = await boss.hears("took-title", shop=NAMES[language], who="C. M.")
    mine = await person.hears("spent-title", shop=NAMES[language])
    assert person.words("points-balance", points=80) in mine["text"]
    assert boss.words("what-points", points=20) in receipt["text"]
    await town.calm()
    assert person.is_gone(picture), "the receipt stands in the place of the code"
    assert person.is_gone(code)
    assert receipt["message_id"] == asked["message_id"]
    assert only(boss, NAMES[language])


@IN_TURN
async def test_six_digits_do_as_well_and_the_shop_gives_back_what_was_a_mistake(town: Town, language: str) -> None:
    shop, boss = await opened_shop(town, language)
    person = await resident(town, language)
    person.press((await shop_card(person, shop, language))["message_id"], f"{TEA[language]} · 15")
    _, code, digits = await shown_code(person)
    assert person.words("what-item", name=TEA[language], points=15) in code["text"]
    boss.send_text(f"{digits[:3]} {digits[3:]}")
    asked = await boss.hears("take-title", shop=NAMES[language], who="C. M.")
    boss.push(asked, "button-take")
    receipt = await boss.hears("took-title", shop=NAMES[language], who="C. M.")
    mine = await person.hears("spent-title", shop=NAMES[language])
    await person.calm()
    boss.push(receipt, "button-undo")
    question = boss.words("ask-undo", who="C. M.")
    await boss.until(lambda: question in boss.current(receipt)["text"])
    assert person.words("what-item", name=TEA[language], points=15) in boss.current(receipt)["text"]
    boss.push(boss.current(receipt), "button-keep-taken")
    await boss.until(lambda: boss.button("button-undo") in boss.buttons(receipt) and len(boss.buttons(receipt)) == 1)
    boss.push(boss.current(receipt), "button-undo")
    await boss.until(lambda: question in boss.current(receipt)["text"])
    boss.push(boss.current(receipt), "button-undo")
    told = boss.words("undone-shop", shop=NAMES[language], who="C. M.")
    await boss.until(lambda: told in boss.current(receipt)["text"])
    back = await person.hears("undone-title", after=mine["message_id"], shop=NAMES[language])
    assert person.words("points-balance", points=100) in back["text"]
    await town.calm()
    assert person.is_gone(mine), "one message of it is left"
    assert person.is_gone(code)
    assert only(boss, NAMES[language])
    assert boss.buttons(receipt) == []


async def test_a_riders_meal_says_to_both_what_is_paid_in_cash(town: Town) -> None:
    town.clock.go_to(programme.meals().times[next(iter(programme.meals().times))][0], town.settings)
    _, boss = await opened_shop(town, meals=2)
    rider = await resident(town)
    rider.send_text("/shops")
    found = await rider.hears("shops-title")
    rider.push(found, "button-meals")
    await rider.until(lambda: rider.words("shop-line-meals", left=2) in rider.current(found)["text"])
    rider.press(found["message_id"], "1")
    card = await rider.hears("shop-balance", points=100)
    rider.push(card, "button-meal", yuan=yuan(PRICE.rider))
    _, code, digits = await shown_code(rider)
    assert f"{yuan(PRICE.rider)} yuan" in code["text"]
    boss.send_text(digits)
    asked = await boss.hears("take-title", shop=NAMES["en"], who="C. M.")
    assert f"{yuan(PRICE.rider)} yuan" in asked["text"]
    boss.push(asked, "button-take")
    await rider.hears("spent-title", shop=NAMES["en"])
    before = len(rider.toasts)
    rider.push(card, "button-meal", yuan=yuan(PRICE.rider))
    await rider.sees_toast("error-meal-had", after=before)


@IN_TURN
async def test_an_amount_of_ones_own_is_asked_for_until_it_is_one(town: Town, language: str) -> None:
    shop, _ = await opened_shop(town, language)
    person = await resident(town, language)
    person.push(await shop_card(person, shop, language), "button-other-amount")
    await person.hears("shop-amount", shop=NAMES[language], points=100, most=programme.till().most)
    for words in ("0", "-5", "1.5", "十", "20 points"):
        after = person.last
        person.send_text(words)
        await person.hears("error-bad-amount", after=after)
    for words, error, facts in (
        ("101", "error-not-enough", {"balance": 100, "needed": 101}),
        ("501", "error-too-much", {"most": programme.till().most}),
    ):
        after = person.last
        person.send_text(words)
        await person.hears(error, after=after, **facts)
    person.send_text("３５")
    _, code, digits = await shown_code(person)
    assert person.words("what-points", points=35) in code["text"]
    person.push(await shop_card(person, shop, language), "button-other-amount")
    await person.hears(
        "shop-amount", after=code["message_id"], shop=NAMES[language], points=65, most=programme.till().most
    )
    after = person.last
    person.send_text("35")
    await person.hears("toast-code-above", after=after, code=f"{digits[:3]} {digits[3:]}")


async def test_what_nobody_takes_is_over_by_itself_and_said_so(town: Town) -> None:
    shop, boss = await opened_shop(town)
    person = await resident(town)
    person.push(await shop_card(person, shop, "en"), "button-points", points=50)
    picture, code, digits = await shown_code(person)
    await person.calm()
    town.clock.travel(timedelta(minutes=5))
    await person.until(lambda: person.words("code-over-expired") in person.current(code)["text"])
    await person.until(lambda: person.is_gone(picture))
    boss.send_text(digits)
    await boss.hears("error-code-expired")
    person.send_text("/points")
    await person.hears("points-balance", points=100)


async def test_whoever_changes_his_mind_presses_once(town: Town) -> None:
    shop, boss = await opened_shop(town)
    person = await resident(town)
    card = await shop_card(person, shop, "en")
    person.push(card, "button-points", points=50)
    _, code, digits = await shown_code(person)
    before = len(person.toasts)
    person.push(card, "button-points", points=50)
    await person.sees_toast("toast-code-above", after=before, code=f"{digits[:3]} {digits[3:]}")
    await person.calm()
    person.push(code, "button-cancel-code")
    await person.until(lambda: person.words("code-over-cancelled") in person.current(code)["text"])
    boss.send_text(digits)
    await boss.hears("error-code-cancelled")


@IN_TURN
async def test_take_is_no_button_any_more_once_the_customer_has_cancelled(town: Town, language: str) -> None:
    shop, boss = await opened_shop(town, language)
    person = await resident(town, language)
    person.push(await shop_card(person, shop, language), "button-points", points=50)
    _, code, digits = await shown_code(person)
    boss.send_text(digits)
    asked = await boss.hears("take-title", shop=NAMES[language], who="C. M.")
    await person.calm()
    person.push(code, "button-cancel-code")
    await person.until(lambda: person.words("code-over-cancelled") in person.current(code)["text"])
    boss.push(asked, "button-take")
    await boss.sees_toast("error-code-cancelled")
    await boss.calm()
    assert boss.words("error-code-cancelled") in boss.current(asked)["text"]
    assert boss.buttons(asked) == []


async def test_codes_are_worth_nothing_to_strangers_and_guessing_ends(town: Town) -> None:
    shop, boss = await opened_shop(town)
    clerk = await staff(town, 6002, is_owner=False)
    person, stranger = await resident(town), town.person(5002, name="Wu")
    person.push(await shop_card(person, shop, "en"), "button-points", points=50)
    picture, _, digits = await shown_code(person)
    start = "/start " + link_in(person, picture).partition("start=")[2]
    stranger.send_text(start)
    await stranger.hears("error-not-staff")
    stranger.send_text(digits)
    await stranger.hears("loose-code")
    person.send_text(digits)
    told = await person.hears("loose-shown")
    assert f"{digits[:3]} {digits[3:]}" in told["text"]
    person.send_text(start)
    await person.hears("error-own-code")
    bad = next(code for code in ("000000", "111111") if code != digits)
    for left in (4, 3, 2, 1):
        clerk.send_text(bad)
        await clerk.hears("code-wrong", code=f"{bad[:3]} {bad[3:]}", left=left)
    clerk.send_text(bad)
    await clerk.wait_for("Too many wrong codes")
    minutes = int(programme.till().pause.total_seconds()) // 60
    await boss.hears("told-codes-guessed", name="Boss", wrong=programme.till().wrong, minutes=minutes)
    clerk.send_text(digits)
    await clerk.hears("error-codes-paused", minutes=minutes)
    clerk.send_text(start)
    asked = await clerk.hears("take-title", shop=NAMES["en"], who="C. M.")
    clerk.push(asked, "button-take")
    await clerk.hears("took-title", shop=NAMES["en"], who="C. M.")


@IN_TURN
async def test_near_me_takes_one_tap_and_is_remembered(town: Town, language: str) -> None:
    await opened_shop(town, language)
    person = await resident(town, language)
    person.send_text(person.button("key-shops"))
    found = await person.hears("shops-title")
    person.push(found, "button-near")
    await person.hears("shops-where", name=person.button("key-send-place"))
    person.send_location(county.IN_A1[0], county.IN_A1[1] + 0.001)
    near = await person.hears("apart-metres", count=101)
    assert person.words("shops-near") in near["text"]
    after = person.last
    person.send_text(person.button("key-shops"))
    await person.hears("apart-metres", count=101, after=after)
    assert await town.count(Merchant) == 1


async def test_a_hazard_that_comes_between_is_a_report_and_its_place_is_its_own(town: Town) -> None:
    await opened_shop(town)
    person = await resident(town)
    person.send_text("/shops")
    person.push(await person.hears("shops-title"), "button-near")
    await person.hears("shops-where", name=person.button("key-send-place"))
    person.send_photo(jpeg("red"), caption="leak")
    person.send_location(*county.IN_A1)
    await person.hears_filed()


@IN_TURN
async def test_a_payment_in_my_points_opens_what_it_was_for(town: Town, language: str) -> None:
    shop, boss = await opened_shop(town, language)
    clerk = await staff(town, 6002, language, is_owner=False)
    person = await resident(town, language)
    person.press((await shop_card(person, shop, language))["message_id"], f"{TEA[language]} · 15")
    _, _, digits = await shown_code(person)
    clerk.send_text(digits)
    clerk.push(await clerk.hears("take-title", shop=NAMES[language], who="C. M."), "button-take")
    receipt = await person.hears("spent-title", shop=NAMES[language])
    person.push(receipt, "button-my-points")
    at = f"{NAMES[language]} · {TEA[language]}"
    await person.until(lambda: person.words("points-reason-hold", words=at) in person.current(receipt)["text"])
    person.press(receipt["message_id"], "1")
    who = person.button("bought-by-staff")
    await person.until(lambda: who in person.current(receipt)["text"])
    text = person.current(receipt)["text"]
    assert person.words("what-item", name=TEA[language], points=15) in text
    assert NAMES[language] in text
    (number,) = re.findall(r"no\. (\d+)|第 (\d+) 号", text)
    assert "1" in number
    assert await town.count(Merchant) == 1
    assert boss.words("took-title", shop=NAMES[language], who="C. M.") not in "".join(boss.said)
