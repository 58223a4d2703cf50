"""Errors in one clear sentence."""

from collections.abc import Mapping
from typing import Any

from storage.kinds import Language
from views.card import Card
from views.texts import plain, say


def card(language: Language, key: str, facts: Mapping[str, Any]) -> Card:
    """As a message."""
    return Card(text=say(language, key, **_plain(facts)))


def toast(language: Language, key: str, facts: Mapping[str, Any]) -> str:
    """Over the chat: at most 200 characters (https://core.telegram.org/bots/api#answercallbackquery)."""
    return plain(language, key, **_plain(facts))[:200]


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int | float) else str(value) for name, value in facts.items()}
