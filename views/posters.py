"""Posters of service places: A5, one a page, in both languages, with the code that opens the bot on that place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from storage.kinds import Language
from storage.place_records import Names
from storage.records import Me
from views import qr
from views.card import Card, Made
from views.paper import FAMILY, MILLIMETRES, paper
from views.texts import plain, say

if TYPE_CHECKING:
    from fpdf import FPDF

PAGE, MARGIN = (148.0, 210.0), 12.0
"""Millimetres: A5."""
CODE = 92.0
"""Millimetres: of the QR code with its white margin."""
CODE_FROM = 67.0
"""Millimetres from the top; above it are kind and names."""
HEAD_FROM = 27.0
INK, GREY, BAND = (27, 31, 36), (95, 102, 112), (0, 114, 178)
LEADING = 1.25
SEAM = 0.02
"""Millimetres that modules overlap, so that no hairline is seen between them."""

Size = tuple[float, int]
"""Points, and how many lines there may be at most."""
NAME: tuple[Size, ...] = ((34, 1), (30, 1), (26, 1), (24, 2), (20, 3), (16, 3), (13, 3), (10, 4))
SECOND: tuple[Size, ...] = ((18, 1), (15, 1), (13, 2), (10, 2), (8, 3), (7, 4))
KIND: tuple[Size, ...] = ((15, 1), (12, 1), (9, 1), (7, 1))
FIRST_WORDS: tuple[Size, ...] = ((14, 1), (12, 1), (10, 2))
OTHER_WORDS: tuple[Size, ...] = ((11, 1), (9.5, 1), (8, 2))
FOOT: tuple[Size, ...] = ((11, 1), (7, 1), (5, 1))
WORDS = ("poster-scan", "poster-broken")


@dataclass(frozen=True, slots=True)
class Poster:
    """One place's."""

    code: str
    names: Names
    kind_names: Names
    link: str  # what the QR code says


@dataclass(frozen=True, slots=True)
class Posters:
    """What is printed, page by page."""

    posters: tuple[Poster, ...]
    now: datetime


def pages(wanted: Posters) -> bytes:
    """All of them as one PDF."""
    with paper(PAGE, margin=MARGIN, now=wanted.now) as (pdf, clean):
        pdf.set_auto_page_break(auto=False)
        for one in wanted.posters:
            pdf.add_page()
            _page(pdf, clean, one)
        return bytes(pdf.output())


def sent(poster: Poster, me: Me, data: bytes) -> Card:
    """The file, in chat."""
    name = poster.names[me.language] or poster.names[Language.ZH]
    return Card(text=say(me.language, "poster-sent", name=name), made=Made(f"{file_name(poster.code)}.pdf", data))


def file_name(code: str) -> str:
    """A code as a file may be called: an import takes what it is given."""
    return "".join(one if one.isalnum() or one in "-_" else "-" for one in code) or "poster"


def _page(pdf: "FPDF", clean: Callable[[str], str], one: Poster) -> None:
    pdf.set_fill_color(BAND)
    pdf.rect(0, 0, PAGE[0], 18, style="F")
    _write(pdf, clean(_both(one.kind_names)), 9, KIND, colour=(255, 255, 255), is_centred=True)
    chinese, english = one.names[Language.ZH] or one.names[Language.EN], one.names[Language.EN]
    below = _write(pdf, clean(chinese), HEAD_FROM, NAME, colour=INK)
    if english and english != chinese:
        _write(pdf, clean(english), below + 1.5, SECOND, colour=GREY)
    _code(pdf, one.link)
    at = CODE_FROM + CODE + 3
    for language, sizes in ((Language.ZH, FIRST_WORDS), (Language.EN, OTHER_WORDS)):
        for key in WORDS:
            at = _write(pdf, plain(language, key), at, sizes, colour=INK if language is Language.ZH else GREY) + 1
        at += 2
    _write(pdf, clean(one.code), PAGE[1] - 10, FOOT, colour=GREY)


def _both(names: Names) -> str:
    """In both languages, where there are two."""
    return " · ".join(dict.fromkeys(name for name in (names[Language.ZH], names[Language.EN]) if name))


def _write(
    pdf: "FPDF", text: str, y: float, sizes: Sequence[Size], *, colour: tuple[int, int, int], is_centred: bool = False
) -> float:
    """In the middle, as large as its lines allow; of what is too long even so, the first lines. Returns where it ends.

    ``is_centred``: ``y`` is its middle, not its top.
    """
    size, lines = _fitted(pdf, text, sizes)
    height = size * MILLIMETRES * LEADING
    top = y - height * len(lines) / 2 if is_centred else y
    pdf.set_text_color(colour)
    for at, line in enumerate(lines):
        pdf.set_xy(MARGIN, top + at * height)
        pdf.cell(PAGE[0] - 2 * MARGIN, height, text=line, align="C")
    return top + height * len(lines)


def _fitted(pdf: "FPDF", text: str, sizes: Sequence[Size]) -> tuple[float, list[str]]:
    lines: list[str] = []
    for size, most in sizes:
        pdf.set_font(FAMILY, size=size)
        lines = _wrapped(pdf, text, PAGE[0] - 2 * MARGIN - 2)
        if len(lines) <= most:
            return size, lines
    most = sizes[-1][1]
    return sizes[-1][0], [*lines[: most - 1], lines[most - 1][:-1] + "…"]


def _wrapped(pdf: "FPDF", text: str, width: float) -> list[str]:
    """Between words where there are any, else (Chinese, a very long word) between letters."""
    if pdf.get_string_width(text) <= width:  # as most are: to wrap takes ten times as long
        return [text]
    mode = "WORD" if all(pdf.get_string_width(word) <= width for word in text.split()) else "CHAR"
    found = pdf.multi_cell(width, text=text, dry_run=True, output="LINES", wrapmode=mode)  # type: ignore[arg-type]
    assert isinstance(found, list)
    return [line.strip() for line in found]


def _code(pdf: "FPDF", link: str) -> None:
    """The QR code; neighbouring modules of a row are one box."""
    rows = qr.modules(link)
    module = CODE / len(rows)
    left = (PAGE[0] - CODE) / 2
    pdf.set_fill_color(0)
    for at, row in enumerate(rows):
        start = None
        for column, is_dark in enumerate([*row, False]):
            if is_dark and start is None:
                start = column
            elif not is_dark and start is not None:
                x, wide = left + start * module, (column - start) * module
                pdf.rect(x, CODE_FROM + at * module, wide + SEAM, module + SEAM, style="F")
                start = None
