"""Where and when a picture was taken, as its EXIF says (CIPA DC-008, "Exif 3.0").

EXIF is written by cameras, apps and strangers: each value may be absent, absurd, or not of the standard's type. What is
not plausible counts as absent; nothing here raises.
"""

import math
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

from PIL import ExifTags, Image

_TIME = re.compile(r"(\d{4})[:/.-](\d\d)[:/.-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_DATE = re.compile(r"(\d{4})[:/.-](\d\d)[:/.-](\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d?):?(\d\d)")
_FURTHEST_OFFSET = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Tags:
    """The three groups of tags that matter, by their numbers."""

    main: dict[int, Any] = field(default_factory=dict)
    camera: dict[int, Any] = field(default_factory=dict)
    gps: dict[int, Any] = field(default_factory=dict)


def read(image: Image.Image) -> Tags:
    """The picture's tags, as far as they can be read."""
    try:
        exif = image.getexif()
    except Exception:  # noqa: BLE001 - Pillow raises whatever it trips over in damaged EXIF
        return Tags()
    return Tags(
        main=_group(exif, None),
        camera=_group(exif, ExifTags.IFD.Exif),
        gps=_group(exif, ExifTags.IFD.GPSInfo),
    )


def _group(exif: Image.Exif, number: int | None) -> dict[int, Any]:
    try:
        return dict(exif if number is None else exif.get_ifd(number))
    except Exception:  # noqa: BLE001 - as above
        return {}


def place(tags: Tags) -> tuple[float, float] | None:
    """Latitude and longitude in degrees; None when either is missing, out of range, or both are 0."""
    latitude = _degrees(tags.gps.get(ExifTags.GPS.GPSLatitude), tags.gps.get(ExifTags.GPS.GPSLatitudeRef), "NS", 90)
    longitude = _degrees(tags.gps.get(ExifTags.GPS.GPSLongitude), tags.gps.get(ExifTags.GPS.GPSLongitudeRef), "EW", 180)
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None
    return latitude, longitude


def _degrees(value: Any, reference: Any, letters: str, most: int) -> float | None:
    """Degrees, minutes and seconds as one number, negative for the second of the letters."""
    letter = _text(reference)[:1].upper()
    parts = _numbers(value)
    if parts is None or not letter or letter not in letters:
        return None
    degrees, minutes, seconds = parts
    if not (0 <= degrees <= most and 0 <= minutes <= 60 and 0 <= seconds <= 60):  # 60: some cameras round up
        return None
    result = degrees + minutes / 60 + seconds / 3600
    if result > most:
        return None
    return -result if letter == letters[1] else result


def _numbers(value: Any) -> tuple[float, float, float] | None:
    """Three finite numbers, or None."""
    if not isinstance(value, tuple | list) or len(value) != 3:
        return None
    try:
        first, second, third = (float(part) for part in value)
    except (TypeError, ValueError, ArithmeticError):
        return None
    return (first, second, third) if all(map(math.isfinite, (first, second, third))) else None


def taken_at(tags: Tags, *, zone: tzinfo) -> datetime | None:
    """When the picture was taken, in UTC; ``zone`` is the camera's, if it does not say.

    The time of the last change is the last resort: it is never earlier than the picture.
    """
    for time, offset in (
        (tags.camera.get(ExifTags.Base.DateTimeOriginal), tags.camera.get(ExifTags.Base.OffsetTimeOriginal)),
        (tags.camera.get(ExifTags.Base.DateTimeDigitized), tags.camera.get(ExifTags.Base.OffsetTimeDigitized)),
    ):
        found = _moment(_text(time), _text(offset), zone)
        if found is not None:
            return found
    return _satellite_time(tags) or _moment(
        _text(tags.main.get(ExifTags.Base.DateTime)), _text(tags.camera.get(ExifTags.Base.OffsetTime)), zone
    )


def _moment(time: str, offset: str, zone: tzinfo) -> datetime | None:
    match = _TIME.match(time)
    if match is None:
        return None
    year, month, day, hour, minute, second = map(int, match.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=_zone(offset) or zone).astimezone(UTC)
    except (ValueError, OverflowError):  # "0000:00:00 00:00:00", February 30, the year 1 east of Greenwich
        return None


def _zone(offset: str) -> tzinfo | None:
    if offset[:1] == "Z":
        return UTC
    match = _OFFSET.match(offset)
    if match is None:
        return None
    sign, hours, minutes = match.groups()
    distance = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-distance if sign == "-" else distance) if distance <= _FURTHEST_OFFSET else None


def _satellite_time(tags: Tags) -> datetime | None:
    """The time that the receiver got with the place: always UTC."""
    date = _DATE.match(_text(tags.gps.get(ExifTags.GPS.GPSDateStamp)))
    time = _numbers(tags.gps.get(ExifTags.GPS.GPSTimeStamp))
    if date is None or time is None:
        return None
    year, month, day = map(int, date.groups())
    hour, minute, second = map(int, time)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _text(value: Any) -> str:
    """Text that may have come as bytes, and with the zeros that end it."""
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    return value.split("\0")[0].strip() if isinstance(value, str) else ""
