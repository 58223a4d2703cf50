"""A shop's owner in chat: what it took, what he changes, whom he lets in, what the month brought."""

import re
from datetime import timedelta

from openpyxl import load_workbook
from PIL import Image
from zxingcpp import read_barcodes

from services.imports.merchants import COLUMNS, import_merchants
from services.merchants import programme, settlement
from storage.points_kinds import ShopField
from storage.tables import Counted, Row, Table
from tests.journeys.backends import IN_TURN
from tests.journeys.conftest import Town
from tests.journeys.test_stats import contents, made
from tests.journeys.test_till import NAMES, opened_shop, resident, shop_card, shown_code
from tests.services.import_rows import no_progress

NUMBER = {"en": re.compile(r"no\. (\d+)"), "zh": re.compile(r"第 (\d+) 号")}
"""Of a receipt."""


@IN_TURN
async def test_an_owner_changes_the_shop_with_a_tap_and_a_line(town: Town, language: str) -> None:
    _, boss = await opened_shop(town, language)
    boss.send_text(boss.button("key-my-shop"))
    card = await boss.hears("own-how")
    boss.push(card, f"button-shop-field-{ShopField.HOURS}")
    await boss.hears(f"ask-shop-field-{ShopField.HOURS}", shop=NAMES[language])
    boss.send_text("whenever")
    await boss.hears("error-bad-hours", text="whenever")
    after = boss.last
    boss.send_text("8-20")
    card = await boss.hears("own-how", after=after)
    assert "08:00–20:00" in card["text"]
    boss.push(card, f"button-shop-field-{ShopField.ITEM}")
    await boss.hears(f"ask-shop-field-{ShopField.ITEM}", shop=NAMES[language])
    after = boss.last
    boss.send_text("豆浆 12")
    card = await boss.hears("own-how", after=after)
    boss.press(card["message_id"], next(one for one in boss.buttons(card) if "豆浆" in one))
    await boss.until(lambda: boss.button("button-remove-item") in boss.buttons(card))
    boss.push(boss.current(card), "button-remove-item")
    await boss.until(lambda: boss.button("button-remove-item-now") in boss.buttons(card))
    boss.push(boss.current(card), "button-remove-item-now")
    await boss.until(lambda: boss.button("button-lately") in boss.buttons(card))
    assert "豆浆" not in boss.current(card)["text"]


async def test_the_code_on_the_counter_opens_the_shop(town: Town) -> None:
    _, boss = await opened_shop(town)
    boss.send_text("/shop")
    boss.push(await boss.hears("own-how"), "button-shop-code")
    picture = await made(boss, "photo")
    (found,) = read_barcodes(Image.open(contents(boss, picture["photo"][-1]["file_id"])))
    assert found.text in picture["caption"]
    stranger = town.person(5002, name="Wu")
    stranger.send_text("/start " + found.text.partition("start=")[2])
    await stranger.hears("shop-balance", points=0)
    stranger.send_text("/start m_999")
    await stranger.hears("error-shop-unknown")
    after = stranger.last
    stranger.send_text("/start m_nonsense")
    await stranger.hears("error-shop-unknown", after=after)


async def test_an_owner_lets_people_in_and_go(town: Town) -> None:
    _, boss = await opened_shop(town)
    boss.send_text("/shop")
    card = await boss.hears("own-how")
    boss.push(card, "button-staff")
    await boss.until(lambda: boss.button("button-invite-clerk") in boss.buttons(card))
    boss.push(boss.current(card), "button-invite-clerk")
    link = await boss.hears("invite-shop-clerk", shop=NAMES["en"])
    token = re.search(r"start=(\w+)", link["text"])
    assert token is not None
    clerk = town.person(6002, name="Clerk")
    clerk.send_text(f"/start {token[1]}")
    await clerk.hears("joined-shop", shop=NAMES["en"])
    clerk.send_text(clerk.button("key-my-shop"))
    theirs = await clerk.hears("own-how")
    assert clerk.button("button-staff") not in clerk.buttons(theirs)
    boss.push(boss.current(card), "button-back")
    await boss.until(lambda: boss.button("button-staff") in boss.buttons(card))
    boss.push(boss.current(card), "button-staff")
    await boss.until(lambda: "✖ Clerk" in boss.buttons(card))
    boss.press(card["message_id"], "✖ Clerk")
    await boss.until(lambda: boss.button("button-remove-staff-now") in boss.buttons(card))
    boss.push(boss.current(card), "button-remove-staff-now")
    await boss.until(lambda: boss.button("button-invite-clerk") in boss.buttons(card))
    assert "✖ Clerk" not in boss.buttons(card)
    clerk.push(theirs, "button-lately")
    await clerk.sees_toast("error-not-staff")


@IN_TURN
async def test_at_the_end_of_a_month_the_owner_and_the_administrator_get_their_sheets(
    town: Town, language: str
) -> None:
    shop, boss = await opened_shop(town, language)
    admin = town.admin(language)
    admin.send_text("/start")
    await admin.hears("privacy-short-role")
    person = await resident(town, language)
    person.push(await shop_card(person, shop, language), "button-points", points=20)
    _, _, digits = await shown_code(person)
    boss.send_text(digits)
    boss.push(await boss.hears("take-title", shop=NAMES[language], who="C. M."), "button-take")
    receipt = await person.hears("spent-title", shop=NAMES[language])
    number = NUMBER[language].search(receipt["text"])
    assert number is not None
    boss.send_text("/shop")
    card = await boss.hears("own-how")
    boss.push(card, "button-lately")
    await boss.until(lambda: boss.words("what-points", points=20) in boss.current(card)["text"])
    assert number[0] in boss.current(card)["text"]
    assert boss.button("button-undo-number", number=int(number[1])) in boss.buttons(card)
    boss.push(boss.current(card), "button-back")
    await boss.until(lambda: boss.button("button-month-sheet") in boss.buttons(card))
    boss.push(boss.current(card), "button-month-sheet")
    so_far = await made(boss, "document")
    assert boss.words("settled-so-far") in so_far["caption"]

    month = f"{town.clock().astimezone(town.settings.zone):%Y-%m}"
    town.clock.travel(timedelta(days=32) + programme.till().undo)
    await town.store.write(settlement.close, month=month, now=town.clock())
    sent = await boss.wait_for(lambda one: "document" in one and one["message_id"] > so_far["message_id"], timeout=90)
    book = load_workbook(contents(boss, sent["document"]["file_id"]))
    sums, lines = book.worksheets
    assert [cell.value for cell in sums[2]] == ["M-001", NAMES[language], month, 20, 0.1, 2, 0, 0, 2, 0]
    assert [cell.value for cell in lines[2]][3:7] == [20, 0.1, 0, 0]
    assert lines[2][0].value == int(number[1])
    await admin.hears("settled-all", month=month, count=1, yuan="2")


async def test_an_administrator_invites_the_owner_of_a_shop(town: Town) -> None:
    await opened_shop(town)
    admin = town.admin()
    admin.send_text("/invite")
    asked = await admin.hears("invite-choose")
    admin.push(asked, "role-merchant")
    await admin.until(lambda: admin.words("invite-shop") in admin.current(asked)["text"])
    admin.send_text("M-999")
    await admin.hears("error-no-such-shop", code="M-999")
    admin.send_text("m-001")
    link = await admin.hears("invite-shop-owner", shop=NAMES["en"])
    token = re.search(r"start=(\w+)", link["text"])
    assert token is not None
    owner = town.person(6003, name="Owner")
    owner.send_text(f"/start {token[1]}")
    await owner.hears("joined-shop", shop=NAMES["en"])
    owner.send_text("/shop")
    assert owner.button("button-staff") in owner.buttons(await owner.hears("own-how"))


@IN_TURN
async def test_who_is_about_to_pay_at_a_shop_that_is_removed_hears_it_and_has_his_points(
    town: Town, language: str
) -> None:
    shop, boss = await opened_shop(town, language)
    person = await resident(town, language)
    person.push(await shop_card(person, shop, language), "button-points", points=20)
    _, code, digits = await shown_code(person)
    await person.calm()
    other = Row(2, {**dict.fromkeys(COLUMNS, "1"), "code": "M-002", "category": "food", "hours": "7-21"})
    table = Table(Counted.LINE, frozenset(COLUMNS), (other,))
    how = {"table": table, "skip_bad": False, "replace": True, "progress": no_progress}
    await town.store.write(import_merchants, **how, now=town.clock())
    await person.hears("code-over-removed", after=code["message_id"])
    await person.until(lambda: person.words("code-over-removed") in person.current(code)["text"])
    await boss.hears("told-shop-removed", shop=NAMES[language])
    after = boss.last
    boss.send_text(digits)
    await boss.hears("loose-code", after=after)  # he is no merchant any more
    person.send_text("/points")
    await person.hears("points-balance", points=100)


async def test_a_customer_at_the_till_does_not_wait_for_what_the_owner_is_asked(town: Town) -> None:
    shop, boss = await opened_shop(town)
    person = await resident(town)
    person.push(await shop_card(person, shop, "en"), "button-points", points=20)
    _, _, digits = await shown_code(person)
    boss.send_text("/shop")
    card = await boss.hears("own-how")
    boss.push(card, f"button-shop-field-{ShopField.HOURS}")
    await boss.hears(f"ask-shop-field-{ShopField.HOURS}", shop=NAMES["en"])
    boss.send_text(digits)
    await boss.hears("take-title", shop=NAMES["en"], who="C. M.")
    after = boss.last
    boss.send_text("8-20")
    assert "08:00–20:00" in (await boss.hears("own-how", after=after))["text"]
    boss.push(card, f"button-shop-field-{ShopField.PHONE}")
    await boss.hears(f"ask-shop-field-{ShopField.PHONE}", shop=NAMES["en"])
    after = boss.last
    boss.send_text(digits)
    assert digits in (await boss.hears("own-how", after=after))["text"]


@IN_TURN
async def test_from_the_list_of_what_was_taken_it_is_given_back_after_one_question(town: Town, language: str) -> None:
    shop, boss = await opened_shop(town, language)
    person = await resident(town, language)
    person.push(await shop_card(person, shop, language), "button-points", points=20)
    _, _, digits = await shown_code(person)
    boss.send_text(digits)
    receipt = await boss.hears("take-title", shop=NAMES[language], who="C. M.")
    boss.push(receipt, "button-take")
    await person.hears("spent-title", shop=NAMES[language])
    boss.send_text("/shop")
    card = await boss.hears("own-how")
    boss.push(card, "button-lately")
    undo, question = boss.button("button-undo-number", number=1), boss.words("ask-undo", who="C. M.")
    for answer in ("button-keep-taken", "button-undo"):
        await boss.until(lambda: undo in boss.buttons(card))
        boss.press(card["message_id"], undo)
        await boss.until(lambda: question in boss.current(card)["text"])
        boss.push(boss.current(card), answer)
    await boss.until(lambda: boss.words("lately-undone").strip() in boss.current(card)["text"])
    assert undo not in boss.buttons(card)
    await boss.hears("undone-shop", shop=NAMES[language], who="C. M.")
    await boss.until(lambda: boss.is_gone(receipt))
    await person.hears("undone-title", shop=NAMES[language])


async def test_what_is_too_old_to_be_given_back_is_not_asked_about(town: Town) -> None:
    shop, boss = await opened_shop(town)
    person = await resident(town)
    person.push(await shop_card(person, shop, "en"), "button-points", points=20)
    _, _, digits = await shown_code(person)
    boss.send_text(digits)
    boss.push(await boss.hears("take-title", shop=NAMES["en"], who="C. M."), "button-take")
    receipt = await boss.hears("took-title", shop=NAMES["en"], who="C. M.")
    await town.calm()
    boss.push(boss.current(receipt), "button-undo")
    await boss.until(lambda: boss.button("button-keep-taken") in boss.buttons(receipt))
    town.clock.travel(programme.till().undo)
    boss.push(boss.current(receipt), "button-undo")
    minutes = int(programme.till().undo.total_seconds()) // 60
    await boss.sees_toast("error-too-late-to-undo", minutes=minutes)
    await boss.until(lambda: boss.buttons(receipt) == [])
    assert boss.words("took-title", shop=NAMES["en"], who="C. M.") in boss.current(receipt)["text"]
