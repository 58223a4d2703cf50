"""The way to the Bot API: JSON where there are no files, and a server error that is no JSON stays a server error."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError, TelegramServerError
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup

from bot.session import make_bot
from sandbox import Fault, Sandbox
from tests.pictures import jpeg

RIDER = 5001


@pytest.fixture
async def tg() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        sandbox.person(RIDER)
        yield sandbox


@pytest.fixture
async def bot(tg: Sandbox) -> AsyncIterator[Bot]:
    made = make_bot(tg.token, tg.url)
    yield made
    await made.session.close()


async def test_a_gateway_page_is_a_server_error_and_not_a_decoding_error(tg: Sandbox, bot: Bot) -> None:
    tg.order(Fault(method="sendMessage", kind="html_502"))
    with pytest.raises(TelegramServerError):
        await bot.send_message(RIDER, "hello")


async def test_a_dropped_connection_is_a_network_error(tg: Sandbox, bot: Bot) -> None:
    tg.order(Fault(method="sendMessage", kind="drop", times=5))
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(RIDER, "hello")


async def test_texts_are_html_without_previews(tg: Sandbox, bot: Bot) -> None:
    await bot.send_message(RIDER, "<b>hello</b> https://example.org")
    sent = tg.calls_to("sendMessage")[-1].params
    assert sent["parse_mode"] == "HTML"
    assert sent["link_preview_options"] == {"is_disabled": True}


async def test_files_go_up_beside_the_json(tg: Sandbox, bot: Bot) -> None:
    await bot.send_photo(RIDER, BufferedInputFile(jpeg(), filename="a.jpg"), caption="a & b".replace("&", "&amp;"))
    (shown,) = tg.person(RIDER).from_bot
    assert shown["photo"]
    assert shown["caption"] == "a & b"


async def test_what_comes_after_the_end_opens_nothing_again(bot: Bot) -> None:
    await bot.send_message(RIDER, "hello")
    await bot.session.close()
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(RIDER, "too late")
    with pytest.raises(TelegramNetworkError):
        await bot.send_photo(RIDER, BufferedInputFile(jpeg(), "photo.jpg"))
    assert bot.session._session.closed


async def test_of_what_was_sent_no_more_is_read_than_which_message_it_is(tg: Sandbox, bot: Bot) -> None:
    keys = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Yes", callback_data="y")]])
    sent = await bot.send_message(RIDER, "Here?", reply_markup=keys)
    (shown,) = tg.person(RIDER).from_bot
    assert (sent.message_id, sent.chat.id, sent.text, sent.reply_markup) == (shown["message_id"], RIDER, None, None)
    assert shown["reply_markup"] == {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
