"""What the tests of the page share: a sandbox with three people, a bot, and the page in a real Chromium."""

import os
import shutil
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from sandbox import Sandbox
from tests.page.bot import Bot

ROOT = Path(__file__).parents[2]
COUNTY = ROOT / "data" / "sample-county" / "grids.geojson"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000  # milliseconds until Playwright gives up waiting; its own five seconds are too few under load
expect.set_options(timeout=PATIENCE)

RIDER, RESIDENT, OFFICER = 5001, 5002, 5003
PEOPLE = (
    {"id": RIDER, "first_name": "Wang", "label": {"zh": "骑手", "en": "Rider"}},
    {"id": RESIDENT, "first_name": "Anna", "language_code": "en", "label": {"zh": "居民", "en": "Resident"}},
    {"id": OFFICER, "first_name": "Li", "label": {"zh": "网格员", "en": "Officer"}},
)


# One Chromium serves all of these tests, so they share an event loop; each has its own sandbox and browser context.
in_one_loop = pytest.mark.asyncio(loop_scope="package")


@pytest_asyncio.fixture(loop_scope="package")
async def tg() -> AsyncIterator[Sandbox]:
    """Telegram with three people, none of whom has written yet."""
    async with Sandbox(county=COUNTY, people=PEOPLE) as sandbox:
        yield sandbox


@pytest_asyncio.fixture(loop_scope="package")
async def bot(tg: Sandbox) -> AsyncIterator[Bot]:
    """The bot, which does only what the test tells it."""
    async with aiohttp.ClientSession() as http:
        yield Bot(tg, http)


def require(chromium: str | None, environment: Mapping[str, str]) -> None:
    """Without one the test is skipped, or fails where that must not pass unseen."""
    if chromium is None:
        reason = "THE PAGE IS NOT TESTED: there is no Chromium on this machine (apt-get install chromium)"
        if environment.get("CI", "").lower() not in ("", "0", "false"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def browser() -> AsyncIterator[Browser]:
    """The system's Chromium."""
    require(CHROMIUM, os.environ)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="package")
async def page(tg: Sandbox, browser: Browser) -> AsyncIterator[Page]:
    """The page in English on a wide screen; an error in its scripts fails the test."""
    context = await browser.new_context(viewport={"width": 1400, "height": 900}, locale="en-GB")
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(tg.url)
    await page.locator(".phone").nth(len(PEOPLE) - 1).wait_for()
    yield page
    await context.close()
    assert errors == []


@pytest.fixture
def rider(page: Page) -> Locator:
    """The rider's phone."""
    return phone(page, RIDER)


def phone(page: Page, person_id: int) -> Locator:
    """Somebody's phone on the page."""
    return page.locator(f'.phone[data-person-id="{person_id}"]')
