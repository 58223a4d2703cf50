"""The Bot API over HTTP: ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox import body
from sandbox.bell import Bell
from sandbox.body import Uploads
from sandbox.faults import Fault, Faults
from sandbox.files import DOWNLOAD_LIMIT
from sandbox.methods import METHODS, Method, Reply
from sandbox.parameters import UPLOADS, Params
from sandbox.refusals import Refused, flood
from sandbox.updates import Update
from sandbox.world import World

CALLS_KEPT = 100_000
HTML_502 = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center>nginx</center></body>\r\n</html>\r\n"


@dataclass(frozen=True, slots=True)
class Call:
    """A request that the bot made, at ``at`` (unix seconds); ``status`` is 0 when it was given no answer.

    ``params`` have their types whether they came as JSON or in a form (as sent, when they were refused);
    ``params["uploads"]`` are the files by field.
    """

    method: str
    params: Params
    status: int
    at: float


class BotApi:
    """Answers the bot's requests."""

    def __init__(self, world: World, token: str, *, webhook_changed: Callable[[], None]) -> None:
        self.world = world
        self.token = token
        self.faults = Faults()
        self.calls: deque[Call] = deque(maxlen=CALLS_KEPT)
        self.called = Bell()
        self._webhook_changed = webhook_changed

    def routes(self) -> list[web.RouteDef]:
        """Where it answers."""
        return [
            web.route("*", "/bot{token:[^/]*}/{method:[^/]*}", self._request),
            web.get("/file/bot{token:[^/]*}/{path:.+}", self._download),
        ]

    async def _request(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        params: Params = {}
        try:
            if request.match_info["token"] != self.token:
                raise Refused(401, "Unauthorized")
            method = _method(name)
            params, uploads = await _read(request)
            params = _typed(method, params, uploads)
        except Refused as refusal:
            return self._close(name, params, refusal.code, _refusal(refusal))
        fault = self.faults.next_for(method.name, params)
        if fault:
            return await self._spoil(request, fault, method, params)
        status, content = await self._run(method, params)
        return self._close(method.name, params, status, content)

    async def execute(self, name: str, params: Params, uploads: Uploads) -> None:
        """Do what a webhook's answer asks for; its result goes nowhere."""
        try:
            method = _method(name)
            params = _typed(method, params, uploads)
        except Refused as refusal:
            self._note(name, params, refusal.code)
        else:
            status, _ = await self._run(method, params)
            self._note(method.name, params, status)

    async def _run(self, method: Method, params: Params) -> tuple[int, bytes]:
        try:
            result = method.run(self.world, params)
            self.world.keep.commit()
            if inspect.isawaitable(result):
                result = await result
        except Refused as refusal:
            self.world.keep.commit()
            return refusal.code, _refusal(refusal)
        if isinstance(result, Reply):
            self._webhook_changed()
            return 200, _json({"ok": True, "result": result.result, "description": result.description})
        if isinstance(result, list) and result and isinstance(result[0], Update):
            return 200, b'{"ok":true,"result":[' + b",".join([update.body for update in result]) + b"]}"
        return 200, _json({"ok": True, "result": result})

    async def _spoil(self, request: web.Request, fault: Fault, method: Method, params: Params) -> web.StreamResponse:
        match fault.kind:
            case "slow":
                await _wait(fault)
                status, content = await self._run(method, params)
                return self._close(method.name, params, status, content)
            case "drop_after":
                await self._run(method, params)
                return self._hang_up(request, method.name, params)
            case "drop":
                return self._hang_up(request, method.name, params)
            case _:
                answer = _spoilt(fault)
                self._note(method.name, params, answer.status)
                return answer

    def _hang_up(self, request: web.Request, name: str, given: Params) -> web.Response:
        self._note(name, given, 0)
        if request.transport:
            request.transport.abort()
        return web.Response()

    def _close(self, name: str, given: Params, status: int, content: bytes) -> web.Response:
        self._note(name, given, status)
        return web.Response(status=status, body=content, content_type="application/json")

    def _note(self, name: str, given: Params, status: int) -> None:
        self.calls.append(Call(name, given, status, self.world.clock()))
        self.called.ring()

    async def _download(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        given = {"file_path": path}
        fault = self.faults.next_for("file", given)
        if fault and fault.kind == "slow":
            await _wait(fault)
        elif fault and fault.kind in ("drop", "drop_after"):
            return self._hang_up(request, "file", given)
        elif fault:
            answer = _spoilt(fault)
            self._note("file", given, answer.status)
            return answer
        if request.match_info["token"] != self.token:
            return self._close("file", given, 401, _refusal(Refused(401, "Unauthorized")))
        stored = self.world.files.by_path(path)
        if stored is None or stored.size > DOWNLOAD_LIMIT:
            return self._close("file", given, 404, _refusal(Refused(404, "Not Found")))
        self._note("file", given, 200)
        return web.Response(body=self.world.files.data(stored), content_type="application/octet-stream")


def _method(name: str) -> Method:
    method = METHODS.get(name.lower())
    if method is None:
        raise Refused(404, "Not Found: method not found")
    return method


def _typed(method: Method, given: Params, uploads: Uploads) -> Params:
    """The parameters, with a file where it came in the parameter's own field (else ``attach://`` names its field)."""
    files = {upload.field: upload for upload in uploads}
    for name in files.keys() & method.table.names:
        given[name] = files[name]
    params = method.table.read(given)
    params[UPLOADS] = files
    return params


async def _wait(fault: Fault) -> None:
    await asyncio.sleep(1.0 if fault.seconds is None else fault.seconds)


async def _read(request: web.Request) -> tuple[Params, Uploads]:
    """All parameters of a request; those in the body count more than those in the address."""
    try:
        content = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise Refused(413, "Request Entity Too Large") from None
    params, uploads = body.parse(request.headers.get("Content-Type", ""), content) if content else ({}, [])
    return ({**request.query, **params} if request.query_string else params), uploads


def _spoilt(fault: Fault) -> web.Response:
    match fault.kind:
        case "html_502":
            return web.Response(status=502, text=HTML_502, content_type="text/html")
        case "flood_429":
            refusal = flood(1 if fault.retry_after is None else fault.retry_after)
        case "unauthorized_401":
            refusal = Refused(401, "Unauthorized")
        case "error_500":
            refusal = Refused(500, "Internal Server Error")
        case _:
            raise ValueError(f"{fault.kind} is not an answer")
    return web.Response(status=refusal.code, body=_refusal(refusal), content_type="application/json")


def _refusal(refusal: Refused) -> bytes:
    answer: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        answer["parameters"] = refusal.parameters
    return _json(answer)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
