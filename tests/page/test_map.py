"""Places are picked on the map of the county's grids, and shown on small ones."""

import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from tests.page.bot import Bot
from tests.page.conftest import RESIDENT, RIDER, in_one_loop, phone
from tests.page.test_sending import attach

pytestmark = in_one_loop
FIRST = "DY-001-01"  # a grid of the sample county


@pytest_asyncio.fixture(loop_scope="package")
async def map_dialog(page: Page, rider: Locator) -> Locator:
    """The map, opened by the rider."""
    await attach(rider, "Place")
    dialog = page.get_by_role("dialog", name="Pick a place")
    await expect(dialog.get_by_text("Tap the map")).to_be_visible()
    return dialog


async def find(dialog: Locator, words: str) -> None:
    await dialog.get_by_role("searchbox").fill(words)
    await dialog.get_by_role("searchbox").press("Enter")


async def test_a_grid_found_by_its_code_is_sent_as_a_place_in_it(map_dialog: Locator, rider: Locator, bot: Bot) -> None:
    await find(map_dialog, FIRST)
    await expect(map_dialog.locator(".map-where")).to_contain_text(FIRST)
    await map_dialog.get_by_role("button", name="Send this place").click()
    place = (await bot.next("message"))["location"]
    assert (round(place["latitude"], 2), round(place["longitude"], 2)) == (25.39, 114.32)
    assert "live_period" not in place
    await expect(rider.locator(".message.out .place-words")).to_contain_text(FIRST)


async def test_a_tap_drops_the_pin_and_names_the_grid(map_dialog: Locator, bot: Bot) -> None:
    await expect(map_dialog.get_by_role("button", name="Send this place")).to_be_disabled()
    await map_dialog.locator("canvas").click()
    await expect(map_dialog.locator(".map-where")).to_contain_text("DY-")
    shown = await map_dialog.locator(".map-where").inner_text()
    await map_dialog.get_by_role("button", name="Send this place").click()
    place = (await bot.next("message"))["location"]
    assert f"{place['latitude']:.5f}, {place['longitude']:.5f}" in shown


async def test_dragging_moves_the_map_without_dropping_the_pin(page: Page, map_dialog: Locator) -> None:
    box = await map_dialog.locator("canvas").bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + 400, box["y"] + 300)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 250, box["y"] + 200, steps=4)
    await page.mouse.up()
    await page.mouse.wheel(0, -300)
    await expect(map_dialog.get_by_text("Tap the map")).to_be_visible()


async def test_the_keyboard_is_enough(page: Page, map_dialog: Locator, bot: Bot) -> None:
    await expect(map_dialog.locator("canvas")).to_be_focused()
    for key in ("+", "ArrowRight", "ArrowDown", "Enter"):
        await page.keyboard.press(key)
    await expect(map_dialog.locator(".map-where")).to_contain_text("DY-")
    await map_dialog.get_by_role("button", name="Send this place").press("Enter")
    assert "location" in await bot.next("message")


async def test_a_place_outside_the_county_says_so(map_dialog: Locator, rider: Locator, bot: Bot) -> None:
    await map_dialog.get_by_role("button", name="Outside the county").click()
    await expect(map_dialog.locator(".map-where")).to_contain_text("outside the county")
    await map_dialog.get_by_role("button", name="Send this place").click()
    await bot.next("message")
    await expect(rider.locator(".place-words")).to_contain_text("outside the county")


async def test_a_live_place_can_walk_on_and_end(page: Page, map_dialog: Locator, rider: Locator, bot: Bot) -> None:
    await find(map_dialog, FIRST)
    await map_dialog.get_by_role("button", name="Send live place").click()
    sent = await bot.next("message")
    assert sent["location"]["live_period"] == 900

    await rider.get_by_role("button", name="Open the map").click()
    await page.get_by_role("dialog", name="Live location").locator("canvas").click(position={"x": 120, "y": 300})
    await page.get_by_role("button", name="Move here").click()
    moved = await bot.next("edited_message")
    assert moved["message_id"] == sent["message_id"]
    assert moved["location"]["longitude"] < sent["location"]["longitude"]

    await rider.get_by_role("button", name="Open the map").click()
    await page.get_by_role("button", name="Stop sharing").click()
    ended = await bot.next("edited_message")
    assert ended["message_id"] == sent["message_id"]
    assert "live_period" not in ended["location"]
    await expect(rider.locator(".place-words")).not_to_contain_text("Live location")


async def test_a_button_that_asks_for_a_place_opens_the_map(page: Page, bot: Bot) -> None:
    keyboard = {"keyboard": [[{"text": "My place", "request_location": True}]], "resize_keyboard": True}
    await bot.say(RESIDENT, "Where is it?", reply_markup=keyboard)
    await phone(page, RESIDENT).get_by_role("button", name="My place").click()
    await find(page.get_by_role("dialog"), FIRST)
    await page.get_by_role("button", name="Send this place").click()
    assert (await bot.next("message"))["chat"]["id"] == RESIDENT


async def test_a_venue_of_the_bot_opens_on_the_map(page: Page, rider: Locator, bot: Bot) -> None:
    where = {"latitude": 25.3955, "longitude": 114.362}
    await bot.call("sendVenue", chat_id=RIDER, title="Warm station", address="Temple Lane 8", **where)
    await expect(rider.locator(".place-words")).to_have_text("Warm stationTemple Lane 8")
    await rider.get_by_role("button", name="Open the map").click()
    await expect(page.get_by_role("dialog").locator(".map-where")).to_contain_text("25.39550, 114.36200")
    await expect(page.get_by_role("button", name="Send this place")).to_have_count(0)
