"""Every button there is, with the largest number that it may bring, and a larger one: answered, nothing is changed."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta
from enum import StrEnum
from typing import get_type_hints

import pytest

from storage.kinds import Role
from storage.schema import Draft, Invite
from tests.handlers.conftest import ADMIN, Room, words_of
from views.actions import LARGEST, Action

RIDER, OFFICER = 5001, 7001
NUMBERS = (LARGEST, LARGEST + 1, 10**19 - 1)


def every_action(kind: type[Action] = Action) -> Iterator[type[Action]]:
    """All classes that have a prefix."""
    for one in kind.__subclasses__():
        if one.prefix:
            yield one
        yield from every_action(one)


def forged(action: type[Action], number: int) -> str | None:
    """Its callback data with this number; None where it has none."""
    hints = get_type_hints(action)
    values = {field.name: value(hints[field.name], number) for field in fields(action)}
    return action(**values).pack() if number in values.values() else None


def value(kind: type, number: int) -> object:
    """Something of this kind."""
    if kind is int:
        return number
    if issubclass(kind, StrEnum):
        return next(iter(kind))
    return {bool: True, date: date(2026, 1, 5)}.get(kind, "none\0")


@pytest.mark.parametrize("who", [RIDER, OFFICER, ADMIN])
async def test_a_huge_number_is_answered_and_changes_nothing(room: Room, who: int) -> None:
    await room.officer(OFFICER)
    await room.photo(who)
    pressed = [data for one in every_action() for number in NUMBERS if (data := forged(one, number)) is not None]
    assert len(pressed) > 80
    for data in pressed:
        room.travel(timedelta(seconds=2))
        assert words_of(await room.press(who, data)).strip(), data
    assert len(await room.rows(Draft)) == 1
    assert [one.role for one in await room.rows(Invite)] == [Role.OFFICER]
