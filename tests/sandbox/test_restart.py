"""With a folder, a restart finds everything, even after a kill."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import aiohttp

from sandbox import Sandbox
from tests.sandbox.conftest import Api

BUTTON = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


async def test_a_restart_finds_what_there_was(session: aiohttp.ClientSession, folder: Path, jpeg: Callable[..., bytes]):
    async with Sandbox(data_dir=folder) as tg:
        api = Api(session, tg)
        rider = tg.person(5001, first_name="王强", label={"zh": "骑手", "en": "Rider"})
        rider.send_text("confirmed")
        await api("getUpdates", offset=tg.last_update_id + 1)
        photo = rider.send_photo(jpeg(), caption="waits")
        gone = await api("sendMessage", chat_id=5001, text="gone")
        await api("deleteMessage", chat_id=5001, message_id=gone["message_id"])
        sent = await api("sendMessage", chat_id=5001, text="one", reply_markup=BUTTON)
        await api("editMessageText", chat_id=5001, message_id=sent["message_id"], text="two", reply_markup=BUTTON)
        await api("sendMessage", chat_id=5001, text="x", reply_markup={"keyboard": [[{"text": "Menu"}]]})
        await api("setMyCommands", commands=[{"command": "start", "description": "begin"}])
        query_id = rider.press(sent["message_id"], "Go")
        before, pending = rider.messages, tg.pending_updates

    async with Sandbox(data_dir=folder, people=[{"id": 5001, "first_name": "other"}, {"id": 5002}]) as tg:
        api = Api(session, tg)
        rider = tg.person(5001)
        assert rider.messages == before
        assert rider.first_name == "王强"
        assert [person.id for person in tg.people] == [5001, 5002]
        assert tg.pending_updates == pending
        assert rider.keyboard == [["Menu"]]
        assert rider.commands == [{"command": "start", "description": "begin"}]
        await api("answerCallbackQuery", callback_query_id=query_id)
        path = (await api("getFile", file_id=photo["photo"][-1]["file_id"]))["file_path"]
        async with session.get(f"{tg.url}/file/bot{tg.token}/{path}") as response:
            assert len(await response.read()) == photo["photo"][-1]["file_size"]
        again = await api("sendPhoto", chat_id=5001, photo=photo["photo"][0]["file_id"])
        assert again["photo"] == photo["photo"]
        assert again["message_id"] > before[-1]["message_id"]
        assert rider.send_photo(jpeg())["photo"][0]["file_id"] != photo["photo"][0]["file_id"]
        assert tg.last_update_id > pending[-1]["update_id"]


async def start(folder: Path) -> tuple[asyncio.subprocess.Process, str, str]:
    """The sandbox as a process of its own, its address and token."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--port", "0", "--data", str(folder), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url, token = [(await process.stdout.readline()).decode().strip().partition("=")[2] for _ in range(2)]
    return process, url, token


async def test_a_killed_process_lost_nothing_that_was_answered(session: aiohttp.ClientSession, folder: Path):
    process, url, token = await start(folder)
    sent: list[int] = []

    async def send(number: int) -> None:
        params = {"chat_id": 5001, "text": f"message {number}"}
        async with session.post(f"{url}/bot{token}/sendMessage", json=params) as response:
            sent.append((await response.json())["result"]["message_id"])
        if len(sent) == 50:
            os.kill(process.pid, signal.SIGKILL)

    await asyncio.gather(*(send(number) for number in range(200)), return_exceptions=True)
    await process.wait()
    process, url, token = await start(folder)
    async with session.get(f"{url}/sandbox/state") as response:
        messages = (await response.json())["people"][0]["messages"]
    process.terminate()
    await process.wait()
    assert len(sent) >= 50
    assert set(sent) <= {message["message_id"] for message in messages}
