"""Cleaning what people type: nothing invisible gets into the store, nothing readable is lost."""

import unicodedata

from services.errors import NoWords, WordsTooLong

MOST = 4096
"""Characters of one piece of words: as many as a Telegram message has. Cards show the beginning of very long ones."""

_KEPT_CONTROLS = {"\n", "\t"}


def clean(text: str, *, most: int = MOST) -> str:
    """The text without control characters, direction overrides and outer space.

    Zero-width joiners stay: emoji and several scripts need them.

    Raises:
        NoWords: nothing is left.
        WordsTooLong: more than ``most`` characters.
    """
    kept = "".join(c for c in unicodedata.normalize("NFC", text) if _is_kept(c)).strip()
    if not kept.strip("\u200b\u200c\u200d\u2060\ufeff \n\t\u3000"):
        raise NoWords
    if len(kept) > most:
        raise WordsTooLong(most=most, length=len(kept))
    return kept


def clean_caption(text: str | None) -> str | None:
    """The clean words of a caption; None where it has none (the picture counts all the same)."""
    try:
        return clean(text) if text else None
    except NoWords:
        return None


def clean_name(text: str, *, most: int = 200) -> str:
    """A name on one line, nothing invisible in it that could turn the words around it about."""
    kept = " ".join("".join(c if _is_kept(c) else " " if c.isspace() else "" for c in text).split())[:most]
    return kept or "—"


def _is_kept(character: str) -> bool:
    if character in _KEPT_CONTROLS or character in "\u200c\u200d":
        return True
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co"}


def append(old: str | None, new: str | None, *, most: int = 4 * MOST) -> str | None:
    """Both texts, one below the other.

    Raises:
        WordsTooLong: together more than ``most`` characters.
    """
    if not new:
        return old
    joined = f"{old}\n{new}" if old else new
    if len(joined) > most:
        raise WordsTooLong(most=most, length=len(joined))
    return joined
