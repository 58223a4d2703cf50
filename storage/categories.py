"""The kinds of hazard, read from `data/categories.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from storage.kinds import Language

FILE = Path(__file__).parent.parent / "data" / "categories.toml"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of hazard."""

    code: str
    names: dict[Language, str]
    icon: str
    is_urgent: bool
    keywords: tuple[str, ...]  # lower case; a longer one weighs more


@cache
def all_categories() -> dict[str, Category]:
    """By code, in the order of the file."""
    with FILE.open("rb") as file:
        raw = tomllib.load(file)
    return {
        code: Category(
            code=code,
            names={Language.ZH: entry["zh"], Language.EN: entry["en"]},
            icon=entry["icon"],
            is_urgent=entry["urgent"],
            keywords=tuple(word.lower() for word in entry["keywords"]),
        )
        for code, entry in raw.items()
    }


def category(code: str) -> Category:
    """The category of this code; one that the file no longer has is shown as `other`."""
    found = all_categories()
    return found.get(code) or found[OTHER]


def guess(words: str | None) -> str:
    """The code of the category whose longest keyword is in the words; `other` if none is.

    Among equally long ones an urgent category wins: it is worse to be late than to ring once too often.
    """
    if not words:
        return OTHER
    text = f" {words.lower()} "
    return next((code for keyword, code in _keywords() if keyword in text and _is_word(keyword, text)), OTHER)


@cache
def _keywords() -> list[tuple[str, str]]:
    """Every keyword with its category, the weightiest first."""
    found = [(keyword, one) for one in all_categories().values() for keyword in one.keywords]
    found.sort(key=lambda entry: (len(entry[0].encode()), entry[1].is_urgent), reverse=True)
    return [(keyword, one.code) for keyword, one in found]


def _is_word(keyword: str, text: str) -> bool:
    """Chinese keywords count anywhere, Latin ones where a word begins (`leak` in `leaking`, not `ire` in `fire`)."""
    if not keyword.isascii():
        return True
    at = text.find(keyword)
    while at > 0:
        if not text[at - 1].isalnum():
            return True
        at = text.find(keyword, at + 1)
    return False
