"""Times of day in written hours: `8`, `08:30`, `0830`, `8点半`, `八点零五分`."""

import re
from dataclasses import dataclass

from services.hours.plan import DAY
from storage.hour_words import hour_words

LATEST = 30 * 60
"""Minutes: «26:00» is two in the morning after; nobody writes so of a time later than six."""
_ONES = "".join(one for one in hour_words().numerals if one != "十")
_NUMERAL = f"[{_ONES}十]+"
_SPELLED = f"[{_ONES}]?十[{_ONES}]?|[零〇][{_ONES}]|[{_ONES}](?=分)"
"""Minutes; fewer than ten only with 零 or 分, as «18点六» may go on with a Saturday."""
_MINUTES = rf"(?:(?P<part>{'|'.join(hour_words().parts)})|(?P<minute>\d{{2}})(?!\d)分?|(?P<spelled>{_SPELLED})分?)?"
_IN_DIGITS = re.compile(
    rf"(?P<hour>\d{{1,2}})(?:\s*(?:[点點时]钟?整?|[:.h])\s*{_MINUTES}|(?P<bare>\d{{2}})(?!\d))?(?![\d月])"
)
_IN_NUMERALS = re.compile(rf"(?P<hour>{_NUMERAL})(?:[点點]钟?整?|时(?!间)){_MINUTES}")
_NUMERAL_ALONE = re.compile(rf"(?P<hour>{_NUMERAL})")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as it was written."""

    minutes: int
    is_bare: bool  # an hour alone
    half: str | None  # am, morning, noon, pm, night
    is_behind: bool = False  # whether the half of the day stands behind it, as in English


class Unread(Exception):
    """Here it makes no sense any more."""


def in_digits(text: str, at: int) -> tuple[Clock, int] | None:
    """The time that begins here, and where it ends."""
    return _clock(_IN_DIGITS.match(text, at))


def spelled(text: str, at: int, *, is_after_half: bool) -> tuple[Clock, int] | None:
    """Likewise, in numerals, with «点»; without it behind the half of the day (早九): elsewhere they are weekdays."""
    found = _IN_NUMERALS.match(text, at)
    return _clock(found or (_NUMERAL_ALONE.match(text, at) if is_after_half else None))


def _clock(found: re.Match[str] | None) -> tuple[Clock, int] | None:
    if found is None:
        return None
    said = found.groupdict()
    part, written = said.get("part"), said.get("minute") or said.get("bare") or said.get("spelled")
    minutes = hour_words().parts[part] if part else number(written or "0")
    at, is_bare = number(found["hour"]) * 60 + minutes, part is None and written is None
    if minutes > 59 or at > (DAY if is_bare else LATEST):
        raise Unread(found[0])
    return Clock(at, is_bare=is_bare, half=None), found.end()


def number(written: str) -> int:
    """Up to 99: 08, 八, 零五, 十二, 二十四.

    Raises:
        Unread: it is no such number.
    """
    if written.isdigit():
        return int(written)
    numerals = hour_words().numerals
    tens, ten, ones = written.rpartition("十")
    if not ten and len(ones) > 1:
        ones = ones.removeprefix("零").removeprefix("〇")
    if len(tens) > 1 or len(ones) > 1 or tens in ("零", "〇"):
        raise Unread(written)
    return (10 * numerals[tens or "一"] if ten else 0) + numerals[ones or "零"]
