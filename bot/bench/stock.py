"""The yardsticks: bots as aiogram's documentation shows them, each in a process of its own.

Both run on uvloop where there is one, as Warmgrid does: what is compared is what is built on the event loop.
"""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web


async def answer(message: Message) -> None:
    """Say something to everything."""
    await message.answer("Received, thank you.")


def echo(bot: Bot, dispatcher: Dispatcher, port: int) -> None:
    """Answer each update that the webhook brings."""
    app = web.Application()
    SimpleRequestHandler(dispatcher=dispatcher, bot=bot).register(app, path="/telegram")
    setup_application(app, dispatcher, bot=bot)
    web.run_app(app, host="127.0.0.1", port=port, print=None, loop=_loop())


def poller(bot: Bot, dispatcher: Dispatcher) -> None:
    """Ask for updates, and answer each."""
    dispatcher.run_polling(bot)


def _loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


def main() -> None:
    """`python -m bot.bench.stock echo|poller TOKEN API-ADDRESS [PORT]`."""
    kind, token, api, *port = sys.argv[1:]
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    dispatcher = Dispatcher()
    dispatcher.message.register(answer)
    if kind == "echo":
        echo(bot, dispatcher, int(port[0]))
    else:
        poller(bot, dispatcher)


if __name__ == "__main__":
    main()
