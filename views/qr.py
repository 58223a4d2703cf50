"""QR codes as pictures: large modules, a quiet margin, so that an old camera reads them off a scratched screen."""

import io

import segno
from PIL import Image

MODULE, MARGIN = 12, 4
"""Pixels of a module; modules of white around it, as ISO/IEC 18004 wants them."""
MASK = 4
"""Any of the eight can be read. To try which is best takes 40 ms, during which nothing else would be said."""


def modules(text: str) -> list[list[bool]]:
    """Row by row what is dark, with the margin; a quarter of it may be covered."""
    code = segno.make(text, error="q", mask=MASK, micro=False)
    return [[bool(module) for module in row] for row in code.matrix_iter(border=MARGIN)]


def picture(text: str) -> bytes:
    """A PNG."""
    rows = [[not module for module in row] for row in modules(text)]
    small = Image.new("1", (len(rows[0]), len(rows)))
    small.putdata([module for row in rows for module in row])
    out = io.BytesIO()
    small.resize((small.width * MODULE, small.height * MODULE), Image.Resampling.NEAREST).save(out, "PNG")
    return out.getvalue()
