"""Fetching what people sent from Telegram into the media folder, in the background: no report waits for it.

`Fetcher.run` takes what is due (`services/media.py`), downloads up to `AT_ONCE` files at a time into memory, makes
sure in a worker thread that a picture is one, keeps the bytes by their hash, and writes down what became of it. What
to do about a failed download is the table in `verdict`.
"""

import asyncio
import contextlib
import io
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

import aiohttp
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramRetryAfter

from services import media
from services.county import County
from services.media import Wanted
from storage.kinds import PICTURES, AttachmentKind
from storage.media import Kept, MediaFolder, NotAPicture, Picture, inspect
from storage.store import Store, StoreUnavailable

log = logging.getLogger(__name__)

AT_ONCE = 4
MOST_BYTES = 20 * 1024 * 1024
"""What a bot may download: https://core.telegram.org/bots/api#getfile"""
REQUEST_SECONDS = 30
DOWNLOAD_SECONDS = 120
LOOK_AT_SECONDS = 20
"""For so long somebody waits for what becomes of his image file; then it counts as one that cannot be had."""
LOOK_SECONDS = 30.0
"""How often to look without being woken: for what another process left behind."""
BESIDE_SECONDS = 0.5
"""Before looking again when another process is taking what is due just now."""
RENEW_SECONDS = media.LEASE.total_seconds() / 3
PAUSES = (0.2, 1.0, 3.0, 10.0)
"""Seconds to wait while the store is unavailable, the last one again and again."""
DISK_WAIT = timedelta(minutes=1)
UNNAMED_WAIT = timedelta(seconds=5)
"""After a 429 that names no time."""
LEFTOVERS = timedelta(hours=1)
MOST_ATTEMPTS = 12
"""After that many a file that Telegram calls temporarily unavailable counts as gone: about two days."""


class TooLarge(Exception):
    """More bytes than a bot may download."""


class Incomplete(Exception):
    """Telegram named no path, or the download ended too early."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do about a download that failed."""

    is_gone: bool = False  # never again
    retry_at: datetime | None = None  # the named time; None: growing waits
    holds_all: bool = False  # nothing else either before that


def verdict(problem: Exception, *, attempts: int, now: datetime) -> Verdict | None:
    """Judge a failed download; None: this is no failure of a download but of the program."""
    match problem:
        case TooLarge():
            return Verdict(is_gone=True)
        case TelegramRetryAfter():
            return Verdict(retry_at=now + timedelta(seconds=problem.retry_after), holds_all=True)
        case TelegramBadRequest():  # "file is too big", "wrong file_id or the file is temporarily unavailable" …
            may_come_back = "temporarily unavailable" in problem.message.lower()
            return Verdict(is_gone=not may_come_back or attempts + 1 >= MOST_ATTEMPTS)
        case aiohttp.ClientResponseError(status=429):
            named = problem.headers.get("Retry-After", "") if problem.headers else ""
            wait = timedelta(seconds=int(named)) if named.isdecimal() else UNNAMED_WAIT
            return Verdict(retry_at=now + wait, holds_all=True)
        # 404 of a download: its path has expired, the next try asks for a new one
        case AiogramError() | aiohttp.ClientError() | OSError() | TimeoutError() | Incomplete():
            return Verdict()
        case _:
            return None


class Fetcher:
    """The background work of fetching; `run` is to be started in the nursery."""

    def __init__(
        self,
        bot: Bot,
        store: Store,
        media_folder: MediaFolder,
        *,
        clock: Callable[[], datetime],
        zone: tzinfo,
        county_of: Callable[[], County],
    ) -> None:
        """``zone`` is that of cameras that do not name their own; ``county_of`` gives the map as it is now."""
        self._bot = bot
        self._store = store
        self._folder = media_folder
        self._clock = clock
        self._zone = zone
        self._county_of = county_of
        self._woken = asyncio.Event()
        self._held: dict[int, Wanted] = {}
        self._hold_until: datetime | None = None
        self._decoding = asyncio.Lock()  # one at a time: a large picture takes hundreds of megabytes
        self._disk_fails = False

    def wake(self) -> None:
        """Look at once: an attachment was committed. To be called in the event loop."""
        self._woken.set()

    async def look_at(self, file_id: str) -> Kept | None:
        """What an image file is for which somebody waits just now; None: it is no picture, or cannot be had soon."""
        wanted = Wanted(0, AttachmentKind.IMAGE_FILE, file_id, 0)
        try:
            async with asyncio.timeout(LOOK_AT_SECONDS):
                data = await self._download(wanted)
                picture = await self._read(wanted, data)
            media_hash = await asyncio.to_thread(self._folder.save, data)
        except NotAPicture:
            return None
        except Exception as problem:
            if verdict(problem, attempts=0, now=self._clock()) is None:
                raise
            log.info("an image file cannot be looked at: %s: %s", type(problem).__name__, problem)
            return None
        assert picture is not None
        return Kept(media_hash, picture)

    async def run(self) -> None:
        """Fetch until cancelled."""
        await asyncio.to_thread(self._folder.sweep, before=self._clock() - LEFTOVERS)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._renew_leases())
            while True:
                self._woken.clear()
                wait = await self._start_due(group)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self._woken.wait()

    async def _start_due(self, group: asyncio.TaskGroup) -> float:
        """Start what is due, as far as there is room; return after how many seconds to look again."""
        now = self._clock()
        if self._hold_until is not None and now < self._hold_until:
            return (self._hold_until - now).total_seconds()
        room = AT_ONCE - len(self._held)
        if not room:
            return LOOK_SECONDS
        claimed, due = await self._patiently(self._store.write, media.take, now=now, most=room)
        for wanted in claimed:
            if wanted.attachment_id not in self._held:
                self._held[wanted.attachment_id] = wanted
                group.create_task(self._fetch(wanted))
        if due is None or len(claimed) == room:  # whatever ends next makes room
            return LOOK_SECONDS
        return BESIDE_SECONDS if due <= now else min(LOOK_SECONDS, (due - now).total_seconds())

    async def _fetch(self, wanted: Wanted) -> None:
        """Fetch one attachment and write down what became of it; nothing that goes wrong ends the others."""
        try:
            await self._fetch_and_settle(wanted)
        except Exception:
            log.exception("fetching attachment %s failed", wanted.attachment_id)
            await self._postpone(wanted)
        finally:
            del self._held[wanted.attachment_id]
            self._woken.set()

    async def _postpone(self, wanted: Wanted) -> None:
        """After a defect of the program: try again much later rather than in a circle."""
        try:
            await self._settle(media.failed, wanted, county=self._county_of())
        except Exception:
            log.exception("attachment %s stays on its lease", wanted.attachment_id)

    async def _fetch_and_settle(self, wanted: Wanted) -> None:
        try:
            data = await self._download(wanted)
        except Exception as problem:
            found = verdict(problem, attempts=wanted.attempts, now=self._clock())
            if found is None:
                raise
            log.info("attachment %s cannot be fetched: %s: %s", wanted.attachment_id, type(problem).__name__, problem)
            if found.holds_all:
                self._hold_until = found.retry_at
            failure = {"gone": found.is_gone, "retry_at": found.retry_at, "county": self._county_of()}
            await self._settle(media.failed, wanted, **failure)
            return
        try:
            picture = await self._read(wanted, data)
        except NotAPicture as problem:
            log.info("attachment %s is not a picture: %s", wanted.attachment_id, problem)
            await self._settle(media.bad, wanted, county=self._county_of())
            return
        try:
            media_hash = await asyncio.to_thread(self._folder.save, data)
        except OSError as problem:
            self._say_disk(problem)
            retry_at = self._clock() + DISK_WAIT
            await self._settle(media.failed, wanted, retry_at=retry_at, county=self._county_of())
            return
        self._say_disk(None)
        found_out = {"media_hash": media_hash, "picture": picture, "county": self._county_of()}
        await self._settle(media.stored, wanted, **found_out)

    async def _download(self, wanted: Wanted) -> bytes:
        file = await self._bot.get_file(wanted.file_id, request_timeout=REQUEST_SECONDS)
        size = file.file_size
        if size is not None and size > MOST_BYTES:  # a Bot API server of one's own gives larger ones
            raise TooLarge(size)
        if file.file_path is None:
            raise Incomplete("no path")
        target = Bounded()
        await self._bot.download_file(file.file_path, target, timeout=DOWNLOAD_SECONDS, seek=False)
        data = target.getvalue()
        if size is not None and len(data) < size:
            raise Incomplete(f"{len(data)} bytes of {size}")
        return data

    async def _read(self, wanted: Wanted, data: bytes) -> Picture | None:
        if wanted.kind not in PICTURES:
            return None
        async with self._decoding:
            return await asyncio.to_thread(inspect, data, zone=self._zone)

    async def _settle(self, what: Callable[..., None], wanted: Wanted, **facts: Any) -> None:
        await self._patiently(self._store.write, what, wanted=wanted, now=self._clock(), **facts)

    async def _patiently(self, do: Callable[..., Any], fn: Callable[..., Any], **arguments: Any) -> Any:
        """Read or write; while the store is unavailable, wait and try again."""
        attempt = 0
        while True:
            try:
                return await do(fn, **arguments)
            except StoreUnavailable as problem:
                if attempt == 0:
                    log.warning("the store is unavailable, fetching waits: %s", problem)
                await asyncio.sleep(PAUSES[min(attempt, len(PAUSES) - 1)])
                attempt += 1

    async def _renew_leases(self) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            held = list(self._held.values())
            if held:
                await self._patiently(self._store.write, media.renew, held=held, now=self._clock())

    def _say_disk(self, problem: OSError | None) -> None:
        """Log once that the media folder cannot be written, and once that it can again."""
        if problem is not None and not self._disk_fails:
            log.error("the media folder cannot be written, pictures will be fetched later: %s", problem)
        elif problem is None and self._disk_fails:
            log.warning("the media folder can be written again")
        self._disk_fails = problem is not None


class Bounded(io.BytesIO):
    """Memory that takes only as much as a bot may download."""

    def write(self, chunk: Any, /) -> int:
        """Take the chunk.

        Raises:
            TooLarge: it is one too many.
        """
        if self.tell() + len(chunk) > MOST_BYTES:
            raise TooLarge(self.tell() + len(chunk))
        return super().write(chunk)
