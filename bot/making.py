"""Making pictures and files beside the bot, one at a time: see `views/making.py`."""

import asyncio
import logging
import pickle
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.exceptions import TelegramAPIError

from bot.nursery import Nursery
from services.errors import CannotMake
from views.drawing import Chart
from views.making import Thing
from views.usage_chart import UsageChart

log = logging.getLogger(__name__)

HOUSE = Path(__file__).parent.parent
SECONDS = 60
"""Longer than this it never takes; a first chart may take ten, while matplotlib looks for fonts."""


SHOWN = 4
"""Seconds after which a chat is told again that something is being made: Telegram shows it for five."""


class Maker:
    """Starts a process for each thing; who asks meanwhile waits, and sees that something comes."""

    def __init__(self, bot: Bot | None = None) -> None:
        """``bot`` shows in the chat what is on its way; without it nobody sees anything."""
        self._bot = bot
        self._one = asyncio.Semaphore(1)

    async def __call__(self, thing: Thing, *, chat_id: int | None = None) -> bytes:
        """The thing's bytes; in the chat, if one is named, it shows meanwhile that something is on its way.

        Raises:
            CannotMake: the process failed or took too long; the log says how.
        """
        async with Nursery() as beside:
            if self._bot is not None and chat_id is not None:
                is_picture = isinstance(thing, Chart | UsageChart)
                action = ChatAction.UPLOAD_PHOTO if is_picture else ChatAction.UPLOAD_DOCUMENT
                beside.start(_show(self._bot, action, chat_id), name="chat action")
            return await self._make(thing)

    async def _make(self, thing: Thing) -> bytes:
        async with self._one:
            arguments = (sys.executable, "-m", "views.making")
            process = await asyncio.create_subprocess_exec(*arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE, cwd=HOUSE)
            try:
                async with asyncio.timeout(SECONDS):
                    made, said = await process.communicate(pickle.dumps(thing))
            except TimeoutError as problem:
                log.error("making a %s took too long", type(thing).__name__)
                raise CannotMake from problem
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        if process.returncode != 0:
            log.error("making a %s failed:\n%s", type(thing).__name__, said.decode(errors="replace"))
            raise CannotMake
        return made


async def _show(bot: Bot, action: ChatAction, chat_id: int) -> None:
    """«Sending a photo…», for as long as this runs."""
    while True:
        try:
            await bot.send_chat_action(chat_id, action)
        except TelegramAPIError as problem:
            log.info("could not show that something is being made: %s", problem)
        await asyncio.sleep(SHOWN)
