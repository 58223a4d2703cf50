"""Webhooks: the secret, order within a chat, retries, answers that are requests."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from sandbox import Person, Sandbox
from sandbox.bell import Bell
from tests.belled import PATIENCE
from tests.sandbox.conftest import Api


class Hook:
    """A bot's web server that does what the test says with each update."""

    def __init__(self) -> None:
        self.seen: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.answers: list[web.Response] = []  # the next ones; then plain 200
        self.gate = asyncio.Event()
        self.gate.set()
        self.changed = Bell()
        self.url = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.seen.append(await request.json())
        self.headers.append(dict(request.headers))
        self.changed.ring()
        await self.gate.wait()
        return self.answers.pop(0) if self.answers else web.Response()

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.seen]

    async def until(self, true: Callable[[], bool]) -> None:
        await self.changed.wait_until(lambda: true() or None, PATIENCE)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    hook.gate.set()
    await runner.cleanup()


async def test_updates_are_posted_with_the_secret(api: Api, tg: Sandbox, rider: Person, hook: Hook):
    rider.send_text("before")
    await api("setWebhook", url=hook.url, secret_token="open-sesame")
    rider.send_text("after")
    await tg.settled()
    assert hook.texts == ["before", "after"]
    assert all(headers["X-Telegram-Bot-Api-Secret-Token"] == "open-sesame" for headers in hook.headers)
    info = await api("getWebhookInfo")
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (hook.url, 0, 40)


async def test_a_chat_waits_for_its_own_updates_only(api: Api, tg: Sandbox, rider: Person, hook: Hook):
    await api("setWebhook", url=hook.url)
    hook.gate.clear()
    rider.send_text("a1")
    rider.send_text("a2")
    tg.person(5002).send_text("b1")
    await hook.until(lambda: len(hook.seen) == 2)
    assert sorted(hook.texts) == ["a1", "b1"]
    hook.gate.set()
    await tg.settled()
    assert hook.texts[2:] == ["a2"]


async def test_no_more_connections_than_asked_for(api: Api, tg: Sandbox, hook: Hook):
    await api("setWebhook", url=hook.url, max_connections=2)
    hook.gate.clear()
    for number in range(5):
        tg.person(6000 + number).send_text("x")
    await hook.until(lambda: len(hook.seen) == 2)
    await api("getMe")  # a round trip in which a third could have come
    assert len(hook.seen) == 2
    hook.gate.set()
    await tg.settled()


async def test_an_update_comes_again_until_it_is_taken(api: Api, tg: Sandbox, rider: Person, hook: Hook):
    hook.answers = [web.Response(status=500), web.Response(status=404)]
    await api("setWebhook", url=hook.url)
    rider.send_text("first")
    rider.send_text("second")
    await tg.settled()
    assert hook.texts == ["first", "first", "first", "second"]
    assert len({update["update_id"] for update in hook.seen[:3]}) == 1
    assert "404" in (await api("getWebhookInfo"))["last_error_message"]


async def test_an_old_update_is_posted_again(api: Api, tg: Sandbox, rider: Person, hook: Hook):
    await api("setWebhook", url=hook.url)
    rider.send_text("x")
    await tg.settled()
    tg.redeliver(hook.seen[0]["update_id"])
    await tg.settled()
    assert hook.seen[0] == hook.seen[1]


async def test_an_answer_in_json_is_a_request(api: Api, tg: Sandbox, rider: Person, hook: Hook):
    answer = {"method": "sendMessage", "chat_id": 5001, "text": "by the way"}
    hook.answers = [web.json_response(answer), web.json_response({"method": "sendMessage", "chat_id": 5001})]
    await api("setWebhook", url=hook.url)
    rider.send_text("hi")
    rider.send_text("again")
    await tg.settled()
    assert [message["text"] for message in rider.from_bot] == ["by the way"]
    assert [call.status for call in tg.calls_to("sendMessage")] == [200, 400]


async def test_an_answer_in_multipart_is_a_request_too(api: Api, tg: Sandbox, rider: Person, hook: Hook, jpeg: Any):
    form = aiohttp.MultipartWriter("form-data")
    for name, value in {"method": "sendPhoto", "chat_id": "5001", "photo": "attach://here"}.items():
        form.append(value).set_content_disposition("form-data", name=name)
    form.append(jpeg()).set_content_disposition("form-data", name="here", filename="a.jpg")
    hook.answers = [web.Response(body=form, headers=form.headers)]
    await api("setWebhook", url=hook.url)
    rider.send_text("hi")
    assert await rider.wait_for(lambda message: "photo" in message)


async def test_no_more_is_posted_after_deletion(api: Api, tg: Sandbox, rider: Person, hook: Hook):
    await api("setWebhook", url=hook.url)
    rider.send_text("one")
    await tg.settled()
    await api("deleteWebhook")
    rider.send_text("two")
    assert [update["message"]["text"] for update in await api("getUpdates")] == ["two"]
    assert hook.texts == ["one"]


async def test_a_webhook_that_is_down_keeps_updates_waiting(api: Api, tg: Sandbox, rider: Person):
    await api("setWebhook", url="http://127.0.0.1:9/down")
    rider.send_text("x")
    while "last_error_message" not in (info := await api("getWebhookInfo")):
        pass  # it tries at once, and says so
    assert info["last_error_message"].startswith("Connection failed")
    assert [update["message"]["text"] for update in tg.pending_updates] == ["x"]
