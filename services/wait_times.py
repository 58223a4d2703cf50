"""Until when an officer waits, as people write it: «3 days», «明天9点», «12-03», «12月3日下午3点», «15:30».

A time without a day is the next such; a day without a time is when the office opens, at nine; a day without a year is
the next such. All by the county's clocks.
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.errors import BadTime, TimeOver

MORNING = time(9)
LONGEST_TEXT = 60
"""Characters; nobody needs more to say when."""

_NUMERALS = {one: str(at) for at, one in enumerate("零一二三四五六七八九")} | {"两": "2", "〇": "0"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_HALVES = {"半小时": "30分钟", "半个小时": "30分钟", "半天": "12小时", "半个月": "15天", "half an hour": "30 m"}
_SPAN = re.compile(
    r"(?:in |for |等|再等)?(?P<count>\d{1,4}) ?个?"
    r"(?:(?P<m>m|min|mins|minutes?|分钟?)|(?P<h>h|hrs?|hours?|小时|钟头)|(?P<d>d|days?|天|日)|(?P<w>w|weeks?|周|星期|礼拜))"
    r"(?:后|以后|之后)?"
)
_WORDS = re.compile(r"\b(?:until|till|by|before|at|on|next|the|to)\b|[到至等前,。]|以前|之前")
_NAMED = {"今天": 0, "今晚": 0, "today": 0, "明天": 1, "明早": 1, "tomorrow": 1, "后天": 2, "大后天": 3}
_DAYS = (
    re.compile(r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})[日号]?"),
    re.compile(r"(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?"),
    re.compile(r"(?<!\d)(?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?!\d)"),
    re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)? ?(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?(?: (?P<y>\d{{4}}))?"),
    re.compile(rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:)(?: (?P<y>\d{{4}}))?"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})[日号]"),
)
_WEEKDAY = re.compile(rf"下?(?:周|星期|礼拜)(?P<zh>[1-7日天])|\b(?P<en>{'|'.join(_WEEKDAYS)})[a-z]*")
_HALF_OF_DAY = {"凌晨": 0, "早上": 0, "上午": 0, "早": 0, "中午": 12, "下午": 12, "傍晚": 12, "晚上": 12, "晚": 12}
_CLOCK = re.compile(
    rf"(?P<half>{'|'.join(_HALF_OF_DAY)})? ?(?P<h>\d{{1,2}})"
    r"(?:[:点时](?P<min>\d{1,2}|半|一刻)?分?(?:钟|整)?)? ?(?P<pm>am|pm|a\.m\.|p\.m\.|o'clock)?"
)
_AT_NOON = re.compile(r"中午|\bnoon\b")


def parse(text: str, *, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment that somebody means.

    Raises:
        BadTime: it cannot be read.
        TimeOver: it is over.
    """
    words, here = _plain(text), now.astimezone(zone)
    if (span := _SPAN.fullmatch(words)) is not None:
        unit = next(unit for name, unit in _UNITS.items() if span[name])
        if span["count"].strip("0"):
            return now + int(span["count"]) * unit
        raise TimeOver
    words = " ".join(_WORDS.sub(" ", words).split())
    try:
        day, words = _day(words, here.date())
        clock = _clock(words, has_day=day is not None)
        at = _next(day, clock, here)
    except ValueError:  # no such day, or hour
        raise BadTime from None
    if at <= now:
        raise TimeOver
    return at


def tomorrow(*, now: datetime, zone: ZoneInfo) -> datetime:
    """At nine."""
    return datetime.combine(now.astimezone(zone).date() + timedelta(days=1), MORNING, zone)


def _plain(text: str) -> str:
    """Half-width, small letters, digits."""
    words = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    if len(words) > LONGEST_TEXT:
        raise BadTime
    for half, said in _HALVES.items():
        words = words.replace(half, said)
    words = re.sub(r"([二三])?十([一二三四五六七八九])?", _tens, words).replace("一刻", "15分")
    return "".join(_NUMERALS.get(one, one) for one in words)


def _tens(found: re.Match[str]) -> str:
    return _NUMERALS.get(found[1] or "一", "1") + _NUMERALS.get(found[2] or "零", "0")


def _day(words: str, today: date) -> tuple[tuple[date, bool] | None, str]:
    """The day that is named, whether with its year (or as «tomorrow»: there is no later one), and what is left."""
    for name in sorted(_NAMED, key=len, reverse=True):
        if name in words:
            rest = words.replace(name, "晚" if name == "今晚" else "早" if name == "明早" else "", 1)
            return (today + timedelta(days=_NAMED[name]), True), rest
    for pattern in _DAYS:
        if (found := pattern.search(words)) is not None:
            said = found.groupdict()
            month = _MONTHS.index(said["name"]) + 1 if said.get("name") else int(said.get("m") or today.month)
            has_year = bool(said.get("y"))
            day = date(int(said["y"]) if has_year else today.year, month, int(said["d"]))
            return (day, has_year), words[: found.start()] + " " + words[found.end() :]
    if (found := _WEEKDAY.search(words)) is not None:
        weekday = (
            _WEEKDAYS.index(found["en"]) if found["en"] else int(found["zh"].translate({26085: "7", 22825: "7"})) - 1
        )
        day = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
        return (day, True), words[: found.start()] + " " + words[found.end() :]
    return None, words


def _clock(words: str, *, has_day: bool) -> time | None:
    """The time of day that is named; a number alone is one only beside a day."""
    words = words.strip()
    if not words and has_day:
        return None
    if _AT_NOON.fullmatch(words):
        return time(12)
    found = _CLOCK.fullmatch(words)
    if found is None or not (has_day or found["pm"] or found["half"] or re.search("[:点时]", words)):
        raise ValueError(words)
    hour, minute = int(found["h"]), found["min"] or "0"
    is_pm = (found["pm"] or "").startswith("p") or (_HALF_OF_DAY.get(found["half"] or "", 0) == 12 and hour < 12)
    if (found["pm"] or "").startswith("a") and hour == 12:
        hour = 0
    return time(hour + 12 if is_pm and hour < 12 else hour, 30 if minute == "半" else int(minute))


def _next(day: tuple[date, bool] | None, clock: time | None, here: datetime) -> datetime:
    """The first such moment from here on; one with its year may be over."""
    if day is None:
        at = datetime.combine(here.date(), clock or MORNING, here.tzinfo)
        return at if at > here else at + timedelta(days=1)
    date_of, is_final = day
    at = datetime.combine(date_of, clock or MORNING, here.tzinfo)
    return at if at > here or is_final else at.replace(year=at.year + 1)
