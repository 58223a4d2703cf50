"""The evaluation as a chart: what is drawn, in words and numbers (`views/drawing.py` draws it)."""

from storage.evaluation_kinds import Dimension
from storage.figures import SMALL, Evaluation, Group
from storage.kinds import Language
from storage.records import Me
from views.drawing import Bars, Chart
from views.stats_words import is_too_small, name_of, share, taken, when_and_where
from views.texts import plain

MOST = 6
"""Groups in one picture: Telegram makes a longer one smaller, and its letters with it."""
TITLES = {
    Dimension.GRID: "chart-title-grid",
    Dimension.COMMUNITY: "chart-title-community",
    Dimension.OFFICER: "chart-title-officer",
    Dimension.CATEGORY: "chart-title-category",
}


def chart(found: Evaluation, me: Me) -> Chart:
    """The first groups, in their order."""
    language, total = me.language, found.total
    notes = [
        tuple(line.unescape() for line in taken(language, times)) if times else ()
        for times in (total.to_accept, total.to_resolve)
    ]
    return Chart(
        title=plain(language, TITLES[found.dimension]),
        subtitle=when_and_where(language, found.period, found.places).unescape(),
        heads=(share(total.accepted), share(total.resolved)),
        legend=(plain(language, "chart-accepted"), plain(language, "chart-resolved")),
        notes=(notes[0], notes[1]),
        groups=tuple(_bars(language, found.dimension, group) for group in found.groups[:MOST]),
        footnotes=_footnotes(language, found),
    )


def _bars(language: Language, dimension: Dimension, group: Group) -> Bars:
    figures, name = group.figures, name_of(language, dimension, group.key, group.name)
    return Bars(
        name=f"{group.rank}.  {name}" if group.rank is not None else name,
        note=plain(language, "chart-count", count=figures.number),
        shares=(figures.accepted.percent, figures.resolved.percent),
        labels=(share(figures.accepted), share(figures.resolved)),
        is_pale=figures.is_small,
    )


def _footnotes(language: Language, found: Evaluation) -> tuple[str, ...]:
    notes = []
    if any(is_too_small(group) for group in found.groups[:MOST]):
        notes.append(plain(language, "chart-small", count=SMALL))
    if len(found.groups) > MOST:
        notes.append(plain(language, "chart-more", count=len(found.groups) - MOST))
    return tuple(notes)
