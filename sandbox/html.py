"""Telegram's HTML: the text without tags, and its entities counted in UTF-16 units.

Follows the parser of Telegram's own library (``parse_html`` in tdlib's ``MessageEntity.cpp``) with its errors, whose
offsets count bytes of UTF-8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NoReturn

from sandbox.refusals import bad_request

Entity = dict[str, Any]

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}

_TEXT = re.compile(r"[^<&]+")
_CHARACTER = re.compile(r"&(?:#(\d{1,7}|[xX][0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_SPACE = re.compile(r"\s*")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def utf16_length(text: str) -> int:
    """The length as Telegram counts it for entities: characters beyond the basic plane count twice."""
    return len(text) + sum(character > "\uffff" for character in text)


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str | None]
    offset: int
    text_at: int


def parse(source: str) -> tuple[str, list[Entity]]:
    """The plain text of ``source`` and its entities.

    Raises:
        Refused: a tag is unknown, not closed or closed in the wrong order.
    """
    return _Parser(source).parse()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.pieces: list[str] = []
        self.length = 0  # UTF-16 units so far
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        source = self.source
        while self.at < len(source):
            if source[self.at] == "<":
                begin = self.at
                self.at += 1
                if source.startswith("/", self.at):
                    self._end_tag(begin)
                else:
                    self._start_tag(begin)
            elif source[self.at] == "&":
                character, self.at = _character(source, self.at)
                self._add(character)
            else:
                plain = self._take(_TEXT)
                self._add(plain)
        if self.open:
            raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.pieces), self.entities

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += utf16_length(text)

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.source, self.at)
        assert found is not None  # every pattern here matches nothing too, and _TEXT is tried only at text
        self.at = found.end()
        return found[0]

    def _next(self) -> str:
        return self.source[self.at : self.at + 1]

    def _fail(self, what: str, at: int) -> NoReturn:
        raise _cannot_parse(f"{what} at byte offset {len(self.source[:at].encode())}")

    def _start_tag(self, begin: int) -> None:
        tag = self._take(_TAG_NAME).lower()
        if not self._next():
            self._fail("Unclosed start tag", begin)
        if tag not in KINDS:
            self._fail(f'Unsupported start tag "{tag}"', begin)
        attributes: dict[str, str | None] = {}
        while True:
            self._take(_SPACE)
            if not self._next():
                self._fail("Unclosed start tag", begin)
            if self._next() == ">":
                self.at += 1
                break
            name, value = self._attribute(tag, begin)
            attributes[name] = value
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            self._fail('Tag "span" must have class "tg-spoiler"', begin)
        if tag == "tg-emoji" and not attributes.get("emoji-id"):
            self._fail('Tag "tg-emoji" must have attribute "emoji-id"', begin)
        self.open.append(_Open(tag, attributes, self.length, len(self.pieces)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str | None]:
        name = self._take(_ATTRIBUTE_NAME)
        if not name:
            self._fail(f'Empty attribute name in the tag "{tag}"', begin)
        self._take(_SPACE)
        if self._next() != "=":
            if name == "expandable":
                return name, None
            self._fail(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin)
        self.at += 1
        self._take(_SPACE)
        quote = self._next()
        if not quote:
            self._fail("Unclosed start tag", begin)
        if quote not in "\"'":
            token_at = self.at
            value = self._take(_TOKEN).lower()
            if self._next() and not self._next().isspace() and self._next() != ">":
                self._fail("Unexpected end of name token", token_at)
            return name, value
        self.at += 1
        end = self.source.find(quote, self.at)
        if end < 0:
            self._fail("Unclosed start tag", begin)
        value, self.at = self.source[self.at : end], end + 1
        return name, _CHARACTER.sub(lambda found: _character(found[0], 0)[0], value)

    def _end_tag(self, begin: int) -> None:
        self.at += 1
        if not self.open:
            self._fail("Unexpected end tag", begin)
        name = self._take(_TAG_NAME)
        self._take(_SPACE)
        if self._next() != ">":
            self._fail("Unclosed end tag", begin)
        self.at += 1
        opened = self.open.pop()
        if name and name.lower() != opened.tag:
            at = len(self.source[:begin].encode())
            raise _cannot_parse(
                f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{name}>"',
            )
        if self.length > opened.offset:
            self._entity(opened)

    def _entity(self, opened: _Open) -> None:
        entity: Entity = {"type": KINDS[opened.tag], "offset": opened.offset, "length": self.length - opened.offset}
        text = "".join(self.pieces[opened.text_at :])
        match opened.tag:
            case "a":
                url = opened.attributes.get("href") or text
                if not re.match(r"(?:[a-z]+:|[^\s/]+\.[^\s/]+)", url, re.IGNORECASE):
                    return  # a link to nowhere is no link
                entity["url"] = url if ":" in url else f"http://{url}/"
            case "blockquote" if "expandable" in opened.attributes:
                entity["type"] = "expandable_blockquote"
            case "tg-emoji":
                entity["custom_emoji_id"] = opened.attributes["emoji-id"]
            case "code" if any(outer.tag == "pre" for outer in self.open):
                css_class = opened.attributes.get("class") or ""
                if css_class.startswith("language-"):
                    entity["language"] = css_class.removeprefix("language-")
            case "pre" if self.entities and self.entities[-1].get("language") and _same(self.entities[-1], entity):
                entity["language"] = self.entities.pop()["language"]
        self.entities.append(entity)


def _same(one: Entity, other: Entity) -> bool:
    return (one["offset"], one["length"]) == (other["offset"], other["length"])


def _character(source: str, at: int) -> tuple[str, int]:
    """The character that a ``&…;`` stands for and where the text goes on; any other ``&`` is itself."""
    found = _CHARACTER.match(source, at)
    if not found:
        return "&", at + 1
    if found[2]:
        return _NAMED[found[2]], found.end()
    code = int(found[1][1:], 16) if found[1][0] in "xX" else int(found[1])
    if code == 0 or code >= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "&", at + 1
    return chr(code), found.end()


def _cannot_parse(what: str) -> Exception:
    return bad_request(f"can't parse entities: {what}")
