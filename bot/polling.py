"""The way in by `getUpdates`.

The offset moves only past updates whose effect is on disk. While one is still being worked on, Telegram gives those
behind it again: they are known and not taken twice.
"""

import asyncio
import logging
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramConflictError, TelegramRetryAfter, TelegramUnauthorizedError
from aiogram.methods import TelegramMethod

from bot.intake import ALLOWED, FIRST_WAIT, LONGEST_WAIT, Intake
from bot.nursery import Nursery

log = logging.getLogger(__name__)

LONG_POLL = 30
"""Seconds that Telegram waits for an update before it answers with none."""


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """`getUpdates` whose updates are left as they came: one that cannot be read must not hide the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class Polling:
    """Asks Telegram for updates and hands them to the intake."""

    def __init__(self, bot: Bot, intake: Intake, nursery: Nursery) -> None:
        self._bot = bot
        self._intake = intake
        self._nursery = nursery
        self._offset: int | None = None
        self._running: dict[int, asyncio.Task[Any]] = {}
        self._done: set[int] = set()  # above the offset

    async def run(self) -> None:
        """Poll until cancelled; what is being worked on then is finished first.

        Raises:
            TelegramUnauthorizedError: the token is wrong.
        """
        wait = FIRST_WAIT
        try:
            while True:
                try:
                    raws = await self._ask()
                    wait = FIRST_WAIT
                except TelegramUnauthorizedError:
                    raise
                except TelegramAPIError as problem:
                    if isinstance(problem, TelegramConflictError):
                        log.error("another process polls with this token: %s", problem.message)
                    else:
                        log.warning("cannot ask for updates: %s", problem)
                    await asyncio.sleep(problem.retry_after if isinstance(problem, TelegramRetryAfter) else wait)
                    wait = min(wait * 2, LONGEST_WAIT)
                    continue
                for raw in raws:
                    self._begin(raw)
                if self._running:
                    await asyncio.wait(self._running.values(), timeout=0.25)
        finally:
            await self._end()

    async def _ask(self) -> list[dict[str, Any]]:
        timeout = 0 if self._running else LONG_POLL
        ask = RawUpdates(offset=self._offset, timeout=timeout, allowed_updates=list(ALLOWED))
        return await self._bot(ask, request_timeout=timeout + 20)

    def _begin(self, raw: dict[str, Any]) -> None:
        update_id: int = raw["update_id"]
        if self._offset is None:
            self._offset = update_id
        if update_id < self._offset or update_id in self._running or update_id in self._done:
            return
        self._running[update_id] = self._nursery.start(self._handle(raw), name=f"update {update_id}")

    async def _handle(self, raw: dict[str, Any]) -> None:
        """Until its effect is on disk, however long that takes, and what there is to say is said."""
        await self._intake.take_patiently(raw)
        self._confirm(raw["update_id"])

    def _confirm(self, update_id: int) -> None:
        """Move the offset past every update below which all is done."""
        del self._running[update_id]
        self._done.add(update_id)
        lowest = min(self._running, default=max(self._done) + 1)
        self._offset = lowest
        self._done = {one for one in self._done if one >= lowest}

    async def _end(self) -> None:
        """Let what is being worked on finish, and confirm it."""
        if self._running:
            await asyncio.wait(self._running.values(), timeout=5)
        if self._offset is not None:
            try:
                await self._bot(RawUpdates(offset=self._offset, timeout=0, limit=1), request_timeout=3)
            except TelegramAPIError as problem:
                log.info("could not confirm the last updates, they will come again: %s", problem)
