"""Errors in one clear sentence."""

import errno
from collections.abc import Mapping
from typing import Any

from storage.kinds import Language
from views.card import Card
from views.texts import plain, say


def card(language: Language, key: str, facts: Mapping[str, Any]) -> Card:
    """As a message."""
    return Card(text=say(language, key, **_plain(language, facts)))


def toast(language: Language, key: str, facts: Mapping[str, Any]) -> str:
    """Over the chat: at most 200 characters (https://core.telegram.org/bots/api#answercallbackquery)."""
    return plain(language, key, **_plain(language, facts))[:200]


def of_system(language: Language, problem: OSError) -> str:
    """What the operating system says is wrong with a file; what has no words of ours, in its own."""
    code = errno.errorcode.get(problem.errno or 0, "")
    return plain(language, "system-says", why=code, problem=problem.strerror or str(problem))


def _plain(language: Language, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What a text can say; a fact that is there in each language, in the reader's."""
    here = {name: value[language] if isinstance(value, dict) else value for name, value in facts.items()}
    return {name: value if isinstance(value, int | float) else str(value) for name, value in here.items()}
