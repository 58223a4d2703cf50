"""Who takes an update: as aiogram's dispatcher has it, for routers with handlers and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from aiogram import BaseMiddleware, Bot, Dispatcher, Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.filters import Filter
from aiogram.types import Message, Update

from bot.asking import PlainDispatcher


class Says(Filter):
    """A word; the handler gets how long it is."""

    def __init__(self, word: str) -> None:
        self.word = word

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        return {"length": len(self.word)} if message.text == self.word else False


async def passes_on(message: Message) -> None:
    raise SkipHandler


async def takes(message: Message, length: int, event_router: Router, me: str) -> tuple[str, int, str]:
    return event_router.name, length, me


async def takes_too(message: Message, event_router: Router) -> str:
    return event_router.name


def town(dispatcher: Dispatcher) -> Dispatcher:
    """Three routers, the last one within the second."""
    first, second, last = Router(name="first"), Router(name="second"), Router(name="last")
    first.message.register(passes_on, Says("help"))
    first.callback_query.register(takes_too)
    second.message.register(takes, Says("help"))
    last.message.register(takes_too, Says("late"))
    dispatcher.include_routers(first, second)
    second.include_router(last)
    return dispatcher


async def ask(dispatcher: Dispatcher, text: str, *, name: str = "Li") -> Any:
    """What becomes of a message."""
    message = {"message_id": 1, "date": 1767225600, "chat": {"id": 7, "type": "private"}, "text": text}
    raw = {"update_id": 1, "message": message | {"from": {"id": 5, "first_name": name, "is_bot": False}}}
    bot = Bot("42:x")
    return await dispatcher.feed_update(bot, Update.model_validate(raw, context={"bot": bot}), me="Li")


@pytest.mark.parametrize("make", [PlainDispatcher, lambda: Dispatcher(disable_fsm=True)], ids=["ours", "aiogram's"])
async def test_the_first_whose_filters_take_it_has_it_unless_it_passes_it_on(make: Callable[[], Dispatcher]) -> None:
    dispatcher = town(make())
    assert await ask(dispatcher, "help") == ("second", 4, "Li")
    assert await ask(dispatcher, "late") == "last"
    assert await ask(dispatcher, "nothing of it") is UNHANDLED


class Outer(BaseMiddleware):
    """Who and where from are known here; a quiet person gets no further."""

    async def __call__(self, handler: Any, event: Any, data: dict[str, Any]) -> Any:
        user, chat = data["event_from_user"], data["event_chat"]
        return "quiet" if user.first_name == "Quiet" else await handler(event, data | {"me": f"{user.id} in {chat.id}"})


def ours() -> Dispatcher:
    return PlainDispatcher(Outer())


def aiograms() -> Dispatcher:
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.update.outer_middleware(Outer())
    return dispatcher


@pytest.mark.parametrize("make", [ours, aiograms])
async def test_all_go_through_the_one_outside_first(make: Callable[[], Dispatcher]) -> None:
    dispatcher = town(make())
    assert await ask(dispatcher, "help", name="Li") == ("second", 4, "5 in 7")
    assert await ask(dispatcher, "help", name="Quiet") == "quiet"


async def test_a_router_with_a_middleware_of_its_own_is_refused() -> None:
    class Unasked(BaseMiddleware):
        async def __call__(self, handler: Any, event: Any, data: dict[str, Any]) -> Any:
            return await handler(event, data)

    dispatcher = town(PlainDispatcher())
    dispatcher.sub_routers[1].message.middleware(Unasked())
    with pytest.raises(TypeError, match="second"):
        await ask(dispatcher, "help")


async def test_a_router_with_a_filter_of_its_own_is_refused() -> None:
    dispatcher = town(PlainDispatcher())
    dispatcher.sub_routers[0].message.filter(Says("help"))
    with pytest.raises(TypeError, match="first"):
        await ask(dispatcher, "help")
