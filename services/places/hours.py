"""When a place is open."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.places.errors import BadPlaceHours

ALWAYS = "24/7"
_DAILY = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Openness:
    """Whether it is open, and when that changes (empty: never)."""

    is_open: bool
    until: datetime | None


def tidy(text: str) -> str:
    """The canonical text.

    Raises:
        BadPlaceHours: it cannot be read.
    """
    if text.strip() != ALWAYS and not _DAILY.fullmatch(text.strip()):
        raise BadPlaceHours(text=text)
    return text.strip()


def openness(hours: str, *, now: datetime, zone: ZoneInfo) -> Openness:
    """Whether a place with these hours (as `tidy` writes them) is open."""
    found = _DAILY.fullmatch(hours)
    if found is None:
        return Openness(hours == ALWAYS, None)
    opens, closes = (time.fromisoformat(one) for one in found.groups())
    today = now.astimezone(zone).date()
    for day in (today - DAY, today, today + DAY):
        start = datetime.combine(day, opens, zone)
        end = datetime.combine(day + DAY if closes <= opens else day, closes, zone)
        if now < start:
            return Openness(False, start)
        if now < end:
            return Openness(True, end)
    return Openness(False, None)
