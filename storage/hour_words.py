"""How people write when something is open, in both languages, from `data/hours.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "hours.toml"
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
"""As OpenStreetMap writes them; Monday is 0."""


@dataclass(frozen=True, slots=True)
class HourWords:
    """What each word means; all of them in lower case."""

    meanings: dict[str, str]  # the word: `Mo`, `every`, `closed`, `am`, `to`, `next_day`, `passed_over` …
    months: tuple[str, ...]  # twelve, three letters each
    numerals: dict[str, int]
    parts: dict[str, int]  # of an hour, in minutes
    festivals: frozenset[str]  # those of the meanings that are public holidays by name: `SF`
    lunar: tuple[str, ...]  # days that lie elsewhere each year, and that no calendar here has


@cache
def hour_words() -> HourWords:
    """All of them, the longest first."""
    with FILE.open("rb") as file:
        raw = tomllib.load(file)
    months, numerals, parts = tuple(raw.pop("months")["words"]), raw.pop("numerals"), raw.pop("parts")
    festivals, lunar = frozenset(raw["festivals"]), tuple(raw.pop("lunar")["words"])
    found: dict[str, str] = {}
    for table, entries in raw.items():
        for name, words in entries.items():
            found |= dict.fromkeys(words, table if name == "words" else name)
    meanings = dict(sorted(found.items(), key=lambda pair: -len(pair[0])))
    return HourWords(meanings, months, numerals, parts, festivals, lunar)
