"""A prepared statement does what SQLAlchemy would do: in SQLite's writer, in readers, on PostgreSQL."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import bindparam, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from storage.kinds import Language, Role
from storage.prepared import DRIVER, Prepared
from storage.schema import Conversation, Person, PersonRole
from storage.store import Store

person, role, dialog = Person.__table__.c, PersonRole.__table__.c, Conversation.__table__.c
CHINA = timezone(timedelta(hours=8))
JOINED = datetime(2026, 1, 5, 16, 30, 0, 123456, CHINA)

ADD: Any = Prepared(insert(Person.__table__))  # type: ignore[arg-type]
BY_CHAT = Prepared(
    select(person.id, person.name, person.language, person.joined_at, person.is_reachable, person.team)
    .where(person.telegram_id == bindparam("chat"))
    .order_by(person.id)
)


def a_person(session: Session, chat: int, **values: Any) -> int:
    standard = {"name": "Wang", "language": Language.ZH, "is_reachable": True, "on_duty": False, "joined_at": JOINED}
    standard["was_asked_kind"] = False
    number: int = ADD.add(session, telegram_id=chat, **{**standard, **values})
    return number


async def test_types_are_converted_both_ways_in_writers_and_readers(store: Store) -> None:
    number = await store.write(a_person, chat=7, name="王 <b>'\"; --")

    for look in (store.write, store.read):
        row = await look(BY_CHAT.first, chat=7)
        assert (row.id, row.name, row.team) == (number, "王 <b>'\"; --", None)
        assert row.language is Language.ZH
        assert row.is_reachable is True
        assert row.joined_at == JOINED
        assert row.joined_at.tzinfo is UTC
        assert await look(BY_CHAT.first, chat=8) is None
        assert await look(BY_CHAT.scalar, chat=7) == number
        assert await look(BY_CHAT.scalar, chat=8) is None
        assert await look(BY_CHAT.scalars, chat=7) == [number]


async def test_a_json_value_and_nothing_come_back_as_they_went(store: Store) -> None:
    put = Prepared(insert(Conversation.__table__))  # type: ignore[arg-type]
    get = Prepared(select(dialog.state, dialog.data).where(dialog.chat_id == bindparam("chat")))
    data = {"words": "水 «leak»", "list": [1, None, {"a": 2.5}]}

    await store.write(put.run, chat_id=1, user_id=1, destiny="default", state=None, data=data)

    for look in (store.write, store.read):
        assert tuple(await look(get.first, chat=1)) == (None, data)


async def test_changing_says_how_many_rows_it_was(store: Store) -> None:
    rename = Prepared(
        update(Person.__table__)  # type: ignore[arg-type]
        .where(or_(person.telegram_id == bindparam("chat"), person.telegram_id == 2))
        .values(name=bindparam("called"), team=None)
    )
    forget = Prepared(delete(Person.__table__).where(person.name == bindparam("called")))  # type: ignore[arg-type]
    for chat in (1, 2, 3):
        await store.write(a_person, chat=chat, team="North")

    assert await store.write(rename.run, chat=1, called="Li") == 2
    assert await store.write(forget.run, called="Li") == 2
    assert await store.write(forget.run, called="Li") == 0
    assert await store.read(count) == 1


async def test_many_rows_at_once_or_none(store: Store) -> None:
    grant = Prepared(insert(PersonRole.__table__))  # type: ignore[arg-type]
    number = await store.write(a_person, chat=1)
    rows = [{"person_id": number, "role": one, "granted_at": JOINED} for one in (Role.OFFICER, Role.DESK)]

    await store.write(grant.run_all, rows=[])
    await store.write(grant.run_all, rows=rows)

    roles = Prepared(select(role.role).where(role.person_id == bindparam("who")).order_by(role.role))
    assert await store.read(roles.scalars, who=number) == [Role.DESK, Role.OFFICER]


async def test_other_values_than_last_time_are_not_forgotten(store: Store) -> None:
    name_and_team = Prepared(select(person.name, person.team).where(person.telegram_id == bindparam("chat")))
    await store.write(a_person, chat=1)
    await store.write(a_person, chat=2, team="North")
    await store.write(a_person, chat=3)

    assert [tuple(await store.read(name_and_team.first, chat=chat)) for chat in (1, 2, 3)] == [
        ("Wang", None),
        ("Wang", "North"),
        ("Wang", None),
    ]


async def test_a_unit_that_fails_takes_what_it_prepared_with_it(store: Store) -> None:
    def adds_and_fails(session: Session) -> None:
        a_person(session, 1)
        raise LookupError

    with pytest.raises(LookupError):
        await store.write(adds_and_fails)

    assert await store.read(count) == 0


async def test_what_an_object_of_the_session_changed_is_seen_once_it_is_flushed(store: Store) -> None:
    def both(session: Session, *, number: int) -> str:
        session.get_one(Person, number).name = "Li"
        session.flush()
        found: str = BY_CHAT.first(session, chat=1).name
        return found

    assert await store.write(both, number=await store.write(a_person, chat=1)) == "Li"


async def test_it_refuses_what_it_could_not_do_itself(sqlite_url: str) -> None:
    """A default that SQLAlchemy computes, or an `IN` that is written anew for each list."""
    session = Session()
    session.info[DRIVER] = object()
    names = Prepared(select(person.id).where(person.name.in_(["Li", "Wang"])))
    hidden = Prepared(insert(Conversation.__table__))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="no defaults"):
        names.all(session)
    with pytest.raises(TypeError, match="no defaults"):
        hidden.run(session, chat_id=1, user_id=1, data={})


def count(session: Session) -> int:
    return session.scalar(select(func.count(Person.id))) or 0
