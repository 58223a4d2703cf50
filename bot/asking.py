"""Who takes an update: the handlers are asked one after the other, without what nobody uses.

aiogram wraps each update in functions for the middlewares and filters of the dispatcher and of each router, and in one
for handlers of errors. Warmgrid has one middleware, outside of all (`bot/middlewares/arrival.py`). Without that
wrapping an update takes about a fifth of a millisecond less.
"""

from collections.abc import Iterator
from typing import Any

from aiogram import BaseMiddleware, Bot, Dispatcher, Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.dispatcher.middlewares.user_context import UserContextMiddleware
from aiogram.types import TelegramObject, Update


class PlainDispatcher(Dispatcher):
    """aiogram's dispatcher for routers that have handlers and nothing else, all included before the first update."""

    def __init__(self, outer: BaseMiddleware | None = None) -> None:
        """``outer``: what each update goes through first."""
        super().__init__(disable_fsm=True)
        self._outer = outer
        self._asked: dict[str, list[tuple[Router, HandlerObject]]] = {}  # by kind of update, in their order

    async def feed_update(self, bot: Bot, update: Update, **kwargs: Any) -> Any:
        """Let one update through, which knows its bot."""
        of = UserContextMiddleware.resolve_event_context(update)
        about = {"event_context": of, "event_from_user": of.user, "event_chat": of.chat, "event_update": update}
        data = {**kwargs, **about, "bot": bot, "dispatcher": self}
        if self._outer is None:
            return await self._inner(update, data)
        return await self._outer(self._inner, update, data)

    async def _inner(self, update: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(update, Update)
        return await self.propagate_event(update.event_type, update.event, **data)

    async def propagate_event(self, update_type: str, event: TelegramObject, **kwargs: Any) -> Any:
        """Let the first handler have it whose filters all take it."""
        asked = self._asked.get(update_type)
        if asked is None:
            asked = self._asked[update_type] = list(self._handlers_of(update_type))
        for router, handler in asked:
            takes, data = await handler.check(event, **{**kwargs, "event_router": router, "handler": handler})
            if takes:
                try:
                    return await handler.call(event, **data)
                except SkipHandler:
                    continue
        return UNHANDLED

    def _handlers_of(self, update_type: str) -> Iterator[tuple[Router, HandlerObject]]:
        """All handlers of a kind of update.

        Raises:
            TypeError: a router has a middleware or filter, which would not be asked.
        """
        for router in self.chain_tail:
            observer = router.observers.get(update_type)
            if observer is None:
                continue
            if observer.middleware or observer.outer_middleware or observer._handler.filters:
                raise TypeError(f"{router!r} has a middleware or filter of its own for {update_type}")
            yield from ((router, handler) for handler in observer.handlers)
