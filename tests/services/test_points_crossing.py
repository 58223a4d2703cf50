"""Points that come back while others are put aside: neither waits for the other crosswise. (On PostgreSQL.)"""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from services.points import purse
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
