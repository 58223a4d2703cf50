"""When a shop is open: every day the same, in at most three spans, by the county's clocks.

Written as `07:00-14:00,17:00-01:30`: a span may go past midnight. `00:00-24:00` never closes.
"""

import re
import unicodedata
from datetime import datetime
from zoneinfo import ZoneInfo

from services.merchants.errors import BadHours

SPAN = re.compile(r"(\d{1,2})(?::(\d{2}))?[-–—~至到](\d{1,2})(?::(\d{2}))?")
BETWEEN = re.compile(r"[,;、/\s]+")
MOST = 3
DAY = 24 * 60
"""Minutes."""
Spans = tuple[tuple[int, int], ...]
"""From and until, in minutes from midnight; until may be on the next day, and is then the smaller one."""


def tidy(text: str) -> str:
    """The hours as they are kept, from what somebody typed: `7-14、17：00–1:30`.

    Raises:
        BadHours: they cannot be read.
    """
    plain = re.sub(r"\s*([-–—~至到])\s*", r"\1", unicodedata.normalize("NFKC", text).strip()).replace("点", ":00")
    spans = [_span(part) for part in BETWEEN.split(plain) if part]
    if not 1 <= len(spans) <= MOST:
        raise BadHours
    return ",".join(f"{_clock(begin)}-{_clock(end)}" for begin, end in spans)


def is_open(hours: str, *, now: datetime, zone: ZoneInfo) -> bool:
    """Whether a shop with these hours (as they are kept) is open."""
    local = now.astimezone(zone)
    at = local.hour * 60 + local.minute
    spans = (_span(part) for part in hours.split(","))
    return any(begin <= at < end if begin < end else at >= begin or at < end for begin, end in spans)


def _span(text: str) -> tuple[int, int]:
    found = SPAN.fullmatch(text)
    if found is None:
        raise BadHours
    begin, end = _minutes(*found.group(1, 2)), _minutes(*found.group(3, 4))
    if begin in (end, DAY):
        raise BadHours
    return begin, end


def _minutes(hour: str, minute: str | None) -> int:
    at = int(hour) * 60 + int(minute or 0)
    if at > DAY or int(minute or 0) > 59:
        raise BadHours
    return at


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
