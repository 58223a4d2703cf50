"""The words, dates and times (`clocks.py`) of which written hours are made, in order."""

import re
from collections.abc import Iterator
from datetime import date

from services.hours import clocks
from services.hours.clocks import Unread
from storage.hour_words import WEEKDAYS, hour_words

YEARS = range(2000, 2101)

_DASH = r"\s*(?:[-–—―~〜至到]+|to\b|until\b|through\b)\s*"
_MONTH = "|".join(f"{one}[a-z]*" for one in hour_words().months)
_DATE = rf"""(?:
    (?P<y{{0}}>\d{{{{4}}}})\s*(?:[-/.年]\s*(?P<m{{0}}>\d{{{{1,2}}}})\s*[-/.月]|(?P<n{{0}}>{_MONTH})\.?)\s*(?P<d{{0}}>\d{{{{1,2}}}})\s*[日号]?
  | (?P<e{{0}}>\d{{{{1,2}}}})\.?\s+(?P<o{{0}}>{_MONTH})\.?,?\s+(?P<z{{0}}>\d{{{{4}}}})
  | (?P<p{{0}}>{_MONTH})\.?\s+(?P<f{{0}}>\d{{{{1,2}}}}),?\s+(?P<x{{0}}>\d{{{{4}}}})
)"""
_REST = rf"(?:(?:(?P<month>\d{{1,2}})月|(?P<name>{_MONTH})\s+)?(?P<day>\d{{1,2}})(?![\d:点點时])\s*[日号]?)"
DATES = re.compile(f"{_DATE.format('1')}(?:{_DASH}(?:{_DATE.format('2')}|{_REST}))?", re.VERBOSE)
BETWEEN = re.compile(r"[\s,;、。:()\[\]/|&+]+")
WORD = re.compile("|".join(re.escape(word) for word in hour_words().meanings))

Selector = frozenset[int] | str | tuple[date, date]
"""Weekdays; `working`, `public`, `holidays` (which may be weekends, too), `rest` (all else), a festival; or dates."""
ALL_WEEK = frozenset(range(7))

Token = tuple[str, object]


def tokens(text: str) -> Iterator[Token]:
    """One by one; what only divides is left out."""
    meanings, at, kind = hour_words().meanings, 0, ""
    while at < len(text):
        if (between := BETWEEN.match(text, at)) is not None:
            at = between.end()
            continue
        if (dates := DATES.match(text, at)) is not None:
            yield "days", _dates(dates)
            at, kind = dates.end(), "days"
            continue
        clock = clocks.spelled(text, at, is_after_half=kind == "half")
        word = WORD.match(text, at) if clock is None else None
        if word is not None and _ends_well(text, word):
            kind, value = _meant(word[0], meanings[word[0]])
            yield kind, value
            at = word.end()
            continue
        clock = clock or clocks.in_digits(text, at)
        if clock is None:
            raise Unread(text[at:])
        yield "time", clock[0]
        at, kind = clock[1], "time"


def _ends_well(text: str, word: re.Match[str]) -> bool:
    """«mon» is no beginning of «month», and «sa» none of «sale»."""
    follows = text[word.end() : word.end() + 1]
    return not (word[0][-1].isascii() and word[0][-1].isalpha() and follows.isascii() and follows.isalpha())


def _meant(word: str, meaning: str) -> Token:
    if meaning in WEEKDAYS:
        return "weekday", WEEKDAYS.index(meaning)
    sets: dict[str, list[Selector]] = {
        "every": [ALL_WEEK],
        "weekdays": [frozenset(range(5))],
        "weekend": [frozenset({5, 6})],
        "working": ["working"],
        "resting": [frozenset({5, 6}), "public"],
        "public": ["public"],
        "holidays": ["holidays"],
        "rest": ["rest"],
    }
    if meaning in hour_words().festivals:
        return "days", [meaning]
    if meaning in sets:
        return "days", sets[meaning]
    if meaning in ("am", "morning", "noon", "pm", "night"):
        return "half_behind" if word.isascii() else "half", meaning  # 9am, 上午9点
    return meaning, None


def _dates(found: re.Match[str]) -> list[Selector]:
    first = _date(found, "1")
    assert first is not None
    last = _date(found, "2") or first
    if found["day"]:
        month = _month(found["month"], found["name"]) if found["month"] or found["name"] else first.month
        last = date(first.year, month, int(found["day"]))
    if last < first or first.year not in YEARS or last.year not in YEARS:
        raise Unread(found[0])
    return [(first, last)]


def _date(found: re.Match[str], which: str) -> date | None:
    for year, digits, name, day in (("y", "m", "n", "d"), ("z", "", "o", "e"), ("x", "", "p", "f")):
        if found[year + which]:
            month = _month(found[digits + which] if digits else None, found[name + which])
            return date(int(found[year + which]), month, int(found[day + which]))
    return None


def _month(digits: str | None, name: str | None) -> int:
    return int(digits) if digits else hour_words().months.index((name or "")[:3]) + 1
