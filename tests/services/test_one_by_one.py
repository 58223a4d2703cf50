"""What the clock does with many things at once: what the store has to run again is no failure of one of them."""

import asyncio

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from sqlalchemy.util import await_only

from services import one_by_one
from storage.schema import Person
from storage.store import Store
from tests.services.scene import Scene


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_deadlock_is_run_again_and_puts_nothing_off(scene: Scene, store: Store) -> None:
    wang, li = await scene.person("Wang"), await scene.person("Li")
    has_wang, has_li = asyncio.Event(), asyncio.Event()
    looked: list[int] = []
    put_off: list[int] = []

    def lock(session: Session, person: int) -> None:
        session.execute(select(Person.id).where(Person.id == person).with_for_update())

    def look(session: Session) -> None:
        lock(session, wang)
        has_wang.set()
        await_only(has_li.wait())
        lock(session, li)
        looked.append(li)

    def clock(session: Session) -> None:
        session.execute(text("SET LOCAL deadlock_timeout = '10ms'"))  # so that it is the one who is told
        one_by_one.handle(session, [1], lambda _: look(session), put_off=put_off.append, name=str)

    def other(session: Session) -> None:
        session.execute(text("SET LOCAL deadlock_timeout = '1min'"))
        lock(session, li)
        has_li.set()
        await_only(has_wang.wait())
        lock(session, wang)

    await asyncio.gather(store.write(clock), store.write(other))
    assert looked == [li]
    assert put_off == []
