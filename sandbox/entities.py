"""Text as Telegram keeps it: trimmed, measured, with entities from HTML, from a list, or found in it."""

from __future__ import annotations

import re
from typing import Any

from sandbox import html
from sandbox.html import Entity, utf16_length
from sandbox.parameters import Params
from sandbox.refusals import bad_request

TEXT_LIMIT = 4096  # characters after parsing
CAPTION_LIMIT = 1024

# What Telegram finds by itself. A link needs its scheme or "www."; a command has no word, slash or angle bracket on
# either side (tdlib, td/telegram/MessageEntity.cpp, match_bot_commands), so the tag </b> has none.
_FOUND = re.compile(
    r"(?P<url>\b(?:https?://|www\.|t\.me/)[^\s<>\"]+[^\s<>\".,;:!?)\]])"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/<>])"
    r"|(?<!\w)(?P<mention>@[A-Za-z][A-Za-z0-9_]{3,31})\b"
    r"|(?<!\w)(?P<hashtag>\#\w*[^\W\d]\w*)"
)
_WORTH_A_LOOK = re.compile(r"[/@#]|www\.")


def found_in(text: str) -> list[Entity]:
    """Commands, links, mentions and hashtags in a text that somebody typed."""
    if not _WORTH_A_LOOK.search(text):
        return []
    return [
        {
            "type": str(found.lastgroup),
            "offset": utf16_length(text[: found.start()]),
            "length": utf16_length(found[0]),
        }
        for found in _FOUND.finditer(text)
    ]


def text_of(params: Params) -> Params:
    """``text`` and ``entities`` of a message from ``text``, ``parse_mode`` and ``entities`` of a request."""
    text, entities = _formatted(params.get("text", ""), params.get("parse_mode"), params.get("entities"))
    if not text:
        raise bad_request("message text is empty")
    if len(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption_of(params: Params) -> Params:
    """``caption`` and ``caption_entities`` of a message from those of a request; nothing when it is empty."""
    given = params.get("caption")
    if not given:
        return {}
    caption, entities = _formatted(given, params.get("parse_mode"), params.get("caption_entities"))
    if not caption:
        return {}
    if len(caption) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return {"caption": caption, "caption_entities": entities} if entities else {"caption": caption}


def _formatted(source: str, parse_mode: str | None, given: list[Entity] | None) -> tuple[str, list[Entity]]:
    if parse_mode is None or parse_mode == "":
        text, entities = source, list(given or ())
        _check(text, entities)
    elif parse_mode.lower() == "html":
        text, entities = html.parse(source)
    else:
        raise bad_request(f'unsupported parse_mode "{parse_mode}": the sandbox reads HTML only')
    text, entities = _trimmed(text.replace("\r\n", "\n").replace("\x00", ""), entities)
    entities += [one for one in found_in(text) if not any(_overlap(one, other) for other in entities)]
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return text, entities


def _check(text: str, entities: list[Entity]) -> None:
    length = utf16_length(text) if entities else 0
    for entity in entities:
        if entity["offset"] < 0 or entity["length"] < 0 or entity["offset"] + entity["length"] > length:
            raise bad_request(f"entity begins or ends outside of the text at UTF-16 offset {entity['offset']}")


def _overlap(one: Entity, other: Entity) -> bool:
    """Whether a thing found in the text lies in one that holds no others; bold words may hold a command."""
    if other["type"] not in ("text_link", "text_mention", "code", "pre", one["type"]):
        return False
    starts_before_end: bool = one["offset"] < other["offset"] + other["length"]
    return starts_before_end and bool(other["offset"] < one["offset"] + one["length"])


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without blanks at both ends, the entities moved along."""
    stripped = text.strip()
    if len(stripped) == len(text):
        return text, entities
    shift = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(stripped)
    moved: list[dict[str, Any]] = []
    for entity in entities:
        start = max(entity["offset"] - shift, 0)
        stop = min(entity["offset"] + entity["length"] - shift, end)
        if stop > start:
            moved.append({**entity, "offset": start, "length": stop - start})
    return stripped, moved
