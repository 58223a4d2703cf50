"""Files come from Telegram into the media folder, whatever goes wrong on the way; over HTTP."""

import logging
import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import GetFile
from aiohttp import ClientPayloadError, ClientResponseError, RequestInfo, ServerDisconnectedError
from multidict import CIMultiDict, CIMultiDictProxy
from sqlalchemy import select
from yarl import URL

from bot import fetching
from bot.fetching import AT_ONCE, MOST_ATTEMPTS, Bounded, Incomplete, TooLarge, Verdict, verdict
from sandbox import Fault
from services.county import County
from services.media import LEASE, WAITS
from storage.kinds import AttachmentKind, MediaState
from storage.media import MediaFolder
from storage.schema import Report
from storage.store import Store, open_store
from tests.bot.fetching_room import Room, opened_room
from tests.moment import NOW
from tests.services.one_grid import HERE
from tests.storage.pictures import gps_at, picture, tags, taken

pytestmark = pytest.mark.usefixtures("socket_enabled")


@pytest.fixture
async def room(store: Store, tmp_path: Path) -> AsyncIterator[Room]:
    async with opened_room(store, MediaFolder(tmp_path / "media")) as made:
        yield made


async def test_a_photo_is_kept_as_telegram_has_it(room: Room) -> None:
    room.start()
    await room.photo()
    (row,) = await room.until(MediaState.STORED)
    assert row.media_hash is not None
    file = await room.bot.get_file(row.file_id)
    assert file.file_path is not None
    data = await room.bot.download_file(file.file_path)
    assert data is not None
    assert room.folder.path(row.media_hash).read_bytes() == data.read()


async def test_what_waited_before_the_start_is_fetched(room: Room) -> None:
    await room.photo()
    await room.image_file(picture("PNG"), "a.png")
    room.start()
    await room.until(MediaState.STORED, MediaState.STORED)


async def test_the_place_in_an_image_file_files_the_report(room: Room) -> None:
    room.start()
    await room.image_file(picture(exif=tags(gps=gps_at(*HERE), camera=taken("2026:11:23 11:30:00"))))
    await room.until(MediaState.STORED)
    ((latitude, longitude),) = await room.store.read(
        lambda session: session.execute(select(Report.latitude, Report.longitude)).all()
    )
    assert (latitude, longitude) == pytest.approx(HERE, abs=1e-6)


async def test_a_renamed_file_is_bad_and_not_kept(room: Room, tmp_path: Path) -> None:
    room.start()
    await room.image_file("这不是照片".encode())
    await room.until(MediaState.BAD)
    assert not (tmp_path / "media").exists()


async def test_voice_and_video_are_kept_as_they_are(room: Room) -> None:
    room.start()
    await room.take(AttachmentKind.VOICE, room.rider.send_voice(b"OggS voice"))
    await room.take(AttachmentKind.VIDEO, room.rider.send_video(b"ftyp video"))
    rows = await room.until(MediaState.STORED, MediaState.STORED)
    kept = {room.folder.path(row.media_hash or "").read_bytes() for row in rows}
    assert kept == {b"OggS voice", b"ftyp video"}


@pytest.mark.parametrize("step", ["getFile", "file"])
@pytest.mark.parametrize("kind", ["drop", "error_500", "html_502", "unauthorized_401"])
async def test_a_failure_on_the_way_is_tried_again(room: Room, step: str, kind: Any) -> None:
    room.tg.order(Fault(method=step, kind=kind, times=99))
    room.start()
    await room.image_file(picture())
    (row,) = await room.until(MediaState.WAITING, attempts=1)
    assert row.fetch_at == NOW + WAITS[0]
    room.travel(WAITS[0])
    (row,) = await room.until(MediaState.WAITING, attempts=2)
    assert row.fetch_at == NOW + WAITS[0] + WAITS[1]
    room.tg.clear_faults()
    room.travel(WAITS[1])
    await room.until(MediaState.STORED)


async def test_a_download_that_ends_too_early_is_no_bad_picture(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = room.session.stream_content

    async def cut_off(*args: Any, **kwargs: Any) -> AsyncIterator[bytes]:
        async for chunk in whole(*args, **kwargs):
            yield chunk[:10]

    monkeypatch.setattr(room.session, "stream_content", cut_off)
    room.start()
    await room.image_file(picture())
    await room.until(MediaState.WAITING, attempts=1)
    monkeypatch.undo()
    room.travel(WAITS[0])
    await room.until(MediaState.STORED)


async def test_a_429_holds_all_until_the_time_it_names(room: Room) -> None:
    room.tg.order(Fault(method="getFile", kind="flood_429", retry_after=30))
    room.start()
    await room.photo()
    (row,) = await room.until(MediaState.WAITING, attempts=1)
    assert row.fetch_at == NOW + timedelta(seconds=30)
    await room.photo()
    room.travel(timedelta(seconds=29))
    await room.photo()
    for _ in range(20):  # time enough for the fetcher to do what it must not
        await room.rows()
    assert len(room.tg.calls_to("getFile")) == 1
    room.travel(timedelta(seconds=1))
    await room.until(*[MediaState.STORED] * 3)
    assert len(room.tg.calls_to("getFile")) == 4


async def test_a_429_of_a_download_holds_too(room: Room) -> None:
    room.tg.order(Fault(method="file", kind="flood_429"))
    room.start()
    await room.photo()
    await room.until(MediaState.WAITING, attempts=1)
    room.travel(fetching.UNNAMED_WAIT)
    await room.until(MediaState.STORED)


async def test_what_is_too_large_is_gone(room: Room) -> None:
    room.start()
    await room.image_file(picture() + bytes(21 * 1024 * 1024))
    await room.until(MediaState.GONE)


async def test_what_a_server_of_ones_own_calls_too_large_is_not_downloaded(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 1_000)
    room.start()
    await room.image_file(picture("BMP"))
    await room.until(MediaState.GONE)
    assert room.tg.calls_to("file") == []


async def test_what_telegram_does_not_know_is_gone(room: Room) -> None:
    room.start()
    message = room.rider.send_photo(picture())
    message["photo"][-1] = message["photo"][-1] | {"file_id": "AgACAgIAAxkBAAIB"}
    await room.take(AttachmentKind.PHOTO, message)
    await room.until(MediaState.GONE)


async def test_only_so_many_are_fetched_at_once(room: Room) -> None:
    room.tg.order(Fault(method="file", kind="slow", seconds=0.05, times=10))
    for _ in range(10):
        await room.photo()
    room.start()
    await room.until(*[MediaState.STORED] * 10)
    assert room.session.most == AT_ONCE


async def test_a_full_disk_is_said_once_and_the_files_come_later(
    room: Room, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "media").write_text("a file where the folder should be: nothing can be written below it")
    room.start()
    await room.photo()
    await room.photo(picture(size=(50, 50)))
    rows = await room.until(MediaState.WAITING, MediaState.WAITING, attempts=1)
    assert {row.fetch_at for row in rows} == {NOW + fetching.DISK_WAIT}
    assert [record.levelno for record in caplog.records if "media folder" in record.message] == [logging.ERROR]
    (tmp_path / "media").unlink()
    room.travel(fetching.DISK_WAIT)
    await room.until(MediaState.STORED, MediaState.STORED)
    assert "can be written again" in caplog.text


async def test_a_store_that_is_locked_is_waited_for(sqlite_url: str, tmp_path: Path) -> None:
    store = await open_store(sqlite_url + "?timeout=0.01")
    async with opened_room(store, MediaFolder(tmp_path / "media")) as room:
        await room.photo()
        other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            room.start()
            await room.store.until(lambda: len(room.store.refused) >= 2)
        finally:
            other.execute("ROLLBACK")
            other.close()
        await room.until(MediaState.STORED)
    await store.close()


async def test_what_was_being_fetched_when_it_was_stopped_is_fetched_by_the_next(room: Room) -> None:
    room.tg.order(Fault(method="file", kind="slow", seconds=30))
    room.start()
    await room.photo()
    await room.store.until(lambda: is_leased(room))
    await room.stop()
    room.fetcher = room.new_fetcher()
    room.tg.clear_faults()
    room.start()
    room.travel(LEASE)
    await room.until(MediaState.STORED)


async def is_leased(room: Room) -> bool:
    return all(row.fetch_at > room.clock() for row in await room.rows())


async def test_a_long_download_keeps_its_lease(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "RENEW_SECONDS", 0.01)
    room.tg.order(Fault(method="file", kind="slow", seconds=30))
    room.start()
    await room.photo()
    await room.store.until(lambda: is_leased(room))
    room.clock.now += LEASE * 0.9

    async def is_renewed() -> bool:
        return [row.fetch_at for row in await room.rows()] == [room.clock() + LEASE]

    await room.store.until(is_renewed)


async def test_a_defect_ends_neither_the_fetcher_nor_the_others(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    defects = iter([True, True])

    def county_of() -> County:
        if next(defects, False):
            raise LookupError("a defect")
        return room.county

    room.county_of = county_of
    room.start()
    await room.photo()
    await room.photo()
    await room.store.until(lambda: is_any_stored(room))
    room.travel(LEASE)
    await room.until(MediaState.STORED, MediaState.STORED)
    assert "a defect" in caplog.text


async def is_any_stored(room: Room) -> bool:
    return any(row.media_state is MediaState.STORED for row in await room.rows())


ASKED = GetFile(file_id="x")


def refused(status: int, **headers: str) -> ClientResponseError:
    proxy = CIMultiDictProxy(CIMultiDict({name.replace("_", "-"): value for name, value in headers.items()}))
    url = URL("http://localhost")
    return ClientResponseError(RequestInfo(url, "GET", proxy, url), (), status=status, headers=proxy)


@pytest.mark.parametrize(
    ("problem", "attempts", "expected"),
    [
        (TooLarge(), 0, Verdict(is_gone=True)),
        (TelegramBadRequest(ASKED, "Bad Request: file is too big"), 0, Verdict(is_gone=True)),
        (TelegramBadRequest(ASKED, "Bad Request: invalid file_id"), 0, Verdict(is_gone=True)),
        (TelegramBadRequest(ASKED, "wrong file_id or the file is temporarily unavailable"), 0, Verdict()),
        (
            TelegramBadRequest(ASKED, "wrong file_id or the file is temporarily unavailable"),
            MOST_ATTEMPTS - 1,
            Verdict(is_gone=True),
        ),
        (TelegramRetryAfter(ASKED, "Too Many Requests", 7), 0, Verdict(False, NOW + timedelta(seconds=7), True)),
        (refused(429, Retry_After="9"), 0, Verdict(False, NOW + timedelta(seconds=9), True)),
        (refused(429), 0, Verdict(False, NOW + fetching.UNNAMED_WAIT, True)),
        (refused(429, Retry_After="soon"), 0, Verdict(False, NOW + fetching.UNNAMED_WAIT, True)),
        (refused(404), 50, Verdict()),
        (refused(503), 50, Verdict()),
        (TelegramServerError(ASKED, "Bad Gateway"), 50, Verdict()),
        (ClientDecodeError("Failed to decode object", ValueError(), "<html>"), 50, Verdict()),
        (TelegramNetworkError(ASKED, "Request timeout error"), 50, Verdict()),
        (ServerDisconnectedError(), 50, Verdict()),
        (ClientPayloadError(), 50, Verdict()),
        (ConnectionResetError(), 50, Verdict()),
        (TimeoutError(), 50, Verdict()),
        (Incomplete(), 50, Verdict()),
        (LookupError(), 0, None),
    ],
    ids=lambda value: f"{type(value).__name__}" if isinstance(value, Exception) else None,
)
def test_what_to_do_about_each_failure(problem: Exception, attempts: int, expected: Verdict | None) -> None:
    assert verdict(problem, attempts=attempts, now=NOW) == expected


def test_memory_takes_no_more_than_a_bot_may_download(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 10)
    target = Bounded()
    target.write(bytes(10))
    with pytest.raises(TooLarge):
        target.write(b"x")


async def test_an_image_file_that_somebody_waits_for_is_looked_at_and_kept(room: Room) -> None:
    data = picture(exif=tags(camera=taken("2026:01:05 12:00:00"), gps=gps_at(*HERE)))
    sent = room.rider.send_document(data, filename="IMG_1.jpg")
    kept = await room.fetcher.look_at(sent["document"]["file_id"])
    assert kept is not None
    assert room.folder.path(kept.media_hash).read_bytes() == data
    assert [round(degrees, 4) for degrees in kept.picture.place or ()] == [*HERE]
    assert kept.picture.taken_at is not None


@pytest.mark.parametrize("trouble", ["no picture", "drop", "error_500", "flood_429"])
async def test_one_that_is_no_picture_or_cannot_be_had_is_not_waited_for(room: Room, trouble: Any) -> None:
    sent = room.rider.send_document(b"no picture" if trouble == "no picture" else picture(), filename="IMG_1.jpg")
    if trouble != "no picture":
        room.tg.order(Fault(method="getFile", kind=trouble))
    assert await room.fetcher.look_at(sent["document"]["file_id"]) is None
