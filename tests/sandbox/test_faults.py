"""Failures on order look as they do at Telegram, and what was not to be done is not done."""

from collections.abc import Callable

import aiohttp
import pytest

from sandbox import Fault, Person, Sandbox
from tests.sandbox.conftest import Api, NotOk

HELLO = {"chat_id": 5001, "text": "hi"}


async def test_a_dropped_request_is_not_done(api: Api, tg: Sandbox, rider: Person):
    tg.order(Fault(method="sendMessage", kind="drop"))
    with pytest.raises(aiohttp.ClientError):
        await api("sendMessage", **HELLO)
    assert rider.from_bot == []
    await api("sendMessage", **HELLO)
    assert [call.status for call in tg.calls_to("sendMessage")] == [0, 200]


async def test_a_request_can_be_done_and_its_answer_lost(api: Api, tg: Sandbox, rider: Person):
    tg.order(Fault(method="*", kind="drop_after"))
    with pytest.raises(aiohttp.ClientError):
        await api("sendMessage", **HELLO)
    assert len(rider.from_bot) == 1


async def test_a_flood_names_its_seconds(api: Api, tg: Sandbox, rider: Person):
    tg.order(Fault(method="sendMessage", kind="flood_429", retry_after=7))
    with pytest.raises(NotOk) as refused:
        await api("sendMessage", **HELLO)
    assert refused.value.answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }


async def test_errors_of_the_server(api: Api, tg: Sandbox, rider: Person):
    for kind, status in (("error_500", 500), ("unauthorized_401", 401)):
        tg.order(Fault(method="sendMessage", kind=kind))
        with pytest.raises(NotOk) as refused:
            await api("sendMessage", **HELLO)
        assert refused.value.status == status
    tg.order(Fault(method="sendMessage", kind="html_502"))
    async with api.session.post(api.url("sendMessage"), json=HELLO) as response:
        assert (response.status, response.content_type) == (502, "text/html")
    assert rider.from_bot == []


async def test_a_slow_request_is_done_in_the_end(api: Api, tg: Sandbox, rider: Person):
    tg.order(Fault(method="sendMessage", kind="slow", seconds=0.01))
    await api("sendMessage", **HELLO)
    assert len(rider.from_bot) == 1


async def test_faults_can_skip_repeat_and_mean_one_chat(api: Api, tg: Sandbox, rider: Person):
    tg.person(5002)
    tg.order(Fault(method="sendMessage", kind="error_500", skip=1, times=2, chat_id=5001))
    outcomes = []
    for chat_id in (5001, 5002, 5001, 5001, 5001):
        try:
            await api.form("sendMessage", {"chat_id": str(chat_id), "text": "x"})
            outcomes.append(200)
        except NotOk as refused:
            outcomes.append(refused.status)
    assert outcomes == [200, 200, 500, 500, 200]


async def test_downloads_fail_too(api: Api, tg: Sandbox, rider: Person, jpeg: Callable[..., bytes]):
    photo = rider.send_photo(jpeg())["photo"][0]
    tg.order(Fault(method="*", kind="error_500", skip=1))  # "any method" is no download
    path = (await api("getFile", file_id=photo["file_id"]))["file_path"]
    url = f"{tg.url}/file/bot{tg.token}/{path}"
    tg.order(Fault(method="file", kind="error_500"))
    for status in (500, 200):
        async with api.session.get(url) as response:
            assert response.status == status


def test_a_misspelt_fault_is_refused():
    with pytest.raises(ValueError, match="no such fault"):
        Fault(method="*", kind="flood")  # type: ignore[arg-type]
