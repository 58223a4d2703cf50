"""What every action is: a prefix and its fields (`ac:123`), far below the 64 bytes that Telegram allows."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import ClassVar, Self, get_type_hints

LIMIT = 64
"""Bytes of callback data: https://core.telegram.org/bots/api#inlinekeyboardbutton"""
LARGEST = 2**31 - 1
"""What 32 bits hold, as some columns do (message numbers, Telegram's too): no button of ours has a larger number."""
YEARS = range(2000, 2101)
"""Years of a day in a button: with those beyond one could not calculate."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a button can press."""

    prefix: ClassVar[str] = ""

    def pack(self) -> str:
        """As callback data."""
        names: tuple[str, ...] = self.__match_args__  # the fields
        values = [getattr(self, name) for name in names]
        packed = ":".join([self.prefix, *(str(int(v)) if isinstance(v, bool) else str(v) for v in values)])
        if len(packed.encode()) > LIMIT:
            raise ValueError(f"callback data over {LIMIT} bytes: {packed}")
        return packed

    @classmethod
    def parse(cls, data: str | None) -> Self | None:
        """From callback data; None if it is another action's, or nonsense."""
        prefix, *values = (data or "").split(":")
        names: tuple[str, ...] = cls.__match_args__
        if prefix != cls.prefix or len(values) != len(names):
            return None
        kinds = get_type_hints(cls)
        try:
            return cls(**{n: _value(kinds[n], v) for n, v in zip(names, values, strict=True)})
        except ValueError:
            return None


def report_of(data: str | None) -> int | None:
    """The number of the report that a pressed button belongs to; None if it belongs to none."""
    return _number_of("report_id", data)


def task_of(data: str | None) -> int | None:
    """Likewise the task."""
    return _number_of("task_id", data)


def _number_of(name: str, data: str | None) -> int | None:
    action = _with(name).get((data or "").partition(":")[0])
    pressed = action.parse(data) if action is not None else None
    return None if pressed is None else int(getattr(pressed, name))


@cache
def _with(name: str) -> dict[str, type[Action]]:
    """By prefix, the actions on such a thing."""
    found, left = {}, [Action]
    while left:
        one = left.pop()
        left += one.__subclasses__()
        if one.prefix and name in one.__match_args__:
            found[one.prefix] = one
    return found


def _value(kind: type, text: str) -> int | bool | str | date:
    if kind is bool:
        return text == "1" if text in ("0", "1") else _refuse(text)
    if kind is int:
        is_number = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST))
        return number if is_number and (number := int(text)) <= LARGEST else _refuse(text)
    if kind is date:
        return day if (day := date.fromisoformat(text)).year in YEARS else _refuse(text)
    return kind(text) if issubclass(kind, StrEnum) else text


def _refuse(text: str) -> int:
    raise ValueError(text)


@dataclass(frozen=True, slots=True)
class OnReport(Action):
    """An action on one report."""

    report_id: int


@dataclass(frozen=True, slots=True)
class ForReason(OnReport):
    """Likewise, for this reason."""

    why: str


@dataclass(frozen=True, slots=True)
class ToPage(Action):
    """Turn a list to this page."""

    page: int
