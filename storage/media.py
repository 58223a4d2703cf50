"""Pictures on disk, by the SHA-256 of their bytes, and what can be read out of a picture that somebody sent as a file.

Nothing here trusts the bytes: whatever a stranger sends either is a `Picture` or raises `NotAPicture`.
The times and places themselves are read in `storage/exif.py`.
"""

import contextlib
import hashlib
import io
import logging
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from PIL import Image, ImageOps, ImageStat

from storage import exif

log = logging.getLogger(__name__)

MOST_PIXELS = 80_000_000
"""More is taken for a decompression bomb. Telephones take 12 to 50 million; 80 million are 320 MB when decoded."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
"""What Pillow reads by itself. HEIC would need another package: it is refused, by name."""
SHARED_SIDE = 2560
"""Pixels of the longer side of what is passed on; Telegram itself scales photos to that at most."""
SHARED_RATIO = 20
"""Telegram refuses a photo that is longer than this many times its width: https://core.telegram.org/bots/api#sendphoto"""
SHARED_QUALITY = 87
LOOK_SIDE = 64
"""Pixels of a side that are enough to say what a picture looks like."""
LEAST_CONTRAST = 6.0
"""Standard deviation of 256 shades of grey below which a picture shows nothing to be recognised by."""

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_UNFINISHED = "*.part"


class NotAPicture(Exception):
    """The bytes are no picture that can be read, or are made to harm; the text says which."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What there is to know about a picture."""

    format: str  # one of FORMATS
    width: int
    height: int
    place: tuple[float, float] | None = None  # latitude, longitude in degrees, WGS-84; never 0,0
    taken_at: datetime | None = None  # by the camera's clock: may be wrong, even in the future
    looks: str | None = field(default=None, compare=False)  # perceptual hash, 16 hexadecimal digits; None: of nothing


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture that is in the media folder."""

    media_hash: str
    picture: Picture


def inspect(data: bytes, *, zone: tzinfo) -> Picture:
    """Decode the picture once, to be sure of it, and read its place and time.

    Takes up to a second and hundreds of megabytes for the largest: call it in a worker thread, one at a time.

    Args:
        data: the whole file.
        zone: of a camera's clock that does not name its own.

    Raises:
        NotAPicture: not a picture, cut off, damaged, or too large when decoded.
    """
    with _opened(data) as image:
        kind, (width, height) = str(image.format), image.size
        # A JPEG is decoded at up to an eighth of its size: all of its data is read, with little memory.
        image.draft(None, (LOOK_SIDE, LOOK_SIDE))
        looks = _looks(_upright(image))
    # Opened anew: formats differ in whether decoding needs to come before or after reading EXIF.
    with _opened(data) as image:
        tags = exif.read(image)
    return Picture(
        format="JPEG" if kind == "MPO" else kind,  # several JPEGs in one file, as newer telephones make them
        width=width,
        height=height,
        place=exif.place(tags),
        taken_at=exif.taken_at(tags, zone=zone),
        looks=looks,
    )


def _looks(image: Image.Image) -> str | None:
    """The decoded picture's perceptual hash; None where it is of one shade (a wall, a lens cap): all those look alike.

    `imagehash` brings SciPy along, some 25 MB: loaded with the first picture, not at the start.
    """
    import imagehash

    grey = image.convert("L").resize((LOOK_SIDE, LOOK_SIDE), Image.Resampling.BOX)
    if ImageStat.Stat(grey).stddev[0] < LEAST_CONTRAST:
        return None
    return str(imagehash.phash(image))


@contextlib.contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """The picture, not decoded yet; whatever goes wrong with it in the block becomes `NotAPicture`."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            pixels = image.width * image.height
            if pixels > MOST_PIXELS:
                raise NotAPicture(f"{image.width} x {image.height} pixels are too many")
            yield image
    except NotAPicture:
        raise
    except Exception as problem:  # Pillow's readers raise whatever they trip over
        raise NotAPicture(_why(data, problem)) from problem


def _why(data: bytes, problem: Exception) -> str:
    """The reason, for the log."""
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return "a HEIC picture, which cannot be read here"
    return f"{type(problem).__name__}: {problem}"[:200] if data else "no bytes at all"


class MediaFolder:
    """The folder of all fetched files. Several processes may use it at once."""

    def __init__(self, path: Path | str) -> None:
        self._root = Path(path)

    def path(self, media_hash: str) -> Path:
        """Where the file with this content is, or would be."""
        return self._root / media_hash[:2] / media_hash

    def save(self, data: bytes) -> str:
        """Keep the bytes, on disk when this returns; the same bytes are kept once.

        Returns:
            Their SHA-256 in hex, under which they are found again.

        Raises:
            OSError: the disk is full or the folder cannot be written; nothing is left behind.
        """
        media_hash = hashlib.sha256(data).hexdigest()
        target = self.path(media_hash)
        if not _holds(target, len(data)):
            _write(target, data)
        return media_hash

    def shareable(self, media_hash: str) -> bytes:
        """The picture as a JPEG to pass on: upright, at most `SHARED_SIDE` pixels a side, without any metadata.

        Made once and kept beside the original.

        Raises:
            FileNotFoundError: no such file.
            NotAPicture: the file is no picture.
        """
        original = self.path(media_hash)
        shared = original.with_name(f"{media_hash}.shared.jpg")
        with contextlib.suppress(FileNotFoundError):
            return shared.read_bytes()
        data = to_share(original.read_bytes())
        try:
            _write(shared, data)
        except OSError as problem:  # it can be made again
            log.warning("cannot keep %s: %s", shared, problem)
        return data

    def sweep(self, *, before: datetime) -> None:
        """Remove what processes that were killed before that moment left unfinished."""
        for part in self._root.glob(f"*/{_UNFINISHED}"):
            with contextlib.suppress(OSError):  # another process was faster
                if datetime.fromtimestamp(part.stat().st_mtime, UTC) < before:
                    part.unlink()


def _holds(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except FileNotFoundError:
        return False


def _write(target: Path, data: bytes) -> None:
    """Write the file so that it is there whole or not at all, even when the machine loses power."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=target.parent, suffix=_UNFINISHED[1:])
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Bring a new name in the folder to the disk."""
    if os.name == "nt":  # a folder cannot be opened there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def to_share(data: bytes) -> bytes:
    """The picture as `MediaFolder.shareable` gives it.

    Raises:
        NotAPicture: it is none.
    """
    with _opened(data) as image:
        image.draft(None, (SHARED_SIDE, SHARED_SIDE))
        upright = _upright(image)
        if upright.mode.startswith("I;16"):  # 16 bits a pixel: Pillow would cut off what is above 255
            upright = upright.convert("I").point(lambda value: value / 256).convert("L")
        upright.thumbnail((SHARED_SIDE, SHARED_SIDE))
        colours = upright.convert("RGBA")
        # A new picture takes no metadata over; white shows through what is transparent.
        width, height = (max(side, -(-max(colours.size) // SHARED_RATIO)) for side in colours.size)
        clean = Image.new("RGB", (width, height), "white")
        clean.paste(colours, ((width - colours.width) // 2, (height - colours.height) // 2), colours)
        out = io.BytesIO()
        clean.save(out, "JPEG", quality=SHARED_QUALITY, optimize=True)
        return out.getvalue()


def _upright(image: Image.Image) -> Image.Image:
    """The decoded picture, turned as its EXIF says."""
    image.load()
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - EXIF that cannot be read: as it is
        return image
