"""A card as plain values, to be kept in the store until it can be said."""

from base64 import b64decode, b64encode
from dataclasses import asdict
from typing import Any

from storage.kinds import AttachmentKind, MediaState, Stage
from storage.records import Photo
from views.card import Button, Card, Key, Made, Pin


def pack(card: Card) -> dict[str, Any]:
    """The card as JSON knows it; where it is to stand (`edits`, `deletes` …) is left out.

    What is yet to be made, and the reports that a list names, are only in the outbox's own cards, which are never kept.
    """
    kept = asdict(card)
    for where in ("edits", "deletes", "replaces", "replies_to", "keeps_text", "makes", "names"):
        del kept[where]
    if card.made is not None:
        kept["made"]["data"] = b64encode(card.made.data).decode()
    return kept


def unpack(kept: dict[str, Any]) -> Card:
    """The card again."""
    keyboard = kept["keyboard"]
    return Card(
        text=kept["text"],
        photos=tuple(_photo(photo) for photo in kept["photos"]),
        pin=Pin(**kept["pin"]) if kept["pin"] else None,
        pin_leads=kept.get("pin_leads", False),
        rows=tuple(tuple(Button(**button) for button in row) for row in kept["rows"]),
        keyboard=tuple(tuple(Key(**key) for key in row) for row in keyboard) if keyboard else None,
        is_silent=kept["is_silent"],
        made=_made(kept.get("made")),
        labels={Stage(stage): words for stage, words in kept["labels"].items()},
    )


def _photo(kept: dict[str, Any]) -> Photo:
    return Photo(
        AttachmentKind(kept["kind"]),
        Stage(kept["stage"]),
        kept["file_id"],
        MediaState(kept["media_state"]),
        kept["media_hash"],
    )


def _made(kept: dict[str, Any] | None) -> Made | None:
    return Made(kept["name"], b64decode(kept["data"]), kept["is_picture"]) if kept else None
