"""Images sent as files: their own place and time are used, shown, asked about; what is no picture is named."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from PIL import ExifTags

from sandbox import Fault
from storage.schema import Report
from tests import county
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.phone import Phone
from tests.pictures import jpeg
from tests.storage.pictures import gps_at, picture, tags, taken

pytestmark = ON_SQLITE


def photo_file(town: Town, *, place: tuple[float, float] | None = None, age: timedelta | None = None) -> bytes:
    """A camera's JPEG, taken so long ago, there."""
    camera: dict[Any, Any] = {}
    if age is not None:
        local: datetime = (town.clock() - age).astimezone(town.settings.zone)
        camera = taken(f"{local:%Y:%m:%d %H:%M:%S}")
    gps = gps_at(*place) if place is not None else None
    return picture(exif=tags(camera=camera, gps=gps))


def one_status(rider: Phone) -> None:
    """The chat shows the draft at most once."""
    statuses = [m for m in rider.from_bot if rider.button("button-start-over") in rider.buttons(m)]
    assert len(statuses) <= 1, rider.transcript()


@IN_BOTH_LANGUAGES
async def test_its_own_place_files_it_and_one_tap_changes_the_place(town: Town, language: str) -> None:
    first, second = await town.officer(7001), await town.officer(7002, grid="B-01")
    rider = town.rider(language=language)
    rider.send_document(photo_file(town, place=county.IN_A1, age=timedelta(hours=1)), caption="smoke")
    receipt = await rider.hears_filed()
    assert rider.words("receipt-place-exif", place="25.40500, 114.36500") in receipt["text"]
    card = await first.gets_alert(urgent=True)
    assert first.words("case-place-exif") in card["text"]
    picture_shown = next(m for m in first.from_bot if "photo" in m)
    call = next(c for c in town.tg.calls_to("sendPhoto") if c.params["chat_id"] == first.id)
    assert ExifTags.Base.Make.name not in str(picture_shown)
    assert all(b"Exif" not in upload.data for upload in call.params["uploads"].values())
    await town.calm()
    one_status(rider)

    rider.push(receipt, "button-change-place")
    await rider.hears("prompt-place", number="D-000001")
    rider.send_location(*county.IN_B1)
    await rider.hears("place-changed", number="D-000001")
    await second.gets_alert(urgent=True)
    await first.until(lambda: first.words("case-with-others") in first.current(card)["text"])
    await rider.until(lambda: "B-01" in rider.current(receipt)["text"])


@IN_BOTH_LANGUAGES
@pytest.mark.parametrize("answer", ["button-second-report", "button-same-report"])
async def test_a_picture_of_another_place_may_be_a_second_report(town: Town, language: str, answer: str) -> None:
    rider = town.rider(language=language)
    rider.send_location(*county.IN_A1)
    rider.send_document(photo_file(town, place=county.IN_B1))
    asked = await rider.wait_for(lambda m: rider.button(answer) in rider.buttons(m))
    assert await town.count(Report) == 0
    rider.push(asked, answer)
    receipt = await rider.hears_filed()
    assert ("B-01" if answer == "button-second-report" else "A-01") in receipt["text"]
    await town.calm()
    one_status(rider)
    left = [m for m in rider.from_bot if rider.words("draft-needs-photo") in str(m.get("text"))]
    assert len(left) == (answer == "button-second-report"), rider.transcript()


async def test_a_place_of_its_own_outside_the_county_is_asked_about(town: Town) -> None:
    rider = town.rider()
    rider.send_document(photo_file(town, place=county.OUTSIDE))
    await rider.hears("draft-exif-outside")
    await town.calm()
    assert await town.count(Report) == 0
    one_status(rider)
    rider.send_location(*county.IN_A1)
    receipt = await rider.hears_filed()
    assert "A-01" in receipt["text"]
    await town.calm()
    one_status(rider)


@pytest.mark.parametrize("place", [county.IN_A1, None])
@pytest.mark.parametrize("answer", ["button-still-so", "button-leave-out"])
async def test_an_old_picture_is_asked_about(town: Town, place: tuple[float, float] | None, answer: str) -> None:
    rider = town.rider(language="zh")
    rider.send_document(photo_file(town, place=place, age=timedelta(days=3)))
    status = await rider.wait_for(lambda m: rider.button("button-still-so") in rider.buttons(m))
    await town.calm()
    assert await town.count(Report) == 0
    one_status(rider)
    rider.push(rider.current(status), answer)
    if place is not None and answer == "button-still-so":
        await rider.hears_filed()
    elif answer == "button-still-so":
        await rider.hears("draft-needs-place")
        rider.send_location(*county.IN_A1)
        await rider.hears_filed()
    else:
        await rider.hears("draft-thrown-away")
        rider.send_location(*county.IN_A1)
        await rider.hears("draft-what")
        rider.send_photo(jpeg())
        await rider.hears_filed()
    await town.calm()
    one_status(rider)


async def test_without_a_place_of_its_own_it_counts_as_a_photo(town: Town) -> None:
    officer = await town.officer(7001)
    rider = town.rider()
    rider.send_document(jpeg(), filename="IMG_1.JPG", mime_type="application/octet-stream")
    await rider.hears("draft-needs-place")
    rider.send_location(*county.IN_A1)
    await rider.hears_filed()
    await officer.gets_alert()
    await town.calm()
    assert sum("photo" in m for m in officer.from_bot) == 1
    one_status(rider)


@IN_BOTH_LANGUAGES
@pytest.mark.parametrize("data", [b"%PDF-1.7 no picture at all", None], ids=["renamed", "bomb"])
async def test_what_is_no_picture_does_not_count(town: Town, language: str, data: bytes | None) -> None:
    rider = town.rider(language=language)
    rider.send_location(*county.IN_A1)
    await rider.hears("draft-what")
    rider.send_document(data or bomb(), filename="<b>leak</b>.png", mime_type="image/png")
    await rider.hears("told-picture-bad", name="<b>leak</b>.png")
    await town.calm()
    assert await town.count(Report) == 0
    one_status(rider)
    rider.send_photo(jpeg())
    await rider.hears_filed()


async def test_over_twenty_megabytes_is_refused_and_the_draft_kept(town: Town) -> None:
    rider = town.rider()
    rider.send_location(*county.IN_A1)
    status = await rider.hears("draft-what")
    rider.send_document(jpeg() + b"\0" * 20_000_001, filename="huge.jpg")
    await rider.hears("error-file-too-large", megabytes=20)
    rider.push(status, "button-report-here")
    await rider.until(lambda: rider.words("draft-needs-photo") in rider.current(status)["text"])
    rider.push(status, "button-no-photo")
    await rider.hears_filed()


async def test_a_second_picture_with_a_place_does_not_decide_by_itself(town: Town) -> None:
    rider = town.rider()
    rider.send_document(photo_file(town, place=county.IN_A1))
    await rider.hears_filed()
    rider.send_document(photo_file(town, place=county.IN_A2))
    await rider.hears("draft-join", number="D-000001")
    await town.calm()
    assert await town.count(Report) == 1
    asked = await rider.wait_for(lambda m: rider.button("button-new-report") in rider.buttons(m))
    rider.push(asked, "button-join", number="D-000001")
    await rider.hears("joined-report", number="D-000001")
    await town.calm()
    receipt = await rider.hears_filed()
    assert "A-01" in receipt["text"], "one more picture does not move the report"


async def test_an_old_straggler_is_asked_about_before_anybody_sees_it(town: Town) -> None:
    officer = await town.officer(7001)
    rider = town.rider(language="zh")
    rider.send_location(*county.IN_A1)
    rider.send_photo(jpeg())
    await rider.hears_filed()
    await officer.gets_alert()
    rider.send_document(photo_file(town, age=timedelta(days=3)))
    joining = await rider.wait_for(lambda m: rider.button("button-new-report") in rider.buttons(m))
    rider.push(joining, "button-join", number="D-000001")
    asked = await rider.wait_for(lambda m: rider.button("button-still-so") in rider.buttons(m))
    await town.calm()
    assert sum("photo" in m for m in officer.from_bot) == 1
    rider.push(asked, "button-still-so")
    await rider.hears("joined-report", number="D-000001")
    await officer.until(lambda: sum("photo" in m for m in officer.from_bot) == 2)


async def test_nothing_is_asked_about_a_file_that_is_no_picture(town: Town) -> None:
    rider = town.rider()
    rider.send_location(*county.IN_A1)
    rider.send_photo(jpeg())
    await rider.hears_filed()
    rider.send_document(b"%PDF-1.7 no picture at all", filename="leak.png", mime_type="image/png")
    await rider.hears("told-picture-bad", name="leak.png")
    await town.calm()
    assert not [m for m in rider.from_bot if rider.button("button-new-report") in rider.buttons(m)], rider.transcript()


def bomb() -> bytes:
    """A small PNG that says it is 60,000 × 60,000 pixels."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 200_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("place", [county.IN_A1, county.OUTSIDE], ids=["inside", "outside"])
async def test_a_status_that_comes_late_does_not_stay_beside_what_is_newer(
    town: Town, place: tuple[float, float]
) -> None:
    rider = town.rider()
    rider.send_text("/start")
    await rider.hears("ask-kind")
    town.tg.order(Fault("sendMessage", "slow", chat_id=rider.id, seconds=0.5))  # the picture is read before it is said
    rider.send_document(photo_file(town, place=place))
    if place == county.IN_A1:
        await rider.hears_filed()
    else:
        await rider.hears("draft-exif-outside")
    await town.calm()
    statuses = [m for m in rider.from_bot if rider.button("button-start-over") in rider.buttons(m)]
    assert len(statuses) == (place == county.OUTSIDE), rider.transcript()
    assert all(rider.words("draft-exif-outside") in status["text"] for status in statuses)
    rider.send_location(*county.IN_A2)
    if place == county.OUTSIDE:
        assert "A-02" in (await rider.hears_filed())["text"]
