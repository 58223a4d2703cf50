"""Every text that people read, in both languages: catalogues in `views/texts/` (Project Fluent).

A language's catalogue is `zh.ftl` or `en.ftl`; what belongs to a part of the product that stands by itself has files of
its own beside it (`zh-places.ftl`).

Facts are escaped for HTML here, in this one place; a fact that is HTML already is `markupsafe.Markup`.
"""

from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource
from markupsafe import Markup, escape

from storage.kinds import Language

FOLDER = Path(__file__).parent / "texts"
LONG = 500
"""Characters of a fact that are put in behind Fluent's back: it refuses more than 2,500."""


class MissingText(LookupError):
    """A catalogue lacks a text, or a fact that the text needs was not given."""


def say(language: Language, key: str, **facts: Any) -> Markup:
    """The text under this key, as Telegram's HTML.

    Raises:
        MissingText: no such text, or a fact that it needs is not given.
    """
    if not facts:
        return _plain(language, key)
    safe = {name: _fact(value) for name, value in facts.items()}
    if all(isinstance(value, int) for value in safe.values()):
        return _counted(language, key, tuple(safe.items()))
    return _fill(language, key, safe)


def has(language: Language, key: str) -> bool:
    """Whether the catalogue has a text under this key."""
    return bool(bundle(language).has_message(key))


@cache
def bundle(language: Language) -> FluentBundle:
    """The catalogue of a language."""
    made = FluentBundle([language.value], use_isolating=False)
    made.add_resource(FluentResource(source(language)))
    return made


def source(language: Language) -> str:
    """All that the catalogue of a language says, as it is written."""
    files = sorted(FOLDER.glob(f"{language.value}*.ftl"))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@cache
def everywhere(key: str) -> frozenset[str]:
    """The text in all languages: what the keys of the keyboard send when they are tapped."""
    return frozenset(plain(language, key) for language in Language)


def plain(language: Language, key: str, **facts: Any) -> str:
    """The text without HTML: for buttons, toasts, commands."""
    return say(language, key, **facts).unescape() if facts else str(_plain(language, key))


@cache
def _plain(language: Language, key: str) -> Markup:
    return _fill(language, key, {})


@lru_cache(maxsize=1024)
def _counted(language: Language, key: str, facts: tuple[tuple[str, int], ...]) -> Markup:
    """Few counts are large: «2 photos» is said again and again, and Fluent takes its time over numbers."""
    return _fill(language, key, dict(facts))


def _fill(language: Language, key: str, facts: dict[str, Any]) -> Markup:
    catalogue = bundle(language)
    pattern = catalogue.get_message(key).value if catalogue.has_message(key) else None
    if pattern is None:
        raise MissingText(f"{language}: {key}")
    long = {name: value for name, value in facts.items() if isinstance(value, str) and len(value) > LONG}
    said, problems = catalogue.format_pattern(pattern, facts | {name: _stand_in(name) for name in long})
    if problems:
        raise MissingText(f"{language}: {key}: {problems}")
    text = str(said)
    if language is Language.ZH:
        text = text.replace("） ", "）")  # a fact may end in a full-width bracket, which has its space
    for name, value in long.items():
        text = text.replace(_stand_in(name), value)
    return Markup(text)


def _stand_in(name: str) -> str:
    return f"\ue000{name}\ue001"  # of Unicode's private use: in nobody's words (services/words.py)


def _fact(value: Any) -> Any:
    """Numbers stay numbers (they choose plurals); all else becomes escaped text."""
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        raise TypeError("a moment must be put into words first: views/format.py")
    return str(escape(value))
