"""Administrators look how much places are used; who keeps a place gets its poster."""

import io
from datetime import timedelta

import pypdfium2
import zxingcpp
from openpyxl import load_workbook
from PIL import Image

from sandbox.chats import Message
from storage.schema import PlaceKeeper, PlaceUsage
from tests import county
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.phone import Phone
from tests.services.places import add_place
from views.actions import GetPoster


async def place(town: Town, code: str = "S-1") -> int:
    names = {"name": f"图书馆{code}", "name_en": f"Library {code}"}
    made: int = await town.store.write(add_place, code=code, at=county.IN_A1, **names)
    return made


async def came(town: Town, place_id: int, count: int, *, days_ago: int = 0) -> None:
    """So many at nine o'clock."""
    day = town.clock().astimezone(town.settings.zone).date() - timedelta(days=days_ago)
    await town.store.write(lambda session: session.add(PlaceUsage(place_id=place_id, day=day, hour=9, count=count)))


def file_of(phone: Phone, message: Message) -> bytes:
    """What came with a message."""
    file_id = message["document"]["file_id"] if "document" in message else message["photo"][-1]["file_id"]
    files = phone._world.files
    return bytes(files.data(files.by_id(file_id)))


@IN_BOTH_LANGUAGES
async def test_usage_of_all_and_of_one_as_words_picture_and_file(town: Town, language: str) -> None:
    one, other = await place(town, "S-1"), await place(town, "S-2")
    await came(town, one, 3)
    await came(town, other, 4)
    await came(town, other, 5, days_ago=40)
    admin = town.admin(language)
    admin.send_text("/usage")
    card = await admin.hears("usage-total", count=7)
    assert "S-2" in card["text"].partition(admin.words("usage-most"))[2].splitlines()[1]
    admin.push(card, "button-usage-place")
    await admin.hears("usage-which")
    admin.send_text("Atlantis")
    await admin.hears("error-place-unknown", text="Atlantis")
    admin.send_text("s-1")
    of_one = await admin.hears("usage-total", count=3)
    for key in ("button-chart", "button-excel"):
        after = admin.last
        admin.push(of_one, key)
        got = await admin.wait_for(lambda message: "photo" in message or "document" in message, timeout=60, after=after)
        data = file_of(admin, got)
        if "photo" in got:
            assert Image.open(io.BytesIO(data)).width == 1080
        else:
            sheet = load_workbook(io.BytesIO(data)).worksheets[0]
            assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["S-1"]
    admin.push(of_one, "button-usage-all")
    await admin.until(lambda: admin.words("usage-total", count=7) in admin.current(of_one)["text"])
    admin.push(admin.current(of_one), "button-earlier")
    await admin.until(lambda: admin.words("usage-total", count=7) not in admin.current(of_one)["text"])
    admin.push(admin.current(of_one), "button-month")
    await admin.until(lambda: admin.button("button-week") in admin.buttons(of_one))


@ON_SQLITE
async def test_others_do_not_see_how_much_places_are_used(town: Town) -> None:
    rider = town.rider()
    rider.send_text("/usage")
    await rider.hears("error-not-allowed")


@IN_BOTH_LANGUAGES
async def test_a_keeper_gets_the_poster_whose_code_opens_the_bot_there(town: Town, language: str) -> None:
    one = await place(town)
    keeper = town.rider(language=language)
    keeper.send_text("/help")
    await town.calm()
    await town.store.write(lambda session: session.add(PlaceKeeper(person_id=1, place_id=one, since=town.clock())))
    card = await pressed_poster(town, keeper, one)
    page = pypdfium2.PdfDocument(file_of(keeper, card))[0].render(scale=2).to_pil()
    (code,) = zxingcpp.read_barcodes(page)
    assert code.text == f"https://t.me/{town.tg.bot_username}?start=p_{one}"


async def pressed_poster(town: Town, phone: Phone, place_id: int) -> Message:
    """The button stands on the keeper's card, which another part makes: here under any message of the bot."""
    message = phone.from_bot[-1]
    keyboard = {"inline_keyboard": [[{"text": "Poster", "callback_data": GetPoster(place_id).pack()}]]}
    phone._chat.messages[message["message_id"]]["reply_markup"] = keyboard
    phone.press(message["message_id"], "Poster")
    name = "图书馆S-1" if phone.language == "zh" else "Library S-1"
    return await phone.wait_for(phone.words("poster-sent", name=name), timeout=60)


@ON_SQLITE
async def test_who_does_not_keep_it_gets_none(town: Town) -> None:
    one, rider = await place(town), town.rider()
    rider.send_text("/help")
    await town.calm()
    message = rider.from_bot[-1]
    keyboard = {"inline_keyboard": [[{"text": "Poster", "callback_data": GetPoster(one).pack()}]]}
    rider._chat.messages[message["message_id"]]["reply_markup"] = keyboard
    rider.press(message["message_id"], "Poster")
    await rider.sees_toast("error-not-keeper")
