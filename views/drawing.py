"""Drawing a chart as a picture that a phone shows well: upright, large letters, names above their bars.

matplotlib takes a quarter of a second and 60 MB to be loaded, so it is only where a picture is drawn: in a process of
its own (`views/making.py`). The font comes with a package, not from the machine. The two colours are told apart by
everybody (Okabe and Ito, https://jfly.uni-koeln.de/color/).
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, MARGIN = 1080, 56
INSIDE = WIDTH - 2 * MARGIN
"""Pixels; all lengths here are."""
INK, GREY, TRACK, PAPER = "#1B1F24", "#6B7280", "#EEF0F3", "#FFFFFF"
BLUE, ORANGE = "#0072B2", "#E69F00"
TITLE, HEAD, NAME, NOTE = 60, 96, 46, 40
"""Heights of letters."""
BAR, GAP, ROW = 38, 10, 190
TOP, FOOT = 570, 40
LABELS = 140
"""To the right of the bars."""
DOTS = 100
"""An inch: matplotlib counts letters in points of 1/72 inch."""


@dataclass(frozen=True, slots=True)
class Bars:
    """One group: its name, and two shares of a hundred."""

    name: str
    note: str
    shares: tuple[int | None, int | None]  # percent; None: nothing to say
    labels: tuple[str, str]
    is_pale: bool = False  # too small to be compared


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn, in words and numbers."""

    title: str
    subtitle: str
    heads: tuple[str, str]  # the two shares of all together, in large letters
    legend: tuple[str, str]  # what each is
    notes: tuple[tuple[str, ...], tuple[str, ...]]  # in small letters below, line by line
    groups: tuple[Bars, ...]
    footnotes: tuple[str, ...] = ()


def draw(chart: Chart) -> bytes:
    """The chart as a PNG, 1,080 pixels wide and as high as it needs."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    height = TOP + ROW * len(chart.groups) + FOOT + (NOTE + 14) * len(chart.footnotes)
    figure = Figure(figsize=(WIDTH / DOTS, height / DOTS), dpi=DOTS, facecolor=PAPER)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.axis("off")
    pen = Pen(axes, canvas.get_renderer())  # type: ignore[no-untyped-call]
    _head(pen, chart)
    for at, group in enumerate(chart.groups):
        _group(pen, group, TOP + ROW * at)
    below = TOP + ROW * len(chart.groups) + 24
    for at, note in enumerate(chart.footnotes):
        pen.write(note, MARGIN, below + (NOTE + 14) * at, size=NOTE, colour=GREY, most=INSIDE)
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def _head(pen: "Pen", chart: Chart) -> None:
    pen.write(chart.title, MARGIN, 86, size=TITLE, most=INSIDE)
    pen.write(chart.subtitle, MARGIN, 146, size=NOTE, colour=GREY, most=INSIDE)
    half = INSIDE // 2
    for at, colour in enumerate((BLUE, ORANGE)):
        x = MARGIN + half * at
        pen.write(chart.heads[at], x, 280, size=HEAD, colour=colour)
        pen.box(x, 320, 34, 34, colour=colour)
        pen.write(chart.legend[at], x + 48, 352, size=NOTE, most=half - 62)
        for line, note in enumerate(chart.notes[at]):
            pen.write(note, x, 414 + (NOTE + 14) * line, size=NOTE, colour=GREY, most=half - 20)
    pen.box(MARGIN, TOP - 42, INSIDE, 2, colour=TRACK)


def _group(pen: "Pen", group: Bars, y: int) -> None:
    right = WIDTH - MARGIN
    note = pen.write(group.note, right, y + NAME, size=NOTE, colour=GREY, from_right=True)
    pen.write(
        group.name, MARGIN, y + NAME, size=NAME, colour=GREY if group.is_pale else INK, most=right - MARGIN - note - 32
    )
    full = right - LABELS - MARGIN
    for at, colour in enumerate((BLUE, ORANGE)):
        top = y + NAME + 16 + (BAR + GAP) * at
        pen.box(MARGIN, top, full, BAR, colour=TRACK)
        share = group.shares[at]
        if share:
            pen.box(MARGIN, top, full * share / 100, BAR, colour=colour, is_pale=group.is_pale)
        pen.write(group.labels[at], right, top + BAR - 2, size=NOTE, colour=INK if share is not None else GREY,
                  from_right=True)  # fmt: skip


class Pen:
    """Writes and fills, in pixels from the top left."""

    def __init__(self, axes: "Axes", renderer: Any) -> None:
        from matplotlib.font_manager import FontProperties, get_font
        from pylopdf_fonts_zh_cn import sans_path

        self._axes, self._renderer = axes, renderer
        self._font: Callable[[int], Any] = lambda size: FontProperties(fname=sans_path(), size=size * 72 / DOTS)
        self._known = frozenset(get_font(sans_path()).get_charmap())

    def write(
        self,
        text: str,
        x: float,
        y: float,
        *,
        size: int,
        colour: str = INK,
        most: float | None = None,
        from_right: bool = False,
        is_centred: bool = False,
    ) -> float:
        """Write on this line; cut with an ellipsis where it is longer than ``most``. Returns how long it became."""
        font = self._font(size)
        shown = "".join(sign for sign in text if ord(sign) in self._known)  # no boxes where the font has nothing
        length = self._length(shown, font)
        whole = shown
        while most is not None and length > most and whole:
            whole = whole[:-1]
            shown = whole.rstrip() + "…"
            length = self._length(shown, font)
        side = "center" if is_centred else "right" if from_right else "left"
        self._axes.text(x, y, shown, fontproperties=font, color=colour, ha=side, va="baseline", parse_math=False)
        return length

    def box(self, x: float, y: float, width: float, height: float, *, colour: str, is_pale: bool = False) -> None:
        """Fill a box; a pale one is hatched, so that it is seen without colours, too."""
        from matplotlib.patches import Rectangle

        pale = {"facecolor": PAPER, "edgecolor": colour, "hatch": "////", "linewidth": 1.5}
        whole = {"facecolor": colour, "edgecolor": "none"}
        self._axes.add_patch(Rectangle((x, y), width, height, **(pale if is_pale else whole)))

    def _length(self, text: str, font: Any) -> float:
        width, _, _ = self._renderer.get_text_width_height_descent(text or " ", font, False)
        return float(width)
