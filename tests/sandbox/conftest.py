"""A sandbox on a port of its own, and a plain HTTP client that speaks the Bot API to it."""

import io
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image

from sandbox import Person, Sandbox


class Clock:
    """Time that passes only when a test says so."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class NotOk(Exception):
    """The Bot API answered ``ok: false``."""

    def __init__(self, status: int, answer: dict[str, Any]) -> None:
        super().__init__(answer["description"])
        self.status = status
        self.answer = answer


class Api:
    """Sends requests as JSON and returns results."""

    def __init__(self, session: aiohttp.ClientSession, tg: Sandbox) -> None:
        self.session = session
        self.tg = tg

    def url(self, method: str) -> str:
        return f"{self.tg.url}/bot{self.tg.token}/{method}"

    async def __call__(self, method: str, **params: Any) -> Any:
        async with self.session.post(self.url(method), json=params) as response:
            return result_of(response.status, await response.json())

    async def form(self, method: str, data: Any) -> Any:
        """As a form: urlencoded from a dict, multipart from ``FormData``."""
        async with self.session.post(self.url(method), data=data) as response:
            return result_of(response.status, await response.json())

    async def refusal(self, method: str, **params: Any) -> str:
        """The description that the request is refused with."""
        with pytest.raises(NotOk) as refused:
            await self(method, **params)
        assert refused.value.answer["error_code"] == refused.value.status
        return str(refused.value)


def result_of(status: int, answer: dict[str, Any]) -> Any:
    if not answer["ok"]:
        raise NotOk(status, answer)
    return answer["result"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def tg(clock: Clock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=clock) as tg:
        yield tg


@pytest.fixture
def api(session: aiohttp.ClientSession, tg: Sandbox) -> Api:
    return Api(session, tg)


@pytest.fixture
def rider(tg: Sandbox) -> Person:
    return tg.person(5001, first_name="王强", language_code="zh-hans")


@pytest.fixture(scope="session")
def jpeg() -> Callable[..., bytes]:
    """Makes pictures, with EXIF that says where they were taken."""

    def make(width: int = 1600, height: int = 1200, *, colour: str = "teal") -> bytes:
        exif = Image.Exif()
        exif[0x010F] = "Camera Maker"
        exif.get_ifd(0x8825)[1] = "N"
        out = io.BytesIO()
        Image.new("RGB", (width, height), colour).save(out, "JPEG", exif=exif)
        return out.getvalue()

    return make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a sandbox keeps its world."""
    return tmp_path / "sandbox"
