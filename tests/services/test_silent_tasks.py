"""A task is not left to itself: it is pushed again, others are asked, and its lead hears when nobody takes it."""

from datetime import datetime, timedelta

import pytest

from services import dispatch, duty, ledger, outgoing, people, presence, tasks, team_briefs
from storage.kinds import Language, Message
from storage.outbox import Claimed
from storage.records import Brief
from storage.schema import OutboxMessage, Person
from tests.moment import NOW
from tests.services.crews import member, team
from tests.services.scene import Scene
from tests.services.test_ledger import shown
from tests.services.test_tasks import give, grid_id
from views import late_lists
from views.actions import ShowCase, ShowTask
from views.card import Card
from views.texts import plain

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


async def press(scene: Scene, sun: int, task: int, *, now: datetime) -> None:
    """A button of the task."""
    number = next(person.telegram_id for person in await scene.rows(Person) if person.id == sun)
    who = {"telegram_id": number, "name": "Sun", "language_code": "en", "default_language": Language.EN}
    await scene.do(people.arrive, **who, admin_ids=frozenset(), update_id=7, task=task, now=now)


@pytest.mark.parametrize("answers", [False, True])
async def test_who_opens_a_task_is_not_pushed_again_but_its_lead_hears_if_there_is_no_answer(
    scene: Scene, answers: bool
) -> None:
    officer, sun = await scene.officer(), await member(scene)
    report = await scene.accepted(await scene.person(), officer, words=FIRE)
    task = await give(scene, report, officer, await team(scene, leads=[sun]))
    await scene.deliver()
    for minute in (1, 4):  # the second press puts nothing off
        await press(scene, sun, task, now=NOW + minute * MINUTE)
    await pass_time(scene, 2, 11)
    (row,) = await asked(scene)
    assert (row.opened_at, row.answered_at) == (NOW + MINUTE, None)
    assert await told_silent(scene) == []
    if answers:
        await scene.do(tasks.accept, task_id=task, person_id=sun, now=NOW + 10 * MINUTE)
        (row,) = await asked(scene)
        assert (row.opened_at, row.answered_at) == (NOW + MINUTE, NOW + 10 * MINUTE)
    await pass_time(scene, 11, 12)
    assert await told_silent(scene) == ([] if answers else [(officer, Message.TASK_SILENT)])
    await pass_time(scene, 12, 40)
    assert len(await asked(scene)) == 1
    assert await told_silent(scene) == ([] if answers else [(officer, Message.TASK_SILENT)])


async def test_who_opens_a_task_while_it_is_pushed_again_is_left_in_peace_then(scene: Scene) -> None:
    officer, sun = await scene.officer(), await member(scene)
    report = await scene.accepted(await scene.person(), officer, words=FIRE)
    task = await give(scene, report, officer, await team(scene, leads=[sun]))
    await scene.deliver(now=NOW)
    await scene.do(ledger.push_again, now=NOW + 2 * MINUTE)
    first, again = await asked(scene)
    assert (await shown(scene, again, now=NOW + 2 * MINUTE)).replaces == tuple(first.sent or ())
    await press(scene, sun, task, now=NOW + 2 * MINUTE)
    await pass_time(scene, 3, 13)
    assert [row.pushes for row in await asked(scene)] == [1, 2]
    assert await told_silent(scene) == []
    await pass_time(scene, 13, 40)
    assert [row.pushes for row in await asked(scene)] == [1, 2]
    assert await told_silent(scene) == [(officer, Message.TASK_SILENT)]


async def test_after_a_long_stop_tasks_are_in_one_list_and_so_is_that_it_did_not_help(scene: Scene) -> None:
    officer, sun, rider = await scene.officer(), await member(scene), await scene.person()
    crew = await team(scene, leads=[sun])
    given = []
    for second in range(6):
        report = await scene.file(rider, words=FIRE, now=NOW + second * MINUTE / 60)
        await scene.do(dispatch.accept, report_id=report, officer_id=officer, now=NOW + MINUTE)
        given.append(await give(scene, report, officer, crew))
    await scene.deliver(now=NOW + MINUTE)
    said, again = await scene.last_said(), NOW + 90 * MINUTE
    while await scene.do(ledger.push_again, now=again):
        pass
    assert await scene.told(since=said) == [(sun, Message.OVERDUE)]
    listed, card = await the_list(scene, now=again + MINUTE)
    assert [(one.task.id, one.is_given) for one in listed.tasks] == [(task, False) for task in given]
    shown = [button.action for row in card.rows for button in row]
    assert shown == [ShowTask(task).pack() for task in given[: late_lists.TASKS]]
    assert plain(Language.EN, "overdue-more-tasks", count=6 - late_lists.TASKS) in card.text
    assert await scene.store.read(team_briefs.awaited, person_id=officer, now=again + MINUTE) == ()
    await press(scene, sun, given[0], now=again + 5 * MINUTE)
    await scene.do(tasks.accept, task_id=given[1], person_id=sun, now=again + 5 * MINUTE)
    said = await scene.last_said()
    await pass_time(scene, 91, 120)
    told = [one for one in await scene.told(since=said) if one[1] is not Message.CARD]
    assert told == [(officer, Message.OVERDUE)] * 2  # the second of the one that was opened
    listed, card = await the_list(scene, now=NOW + 120 * MINUTE)
    assert [(one.task.id, one.is_given) for one in listed.tasks] == [(task, True) for task in given if task != given[1]]
    assert card.rows[0][0].action == ShowCase(1).pack()


async def the_list(scene: Scene, *, now: datetime) -> tuple[Brief, Card]:
    """The last one, and how it is shown."""
    row = [one for one in await scene.outbox() if one.message is Message.OVERDUE][-1]
    said = (row.id, row.person_id, 1, row.message, None, {}, row.urgency, row.made_at, 0, ())
    brief = await scene.store.read(outgoing.load, claimed=Claimed(*said), now=now)
    assert brief is not None
    return brief, await shown(scene, row, now=now)


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


async def test_who_takes_it_after_all_and_cannot_be_reached_then_is_told_too(scene: Scene) -> None:
    officer, sun = await scene.officer(), await member(scene)
    report = await scene.accepted(await scene.person(), officer, words=FIRE)
    task = await give(scene, report, officer, await team(scene, leads=[sun]))
    await pass_time(scene, 0, 20)
    assert len(await told_silent(scene)) == 1
    await scene.do(tasks.accept, task_id=task, person_id=sun, now=NOW + 20 * MINUTE)
    await scene.do(presence.reachability, person_id=sun, is_reachable=False, now=NOW + 30 * MINUTE)
    assert await told_silent(scene) == [(officer, Message.TASK_SILENT)] * 2


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
