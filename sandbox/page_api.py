"""What the page in the browser asks for and does: JSON over HTTP, and a stream of events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol

from aiohttp import web

from sandbox import body
from sandbox.body import Uploads
from sandbox.events import as_text
from sandbox.faults import Fault, Faults
from sandbox.hands import Hands
from sandbox.parameters import Params, Upload, read_boolean, read_float, read_integer, read_string
from sandbox.person import Person
from sandbox.refusals import Refused
from sandbox.world import World

HEARTBEAT = 15.0  # seconds of silence after which a stream shows that it lives
FIRST_NEW_PERSON = 6001

Act = Callable[[Person, Params, Uploads], Any]


class People(Protocol):
    """Who there is."""

    def person(self, person_id: int, *, first_name: str, language_code: str | None) -> Person:
        """A person by their id, created when they are new."""


class PageApi:
    """Answers the page."""

    def __init__(
        self, people: People, world: World, faults: Faults, hands: Hands, *, county: Path | None, zone: str | None
    ) -> None:
        self._people = people
        self._world = world
        self._faults = faults
        self._hands = hands
        self._county = county
        self._zone = zone

    def routes(self) -> list[web.RouteDef]:
        """Where it answers."""
        chat = "/sandbox/chats/{id:[0-9]+}"
        return [
            web.get("/sandbox/state", self._state),
            web.get("/sandbox/events", self._events),
            web.post("/sandbox/people", self._guarded(self._new_person)),
            web.post("/sandbox/people/{id:[0-9]+}", self._guarded(self._change_person)),
            *(web.post(f"{chat}/{name}", self._guarded(self._acting(act))) for name, act in ACTS.items()),
            web.get("/sandbox/files/{file_id}", self._file),
            web.get("/sandbox/county", self._county_map),
            web.get("/sandbox/pending", self._pending),
            web.post("/sandbox/faults", self._guarded(self._fault)),
            web.post("/sandbox/clock", self._guarded(self._set_clock)),
        ]

    # What there is

    async def _state(self, _: web.Request) -> web.Response:
        world = self._world
        people = [
            {**world.person_view(chat), "messages": list(chat.messages.values())} for chat in world.chats.values()
        ]
        bot = {"username": world.bot["username"], "name": world.bot["first_name"], "id": world.bot["id"]}
        state = {"bot": bot, "people": people, "clock": self._clock(), "last_event_id": world.events.last_id}
        return _json({**state, "now": int(world.clock())})

    def _clock(self) -> dict[str, Any]:
        """What it shows, in which zone, and how fast it goes."""
        return {"now": self._hands(), "speed": self._hands.speed, "zone": self._zone}

    async def _events(self, request: web.Request) -> web.StreamResponse:
        since = request.headers.get("Last-Event-ID") or request.query.get("since")
        queue = self._world.events.listen(int(since) if since and since.isdigit() else None)
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        try:
            await stream.prepare(request)
            await stream.write(b"retry: 500\n\n")
            while True:
                try:
                    event = await asyncio.wait_for(queue.get(), HEARTBEAT)
                except TimeoutError:
                    await stream.write(b": still here\n\n")
                    continue
                if event is None:
                    return stream
                await stream.write(as_text(event))
        except ConnectionError:  # the page was closed
            return stream
        finally:
            self._world.events.leave(queue)

    async def _file(self, request: web.Request) -> web.Response:
        try:
            stored = self._world.files.by_id(request.match_info["file_id"])
        except Refused:
            return _json({"error": "no such file"}, status=404)
        headers = {"Cache-Control": "private, max-age=86400", "X-Content-Type-Options": "nosniff"}
        mime_type = stored.mime_type if stored.mime_type.startswith(("image/", "video/", "audio/")) else ""
        if mime_type in ("", "image/svg+xml"):  # what a browser might run is only handed out for saving
            headers["Content-Disposition"] = "attachment"
        data = self._world.files.data(stored)
        return web.Response(body=data, content_type=mime_type or "application/octet-stream", headers=headers)

    async def _county_map(self, _: web.Request) -> web.StreamResponse:
        if self._county is None or not self._county.is_file():
            return _json({"error": "no county was given"}, status=404)
        return web.FileResponse(self._county, headers={"Content-Type": "application/geo+json"})

    async def _pending(self, _: web.Request) -> web.Response:
        return _json({"pending": len(self._world.updates.pending)})

    # What people do

    def _guarded(
        self, act: Callable[[web.Request, Params, Uploads], Awaitable[Any]]
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """Read the body, and turn what goes wrong into an answer that the page can show."""

        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                given, uploads = body.parse(request.headers.get("Content-Type", ""), await request.read())
                return _json(await act(request, given, uploads))
            except Refused as refusal:
                return _json({"error": refusal.description}, status=400)
            except (ValueError, TypeError) as error:
                return _json({"error": str(error)}, status=400)
            except LookupError as error:
                return _json({"error": str(error)}, status=404)
            except RuntimeError as error:
                return _json({"error": str(error)}, status=409)

        return handle

    def _acting(self, act: Act) -> Callable[[web.Request, Params, Uploads], Awaitable[Any]]:
        async def handle(request: web.Request, given: Params, uploads: Uploads) -> Any:
            return act(self._known(request), given, uploads)

        return handle

    def _known(self, request: web.Request) -> Person:
        person_id = int(request.match_info["id"])
        if person_id not in self._world.chats:
            raise LookupError(f"nobody has the id {person_id}")
        return Person(self._world, self._world.chats[person_id])

    async def _new_person(self, _: web.Request, given: Params, __: Uploads) -> dict[str, Any]:
        first_name = read_string(given.get("first_name", ""), "first_name").strip()
        if not 1 <= len(first_name) <= 64:
            raise ValueError("a first name has 1 to 64 characters")
        number = max([FIRST_NEW_PERSON - 1, *self._world.chats]) + 1
        person = self._people.person(number, first_name=first_name, language_code=given.get("language_code"))
        return {**self._world.person_view(self._world.chats[person.id]), "messages": []}

    async def _change_person(self, request: web.Request, given: Params, _: Uploads) -> dict[str, Any]:
        person = self._known(request)
        person.change(first_name=given.get("first_name"), language_code=given.get("language_code"))
        return self._world.person_view(self._world.chats[person.id])

    async def _set_clock(self, _: web.Request, given: Params, __: Uploads) -> dict[str, Any]:
        self._hands.go(read_integer(given.get("speed"), "speed"))
        self._world.events.say("clock", clock=self._clock())
        return self._clock()

    async def _fault(self, _: web.Request, given: Params, __: Uploads) -> dict[str, Any]:
        self._faults.order(Fault(**given))
        return {"ordered": True}


def _text(person: Person, given: Params, _: Uploads) -> Any:
    reply_to = given.get("reply_to_message_id")
    return person.send_text(read_string(given.get("text"), "text"), reply_to=reply_to)


def _location(person: Person, given: Params, _: Uploads) -> Any:
    live_period = given.get("live_period")
    return person.send_location(*_place(given), live_period=live_period)


def _move(person: Person, given: Params, _: Uploads) -> Any:
    return person.move_live_location(read_integer(given.get("message_id"), "message_id"), *_place(given))


def _stop(person: Person, given: Params, _: Uploads) -> Any:
    return person.stop_live_location(read_integer(given.get("message_id"), "message_id"))


def _venue(person: Person, given: Params, _: Uploads) -> Any:
    title, address = (read_string(given.get(name), name) for name in ("title", "address"))
    return person.send_venue(*_place(given), title=title, address=address)


def _press(person: Person, given: Params, _: Uploads) -> Any:
    message_id = read_integer(given.get("message_id"), "message_id")
    data = read_string(given.get("callback_data"), "callback_data")
    return {"query_id": person.press(message_id, data=data)}


def _block(person: Person, given: Params, _: Uploads) -> Any:
    if read_boolean(given.get("blocked"), "blocked"):
        person.block()
    else:
        person.unblock()
    return {"blocked": given["blocked"]}


def _photos(person: Person, given: Params, uploads: Uploads) -> Any:
    pictures = [upload.data for upload in uploads]
    if len(pictures) == 1:
        return [person.send_photo(pictures[0], caption=given.get("caption"))]
    return person.send_album(pictures, caption=given.get("caption"))


def _document(person: Person, given: Params, uploads: Uploads) -> Any:
    upload = _only(uploads)
    return person.send_document(
        upload.data, filename=upload.filename, mime_type=upload.mime_type, caption=given.get("caption")
    )


def _voice(person: Person, _: Params, uploads: Uploads) -> Any:
    return person.send_voice(_only(uploads).data)


def _video(person: Person, given: Params, uploads: Uploads) -> Any:
    return person.send_video(_only(uploads).data, caption=given.get("caption"))


def _clear(person: Person, _: Params, __: Uploads) -> Any:
    person.clear_history()
    return {"cleared": True}


ACTS: dict[str, Act] = {
    "text": _text,
    "location": _location,
    "move": _move,
    "stop": _stop,
    "venue": _venue,
    "press": _press,
    "block": _block,
    "photos": _photos,
    "document": _document,
    "voice": _voice,
    "video": _video,
    "clear": _clear,
}


def _only(uploads: Uploads) -> Upload:
    if len(uploads) != 1:
        raise ValueError("exactly one file is needed")
    return uploads[0]


def _place(given: Params) -> tuple[float, float]:
    return read_float(given.get("latitude"), "latitude"), read_float(given.get("longitude"), "longitude")


def _json(value: Any, *, status: int = 200) -> web.Response:
    return web.json_response(value, status=status, dumps=lambda one: json.dumps(one, ensure_ascii=False))
