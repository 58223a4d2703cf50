"""How a request gets in: token, method, JSON, forms, and parameters that are checked."""

import asyncio
import io
from typing import Any

import aiohttp
import pytest

from sandbox import Person, Sandbox
from tests.sandbox.conftest import Api

HELLO = {"chat_id": 5001, "text": "hi"}


async def test_another_token_is_refused(session: aiohttp.ClientSession, tg: Sandbox):
    async with session.post(f"{tg.url}/bot1:other/getMe") as response:
        assert response.status == 401
        assert await response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_an_unknown_method_is_not_found(api: Api):
    assert await api.refusal("sendFax") == "Not Found: method not found"


async def test_method_names_are_case_insensitive(api: Api):
    assert (await api("GETME"))["username"] == "warmgrid_bot"


async def test_json_query_form_and_multipart_say_the_same(api: Api, rider: Person):
    keyboard = '{"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}'
    as_form = {"chat_id": "5001", "text": "hi", "reply_markup": keyboard, "disable_notification": "true"}
    multipart = aiohttp.FormData(as_form, default_to_multipart=True)
    await api("sendMessage", **HELLO, reply_markup={"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]})
    await api.form("sendMessage", as_form)
    await api.form("sendMessage", multipart)
    async with api.session.get(api.url("sendMessage"), params=as_form) as response:
        assert response.status == 200
    first, *others = rider.from_bot
    assert len(others) == 3
    for other in others:
        assert {**other, "message_id": 0} == {**first, "message_id": 0}


@pytest.mark.parametrize(
    ("method", "params", "says"),
    [
        ("sendMessage", {"text": "hi"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 5001}, "message text is empty"),
        ("sendMessage", {**HELLO, "txt": "hi"}, 'unknown parameter "txt"'),
        ("sendMessage", {**HELLO, "text": 5}, '"text" must be of type String'),
        ("sendMessage", {**HELLO, "chat_id": 1.5}, '"chat_id" must be of type Integer'),
        ("sendMessage", {**HELLO, "chat_id": True}, '"chat_id" must be of type Integer'),
        ("sendMessage", {**HELLO, "disable_notification": "maybe"}, "must be of type Boolean"),
        ("sendMessage", {**HELLO, "reply_markup": {}}, "must be of type InlineKeyboardMarkup or"),
        ("sendMessage", {**HELLO, "reply_markup": "{not json"}, "can't parse reply_markup JSON"),
        ("sendMessage", {**HELLO, "reply_markup": {"inline_keyboard": [{"text": "x"}]}}, "must be of type"),
        ("sendMessage", {**HELLO, "link_preview_options": {"disabled": True}}, 'unknown field "disabled"'),
        ("sendMessage", {**HELLO, "entities": [{"type": "bold", "offset": 0}]}, 'can\'t find field "length"'),
        ("sendMessage", {**HELLO, "entities": [{"type": "bold", "offset": 1, "length": 5}]}, "outside of the text"),
        ("sendMessage", {**HELLO, "text": "half a pair: \ud83d"}, "UTF-8"),
        ("sendMessage", {**HELLO, "chat_id": Sandbox.never_started}, "chat not found"),
        ("sendMessage", {**HELLO, "chat_id": "@nobody"}, "chat not found"),
        ("sendMessage", {**HELLO, "reply_parameters": {"message_id": 77}}, "message to be replied not found"),
        ("sendLocation", {"chat_id": 5001, "latitude": 91, "longitude": 0}, "wrong latitude or longitude"),
        ("sendLocation", {"chat_id": 5001, "latitude": "nan", "longitude": 0}, "must be of type Float"),
        ("sendChatAction", {"chat_id": 5001, "action": "sleeping"}, "wrong parameter action"),
        ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [], "scope": {"type": "everywhere"}}, "with a type of default"),
        ("getChatMember", {"chat_id": 5001, "user_id": 1}, "user not found"),
        ("setWebhook", {"url": "ftp://example.org"}, "bad webhook"),
        ("setWebhook", {"url": "http://localhost/", "secret_token": "ä"}, "unallowed characters"),
    ],
)
async def test_what_telegram_would_refuse_is_refused(
    api: Api, rider: Person, method: str, params: dict[str, Any], says: str
):
    description = await api.refusal(method, **params)
    assert description.startswith("Bad Request: ")
    assert says in description
    assert rider.from_bot == []


async def test_a_reply_holds_what_it_replies_to(api: Api, rider: Person):
    asked = rider.send_text("where?")
    answer = await api("sendMessage", **HELLO, reply_parameters={"message_id": asked["message_id"]})
    assert answer["reply_to_message"]["text"] == "where?"
    lone = {"message_id": 999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await api("sendMessage", **HELLO, reply_parameters=lone)


async def test_every_request_is_noted_with_typed_parameters(api: Api, tg: Sandbox, rider: Person):
    await api.form("sendMessage", {"chat_id": "5001", "text": "hi"})
    await api.refusal("sendMessage", chat_id=5001)
    done, refused = tg.calls_to("sendmessage")
    assert (done.method, done.status, done.params["chat_id"]) == ("sendMessage", 200, 5001)
    assert refused.status == 400


async def test_a_test_can_wait_for_a_request(api: Api, tg: Sandbox, rider: Person):
    waiting = asyncio.gather(tg.called("sendChatAction", times=2))
    for _ in range(2):
        await api("sendChatAction", chat_id=5001, action="typing")
    assert [call.params["action"] for call in (await waiting)[0]] == ["typing", "typing"]
    with pytest.raises(TimeoutError):
        await tg.called("getMe", timeout=0)


async def test_too_large_a_request_is_refused(api: Api, rider: Person):
    form = aiohttp.FormData({"chat_id": "5001"})
    form.add_field("document", io.BytesIO(bytes(51 * 1024 * 1024)), filename="huge.bin")
    async with api.session.post(api.url("sendDocument"), data=form) as response:
        assert response.status == 413
        assert (await response.json())["description"] == "Request Entity Too Large"
