"""What becomes of points with time."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from alerts.clock import JOBS, run_once
from services.points import clock, ledger, purse
from services.points.accounts import purse as purse_of
from storage.kinds import Message, Role
from storage.schema import PointsAudit
from tests.moment import NOW, OVER
from tests.services import bare_ledger
from tests.services.scene import Scene
from tests.services.test_points_earned import has, heard, spend
from tests.services.test_points_overview import earn

DAY = timedelta(days=1)
AT_NIGHT = datetime.fromisoformat("2026-11-24T03:00:00+08:00")


async def run(scene: Scene, now: datetime, *, only: object = None) -> None:
    """The clock's jobs for points."""
    for job in JOBS:
        if "points" in job.name and only in (None, job.unit):
            await run_once(job, store=scene.store, clock=lambda: now)


async def test_what_nobody_takes_comes_back_by_itself(scene: Scene) -> None:
    rider = await scene.person()
    await earn(scene, rider, 10)
    await spend(scene, rider, 6)
    await run(scene, NOW + timedelta(minutes=5), only=clock.release)
    assert await has(scene, rider) == 10


async def test_old_points_lapse_by_themselves_and_what_is_put_aside_when_it_comes_back(scene: Scene) -> None:
    rider = await scene.person()
    await earn(scene, rider, 10)
    await earn(scene, rider, 5, days=9)
    then = OVER
    await scene.do(
        purse.put_aside, person_id=rider, amount=4, key="late", lapses_at=then + timedelta(minutes=1), now=then - DAY
    )
    await run(scene, then, only=clock.lapse)
    assert await has(scene, rider) == 5
    await run(scene, then + timedelta(minutes=1))
    assert await has(scene, rider) == 5
    assert await scene.store.read(bare_ledger.wrong) == []


async def test_several_clocks_at_once_let_points_lapse_once(scene: Scene) -> None:
    rider = await scene.person()
    for days in range(5):
        await earn(scene, rider, 10, days=days)
    then = OVER + 2 * DAY
    await asyncio.gather(*(scene.do(purse.lapse_due, now=then + timedelta(seconds=one)) for one in range(5)))
    assert await has(scene, rider) == 20
    assert await scene.store.read(bare_ledger.wrong) == []


async def test_holders_are_told_once_a_month_before(scene: Scene) -> None:
    rider, other = await scene.person(), await scene.person()
    for person, amount, days in ((rider, 10, 0), (rider, 5, 2), (rider, 7, 20), (other, 3, 0)):
        await earn(scene, person, amount, days=days)
    await spend(scene, rider, 4)
    then = OVER - clock.BEFORE
    await run(scene, then - timedelta(minutes=1), only=clock.announce)
    assert await heard(scene, rider, Message.POINTS_LAPSE) == []
    for now in (then, then, then + 3 * DAY):
        await run(scene, now, only=clock.announce)
    first = OVER.isoformat()
    assert await heard(scene, rider, Message.POINTS_LAPSE) == [{"points": 11, "from": first}]
    assert len(await heard(scene, other, Message.POINTS_LAPSE)) == 1
    await run(scene, then + 20 * DAY, only=clock.announce)
    assert [told["points"] for told in await heard(scene, rider, Message.POINTS_LAPSE)] == [11, 7]


@pytest.mark.parametrize("is_wrong", [True, False])
async def test_the_ledger_is_looked_at_each_night_and_administrators_hear_only_of_trouble(
    scene: Scene, is_wrong: bool
) -> None:
    admin, rider = await scene.person(roles=(Role.ADMIN,)), await scene.person()
    await earn(scene, rider, 10)
    if is_wrong:
        await scene.store.write(
            lambda session: session.execute(text("UPDATE accounts SET balance = 11 WHERE NOT may_owe"))
        )
    await run(scene, AT_NIGHT - timedelta(minutes=1), only=clock.note)
    assert await scene.rows(PointsAudit) == []
    for later in (0, 1, 60):
        await run(scene, AT_NIGHT + timedelta(minutes=later), only=clock.note)
    assert [(row.entries, row.wrong) for row in await scene.rows(PointsAudit)] == [(2, 2 if is_wrong else 0)]
    assert await scene.store.read(clock.look, now=AT_NIGHT + timedelta(hours=2)) is None, "once a night is enough"
    told = await heard(scene, admin, Message.LEDGER_WRONG)
    kind = {"trouble": "balance", "count": 2, "whom": [{"person": rider}], "has_more": False}
    assert told == ([{"count": 2, "kinds": [kind]}] if is_wrong else [])
    await run(scene, AT_NIGHT + DAY, only=clock.note)
    assert len(await scene.rows(PointsAudit)) == 2


async def test_two_clocks_alert_once(scene: Scene) -> None:
    admin = await scene.person(roles=(Role.ADMIN,))
    await earn(scene, admin, 10)
    await scene.store.write(lambda session: session.execute(text("UPDATE accounts SET balance = 11 WHERE NOT may_owe")))
    found = [await scene.store.read(clock.look, now=AT_NIGHT) for _ in range(2)]
    for one in found:
        await scene.do(clock.note, found=one, now=AT_NIGHT)
    assert len(await heard(scene, admin, Message.LEDGER_WRONG)) == 1


async def test_all_that_one_read_sees_is_of_one_moment(scene: Scene) -> None:
    rider = await scene.person()
    await earn(scene, rider, 10)

    def isolation(session: object) -> str:
        assert ledger.balance(session, purse_of(rider)) == 10  # type: ignore[arg-type]
        if session.get_bind().dialect.name == "sqlite":  # type: ignore[attr-defined]
            return "repeatable read"  # a transaction of SQLite in WAL always is
        return str(session.scalar(text("SHOW transaction_isolation")))  # type: ignore[attr-defined]

    assert await scene.store.read(isolation) == "repeatable read"
