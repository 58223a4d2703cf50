"""Small pictures for tests."""

import io
from functools import cache

from PIL import Image


@cache
def jpeg(color: str = "red", *, size: tuple[int, int] = (64, 48)) -> bytes:
    """A JPEG of one color."""
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, "JPEG")
    return out.getvalue()
