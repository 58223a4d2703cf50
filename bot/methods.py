"""From a neutral card to aiogram's methods."""

from aiogram.methods import EditMessageText, SendDocument, SendMessage, SendPhoto
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from views.card import Card, Keyboard, Made, Rows

Send = SendMessage | SendPhoto | SendDocument


def send(card: Card, chat_id: int) -> Send:
    """The card's text as a new message, under what was made for it if there is something.

    Pictures that Telegram has and the place go separately: `bot/speaking.py`.
    """
    if card.made is not None:
        return _send_made(card, card.made, chat_id)
    return SendMessage(
        chat_id=chat_id,
        text=card.text,
        reply_markup=inline(card.rows) or (keyboard(card.keyboard) if card.keyboard else None),
        disable_notification=card.is_silent or None,
    )


def _send_made(card: Card, made: Made, chat_id: int) -> SendPhoto | SendDocument:
    file = BufferedInputFile(made.data, filename=made.name)
    if made.is_picture:
        return SendPhoto(chat_id=chat_id, photo=file, caption=card.text, reply_markup=inline(card.rows))
    return SendDocument(chat_id=chat_id, document=file, caption=card.text, reply_markup=inline(card.rows))


def edit(card: Card, chat_id: int, message_id: int) -> EditMessageText:
    """The card's text in place of a message."""
    return EditMessageText(chat_id=chat_id, message_id=message_id, text=card.text, reply_markup=inline(card.rows))


def inline(rows: Rows) -> InlineKeyboardMarkup | None:
    """Buttons under a message."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=b.text, callback_data=b.action, url=b.url) for b in row] for row in rows
        ]
    )


def keyboard(keys: Keyboard) -> ReplyKeyboardMarkup:
    """Keys under the chat; they stay."""
    rows = [[KeyboardButton(text=key.text, request_location=key.asks_place or None) for key in row] for row in keys]
    return ReplyKeyboardMarkup(keyboard=rows, resize_keyboard=True, is_persistent=True)
