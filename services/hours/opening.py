"""When a place or a shop is open: by weekday, with working days, public holidays and single dates that are different.

What is kept is a part of OpenStreetMap's notation (https://wiki.openstreetmap.org/wiki/Key:opening_hours), and some
words more, as it has none for make-up working days (`WD`) and for public holidays by name (`SF`, the Spring Festival):

    24/7
    08:00-20:00
    Mo-Fr 08:30-12:00,14:00-18:00; Sa,Su off; PH off
    08:00-20:00; SF off; ND 10:00-16:00
    Sa,Su 10:00-16:00; WD 09:00-17:00; PH 10:00-16:00; 2026 Feb 16-2026 Feb 23 off

- Rules are divided by `;`. The last one that fits a day says all of that day: weekdays, then `WD`, `PH`, festivals,
  and dates.
- A weekday is a weekday, whatever the calendar says of it. `WD` is a day on which people work by the State Council's
  calendar, a make-up Sunday too; `PH` is a day of a public holiday, its Sundays too. A festival is all of its holiday;
  where two fall together, each is all of both.
- A span belongs to the day it begins on: `22:00-06:00` goes on until six in the morning, whatever the next day is.
- What no rule names is closed. Where the calendar is not known yet, there are no holidays.

`reading.py` reads it, and all else that people write, into a `Plan`; `str(plan)` is what is kept.
"""

import logging
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from services.hours.errors import BadHours, HoursTooLong
from services.hours.plan import DAY, Plan
from services.hours.reading import read

log = logging.getLogger(__name__)

MOST = 400
"""Characters of what is kept, where nothing else is said."""
WEEK, AHEAD = 9, 2 * 366
"""Days that are looked through for the next change."""
ONE = timedelta(days=1)

Edges = tuple[list[datetime], bool]
"""When it opens and closes in turn, and whether it was open before the first of these."""


@dataclass(frozen=True, slots=True)
class Openness:
    """Whether it is open by its hours, and until when that stays so; None: it stays so for two years at least."""

    is_open: bool
    until: datetime | None  # aware, UTC


def tidy(text: str, *, most: int = MOST) -> str:
    """The hours as they are kept, from what somebody wrote: `周一至周五 8:30-18:00，周末休息`, `daily 7am-11pm`.

    Raises:
        BadHours: they cannot be read, or it would never be open; ``text`` is their beginning.
        HoursTooLong: what is kept would have more than ``most`` characters.
    """
    kept = str(_plan(text))
    if len(kept) > most:
        raise HoursTooLong(length=len(kept), most=most)
    return kept


def openness(hours: str, *, now: datetime, zone: ZoneInfo) -> Openness:
    """Whether what has these hours is open, and when that changes.

    Hours that cannot be read (nothing that is here writes such) are of what is closed: one of them must not keep
    anybody from finding another.
    """
    try:
        edges, is_open = _edges(hours, zone, now.astimezone(zone).date())
    except BadHours:
        _warn(hours)
        return Openness(False, None)
    at = bisect_right(edges, now)
    return Openness(is_open is (at % 2 == 0), edges[at] if at < len(edges) else None)


@cache
def _warn(hours: str) -> None:
    log.error("hours that cannot be read count as closed: %s", hours)


@lru_cache(maxsize=4096)
def _plan(text: str) -> Plan:
    return read(text)


@lru_cache(maxsize=16384)
def _edges(hours: str, zone: ZoneInfo, day: date) -> Edges:
    """When it opens and closes on a day of the zone, and once after it."""
    midnight, next_midnight = _moment(day, 0, zone), _moment(day, DAY, zone)
    edges: list[datetime] = []
    is_open = False
    for opens, closes in _stretches(_plan(hours), zone, day):
        if closes is not None and closes <= midnight:
            continue
        if opens <= midnight:
            is_open = True
        else:
            edges.append(opens)
        if opens >= next_midnight or closes is None:
            break
        edges.append(closes)
        if closes > next_midnight:
            break
    return edges, is_open


def _days_ahead(plan: Plan) -> int:
    return WEEK if plan.is_weekly else AHEAD


def _stretches(plan: Plan, zone: ZoneInfo, day: date) -> Iterator[tuple[datetime, datetime | None]]:
    """From when until when it is open without a break, from the day before on; None: no end is in sight."""
    held: tuple[datetime, datetime] | None = None
    for ahead in range(-1, _days_ahead(plan)):
        begins_on = day + ahead * ONE
        for begin, end in plan.on(begins_on):
            opens, closes = _moment(begins_on, begin, zone), _moment(begins_on, end, zone)
            if held is not None and opens <= held[1]:
                held = held[0], max(held[1], closes)
            else:
                if held is not None:
                    yield held
                held = opens, closes
    if held is not None:
        yield held[0], None if held[1] >= _moment(day + (_days_ahead(plan) - 1) * ONE, DAY, zone) else held[1]


@lru_cache(maxsize=16384)
def _moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    days, left = divmod(minutes, DAY)
    local = datetime.combine(day + days * ONE, time(left // 60, left % 60), zone)
    return local.astimezone(UTC)
