"""Posters: one A5 page a place, whose code a phone reads off the paper, whatever the place is called."""

from functools import cache
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from storage.kinds import Language
from storage.place_records import Names
from tests.moment import NOW
from tests.views.showing import HOSTILE
from views import posters
from views.making import make
from views.posters import Poster, Posters

DOTS = 150
"""An inch, as a cheap printer has them; a phone sees more."""
LINK = "https://t.me/warmgrid_bot?start=p_176"
NAMES = {
    "usual": ("图书馆暖新驿站", "Library Warm Station"),
    "no English": ("图书馆暖新驿站", ""),
    "no Chinese": ("", "Library Warm Station"),
    "the same": ("Library", "Library"),
    "long": ("青梅镇人民路与解放路交叉口东南角第二农贸市场旁新时代文明实践站", "The Second Farmers' Market " * 4),
    "longest": ("长" * 120, "W" * 120),
    "tags": (HOSTILE[0][:120],) * 2,
    "emoji": (HOSTILE[1][:120],) * 2,
}


def poster(zh: str = "图书馆暖新驿站", en: str = "Library Warm Station", **changes: Any) -> Poster:
    kinds: Names = {Language.ZH: "暖新驿站", Language.EN: "Warm station"}
    usual = {"code": "ST-001", "names": {Language.ZH: zh, Language.EN: en}, "kind_names": kinds, "link": LINK}
    return Poster(**{**usual, **changes})


def pictures(*wanted: Poster) -> list[Image.Image]:
    """The pages as a printer makes them."""
    document = pypdfium2.PdfDocument(make(Posters(wanted, NOW)))
    shown = [page.render(scale=DOTS / 72).to_pil() for page in document]
    document.close()
    return shown


def text_of(one: Poster) -> str:
    document = pypdfium2.PdfDocument(make(Posters((one,), NOW)))
    page = document[0].get_textpage()
    found = str(page.get_text_range())
    page.close()
    document.close()
    return found


@cache
def all_pages() -> dict[str, Image.Image]:
    shown = pictures(*(poster(zh, en) for zh, en in NAMES.values()))
    return dict(zip(NAMES, shown, strict=True))


@pytest.mark.parametrize("which", list(NAMES))
def test_its_code_is_read_off_the_paper(which: str) -> None:
    page = all_pages()[which]
    (code,) = zxingcpp.read_barcodes(page)
    assert code.text == LINK
    width, height = (round(side / 25.4 * DOTS) for side in posters.PAGE)
    assert (abs(page.width - width), abs(page.height - height)) <= (1, 1)


@pytest.mark.parametrize("which", list(NAMES))
def test_no_name_runs_off_the_page_or_into_the_code(which: str) -> None:
    page = all_pages()[which].convert("L")

    def millimetres(*box: float) -> tuple[int, ...]:
        return tuple(round(side / 25.4 * DOTS) for side in box)

    width, _ = posters.PAGE
    margins = [(0, 20, posters.MARGIN - 1, 209), (width - posters.MARGIN + 1, 20, width, 209)]
    quiet = (posters.MARGIN, posters.CODE_FROM + 1, width - posters.MARGIN, posters.CODE_FROM + 7)
    for box in (*margins, quiet):
        assert page.crop(millimetres(*box)).getextrema() == (255, 255), box


def test_a_scratched_one_and_a_crooked_one_are_read(tmp_path: Any) -> None:
    (page,) = pictures(poster())
    middle = [round(side / 25.4 * DOTS) for side in (70, 105, 80, 115)]
    page.paste("white", (middle[0], middle[1], middle[2], middle[3]))
    turned = page.rotate(12, expand=True, fillcolor="white").resize((page.width // 2, page.height // 2))
    (code,) = zxingcpp.read_barcodes(turned)
    assert code.text == LINK


def test_it_says_in_both_languages_what_it_is_and_what_to_do() -> None:
    said = text_of(poster())
    for words in ("图书馆暖新驿站", "Library Warm Station", "暖新驿站 · Warm station", "ST-001"):
        assert words in said
    for language in Language:
        for key in posters.WORDS:
            assert posters.plain(language, key) in said


def test_a_name_that_is_the_same_in_both_stands_there_once() -> None:
    assert text_of(poster("Library", "Library")).count("Library") == 1
    assert text_of(poster("", "Library")).count("Library") == 1


def test_a_page_each_in_their_order() -> None:
    links = [f"https://t.me/warmgrid_bot?start=p_{at}" for at in range(1, 6)]
    shown = pictures(*(poster(link=link) for link in links))
    assert [zxingcpp.read_barcodes(page)[0].text for page in shown] == links


@pytest.mark.parametrize(
    ("code", "name"), [("ST-001", "ST-001"), ("../x y", "---x-y"), ("青-1", "青-1"), ("", "poster")]
)
def test_a_file_is_called_as_a_file_may_be(code: str, name: str) -> None:
    assert posters.file_name(code) == name
