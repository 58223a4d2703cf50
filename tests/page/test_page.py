"""The page around the phones: languages, people, a server that goes away, a narrow screen."""

from playwright.async_api import Browser, Locator, Page, expect

from sandbox import Sandbox
from tests.page.bot import Bot
from tests.page.conftest import PEOPLE, RIDER, in_one_loop, phone

pytestmark = in_one_loop


async def test_the_page_speaks_both_languages_and_remembers(page: Page, rider: Locator) -> None:
    await expect(rider.locator(".role")).to_have_text("Rider")
    await page.get_by_role("button", name="中文").click()
    await expect(rider.locator(".role")).to_have_text("骑手")
    await expect(rider.get_by_role("button", name="开始", exact=True)).to_be_visible()
    await expect(rider.get_by_placeholder("输入消息")).to_be_visible()
    await page.reload()
    await expect(rider.locator(".role")).to_have_text("骑手")
    await expect(page.locator("html")).to_have_attribute("lang", "zh")


async def test_as_many_whole_phones_are_shown_as_fit(page: Page, tg: Sandbox) -> None:
    for number in range(3):
        tg.person(6100 + number)
    last = page.locator(".phone").nth(len(PEOPLE) + 2)
    await last.wait_for()
    for width, shown in ((800, 2), (1366, 3), (1600, 4), (1920, 5)):
        await page.set_viewport_size({"width": width, "height": 700})
        assert await whole_phones(page) == (shown, shown)
        await last.evaluate("phone => phone.scrollIntoView({ inline: 'center', behavior: 'instant' })")
        assert await whole_phones(page) == (shown, shown)
        await page.locator(".phones").evaluate("strip => strip.scrollTo({ left: 0, behavior: 'instant' })")


async def whole_phones(page: Page) -> tuple[int, int]:
    """How many phones are seen as a whole, and how many at all (the room beside the outer ones does not count)."""
    boxes = await page.locator(".phone").evaluate_all(
        "phones => phones.map(phone => phone.getBoundingClientRect()).map(({ left, right }) => [left, right])"
    )
    width = await page.evaluate("innerWidth")
    whole = sum(left >= 0 and right <= width for left, right in boxes)
    return whole, sum(left < width - 20 and right > 20 for left, right in boxes)


async def test_times_are_those_of_the_zone_that_was_given(browser: Browser) -> None:
    beginning_of_a_day = 1_767_548_040  # 2026-01-05 01:34 in Shanghai, the evening before in London
    now = [beginning_of_a_day - 2 * 60 * 60]
    async with Sandbox(people=PEOPLE, zone="Asia/Shanghai", clock=lambda: now[0]) as tg:
        tg.person(RIDER).send_text("Good night")
        now[0] = beginning_of_a_day
        tg.person(RIDER).send_text("Hello")
        context = await browser.new_context(locale="en-GB", timezone_id="Europe/London")
        page = await context.new_page()
        await page.goto(tg.url)
        await expect(phone(page, RIDER).locator(".message time")).to_have_text(["23:34", "01:34"])
        await expect(phone(page, RIDER).locator(".day")).to_have_text(["Yesterday", "Today"])
        await context.close()


async def test_a_person_can_change_their_language(page: Page, rider: Locator, bot: Bot) -> None:
    await rider.get_by_role("button", name="Wang's menu").click()
    await rider.get_by_role("menuitemradio", name="speaks English").click()
    await rider.get_by_role("button", name="Start", exact=True).click()
    assert (await bot.next("message"))["from"]["language_code"] == "en"


async def test_a_person_can_block_the_bot_and_come_back(page: Page, rider: Locator, bot: Bot) -> None:
    await rider.get_by_role("button", name="Start", exact=True).click()
    await rider.get_by_role("button", name="Wang's menu").click()
    await rider.get_by_role("menuitem", name="Block the bot").click()
    assert (await bot.next("my_chat_member"))["new_chat_member"]["status"] == "kicked"
    await expect(rider.get_by_role("textbox")).to_be_hidden()
    await rider.get_by_role("button", name="Unblock the bot").click()
    assert (await bot.next("my_chat_member"))["new_chat_member"]["status"] == "member"
    await expect(rider.get_by_role("textbox")).to_be_visible()


async def test_the_history_can_be_cleared(page: Page, rider: Locator, bot: Bot) -> None:
    await bot.say(RIDER, "Hello")
    await expect(rider.locator(".message")).to_have_count(1)
    await rider.get_by_role("button", name="Wang's menu").click()
    await rider.get_by_role("menuitem", name="Clear history").click()
    await expect(rider.locator(".message")).to_have_count(0)
    await expect(rider.get_by_text("No messages here yet")).to_be_visible()


async def test_a_new_person_gets_a_phone(page: Page, bot: Bot) -> None:
    await page.get_by_role("button", name="Add a person").click()
    await page.get_by_role("textbox", name="Name").fill("Olga <b>")
    await page.get_by_role("button", name="Add", exact=True).click()
    newest = page.locator(".phone").nth(len(PEOPLE))
    await expect(newest.locator(".phone-name")).to_have_text("Olga <b>")
    await newest.get_by_role("button", name="Start", exact=True).click()
    assert (await bot.next("message"))["from"]["first_name"] == "Olga <b>"


async def test_the_page_says_when_the_server_is_gone_and_recovers(browser: Browser) -> None:
    page = await browser.new_page(locale="en-GB")
    async with Sandbox(people=PEOPLE) as first:
        await page.goto(first.url)
        await phone(page, RIDER).wait_for()
        await expect(page.locator(".offline")).to_be_hidden()
    await expect(page.locator(".offline")).to_contain_text("The server is gone")
    async with Sandbox(port=first.port, people=PEOPLE) as second:
        second.person(RIDER).send_text("back again")
        await expect(phone(page, RIDER).locator(".message")).to_contain_text("back again")
        await expect(page.locator(".offline")).to_be_hidden()
        await page.close()


async def test_five_phones_fit_on_a_wide_screen(page: Page, tg: Sandbox) -> None:
    await page.set_viewport_size({"width": 1920, "height": 1080})
    for number in (5004, 5005):
        tg.person(number, first_name=f"Person {number}")
    await page.reload()
    await expect(page.locator(".phone")).to_have_count(5)
    for place in range(5):
        await expect(page.locator(".phone").nth(place)).to_be_in_viewport(ratio=1)
