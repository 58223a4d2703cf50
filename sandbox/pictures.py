"""Makes of a picture what Telegram makes of it: JPEGs of several sizes, without EXIF, turned upright."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections import OrderedDict
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from sandbox.refusals import bad_request

SIDES = (90, 320, 800, 1280)  # the longer side of each size, in pixels
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS_AROUND = 10_000  # width and height together
MOST_RATIO = 20
REMEMBERED = 64  # pictures whose sizes are kept, for load of the same few


@dataclass(frozen=True, slots=True)
class Size:
    """One size of a picture."""

    width: int
    height: int
    data: bytes


_made: OrderedDict[bytes, tuple[Size, ...]] = OrderedDict()


def sizes_of(data: bytes) -> tuple[Size, ...]:
    """The picture in its sizes, smallest first.

    Raises:
        Refused: too big, not a picture, or of a shape that Telegram does not take.
    """
    if len(data) > MOST_BYTES:
        raise bad_request(
            f"file of size {len(data)} bytes is too big for a photo; the maximum size is {MOST_BYTES} bytes",
        )
    key = hashlib.sha256(data).digest()
    if key in _made:
        _made.move_to_end(key)
    else:
        _made[key] = _make(data)
        if len(_made) > REMEMBERED:
            _made.popitem(last=False)
    return _made[key]


def _make(data: bytes) -> tuple[Size, ...]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data))
        width, height = picture.size
        if width + height > MOST_PIXELS_AROUND or max(width, height) > MOST_RATIO * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        picture.draft("RGB", (SIDES[-1], SIDES[-1]))
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise bad_request("PHOTO_INVALID_DIMENSIONS") from error
    longest = max(upright.size)
    sides = [side for side in SIDES if side < longest] + [min(longest, SIDES[-1])]
    return tuple(_scaled(upright, side) for side in dict.fromkeys(sides))


def _scaled(picture: Image.Image, side: int) -> Size:
    smaller = picture.copy()
    smaller.thumbnail((side, side))
    out = io.BytesIO()
    smaller.save(out, "JPEG", quality=87)
    return Size(smaller.width, smaller.height, out.getvalue())
