"""From a neutral card to aiogram's methods."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from aiogram.methods import (
    EditMessageReplyMarkup,
    EditMessageText,
    SendDocument,
    SendLocation,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendVenue,
    SendVideo,
    TelegramMethod,
)
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    InputMediaVideo,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from storage.kinds import AttachmentKind, Stage
from storage.records import Photo
from views.card import Button, Card, Keyboard, Made, Pin, Rows

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


def album(
    pictures: Sequence[tuple[Photo, str | bytes]], labels: Mapping[Stage, str], chat_id: int
) -> TelegramMethod[Any]:
    """Pictures and videos, each with what Telegram knows it by or its bytes."""
    media = [_medium(photo, data, labels.get(photo.stage)) for photo, data in pictures]
    if len(media) > 1:
        return SendMediaGroup(chat_id=chat_id, media=list(media))
    (one,) = media
    if isinstance(one, InputMediaVideo):
        return SendVideo(chat_id=chat_id, video=one.media, caption=one.caption)
    return SendPhoto(chat_id=chat_id, photo=one.media, caption=one.caption)


def _medium(photo: Photo, data: str | bytes, label: str | None) -> InputMediaPhoto | InputMediaVideo:
    media = BufferedInputFile(data, filename="photo.jpg") if isinstance(data, bytes) else data
    made = InputMediaVideo if photo.kind is AttachmentKind.VIDEO else InputMediaPhoto
    return made(media=media, caption=label)


def pin(place: Pin, chat_id: int) -> SendLocation | SendVenue:
    """A native pin, or a venue."""
    if place.title is not None:
        return SendVenue(
            chat_id=chat_id,
            latitude=place.latitude,
            longitude=place.longitude,
            title=place.title,
            address=place.address,
        )
    return SendLocation(chat_id=chat_id, latitude=place.latitude, longitude=place.longitude)


def _send_made(card: Card, made: Made, chat_id: int) -> SendPhoto | SendDocument:
    file = BufferedInputFile(made.data, filename=made.name)
    if made.is_picture:
        return SendPhoto(chat_id=chat_id, photo=file, caption=card.text, reply_markup=inline(card.rows))
    return SendDocument(chat_id=chat_id, document=file, caption=card.text, reply_markup=inline(card.rows))


def edit(card: Card, chat_id: int, message_id: int) -> EditMessageText:
    """The card's text in place of a message."""
    return EditMessageText(chat_id=chat_id, message_id=message_id, text=card.text, reply_markup=inline(card.rows))


def close(chat_id: int, message_id: int) -> EditMessageReplyMarkup:
    """The message without its buttons."""
    return EditMessageReplyMarkup(chat_id=chat_id, message_id=message_id)


def inline(rows: Rows) -> InlineKeyboardMarkup | None:
    """Buttons under a message."""
    if not rows:
        return None
    return InlineKeyboardMarkup(inline_keyboard=[[_button(one) for one in row] for row in rows])


@lru_cache(maxsize=4096)
def _button(one: Button) -> InlineKeyboardButton:
    """Filters, pages and keys of a menu are the same for all; a card of places has 13 of them, and 4 µs each."""
    return InlineKeyboardButton(text=one.text, callback_data=one.action, url=one.url)


def keyboard(keys: Keyboard) -> ReplyKeyboardMarkup:
    """Keys under the chat; they stay."""
    rows = [[KeyboardButton(text=key.text, request_location=key.asks_place or None) for key in row] for row in keys]
    return ReplyKeyboardMarkup(keyboard=rows, resize_keyboard=True, is_persistent=True)
