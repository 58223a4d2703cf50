"""What the bot does is seen in the right phone, at once."""

from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from sandbox import Sandbox
from tests.page.bot import Bot, inline
from tests.page.conftest import OFFICER, RIDER, in_one_loop, phone

pytestmark = in_one_loop
SAMPLES = Path(__file__).parents[2] / "sandbox" / "samples"
ACCEPT = inline([{"text": "Accept", "callback_data": "accept:1"}])


async def test_a_message_shows_in_its_own_phone_only(page: Page, bot: Bot) -> None:
    await bot.say(OFFICER, "A new report")
    await expect(phone(page, OFFICER).locator(".message.in")).to_contain_text("A new report")
    await expect(phone(page, RIDER).locator(".message")).to_have_count(0)


async def test_formatting_is_drawn_and_words_stay_words(rider: Locator, bot: Bot) -> None:
    await bot.say(
        RIDER,
        "😀 <b>bold <i>both</i></b> <code>D-1</code> <u>u</u><s>s</s> &lt;img src=x&gt;"
        '<blockquote>quoted</blockquote>after <a href="https://example.org/">link</a> <tg-spoiler>hidden</tg-spoiler>',
    )
    words = rider.locator(".message.in .words")
    await expect(words.locator("strong")).to_have_text("bold both")
    await expect(words.locator("strong em")).to_have_text("both")
    await expect(words.locator("code")).to_have_text("D-1")
    await expect(words.locator("blockquote")).to_have_text("quoted")
    await expect(words.get_by_role("link", name="link")).to_have_attribute("href", "https://example.org/")
    await expect(words).to_contain_text("<img src=x>")
    await expect(words.locator("img")).to_have_count(0)
    await words.get_by_role("button", name="Show the hidden text").click()
    await expect(words.locator(".spoiler-shown")).to_have_text("hidden")


async def test_a_press_spins_until_it_is_answered_by_a_toast(rider: Locator, bot: Bot) -> None:
    await bot.say(RIDER, "Yours?", reply_markup=ACCEPT)
    button = rider.get_by_role("button", name="Accept")
    await button.click()
    query = await bot.next("callback_query")
    assert query["data"] == "accept:1"
    await expect(button).to_have_attribute("aria-busy", "true")
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="It is yours now.")
    await expect(rider.locator(".toast")).to_have_text("It is yours now.")
    await expect(button).not_to_have_attribute("aria-busy", "true")


async def test_an_alert_stays_until_it_is_closed(page: Page, rider: Locator, bot: Bot) -> None:
    await bot.say(RIDER, "Yours?", reply_markup=ACCEPT)
    await rider.get_by_role("button", name="Accept").click()
    query = await bot.next("callback_query")
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Too late.", show_alert=True)
    await expect(rider.get_by_role("alertdialog")).to_contain_text("Too late.")
    await page.keyboard.press("Enter")
    await expect(rider.get_by_role("alertdialog")).to_have_count(0)


async def test_an_edit_is_seen_live(rider: Locator, bot: Bot) -> None:
    message_id = await bot.say(RIDER, "A place is missing", reply_markup=ACCEPT)
    await expect(rider.locator(".message.in")).to_contain_text("A place is missing")
    await bot.call("editMessageText", chat_id=RIDER, message_id=message_id, text="All there")
    await expect(rider.locator(".message.in .words")).to_contain_text("All there")
    await expect(rider.locator(".message.in .edited")).to_have_text("edited")
    await expect(rider.locator(".inline-button")).to_have_count(0)
    await bot.call("deleteMessage", chat_id=RIDER, message_id=message_id)
    await expect(rider.locator(".message")).to_have_count(0)


async def test_the_reply_keyboard_can_be_used_and_folded_away(rider: Locator, bot: Bot) -> None:
    rows = [[{"text": "Report"}, {"text": "Settings"}]]
    await bot.say(RIDER, "Hello", reply_markup={"keyboard": rows, "resize_keyboard": True})
    await rider.get_by_role("button", name="Report").click()
    assert (await bot.next("message"))["text"] == "Report"
    await rider.get_by_role("button", name="Hide the buttons").click()
    await expect(rider.get_by_role("button", name="Report")).to_be_hidden()


async def test_commands_are_offered_in_the_persons_language(rider: Locator, bot: Bot) -> None:
    await rider.get_by_role("button", name="Start", exact=True).click()
    await bot.call("setMyCommands", commands=[{"command": "report", "description": "Report a hazard"}])
    zh = [{"command": "report", "description": "随手拍"}]
    await bot.call("setMyCommands", language_code="zh", commands=zh)
    await rider.get_by_role("button", name="Commands").click()
    await rider.get_by_role("menuitem", name="/report 随手拍").click()
    await expect(rider.locator(".message.out").last).to_contain_text("/report")


async def test_a_link_to_the_bot_itself_is_played_in_the_chat(rider: Locator, bot: Bot, tg: Sandbox) -> None:
    link = f"https://t.me/{tg.bot_username}?start=invite42"
    await bot.say(RIDER, "Join", reply_markup=inline([{"text": "Open", "url": link}]))
    await rider.get_by_role("link", name="Open").click()
    assert (await bot.next("message"))["text"] == "/start invite42"


async def test_an_album_is_one_picture_and_opens_large(page: Page, rider: Locator, bot: Bot) -> None:
    before, after = ((SAMPLES / name).read_bytes() for name in ("water-leak.jpg", "water-leak-fixed.jpg"))
    media = [{"type": "photo", "media": f"attach://{name}"} for name in ("before", "after")]
    await bot.call("sendMediaGroup", chat_id=RIDER, media=media, before=before, after=after)
    await expect(rider.locator(".message.in")).to_have_count(1)
    await rider.get_by_role("button", name="Open photo 1 of 2").click()
    viewer = page.get_by_role("dialog", name="Photo viewer")
    await expect(viewer.locator(".lightbox-count")).to_have_text("1 / 2")
    await page.keyboard.press("ArrowRight")
    await expect(viewer.locator(".lightbox-count")).to_have_text("2 / 2")
    await page.keyboard.press("Escape")
    await expect(viewer).to_have_count(0)


@pytest.mark.parametrize(
    ("captions", "shown"), [((None, None), ""), (("Both", None), "Both"), (("Before", "After"), "")]
)
async def test_a_caption_stands_under_an_album_only_where_no_other_picture_has_one(
    page: Page, rider: Locator, bot: Bot, captions: tuple[str | None, str | None], shown: str
) -> None:
    picture = (SAMPLES / "water-leak.jpg").read_bytes()
    media = [{"type": "photo", "media": "attach://it", **({"caption": words} if words else {})} for words in captions]
    await bot.call("sendMediaGroup", chat_id=RIDER, media=media, it=picture)
    bubble = rider.locator(".message.in")
    await expect(bubble.locator(".words")).to_have_count(1 if shown else 0)
    await rider.get_by_role("button", name="Open photo 1 of 2").click()
    viewer = page.get_by_role("dialog", name="Photo viewer")
    for words in captions:
        await expect(viewer.locator(".lightbox-caption")).to_have_text(words or shown)
        await page.keyboard.press("ArrowRight")


async def test_typing_shows_in_the_header(rider: Locator, bot: Bot) -> None:
    await bot.call("sendChatAction", chat_id=RIDER, action="typing")
    await expect(rider.locator(".phone-status")).to_have_text("typing…")
    await bot.say(RIDER, "Done")
    await expect(rider.locator(".phone-status")).to_have_text("chats with Warmgrid")


async def test_who_has_scrolled_up_is_told_what_is_new(rider: Locator, bot: Bot) -> None:
    for number in range(30):
        await bot.say(RIDER, f"Line {number}")
    await expect(rider.get_by_text("Line 29")).to_be_in_viewport()
    await rider.locator(".list").hover()
    await rider.page.mouse.wheel(0, -2000)
    await expect(rider.get_by_role("button", name="Newest message")).to_be_visible()
    await bot.say(RIDER, "Something new")
    await expect(rider.locator(".jump .badge")).to_have_text("1")
    await expect(rider.get_by_text("Something new")).not_to_be_in_viewport()
    await rider.get_by_role("button", name="Newest message").click()
    await expect(rider.get_by_text("Something new")).to_be_in_viewport()
    await expect(rider.locator(".jump")).to_be_hidden()
