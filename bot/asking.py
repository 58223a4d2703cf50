"""Who takes an update: the handlers are asked one after the other, without what nobody uses.

aiogram wraps each update once a router in functions for middlewares and filters of that router. Warmgrid has none: its
one middleware is outside of all (`bot/middlewares/arrival.py`). Without that wrapping an update takes about a tenth
of a millisecond less.
"""

from collections.abc import Iterator
from typing import Any

from aiogram import Dispatcher, Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.types import TelegramObject


class PlainDispatcher(Dispatcher):
    """aiogram's dispatcher for routers that have handlers and nothing else, all included before the first update."""

    def __init__(self) -> None:
        super().__init__(disable_fsm=True)
        self._asked: dict[str, list[tuple[Router, HandlerObject]]] = {}  # by kind of update, in their order

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
