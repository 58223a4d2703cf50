"""A room for tests of the fetcher: the sandbox over HTTP, the store, a clock that a test sets."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.fetching import Fetcher
from sandbox import Person, Sandbox
from services import intake
from services.county import County
from services.parts import File
from storage.kinds import AttachmentKind, MediaState
from storage.media import MediaFolder
from storage.schema import Attachment
from storage.store import Store
from tests.belled import Belled
from tests.moment import NOW
from tests.services.one_grid import make_county
from tests.storage.pictures import picture


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class CountingSession(AiohttpSession):
    """The bot's HTTP, counting how many downloads run at once."""

    running = most = 0

    async def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            async for chunk in super().stream_content(*args, **kwargs):
                yield chunk
        finally:
            self.running -= 1

    async def close(self) -> None:
        """End at once: without TLS there is no need for the quarter of a second that aiogram waits."""
        if self._session is not None:
            await self._session.close()


class Room:
    """All that a test of the fetcher needs."""

    def __init__(self, tg: Sandbox, store: Store, county: County, folder: MediaFolder) -> None:
        self.tg = tg
        self.store = Belled(store)
        self.county = county
        self.folder = folder
        self.clock = Clock()
        self.session = CountingSession(api=TelegramAPIServer.from_base(tg.url))
        self.bot = Bot(tg.token, session=self.session)
        self.rider: Person = tg.person(5001, first_name="王强")
        self.county_of: Callable[[], County] = lambda: county
        self.fetcher = self.new_fetcher()
        self._task: asyncio.Task[None] | None = None

    def new_fetcher(self) -> Fetcher:
        return Fetcher(
            self.bot,
            self.store,
            self.folder,
            clock=self.clock,
            zone=ZoneInfo("Asia/Shanghai"),
            county_of=lambda: self.county_of(),
        )

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self.fetcher.run())

    async def stop(self) -> None:
        if self._task is not None:
            task, self._task = self._task, None
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def take(self, kind: AttachmentKind, message: dict[str, Any]) -> None:
        """What the intake does with a message that has words, too; the fetcher hears of it after the commit."""
        place = {AttachmentKind.IMAGE_FILE: "document"}.get(kind, kind.value)
        sent = message[place][-1] if kind is AttachmentKind.PHOTO else message[place]
        file = File(kind, message["message_id"], sent["file_id"], sent["file_unique_id"], caption="leak")
        await self.store.write(intake.take, person_id=1, part=file, county=self.county, now=self.clock())
        self.fetcher.wake()

    async def photo(self, data: bytes | None = None) -> None:
        await self.take(AttachmentKind.PHOTO, self.rider.send_photo(data or picture()))

    async def image_file(self, data: bytes, name: str = "IMG_1.jpg") -> None:
        await self.take(AttachmentKind.IMAGE_FILE, self.rider.send_document(data, filename=name))

    async def rows(self) -> list[Attachment]:
        def load(session: Session) -> list[Attachment]:
            return list(session.scalars(select(Attachment).order_by(Attachment.id)))

        found: list[Attachment] = await self.store.read(load)
        return found

    async def until(self, *states: MediaState, attempts: int | None = None) -> list[Attachment]:
        """Wait until the attachments are in these states."""

        async def are() -> bool:
            rows = await self.rows()
            tried = attempts is None or all(row.fetch_attempts == attempts for row in rows)
            return tried and [row.media_state for row in rows] == list(states)

        await self.store.until(are)
        return await self.rows()

    def travel(self, by: timedelta) -> None:
        self.clock.now += by
        self.fetcher.wake()


@contextlib.asynccontextmanager
async def opened_room(store: Store, folder: MediaFolder) -> AsyncIterator[Room]:
    async with Sandbox() as tg:
        room = Room(tg, store, await make_county(store), folder)
        try:
            yield room
        finally:
            await room.stop()
            await room.bot.session.close()
