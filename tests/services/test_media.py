"""What is fetched when, and what the intake hears of it."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from services import intake, media
from services.county import County
from services.media import LEASE, WAITS, Wanted
from services.parts import File, Outcome, Place
from storage.kinds import Asking, AttachmentKind, MediaState, PlaceSource
from storage.media import Picture
from storage.records import DraftRecord
from storage.schema import Attachment, Draft, Report
from storage.store import Store
from tests.moment import NOW
from tests.services.one_grid import HERE, make_county


@pytest.fixture
async def county(store: Store) -> County:
    return await make_county(store)


async def send(
    store: Store, county: County, number: int, *, kind: AttachmentKind = AttachmentKind.IMAGE_FILE, now: datetime = NOW
) -> None:
    file = File(kind, number, f"file-{number}", f"unique-{number}")
    await store.write(intake.take, person_id=1, part=file, county=county, now=now)


async def send_place(store: Store, county: County) -> Outcome:
    place = Place(*HERE, PlaceSource.PIN)
    return await store.write(intake.take, person_id=1, part=place, county=county, now=NOW)


async def claim(store: Store, *, now: datetime = NOW, most: int = 10) -> list[Wanted]:
    return await store.write(media.claim, now=now, most=most)


async def draft(store: Store) -> DraftRecord:
    found = await store.read(intake.look, person_id=1)
    assert found is not None
    return found


def attachments(session: Session) -> list[tuple[str, MediaState, str | None, int, datetime]]:
    rows = session.scalars(select(Attachment).order_by(Attachment.id))
    return [(row.file_id, row.media_state, row.media_hash, row.fetch_attempts, row.fetch_at) for row in rows]


def reports(session: Session) -> list[int]:
    return list(session.scalars(select(Report.id)))


async def test_image_files_come_first_because_a_draft_waits_for_them(store: Store, county: County) -> None:
    await send(store, county, 1, kind=AttachmentKind.PHOTO)
    await send(store, county, 2, kind=AttachmentKind.VOICE)
    await send(store, county, 3)
    assert [wanted.file_id for wanted in await claim(store)] == ["file-3", "file-1", "file-2"]


async def test_no_more_than_asked_for_are_taken(store: Store, county: County) -> None:
    for number in range(1, 6):
        await send(store, county, number)
    assert len(await claim(store, most=3)) == 3
    assert len(await claim(store, most=3)) == 2


async def test_two_processes_do_not_take_the_same(store: Store, county: County) -> None:
    for number in range(1, 11):
        await send(store, county, number)
    claims = await asyncio.gather(*(claim(store, most=3) for _ in range(6)))
    taken = [wanted.file_id for group in claims for wanted in group]
    assert len(taken) == len(set(taken))


async def test_a_lease_lapses_unless_it_is_renewed(store: Store, county: County) -> None:
    await send(store, county, 1)
    held = await claim(store)
    later = NOW + LEASE * 0.9
    assert await claim(store, now=later) == []
    await store.write(media.renew, held=held, now=later)
    assert await claim(store, now=NOW + LEASE) == []
    assert await claim(store, now=later + LEASE) == held


async def test_it_is_known_when_the_next_is_due(store: Store, county: County) -> None:
    assert await store.read(media.next_fetch) is None
    await send(store, county, 1)
    assert await store.read(media.next_fetch) == NOW
    (wanted,) = await claim(store)
    assert await store.read(media.next_fetch) == NOW + LEASE
    await store.write(media.failed, wanted=wanted, county=county, now=NOW, gone=True)
    assert await store.read(media.next_fetch) is None


async def test_the_waits_grow_and_then_stay(store: Store, county: County) -> None:
    await send(store, county, 1)
    now, waits = NOW, []
    for attempt in range(len(WAITS) + 2):
        (wanted,) = await claim(store, now=now)
        assert wanted.attempts == attempt
        await store.write(media.failed, wanted=wanted, county=county, now=now)
        due = await store.read(media.next_fetch)
        assert due is not None
        waits.append(due - now)
        now = due
    assert waits == [*WAITS, WAITS[-1], WAITS[-1]]


async def test_a_named_time_is_kept_to_the_second(store: Store, county: County) -> None:
    await send(store, county, 1)
    (wanted,) = await claim(store)
    named = NOW + timedelta(seconds=47)
    await store.write(media.failed, wanted=wanted, county=county, now=NOW, retry_at=named)
    assert await store.read(media.next_fetch) == named


async def test_a_stored_photo_is_found_by_its_hash(store: Store, county: County) -> None:
    await send(store, county, 1, kind=AttachmentKind.PHOTO)
    (wanted,) = await claim(store)
    picture = Picture("JPEG", 9, 9)
    await store.write(media.stored, wanted=wanted, media_hash="a" * 64, picture=picture, county=county, now=NOW)
    ((_, state, media_hash, _, _),) = await store.read(attachments)
    assert (state, media_hash) == (MediaState.STORED, "a" * 64)


async def test_the_place_of_an_image_file_completes_the_draft(store: Store, county: County) -> None:
    await send(store, county, 1)
    assert (await draft(store)).reading == 1
    (wanted,) = await claim(store)
    picture = Picture("JPEG", 9, 9, place=HERE, taken_at=NOW - timedelta(minutes=3))
    await store.write(media.stored, wanted=wanted, media_hash="a" * 64, picture=picture, county=county, now=NOW)
    assert await store.read(reports) == [1]


async def test_an_old_image_file_is_asked_about(store: Store, county: County) -> None:
    await send(store, county, 1)
    (wanted,) = await claim(store)
    picture = Picture("JPEG", 9, 9, place=HERE, taken_at=NOW - timedelta(hours=25))
    await store.write(media.stored, wanted=wanted, media_hash="a" * 64, picture=picture, county=county, now=NOW)
    assert await store.read(reports) == []
    assert (await draft(store)).asking is Asking.OLD_PICTURE


async def test_what_was_stored_twice_takes_effect_once(store: Store, county: County) -> None:
    await send(store, county, 1)
    (wanted,) = await claim(store)
    picture = Picture("JPEG", 9, 9, place=HERE)
    for _ in range(2):
        await store.write(media.stored, wanted=wanted, media_hash="a" * 64, picture=picture, county=county, now=NOW)
    await store.write(media.bad, wanted=wanted, county=county, now=NOW)
    await store.write(media.failed, wanted=wanted, county=county, now=NOW, gone=True)
    ((_, state, _, attempts, _),) = await store.read(attachments)
    assert (state, attempts) == (MediaState.STORED, 0)
    assert await store.read(reports) == [1]


async def test_a_bad_image_file_does_not_count(store: Store, county: County) -> None:
    await send(store, county, 1)
    (wanted,) = await claim(store)
    await store.write(media.bad, wanted=wanted, county=county, now=NOW)
    assert await store.read(intake.look, person_id=1) is None
    assert (await send_place(store, county)).filed is None


async def test_a_draft_does_not_wait_for_what_cannot_be_fetched_now(store: Store, county: County) -> None:
    await send(store, county, 1)
    (wanted,) = await claim(store)
    assert (await send_place(store, county)).filed is None
    await store.write(media.failed, wanted=wanted, county=county, now=NOW)
    assert await store.read(reports) == [1]
    # it still is fetched later, and joins the report
    (again,) = await claim(store, now=NOW + WAITS[0])
    picture = Picture("JPEG", 9, 9, place=(0.5, 0.5))
    await store.write(media.stored, wanted=again, media_hash="a" * 64, picture=picture, county=county, now=NOW)
    ((_, state, _, _, _),) = await store.read(attachments)
    assert state is MediaState.STORED


async def test_a_number_given_anew_is_not_taken_for_the_old_attachment(store: Store, county: County) -> None:
    await send(store, county, 1)
    (wanted,) = await claim(store)
    await store.write(intake.discard, person_id=1, now=NOW)
    await send(store, county, 2)

    def take_the_number(session: Session) -> None:  # as SQLite may
        session.scalars(select(Attachment)).one().id = wanted.attachment_id

    await store.write(take_the_number)
    picture = Picture("JPEG", 9, 9, place=HERE)
    await store.write(media.stored, wanted=wanted, media_hash="a" * 64, picture=picture, county=county, now=NOW)
    await store.write(media.bad, wanted=wanted, county=county, now=NOW)
    await store.write(media.renew, held=[wanted], now=NOW + LEASE)
    assert await store.read(attachments) == [("file-2", MediaState.WAITING, None, 0, NOW)]


async def test_an_attachment_thrown_away_meanwhile_is_no_trouble(store: Store, county: County) -> None:
    await send(store, county, 1)
    (wanted,) = await claim(store)
    await store.write(intake.discard, person_id=1, now=NOW)
    picture = Picture("JPEG", 9, 9, place=HERE)
    await store.write(media.stored, wanted=wanted, media_hash="a" * 64, picture=picture, county=county, now=NOW)
    await store.write(media.failed, wanted=wanted, county=county, now=NOW)
    assert await store.read(attachments) == []
    assert await store.read(lambda session: session.scalars(select(Draft)).all()) == []
