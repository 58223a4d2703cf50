"""How much places are used, as an Excel file: place by place, all together by weekday and hour, and each place so."""

from storage.kinds import Language
from storage.usage_records import PlaceCount, UsageRecord
from views.texts import plain
from views.usage_chart import name_of
from views.workbooks import WHOLE, Column, Sheet, Value, Workbook


def workbook(found: UsageRecord, language: Language) -> Workbook:
    """All places; or, if it is of one, that one."""
    places = (found.place,) if found.place is not None else found.places
    return Workbook((_places(places, language), _week(found, language), _lines(places, language)))


def _places(places: tuple[PlaceCount, ...], language: Language) -> Sheet:
    columns = (
        Column(plain(language, "column-place-code"), 14),
        Column(plain(language, "column-place"), 36),
        Column(plain(language, "column-place-kind"), 20),
        Column(plain(language, "column-check-ins"), 12, WHOLE),
    )
    rows = tuple(
        (one.code, name_of(one.names, language), name_of(one.kind_names, language), one.count) for one in places
    )
    return Sheet(plain(language, "sheet-places"), columns, rows)


def _week(found: UsageRecord, language: Language) -> Sheet:
    hours = tuple(Column(f"{hour}:00", 7, WHOLE) for hour in range(24))
    columns = (Column(plain(language, "column-weekday"), 12), *hours)
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (plain(language, f"weekday-{day}"), *counts) for day, counts in enumerate(found.week, start=1)
    )
    return Sheet(plain(language, "sheet-week"), columns, rows)


def _lines(places: tuple[PlaceCount, ...], language: Language) -> Sheet:
    """A row for each place, weekday and hour at which somebody came: for one's own tables."""
    columns = (
        Column(plain(language, "column-place-code"), 14),
        Column(plain(language, "column-place"), 36),
        Column(plain(language, "column-weekday"), 12),
        Column(plain(language, "column-hour"), 8, WHOLE),
        Column(plain(language, "column-check-ins"), 12, WHOLE),
    )
    rows: list[tuple[Value, ...]] = []
    for one in places:
        for day, counts in enumerate(one.week, start=1):
            start = (one.code, name_of(one.names, language), plain(language, f"weekday-{day}"))
            rows += [(*start, hour, count) for hour, count in enumerate(counts) if count]
    return Sheet(plain(language, "sheet-hours"), columns, tuple(rows))
