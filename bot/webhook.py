"""The way in by webhook: Telegram is answered 200 only when the update's effect is on disk.

The answer to a press rides on that answer (one request less).
"""

import hmac
import logging
from typing import Any

import orjson
from aiogram import Bot
from aiohttp import web

from bot.intake import Intake, TryAgain
from bot.session import as_json
from storage.store import StoreUnavailable

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
PATH = "/telegram"
MOST_BYTES = 2_000_000
"""An update is a few kilobytes."""


class Webhook:
    """An HTTP server that Telegram posts updates to."""

    def __init__(self, bot: Bot, intake: Intake, *, secret: str, path: str = PATH) -> None:
        self._bot = bot
        self._intake = intake
        self._secret = secret.encode()
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_post(path, self._update)
        app.router.add_get("/health", self._health)
        self._runner = web.AppRunner(app, access_log=None)

    async def start(self, host: str, port: int) -> int:
        """Listen; return the port (of use when 0 was asked for)."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port, backlog=1024)
        await site.start()
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Answer what is being worked on, then end."""
        await self._runner.cleanup()

    async def _update(self, request: web.Request) -> web.Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode("utf-8", "replace"), self._secret):
            return web.Response(status=401)
        try:
            raw: dict[str, Any] = orjson.loads(await request.read())
            raw["update_id"] = int(raw["update_id"])
        except (ValueError, TypeError, KeyError):
            return web.Response(status=400)
        try:
            rest = await self._intake.take(raw)
        except (StoreUnavailable, TryAgain) as problem:
            log.warning("update %s must come again: %s", raw["update_id"], problem)
            return web.Response(status=503, headers={"Retry-After": "1"})
        if rest is None:
            return web.Response()
        body = {**(as_json(rest, self._bot) or {}), "method": rest.__api_method__}
        return web.Response(body=orjson.dumps(body), content_type="application/json")

    async def _health(self, _: web.Request) -> web.Response:
        return web.Response(text="ok")
