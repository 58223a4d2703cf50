"""How much places are used, as a picture and as a file."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image

from storage.evaluation_kinds import Span
from storage.figures import Period
from storage.kinds import Language
from storage.usage_records import UsageRecord
from tests.moment import NOW
from tests.views.showing import HOSTILE, me
from tests.views.warning_cards import counted
from views import usage_chart, usage_file
from views.drawing import DOTS, TRACK, WIDTH
from views.making import make
from views.texts import plain

WEEK = Period.around(NOW.date(), Span.WEEK)
FULL = usage_chart.BLUE


def drawn(found: UsageRecord, language: Language = Language.EN) -> Image.Image:
    return Image.open(io.BytesIO(make(usage_chart.chart(found, me(language))))).convert("RGB")


def colour(text: str) -> tuple[int, ...]:
    return tuple(int(text[at : at + 2], 16) for at in (1, 3, 5))


def cell(picture: Image.Image, day: int, hour: int) -> Any:
    """The colour near the corner of a cell, beside its number."""
    wide = (usage_chart.INSIDE - usage_chart.DAYS) / 24
    x = usage_chart.MARGIN + usage_chart.DAYS + hour * wide + 4
    y = usage_chart.TOP + usage_chart.HOURS + day * usage_chart.CELL + 5
    return picture.getpixel((round(x), round(y)))


@pytest.mark.parametrize("language", list(Language))
def test_each_hour_of_each_weekday_has_its_shade(language: Language) -> None:
    picture = drawn(UsageRecord(WEEK, (counted("Library"),)), language)
    assert picture.width == WIDTH
    assert DOTS == 100
    dark = {(day, hour) for day in range(7) for hour in range(24) if cell(picture, day, hour) == colour(FULL)}
    assert dark == {(1, 8)}
    assert cell(picture, 1, 9) == colour(TRACK)


def test_a_lower_count_is_paler() -> None:
    one = counted("Library", 10)
    few = tuple(
        tuple(1 if (day, hour) == (2, 8) else count for hour, count in enumerate(row))
        for day, row in enumerate(one.week)
    )
    found = UsageRecord(WEEK, (type(one)(one.place_id, one.code, one.names, one.kind_names, 11, few),))
    picture = drawn(found)
    assert colour(FULL)[0] < cell(picture, 2, 8)[0] < 255
    assert cell(picture, 1, 8) == colour(FULL)


@pytest.mark.parametrize("words", HOSTILE, ids=["tags", "emoji", "long", "rtl"])
def test_no_name_breaks_it(words: str) -> None:
    places = tuple(counted(words, 10**6 - at, place_id=at) for at in range(1, 20))
    with_bars, of_one = drawn(UsageRecord(WEEK, places)), drawn(UsageRecord(WEEK, places, places[0]))
    assert with_bars.height > of_one.height
    assert drawn(UsageRecord(WEEK, ())).height == of_one.height


@pytest.mark.parametrize("language", list(Language))
def test_the_file_has_places_the_week_and_each_hour(language: Language) -> None:
    places = (counted("=1+1", 9), counted("Library", 2, place_id=2))
    book = load_workbook(io.BytesIO(make(usage_file.workbook(UsageRecord(WEEK, places), language))))
    assert book.sheetnames == [plain(language, key) for key in ("sheet-places", "sheet-week", "sheet-hours")]
    first, week, hours = ([[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] for sheet in book)
    assert [(row[0], row[1], row[3]) for row in first] == [("S-1", "=1+1", 9), ("S-2", "Library", 2)]
    assert book.worksheets[0]["B2"].data_type == "s"
    assert week[1][0] == plain(language, "weekday-2")
    assert week[1][1 + 8] == 11
    assert sum(sum(row[1:]) for row in week) == 11
    assert [row[2:] for row in hours] == [[plain(language, "weekday-2"), 8, 9], [plain(language, "weekday-2"), 8, 2]]


def test_the_file_of_one_place_has_only_that() -> None:
    places = (counted("Library", 9), counted("River", 2, place_id=2))
    book = load_workbook(io.BytesIO(make(usage_file.workbook(UsageRecord(WEEK, places, places[1]), Language.EN))))
    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)] == ["S-2"]
