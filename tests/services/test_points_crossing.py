"""Points that move at the same moment: who need not wait does not, and nobody crosswise. (On PostgreSQL.)"""

from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import Session

from services import escalation, verdicts
from services.points import accounts, clock, earning, purse
from services.points.ledger import About
from storage.points_kinds import Reason
from storage.schema import Report
from tests import county
from tests.moment import NOW
from tests.services.crossing import cross_everywhere, overlap
from tests.services.scene import Scene
from tests.services.test_order_of_locks import never_wait_crosswise
from tests.services.test_points import FIVE_MINUTES, SHOP, aside, earn
from tests.services.test_points_earned import RULES, closed, has, help_out
from tests.services.test_verdicts import SILENCE, fixed

FURTHER = (county.IN_A1[0] + 0.003, county.IN_A1[1])
"""Where another place's limit holds."""

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


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


async def test_two_fixes_near_each_other_that_are_confirmed_at_once_keep_to_the_limit_of_the_place(
    scene: Scene, engine: AsyncEngine
) -> None:
    officer = await scene.officer()
    many = RULES.place // RULES.urgent_report
    for number in range(many - 1):
        await closed(scene, officer, await scene.person(f"Rider {number}"), words="着火了")
    at = [(county.IN_A1[0] + 0.0002, county.IN_A1[1]), (county.IN_A1[0] - 0.0002, county.IN_A1[1])]
    two = [await fixed(scene, officer, words="着火了", at=place) for place in at]
    await overlap(engine, *(partial(verdicts.fixed, report_id=one, person_id=who, fix=0, now=NOW) for one, who in two))
    assert [await has(scene, rider) for _, rider in two] == [RULES.urgent_report, 0]


async def test_silence_confirms_several_fixes_while_somebody_confirms_one_near_the_last(
    scene: Scene, engine: AsyncEngine
) -> None:
    officer = await scene.officer()
    first, rider = await fixed(scene, officer)
    last, _ = await fixed(scene, officer, at=FURTHER)
    report = await scene.accepted(rider, officer, at=FURTHER)
    await scene.resolve(report, officer)
    for one, after in ((first, SILENCE - timedelta(seconds=1)), (last, SILENCE), (report, 2 * SILENCE)):
        await scene.store.write(partial(_wait, report=one, until=NOW + after))
    confirm = partial(verdicts.fixed, report_id=report, person_id=rider, fix=0, now=NOW)
    await cross_everywhere(engine, confirm, partial(escalation.tick, now=NOW + SILENCE))


@pytest.mark.parametrize("by_report_first", [True, False])
async def test_one_person_who_earns_twice_at_once_keeps_to_the_limit_of_the_day(
    scene: Scene, engine: AsyncEngine, by_report_first: bool
) -> None:
    officer, rider = await scene.officer(), await scene.person()
    await help_out(scene, rider, hours=RULES.person_day // RULES.activity_hour - 1)
    report = await scene.accepted(rider, officer)
    await scene.resolve(report, officer)
    confirm = partial(verdicts.fixed, report_id=report, person_id=rider, fix=0, now=NOW)
    hours = partial(earning.for_hours, person_id=rider, hours=1, key=f"more:{rider}", words="more", by=None, now=NOW)
    await overlap(engine, *((confirm, hours) if by_report_first else (hours, confirm)))
    assert await has(scene, rider) == RULES.person_day


async def test_what_a_report_brought_is_taken_back_while_another_brings_something(
    scene: Scene, engine: AsyncEngine
) -> None:
    """Two people each, who share the accounts that are everybody's crosswise."""
    report = await scene.file(await scene.person())
    shards = (accounts.SHARDS - 1, 0)
    everybody = [await scene.person() for _ in range(2 * accounts.SHARDS + 1)]
    one, two, three, four = [person for person in everybody if person % accounts.SHARDS in shards][:4]

    def bring(session: Session, people: tuple[int, int], key: str, about: int | None = None) -> None:
        purse.lock(session, people)
        for person in sorted(people, key=accounts.order):
            of = About(Reason.REPORT, person, report_id=about)
            purse.earn(session, person, 5, key=f"{key}:{person}", about=of, now=NOW)

    await scene.store.write(bring, people=(one, two), key="first", about=report)
    again = partial(bring, people=(three, four), key="second")
    await cross_everywhere(engine, partial(purse.take_back, report_id=report, by=None, now=NOW), again)


async def test_people_are_told_what_lapses_soon_while_several_earn(scene: Scene, engine: AsyncEngine) -> None:
    wang, li = await scene.person("Wang"), await scene.person("Li")
    for person in (li, wang):
        await earn(scene, person, 5)
    soon = purse.spendable_until(NOW, zone=ZoneInfo("Asia/Shanghai")) - timedelta(days=7)
    await cross_everywhere(engine, partial(purse.lock, people=(wang, li)), partial(clock.announce, now=soon))


async def test_of_two_clocks_neither_lets_points_lapse_that_it_has_not_locked(
    scene: Scene, engine: AsyncEngine
) -> None:
    wang, li = await scene.person("Wang"), await scene.person("Li")
    for person in (wang, li):
        await earn(scene, person, 5)
    lapse = partial(purse.lapse_due, now=NOW + timedelta(days=800), most=1)
    await overlap(engine, lapse, lapse)
    assert [await has(scene, person) for person in (wang, li)] == [0, 5]


def _wait(session: Session, report: int, until: datetime) -> None:
    session.get_one(Report, report).next_at = until
