"""The webhook: who may post, what is answered to what, and that 200 means «on disk»."""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from aiogram.methods import AnswerCallbackQuery

from bot.intake import Intake, TryAgain
from bot.session import make_bot
from bot.webhook import MOST_BYTES, PATH, SECRET_HEADER, Webhook
from storage.store import StoreUnavailable

SECRET = "s3cret-of-telegram_and-us"
GOOD = {SECRET_HEADER: SECRET}


class Scripted(Intake):
    """In place of the intake: gives or raises what the test says."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.gives: AnswerCallbackQuery | Exception | None = None

    async def take(self, raw: dict[str, Any]) -> AnswerCallbackQuery | None:
        """Note it."""
        self.taken.append(raw)
        if isinstance(self.gives, Exception):
            raise self.gives
        return self.gives


@dataclass
class Room:
    """A webhook that listens."""

    intake: Scripted
    url: str
    http: aiohttp.ClientSession

    async def post(self, body: bytes = b'{"update_id": 7}', **headers: str) -> tuple[int, Any]:
        """Status and what the answer asks for, if anything."""
        async with self.http.post(self.url, data=io.BytesIO(body), headers=headers or GOOD) as answer:
            return answer.status, await answer.json() if answer.content_type == "application/json" else None


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    """On a free port."""
    bot, intake = make_bot("1:a", "http://127.0.0.1:1"), Scripted()
    webhook = Webhook(bot, intake, secret=SECRET)
    port = await webhook.start("127.0.0.1", 0)
    async with aiohttp.ClientSession() as http:
        yield Room(intake, f"http://127.0.0.1:{port}{PATH}", http)
    await webhook.stop()
    await bot.session.close()


async def test_an_update_that_took_effect_is_answered_200(room: Room) -> None:
    assert await room.post(b'{"update_id": 7, "message": {}}') == (200, None)
    assert room.intake.taken == [{"update_id": 7, "message": {}}]


@pytest.mark.parametrize("secret", ["", "wrong", SECRET[:-1], SECRET + "x", "\u00fcnlesbar"])
async def test_who_does_not_know_the_secret_is_turned_away(room: Room, secret: str) -> None:
    assert await room.post(**{SECRET_HEADER: secret}) == (401, None)
    assert await room.post(**{"X-Other": "header"}) == (401, None)
    assert room.intake.taken == []


@pytest.mark.parametrize(
    "body", [b"", b"no JSON", b"[1]", b"7", b"null", b"{}", b'{"update_id": null}', b'{"update_id": "x"}', b"\xff\xfe"]
)
async def test_what_is_no_update_is_a_bad_request(room: Room, body: bytes) -> None:
    assert await room.post(body) == (400, None)
    assert room.intake.taken == []


async def test_what_is_far_too_large_is_not_read(room: Room) -> None:
    status, _ = await room.post(b'{"update_id": 7, "x": "' + b"x" * MOST_BYTES + b'"}')
    assert status == 413
    assert room.intake.taken == []


@pytest.mark.parametrize("problem", [StoreUnavailable("disk full"), TryAgain("E-7")])
async def test_what_has_no_effect_yet_must_come_again(room: Room, problem: Exception) -> None:
    room.intake.gives = problem
    assert (await room.post())[0] == 503
    room.intake.gives = None
    assert (await room.post())[0] == 200


async def test_the_answer_to_a_press_rides_on_the_answer_to_the_webhook(room: Room) -> None:
    room.intake.gives = AnswerCallbackQuery(callback_query_id="9", text="done")
    said = {"method": "answerCallbackQuery", "callback_query_id": "9", "text": "done"}
    assert await room.post() == (200, said)


async def test_health_is_for_everybody(room: Room) -> None:
    async with room.http.get(room.url.replace(PATH, "/health")) as answer:
        assert (answer.status, await answer.text()) == (200, "ok")
    async with room.http.get(room.url) as answer:
        assert answer.status == 405
