"""Delivers updates to the bot's webhook: those of one chat in order, those of different chats side by side."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import replace

import aiohttp

from sandbox import body
from sandbox.body import Uploads
from sandbox.nursery import Nursery
from sandbox.parameters import Params
from sandbox.refusals import Refused
from sandbox.updates import Update, Updates, WebhookSettings

log = logging.getLogger(__name__)

FIRST_WAIT = 0.05  # seconds until the second try; Telegram's are longer
LONGEST_WAIT = 2.0
ANSWER_WITHIN = 60.0

Execute = Callable[[str, Params, Uploads], Awaitable[object]]


class Delivery:
    """Posts the queue's updates as long as a webhook is set."""

    def __init__(self, updates: Updates, execute: Execute, *, clock: Callable[[], float]) -> None:
        self._updates = updates
        self._execute = execute
        self._clock = clock
        self._chats: dict[int, deque[Update]] = {}  # what each chat still has to say; the first is on its way
        self._ready: asyncio.Queue[int] = asyncio.Queue()
        self._tries: dict[int, int] = {}  # failed tries by chat
        self._workers = Nursery()
        self._session: aiohttp.ClientSession | None = None
        self._changing = asyncio.Lock()
        updates.listeners.append(self._add)

    async def restart(self) -> None:
        """Begin anew with the settings that the queue has now."""
        async with self._changing:
            await self._stop()
            self._start(self._updates.webhook)

    def _start(self, settings: WebhookSettings) -> None:
        if not settings.url:
            return
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN),
            connector=aiohttp.TCPConnector(limit=0),
        )
        for update in self._updates.pending.values():
            self._add(update)
        for _ in range(settings.max_connections):
            self._workers.start(self._work())

    async def stop(self) -> None:
        """Deliver no more; what was on its way comes again later."""
        async with self._changing:
            await self._stop()

    async def _stop(self) -> None:
        await self._workers.stop()
        self._chats.clear()
        self._tries.clear()
        self._ready = asyncio.Queue()
        if self._session:
            await self._session.close()
            self._session = None

    def _add(self, update: Update) -> None:
        if self._session is None:
            return
        waiting = self._chats.get(update.chat_id)
        if waiting:
            waiting.append(update)
        else:
            self._chats[update.chat_id] = deque([update])
            self._ready.put_nowait(update.chat_id)

    async def _work(self) -> None:
        while True:
            chat_id = await self._ready.get()
            waiting = self._chats[chat_id]
            if await self._post(waiting[0]):
                self._updates.confirm([waiting.popleft().update_id])
                self._tries.pop(chat_id, None)
                if waiting:
                    self._ready.put_nowait(chat_id)
                else:
                    del self._chats[chat_id]
            else:
                tries = self._tries[chat_id] = self._tries.get(chat_id, 0) + 1
                wait = min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)
                asyncio.get_running_loop().call_later(wait, self._ready.put_nowait, chat_id)

    async def _post(self, update: Update) -> bool:
        """Whether the bot took it."""
        assert self._session is not None
        settings = self._updates.webhook
        headers = {"Content-Type": "application/json"}
        if settings.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = settings.secret_token
        try:
            async with self._session.post(settings.url, data=update.body, headers=headers) as answer:
                content = await answer.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self._failed(f"Connection failed: {type(error).__name__}")
            return False
        if not 200 <= answer.status < 300:
            self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
            return False
        if content:
            await self._obey(answer.headers.get("Content-Type", ""), content)
        return True

    async def _obey(self, content_type: str, content: bytes) -> None:
        """An answer may hold one request to the Bot API; nobody hears of its result."""
        try:
            params, uploads = body.parse(content_type, content)
        except Refused as refusal:
            log.warning("the webhook's answer cannot be read: %s", refusal.description)
            return
        method = params.pop("method", None)
        if isinstance(method, str):
            await self._execute(method, params, uploads)

    def _failed(self, reason: str) -> None:
        settings = self._updates.webhook
        self._updates.webhook = replace(settings, last_error_date=int(self._clock()), last_error_message=reason)
