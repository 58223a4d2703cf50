"""The kinds of hazard, read from `data/categories.toml`."""

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from storage.kinds import Language

FILE = Path(__file__).parent.parent / "data" / "categories.toml"
OTHER = "other"
_END = re.compile(r"(?:e?s|ed|ing)?(?![a-z0-9])")
"""What may follow a Latin keyword: `leaking`, `branches`; not `wireless`."""


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of hazard."""

    code: str
    names: dict[Language, str]
    icon: str
    is_urgent: bool
    keywords: tuple[str, ...]  # lower case; a longer one weighs more
    urgent_keywords: tuple[str, ...]  # also keywords, and of something urgent; of `other`, of any kind
    hints: tuple[str, ...]  # count where no keyword was written


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    code: str
    weight: tuple[bool, int, bool, int]  # keyword or hint, length, urgent, earlier in the file


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
            keywords=tuple(entry.get("keywords", ())),
            urgent_keywords=tuple(entry.get("urgent_keywords", ())),
            hints=tuple(entry.get("hints", ())),
        )
        for code, entry in raw.items()
    }


def category(code: str) -> Category:
    """The category of this code; one that the file no longer has is shown as `other`."""
    found = all_categories()
    return found.get(code) or found[OTHER]


def guess(words: str | None) -> str:
    """The code of the category whose longest keyword is in the words, or else its longest hint; `other` if none is.

    Among equally long ones an urgent one wins: it is worse to be late than to ring once too often.
    """
    text, known = _plain(words), _by_first_sign()
    found = (word for at, sign in enumerate(text) for word in known.get(sign, ()) if _stands_at(at, word.text, text))
    best = max(found, key=lambda word: word.weight, default=None)
    return best.code if best is not None else OTHER


def names_hazard(words: str | None) -> bool:
    """Whether a keyword of any kind is in the words; hints alone (`充电`) say too little."""
    text, known = _plain(words), _by_first_sign()
    return any(
        word.weight[0] and _stands_at(at, word.text, text)
        for at, sign in enumerate(text)
        for word in known.get(sign, ())
    )


def is_urgent(code: str, words: str | None) -> bool:
    """Whether a report of this category is urgent: all of its kind are, or its words say so of this one."""
    one, text = category(code), _plain(words)
    said = (*one.urgent_keywords, *category(OTHER).urgent_keywords)
    return one.is_urgent or any(word in text and _is_in(word, text) for word in said)


def _plain(words: str | None) -> str:
    """In lower case and on one line."""
    return " ".join((words or "").lower().replace("’", "'").split())


def _stands_at(at: int, word: str, text: str) -> bool:
    """Whether the word begins there. Chinese ones count anywhere, Latin ones as a word (not `ire` in `fire`)."""
    if not word.isascii() or not text.startswith(word, at):
        return text.startswith(word, at)
    before = text[max(0, at - 1) : at]
    return not (before.isascii() and before.isalnum()) and _END.match(text, at + len(word)) is not None


def _is_in(word: str, text: str) -> bool:
    return any(_stands_at(match.start(), word, text) for match in re.finditer(re.escape(word), text))


@cache
def _by_first_sign() -> dict[str, list[_Word]]:
    """Every word by which a kind is known."""
    found: dict[str, list[_Word]] = defaultdict(list)
    for place, one in enumerate(all_categories().values()):
        if one.code == OTHER:
            continue
        kinds = (
            (one.keywords, one.is_urgent, False),
            (one.urgent_keywords, True, False),
            (one.hints, one.is_urgent, True),
        )
        for words, urgent, is_hint in kinds:
            for word in words:
                weight = (not is_hint, len(word.encode()), urgent, -place)
                found[word[0]].append(_Word(word, one.code, weight))
    return found
