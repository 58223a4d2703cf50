"""A process that stood still for three hours, with two hundred reports and thirty people: no storm when it goes on."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from alerts.clock import JOBS, run_once
from services import escalation, lists, notices, outgoing
from storage import outbox
from storage.kinds import Message, Role
from storage.schema import Report
from storage.store import open_store
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene
from views import messages
from views.card import TEXT_LIMIT

FIRE, LEAK = "着火了", "water leak"
REPORTS_EACH, RIDERS = 10, 20
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ZONE = ZoneInfo("Asia/Shanghai")


async def staff(scene: Scene) -> set[int]:
    """Thirty people, from the officers of two grids to the desk."""
    people = [await scene.officer(is_primary=at < 10) for at in range(15)]
    people += [await scene.officer("A-02") for _ in range(5)]
    people += [await scene.lead(grid) for grid in ("A-01", "A-01", "A-01", "A-02", "A-02")]
    people += [await scene.person("Desk", roles=(Role.DESK,)) for _ in range(5)]
    return set(people)


async def rider_files(scene: Scene, number: int) -> int:
    """One after the other, urgent ones and others, in two grids; returns who it is."""
    rider = await scene.person(f"Rider {number}")
    for at in range(REPORTS_EACH):
        latitude, longitude = county.IN_A1 if number % 2 else county.IN_A2
        spot = (latitude - 0.004 + at * 0.0008, longitude - 0.004 + number * 0.0004)
        words = FIRE if at % 3 else LEAK
        await scene.file(rider, at=spot, words=words, now=NOW + timedelta(seconds=number + at * RIDERS))
    return rider


async def the_clock_runs(scene: Scene, now: datetime) -> None:
    """Every job, in its order, to its end."""
    for job in JOBS:
        await run_once(job, store=scene.store, clock=lambda: now)


async def test_after_three_hours_each_gets_one_list_that_fits_on_a_screen(scene: Scene) -> None:
    people = await staff(scene)
    await the_clock_runs(scene, NOW)  # the digests of the day are out
    riders = set(await asyncio.gather(*(rider_files(scene, number) for number in range(RIDERS))))
    while await scene.deliver(now=NOW + 5 * MINUTE):
        pass
    stop = await scene.last_said()
    again = NOW + 3 * HOUR

    await the_clock_runs(scene, again)
    for seconds in (5, 55):
        await the_clock_runs(scene, again + timedelta(seconds=seconds))

    told = [one for one in await scene.told(since=stop) if one[1] is not Message.CARD]
    asked = Counter(one for one in told if one[0] in people)
    assert asked == {(person, Message.OVERDUE): 1 for person in people}
    late = Counter(one for one in told if one[0] not in people)
    assert late == {(rider, Message.LATE): 1 for rider in riders}
    assert len(await scene.rows(Report)) == REPORTS_EACH * RIDERS
    listed = [
        one for one in await scene.store.write(outbox.claim, now=again + MINUTE, most=5000) if one.person_id in people
    ]
    for claimed in listed:
        if claimed.message is not Message.OVERDUE:
            continue
        brief = await scene.store.read(outgoing.load, claimed=claimed, now=again + MINUTE)
        card = messages.render(brief, now=again + MINUTE, zone=ZONE)
        assert brief.many > lists.LISTED == len(brief.cases)
        assert card is not None
        assert len(card.text) < TEXT_LIMIT / 2
        assert str(brief.many - lists.LISTED) in card.text.splitlines()[-1]


@pytest.mark.parametrize("is_on_its_way", [False, True])
async def test_a_list_that_waited_out_the_standstill_is_the_one_list(scene: Scene, is_on_its_way: bool) -> None:
    officer = await scene.officer()
    await scene.file(await scene.person(), words=FIRE)
    await scene.do(escalation.tick, now=NOW + 5 * MINUTE)
    again = NOW + 3 * HOUR
    if is_on_its_way:
        await scene.store.write(outbox.claim, now=again, most=100)
    else:
        await scene.deliver(now=again)
    await the_clock_runs(scene, again)
    listed = [(one.person_id, one.due_at) for one in await scene.outbox() if one.message is Message.OVERDUE]
    assert listed == [(officer, NOW + 5 * MINUTE + notices.LIST_WAIT), (officer, again + 10 * MINUTE)]


async def test_the_last_list_of_a_person_is_found_by_an_index(sqlite_url: str) -> None:
    def plan(session: Session) -> str:
        asked = notices.lists_of(1, Message.OVERDUE).compile(session.get_bind(), compile_kwargs={"literal_binds": True})
        return str(session.execute(text(f"EXPLAIN QUERY PLAN {asked}")).all())

    store = await open_store(sqlite_url)
    assert "ix_outbox_lists" in await store.read(plan)
    await store.close()
