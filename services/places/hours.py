"""Opening hours: `24/7`, or spans of each day such as `08:00-12:00,14:00-18:00`."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.places.errors import BadPlaceHours

ALWAYS = "24/7"
_SPANS = re.compile(r"\d\d:\d\d-\d\d:\d\d(,\d\d:\d\d-\d\d:\d\d)*")


@dataclass(frozen=True, slots=True)
class Openness:
    """Whether a place is open, and when that is over; None: never."""

    is_open: bool
    until: datetime | None


def tidy(text: str) -> str:
    """The hours as they are kept.

    Raises:
        BadPlaceHours: they cannot be read; ``text`` is what was written.
    """
    plain = text.strip()
    if plain != ALWAYS and not _SPANS.fullmatch(plain):
        raise BadPlaceHours(text=text)
    return plain


def openness(hours: str, *, now: datetime, zone: ZoneInfo) -> Openness:
    """Whether a place with these hours is open."""
    if hours == ALWAYS:
        return Openness(True, None)
    day = now.astimezone(zone).date()
    spans = [tuple(time.fromisoformat(one) for one in span.split("-")) for span in hours.split(",")]
    moments = [
        (datetime.combine(day + timedelta(days=more), at, zone), is_opening)
        for more in range(2)
        for span in spans
        for at, is_opening in zip(span, (True, False), strict=True)
    ]
    at, is_opening = min(one for one in moments if one[0] > now)
    return Openness(not is_opening, at)
