"""Pictures for tests, made on the spot."""

import io
from datetime import UTC
from typing import Any

from hypothesis import strategies as st
from PIL import ExifTags, Image

from storage.media import MOST_PIXELS, Picture

CENTRE = (25.40, 114.36)
"""Latitude and longitude."""


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    """A gradient in the format."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def tags(
    *, main: dict[Any, Any] | None = None, camera: dict[Any, Any] | None = None, gps: dict[Any, Any] | None = None
) -> bytes:
    """EXIF with these tags."""
    made = Image.Exif()
    made.update({ExifTags.Base.Make: "Telephone"} | (main or {}))  # Pillow leaves EXIF out that has no main tags
    made.get_ifd(ExifTags.IFD.Exif).update(camera or {})
    made.get_ifd(ExifTags.IFD.GPSInfo).update(gps or {})
    return made.tobytes()


def gps_at(latitude: float, longitude: float) -> dict[Any, Any]:
    """The GPS tags of a place."""
    return {
        ExifTags.GPS.GPSLatitudeRef: "N" if latitude >= 0 else "S",
        ExifTags.GPS.GPSLatitude: _sexagesimal(abs(latitude)),
        ExifTags.GPS.GPSLongitudeRef: "E" if longitude >= 0 else "W",
        ExifTags.GPS.GPSLongitude: _sexagesimal(abs(longitude)),
    }


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    minutes = degrees % 1 * 60
    return (float(int(degrees)), float(int(minutes)), round(minutes % 1 * 60, 4))


def taken(time: str, *, offset: str | None = None) -> dict[Any, Any]:
    """The camera's tags of a time such as ``2026:11:23 11:30:00``."""
    given = {ExifTags.Base.DateTimeOriginal: time}
    return given if offset is None else given | {ExifTags.Base.OffsetTimeOriginal: offset}


@st.composite
def damaged(draw: st.DrawFn, *, sources: list[bytes]) -> bytes:
    """Good bytes, some of them changed, left out or doubled."""
    data = bytearray(draw(st.sampled_from(sources)))
    for _ in range(draw(st.integers(1, 6))):
        # most of what can go wrong is in the first few hundred bytes
        at = draw(st.integers(0, max(0, min(len(data) - 1, draw(st.sampled_from((40, 400, 100_000)))))))
        match draw(st.sampled_from(("change", "change", "change", "cut", "double"))):
            case "change":
                data[at : at + 1] = draw(st.binary(min_size=1, max_size=4))
            case "cut":
                del data[at : at + draw(st.integers(1, 50))]
            case _:
                data[at:at] = data[at : at + draw(st.integers(1, 50))]
    return bytes(data)


def check_plausible(found: Picture) -> None:
    assert 0 < found.width * found.height <= MOST_PIXELS
    if found.place is not None:
        latitude, longitude = found.place
        assert -90 <= latitude <= 90
        assert -180 <= longitude <= 180
        assert found.place != (0, 0)
    assert found.taken_at is None or found.taken_at.tzinfo is UTC
