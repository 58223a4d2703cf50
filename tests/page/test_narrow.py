"""The page on a phone: one person at a time, and nearly all of the height for what is said."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from sandbox import Sandbox
from tests.page.bot import Bot
from tests.page.conftest import OFFICER, PEOPLE, RIDER, in_one_loop, phone

pytestmark = in_one_loop
MENU = {"keyboard": [[{"text": "Report"}, {"text": "My reports"}], [{"text": "Help"}]], "resize_keyboard": True}


@pytest_asyncio.fixture(loop_scope="package")
async def page(tg: Sandbox, browser: Browser) -> AsyncIterator[Page]:
    """As a finger has it."""
    context = await browser.new_context(
        viewport={"width": 390, "height": 844}, locale="en-GB", has_touch=True, is_mobile=True
    )
    page = await context.new_page()
    await page.goto(tg.url)
    await page.locator(".phone").nth(len(PEOPLE) - 1).wait_for()
    yield page
    await context.close()


async def test_phones_are_tabs_that_say_what_everybody_is(page: Page, bot: Bot) -> None:
    tabs = page.get_by_role("navigation", name="Phones")
    await expect(tabs.get_by_role("button")).to_contain_text(["Rider", "Resident", "Officer"])
    await expect(phone(page, OFFICER)).not_to_be_in_viewport()
    await bot.say(OFFICER, "A new report")
    await tabs.get_by_role("button", name="Officer Li, 1 unread").tap()
    await expect(phone(page, OFFICER)).to_be_in_viewport(ratio=0.9)
    await expect(tabs.get_by_role("button", name="Officer Li", exact=True)).to_have_attribute("aria-current", "true")


async def test_who_has_news_is_seen_however_far_along_the_row(page: Page, tg: Sandbox, bot: Bot) -> None:
    for number in range(6):
        tg.person(6100 + number, first_name=f"Person {number}")
    tabs = page.get_by_role("navigation", name="Phones").get_by_role("button")
    await expect(tabs).to_have_count(len(PEOPLE) + 6)
    await expect(tabs.last).not_to_be_in_viewport()
    await bot.say(6105, "A new report")
    await expect(tabs.last).to_be_in_viewport(ratio=1)


async def test_time_language_and_adding_are_behind_one_button(page: Page) -> None:
    await expect(page.get_by_role("button", name="中文")).to_be_hidden()
    await page.get_by_role("button", name="Time, language, add").tap()
    await page.get_by_role("button", name="中文").tap()
    await expect(page.get_by_role("button", name="添加一个人")).to_be_visible()
    await phone(page, RIDER).locator(".history").tap()
    await expect(page.get_by_role("button", name="添加一个人")).to_be_hidden()


async def test_the_buttons_go_while_one_writes_and_come_back_when_asked_for(page: Page, bot: Bot) -> None:
    rider = phone(page, RIDER)
    await bot.say(RIDER, "Hello", reply_markup=MENU)
    buttons = rider.get_by_role("group", name="Buttons")
    await expect(buttons).to_be_visible()
    await rider.get_by_role("textbox").tap()
    await expect(buttons).to_be_hidden()
    await rider.get_by_role("button", name="Show the buttons").tap()
    await expect(buttons).to_be_visible()
    await rider.get_by_role("button", name="Hide the buttons").tap()
    await expect(buttons).to_be_hidden()


async def test_what_is_said_has_most_of_the_height(page: Page, bot: Bot) -> None:
    await bot.say(RIDER, "Hello", reply_markup=MENU)
    rider = phone(page, RIDER)
    await expect(rider.get_by_role("button", name="Help")).to_be_visible()
    box = await rider.locator(".history").bounding_box()
    assert box is not None
    assert box["height"] > 0.66 * 844
