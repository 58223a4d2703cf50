"""The evaluation in chat: groups with their ranks, the figures of one, the reports behind a figure."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.categories import all_categories, category
from storage.evaluation_kinds import Dimension, Figure, Span
from storage.figures import (
    EVERYTHING,
    SMALL,
    Evaluation,
    Group,
    Line,
    Lines,
    Period,
    Whole,
)
from storage.kinds import Language
from storage.records import Me, number
from views.actions import ChooseStats, DrawStats, OpenFigure, OpenGroup, ShowCase, ShowStats, StatsFile
from views.card import Button, Card, Made, Rows, in_rows
from views.format import lasting, lines, moment
from views.paged import pager
from views.stats_words import days, half, is_too_small, name_of, share, summary, when_and_where
from views.texts import plain, say

PAGE = 6
"""Groups on one page: a screen of a small phone."""
WIDEST = 20
"""Of a button, in letters; a Chinese one takes two."""

TITLES = {
    Dimension.GRID: "stats-title-grid",
    Dimension.COMMUNITY: "stats-title-community",
    Dimension.OFFICER: "stats-title-officer",
    Dimension.CATEGORY: "stats-title-category",
}
BY = {
    Dimension.GRID: "button-by-grid",
    Dimension.COMMUNITY: "button-by-community",
    Dimension.OFFICER: "button-by-officer",
    Dimension.CATEGORY: "button-by-category",
}
SPANS = {Span.DAY: "button-day", Span.WEEK: "button-week", Span.MONTH: "button-month"}
FIGURES = {
    Figure.NUMBER: "figure-number",
    Figure.ACCEPTED_LATE: "figure-accepted-late",
    Figure.ACCEPTED: "figure-accepted",
    Figure.RESOLVED_LATE: "figure-resolved-late",
    Figure.RESOLVED: "figure-resolved",
    Figure.REOPENED: "figure-reopened",
    Figure.RATED: "figure-rated",
}


def stats(found: Evaluation, me: Me, *, page: int, now: datetime, zone: ZoneInfo) -> Card:
    """All together, then the groups of one page with their ranks."""
    language, period = me.language, found.period
    pages = max(1, -(-len(found.groups) // PAGE))
    page = min(page, pages - 1)
    shown = found.groups[page * PAGE : (page + 1) * PAGE]
    parts = [say(language, TITLES[found.dimension]), when_and_where(language, period, found.places)]
    if found.total.number == 0:
        text = lines(*parts) + "\n\n" + say(language, "stats-none")
    else:
        groups = Markup("\n").join(_group(language, found.dimension, group) for group in shown)
        text = lines(*parts) + "\n\n" + summary(language, found.total) + "\n\n" + groups + _note(language, shown)
    return Card(text=text, rows=_rows(found, shown, me, page=page, pages=pages, now=now, zone=zone))


def choice(me: Me, *, dimension: Dimension, period: Period, now: datetime, zone: ZoneInfo) -> Card:
    """By what, and of a day, week or month: one tap shows it."""
    text = lines(say(me.language, TITLES[dimension]), days(me.language, period), say(me.language, "stats-choose"))
    day = min(period.last, max(period.first, now.astimezone(zone).date()))
    by = [_show(me, key, one, period) for one, key in BY.items() if one is not dimension]
    spans = [_show(me, key, dimension, Period.around(day, one)) for one, key in SPANS.items() if one is not period.span]
    return Card(text=text, rows=(*in_rows(2, by), tuple(spans), (_show(me, "button-back", dimension, period),)))


def group(found: Group, me: Me, *, dimension: Dimension, period: Period) -> Card:
    """All figures of one group; each opens to its reports."""
    language, figures = me.language, found.figures
    head = say(language, "stats-group-title", name=name_of(language, dimension, found.key, found.name))
    text = lines(head, days(language, period)) + "\n\n" + summary(language, figures)
    assert period.span is not None
    counts = {
        Figure.NUMBER: figures.number,
        Figure.ACCEPTED_LATE: figures.accepted.of - figures.accepted.kept,
        Figure.ACCEPTED: figures.to_accept.of if figures.to_accept else 0,
        Figure.RESOLVED_LATE: figures.resolved.of - figures.resolved.kept,
        Figure.RESOLVED: figures.to_resolve.of if figures.to_resolve else 0,
        Figure.REOPENED: figures.reopened,
        Figure.RATED: figures.rating.of if figures.rating else 0,
    }
    buttons = [
        Button(
            plain(language, "stats-open-figure", figure=plain(language, key), count=counts[figure]),
            OpenFigure(dimension, period.span, period.first, found.key, figure, 0).pack(),
        )
        for figure, key in FIGURES.items()
        if counts[figure]
    ]
    back = Button(plain(language, "button-back"), ShowStats(dimension, period.span, period.first, 0).pack())
    return Card(text=text, rows=(*in_rows(2, buttons), (back,)))


def behind(
    found: Lines,
    me: Me,
    *,
    dimension: Dimension,
    period: Period,
    key: str,
    figure: Figure,
    now: datetime,
    zone: ZoneInfo,
) -> Card:
    """The reports that a figure is made of; each opens to its card."""
    language, span = me.language, period.span
    assert span is not None
    title = say(
        language,
        "stats-behind-title",
        figure=plain(language, FIGURES[figure]),
        name=name_of(language, dimension, key, found.name),
    )
    told = [_line(language, line, figure, now=now, zone=zone) for line in found.lines]
    text = lines(title, days(language, period)) + "\n\n"
    buttons = [Button(number(line.id), ShowCase(line.id).pack()) for line in found.lines]

    def at(page: int) -> str:
        return OpenFigure(dimension, span, period.first, key, figure, max(0, page)).pack()

    turn = pager(me, at=found.page, pages=found.pages, older=at(found.page + 1), newer=at(found.page - 1))
    back = Button(plain(language, "button-back"), OpenGroup(dimension, span, period.first, key).pack())
    return Card(
        text=text + (lines(*told) if told else say(language, "stats-none-behind")),
        rows=(*in_rows(3, buttons), *turn, (back,)),
    )


def picture(found: Evaluation, me: Me, data: bytes) -> Card:
    """The chart."""
    head = lines(say(me.language, TITLES[found.dimension]), when_and_where(me.language, found.period, found.places))
    name = f"warmgrid-{found.period.first}-{found.period.last}.png"
    return Card(text=head, made=Made(name, data, is_picture=True))


def file(found: Whole, me: Me, data: bytes) -> Card:
    """The Excel file."""
    one = found.evaluations[0]
    parts = [say(me.language, "stats-file"), when_and_where(me.language, one.period, one.places)]
    if found.is_cut:
        parts.append(say(me.language, "stats-file-cut"))
    return Card(text=lines(*parts), made=Made(f"warmgrid-{one.period.first}-{one.period.last}.xlsx", data))


# -- parts of the cards --


def _group(language: Language, dimension: Dimension, group: Group) -> Markup:
    figures = group.figures
    name = name_of(language, dimension, group.key, group.name)
    key = "stats-group-small" if is_too_small(group) else "stats-group-rest"
    if group.rank is not None:
        key = "stats-group-rank"
    head = say(language, key, rank=group.rank or 0, name=name, count=figures.number)
    if not (figures.accepted.of or figures.resolved.of or figures.to_accept):
        return head
    shares = {"accepted": share(figures.accepted), "resolved": share(figures.resolved)}
    times = half(language, figures)
    if not times:
        return lines(head, say(language, "stats-group-shares", **shares))
    return lines(head, say(language, "stats-group-shares-times", **shares, times=times))


def _note(language: Language, groups: Iterable[Group]) -> Markup:
    """How to read the lines: by what they are ranked, if they are; what the mark of a small group means, where there is
    one.
    """
    shown = list(groups)
    ranked = say(language, "stats-note-ranked") if any(group.rank is not None for group in shown) else None
    has_small = any(is_too_small(group) for group in shown)
    small = say(language, "stats-note-small", count=SMALL) if has_small else None
    return "\n\n" + lines(ranked, say(language, "stats-note"), small)


def _line(language: Language, line: Line, figure: Figure, *, now: datetime, zone: ZoneInfo) -> Markup:
    known = category(line.category)
    return say(
        language,
        "stats-line",
        icon=known.icon,
        number=number(line.id),
        category=known.names[language],
        what=_what(language, line, figure, now=now, zone=zone),
    )


def _what(language: Language, line: Line, figure: Figure, *, now: datetime, zone: ZoneInfo) -> Markup:
    """What the figure says of one report."""
    if figure is Figure.REOPENED:
        return say(language, "stats-line-reopened", count=line.reopened)
    seconds = {
        Figure.ACCEPTED: line.accept_seconds,
        Figure.ACCEPTED_LATE: line.accept_seconds,
        Figure.RESOLVED: line.resolve_seconds,
        Figure.RESOLVED_LATE: line.resolve_seconds,
    }
    if figure not in seconds:
        return moment(language, line.filed_at, now=now, zone=zone)
    taken = seconds[figure]
    return say(language, "stats-line-not-yet") if taken is None else lasting(language, taken)


def _rows(
    found: Evaluation, shown: tuple[Group, ...], me: Me, *, page: int, pages: int, now: datetime, zone: ZoneInfo
) -> Rows:
    language, period, dimension = me.language, found.period, found.dimension
    assert period.span is not None
    rows: list[tuple[Button, ...]] = []
    if found.total.number:
        rows += in_rows(2, [_open(language, found, group) for group in shown])
        older = ShowStats(dimension, period.span, period.first, page + 1).pack()
        newer = ShowStats(dimension, period.span, period.first, max(0, page - 1)).pack()
        rows += pager(me, at=page, pages=pages, older=older, newer=newer)
    if found.total.number:
        everything = OpenGroup(dimension, period.span, period.first, EVERYTHING).pack()
        rows.append(
            (
                Button(plain(language, "button-everything"), everything),
                Button(plain(language, "button-chart"), DrawStats(dimension, period.span, period.first).pack()),
                Button(plain(language, "button-excel"), StatsFile(period.span, period.first).pack()),
            )
        )
    turn = [_show(me, "button-earlier", dimension, period.before())]
    if period.last < now.astimezone(zone).date():
        turn.append(_show(me, "button-later", dimension, period.after()))
    view = Button(plain(language, "button-view"), ChooseStats(dimension, period.span, period.first).pack())
    return (*rows, (*turn, view))


def _show(me: Me, key: str, by: Dimension, period: Period) -> Button:
    assert period.span is not None
    return Button(plain(me.language, key), ShowStats(by, period.span, period.first, 0).pack())


def _open(language: Language, found: Evaluation, group: Group) -> Button:
    assert found.period.span is not None
    name = name_of(language, found.dimension, group.key, group.name)
    if found.dimension is Dimension.CATEGORY:
        name = f"{all_categories()[category(group.name).code].icon} {name}"
    action = OpenGroup(found.dimension, found.period.span, found.period.first, group.key)
    return Button(_narrow(name), action.pack())


def _narrow(name: str) -> str:
    """As much of a name as a button shows."""
    used = 0
    for at, sign in enumerate(name):
        used += 1 if ord(sign) < 0x2E80 else 2
        if used > WIDEST:
            return name[: at - 1].rstrip() + "…"
    return name
