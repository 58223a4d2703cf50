"""A Bot API server that only counts: it answers every request at once, so that what is measured is the bot.

The sandbox checks all that Telegram would check; what takes a bot longer than that is measured over it instead
(`bot/bench/question.py`).
"""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Self

import orjson
from aiohttp import web

FILE_SECONDS = 0.1
"""How long Telegram takes for a request about a file."""
POLL_SECONDS = 20.0
PICTURE = Path(__file__).parents[2] / "sandbox" / "samples" / "water-leak.jpg"
FILE_ID = re.compile(rb"rider-(\d+)")


class Peer:
    """`async with Peer() as peer`; bots are told apart by the number in their token."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()  # by bot and method
        self.photos: dict[tuple[str, int], float] = {}  # when the photo of a rider was first sent on, by bot and rider
        self._picture = PICTURE.read_bytes()
        self._numbers = count(1)
        self._waiting: list[tuple[Callable[[], bool], asyncio.Future[None]]] = []
        app = web.Application(client_max_size=2**24)
        app.router.add_post("/bot{bot}:{secret}/{method}", self._method)
        app.router.add_get("/file/bot{token}/{path:.*}", self._file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        self.url = ""

    async def __aenter__(self) -> Self:
        """Listen on a free port."""
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, backlog=1024).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        """End."""
        await self._runner.cleanup()

    async def until(self, is_so: Callable[[], bool], *, seconds: float = 60.0) -> None:
        """Wait until something is so; it is looked at with each request.

        Raises:
            TimeoutError: it did not come to that.
        """
        if not is_so():
            waiting = asyncio.get_running_loop().create_future()
            self._waiting.append((is_so, waiting))
            async with asyncio.timeout(seconds):
                await waiting

    async def _method(self, request: web.Request) -> web.Response:
        bot, method = request.match_info["bot"], request.match_info["method"]
        body = await request.read()
        self.counts[bot, method] += 1
        if method == "sendPhoto" and (found := FILE_ID.search(body)):
            self.photos.setdefault((bot, int(found[1])), time.perf_counter())
        self._look()
        match method:
            case "getMe":
                result: object = {"id": int(bot), "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
            case "getUpdates":
                await asyncio.sleep(POLL_SECONDS)
                result = []
            case "getFile":
                await asyncio.sleep(FILE_SECONDS)
                size = len(self._picture)
                result = {"file_id": "x", "file_unique_id": "x", "file_size": size, "file_path": "photo.jpg"}
            case "sendMessage" | "sendPhoto" | "sendLocation" | "editMessageText":
                chat = {"id": 1, "type": "private", "first_name": "Rider"}
                result = {"message_id": next(self._numbers), "date": 1767225600, "chat": chat, "text": "…"}
            case _:
                result = True
        return web.Response(body=orjson.dumps({"ok": True, "result": result}), content_type="application/json")

    async def _file(self, _: web.Request) -> web.Response:
        await asyncio.sleep(FILE_SECONDS)
        return web.Response(body=self._picture, content_type="application/octet-stream")

    def _look(self) -> None:
        for is_so, waiting in self._waiting:
            if not waiting.done() and is_so():
                waiting.set_result(None)
        self._waiting = [one for one in self._waiting if not one[1].done()]
