"""What a person can send from the page arrives at the bot as Telegram would deliver it."""

from pathlib import Path

from playwright.async_api import Locator, Page, expect

from sandbox import Sandbox
from tests.page.bot import Bot
from tests.page.conftest import RESIDENT, RIDER, in_one_loop, phone

pytestmark = in_one_loop
SAMPLES = Path(__file__).parents[2] / "sandbox" / "samples"
LEAK, TREE, WITH_PLACE = (SAMPLES / name for name in ("water-leak.jpg", "fallen-tree.jpg", "IMG_20260105_093214.jpg"))


async def attach(phone: Locator, what: str) -> None:
    """Choose from the attach sheet."""
    await phone.get_by_role("button", name="Attach").click()
    await phone.locator(".attach-menu").get_by_text(what, exact=True).click()


async def choose_files(page: Page, phone: Locator, what: str, files: list[Path]) -> None:
    async with page.expect_file_chooser() as chooser:
        await attach(phone, what)
    await (await chooser.value).set_files(files)


async def test_an_empty_chat_begins_with_start(rider: Locator, bot: Bot) -> None:
    await rider.get_by_role("button", name="Start", exact=True).click()
    assert (await bot.next("message"))["text"] == "/start"
    await expect(rider.locator(".message.out")).to_contain_text("/start")
    await expect(rider.get_by_role("button", name="Start", exact=True)).to_be_hidden()


async def test_text_is_sent_by_enter_and_shown_as_it_is(rider: Locator, bot: Bot) -> None:
    await rider.get_by_role("textbox").fill("a <b>& leak\nby the school")
    await rider.get_by_role("textbox").press("Enter")
    assert (await bot.next("message"))["text"] == "a <b>& leak\nby the school"
    await expect(rider.locator(".message.out .words")).to_contain_text("a <b>& leak")


async def test_a_text_longer_than_a_message_is_sent_in_pieces(rider: Locator, bot: Bot) -> None:
    await rider.get_by_role("textbox").fill("x" * 5000)
    await rider.get_by_role("button", name="Send", exact=True).click()
    assert [len((await bot.next("message"))["text"]) for _ in range(2)] == [4096, 904]


async def test_a_photo_from_disk_with_a_caption(page: Page, rider: Locator, bot: Bot) -> None:
    await choose_files(page, rider, "Photo or album", [LEAK])
    await page.get_by_role("textbox", name="Caption").fill("by the market")
    await page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    message = await bot.next("message")
    assert message["caption"] == "by the market"
    assert message["photo"][-1]["width"] == 1280
    await expect(rider.locator(".message.out .photo img")).to_have_js_property("complete", True)


async def test_several_photos_are_an_album(page: Page, rider: Locator, bot: Bot) -> None:
    await choose_files(page, rider, "Photo or album", [LEAK, TREE])
    await page.get_by_role("button", name="Send 2").click()
    first, second = await bot.next("message"), await bot.next("message")
    assert first["media_group_id"] == second["media_group_id"]
    await expect(rider.locator(".album .photo")).to_have_count(2)


async def test_samples_are_ticked_in_order_and_sent(page: Page, rider: Locator, bot: Bot) -> None:
    await attach(rider, "Sample picture")
    for name in ("Fallen tree", "Water leak"):
        await page.get_by_role("button", name=name).click()
    await page.get_by_role("button", name="Send 2").click()
    first, second = await bot.next("message"), await bot.next("message")
    assert first["media_group_id"] == second["media_group_id"]
    assert first["caption"] == "树木倒伏"


async def test_a_sample_brings_its_title_as_the_caption_unless_the_person_writes_another(
    page: Page, rider: Locator, bot: Bot
) -> None:
    await attach(rider, "Sample picture")
    dialog = page.get_by_role("dialog")
    tree, caption = dialog.get_by_role("button", name="Fallen tree"), dialog.get_by_role("textbox", name="Caption")
    await expect(dialog.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    await tree.click()
    await expect(caption).to_have_value("树木倒伏")  # Wang's Telegram is Chinese
    await tree.click()
    await expect(caption).to_have_value("")
    await caption.fill("by the school")
    await tree.click()
    await expect(caption).to_have_value("by the school")
    await dialog.get_by_role("button", name="Send", exact=True).click()
    assert (await bot.next("message"))["caption"] == "by the school"

    await attach(phone(page, RESIDENT), "Sample picture")
    await tree.click()
    await expect(caption).to_have_value("Fallen tree")


async def test_a_picture_as_a_file_arrives_byte_for_byte(page: Page, rider: Locator, bot: Bot) -> None:
    await choose_files(page, rider, "As a file", [WITH_PLACE])
    await page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    document = (await bot.next("message"))["document"]
    assert document["file_name"] == WITH_PLACE.name
    assert await bot.download(document["file_id"]) == WITH_PLACE.read_bytes()
    await expect(rider.get_by_role("link", name=f"Download {WITH_PLACE.name}")).to_be_visible()


async def test_a_picture_can_be_dropped_on_the_phone(page: Page, rider: Locator, bot: Bot) -> None:
    dropped = await page.evaluate_handle(
        """async () => {
            const picture = await (await fetch("/sandbox/samples/manhole.jpg")).blob();
            const data = new DataTransfer();
            data.items.add(new File([picture], "manhole.jpg", { type: "image/jpeg" }));
            return data;
        }"""
    )
    await rider.dispatch_event("drop", {"dataTransfer": dropped})
    await page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    assert "photo" in await bot.next("message")


async def test_a_file_that_is_no_picture_is_refused_in_the_phone(
    page: Page, rider: Locator, tg: Sandbox, tmp_path: Path
) -> None:
    fake = tmp_path / "fake.jpg"
    fake.write_bytes(b"this is no picture")
    await choose_files(page, rider, "Photo or album", [fake])
    await page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    await expect(rider.locator(".toast.failed")).to_contain_text("That did not work")
    assert tg.person(RIDER).messages == []


async def test_a_voice_message(rider: Locator, bot: Bot) -> None:
    await attach(rider, "Voice")
    voice = (await bot.next("message"))["voice"]
    assert (await bot.download(voice["file_id"])).startswith(b"RIFF")
    await expect(rider.get_by_role("button", name="Play or pause")).to_be_visible()


async def test_a_reply_quotes_the_message(rider: Locator, bot: Bot) -> None:
    asked = await bot.say(RIDER, "Which floor?")
    await rider.locator(".message.in").hover()
    await rider.get_by_role("button", name="Reply", exact=True).click()
    await rider.get_by_role("textbox").fill("The third")
    await rider.get_by_role("textbox").press("Enter")
    assert (await bot.next("message"))["reply_to_message"]["message_id"] == asked
    await expect(rider.locator(".message.out .quote")).to_contain_text("Which floor?")
