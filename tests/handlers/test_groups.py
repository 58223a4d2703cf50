"""Warmgrid speaks with people, one at a time."""

from handlers.answer import Answer
from storage.schema import Draft, Person
from tests.handlers.conftest import Room


async def test_what_is_said_in_a_group_is_none_of_its_business(room: Room) -> None:
    group = {"id": -100, "type": "group", "title": "Neighbours"}
    for content in ({"text": "fire!"}, {"text": "/start"}, {"location": {"latitude": 25.4, "longitude": 114.36}}):
        assert await room.send(5001, **content, chat=group) == Answer()
    assert (await room.rows(Draft), await room.rows(Person)) == ([], [])
