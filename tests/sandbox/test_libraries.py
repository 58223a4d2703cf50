"""The two libraries that the bot is made with find nothing odd here."""

from collections.abc import Callable

import telegram
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyParameters,
)

from sandbox import Person, Sandbox


async def test_aiogram(tg: Sandbox, rider: Person, jpeg: Callable[..., bytes]):
    async with Bot(tg.token, session=AiohttpSession(api=TelegramAPIServer.from_base(tg.url))) as bot:
        assert (await bot.me()).username == tg.bot_username
        rider.send_text("/start x")
        rider.send_album([jpeg(), jpeg()], caption="c")
        rider.send_contact()
        rider.send_sticker()
        rider.block()
        rider.unblock()
        updates = await bot.get_updates(timeout=1)
        assert [update.event_type for update in updates] == ["message"] * 5 + ["my_chat_member"] * 2
        go = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Go", callback_data="go")]])
        reply = ReplyParameters(message_id=1, allow_sending_without_reply=True)
        sent = await bot.send_message(5001, "<b>hi</b>", parse_mode="HTML", reply_markup=go, reply_parameters=reply)
        assert sent.html_text == "<b>hi</b>"
        query_id = rider.press(sent.message_id, "Go")
        await bot.answer_callback_query(query_id, text="ok")
        await bot.edit_message_text("new", chat_id=5001, message_id=sent.message_id)
        photo = await bot.send_photo(5001, BufferedInputFile(jpeg(), "路.jpg"), caption="c")
        assert photo.photo
        media = [InputMediaPhoto(media=photo.photo[-1].file_id), InputMediaPhoto(media=BufferedInputFile(jpeg(), "b"))]
        album = await bot.send_media_group(5001, media)
        assert album[0].media_group_id
        file = await bot.get_file(photo.photo[-1].file_id)
        assert await bot.download_file(str(file.file_path))
        menu = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Here", request_location=True)]])
        await bot.send_location(5001, 25.4, 114.36, reply_markup=menu)
        await bot.set_my_commands(
            [BotCommand(command="start", description="begin")], BotCommandScopeChat(chat_id=5001), "zh"
        )
        assert (await bot.get_chat(5001)).first_name == "王强"
        assert (await bot.get_chat_member(5001, 5001)).status == "member"
        assert (await bot.get_webhook_info()).url == ""


async def test_python_telegram_bot(tg: Sandbox, rider: Person, jpeg: Callable[..., bytes]):
    async with telegram.Bot(tg.token, base_url=f"{tg.url}/bot", base_file_url=f"{tg.url}/file/bot") as bot:
        assert bot.username == tg.bot_username
        rider.send_venue(25.4, 114.36, "a", "b")
        (update,) = await bot.get_updates()
        assert update.message
        assert update.message.venue
        go = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Go", callback_data="go")]])
        sent = await bot.send_message(5001, "<i>hi</i>", parse_mode="HTML", reply_markup=go, disable_notification=True)
        assert sent.text_html == "<i>hi</i>"
        photo = await bot.send_photo(5001, jpeg(), caption="c", filename="路.jpg")
        file_id = photo.photo[-1].file_id
        album = await bot.send_media_group(5001, [telegram.InputMediaPhoto(jpeg()), telegram.InputMediaPhoto(file_id)])
        assert album[0].media_group_id
        assert await (await bot.get_file(file_id)).download_as_bytearray()
        await bot.send_location(5001, 25.4, 114.36, reply_to_message_id=sent.message_id)
        await bot.edit_message_caption(5001, photo.message_id, caption="d")
        await bot.edit_message_reply_markup(5001, sent.message_id)
        await bot.copy_message(5001, 5001, sent.message_id)
        await bot.delete_message(5001, sent.message_id)
        assert (await bot.get_chat(5001)).first_name == "王强"
