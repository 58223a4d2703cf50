"""The place and time that EXIF names, and what is not believed of it."""

import io
import math
import struct
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from storage import exif
from storage.media import Picture, inspect, to_share
from tests.storage.pictures import CENTRE, check_plausible, damaged, gps_at, picture, tags, taken

ZONE = ZoneInfo("Asia/Shanghai")

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # what Pillow says of damaged EXIF


def read(block: bytes, kind: str = "JPEG") -> Picture:
    return inspect(picture(kind, exif=block), zone=ZONE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_place_and_time_are_read(kind: str) -> None:
    found = read(tags(gps=gps_at(*CENTRE), camera=taken("2026:11:23 11:30:00")), kind)
    assert found.place == pytest.approx(CENTRE, abs=1e-6)
    assert found.taken_at == datetime(2026, 11, 23, 3, 30, tzinfo=UTC)


def test_south_and_west_are_negative() -> None:
    assert read(tags(gps=gps_at(-33.5, -70.25))).place == pytest.approx((-33.5, -70.25), abs=1e-6)


def raw_gps(latitude: list[tuple[int, int]], *, reference: bytes | None = b"N\0", kind: int = 5) -> bytes:
    """A JPEG whose GPS tags hold exactly these fractions: Pillow itself would not write some of them."""
    entries, body = [], b""
    start = 8 + 2 + 12 + 4
    count = 4 if reference is not None else 3
    values_at = start + 2 + count * 12 + 4
    if reference is not None:
        entries.append(struct.pack("<HHI4s", 1, 2, len(reference), reference.ljust(4, b"\0")))
    for tag, fractions in ((2, latitude), (4, [(114, 1), (21, 1), (36, 1)])):
        if tag == 4:
            entries.append(struct.pack("<HHI4s", 3, 2, 2, b"E\0\0\0"))
        entries.append(struct.pack("<HHII", tag, kind if tag == 2 else 5, len(fractions), values_at + len(body)))
        body += b"".join(struct.pack("<II", *fraction) for fraction in fractions)
    gps = struct.pack("<H", count) + b"".join(entries) + struct.pack("<I", 0)
    main = struct.pack("<HHHII", 1, 0x8825, 4, 1, start) + struct.pack("<I", 0)
    return picture(exif=b"Exif\0\0II*\0\x08\0\0\0" + main + gps + body)


def test_the_raw_tags_of_these_tests_are_sound() -> None:
    assert inspect(raw_gps([(25, 1), (24, 1), (0, 1)]), zone=ZONE).place == pytest.approx(CENTRE)


@pytest.mark.parametrize(
    "data",
    [
        raw_gps([(25, 0), (24, 1), (0, 1)]),
        raw_gps([(0, 0), (0, 0), (0, 0)]),
        raw_gps([(25, 1), (24, 1), (0, 0)]),
        raw_gps([(91, 1), (0, 1), (0, 1)]),
        raw_gps([(90, 1), (0, 1), (1, 1)]),
        raw_gps([(25, 1), (61, 1), (0, 1)]),
        raw_gps([(25, 1), (24, 1), (61, 1)]),
        raw_gps([(25, 1), (24, 1)]),
        raw_gps([(25, 1)]),
        raw_gps([(4_294_967_295, 1), (0, 1), (0, 1)]),
        raw_gps([(25, 1), (24, 1), (0, 1)], reference=None),
        raw_gps([(25, 1), (24, 1), (0, 1)], reference=b"\0"),
        raw_gps([(25, 1), (24, 1), (0, 1)], reference=b"E\0"),
        raw_gps([(25, 1), (24, 1), (0, 1)], kind=2),
        raw_gps([(0, 0x7FF80000), (24, 1), (0, 1)], kind=12),
        raw_gps([(25, 1), (24, 1), (0, 1)], kind=99),
    ],
    ids=[
        "x/0", "0/0", "0/0 seconds", "91 degrees", "over 90 by a second", "61 minutes", "61 seconds", "two parts",
        "one part", "huge", "no reference", "empty reference", "wrong reference", "text", "NaN", "no such type",
    ],
)  # fmt: skip
def test_an_absurd_place_is_no_place(data: bytes) -> None:
    assert inspect(data, zone=ZONE) == Picture("JPEG", 64, 48)


@pytest.mark.parametrize(
    "gps",
    [
        gps_at(0, 0),
        gps_at(*CENTRE) | {ExifTags.GPS.GPSLongitudeRef: "North"},
        {key: value for key, value in gps_at(*CENTRE).items() if key != ExifTags.GPS.GPSLongitude},
    ],
    ids=["0,0", "wrong reference", "no longitude"],
)
def test_half_a_place_is_no_place(gps: dict[int, object]) -> None:
    assert read(tags(gps=gps)).place is None


@pytest.mark.parametrize(
    ("time", "offset", "expected"),
    [
        ("2026:11:23 11:30:00", "+08:00", datetime(2026, 11, 23, 3, 30, tzinfo=UTC)),
        ("2026:11:23 11:30:00", "-03:30", datetime(2026, 11, 23, 15, 0, tzinfo=UTC)),
        ("2026:11:23 11:30:00", "Z", datetime(2026, 11, 23, 11, 30, tzinfo=UTC)),
        ("2026:11:23 11:30:00", "+99:00", datetime(2026, 11, 23, 3, 30, tzinfo=UTC)),
        ("2026:11:23 11:30:00", "   :  ", datetime(2026, 11, 23, 3, 30, tzinfo=UTC)),
        ("2026-11-23T11:30:00.250", None, datetime(2026, 11, 23, 3, 30, tzinfo=UTC)),
        ("0000:00:00 00:00:00", None, None),
        ("    :  :     :  :  ", None, None),
        ("2026:02:30 11:30:00", None, None),
        ("2026:11:23 24:00:00", None, None),
        ("0001:01:01 00:00:00", "+14:00", None),
        ("9999:12:31 23:59:59", "-14:00", None),
        ("昨天", None, None),
        ("", None, None),
    ],
)
def test_the_time_is_the_cameras_or_none(time: str, offset: str | None, expected: datetime | None) -> None:
    assert read(tags(camera=taken(time, offset=offset))).taken_at == expected


def test_without_the_cameras_time_the_satellites_count_and_then_the_last_change() -> None:
    gps = {ExifTags.GPS.GPSDateStamp: "2026:11:23", ExifTags.GPS.GPSTimeStamp: (3.0, 30.0, 0.0)}
    main = {ExifTags.Base.DateTime: "2026:11:23 12:00:00"}
    assert read(tags(gps=gps, main=main)).taken_at == datetime(2026, 11, 23, 3, 30, tzinfo=UTC)
    assert read(tags(main=main)).taken_at == datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize("time", [(math.nan, 0, 0), (3, math.inf, 0), (25, 0, 0), (3, 30), "noon", None, (None, 1, 1)])
def test_an_absurd_time_of_the_satellites_is_none(time: object) -> None:
    absurd = exif.Tags(gps={ExifTags.GPS.GPSDateStamp: "2026:11:23", ExifTags.GPS.GPSTimeStamp: time})
    assert exif.taken_at(absurd, zone=ZONE) is None


EXIF = tags(gps=gps_at(*CENTRE), camera=taken("2026:11:23 11:30:00", offset="+08:00"))


@settings(max_examples=300, deadline=None)
@given(block=st.one_of(damaged(sources=[EXIF]), st.binary(max_size=300).map(lambda rest: b"Exif\0\0II*\0" + rest)))
def test_damaged_exif_does_not_harm_a_picture(block: bytes) -> None:
    data = picture(exif=block)
    check_plausible(inspect(data, zone=ZONE))
    assert Image.open(io.BytesIO(to_share(data))).format == "JPEG"
