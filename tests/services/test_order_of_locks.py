"""Whoever changes a report locks it first, then what belongs to it: nobody waits crosswise. (On SQLite one writes.)"""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from services import delivery, dispatch, ledger, tasks
from storage import outbox
from storage.kinds import OutboxState
from storage.outbox import Settlement
from tests.moment import NOW
from tests.services.crews import member, team
from tests.services.crossing import Unit, cross_everywhere
from tests.services.scene import Scene
from tests.services.test_tasks import give

FIRE = "着火了"
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    made = create_async_engine(database_url)
    yield made
    await made.dispose()


async def never_wait_crosswise(engine: AsyncEngine, one: Unit, other: Unit) -> None:
    """Wherever the one stands when the other begins, in both orders."""
    for first, second in ((one, other), (other, one)):
        await cross_everywhere(engine, first, second)


async def test_accepting_a_task_and_pushing_it_again(scene: Scene, engine: AsyncEngine) -> None:
    officer, sun, _ = await scene.officer(), await member(scene), await member(scene, "Qian")
    report = await scene.accepted(await scene.person(), officer, words=FIRE)
    task = await give(scene, report, officer, await team(scene, leads=[sun]))
    await scene.deliver(now=NOW)
    now = NOW + 3 * MINUTE
    accept = partial(tasks.accept, task_id=task, person_id=sun, now=now)
    await never_wait_crosswise(engine, accept, partial(ledger.push_again, now=now))


async def test_accepting_a_report_and_pushing_it_again(scene: Scene, engine: AsyncEngine) -> None:
    officer = await scene.officer()
    report = await scene.file(await scene.person(), words=FIRE)
    await scene.deliver(now=NOW)
    now = NOW + 3 * MINUTE
    accept = partial(dispatch.accept, report_id=report, officer_id=officer, now=now)
    await never_wait_crosswise(engine, accept, partial(ledger.push_again, now=now))


async def test_accepting_a_report_while_its_alert_is_settled(scene: Scene, engine: AsyncEngine) -> None:
    officer = await scene.officer()
    report = await scene.file(await scene.person(), words=FIRE)
    claimed = await scene.store.write(outbox.claim, now=NOW, most=10)
    settlements = [Settlement(one.id, OutboxState.DELIVERED, sent=(70 + one.id,)) for one in claimed]
    accept = partial(dispatch.accept, report_id=report, officer_id=officer, now=NOW)
    await never_wait_crosswise(engine, accept, partial(delivery.settle, settlements=settlements, now=NOW))
