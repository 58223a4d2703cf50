"""Working time: how much of it lies between two moments, and when a span of it is over.

Days follow the State Council's calendar with its holidays and make-up working days (调休), as the `chinesecalendar`
package keeps it; in years that it does not know yet, Monday to Friday.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

log = logging.getLogger(__name__)

Span = tuple[time, time]
"""Office hours from … to, in the county's time; the second is after the first."""
OFFICE_HOURS: tuple[Span, ...] = ((time(8, 30), time(12)), (time(14), time(18)))
KEY = "worktime"
"""Key of `session.info`: the county's `WorkTime`, if it is not the usual one; the store is opened with it."""
SATURDAY = 5
NONE, ONE = timedelta(), timedelta(days=1)
FESTIVALS = {
    **{"NY": "New Year's Day", "SF": "Spring Festival", "TS": "Tomb-sweeping Day", "LD": "Labour Day"},
    **{"DB": "Dragon Boat Festival", "MA": "Mid-autumn Festival", "ND": "National Day"},
}
"""Public holidays by name: as opening hours are kept, and as `chinesecalendar` calls them."""


def of(session: Session) -> "WorkTime":
    """The county's working time."""
    found: WorkTime = session.info.get(KEY, USUAL)
    return found


def chinese_workday(day: date) -> bool:
    """Whether people work on this day."""
    from chinese_calendar import is_workday  # only now: a start need not wait for its tables

    try:
        return bool(is_workday(day))
    except NotImplementedError:
        _warn_unknown(day.year)
        return day.weekday() < SATURDAY


@lru_cache(maxsize=4096)
def public_holiday(day: date) -> bool:
    """Whether this day belongs to a public holiday, its weekend days too; of a year not known yet: no day does."""
    from chinese_calendar import get_holiday_detail

    try:
        is_off, name = get_holiday_detail(day)
    except NotImplementedError:
        return False
    return bool(is_off and name)


@lru_cache(maxsize=4096)
def festivals_of(day: date) -> frozenset[str]:
    """Which of `FESTIVALS` the public holiday has that this day belongs to; two, where they fall together."""
    from chinese_calendar import get_holiday_detail

    found: set[str] = set()
    for step in (ONE, -ONE):
        one = day
        while public_holiday(one):
            found.add(get_holiday_detail(one)[1])
            one += step
    return frozenset(code for code, name in FESTIVALS.items() if name in found)


@cache
def _warn_unknown(year: int) -> None:
    log.warning("the working calendar of %d is not known yet: Monday to Friday are taken as working days", year)


@dataclass(frozen=True)
class WorkTime:
    """A county's working time."""

    zone: ZoneInfo
    spans: tuple[Span, ...] = OFFICE_HOURS  # in order, not overlapping, at least one
    is_workday: Callable[[date], bool] = chinese_workday

    def after(self, start: datetime, span: timedelta) -> datetime:
        """When this much working time has passed since ``start``; the first moment at which it has.

        Args:
            start: aware.
            span: not negative.

        Returns:
            Aware, in UTC. With an empty span, ``start`` itself.
        """
        if span <= NONE:
            return start.astimezone(UTC)
        left = span
        for begin, end in self._from(start):
            if left <= end - begin:
                return begin + left
            left -= end - begin
        raise AssertionError("working time never ends")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two moments; none when ``end`` is not after ``start``."""
        total = NONE
        for opens, closes in self._from(start):
            if opens >= end:
                break
            total += min(closes, end) - opens
        return total

    def _from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The office hours from a moment on, one by one, without end; the first may be cut short by the moment."""
        start = start.astimezone(UTC)
        day = start.astimezone(self.zone).date()
        while True:
            for opens, closes in _hours(self, day):
                if closes > start:
                    yield max(opens, start), closes
            day += timedelta(days=1)


@lru_cache(maxsize=1000)
def _hours(work: WorkTime, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """The office hours of a day, in UTC; kept, as every report that is filed asks for those of the same few days."""
    if not work.is_workday(day):
        return ()
    return tuple(
        (
            datetime.combine(day, opens, work.zone).astimezone(UTC),
            datetime.combine(day, closes, work.zone).astimezone(UTC),
        )
        for opens, closes in work.spans
    )


@dataclass(frozen=True)
class AroundTheClock:
    """Time that never stops, with the same two questions."""

    def after(self, start: datetime, span: timedelta) -> datetime:
        """When this much time has passed."""
        return start.astimezone(UTC) + max(span, NONE)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much time lies between two moments; none when ``end`` is not after ``start``."""
        return max(end - start, NONE)


USUAL = WorkTime(ZoneInfo("Asia/Shanghai"))
