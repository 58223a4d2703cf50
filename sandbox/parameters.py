"""Checks a request's parameters against the Bot API's reference and gives them their types.

Stricter than Telegram, which ignores parameters that it does not know: here a misspelt name is refused.
The reference is ``botapi.json``; each type in it is compiled once into a function that reads a value.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.refusals import bad_request

UPLOADS = "uploads"  # under this name the request's files are among its parameters

Params = dict[str, Any]
Read = Callable[[Any, str], Any]  # (value, name for errors) -> the value in its type

REFERENCE = json.loads((Path(__file__).parent / "botapi.json").read_text("utf-8"))

# Telegram's own words for what is missing, where they are known; others get a general sentence.
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "video": "there is no video in the request",
    "voice": "there is no voice in the request",
    "media": "media is not specified",
    "file_id": "file_id not specified",
    "latitude": "latitude is not specified",
    "longitude": "longitude is not specified",
    "action": "wrong parameter action in request",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the request."""

    field: str
    filename: str
    mime_type: str
    data: bytes

    def __repr__(self) -> str:
        """Without the bytes: uploads are printed in failing tests."""
        return f"Upload({self.field!r}, {self.filename!r}, {len(self.data)} bytes)"


def missing(name: str) -> Exception:
    """The refusal for a parameter that must be there."""
    return bad_request(MISSING.get(name, f'parameter "{name}" is required'))


def wrong_type(name: str, kind: str) -> Exception:
    """The refusal for a value of another type."""
    return bad_request(f'parameter "{name}" must be of type {kind}')


def read_integer(value: Any, name: str) -> int:
    """A whole number; Telegram takes it as a string too."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.removeprefix("-").isascii() and value.removeprefix("-").isdigit():
        return int(value)
    raise wrong_type(name, "Integer")


def read_float(value: Any, name: str) -> float:
    """A finite number."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        try:
            number = float(value)
        except ValueError:
            raise wrong_type(name, "Float") from None
        if math.isfinite(number):
            return number
    raise wrong_type(name, "Float")


def read_boolean(value: Any, name: str) -> bool:
    """True or false; in forms as a word."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false", "1", "0", "yes", "no"):
        return value.lower() in ("true", "1", "yes")
    raise wrong_type(name, "Boolean")


def read_string(value: Any, name: str) -> str:
    """Text. Half of a surrogate pair, which JSON can carry, is no text."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
        return value
    raise wrong_type(name, "String")


def read_chat(value: Any, name: str) -> int | str:
    """A chat's number, or its name with an ``@``."""
    if isinstance(value, str) and not value.removeprefix("-").isdigit():
        if not value:
            raise missing(name)
        return value
    return read_integer(value, name)


def read_file(value: Any, name: str) -> Upload | str:
    """An upload, ``attach://field``, or the id of a file that Telegram has."""
    return value if isinstance(value, Upload) else read_string(value, name)


def read_user(value: Any, name: str) -> dict[str, Any]:
    """A person, as given: only the id matters."""
    if isinstance(value, dict) and isinstance(value.get("id"), int):
        return value
    raise wrong_type(name, "User")


SIMPLE: dict[str, Read] = {
    "Integer": read_integer,
    "Float": read_float,
    "Boolean": read_boolean,
    "String": read_string,
    "Integer|String": read_chat,
    "InputFile|String": read_file,
    "InputFile": read_file,
    "User": read_user,
}
_compiled: dict[str, Read] = dict(SIMPLE)


def reader(kind: str) -> Read:
    """The function that reads a type, such as ``Integer|String`` or ``[[KeyboardButton]]``."""
    if kind not in _compiled:
        _compiled[kind] = _compile(kind)
    return _compiled[kind]


def _compile(kind: str) -> Read:
    if kind.startswith("["):
        return _array(reader(kind[1:-1]), kind)
    if "|" in kind:
        return _first_that_fits(kind.split("|"))
    if kind in REFERENCE["unions"]:
        return _told_by_type(REFERENCE["unions"][kind], kind)
    return _object(kind)


def _decoded(value: Any, name: str, kind: str) -> Any:
    """Objects and arrays come as JSON text in forms."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(f"can't parse {name} JSON: {kind} expected") from None


def _array(item: Read, kind: str) -> Read:
    def read(value: Any, name: str) -> list[Any]:
        value = _decoded(value, name, kind)
        if not isinstance(value, list):
            raise wrong_type(name, kind)
        return [item(one, f"{name}[{at}]") for at, one in enumerate(value)]

    return read


def _first_that_fits(kinds: list[str]) -> Read:
    """Of several object types: the one whose required fields are there."""
    options = [
        ({field for field, spec in REFERENCE["types"][kind].items() if spec.endswith("!")}, reader(kind))
        for kind in kinds
    ]

    def read(value: Any, name: str) -> Any:
        value = _decoded(value, name, "object")
        if isinstance(value, dict):
            for required, option in options:
                if required <= value.keys():
                    return option(value, name)
        raise wrong_type(name, " or ".join(kinds))

    return read


def _told_by_type(options: dict[str, str], kind: str) -> Read:
    readers = {tag: reader(option) for tag, option in options.items()}

    def read(value: Any, name: str) -> Any:
        value = _decoded(value, name, kind)
        if isinstance(value, dict) and isinstance(value.get("type"), str) and value["type"] in readers:
            return readers[value["type"]](value, name)
        raise wrong_type(name, f"{kind} with a type of {', '.join(readers)}")

    return read


def _object(kind: str) -> Read:
    fields = {field: _field(spec) for field, spec in REFERENCE["types"][kind].items()}
    required = [field for field, (_, needed) in fields.items() if needed]

    def read(value: Any, name: str) -> dict[str, Any]:
        value = _decoded(value, name, kind)
        if not isinstance(value, dict):
            raise wrong_type(name, kind)
        result = {}
        for field, one in value.items():
            if field not in fields:
                raise bad_request(f'unknown field "{field}" in {name} ({kind})')
            if one is not None:
                result[field] = fields[field][0](one, f"{name}.{field}")
        for field in required:
            if field not in result:
                raise bad_request(f"can't parse {name}: can't find field \"{field}\" ({kind})")
        return result

    return read


def _field(spec: str) -> tuple[Read, bool]:
    return reader(spec.removesuffix("!")), spec.endswith("!")


class Table:
    """The parameters of one method."""

    def __init__(self, method: str) -> None:
        self.method = method
        self._fields = {name: _field(spec) for name, spec in REFERENCE["methods"][method].items()}
        self._required = [name for name, (_, needed) in self._fields.items() if needed]

    @property
    def names(self) -> Collection[str]:
        """What the parameters are called."""
        return self._fields.keys()

    def read(self, given: Params) -> Params:
        """The parameters in their types.

        Raises:
            Refused: one is unknown, missing or of another type.
        """
        result: Params = {}
        for name, value in given.items():
            field = self._fields.get(name)
            if field is None:
                raise bad_request(f'unknown parameter "{name}" of {self.method} (Telegram would ignore it)')
            if value is not None:
                result[name] = field[0](value, name)
        for name in self._required:
            if name not in result:
                raise missing(name)
        return result
