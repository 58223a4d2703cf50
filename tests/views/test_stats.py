"""The evaluation in words: cards, the chart as it is drawn, the Excel file."""

import io
import warnings
from datetime import datetime, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image

from storage.categories import all_categories
from storage.evaluation_kinds import Dimension, Figure, Span
from storage.figures import EVERYTHING, GONE, Evaluation, Figures, Group, Period, Share, Times, Whole, ranked
from storage.kinds import Language, Message
from storage.records import Brief
from tests.moment import NOW
from tests.views.figures import DIGESTS, FEW, MANY, MONDAY, WEEK, ZONE, evaluation, line, whole
from tests.views.showing import me
from views import actions, digests, drawing, stats, stats_chart, stats_file, stats_words
from views.actions import LIMIT, ChooseStats, OpenFigure, OpenGroup, ShowStats
from views.card import Card
from views.drawing import Bars, Chart
from views.format import lasting
from views.making import make

LANGUAGES = list(Language)


def pressed(card: Card, action: type[Any]) -> list[Any]:
    """What the buttons of this kind would press."""
    found = [action.parse(button.action) for row in card.rows for button in row]
    return [one for one in found if one is not None]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "under 1 min"),
        (59, "under 1 min"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (11_400, "3 h 10 min"),
        (86_400 + 3599, "1 d"),
        (2 * 86_400 + 4 * 3600, "2 d 4 h"),
    ],
)
def test_how_long_something_took(seconds: int, said: str) -> None:
    assert lasting(Language.EN, seconds) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_small_groups_are_marked_and_say_how_few(language: Language) -> None:
    card = stats.stats(evaluation(groups=2), me(language), page=0, now=NOW, zone=ZONE)
    few = stats.say(language, "stats-group-small", name="A-01 Grid", count=3)
    assert few in card.text
    assert few.unescape().find("A-01 Grid") < few.unescape().find("3")  # the mark stands behind
    assert "2/3" in card.text
    assert stats.say(language, "stats-note-small", count=5) in card.text
    ranked_ones = stats.stats(evaluation(groups=9), me(language), page=0, now=NOW, zone=ZONE)
    assert stats.say(language, "stats-note-small", count=5) not in ranked_ones.text
    assert stats.say(language, "stats-note-ranked") in ranked_ones.text
    nobody_is_ranked = stats.stats(evaluation(groups=2), me(language), page=0, now=NOW, zone=ZONE)
    assert stats.say(language, "stats-note-ranked") not in nobody_is_ranked.text
    assert stats.say(language, "stats-note") in nobody_is_ranked.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_time_of_one_report_is_its_time_and_of_few_there_is_a_longest(language: Language) -> None:
    def said(*seconds: int) -> str:
        times = Times(seconds[(len(seconds) + 1) // 2 - 1], seconds[-(len(seconds) // 10) - 1], len(seconds))
        return str(stats_words.summary(language, Figures(len(seconds), to_accept=times)))

    def words(key: str, minutes: int) -> str:
        return stats.say(language, key, time=lasting(language, 60 * minutes))

    assert words("stats-once", 9) in said(540)
    assert words("stats-half", 9) not in said(540)
    assert words("stats-half", 9) in said(540, 600)
    assert words("stats-longest", 10) in said(540, 600)
    assert words("stats-most", 9) in said(*(60 * minute for minute in range(1, 11)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_reports_withdrawn_before_anybody_accepted_are_nobodys_and_have_no_mark(language: Language) -> None:
    gone = Group(GONE, "", Figures(2))
    found = Evaluation(Dimension.OFFICER, WEEK, (), Figures(2), (gone,))
    text = stats.stats(found, me(language), page=0, now=NOW, zone=ZONE).text
    assert text.splitlines()[-3] == stats.say(
        language, "stats-group-rest", name=stats.plain(language, "stats-gone"), count=2
    )
    assert stats.say(language, "stats-note-small", count=5) not in text


def test_what_is_shown_is_chosen_behind_one_button() -> None:
    at: Any = {"now": NOW, "zone": ZONE}
    (view,) = pressed(stats.stats(evaluation(), me(Language.EN), page=0, **at), ChooseStats)
    assert (view.dimension, view.span, view.day) == (Dimension.GRID, Span.WEEK, WEEK.first)
    offered = pressed(stats.choice(me(Language.EN), dimension=Dimension.GRID, period=WEEK, **at), ShowStats)
    assert {one.dimension for one in offered} == set(Dimension)
    assert {one.span for one in offered} == set(Span)
    bare = stats.stats(evaluation(groups=2), me(Language.EN), page=0, **at)
    assert sum(map(len, bare.rows)) == 7


def test_the_period_that_goes_on_has_no_later_one() -> None:
    def days(now: Any) -> set[Any]:
        return {
            one.day
            for one in pressed(stats.stats(evaluation(), me(Language.EN), page=0, now=now, zone=ZONE), ShowStats)
        }

    later = WEEK.after().first
    assert later not in days(NOW + timedelta(days=6))
    assert later in days(NOW + timedelta(days=7))
    assert WEEK.before().first in days(NOW)


def test_every_group_and_every_figure_can_be_opened() -> None:
    at: Any = {"now": NOW, "zone": ZONE}
    card = stats.stats(evaluation(), me(Language.EN), page=0, **at)
    assert [one.key for one in pressed(card, OpenGroup)] == [*(str(n) for n in range(stats.PAGE)), EVERYTHING]
    opened = stats.group(Group("7", "A", MANY), me(Language.EN), dimension=Dimension.GRID, period=WEEK)
    assert {one.figure for one in pressed(opened, OpenFigure)} == set(Figure)
    few = stats.group(Group("7", "A", FEW), me(Language.EN), dimension=Dimension.GRID, period=WEEK)
    assert {one.figure for one in pressed(few, OpenFigure)} == {Figure.NUMBER, Figure.ACCEPTED, Figure.ACCEPTED_LATE}


def test_every_category_fits_into_a_button() -> None:
    for code in all_categories():
        packed = OpenFigure(Dimension.CATEGORY, Span.MONTH, MONDAY, code, Figure.RESOLVED_LATE, 99_999).pack()
        assert len(packed.encode()) <= LIMIT
        assert actions.OpenFigure.parse(packed) is not None


def test_equal_groups_share_a_rank() -> None:
    def group(key: str, kept: int) -> Group:
        return Group(key, key, Figures(10, Share(kept, 10), Share(0, 0)))

    told = [(one.key, one.rank) for one in ranked([group("b", 9), group("a", 9), group("c", 10), group("d", 1)])]
    assert told == [("c", 1), ("a", 2), ("b", 2), ("d", 4)]


# -- the chart --


def picture_of(chart: Chart) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a sign that the font lacks would be a warning
        return Image.open(io.BytesIO(make(chart)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", ["A-01", "DY-001 滨江花园东区及沿江大道商铺综合网格" * 4, "$x_1$ & \\frac <b> 🔥\u0627\u0633"]
)
def test_a_chart_is_a_picture_that_a_phone_shows(language: Language, name: str) -> None:
    found = evaluation(name=name)
    drawn = picture_of(stats_chart.chart(found, me(language)))
    assert (drawn.format, drawn.width) == ("PNG", 1080)
    assert drawn.height < 2 * drawn.width
    pixels = {pixel for _, pixel in drawn.convert("RGB").getcolors(10**6) or []}
    assert {(0, 0x72, 0xB2), (0xE6, 0x9F, 0)} <= pixels


def test_nothing_is_drawn_over_the_edge() -> None:
    long = "长" * 200
    bars = Bars(long, "9" * 10, (100, 100), ("100%", "100%"))
    chart = Chart(long, long, ("100%", "100%"), (long, long), ((long, long), (long, long)), (bars,), (long,))
    drawn = picture_of(chart).convert("L")
    margin = drawing.MARGIN // 2
    for left in (0, drawn.width - margin):
        assert drawn.crop((left, 0, left + margin, drawn.height)).getextrema() == (255, 255)


# -- the file --


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_has_a_sheet_for_each_dimension_and_one_of_the_reports(language: Language) -> None:
    book = load_workbook(io.BytesIO(make(stats_file.workbook(whole(line(resolve_seconds=9000)), language, zone=ZONE))))
    titles = ("sheet-grid", "sheet-community", "sheet-officer", "sheet-category", "sheet-reports")
    assert book.sheetnames == [stats.plain(language, key) for key in titles]
    grids, reports = book.worksheets[0], book.worksheets[-1]
    assert grids.max_row == 1 + 20 + 1  # heads, groups, all together
    assert [cell.value for cell in grids[2]][2:6] == [12_345, 10_000, 9_999, 0.9999]
    assert grids["F2"].number_format == "0%"
    assert reports["A2"].value == "D-1000001"
    assert reports["B2"].value == (NOW - timedelta(days=400)).astimezone(ZONE).replace(tzinfo=None)
    assert [cell.value for cell in reports[2]][7:12] == [
        1.5,
        stats.plain(language, "yes"),
        "Li",
        2.5,
        stats.plain(language, "no"),
    ]


def test_a_name_never_becomes_a_formula() -> None:
    nasty = '=HYPERLINK("https://example.org")\x07'
    book = load_workbook(
        io.BytesIO(make(stats_file.workbook(whole(line(officer=nasty), name=nasty), Language.EN, zone=ZONE)))
    )
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
    assert book.worksheets[-1]["G2"].value == nasty[:-1]


def test_a_list_that_was_cut_says_so() -> None:
    to = me(Language.EN)
    assert stats.say(Language.EN, "stats-file-cut") in stats.file(whole(line()), to, b"x").text
    total = Figures(1)
    full = Whole(tuple(evaluation(groups=0) for _ in Dimension), (line(),))
    assert full.is_cut
    complete = Whole(
        tuple(type(one)(one.dimension, Period.around(MONDAY, Span.DAY), (), total, ()) for one in full.evaluations),
        (line(),),
    )
    assert stats.say(Language.EN, "stats-file-cut") not in stats.file(complete, to, b"x").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digest_says_good_morning_only_in_the_morning(language: Language) -> None:
    brief = Brief(me(language), Message.DAY_DIGEST, digest=DIGESTS[Message.DAY_DIGEST])
    midnight = datetime(2026, 11, 25, tzinfo=ZONE)
    for hour, key in ((8, "digest-title"), (11, "digest-title"), (12, "digest-title-late"), (19, "digest-title-late")):
        card = digests.day(brief, now=midnight + timedelta(hours=hour), zone=ZONE)
        assert card is not None
        assert card.text.startswith(stats.say(language, key))
