"""The way in: an update is confirmed to Telegram only when its effect is on disk.

Updates of different chats run in parallel, those of one chat in order. An update whose handler fails three times is set
aside with its payload and traceback, the person is told under which code, and the rest goes on. While the store is
unavailable nothing is confirmed: the update comes again.
"""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import Update
from pydantic import ValidationError

from bot.speaking import Speaker
from bot.time import Clock
from services import people
from storage import updates
from storage.kinds import Language
from storage.store import Store, StoreUnavailable
from views.card import Card
from views.texts import say

log = logging.getLogger(__name__)

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
"""Edited messages: live locations that move. Whatever else is edited changes nothing."""
FIRST_WAIT, LONGEST_WAIT = 0.2, 10.0
"""Seconds before an update that could not be handled is tried again; doubled each time."""


class TryAgain(Exception):
    """The update could not be handled now and was not set aside: it must come again."""


class Intake:
    """Takes raw updates, from polling or a webhook."""

    def __init__(
        self, bot: Bot, dispatcher: Dispatcher, store: Store, speaker: Speaker, *, clock: Clock, language: Language
    ) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._store = store
        self._speaker = speaker
        self._clock = clock
        self._language = language
        self._chats: dict[int, tuple[asyncio.Lock, list[int]]] = {}

    async def take(self, raw: dict[str, Any]) -> AnswerCallbackQuery | None:
        """Handle one update; when this returns, its effect is on disk (or it is set aside).

        Returns:
            The answer to a press, if it is still to be given: by `finish`, or in the answer to the webhook.

        Raises:
            StoreUnavailable, TryAgain: it has no effect yet and must come again.
        """
        async with self._in_order(chat_of(raw)):
            return await self._once(raw)

    async def take_patiently(self, raw: dict[str, Any]) -> None:
        """`take` and `finish`, again and again until it is done; what else comes from that chat waits behind it."""
        async with self._in_order(chat_of(raw)):
            wait = FIRST_WAIT
            while True:
                try:
                    return await self.finish(await self._once(raw))
                except (StoreUnavailable, TryAgain) as problem:
                    log.warning("update %s waits: %s", raw["update_id"], problem)
                except Exception:
                    log.exception("update %s can neither be handled nor set aside", raw["update_id"])
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)

    async def replay(self, raw: dict[str, Any]) -> AnswerCallbackQuery | None:
        """Handle an update that was set aside; raises whatever its handler raises."""
        update = Update.model_validate(raw, context={"bot": self._bot})
        result = await self._dispatcher.feed_update(self._bot, update)
        return result if isinstance(result, AnswerCallbackQuery) else None

    async def finish(self, method: AnswerCallbackQuery | None) -> None:
        """Do what `take` left over."""
        await self._speaker.finish(method)

    async def _once(self, raw: dict[str, Any]) -> AnswerCallbackQuery | None:
        try:
            update = Update.model_validate(raw, context={"bot": self._bot})
            result = await self._dispatcher.feed_update(self._bot, update)
        except StoreUnavailable:
            raise
        except Exception as problem:  # noqa: BLE001 - whatever a handler does, the update is not lost
            return await self._failed(raw, problem)
        return result if isinstance(result, AnswerCallbackQuery) else None

    async def _failed(self, raw: dict[str, Any], problem: Exception) -> AnswerCallbackQuery | None:
        log.error("update %s failed", raw.get("update_id"), exc_info=problem)
        code, is_aside = await self._store.write(
            updates.failed,
            update_id=raw["update_id"],
            payload=raw,
            traceback="".join(traceback.format_exception(problem)),
            now=self._clock(),
        )
        if not is_aside:
            raise TryAgain(code) from problem
        log.error("update %s is set aside as %s", raw["update_id"], code)
        chat = chat_of(raw)
        if chat > 0 and not isinstance(problem, ValidationError):
            await self._tell(chat, code, raw)
        return None

    async def _tell(self, chat: int, code: str, raw: dict[str, Any]) -> None:
        language = await self._language_of(_user_of(raw), chat)
        await self._speaker.tell(Card(text=say(language, "error-set-aside", code=code)), chat_id=chat)

    async def _language_of(self, user: dict[str, Any], chat: int) -> Language:
        """The person's; where what the store says cannot be read (it may be why the update failed), the phone's."""
        try:
            known = await self._store.read(people.chosen_language, telegram_id=chat)
        except Exception:
            log.exception("the language of chat %s cannot be read", chat)
            known = None
        return known or people.language_of(str(user.get("language_code") or ""), self._language)

    @asynccontextmanager
    async def _in_order(self, chat: int) -> AsyncIterator[None]:
        """One update of a chat at a time, first come first served (asyncio's locks are fair)."""
        lock, waiting = self._chats.setdefault(chat, (asyncio.Lock(), [0]))
        waiting[0] += 1
        try:
            async with lock:
                yield
        finally:
            waiting[0] -= 1
            if not waiting[0]:
                self._chats.pop(chat, None)


def chat_of(raw: dict[str, Any]) -> int:
    """The chat that an update belongs to; 0 for none."""
    event = _event_of(raw)
    for holder in (event, event.get("message")):
        if isinstance(holder, dict) and isinstance(chat := holder.get("chat"), dict):
            return _number(chat)
    return _number(_user_of(raw))


def _user_of(raw: dict[str, Any]) -> dict[str, Any]:
    user = _event_of(raw).get("from")
    return user if isinstance(user, dict) else {}


def _event_of(raw: dict[str, Any]) -> dict[str, Any]:
    """What is under the update's kind, whatever kind that is; empty if it is nothing that can be read."""
    return next((event for kind, event in raw.items() if kind != "update_id" and isinstance(event, dict)), {})


def _number(holder: dict[str, Any]) -> int:
    number = holder.get("id")
    return number if isinstance(number, int) else 0
