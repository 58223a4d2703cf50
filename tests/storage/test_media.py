"""Whatever bytes somebody sends: a picture, or `NotAPicture`; and what the media folder keeps is whole."""

import contextlib
import errno
import hashlib
import io
import os
import struct
import threading
import zlib
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from storage.media import FORMATS, MOST_PIXELS, MediaFolder, NotAPicture, Picture, inspect
from tests.moment import NOW
from tests.pictures import jpeg
from tests.storage.pictures import CENTRE, check_plausible, damaged, gps_at, picture, tags, taken

ZONE = ZoneInfo("Asia/Shanghai")
SAMPLES = Path(__file__).parents[2] / "sandbox" / "samples"

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # what Pillow says of damaged EXIF


@pytest.fixture
def folder(tmp_path: Path) -> MediaFolder:
    return MediaFolder(tmp_path / "media")


def files_in(folder: MediaFolder) -> list[Path]:
    root = folder.path("00").parent.parent
    return sorted(path for path in root.rglob("*") if path.is_file())


# -- what is a picture --


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_of_each_format_is_read(kind: str) -> None:
    assert inspect(picture(kind), zone=ZONE) == Picture(kind, 64, 48)


def test_several_jpegs_in_one_file_are_a_jpeg() -> None:
    more = Image.new("RGB", (64, 48))
    data = picture("MPO", save_all=True, append_images=[more])
    assert inspect(data, zone=ZONE) == Picture("JPEG", 64, 48)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_cut_off_is_none(kind: str) -> None:
    data = picture(kind)
    with pytest.raises(NotAPicture):
        inspect(data[: len(data) // 2], zone=ZONE)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff",
        "这不是照片".encode(),
        b"%PDF-1.7\n1 0 obj",
        b"PK\x03\x04" + bytes(200),
        b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"P6 2 2 255 " + bytes(12),  # a picture, of a format that nobody photographs in
    ],
    ids=["empty", "start of a jpeg", "text", "pdf", "zip", "svg", "eps", "ppm"],
)
def test_a_renamed_file_is_no_picture(data: bytes) -> None:
    with pytest.raises(NotAPicture):
        inspect(data, zone=ZONE)


def test_heic_is_refused_by_name() -> None:
    with pytest.raises(NotAPicture, match="HEIC"):
        inspect(struct.pack(">I", 24) + b"ftypheic" + bytes(12) + bytes(100), zone=ZONE)


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = zlib.compress(bytes(width // 8 + 2) * min(height, 64))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [8_945, 9_500, 14_000, 60_000])
def test_a_decompression_bomb_is_refused_before_it_is_decoded(side: int) -> None:
    assert side * side > MOST_PIXELS
    with pytest.raises(NotAPicture, match=r"pixels|[Bb]omb"):
        inspect(png_that_claims(side, side), zone=ZONE)


def test_a_picture_of_fifty_million_pixels_is_read() -> None:
    data = picture(size=(8_000, 6_250))
    assert inspect(data, zone=ZONE) == Picture("JPEG", 8_000, 6_250)


SEEDS = [picture(kind) for kind in FORMATS] + [
    picture(kind, exif=tags(gps=gps_at(*CENTRE), camera=taken("2026:11:23 11:30:00", offset="+08:00")))
    for kind in ("JPEG", "PNG", "WEBP", "TIFF")
]


@settings(max_examples=300, deadline=None)
@given(data=st.one_of(damaged(sources=SEEDS), damaged(sources=SEEDS), st.binary(max_size=300)))
def test_a_damaged_file_is_a_picture_or_not_but_never_anything_else(data: bytes) -> None:
    with contextlib.suppress(NotAPicture):
        check_plausible(inspect(data, zone=ZONE))


# -- what the folder keeps --


def test_bytes_are_found_again_under_their_hash(folder: MediaFolder) -> None:
    data = picture()
    media_hash = folder.save(data)
    assert media_hash == hashlib.sha256(data).hexdigest()
    assert folder.path(media_hash).read_bytes() == data
    assert folder.path(media_hash).parent.name == media_hash[:2]


def test_the_same_bytes_are_one_file(folder: MediaFolder) -> None:
    first = folder.save(picture())
    before = folder.path(first).stat().st_ino
    assert folder.save(picture()) == first
    assert folder.path(first).stat().st_ino == before
    assert files_in(folder) == [folder.path(first)]


def test_a_file_that_lost_its_end_is_written_anew(folder: MediaFolder) -> None:
    media_hash = folder.save(picture())
    folder.path(media_hash).write_bytes(b"half")
    folder.save(picture())
    assert folder.path(media_hash).read_bytes() == picture()


def test_many_threads_save_the_same_bytes(folder: MediaFolder) -> None:
    threads = [threading.Thread(target=folder.save, args=(picture(),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [path.read_bytes() for path in files_in(folder)] == [picture()]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs resource limits")
def test_a_disk_that_takes_no_more_leaves_no_half_file(folder: MediaFolder) -> None:
    import resource
    import signal

    kept = folder.save(b"small")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignoring = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))  # the kernel refuses what goes beyond
    try:
        with pytest.raises(OSError) as refused:
            folder.save(os.urandom(100_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignoring)
    assert refused.value.errno == errno.EFBIG
    assert files_in(folder) == [folder.path(kept)]


def test_what_a_killed_process_left_is_swept_but_not_what_is_being_written(folder: MediaFolder) -> None:
    kept = folder.path(folder.save(picture()))
    old, young = kept.with_name("old.part"), kept.with_name("young.part")
    for path, age in ((old, 7_200), (young, 60)):
        path.write_bytes(b"half")
        os.utime(path, (NOW.timestamp() - age,) * 2)
    folder.sweep(before=NOW - timedelta(hours=1))
    assert files_in(folder) == sorted([kept, young])


# -- what is passed on --


def shared(folder: MediaFolder, data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(folder.shareable(folder.save(data))))
    image.load()
    return image


def segments(jpeg: bytes) -> set[int]:
    """The markers of a JPEG's segments up to its data."""
    found, at = set(), 2
    while (marker := jpeg[at + 1]) != 0xDA:
        found.add(marker)
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return found


def test_what_is_passed_on_carries_no_metadata(folder: MediaFolder) -> None:
    block = tags(gps=gps_at(*CENTRE), main={ExifTags.Base.Make: "SecretPhone"})
    data = picture(exif=block, comment=b"SecretWords", xmp=b"<x>SecretXmp</x>", icc_profile=b"SecretProfile")
    assert data.count(b"Secret") == 4
    out = folder.shareable(folder.save(data))
    assert b"Secret" not in out
    # JFIF's own header, tables and the frame; no APP1 (EXIF, XMP), no APP2 (profile), no comment
    assert segments(out) <= {0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDD}
    assert not Image.open(io.BytesIO(out)).getexif()


def test_what_is_passed_on_stands_upright(folder: MediaFolder) -> None:
    left_half_white = Image.new("L", (200, 100), 0)
    left_half_white.paste(255, (0, 0, 100, 100))
    out = io.BytesIO()
    left_half_white.save(out, "JPEG", exif=tags(main={ExifTags.Base.Orientation: 6}))  # turn clockwise to see it
    image = shared(folder, out.getvalue()).convert("L")
    assert image.size == (100, 200)
    assert (image.getpixel((50, 30)), image.getpixel((50, 170))) == (255, 0)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((4000, 3000), (2560, 1920)),
        ((3000, 4000), (1920, 2560)),
        ((640, 480), (640, 480)),
        ((1, 1), (1, 1)),
        ((6000, 10), (2560, 128)),  # widened to what Telegram takes
    ],
)
def test_what_is_passed_on_is_of_a_size_that_telegram_takes(
    folder: MediaFolder, size: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert shared(folder, picture(size=size)).size == expected


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_what_is_passed_on_is_rgb_with_the_full_range_of_light(folder: MediaFolder, mode: str) -> None:
    ramp = Image.linear_gradient("L")
    made = ramp.convert("I").point(lambda value: value * 257).convert("I;16") if mode == "I;16" else ramp.convert(mode)
    out = io.BytesIO()
    made.save(out, "PNG")
    image = shared(folder, out.getvalue())
    assert (image.format, image.mode) == ("JPEG", "RGB")
    dark, light = image.convert("L").getextrema()
    assert dark < 8  # type: ignore[operator]
    assert light > 247  # type: ignore[operator]
    middle = image.convert("L").getpixel((128, 128))
    assert mode == "1" or 100 < middle < 156  # type: ignore[operator]


def test_white_shows_through_what_is_transparent(folder: MediaFolder) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(out, "PNG")
    assert shared(folder, out.getvalue()).getpixel((10, 10)) == (255, 255, 255)


def test_it_is_made_once(folder: MediaFolder) -> None:
    media_hash = folder.save(picture())
    first = folder.shareable(media_hash)
    folder.path(media_hash).unlink()
    assert folder.shareable(media_hash) == first


def test_what_is_not_there_or_no_picture_cannot_be_passed_on(folder: MediaFolder) -> None:
    with pytest.raises(FileNotFoundError):
        folder.shareable("0" * 64)
    with pytest.raises(NotAPicture):
        folder.shareable(folder.save(b"a voice message"))


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.jpg")), ids=lambda path: path.stem)
def test_a_picture_looks_the_same_scaled_and_compressed_anew_and_like_no_other(sample: Path) -> None:
    looks = inspect(sample.read_bytes(), zone=ZONE).looks
    assert looks is not None
    for side, quality in ((1280, 87), (800, 60), (320, 40)):
        out = io.BytesIO()
        with Image.open(sample) as image:
            again = image.convert("RGB")
        again.thumbnail((side, side))
        again.save(out, "JPEG", quality=quality)
        found = inspect(out.getvalue(), zone=ZONE).looks
        assert found is not None
        assert differing_bits(looks, found) <= 4
    for other in SAMPLES.glob("*.jpg"):
        found = inspect(other.read_bytes(), zone=ZONE).looks
        assert found is not None
        assert other == sample or differing_bits(looks, found) > 8


def test_a_picture_of_one_shade_looks_like_nothing() -> None:
    assert inspect(jpeg("red", size=(640, 480)), zone=ZONE).looks is None


def differing_bits(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()
