"""aiogram's way to the Bot API, with three changes.

Requests without files go as JSON rather than as a multipart form, which costs the sender and the receiver less. Of a
message that was sent no more is read than which one it is. And an answer that is no JSON (a proxy's `502 Bad Gateway`
page) is a server error, not a decoding error: one may try again.
"""

from types import NoneType
from typing import Any, cast

import orjson
from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError, TelegramServerError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import File, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyKeyboardMarkup
from aiohttp import ClientError
from pydantic import BaseModel

_KEPT = (Response[bool], Response[Message], Response[File])
"""pydantic forgets a generic type that nobody holds, and takes milliseconds to make it again for the next answer."""

_FLAT = (InlineKeyboardMarkup, ReplyKeyboardMarkup)
"""Models in which there is neither a default nor a file: pydantic dumps them in a fifth of the time."""

_SIMPLE = (str, int, float, NoneType)


_OF_MESSAGE = ("message_id", "date", "chat")
"""Without these aiogram takes it for none."""


def _loads(text: str) -> Any:
    """An answer; of a message that was sent, or edited, no more than which one it is.

    Nobody asks for the rest, and pydantic takes a tenth of a millisecond to look at all buttons of a card.
    """
    answer = orjson.loads(text)
    result = answer.get("result") if isinstance(answer, dict) else None
    if isinstance(result, dict) and "message_id" in result:
        answer["result"] = {name: result[name] for name in _OF_MESSAGE if name in result}
    return answer


def _dumps(value: Any) -> str:
    return orjson.dumps(value).decode()


def make_bot(token: str, api_url: str) -> Bot:
    """A bot that speaks to any Bot API server; HTML, no link previews."""
    from aiogram.client.default import DefaultBotProperties

    session = JsonSession(api=TelegramAPIServer.from_base(api_url), json_loads=_loads, json_dumps=_dumps)
    return Bot(
        token,
        session=session,
        default=DefaultBotProperties(parse_mode="HTML", link_preview=LinkPreviewOptions(is_disabled=True)),
    )


def as_json(method: TelegramMethod[Any], bot: Bot) -> dict[str, Any] | None:
    """The method's parameters as plain JSON values; None if it carries files."""
    files: dict[str, Any] = {}
    prepared: dict[str, Any] = _plain(method, bot, files)
    return None if files else prepared


def _plain(value: Any, bot: Bot, files: dict[str, Any]) -> Any:
    """As aiogram's `prepare_value` has it, without dumping first what it then goes through once more."""
    if isinstance(value, _SIMPLE):
        return value
    if isinstance(value, Default):
        return _plain(bot.default[value.name], bot, files)
    if isinstance(value, list):
        return [_plain(one, bot, files) for one in value]
    if isinstance(value, _FLAT):
        return value.model_dump(exclude_none=True)
    if isinstance(value, BaseModel):
        given = ((name, _plain(one, bot, files)) for name, one in value if one is not None)
        return {name: plain for name, plain in given if plain is not None}
    return bot.session.prepare_value(value, bot=bot, files=files, _dumps_json=False)


class JsonSession(AiohttpSession):
    """See the head of this file."""

    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        """Send one request and read its answer.

        Raises:
            TelegramNetworkError: among others, when this is closed: whoever comes late must not open it again.
        """
        if self._session is not None and self._session.closed:
            raise TelegramNetworkError(method=method, message="the connections are closed")
        body = as_json(method, bot)
        if body is None:
            return await self._checked(super().make_request(bot, method, timeout=timeout), method)
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        try:
            async with session.post(
                url,
                data=orjson.dumps(body),
                headers={"Content-Type": "application/json"},
                timeout=self.timeout if timeout is None else timeout,  # type: ignore[arg-type]
            ) as answer:
                raw = await answer.text()
        except TimeoutError as problem:
            raise TelegramNetworkError(method=method, message="Request timeout error") from problem
        except (ClientError, OSError) as problem:
            raise TelegramNetworkError(method=method, message=f"{type(problem).__name__}: {problem}") from problem

        async def check() -> TelegramType:
            checked = self.check_response(bot=bot, method=method, status_code=answer.status, content=raw)
            return cast("TelegramType", checked.result)

        return await self._checked(check(), method)

    async def close(self) -> None:
        """End the connections; only those with TLS need the moment that aiogram gives them."""
        if self.api.base.startswith("https:"):
            await super().close()
        elif self._session is not None:
            await self._session.close()

    @staticmethod
    async def _checked(request: Any, method: TelegramMethod[TelegramType]) -> TelegramType:
        try:
            return cast("TelegramType", await request)
        except ClientDecodeError as problem:
            raise TelegramServerError(method=method, message=f"not JSON: {str(problem.data)[:200]}") from problem
