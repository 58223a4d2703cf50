"""The figures of the evaluation in words: the same in its cards, the chart, the file and the digests."""

from markupsafe import Markup

from storage.categories import category
from storage.evaluation_kinds import Dimension
from storage.figures import EVERYTHING, GONE, NOTHING, REST, SMALL, Figures, Group, Period, Share, Times
from storage.kinds import Language
from views.format import calendar_day, lasting, lines, shorten
from views.texts import plain, say

LONGEST_NAME = 60
"""Of a group."""
TENTHS = 10
"""So many times and more have nine in ten that are not all."""
PLACES = 4
"""Communities that are named in a title."""


def summary(language: Language, figures: Figures) -> Markup:
    """All figures, a line each."""
    parts = [
        say(language, "stats-number", count=figures.number),
        _promise(language, "stats-accepted", figures.accepted, figures.to_accept),
        _promise(language, "stats-resolved", figures.resolved, figures.to_resolve),
    ]
    if figures.reopened:
        parts.append(say(language, "stats-reopened", count=figures.reopened))
    if figures.rating:
        parts.append(say(language, "stats-rating", mean=f"{figures.rating.mean:.1f}", count=figures.rating.of))
    return lines(*parts)


def _promise(language: Language, key: str, kept: Share, times: Times | None) -> Markup:
    line = say(language, key, share=share(kept, in_full=True))
    if times is None:
        return line
    return line + "\n    " + say(language, "list-comma").join(taken(language, times))


def share(share: Share, *, in_full: bool = False) -> str:
    """`92%`; of few promises, or where asked for in full, `2/3`; a dash if none was due."""
    if share.percent is None:
        return "—"
    if share.of < SMALL:
        return f"{share.kept}/{share.of}"
    return f"{share.percent}% ({share.kept}/{share.of})" if in_full else f"{share.percent}%"


def taken(language: Language, times: Times) -> tuple[Markup, ...]:
    """How long half, and nine in ten, took at most; of less than ten the longest; of one the time that it took."""
    if times.of == 1:
        return (say(language, "stats-once", time=lasting(language, times.p50)),)
    most = "stats-most" if times.of >= TENTHS else "stats-longest"
    return (
        say(language, "stats-half", time=lasting(language, max(times.p50, 60))),
        say(language, most, time=lasting(language, max(times.p90, 60))),
    )


def half(language: Language, figures: Figures) -> Markup:
    """How long half took at most to be accepted, and to be fixed."""
    return Markup(" / ").join(lasting(language, one.p50) for one in (figures.to_accept, figures.to_resolve) if one)


def when_and_where(language: Language, period: Period, places: tuple[str, ...]) -> Markup:
    """The period, and what of the county."""
    if not places:
        return say(language, "stats-when", period=days(language, period))
    named = say(language, "list-comma").join(shorten(place, most=LONGEST_NAME) for place in places[:PLACES])
    if len(places) > PLACES:
        named += " " + say(language, "and-more", count=len(places) - PLACES)
    return say(language, "stats-when-where", period=days(language, period), places=named)


def days(language: Language, period: Period) -> Markup:
    """`23 Nov 2026`, `23 Nov 2026 – 29 Nov 2026`."""
    first = calendar_day(language, period.first)
    if period.first == period.last:
        return first
    return say(language, "stats-days", first=first, last=calendar_day(language, period.last))


def name_of(language: Language, dimension: Dimension, key: str, name: str) -> str:
    """What a group is called."""
    if key == EVERYTHING:
        return plain(language, "stats-everything")
    if key == GONE:
        return plain(language, "stats-gone")
    if key == NOTHING:
        return plain(language, "stats-nobody" if dimension is Dimension.OFFICER else "stats-no-grid")
    if dimension is Dimension.CATEGORY:
        return category(name).names[language]
    return shorten(name, most=LONGEST_NAME)


def is_too_small(group: Group) -> bool:
    """Whether a group is one that would be ranked if it had more reports."""
    return group.key not in REST and group.figures.is_small
