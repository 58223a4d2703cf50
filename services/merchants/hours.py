"""When a shop is open: every day the same, in at most three spans, by the county's clocks.

Kept as `07:00-14:00,17:00-01:30`: a span may go past midnight. `00:00-24:00` never closes. How people write them is
read by `services/merchants/written_hours.py`.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.merchants import written_hours
from services.merchants.errors import BadHours

MOST = 3
Span = tuple[int, int]
"""From and until, in minutes from midnight; until may be on the next day, and is then the smaller one."""


def tidy(text: str) -> str:
    """The hours as they are kept, from what somebody typed: `7-14、17：00–1:30`.

    Raises:
        BadHours: they cannot be read.
    """
    spans = written_hours.read(text)
    if not 1 <= len(spans) <= MOST:
        raise BadHours
    return ",".join(f"{_clock(begin)}-{_clock(end)}" for begin, end in spans)


def is_open(hours: str, *, now: datetime, zone: ZoneInfo) -> bool:
    """Whether a shop with these hours (as they are kept) is open."""
    at = _minute_of(now.astimezone(zone))
    return any(begin <= at < end if begin < end else at >= begin or at < end for begin, end in _spans(hours))


def opens_at(hours: str, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When a shop with these hours opens next, perhaps tomorrow; None: it is open."""
    if is_open(hours, now=now, zone=zone):
        return None
    local = now.astimezone(zone)
    begins = sorted(begin for begin, _ in _spans(hours))
    today = [begin for begin in begins if begin > _minute_of(local)]
    day = local.date() if today else local.date() + timedelta(days=1)
    hour, minute = divmod((today or begins)[0], 60)
    return datetime.combine(day, time(hour, minute), zone)


def _spans(hours: str) -> list[Span]:
    return [(_minutes(begin), _minutes(end)) for begin, end in (one.split("-") for one in hours.split(","))]


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _minute_of(local: datetime) -> int:
    return local.hour * 60 + local.minute


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
