"""Every text that people read, in both languages: catalogues in `views/texts/` (Project Fluent).

A language's catalogue is `zh.ftl` or `en.ftl`; what belongs to a part of the product that stands by itself has files of
its own beside it (`zh-places.ftl`).

Facts are escaped for HTML here, in this one place; a fact that is HTML already is `markupsafe.Markup`.

Fluent takes some 30 µs for a text, and a card has dozens. So it is asked once how a text reads around its facts, and
these are put in here. Facts that decide the wording (a count that chooses the plural) are given to it, as they are.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import fluent_number
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor
from markupsafe import Markup, escape

from storage.kinds import Language

FOLDER = Path(__file__).parent / "texts"
_OPENS, _CLOSES = "\ue000", "\ue001"
"""Around the name of a fact, in its place: of Unicode's private use."""
_Pieces = tuple[str, tuple[tuple[str, str], ...]]
"""How a text reads around its facts: what comes before them; then the name of each, and what comes after it."""


class MissingText(LookupError):
    """A catalogue lacks a text, or a fact that the text needs was not given."""


def say(language: Language, key: str, **facts: Any) -> Markup:
    """The text under this key, as Telegram's HTML.

    Raises:
        MissingText: no such text, or a fact that it needs is not given.
    """
    if not facts:
        return _plain(language, key)
    given = {name: _fact(value) for name, value in facts.items()}
    decides = _deciding(language, key)
    fixed = tuple((name, value) for name, value in given.items() if name in decides) if decides else ()
    others = tuple(name for name in given if name not in decides) if fixed else tuple(given)
    first, rest = _pieces(language, key, fixed, others)
    parts = [first]
    for name, after in rest:
        value = given[name]
        fact = value if isinstance(value, str) else _number(language, value)
        parts.append(fact)
        parts.append(after.removeprefix(" ") if language is Language.ZH and fact.endswith("）") else after)
    return Markup("".join(parts))


def has(language: Language, key: str) -> bool:
    """Whether the catalogue has a text under this key."""
    return bool(bundle(language).has_message(key))


@cache
def bundle(language: Language) -> FluentBundle:
    """The catalogue of a language."""
    made = FluentBundle([language.value], use_isolating=False)
    made.add_resource(_resource(language))
    return made


@cache
def _resource(language: Language) -> ast.Resource:
    return FluentResource(source(language))


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
    return Markup(_format(language, key, {}))


@lru_cache(maxsize=4096)
def _pieces(
    language: Language, key: str, fixed: tuple[tuple[str, str | float], ...], names: tuple[str, ...]
) -> _Pieces:
    """``fixed``: facts that decide the wording; ``names``: all others.

    A fact may end in a full-width bracket, which has its space.
    """
    text = _format(language, key, {**dict(fixed), **{name: _stand_in(name) for name in names}})
    text = text.replace("） ", "）") if language is Language.ZH else text
    first, *parts = text.split(_OPENS)
    pairs = (part.split(_CLOSES, 1) for part in parts)
    return first, tuple((name, after) for name, after in pairs)


@lru_cache(maxsize=4096)
def _number(language: Language, value: float) -> str:
    return str(fluent_number(value).format(_locale(language)))


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(language.value)


def _format(language: Language, key: str, facts: Mapping[str, Any]) -> str:
    catalogue = bundle(language)
    pattern = catalogue.get_message(key).value if catalogue.has_message(key) else None
    if pattern is None:
        raise MissingText(f"{language}: {key}")
    said, problems = catalogue.format_pattern(pattern, dict(facts))
    if problems:
        raise MissingText(f"{language}: {key}: {problems}")
    return str(said)


@cache
def _deciding(language: Language, key: str) -> frozenset[str]:
    """The facts on which the wording depends: all that are not just put in, here or in a text that is quoted."""
    entries, seen = _entries(language), set[str]()
    found, waiting = _Deciding(), [key]
    while waiting:
        one = waiting.pop()
        if one not in seen and one in entries:
            seen.add(one)
            found.visit(entries[one])
            waiting += found.quoted - seen
    return frozenset(found.names)


@cache
def _entries(language: Language) -> dict[str, ast.EntryType]:
    entries = [one for one in _resource(language).body if isinstance(one, ast.Message | ast.Term)]
    return {one.id.name: one for one in entries}


class _Deciding(Visitor):
    """What an entry decides by, and the entries that it quotes; fluent.syntax calls its methods by these names."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.quoted: set[str] = set()

    def visit_Placeable(self, node: ast.Placeable) -> None:  # noqa: N802
        if not isinstance(node.expression, ast.VariableReference):
            self.generic_visit(node)

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802
        self.quoted.add(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:  # noqa: N802
        self.quoted.add(node.id.name)
        self.generic_visit(node)


def _stand_in(name: str) -> str:
    return f"{_OPENS}{name}{_CLOSES}"


def _fact(value: Any) -> Any:
    """Numbers stay numbers (they choose plurals); all else becomes escaped text."""
    if isinstance(value, Markup | bool) or value is None:
        return str(value)
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        raise TypeError("a moment must be put into words first: views/format.py")
    return str(escape(value))
