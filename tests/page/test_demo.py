"""The demo as a stranger tries it: the rider's photo on the officer's phone, and the fix on the rider's."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.demo import demo
from bot.time import told_by
from services import invites
from services.posts import Land
from storage.kinds import Role
from storage.store import open_store
from tests.belled import PATIENCE
from tests.page.conftest import in_one_loop, phone
from tests.page.test_map import find
from tests.page.test_sending import attach

pytestmark = in_one_loop
RIDER, OFFICER, OTHER_OFFICER, LEAD, MERCHANT, FIRE, ADMIN = 5001, 7001, 7002, 7101, 6001, 8001, 9001


@pytest_asyncio.fixture(loop_scope="package")
async def page(browser: Browser, tmp_path: Path) -> AsyncIterator[Page]:
    """The demo's page, wide enough for five phones."""
    async with demo(port=0, folder=tmp_path) as sandbox:
        context = await browser.new_context(viewport={"width": 1920, "height": 1000}, locale="en-GB")
        page = await context.new_page()
        await page.goto(sandbox.url)
        await page.locator(".phone").nth(4).wait_for()
        yield page
        await context.close()


async def send_sample(page: Page, whose: Locator, name: str) -> None:
    await attach(whose, "Sample picture")
    dialog = page.get_by_role("dialog")
    await dialog.locator(f'[data-sample="{name}"]').click()
    await dialog.get_by_role("button", name="Send").click()


async def send_place(page: Page, whose: Locator) -> None:
    """Send the middle of the first officer's grid."""
    await attach(whose, "Place")
    picker = page.get_by_role("dialog", name="Pick a place")
    await find(picker, "DY-001-01")
    await picker.get_by_role("button", name="Send this place").click()


async def test_a_photo_and_a_place_are_seen_accepted_and_fixed(page: Page) -> None:
    rider, officer = phone(page, RIDER), phone(page, OFFICER)
    await expect(officer.locator(".message.in").first).to_contain_text("DY-001-01")
    await send_sample(page, rider, "water-leak.jpg")
    await expect(rider.locator(".message.in").last).to_contain_text("照片 1 张")
    await send_place(page, rider)

    await expect(rider.locator(".message.in").last).to_contain_text("已上报 D-000001")
    await officer.get_by_role("button", name="接单").click()
    await expect(rider.locator(".message.in").last).to_contain_text("已接单")
    await officer.get_by_role("button", name="处理好了").click()
    await expect(officer.locator(".message.in").last).to_contain_text("处理后的照片")
    await send_sample(page, officer, "water-leak-fixed.jpg")
    await expect(officer.locator(".message.in").last).to_contain_text("照片收到")
    await send_place(page, officer)
    fixed = rider.locator(".message.in").last
    await expect(fixed).to_contain_text("处理好了，谢谢您")
    await expect(fixed).to_contain_text("第 1 张：处理前 · 第 2 张：处理后")
    await expect(rider.locator(".message.in .album img")).to_have_count(2)
    welcome_and_privacy = 2
    await expect(phone(page, OTHER_OFFICER).locator(".message.in")).to_have_count(welcome_and_privacy)


async def test_a_second_start_finds_what_the_first_left(tmp_path: Path) -> None:
    async with demo(port=0, folder=tmp_path) as first:
        await first.person(RIDER).wait_for("您是")
        first.person(RIDER).send_text("路灯坏了")
        await first.person(RIDER).wait_for("路灯坏了")
        before = len(first.person(RIDER).messages)
    async with demo(port=0, folder=tmp_path) as second:
        assert len(second.person(RIDER).messages) == before
        second.person(RIDER).send_location(25.3918, 114.3153)
        await second.person(RIDER).wait_for(
            lambda m: "路灯坏了" in str(m.get("text")) and "✅ 位置" in str(m.get("text"))
        )


async def test_who_is_added_and_invited_as_a_lead_is_called_so_at_once(tmp_path: Path) -> None:
    async with demo(port=0, folder=tmp_path) as sandbox:
        guest = sandbox.person(4001, first_name="Zhao", language_code="en")
        assert guest._chat.label is None
        store = await open_store(f"sqlite+aiosqlite:///{tmp_path / 'warmgrid.db'}")
        role = {"role": Role.LEAD, "land": Land("云岭镇", ""), "now": told_by(sandbox.now)()}
        await store.write(invites.make, token="guest-becomes-lead", **role)
        await store.close()
        guest.send_text("/start guest-becomes-lead")
        wanted = {"zh": "社区负责人", "en": "Community lead"}
        await guest._chat.changed.wait_until(lambda: guest._chat.label == wanted, PATIENCE)


async def test_with_faster_time_one_sees_a_report_that_nobody_accepts_being_raised(page: Page) -> None:
    rider, officer = phone(page, RIDER), phone(page, OFFICER)
    await expect(officer.locator(".message.in").first).to_contain_text("DY-001-01")
    await send_sample(page, rider, "water-leak.jpg")
    await rider.get_by_role("textbox").fill("着火了")
    await rider.get_by_role("textbox").press("Enter")
    await send_place(page, rider)
    await expect(rider.locator(".message.in").last).to_contain_text("已上报 D-000001")
    fast = page.get_by_role("button", name="Faster time")
    await fast.click()
    await expect(fast).to_have_attribute("aria-pressed", "true")
    await expect(rider.locator(".message.in", has_text="没能在").first).to_be_visible()
    await expect(phone(page, LEAD).locator(".message.in", has_text="D-000001").first).to_be_visible()
    await fast.click()
    await expect(fast).to_have_attribute("aria-pressed", "false")


async def test_a_laptop_shows_rider_officer_and_administrator_and_who_else_there_is(
    browser: Browser, tmp_path: Path
) -> None:
    async with demo(port=0, folder=tmp_path) as sandbox:
        page = await browser.new_page(viewport={"width": 1366, "height": 768}, locale="en-GB")
        await page.goto(sandbox.url)
        tabs = page.get_by_role("navigation").get_by_role("button")
        await expect(tabs).to_have_count(9)
        for one in (RIDER, OFFICER, ADMIN):
            await expect(phone(page, one)).to_be_in_viewport(ratio=1)
        for language in ("中文", "English"):
            await page.get_by_role("button", name=language).click()
            for at in range(9):
                await expect(tabs.nth(at)).to_be_in_viewport(ratio=1)
        await expect(tabs).to_contain_text(
            ["Rider", "Officer", "Admin", "Resident", "Merchant", "Officer", "Community lead", "Fire", "Station keeper"]
        )
        await page.close()


async def test_an_emergency_reaches_the_fire_brigade_which_says_how_far_it_is(page: Page) -> None:
    rider, officer, fire = phone(page, RIDER), phone(page, OFFICER), phone(page, FIRE)
    await expect(fire.locator(".message.in").first).to_contain_text("县消防救援大队")
    await send_sample(page, rider, "exposed-wire.jpg")
    await send_place(page, rider)
    await officer.get_by_role("button", name="接单").click()
    await officer.get_by_role("button", name="应急呼叫").click()
    await officer.get_by_role("button", name="马上呼叫").click()
    command = officer.locator(".message.in").last
    await fire.get_by_role("button", name="出发了").click()
    await expect(command).to_contain_text("🛵 罗海红")
    await fire.get_by_role("button", name="到了").click()
    await expect(command).to_contain_text("✅ 罗海红")
    await officer.get_by_role("button", name="结束应急").click()
    await officer.get_by_role("button", name="确定结束").click()
    await expect(officer.locator(".message.in").last).to_contain_text("应急处置记录-D-000001.pdf")


async def test_a_rider_pays_with_points_at_the_merchant_of_the_demo(page: Page) -> None:
    rider, merchant = phone(page, RIDER), phone(page, MERCHANT)
    await expect(merchant.locator(".message.in").first).to_contain_text("橙乡米粉店")
    await rider.get_by_role("textbox").fill("/shops")
    await rider.get_by_role("textbox").press("Enter")
    await rider.get_by_role("button", name="1", exact=True).click()
    await expect(rider.locator(".message.in").last).to_contain_text("橙乡米粉店")
    await rider.get_by_role("button", name="20 分", exact=True).click()
    code = rider.locator(".message.in", has_text="兑换码").last
    await expect(code).to_contain_text("兑换码")
    digits = re.search(r"兑换码：(\d{3} \d{3})", await code.inner_text())
    assert digits is not None
    await merchant.get_by_role("textbox").fill(digits[1])
    await merchant.get_by_role("textbox").press("Enter")
    await merchant.get_by_role("button", name="收下").click()
    await expect(merchant.locator(".message.in").last).to_contain_text("可以退回")
    await expect(rider.locator(".message.in").last).to_contain_text("现有 280 分")
