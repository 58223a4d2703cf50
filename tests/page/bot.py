"""A bot for these tests: plain Bot API calls over HTTP, so that each test says itself what the bot does."""

import json
from typing import Any

import aiohttp

from sandbox import Sandbox


class Bot:
    """Calls methods of the Bot API of one sandbox."""

    def __init__(self, sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
        self._methods = f"{sandbox.url}/bot{sandbox.token}/"
        self._files = f"{sandbox.url}/file/bot{sandbox.token}/"
        self._http = http
        self._offset = 0

    async def call(self, method: str, **params: Any) -> Any:
        """The method's result; values that are bytes are uploaded as files of the same name."""
        form = aiohttp.FormData()
        for name, value in params.items():
            if isinstance(value, bytes):
                form.add_field(name, value, filename=f"{name}.jpg")
            else:
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        async with self._http.post(self._methods + method, data=form) as answer:
            said = await answer.json()
        assert said["ok"], said
        return said["result"]

    async def say(self, chat_id: int, text: str, **more: Any) -> int:
        """Send a text in HTML; its message id."""
        message = await self.call("sendMessage", chat_id=chat_id, text=text, parse_mode="HTML", **more)
        return int(message["message_id"])

    async def next(self, kind: str) -> Any:
        """Wait for the next update of a kind; the ones before it are passed over."""
        while True:
            for update in await self.call("getUpdates", offset=self._offset, timeout=5, limit=1):
                self._offset = update["update_id"] + 1
                if kind in update:
                    return update[kind]

    async def download(self, file_id: str) -> bytes:
        """The bytes of a file."""
        file = await self.call("getFile", file_id=file_id)
        async with self._http.get(self._files + file["file_path"]) as answer:
            return await answer.read()


def inline(*rows: list[dict[str, str]]) -> dict[str, Any]:
    """An inline keyboard."""
    return {"inline_keyboard": list(rows)}
