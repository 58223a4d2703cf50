"""Draw what the sandbox's page offers to send (`sandbox/samples/`), and the photos of the sample county's places.

    python scripts/make_samples.py [FOLDER [FOLDER OF PLACES]]

Each is a JPEG of 1280 × 960 under 120 KB, drawn from a fixed seed. Those sent "as a file" carry EXIF as a phone
writes it: a place in the sample county, and a time or none.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random  # noqa: TID251 - each scene is drawn from its own fixed seed
from typing import Any

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from sample_county.stations import LOOKS
from sample_pictures import indoors, night, places, street
from sample_pictures.sheet import Sheet

ROOT = Path(__file__).resolve().parent.parent
FOLDER, PLACES = ROOT / "sandbox" / "samples", ROOT / "data" / "sample-county" / "photos"
SHOWN = (960, 720)
"""Pixels of the picture of a place."""
QUALITY = 84
LARGEST, LARGEST_PLACE = 120_000, 70_000  # bytes


@dataclass(frozen=True)
class Exif:
    """What a phone writes into a picture."""

    latitude: float  # degrees north
    longitude: float  # degrees east
    taken: str | None = None  # local time as EXIF writes it
    offset: str = "+08:00"  # of that time from UTC


@dataclass(frozen=True)
class Sample:
    """One picture: its scene, the seed (a mended one has the seed of the broken one), what it is called and has."""

    name: str
    draw: Callable[[Random], Sheet]
    seed: int
    zh: str  # the page offers it as the caption, so the bot must know the hazard by it
    en: str
    exif: Exif | None = None
    note: tuple[str, str] | None = None  # what is special about the file, in Chinese and English


SAMPLES = (
    Sample("water-leak.jpg", street.leak, 11, "水管漏水", "Water leak"),
    Sample("water-leak-fixed.jpg", street.leak_fixed, 11, "漏水已修好", "Leak mended"),
    Sample("fallen-tree.jpg", street.tree, 23, "树木倒伏", "Fallen tree"),
    Sample("fallen-tree-cleared.jpg", street.tree_cleared, 23, "倒树已清理", "Tree cleared"),
    Sample("street-light.jpg", night.lamp_broken, 31, "路灯损坏", "Broken street light"),
    Sample("street-light-fixed.jpg", night.lamp_fixed, 31, "路灯已修好", "Light mended"),
    Sample("fire-exit.jpg", indoors.exit_blocked, 43, "消防通道堵塞", "Blocked fire exit"),
    Sample("fire-exit-cleared.jpg", indoors.exit_cleared, 43, "通道已清空", "Exit cleared"),
    Sample("exposed-wire.jpg", indoors.wire, 53, "电线裸露", "Exposed wire"),
    Sample("manhole.jpg", street.manhole, 61, "井盖缺失", "Missing manhole cover"),
    Sample(
        "IMG_20260105_093214.jpg",
        street.pothole,
        71,
        "路面坑洞",
        "Pothole",
        Exif(25.3955, 114.3620, taken="2026:01:05 09:32:14"),
        note=("有位置，时间是旧的", "has a place, an old time"),
    ),
    Sample(
        "IMG_no_date.jpg",
        indoors.rubbish,
        83,
        "垃圾堆放",
        "Rubbish",
        Exif(25.3968, 114.3607),
        note=("有位置，没有时间", "has a place, no time"),
    ),
)


SCENES: dict[str, Callable[[Random], Sheet]] = {
    "station": places.station,
    "shop": places.shop,
    "compound": places.compound,
    "centre": places.centre,
}
"""Kinds of service places."""


def draw_places(folder: Path) -> None:
    """Some of each kind, no two alike."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, draw in SCENES.items():
        for number in range(1, LOOKS + 1):
            picture = draw(Random(f"{kind} {number}")).finished().resize(SHOWN, Image.Resampling.LANCZOS)
            (folder / f"{kind}-{number}.jpg").write_bytes(encoded(picture, None, largest=LARGEST_PLACE))


def main(folder: Path) -> None:
    """Draw all of them, and list them in samples.json."""
    folder.mkdir(parents=True, exist_ok=True)
    for sample in SAMPLES:
        picture = sample.draw(Random(sample.seed)).finished()
        data = encoded(picture, sample.exif)
        (folder / sample.name).write_bytes(data)
        print(f"{sample.name:28} {len(data) / 1000:6.1f} KB")
    listed = json.dumps([entry(one) for one in SAMPLES], ensure_ascii=False, indent=2)
    (folder / "samples.json").write_text(listed + "\n", encoding="utf-8")


def entry(sample: Sample) -> dict[str, Any]:
    """What the page is told of it."""
    listed: dict[str, Any] = {
        "name": sample.name,
        "as": "document" if sample.exif else "photo",
        "title": {"zh": sample.zh, "en": sample.en},
    }
    if sample.note:
        listed["note"] = dict(zip(("zh", "en"), sample.note, strict=True))
    return listed


def encoded(picture: Image.Image, exif: Exif | None, *, largest: int = LARGEST) -> bytes:
    """The picture as a JPEG, in the best quality that is not too large."""
    for quality in range(QUALITY, 40, -4):
        out = BytesIO()
        tags = as_tags(exif) if exif else Image.Exif()
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True, exif=tags)
        if out.tell() < largest:
            break
    return out.getvalue()


def as_tags(exif: Exif) -> Image.Exif:
    """EXIF 2.32: the GPS block in degrees, minutes and seconds; the time in the block that phones use."""
    tags = Image.Exif()
    tags[Base.Make] = "Warmgrid"
    tags[Base.Model] = "Sample phone"
    place = tags.get_ifd(IFD.GPSInfo)
    place[GPS.GPSVersionID] = b"\x02\x03\x00\x00"
    place[GPS.GPSLatitudeRef], place[GPS.GPSLatitude] = "N", sexagesimal(exif.latitude)
    place[GPS.GPSLongitudeRef], place[GPS.GPSLongitude] = "E", sexagesimal(exif.longitude)
    place[GPS.GPSMapDatum] = "WGS-84"
    if exif.taken:
        details = tags.get_ifd(IFD.Exif)
        details[Base.DateTimeOriginal] = exif.taken
        details[Base.OffsetTimeOriginal] = exif.offset
        details[Base.OffsetTime] = exif.offset
        tags[Base.DateTime] = exif.taken
    return tags


def sexagesimal(degrees: float) -> tuple[float, float, float]:
    """Degrees → degrees, minutes, seconds (to a hundredth: 0.3 m)."""
    hundredths = round(degrees * 360_000)
    return (float(hundredths // 360_000), float(hundredths // 6_000 % 60), hundredths % 6_000 / 100)


if __name__ == "__main__":
    folders = (*map(Path, sys.argv[1:]), *(FOLDER, PLACES)[len(sys.argv) - 1 :])
    main(folders[0])
    draw_places(folders[1])
