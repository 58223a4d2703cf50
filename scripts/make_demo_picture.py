"""Take `docs/demo.png`: the demo at 1920 × 1080, after a report was resolved and another filed.

    python scripts/make_demo_picture.py [FILE]

Needs Chromium, and a font with Chinese and one with emoji (Debian: chromium, fonts-noto-cjk, fonts-noto-color-emoji).
"""

import asyncio
import shutil
import sys
from collections.abc import Awaitable, Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.async_api import Locator, Page, async_playwright, expect

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.demo import demo  # noqa: E402 - the house is not installed as a package

PICTURE = ROOT / "docs" / "demo.png"
SIZE = (1920, 1080)
LARGEST = 400_000  # bytes
COLOURS = 256
RIDER, RESIDENT, OFFICER = 5001, 5002, 7001
PATIENCE = 30_000  # milliseconds
AT_REST = 1_000  # milliseconds in which nothing moves any more

Scene = Callable[[Page], Awaitable[None]]


async def taken(scene: Scene) -> bytes:
    """The demo's page as a PNG, after the scene was played on it."""
    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    expect.set_options(timeout=PATIENCE)
    with TemporaryDirectory() as folder:
        async with demo(port=0, folder=Path(folder)) as sandbox, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
            page = await browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]}, locale="en-GB")
            await page.goto(sandbox.url)
            await scene(page)
            await page.locator(".phones").evaluate("strip => strip.scrollTo({ left: 0, behavior: 'instant' })")
            await page.mouse.move(0, 0)
            await page.wait_for_timeout(AT_REST)
            shown = await page.screenshot()
            await browser.close()
            return shown


async def one_fixed_and_one_filed(page: Page) -> None:
    """A rider's leak is mended, and a resident's fallen tree has just reached its officer."""
    rider, resident, officer = (page.locator(f'.phone[data-person-id="{one}"]') for one in (RIDER, RESIDENT, OFFICER))
    await expect(officer.locator(".message.in").first).to_contain_text("DY-001-01")
    await rider.get_by_role("button", name="骑手").click()
    await rider.get_by_role("button", name="美团").click()
    await rider.get_by_role("button", name="跳过").click()
    await resident.get_by_role("button", name="🏠 Resident").click()
    await send_sample(page, rider, "water-leak.jpg")
    await send_place(page, rider, "DY-001-01")
    await officer.get_by_role("button", name="接单").click()
    await officer.get_by_role("button", name="处理好了").click()
    await expect(officer.locator(".message.in").last).to_contain_text("处理后的照片")
    await send_sample(page, officer, "water-leak-fixed.jpg")
    await expect(officer.locator(".message.in").last).to_contain_text("照片收到")
    await send_place(page, officer, "DY-001-01")
    await expect(rider.locator(".message.in").last).to_contain_text("处理前")
    await send_sample(page, resident, "fallen-tree.jpg")
    await send_place(page, resident, "DY-001-02")
    await expect(resident.locator(".message.in").last).to_contain_text("Filed")
    await expect(page.get_by_role("button", name="接单")).to_be_visible()


async def send_sample(page: Page, phone: Locator, name: str) -> None:
    """Send a sample picture with its title."""
    await attach(phone, "Sample picture")
    await page.get_by_role("dialog").locator(f'[data-sample="{name}"]').click()
    await page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    await expect(phone.locator(".message.out .photo img").last).to_be_visible()


async def send_place(page: Page, phone: Locator, grid: str) -> None:
    """Send the middle of a grid."""
    await attach(phone, "Place")
    picker = page.get_by_role("dialog", name="Pick a place")
    await picker.get_by_role("searchbox").fill(grid)
    await picker.get_by_role("searchbox").press("Enter")
    await picker.get_by_role("button", name="Send this place").click()


async def attach(phone: Locator, what: str) -> None:
    """Choose from the attach sheet."""
    await phone.get_by_role("button", name="Attach").click()
    await phone.locator(".attach-menu").get_by_text(what, exact=True).click()


def encoded(screenshot: bytes) -> bytes:
    """The same picture with few colours, which makes it small enough for a page."""
    picture = Image.open(BytesIO(screenshot)).convert("RGB")
    out = BytesIO()
    few = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, kmeans=2, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def main(path: Path) -> None:
    """Play the scene and keep the picture."""
    data = encoded(asyncio.run(taken(one_fixed_and_one_filed)))
    if len(data) > LARGEST:
        raise SystemExit(f"{len(data)} bytes are more than {LARGEST}")
    path.write_bytes(data)
    print(f"{path.name} {len(data) / 1000:6.1f} KB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE)
