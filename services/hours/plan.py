"""Hours that were read: the spans of each day, and how they are written (`opening.py` says in which notation)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from services.worktime import chinese_workday, festivals_of, public_holiday
from storage.hour_words import WEEKDAYS

DAY = 24 * 60
"""Minutes."""
ALL_DAY = ((0, DAY),)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

Spans = tuple[tuple[int, int], ...]
"""From and until, in minutes from the midnight that the day begins with; until may be on the next day."""
Dates = tuple[tuple[date, date, Spans], ...]
"""From one day until another, both included."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Hours that were read."""

    weekdays: tuple[Spans, ...]  # seven, Monday first
    workdays: Spans | None = None  # None: as on any such weekday
    holidays: Spans | None = None
    festivals: tuple[tuple[str, Spans], ...] = ()  # of `worktime.FESTIVALS`; of two that fit, the last
    dates: Dates = ()  # of several that fit, the last

    def on(self, day: date) -> Spans:
        """The spans that begin on a day."""
        for first, last, spans in reversed(self.dates):
            if first <= day <= last:
                return spans
        for festival, spans in reversed(self.festivals):
            if festival in festivals_of(day):
                return spans
        if self.holidays is not None and public_holiday(day):
            return self.holidays
        if self.workdays is not None and chinese_workday(day):
            return self.workdays
        return self.weekdays[day.weekday()]

    @property
    def is_weekly(self) -> bool:
        """Whether every week is the same."""
        return self.workdays is None and self.holidays is None and not self.festivals and not self.dates

    @property
    def ever_opens(self) -> bool:
        """Whether there is any hour at all at which it is open."""
        by_name = (spans for _, spans in self.festivals)
        return any((*self.weekdays, self.workdays, self.holidays, *by_name, *(spans for _, _, spans in self.dates)))

    def __str__(self) -> str:
        """As it is kept."""
        rules = [*self._weekdays()]
        if self.workdays is not None:
            rules.append(f"WD {_spans(self.workdays)}")
        if self.holidays is not None:
            rules.append(f"PH {_spans(self.holidays)}")
        rules += [f"{festival} {_spans(spans)}" for festival, spans in self.festivals]
        for first, last, spans in self.dates:
            until = f"-{_date(last)}" if last > first else ""
            rules.append(f"{_date(first)}{until} {_spans(spans)}")
        return "24/7" if rules == [_spans(ALL_DAY)] else "; ".join(rules)

    def _weekdays(self) -> Iterator[str]:
        """Days with the same spans in one rule, in the order of their first; closed ones but beside `WD`."""
        if len(set(self.weekdays)) == 1:
            if self.weekdays[0]:
                yield _spans(self.weekdays[0])
            return
        for spans in dict.fromkeys(self.weekdays):
            if not spans and self.workdays is not None:
                continue
            same = [at for at, one in enumerate(self.weekdays) if one == spans]
            yield f"{_weekdays(same)} {_spans(spans)}"


def _spans(spans: Spans) -> str:
    return ",".join(f"{_clock(begin)}-{_clock(end)}" for begin, end in spans) or "off"


def _clock(minutes: int) -> str:
    at = minutes if minutes <= DAY else minutes - DAY
    return f"{at // 60:02}:{at % 60:02}"


def _weekdays(days: list[int]) -> str:
    """`Mo-Fr`, `Sa,Su`, `Mo-We,Fr`."""
    runs = [[day for _, day in run] for _, run in groupby(enumerate(days), lambda pair: pair[1] - pair[0])]
    named = [
        f"{WEEKDAYS[run[0]]}-{WEEKDAYS[run[-1]]}" if len(run) > 2 else ",".join(WEEKDAYS[day] for day in run)
        for run in runs
    ]
    return ",".join(named)


def _date(day: date) -> str:
    return f"{day.year} {MONTHS[day.month - 1]} {day.day:02}"
