"""A task is not left to itself: it is pushed again, others are asked, and its lead hears when nobody takes it."""

from datetime import timedelta

import pytest

from services import duty, ledger, people, presence, tasks
from storage.kinds import Language, Message
from storage.schema import OutboxMessage, Person
from tests.moment import NOW
from tests.services.crews import member, team
from tests.services.scene import Scene
from tests.services.test_tasks import give, grid_id

FIRE = "着火了"
MINUTE = timedelta(minutes=1)


async def asked(scene: Scene) -> list[OutboxMessage]:
    return [row for row in await scene.outbox() if row.message is Message.TASK]


async def told_silent(scene: Scene) -> list[tuple[int, Message]]:
    return [one for one in await scene.told() if one[1] is Message.TASK_SILENT]


async def pass_time(scene: Scene, since: int, until: int) -> None:
    """In minutes."""
    for minute in range(since, until):
        now = NOW + minute * MINUTE
        await scene.do(ledger.push_again, now=now)
        await scene.deliver(now=now)


async def test_an_urgent_task_that_nobody_opens_is_pushed_three_times_then_its_lead_hears_once(scene: Scene) -> None:
    officer, sun, qian = await scene.officer(), await member(scene), await member(scene, "Qian")
    report = await scene.accepted(await scene.person(), officer, words=FIRE)
    task = await give(scene, report, officer, await team(scene, leads=[sun, qian]))
    await pass_time(scene, 0, 14)
    pushes = [((row.made_at - NOW) / MINUTE, row.pushes) for row in await asked(scene) if row.person_id == sun]
    assert pushes == [(0, 1), (2, 2), (4, 3)]
    assert {(row.facts or {})["task"] for row in await asked(scene)} == {task}
    assert await told_silent(scene) == []
    await pass_time(scene, 14, 40)
    assert await told_silent(scene) == [(officer, Message.TASK_SILENT)]


async def test_who_pressed_a_button_of_the_task_is_not_pushed_again(scene: Scene) -> None:
    officer, sun = await scene.officer(), await member(scene)
    report = await scene.accepted(await scene.person(), officer, words=FIRE)
    task = await give(scene, report, officer, await team(scene, leads=[sun]))
    await scene.deliver()
    number = next(person.telegram_id for person in await scene.rows(Person) if person.id == sun)
    who = {"telegram_id": number, "name": "Sun", "language_code": "en", "default_language": Language.EN}
    await scene.do(people.arrive, **who, admin_ids=frozenset(), update_id=7, task=task, now=NOW + MINUTE)
    await pass_time(scene, 2, 20)
    (row,) = await asked(scene)
    assert (row.opened_at, row.answered_at) == (NOW + MINUTE, None)
    await scene.do(tasks.accept, task_id=task, person_id=sun, now=NOW + 3 * MINUTE)
    (row,) = await asked(scene)
    assert (row.opened_at, row.answered_at) == (NOW + MINUTE, NOW + 3 * MINUTE)
    assert await told_silent(scene) == []


@pytest.mark.parametrize("accepts", [False, True])
async def test_the_lead_hears_once_that_a_tasks_only_person_cannot_be_reached(scene: Scene, accepts: bool) -> None:
    officer, sun = await scene.officer(), await member(scene)
    report = await scene.accepted(await scene.person(), officer)
    task = await give(scene, report, officer, await team(scene, leads=[sun]))
    if accepts:
        await scene.do(tasks.accept, task_id=task, person_id=sun)
    for is_reachable in (False, True, False):
        await scene.do(presence.reachability, person_id=sun, is_reachable=is_reachable)
    assert await told_silent(scene) == [(officer, Message.TASK_SILENT)]
    await scene.do(tasks.drop, task_id=task, officer_id=officer, why="no-answer")
    await scene.resolve(report, officer)


async def test_the_deputies_are_asked_when_no_lead_of_the_team_can_be_reached(scene: Scene) -> None:
    officer, sun, qian = await scene.officer(), await member(scene), await member(scene, "Qian")
    deputy = await member(scene, "Feng")
    report = await scene.accepted(await scene.person(), officer)
    await give(scene, report, officer, await team(scene, leads=[sun, qian], deputies=[deputy]))
    await scene.do(presence.reachability, person_id=sun, is_reachable=False)
    assert [row.person_id for row in await asked(scene)] == [sun, qian]
    await scene.do(presence.reachability, person_id=qian, is_reachable=False)
    assert [row.person_id for row in await asked(scene)] == [sun, qian, deputy]
    assert await told_silent(scene) == []


async def test_a_task_of_a_grid_whose_officer_goes_off_duty_goes_to_the_next_then_back_to_its_lead(
    scene: Scene,
) -> None:
    officer, neighbour = await scene.officer(), await scene.officer("A-02")
    deputy = await scene.officer("A-02", is_primary=False)
    report = await scene.accepted(await scene.person(), officer)
    where = {"grid_id": await grid_id(scene, "A-02")}
    await scene.do(tasks.give_grid, report_id=report, officer_id=officer, **where)
    await scene.do(duty.switch, person_id=neighbour, on_duty=False)
    assert [row.person_id for row in await asked(scene)] == [neighbour, deputy]
    await scene.do(duty.switch, person_id=deputy, on_duty=False)
    assert await told_silent(scene) == [(officer, Message.TASK_SILENT)]
