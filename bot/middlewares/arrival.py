"""Who an update comes from, whether it came before, and what a dialog waits for: one look at the store.

Then the handler; then its answer is said, after everything is committed.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import StorageKey
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import TelegramObject, Update, User

from bot.commands_menu import CommandMenu
from bot.dialogs import StoreDialogs
from bot.middlewares.throttle import Throttle
from bot.speaking import Speaker
from bot.time import Clock
from handlers.answer import Answer
from handlers.dialogs import is_over
from handlers.here import Here
from services import intake, people
from services.errors import DomainError
from services.people import Arrival as Known
from storage.conversations import ASKED_IN, DialogKey
from storage.kinds import Language
from storage.store import Store
from storage.updates import AlreadyHandled
from storage.work import Work
from views import drafts, errors, menu
from views.actions import report_of, task_of
from views.card import Card
from views.texts import say

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


@dataclass(slots=True)
class Arrival(BaseMiddleware):
    """The one outer middleware of all updates."""

    store: Store
    clock: Clock
    speaker: Speaker
    here: Here
    throttle: Throttle
    menu: CommandMenu
    default_language: Language
    admin_ids: frozenset[int]

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Let one update through; returns the Telegram method that is still to be done, if any."""
        assert isinstance(event, Update)
        user: User | None = data.get("event_from_user")
        chat = data.get("event_chat")
        if user is None or user.is_bot or (chat is not None and chat.type != "private"):
            return None  # Warmgrid speaks with people, one at a time
        now = self.clock()
        pressed = event.callback_query.data if event.callback_query is not None else None
        known = await self.store.write(
            people.arrive,
            telegram_id=user.id,
            name=user.full_name,
            language_code=user.language_code,
            default_language=self.default_language,
            admin_ids=self.admin_ids,
            update_id=event.update_id,
            now=now,
            pressed=report_of(pressed),
            task=task_of(pressed),
            is_back=event.my_chat_member is None,  # that one says itself whether somebody left or came back
        )
        if self.throttle.is_too_fast(user.id, event, now=now):
            return await self._slow_down(known, event, now=now)
        work = Work(self.store, update_id=event.update_id, chat_id=user.id, now=now)
        data |= self._dialog(known, work, data["bot"], user.id)
        data |= {"me": known.me, "work": work, "here": self.here, "is_new": known.is_new}
        answer = await self._answer(handler, event, data, known, work)
        changed = answer.me if answer is not None else None
        await self.menu.show(changed or known.me, has_changed=changed is not None)
        if event.my_chat_member is not None or answer is None:
            return None
        closes = _closes(known, work)
        answer = replace(answer, closes=closes) if closes is not None else answer
        return await self.speaker.say(answer, chat_id=user.id, person_id=known.me.id, press=event.callback_query)

    async def _answer(
        self, handler: Handler, event: Update, data: dict[str, Any], known: Known, work: Work
    ) -> Answer | None:
        language = known.me.language
        try:
            answer = await handler(event, data)
            await work.finish()
        except AlreadyHandled:
            return await self._again(known, work)
        except DomainError as problem:
            if event.callback_query is not None:
                return Answer(toast=errors.toast(language, problem.key, problem.facts), is_alert=True)
            card = errors.card(language, problem.key, problem.facts)
            if problem.is_final and work.dialogs:
                await work.finish()  # the dialog that the handler left has nothing to wait for any more
                card = replace(card, keyboard=menu.keyboard(known.me))  # nor its keys
            return Answer(say=(card,))
        return answer if isinstance(answer, Answer) else None

    async def _again(self, known: Known, work: Work) -> Answer:
        """It came again, so its answer may never have been given: a press ends its waiting, the draft is shown.

        Where the draft is shown as it is, Telegram takes that for no change.
        """
        draft = await work.look(intake.look, person_id=known.me.id, now=work.now)
        if draft is None:
            return Answer()
        return Answer(status=drafts.status(draft, known.me, now=work.now, zone=self.here.zone))

    def _dialog(self, known: Known, work: Work, bot: Bot, user_id: int) -> dict[str, Any]:
        key = DialogKey(user_id, user_id)
        state, held = known.state, known.data
        if state is not None and is_over(held, work.now):
            state, held = None, {}
            work.dialogs[key] = (None, {})
        storage = StoreDialogs(self.store, work=work, known={key: (state, held)})
        context = FSMContext(storage, StorageKey(bot_id=bot.id, chat_id=user_id, user_id=user_id))
        return {"state": context, "raw_state": state, "fsm_storage": storage}

    async def _slow_down(self, known: Known, event: Update, *, now: datetime) -> AnswerCallbackQuery | None:
        """Warn once; what came before is kept, what comes too fast is not taken."""
        me = known.me
        seconds = self.throttle.seconds_left(me.telegram_id, now=now)
        if event.callback_query is not None:
            toast = errors.toast(me.language, "error-too-fast", {"seconds": seconds})
            return AnswerCallbackQuery(callback_query_id=event.callback_query.id, text=toast)
        if self.throttle.must_warn(me.telegram_id):
            await self.speaker.tell(
                Card(text=say(me.language, "error-too-fast", seconds=seconds)), chat_id=me.telegram_id
            )
        return None


def _closes(known: Known, work: Work) -> int | None:
    """The message that asked for what a dialog waited for, if that dialog has ended with this update."""
    asked_in: int | None = known.data.get(ASKED_IN)
    changed = work.dialogs.get(DialogKey(work.chat_id, work.chat_id))
    if asked_in is None or changed is None or not work.is_done or changed[1].get(ASKED_IN) == asked_in:
        return None
    return asked_in
