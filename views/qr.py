"""QR codes as pictures: large modules, a quiet margin, so that an old camera reads them off a scratched screen."""

import io

import segno

MODULE, MARGIN = 12, 4
"""Pixels of a module; modules of white around it, as ISO/IEC 18004 wants them."""


def picture(text: str) -> bytes:
    """A PNG; a quarter of it may be covered."""
    out = io.BytesIO()
    segno.make(text, error="q", micro=False).save(out, kind="png", scale=MODULE, border=MARGIN)
    return out.getvalue()
