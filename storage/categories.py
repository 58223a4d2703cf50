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
    best, weight = OTHER, (0, False)
    for one in all_categories().values():
        for keyword in one.keywords:
            here = (len(keyword.encode()), one.is_urgent)
            if here > weight and _is_in(keyword, text):
                best, weight = one.code, here
    return best


def _is_in(keyword: str, text: str) -> bool:
    """Chinese keywords anywhere; Latin ones only at the start of a word (`leak` finds `leaking`, `ire` not `fire`)."""
    if not keyword.isascii():
        return keyword in text
    at = text.find(keyword)
    while at > 0:
        if not text[at - 1].isalnum():
            return True
        at = text.find(keyword, at + 1)
    return False
