"""How much places are used, as a picture: weekday by hour, then the places that are used most."""

import io
from dataclasses import dataclass

from storage.kinds import Language
from storage.place_records import Names
from storage.records import Me
from storage.usage_records import UsageRecord, Week
from views.drawing import BLUE, DOTS, GREY, INK, INSIDE, MARGIN, PAPER, TRACK, WIDTH, Pen
from views.stats_words import days
from views.texts import plain

MOST = 8
"""Places in one picture."""
DAYS = 92
"""To the left of the cells: the weekdays."""
CELL, ROW, BAR = 54, 86, 22
"""Heights of a weekday, of a place, of its bar."""
TOP, HOURS = 176, 40
TITLE, NAME, NOTE, COUNT = 50, 34, 27, 19
"""Heights of letters; the last one's are in a cell."""
WRITTEN = 999
"""Larger counts do not fit into a cell."""
HALF = 0.75
"""From this share of the largest on, letters are white."""


@dataclass(frozen=True, slots=True)
class UsageChart:
    """What is drawn, in words and numbers."""

    title: str
    subtitle: str
    weekdays: tuple[str, ...]
    week: Week
    heading: str  # of the bars
    bars: tuple[tuple[str, int], ...]
    note: str  # what a cell is


def chart(found: UsageRecord, me: Me) -> UsageChart:
    """Of all places, with those that are used most; or of one."""
    language = me.language
    title = name_of(found.place.names, language) if found.place is not None else plain(language, "usage-title")
    total = plain(language, "usage-total", count=found.total)
    return UsageChart(
        title=title,
        subtitle=f"{days(language, found.period).unescape()} · {total}",
        weekdays=tuple(plain(language, f"weekday-{day}") for day in range(1, 8)),
        week=found.week,
        heading=plain(language, "usage-most"),
        bars=tuple((name_of(one.names, language), one.count) for one in found.places[:MOST] if found.place is None),
        note=plain(language, "usage-chart-note"),
    )


def name_of(names: Names, language: Language) -> str:
    """What a place is called; some have no English name."""
    return names[language] or names[Language.ZH] or names[Language.EN]


def draw(chart: UsageChart) -> bytes:
    """The chart as a PNG, 1,080 pixels wide and as high as it needs."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    cells = TOP + HOURS + 7 * CELL
    bars = cells + 130 if chart.bars else cells + 70
    height = bars + ROW * len(chart.bars) + (20 if chart.bars else 0)
    figure = Figure(figsize=(WIDTH / DOTS, height / DOTS), dpi=DOTS, facecolor=PAPER)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.axis("off")
    pen = Pen(axes, canvas.get_renderer())  # type: ignore[no-untyped-call]
    pen.write(chart.title, MARGIN, 76, size=TITLE, most=INSIDE)
    pen.write(chart.subtitle, MARGIN, 124, size=NOTE + 3, colour=GREY, most=INSIDE)
    _week(pen, chart)
    pen.write(chart.note, MARGIN, cells + 44, size=NOTE, colour=GREY, most=INSIDE)
    if chart.bars:
        pen.write(chart.heading, MARGIN, cells + 110, size=NAME, most=INSIDE)
        for at, (name, count) in enumerate(chart.bars):
            _bar(pen, name, count, most=max(chart.bars[0][1], 1), y=bars + ROW * at)
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def _week(pen: Pen, chart: UsageChart) -> None:
    wide = (INSIDE - DAYS) / 24
    most = max((count for day in chart.week for count in day), default=0)
    for hour in range(0, 24, 3):
        pen.write(f"{hour}:00", MARGIN + DAYS + hour * wide, TOP + 20, size=NOTE - 4, colour=GREY)
    for day, (name, counts) in enumerate(zip(chart.weekdays, chart.week, strict=True)):
        top = TOP + HOURS + day * CELL
        pen.write(name, MARGIN, top + CELL - 18, size=NOTE + 1, most=DAYS - 8)
        for hour, count in enumerate(counts):
            share = count / most if most else 0.0
            left = MARGIN + DAYS + hour * wide
            pen.box(left, top, wide - 2, CELL - 4, colour=_shade(share) if count else TRACK)
            if count and most <= WRITTEN:
                colour = PAPER if share > HALF else INK
                pen.write(str(count), left + wide / 2 - 1, top + CELL - 20, size=COUNT, colour=colour, is_centred=True)


def _bar(pen: Pen, name: str, count: int, *, most: int, y: int) -> None:
    right = WIDTH - MARGIN
    number = pen.write(str(count), right, y + NOTE + 6, size=NOTE + 2, from_right=True)
    pen.write(name, MARGIN, y + NOTE + 6, size=NOTE + 2, most=INSIDE - number - 40)
    pen.box(MARGIN, y + NOTE + 18, INSIDE, BAR, colour=TRACK)
    pen.box(MARGIN, y + NOTE + 18, INSIDE * count / most, BAR, colour=BLUE)


def _shade(share: float) -> str:
    """From nearly white to the full colour."""
    full = [int(BLUE[at : at + 2], 16) for at in (1, 3, 5)]
    share = 0.12 + 0.88 * share
    return "#" + "".join(f"{round(255 + (one - 255) * share):02X}" for one in full)
