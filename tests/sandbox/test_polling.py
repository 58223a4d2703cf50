"""getUpdates: offsets, long polls, conflicts."""

import asyncio
from typing import Any

import pytest

from sandbox import Person, Sandbox
from tests.sandbox.conftest import Api, NotOk


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_stay_until_an_offset_confirms_them(api: Api, tg: Sandbox, rider: Person):
    for text in "abc":
        rider.send_text(text)
    updates = await api("getUpdates")
    assert texts(updates) == ["a", "b", "c"]
    assert texts(await api("getUpdates", offset=updates[1]["update_id"])) == ["b", "c"]
    assert texts(await api("getUpdates", limit=1)) == ["b"]
    assert await api("getUpdates", offset=updates[2]["update_id"] + 1) == []
    assert tg.pending_updates == []
    await tg.settled()


async def test_a_negative_offset_leaves_only_the_last(api: Api, tg: Sandbox, rider: Person):
    for text in "abc":
        rider.send_text(text)
    assert texts(await api("getUpdates", offset=-1)) == ["c"]
    assert len(tg.pending_updates) == 1


async def polling(api: Api) -> asyncio.Future[Any]:
    """A long poll that the sandbox has begun to wait with."""
    poll = asyncio.ensure_future(api("getUpdates", timeout=30))  # noqa: TID251 (awaited by the test)
    await api.tg.polled()
    return poll


async def test_a_long_poll_ends_with_the_first_update(api: Api, rider: Person):
    poll = await polling(api)
    rider.send_text("at last")
    assert texts(await poll) == ["at last"]


async def test_a_second_poller_ends_the_first(api: Api, rider: Person):
    first = await polling(api)
    second = asyncio.ensure_future(api("getUpdates", timeout=30))  # noqa: TID251 (awaited below)
    with pytest.raises(NotOk, match="Conflict: terminated by other getUpdates request") as refused:
        await first
    assert refused.value.status == 409
    rider.send_text("x")
    assert texts(await second) == ["x"]


async def test_polling_and_a_webhook_exclude_each_other(api: Api):
    poll = await polling(api)
    await api("setWebhook", url="http://127.0.0.1:9/nobody")
    with pytest.raises(NotOk, match="terminated by setWebhook request"):
        await poll
    assert "can't use getUpdates method while webhook is active" in await api.refusal("getUpdates")
    await api("deleteWebhook")
    assert await api("getUpdates") == []


async def test_only_the_kinds_asked_for_come(api: Api, rider: Person):
    await api("getUpdates", allowed_updates=["message"])
    message = await api("sendMessage", chat_id=5001, text="x")
    rider.press(message["message_id"], data="y")
    rider.send_text("z")
    assert texts(await api("getUpdates")) == ["z"]
    await api("getUpdates", allowed_updates=[])
    rider.press(message["message_id"], data="y")
    assert "callback_query" in (await api("getUpdates"))[-1]


async def test_an_old_update_comes_again_under_its_id(api: Api, tg: Sandbox, rider: Person):
    for text in "ab":
        rider.send_text(text)
    old, new = await api("getUpdates")
    after = new["update_id"] + 1
    await api("getUpdates", offset=after)
    tg.redeliver(old["update_id"])
    assert await api("getUpdates", offset=after) == [old]
    assert await api("getUpdates", offset=after) == []


async def test_settled_names_what_is_left(tg: Sandbox, rider: Person):
    rider.send_text("nobody reads this")
    with pytest.raises(TimeoutError, match="nobody reads this"):
        await tg.settled(timeout=0)


async def test_dropping_what_is_pending(api: Api, tg: Sandbox, rider: Person):
    rider.send_text("x")
    await api("deleteWebhook", drop_pending_updates=True)
    assert tg.pending_updates == []
