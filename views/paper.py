"""Paper to print on: PDF, with fpdf2 and Noto Sans SC, which comes as a package: the machine needs no font."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fpdf import FPDF

FAMILY = "sans"
MILLIMETRES = 25.4 / 72
"""Of a point."""


@contextmanager
def paper(
    size: str | tuple[float, float], *, margin: float, now: datetime
) -> Iterator[tuple["FPDF", Callable[[str], str]]]:
    """No page yet, and what leaves out of a text whatever the font has no shape for (an icon, say).

    ``size``: a name that fpdf2 knows, or millimetres.
    """
    from fpdf import FPDF  # here: it takes most of a second to load, and most processes never need it
    from fpdf.fonts import TTFFont

    pdf = FPDF(format=size)
    pdf.set_margins(margin, margin)
    pdf.set_auto_page_break(auto=True, margin=margin)
    pdf.set_creation_date(now)
    pdf.add_font(FAMILY, fname=font())
    known = _shapes(font())

    def clean(text: str) -> str:
        shown = "".join(character for character in " ".join(text.split()) if ord(character) in known)
        return shown.strip() or "—"

    try:
        yield pdf, clean
    finally:
        for used in pdf.fonts.values():
            if isinstance(used, TTFFont):
                used.ttfont.close()  # fpdf2 leaves the file open


def font() -> Path:
    """Noto Sans SC, of the package."""
    from pylopdf_fonts_zh_cn import sans_path

    return sans_path()


@cache
def _shapes(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path) as found:
        return frozenset(found.getBestCmap())
