"""What the page in the browser relies on."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from sandbox import Person, Sandbox
from tests.sandbox.conftest import Api, NotOk


class Page:
    """The page's side of it."""

    def __init__(self, api: Api) -> None:
        self.session = api.session
        self.url = api.tg.url

    async def get(self, path: str) -> Any:
        async with self.session.get(self.url + path) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def post(self, path: str, body: Any, *, status: int = 200) -> Any:
        how: dict[str, Any] = {"data": body} if isinstance(body, aiohttp.FormData) else {"json": body}
        async with self.session.post(self.url + path, **how) as response:
            assert response.status == status, await response.text()
            return await response.json()

    async def events(self, *, since: int) -> AsyncIterator[tuple[int, dict[str, Any]]]:
        async with self.session.get(f"{self.url}/sandbox/events", headers={"Last-Event-ID": str(since)}) as stream:
            assert stream.content_type == "text/event-stream"
            number = 0
            async for line in stream.content:
                name, _, value = line.decode().strip().partition(": ")
                if name == "id":
                    number = int(value)
                elif name == "data":
                    yield number, json.loads(value)


@pytest.fixture
def page(api: Api) -> Page:
    return Page(api)


def files(field: str, *contents: bytes, **more: str) -> aiohttp.FormData:
    form = aiohttp.FormData(more)
    for number, content in enumerate(contents):
        form.add_field(field, content, filename=f"{number}.jpg", content_type="image/jpeg")
    return form


async def test_the_state_shows_everybody_and_their_chats(page: Page, api: Api, tg: Sandbox):
    rider = tg.person(5001, first_name="王强", language_code="zh-hans", label={"zh": "骑手", "en": "Rider"})
    rider.send_text("hi")
    await api("sendMessage", chat_id=5001, text="hello", reply_markup={"keyboard": [[{"text": "Menu"}]]})
    state = await page.get("/sandbox/state")
    assert state["bot"]["username"] == "warmgrid_bot"
    (person,) = state["people"]
    assert {name: person[name] for name in ("id", "first_name", "language_code", "label", "blocked")} == {
        "id": 5001,
        "first_name": "王强",
        "language_code": "zh-hans",
        "label": {"zh": "骑手", "en": "Rider"},
        "blocked": False,
    }
    assert [message["from"]["is_bot"] for message in person["messages"]] == [False, True]
    assert person["keyboard"]["keyboard"] == [[{"text": "Menu"}]]


async def test_events_follow_one_another_and_can_be_resumed(page: Page, api: Api, rider: Person):
    start = (await page.get("/sandbox/state"))["last_event_id"]
    rider.send_text("hi")
    sent = await api("sendMessage", chat_id=5001, text="a")
    it = {"chat_id": 5001, "message_id": sent["message_id"]}
    await api("sendChatAction", chat_id=5001, action="typing")
    await api("editMessageText", **it, text="b")
    query_id = rider.press(sent["message_id"], data="x")
    await api("answerCallbackQuery", callback_query_id=query_id, text="ok")
    await api("deleteMessage", **it)
    await api("setMyCommands", commands=[{"command": "start", "description": "begin"}])
    kinds = ["message", "message", "action", "edited", "answered", "toast", "deleted", "person"]
    seen: list[dict[str, Any]] = []
    async for number, event in page.events(since=start):
        assert number == start + len(seen) + 1
        seen.append(event)
        if len(seen) == len(kinds):
            break
    assert [event["type"] for event in seen] == kinds
    assert seen[3]["message"]["text"] == "b"
    assert seen[-1]["person"]["commands"] == [{"command": "start", "description": "begin"}]
    async for _, event in page.events(since=start + 6):
        assert event == {"type": "deleted", **it}
        break


async def test_a_page_that_slept_too_long_is_told_to_reload(page: Page, rider: Person):
    start = (await page.get("/sandbox/state"))["last_event_id"]
    for _ in range(1_001):
        rider.send_text("x")
    for since in (start, start + 10_000_000):
        async for _, event in page.events(since=since):
            assert event == {"type": "reload"}
            break


async def test_people_come_and_change(page: Page, tg: Sandbox):
    person = await page.post("/sandbox/people", {"first_name": "Ann", "language_code": "en"})
    changed = await page.post(f"/sandbox/people/{person['id']}", {"language_code": "zh-hans"})
    assert (changed["first_name"], changed["language_code"]) == ("Ann", "zh-hans")
    assert tg.person(person["id"]).language_code == "zh-hans"
    await page.post("/sandbox/people", {"first_name": " "}, status=400)
    await page.post("/sandbox/people/1", {"first_name": "x"}, status=404)


async def test_what_a_person_does_on_the_page(page: Page, api: Api, tg: Sandbox, jpeg: Callable[..., bytes]):
    rider = tg.person(5001)
    chat = "/sandbox/chats/5001"
    await page.post(f"{chat}/text", {"text": "/start abc"})
    await page.post(f"{chat}/location", {"latitude": 25.4, "longitude": 114.36, "live_period": 900})
    await page.post(f"{chat}/venue", {"latitude": 25.4, "longitude": 114.36, "title": "a", "address": "b"})
    await page.post(f"{chat}/photos", files("photo", jpeg(), caption="one"))
    await page.post(f"{chat}/photos", files("photo", jpeg(), jpeg(colour="red"), jpeg(), caption="three"))
    await page.post(f"{chat}/document", files("document", b"bytes", caption="d"))
    await page.post(f"{chat}/voice", files("voice", b"sound"))
    await page.post(f"{chat}/video", files("video", b"frames"))
    messages = [update["message"] for update in await api("getUpdates")]
    kinds = ("text", "location", "venue", "photo", "photo", "photo", "photo", "document", "voice", "video")
    assert all(kind in message for kind, message in zip(kinds, messages, strict=True))
    assert [message.get("caption") for message in messages[3:7]] == ["one", "three", None, None]
    sent = await api("sendMessage", chat_id=5001, text="x")
    pressed = await page.post(f"{chat}/press", {"message_id": sent["message_id"], "callback_data": "go"})
    assert (await api("getUpdates"))[-1]["callback_query"]["id"] == pressed["query_id"]
    assert await page.get("/sandbox/pending") == {"pending": 11}
    await page.post(f"{chat}/clear", {})
    assert rider.messages == []
    await page.post(f"{chat}/block", {"blocked": True})
    await page.post(f"{chat}/text", {"text": "x"}, status=409)
    await page.post(f"{chat}/block", {"blocked": False})


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("text", {"text": " "}, 400),
        ("text", {}, 400),
        ("location", {"latitude": 91, "longitude": 0}, 400),
        ("press", {"message_id": 99, "callback_data": "x"}, 404),
        ("photos", files("photo", b"not a picture"), 400),
        ("document", files("document"), 400),
    ],
)
async def test_what_cannot_be_done_is_explained(page: Page, rider: Person, path: str, body: Any, status: int):
    assert (await page.post(f"/sandbox/chats/5001/{path}", body, status=status))["error"]
    assert rider.messages == []


async def test_files_are_shown_but_nothing_is_run(page: Page, rider: Person, jpeg: Callable[..., bytes]):
    photo = rider.send_photo(jpeg())["photo"][0]["file_id"]
    script = rider.send_document(b"<script>", filename="a.html", mime_type="text/html")["document"]["file_id"]
    async with page.session.get(f"{page.url}/sandbox/files/{photo}") as response:
        assert response.content_type == "image/jpeg"
    async with page.session.get(f"{page.url}/sandbox/files/{script}") as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"] == "attachment"
    async with page.session.get(f"{page.url}/sandbox/files/unknown") as response:
        assert response.status == 404


async def test_the_county_is_handed_on(session: aiohttp.ClientSession, tmp_path: Path, page: Page):
    async with session.get(f"{page.url}/sandbox/county") as response:
        assert response.status == 404
    county = tmp_path / "grids.geojson"
    county.write_text('{"type": "FeatureCollection", "features": []}')
    async with Sandbox(county=county) as tg, session.get(f"{tg.url}/sandbox/county") as response:
        assert response.content_type == "application/geo+json"
        assert json.loads(await response.text())["features"] == []


async def test_only_the_pages_own_files_are_served(page: Page):
    for path in ("/page/../server.py", "/page/%2e%2e/server.py", "/sandbox/samples/..%2fserver.py"):
        async with page.session.get(aiohttp.client.URL(page.url + path, encoded=True)) as response:
            assert response.status == 404


async def test_faults_can_be_ordered(page: Page, api: Api, rider: Person):
    await page.post("/sandbox/faults", {"method": "sendMessage", "kind": "error_500"})
    with pytest.raises(NotOk, match="Internal Server Error"):
        await api("sendMessage", chat_id=5001, text="x")
    await page.post("/sandbox/faults", {"method": "sendMessage", "kind": "no such"}, status=400)


async def test_a_machine_without_a_chinese_font_is_given_one(page: Page) -> None:
    async with page.session.get(f"{page.url}/page/noto-sans-sc.otf") as response:
        assert (response.status, response.content_type) == (200, "font/otf")
        assert (await response.read())[:4] == b"OTTO"  # OpenType with PostScript outlines
