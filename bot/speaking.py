"""Saying a handler's answer, after its effect is committed.

What others must get, and what confirms something of value, is in the outbox. What is said here is for somebody who is
looking right now. A wait that Telegram names (429) and that is short is waited for; what it does not take even then, or
for any other trouble that passes, goes on by the outbox: a card as it was put into words, a draft's status as it will
then be. What Telegram refuses is logged. Nothing of it undoes or repeats the update.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import AnswerCallbackQuery, TelegramMethod
from aiogram.types import CallbackQuery, Message

from bot import methods
from bot.time import Clock
from handlers.answer import Answer
from services import delivery, drafts, notices
from services.places import live
from storage import conversations
from storage.conversations import DialogKey
from storage.kinds import AttachmentKind
from storage.media import MediaFolder
from storage.records import Photo
from storage.store import Store, StoreUnavailable
from views.card import ALBUM_LIMIT, Card
from views.kept import pack

log = logging.getLogger(__name__)

SHORT = 2
"""Seconds: a 429 that names no more is waited for. What else comes from the chat waits behind it, so it is not long."""
NOT_NOW = (TelegramRetryAfter, TelegramNetworkError, TelegramServerError)
"""Trouble that passes."""


class Speaker:
    """Says answers in the chat that an update came from."""

    def __init__(self, bot: Bot, store: Store, media: MediaFolder, *, clock: Clock) -> None:
        self._bot = bot
        self._store = store
        self._media = media
        self._clock = clock

    async def say(
        self, answer: Answer, *, chat_id: int, person_id: int, press: CallbackQuery | None
    ) -> AnswerCallbackQuery | None:
        """Say it; what is returned is still to be done: by `finish`, or in the answer to the webhook.

        Only a press's answer may ride there: whoever answers a webhook with a message never learns whether it was sent.
        """
        pressed = press.message.message_id if press and press.message else None
        if answer.edit is not None:
            await self._change(answer.edit, chat_id, answer.edit.edits or pressed)
        last: AnswerCallbackQuery | None = None
        if press is not None:
            toast = answer.toast[:200] if answer.toast else None
            last = AnswerCallbackQuery(callback_query_id=press.id, text=toast, show_alert=answer.is_alert or None)
            if answer.say or answer.asks is not None or answer.status is not None:
                await self.finish(last)
                last = None
        for card in answer.say:
            sent = await self.tell(card, chat_id=chat_id)
            if answer.about is not None and sent is not None:
                await self._note(answer.about, chat_id, person_id, sent.message_id)
            if answer.follows is not None and sent is not None:
                await self._follow(answer.follows, person_id, sent.message_id)
        if answer.asks is not None:
            await self._prompt(answer.asks, chat_id)
        if answer.status is not None:
            await self._status(answer.status, chat_id, person_id)
        changed = answer.edit and (answer.edit.edits or pressed)
        if answer.about is not None and changed:
            await self._note(answer.about, chat_id, person_id, changed)
        if answer.closes is not None and answer.closes != changed:
            is_replaced = answer.asks is not None and answer.asks.deletes == answer.closes
            await (self._delete if is_replaced else self._close)(chat_id, answer.closes)
        return last

    async def finish(self, rest: AnswerCallbackQuery | None) -> None:
        """Do what `say` left over."""
        if rest is not None:
            try:
                await self._ask(rest)
            except TelegramAPIError as problem:  # later is too late: the press waits for nothing any more
                log.warning("could not answer a press: %s", problem)

    async def tell(self, card: Card, *, chat_id: int) -> Message | None:
        """Say one card, part by part; from the first that Telegram does not take now, the rest goes by the outbox.

        Returns its last message, if that is out.
        """
        sent = None
        async for rest, part in self._parts(card, chat_id):
            try:
                sent = await self._ask(part)
            except TelegramForbiddenError as problem:
                log.info("the person cannot be reached: %s", problem.message)
                return None
            except NOT_NOW as problem:
                await self._put_off(rest, chat_id, problem)
                return None
            except TelegramAPIError as problem:
                log.warning("could not say it: %s", problem)
                sent = None
        return sent if isinstance(sent, Message) else None

    async def _prompt(self, card: Card, chat_id: int) -> None:
        """Ask for what a dialog waits for, and note where: the buttons go when it is over."""
        sent = await self.tell(card, chat_id=chat_id)
        if sent is None:
            return
        asked = {"key": DialogKey(chat_id, chat_id), "message_id": sent.message_id}
        try:
            stale = await self._store.write(conversations.note_asked_in, **asked)
        except StoreUnavailable as problem:
            log.warning("could not note where it was asked: %s", problem)
            return
        if stale is not None:
            await self._close(chat_id, stale)

    async def _note(self, report_id: int, chat_id: int, person_id: int, message_id: int) -> None:
        """Note where buttons are that go with the report; it may be over just now."""
        said = {"person_id": person_id, "report_id": report_id, "message_id": message_id}
        try:
            if await self._store.write(delivery.remember_said, **said):
                return
        except StoreUnavailable as problem:
            log.warning("could not note what was said: %s", problem)
            return
        await self._close(chat_id, message_id)

    async def _follow(self, location_id: int, person_id: int, card_id: int) -> None:
        """Note which card follows a live location."""
        shown = {"person_id": person_id, "location_id": location_id, "card_id": card_id}
        try:
            await self._store.write(live.shown, now=self._clock(), **shown)
        except StoreUnavailable as problem:
            log.warning("could not note what follows a live location: %s", problem)

    async def _close(self, chat_id: int, message_id: int) -> None:
        """Take away buttons that do nothing any more; the words stay."""
        try:
            await self._bot(methods.close(chat_id, message_id))
        except TelegramAPIError as problem:
            log.info("the buttons of message %d of chat %d stay: %s", message_id, chat_id, problem)

    async def _parts(self, card: Card, chat_id: int) -> AsyncIterator[tuple[Card, TelegramMethod[Any]]]:
        """The requests for pictures, place and text; with each, what is unsaid before it."""
        if card.pin_leads and card.pin is not None:
            yield card, methods.pin(card.pin, chat_id)
            card = replace(card, pin=None)
        photos = tuple(one for one in card.photos if one.is_picture or one.kind is AttachmentKind.VIDEO)
        if len(photos) == 1 and card.is_caption and (data := await self._copy(photos[0])) is not None:
            yield card, methods.album([(photos[0], data)], {photos[0].stage: card.text}, chat_id)
            return
        for at in range(0, len(photos), ALBUM_LIMIT):
            album = [(one, await self._copy(one)) for one in photos[at : at + ALBUM_LIMIT]]
            found = [(one, data) for one, data in album if data is not None]
            if found:
                yield replace(card, photos=photos[at:]), methods.album(found, card.labels, chat_id)
        if card.pin is not None:
            yield replace(card, photos=()), methods.pin(card.pin, chat_id)
        yield replace(card, photos=(), pin=None), methods.send(card, chat_id)

    async def _copy(self, photo: Photo) -> str | bytes | None:
        """What Telegram has, or a cleaned copy of an image file; nothing where there is none."""
        if photo.kind is not AttachmentKind.IMAGE_FILE or photo.media_hash is None:
            return photo.file_id
        try:
            return await asyncio.to_thread(self._media.shareable, photo.media_hash)
        except Exception:
            log.exception("picture %s is left out: it cannot be read", photo.media_hash)
            return None

    async def _change(self, card: Card, chat_id: int, message_id: int | None) -> None:
        """Say it in place of the message whose button was pressed; who sees nothing come of it may press again."""
        try:
            await self._edit(card, chat_id, message_id, ask=self._ask)
        except TelegramAPIError as problem:
            log.warning("could not edit: %s", problem)

    async def _status(self, card: Card, chat_id: int, person_id: int) -> None:
        """Show the draft: edit its message, or send one."""
        try:
            sent = await self._edit(card, chat_id, card.edits, ask=self._bot)  # at once: the next part must not wait
        except NOT_NOW as problem:
            await self._leave_status(card, person_id, problem)
            return
        except TelegramAPIError as problem:
            log.warning("could not show the draft: %s", problem)
            return
        if sent is not None and sent.message_id != card.edits:
            await self._remember(sent.message_id, card, chat_id, person_id)

    async def _remember(self, message_id: int, card: Card, chat_id: int, person_id: int) -> None:
        """Note which message shows the draft now, and take away the one that is to go."""
        shown = {"person_id": person_id, "message_id": message_id, "instead_of": card.edits or card.deletes}
        try:
            stale = await self._store.write(drafts.remember_status_message, **shown)
        except StoreUnavailable as problem:
            log.warning("could not remember the draft's message: %s", problem)
            return
        if stale is not None:
            await self._delete(chat_id, stale)

    async def _edit(self, card: Card, chat_id: int, message_id: int | None, *, ask: Any) -> Message | None:
        """Change a message; where it is gone (or is no text), send a new one."""
        if message_id is not None and card.keyboard is None:
            try:
                edited = await ask(methods.edit(card, chat_id, message_id))
                return edited if isinstance(edited, Message) else None
            except TelegramBadRequest as problem:
                if "not modified" in problem.message:
                    return None
        sent = await ask(methods.send(card, chat_id))
        return sent if isinstance(sent, Message) else None

    async def _delete(self, chat_id: int, message_id: int) -> None:
        try:
            await self._bot.delete_message(chat_id, message_id)
        except TelegramAPIError as problem:
            log.info("message %d of chat %d stays: %s", message_id, chat_id, problem)

    async def _ask(self, method: TelegramMethod[Any]) -> Any:
        """Do it; after a short wait that Telegram names, once more."""
        try:
            return await self._bot(method)
        except TelegramRetryAfter as flood:
            if flood.retry_after > SHORT:
                raise
            await asyncio.sleep(flood.retry_after)
            return await self._bot(method)

    async def _put_off(self, card: Card, chat_id: int, problem: TelegramAPIError) -> None:
        log.warning("it will be said later: %s", problem)
        now = self._clock()
        try:
            await self._store.write(
                notices.put_off, telegram_id=chat_id, card=pack(card), due=now + _wait(problem), now=now
            )
        except StoreUnavailable as trouble:
            log.warning("it will not be said: %s", trouble)

    async def _leave_status(self, card: Card, person_id: int, problem: TelegramAPIError) -> None:
        log.warning("the draft will be shown later: %s", problem)
        now = self._clock()
        try:
            await self._store.write(
                notices.draft_unseen, person_id=person_id, deletes=card.deletes, due=now + _wait(problem), now=now
            )
        except StoreUnavailable as trouble:
            log.warning("the draft is not shown: %s", trouble)


def _wait(problem: TelegramAPIError) -> timedelta:
    return timedelta(seconds=problem.retry_after if isinstance(problem, TelegramRetryAfter) else 0)
