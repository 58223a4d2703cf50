"""Hours as people write them: `8-20`, `早上8点到晚上8点半`, `9am–8pm`, `全天`. Words are in `data/shop-hours.toml`."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from services.merchants.errors import BadHours

FILE = Path(__file__).parents[2] / "data" / "shop-hours.toml"
HALF, DAY = 12 * 60, 24 * 60
"""Minutes."""
SMALL = 5 * 60
"""In the evening an earlier hour is one of the night that follows."""


@dataclass(frozen=True, slots=True)
class Words:
    """What `data/shop-hours.toml` says."""

    always: re.Pattern[str]
    filler: re.Pattern[str]
    between: re.Pattern[str]
    parts: dict[str, int]  # minutes
    day: dict[str, str]  # which half of the day a word says it is
    numerals: dict[str, int]
    number: re.Pattern[str]  # written with these
    span: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as it is written, in minutes; which half of the day it is, where that is said."""

    at: int
    half: str | None


@cache
def words() -> Words:
    """Read once."""
    with FILE.open("rb") as file:
        raw = tomllib.load(file)
    day = {word: half for half, written in raw["day"].items() for word in written}
    return Words(
        always=re.compile(_any(raw["always"])),
        filler=re.compile(_any(raw["filler"])),
        between=re.compile(rf"(?:{_any(raw['between'])}|\s)*"),
        parts=raw["parts"],
        day=day,
        numerals=raw["numerals"],
        number=re.compile(f"[{''.join(raw['numerals'])}]+"),
        span=_span_of(raw, day),
    )


def read(text: str) -> list[tuple[int, int]]:
    """From and until of each span, in minutes from midnight; until may be on the next day, and is then smaller.

    Raises:
        BadHours: that cannot be read, or says something of single days.
    """
    known, folded = words(), unicodedata.normalize("NFKC", text).lower()
    rest, times = known.always.subn(" ", folded)
    if times and not _plain(rest):
        return [(0, DAY)]
    plain = _plain(folded)
    for part, minutes in known.parts.items():
        plain = plain.replace(part, f"{minutes}")
    plain = known.number.sub(lambda found: str(_number(found[0], known.numerals)), plain)
    spans, at = [], 0
    while at < len(plain):
        found = known.span.match(plain, at)
        if found is None:
            raise BadHours
        spans.append(_span(found, known))
        behind = known.between.match(plain, found.end())
        at = behind.end() if behind is not None else found.end()
    return spans


def _plain(folded: str) -> str:
    return words().filler.sub(" ", folded).strip(" \t\n:,;、。")


def _any(written: list[str]) -> str:
    """One of these, the longest first; Latin words stand alone."""
    ordered = sorted(written, key=len, reverse=True)
    return "|".join(rf"(?<![a-z]){re.escape(one)}(?![a-z])" if one.isascii() else re.escape(one) for one in ordered)


def _span_of(raw: dict[str, list[str]], day: dict[str, str]) -> re.Pattern[str]:
    half, hour = _any([*day]), "|".join(map(re.escape, raw["hour"]))
    minute = f"(?:{_any(raw['minute'])})?"

    def clock(name: str) -> str:
        minutes = rf"(?:[:.]|{hour})\s*(?P<{name}m>\d{{2}}){minute}|(?<=\d\d)(?P<{name}bare>\d{{2}})|{hour}"  # 0830
        number = rf"(?P<{name}h>\d{{1,2}})\s*(?:{minutes})?"
        return rf"(?P<{name}before>{half})?\s*{number}\s*(?P<{name}behind>{half})?"

    until = "|".join(map(re.escape, raw["until"]))
    return re.compile(rf"{clock('a')}(?:\s*(?:{until})+\s*|\s*(?={half})){clock('b')}(?!\d)")


def _span(found: re.Match[str], known: Words) -> tuple[int, int]:
    begins, ends = (_clock(found, name, known) for name in "ab")
    begin, end = _minutes(begins), _minutes(ends)
    if begins.half in ("afternoon", "evening") and ends.half is None and begin < end + HALF < DAY:
        end += HALF  # 下午2点到6点
    if begin == DAY and begins.half is not None:
        begin = 0
    if begin in (end, DAY) or _is_unclear(found, begins, ends):
        raise BadHours
    return begin, end


def _clock(found: re.Match[str], name: str, known: Words) -> Clock:
    minute = int(found[f"{name}m"] or found[f"{name}bare"] or 0)
    at = int(found[f"{name}h"]) * 60 + minute
    if at > DAY or minute > 59:
        raise BadHours
    said = found[f"{name}before"] or found[f"{name}behind"]
    return Clock(at, known.day[said] if said is not None else None)


def _is_unclear(found: re.Match[str], begins: Clock, ends: Clock) -> bool:
    """`9-6`: until six in the evening, or past midnight? Whoever writes minutes, or which half of the day, has said."""
    is_bare = not any(found[name] for name in ("am", "abare", "bm", "bbare")) and begins.half is ends.half is None
    return is_bare and 0 < ends.at < begins.at <= HALF


def _minutes(clock: Clock) -> int:
    at = clock.at
    match clock.half:
        case "noon":
            return at + HALF if at < SMALL else at
        case "afternoon":
            return at + HALF if at < HALF else at
        case "evening" if at < HALF + 60:
            return at + HALF if at >= SMALL else at
        case "morning" if at == HALF:
            return DAY
        case "morning" if HALF < at < HALF + 60:
            return at - HALF
    return at


def _number(written: str, numerals: dict[str, int]) -> int:
    """Up to 99: 八, 十二, 二十, 二十四."""
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return int("".join(str(numerals[one]) for one in written))
    if len(tens) > 1 or len(ones) > 1:
        raise BadHours
    return 10 * (numerals[tens] if tens else 1) + (numerals[ones] if ones else 0)
