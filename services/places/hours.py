"""When places are open."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.places.errors import BadPlaceHours


@dataclass(frozen=True, slots=True)
class Openness:
    """Whether a place is open, and when that changes (None: never)."""

    is_open: bool
    until: datetime | None


def openness(hours: str, *, now: datetime, zone: ZoneInfo) -> Openness:
    """By hours that are the same every day: `08:00-20:00`, or `24/7`."""
    if hours == "24/7":
        return Openness(True, None)
    if "-" not in hours:
        raise BadPlaceHours(text=hours)
    begin, _, end = hours.rpartition(" ")[2].partition("-")
    here = now.astimezone(zone)
    moments = []
    for day in range(-1, 3):
        date = here.date() + timedelta(days=day)
        opens = datetime.combine(date, time.fromisoformat(begin), zone)
        closes = datetime.combine(date, time.fromisoformat(end if end != "24:00" else "00:00"), zone)
        if closes <= opens:
            closes += timedelta(days=1)
        moments.append((opens, closes))
    for opens, closes in moments:
        if opens <= here < closes:
            return Openness(True, closes)
        if here < opens:
            return Openness(False, opens)
    raise AssertionError("not reached")
