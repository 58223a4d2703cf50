"""Riders who report: the updates that Telegram would post, and many of them at once."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import aiohttp
import orjson

from bot.bench.place import FIRST_RIDER
from bot.webhook import PATH, SECRET_HEADER

WORDS = ("water leak at the gate", "路面塌陷", None, "street light is out", None, "下水道井盖丢失")
APART = 2
"""Metres between two riders at the same spot; the setting DUPLICATE_METRES is less, so that nobody is asked."""
Spots = tuple[tuple[float, float], ...]
_numbers = count(1)


def photo(rider: int) -> bytes:
    """A picture as a phone sends it, with words or without."""
    sizes = [(90, 67, 1400), (320, 240, 18000), (800, 600, 76000), (1280, 960, 117000)]
    return _update(
        rider,
        photo=[
            {
                "file_id": f"rider-{rider}-{width}",
                "file_unique_id": f"u{rider}-{width}",
                "width": width,
                "height": height,
                "file_size": size,
            }
            for width, height, size in sizes
        ],
        caption=WORDS[rider % len(WORDS)],
    )


def location(rider: int, spot: tuple[float, float]) -> bytes:
    """A pin."""
    return _update(rider, location={"latitude": spot[0], "longitude": spot[1]})


def spot_of(rider: int, spots: Spots) -> tuple[float, float]:
    """Where the rider stands: all over the county, and never where another one has reported (`APART`)."""
    latitude, longitude = spots[rider * 37 % len(spots)]
    return latitude + rider // len(spots) * APART / 110_000, longitude


def _update(rider: int, **content: Any) -> bytes:
    number = next(_numbers)
    who = {"id": FIRST_RIDER + rider, "first_name": "Rider", "last_name": str(rider)}
    message = {
        "message_id": number,
        "from": {**who, "is_bot": False, "language_code": "zh-hans" if rider % 2 else "en"},
        "chat": {**who, "type": "private"},
        "date": int(time.time()),  # noqa: TID251 - Telegram has a clock of its own
        **{name: value for name, value in content.items() if value is not None},
    }
    return orjson.dumps({"update_id": number, "message": message})


@dataclass(slots=True)
class Telegram:
    """Posts updates to a webhook as Telegram does: an update is done when it is answered 200."""

    session: aiohttp.ClientSession
    port: int
    seconds: list[float] = field(default_factory=list)  # from each post to its answer

    async def post(self, update: bytes) -> None:
        """Post one update.

        Raises:
            aiohttp.ClientError: it was not taken.
        """
        began = time.perf_counter()
        async with self.session.post(f"http://127.0.0.1:{self.port}{PATH}", data=update) as answer:
            await answer.read()
            answer.raise_for_status()
        self.seconds.append(time.perf_counter() - began)

    async def report(self, rider: int, spot: tuple[float, float]) -> None:
        """A photo, and then a place."""
        await self.post(photo(rider))
        await self.post(location(rider, spot))

    async def report_all(self, riders: Iterable[int], spots: Spots, *, at_once: int) -> None:
        """Many riders, so many of them at a time."""
        waiting = iter(riders)

        async def one_after_another() -> None:
            for rider in waiting:
                await self.report(rider, spot_of(rider, spots))

        async with asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(one_after_another())


@asynccontextmanager
async def telegram(port: int) -> AsyncIterator[Telegram]:
    """Connections to one webhook."""
    headers = {"Content-Type": "application/json", SECRET_HEADER: "bench"}
    async with aiohttp.ClientSession(headers=headers, connector=aiohttp.TCPConnector(limit=0)) as session:
        yield Telegram(session, port)
