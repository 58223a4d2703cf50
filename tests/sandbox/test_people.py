"""What people do and see."""

import asyncio

import pytest

from sandbox import Person, Sandbox
from tests.sandbox.conftest import Api, NotOk


async def test_a_command_is_an_update_with_its_entity(api: Api, rider: Person):
    rider.send_text("/start invite-1")
    message = (await api("getUpdates"))[0]["message"]
    assert message["text"] == "/start invite-1"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"] == {"id": 5001, "is_bot": False, "first_name": "王强", "language_code": "zh-hans"}
    assert message["chat"] == {"id": 5001, "type": "private", "first_name": "王强"}


async def test_a_person_is_created_once(tg: Sandbox, rider: Person):
    rider.send_text("hi")
    assert tg.person(5001, first_name="Other").messages == rider.messages
    assert tg.person(5001).first_name == "王强"


async def test_waiting_ends_with_the_message(api: Api, rider: Person):
    waiting = asyncio.gather(rider.wait_for("D-0001"), rider.wait_for(lambda message: "photo" not in message))
    first = await api("sendMessage", chat_id=5001, text="hello")
    await api("editMessageText", chat_id=5001, message_id=first["message_id"], text="your number: D-0001")
    by_text, by_predicate = await waiting
    assert by_text["text"] == "your number: D-0001"
    assert by_predicate["message_id"] == first["message_id"]


async def test_waiting_in_vain_prints_the_chat(api: Api, rider: Person):
    sent = await api("sendMessage", chat_id=5001, text="something else")
    with pytest.raises(TimeoutError, match="something else"):
        await rider.wait_for("something", timeout=0, after=sent["message_id"])


async def test_waiting_for_a_toast(api: Api, rider: Person):
    message = await api("sendMessage", chat_id=5001, text="x")
    waiting = asyncio.ensure_future(rider.wait_for_toast("yours"))  # noqa: TID251 (awaited below)
    query_id = rider.press(message["message_id"], data="accept")
    await api("answerCallbackQuery", callback_query_id=query_id, text="It is yours")
    assert (await waiting)["query_id"] == query_id


async def test_somebody_who_blocks_the_bot_is_not_reached(api: Api, rider: Person):
    rider.block()
    with pytest.raises(NotOk, match="Forbidden: bot was blocked by the user") as refused:
        await api("sendMessage", chat_id=5001, text="x")
    assert refused.value.status == 403
    with pytest.raises(RuntimeError):
        rider.send_text("x")
    rider.unblock()
    await api("sendMessage", chat_id=5001, text="x")
    changes = [update["my_chat_member"] for update in await api("getUpdates")]
    statuses = [(one["old_chat_member"]["status"], one["new_chat_member"]["status"]) for one in changes]
    assert statuses == [("member", "kicked"), ("kicked", "member")]


async def test_a_deleted_account_is_not_reached(api: Api, rider: Person):
    rider.delete_account()
    with pytest.raises(NotOk, match="Forbidden: user is deactivated"):
        await api("sendMessage", chat_id=5001, text="x")


async def test_commands_are_shown_by_scope_and_language(api: Api, tg: Sandbox, rider: Person):
    english = tg.person(5002, language_code="en")
    officer = {"type": "chat", "chat_id": 5002}
    for name, more in [
        ("general", {}),
        ("chinese", {"language_code": "zh"}),
        ("cases", {"scope": officer}),
    ]:
        await api("setMyCommands", commands=[{"command": name, "description": name}], **more)
    assert [command["command"] for command in rider.commands] == ["chinese"]
    assert [command["command"] for command in english.commands] == ["cases"]
    await api("deleteMyCommands", scope=officer)
    assert [command["command"] for command in english.commands] == ["general"]
    assert await api("getMyCommands", language_code="zh") == [{"command": "chinese", "description": "chinese"}]


async def test_the_bots_names_by_language(api: Api):
    await api("setMyDescription", description="grids")
    await api("setMyDescription", description="网格", language_code="zh")
    assert (await api("getMyDescription", language_code="zh"))["description"] == "网格"
    assert (await api("getMyDescription", language_code="fr"))["description"] == "grids"
    assert (await api("getMyName"))["name"] == "Warmgrid"
