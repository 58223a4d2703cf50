"""From a neutral card to aiogram's methods."""

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from views.card import Card, Keyboard, Rows


def send(card: Card, chat_id: int) -> SendMessage:
    """The card's text as a new message (pictures and place go separately: `bot/speaking.py`)."""
    return SendMessage(
        chat_id=chat_id,
        text=card.text,
        reply_markup=inline(card.rows) or (keyboard(card.keyboard) if card.keyboard else None),
        disable_notification=card.is_silent or None,
    )


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
