"""Points that move at the same moment: who need not wait does not, and nobody crosswise. (On PostgreSQL.)"""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from services.points import accounts, purse
from services.points.ledger import About
from storage.points_kinds import Reason
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.test_order_of_locks import never_wait_crosswise
from tests.services.test_points import FIVE_MINUTES, SHOP, aside, earn

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    made = create_async_engine(database_url)
    yield made
    await made.dispose()


async def test_putting_aside_while_points_come_back(scene: Scene, engine: AsyncEngine) -> None:
    wang = await scene.person("Wang")
    await earn(scene, wang, 30)
    taken = await aside(scene, wang, 5)
    await scene.do(purse.capture, hold_id=taken, into=SHOP, by=None)
    await aside(scene, wang, 7)
    now = NOW + FIVE_MINUTES
    ends = now + timedelta(minutes=5)
    again = partial(purse.put_aside, person_id=wang, amount=3, key="again", lapses_at=ends, now=now)
    await never_wait_crosswise(engine, again, partial(purse.release_due, now=now))
    await never_wait_crosswise(engine, again, partial(purse.undo, hold_id=taken, from_=SHOP, by=None, now=now))


async def test_who_earns_waits_for_nobody_else_who_does(scene: Scene, engine: AsyncEngine) -> None:
    wang, li = await scene.person("Wang"), await scene.person("Li")
    assert wang % accounts.SHARDS != li % accounts.SHARDS  # else they share an account
    for person in (wang, li):
        await earn(scene, person, 1)
    async with AsyncSession(engine) as one, AsyncSession(engine) as two:
        await one.run_sync(earns, person=wang, key="one")  # and does not commit
        await two.execute(text("SET LOCAL lock_timeout = '50ms'"))
        await two.run_sync(earns, person=li, key="two")
        with pytest.raises(DBAPIError, match="lock timeout"):
            await two.run_sync(earns, person=wang, key="three")


def earns(session: Session, *, person: int, key: str) -> None:
    purse.earn(session, person, 5, key=key, about=About(Reason.CREDIT, person), now=NOW)
