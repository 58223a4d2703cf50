"""The evaluation as an Excel file: a sheet a dimension, and one with the reports that the figures are made of."""

from datetime import datetime
from zoneinfo import ZoneInfo

from storage.categories import category
from storage.evaluation_kinds import Dimension
from storage.figures import EVERYTHING, Evaluation, Group, Line, Share, Times, Whole
from storage.kinds import Language
from storage.records import number
from views.stats_words import name_of
from views.texts import plain
from views.workbooks import DECIMAL, MOMENT, SHARE, WHOLE, Column, Sheet, Value, Workbook

MINUTE, HOUR = 60, 3600
"""Seconds: acceptances are given in minutes, fixes in hours."""
TITLES = {
    Dimension.GRID: "sheet-grid",
    Dimension.COMMUNITY: "sheet-community",
    Dimension.OFFICER: "sheet-officer",
    Dimension.CATEGORY: "sheet-category",
}
FIGURES: tuple[tuple[str, int, str | None], ...] = (
    ("column-rank", 8, WHOLE),
    ("column-name", 36, None),
    ("column-number", 10, WHOLE),
    ("column-accept-due", 14, WHOLE),
    ("column-accept-kept", 14, WHOLE),
    ("column-accept-share", 14, SHARE),
    ("column-accept-p50", 16, DECIMAL),
    ("column-accept-p90", 16, DECIMAL),
    ("column-resolve-due", 14, WHOLE),
    ("column-resolve-kept", 14, WHOLE),
    ("column-resolve-share", 14, SHARE),
    ("column-resolve-p50", 16, DECIMAL),
    ("column-resolve-p90", 16, DECIMAL),
    ("column-reopened", 12, WHOLE),
    ("column-rating", 12, DECIMAL),
    ("column-ratings", 12, WHOLE),
)
LINES: tuple[tuple[str, int, str | None], ...] = (
    ("column-report", 12, None),
    ("column-filed", 18, MOMENT),
    ("column-category", 20, None),
    ("column-status", 14, None),
    ("column-community", 24, None),
    ("column-grid", 16, None),
    ("column-officer", 20, None),
    ("column-accept-minutes", 16, DECIMAL),
    ("column-accept-share", 14, None),
    ("column-counts-for", 20, None),
    ("column-resolve-hours", 16, DECIMAL),
    ("column-resolve-share", 14, None),
    ("column-counts-for", 20, None),
    ("column-reopened", 12, WHOLE),
)


def workbook(found: Whole, language: Language, *, zone: ZoneInfo) -> Workbook:
    """All of it."""
    sheets = [_sheet(one, language) for one in found.evaluations]
    rows = tuple(_line(line, language, zone) for line in found.lines)
    return Workbook((*sheets, Sheet(plain(language, "sheet-reports"), _columns(language, LINES), rows)))


def _columns(language: Language, columns: tuple[tuple[str, int, str | None], ...]) -> tuple[Column, ...]:
    return tuple(Column(plain(language, key), width, shown_as) for key, width, shown_as in columns)


def _sheet(found: Evaluation, language: Language) -> Sheet:
    groups = (*found.groups, Group(EVERYTHING, "", found.total))
    rows = tuple(_group(group, found.dimension, language) for group in groups)
    return Sheet(plain(language, TITLES[found.dimension]), _columns(language, FIGURES), rows)


def _group(group: Group, dimension: Dimension, language: Language) -> tuple[Value, ...]:
    figures = group.figures
    return (
        group.rank,
        name_of(language, dimension, group.key, group.name),
        figures.number,
        *_promise(figures.accepted, figures.to_accept, unit=MINUTE),
        *_promise(figures.resolved, figures.to_resolve, unit=HOUR),
        figures.reopened,
        figures.rating.mean if figures.rating else None,
        figures.rating.of if figures.rating else None,
    )


def _promise(kept: Share, times: Times | None, *, unit: int) -> tuple[Value, ...]:
    of_all = kept.kept / kept.of if kept.of else None
    half = _in(unit, times.p50) if times else None
    most = _in(unit, times.p90) if times and times.of > 1 else None  # of one report there is no most
    return kept.of, kept.kept, of_all, half, most


def _line(line: Line, language: Language, zone: ZoneInfo) -> tuple[Value, ...]:
    return (
        number(line.id),
        _local(line.filed_at, zone),
        category(line.category).names[language],
        plain(language, f"status-{line.status}"),
        line.community,
        line.grid,
        line.officer,
        _in(MINUTE, line.accept_seconds),
        _yes_or_no(language, line.accepted_on_time),
        line.accept_of,
        _in(HOUR, line.resolve_seconds),
        _yes_or_no(language, line.resolved_on_time),
        line.resolve_of,
        line.reopened,
    )


def _yes_or_no(language: Language, is_so: bool | None) -> str | None:
    return None if is_so is None else plain(language, "yes" if is_so else "no")


def _in(unit: int, seconds: int | None) -> float | None:
    return None if seconds is None else seconds / unit


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    """As spreadsheets want it: the county's time, without saying so."""
    return at.astimezone(zone).replace(tzinfo=None)
