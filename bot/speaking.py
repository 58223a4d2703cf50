"""Saying a handler's answer, after its effect is committed.

What is said here is a convenience: whatever must arrive is in the outbox. So a failure is logged, and never undoes or
repeats the update. The last plain message may ride on the answer to a webhook, which saves a request.
"""

import asyncio
import logging
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError
from aiogram.methods import AnswerCallbackQuery, TelegramMethod
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InputMediaPhoto,
    InputMediaVideo,
    Message,
)

from bot import methods
from handlers.answer import Answer
from services import intake
from storage.kinds import AttachmentKind, MediaState
from storage.media import MediaFolder
from storage.store import Store, StoreUnavailable
from views.card import ALBUM_LIMIT, Card

log = logging.getLogger(__name__)


class Speaker:
    """Says answers in the chat that an update came from."""

    def __init__(self, bot: Bot, store: Store, media: MediaFolder) -> None:
        self._bot = bot
        self._store = store
        self._media = media

    async def say(
        self, answer: Answer, *, chat_id: int, person_id: int, press: CallbackQuery | None
    ) -> TelegramMethod[Any] | None:
        """Say it; what is returned is still to be done (or put into the webhook's answer)."""
        if answer.edit is not None:
            await self._edit(answer.edit, chat_id, press.message.message_id if press and press.message else None)
        last: TelegramMethod[Any] | None = None
        if press is not None:
            toast = answer.toast[:200] if answer.toast else None
            last = AnswerCallbackQuery(callback_query_id=press.id, text=toast, show_alert=answer.is_alert or None)
        for card in answer.say:
            if last is not None:
                await self._try(last)
            last = await self._parts(card, chat_id)
        if answer.status is not None:
            if answer.say and last is not None:
                await self._try(last)
                last = None
            await self._status(answer.status, chat_id, person_id)
        return last

    async def _parts(self, card: Card, chat_id: int) -> methods.Send:
        """Send pictures and place; return the text."""
        pictures: list[InputMediaPhoto | InputMediaVideo] = []
        for photo in card.photos:
            if photo.kind is AttachmentKind.VIDEO:
                pictures.append(InputMediaVideo(media=photo.file_id))
            elif photo.kind is AttachmentKind.PHOTO:
                pictures.append(InputMediaPhoto(media=photo.file_id))
            elif (
                photo.kind is AttachmentKind.IMAGE_FILE and photo.media_state is MediaState.STORED and photo.media_hash
            ):
                data = await asyncio.to_thread(self._media.shareable, photo.media_hash)
                pictures.append(InputMediaPhoto(media=BufferedInputFile(data, filename="photo.jpg")))
        for at in range(0, len(pictures), ALBUM_LIMIT):
            album = pictures[at : at + ALBUM_LIMIT]
            if len(album) > 1:
                await self._do(self._bot.send_media_group(chat_id, list(album)))
            elif isinstance(album[0], InputMediaPhoto):
                await self._do(self._bot.send_photo(chat_id, album[0].media))
            else:
                await self._do(self._bot.send_video(chat_id, album[0].media))
        if card.pin is not None:
            await self._do(self._bot.send_location(chat_id, card.pin.latitude, card.pin.longitude))
        return methods.send(card, chat_id)

    async def _edit(self, card: Card, chat_id: int, message_id: int | None) -> Message | None:
        """Change a message; where it is gone (or is no text), send a new one."""
        if message_id is not None and card.keyboard is None:
            try:
                edited = await self._bot(methods.edit(card, chat_id, message_id))
                return edited if isinstance(edited, Message) else None
            except TelegramBadRequest as problem:
                if "not modified" in problem.message:
                    return None
            except TelegramAPIError as problem:
                log.warning("could not edit: %s", problem)
                return None
        sent = await self._try(methods.send(card, chat_id))
        return sent if isinstance(sent, Message) else None

    async def _status(self, card: Card, chat_id: int, person_id: int) -> None:
        """Show the draft: edit its message, or send one, remember which, and take away the one that it replaces."""
        sent = await self._edit(card, chat_id, card.edits)
        if sent is None or sent.message_id == card.edits:
            return
        shown = {"person_id": person_id, "message_id": sent.message_id, "instead_of": card.edits or card.deletes}
        try:
            stale = await self._store.write(intake.remember_status_message, **shown)
        except StoreUnavailable as problem:
            log.warning("could not remember the draft's message: %s", problem)
            return
        if stale is not None:
            await self._delete(chat_id, stale)

    async def _delete(self, chat_id: int, message_id: int) -> None:
        try:
            await self._bot.delete_message(chat_id, message_id)
        except TelegramAPIError as problem:
            log.info("message %d of chat %d stays: %s", message_id, chat_id, problem)

    async def _try(self, method: TelegramMethod[Any]) -> Any:
        return await self._do(self._bot(method))

    async def _do(self, request: Any) -> Any:
        try:
            return await request
        except TelegramForbiddenError as problem:
            log.info("the person cannot be reached: %s", problem.message)
        except TelegramAPIError as problem:
            log.warning("could not say it: %s", problem)
        return None
