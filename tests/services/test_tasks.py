"""Bringing others in: each has a task of its own, and the report is resolved when all are done."""

import asyncio
from typing import Any

import pytest

from services import dispatch, presence, tasks, team_briefs, withdrawing
from services.errors import (
    AlreadyAccepted,
    AlreadyAsked,
    AlreadyYours,
    NobodyToAsk,
    NotAllowed,
    NotPossible,
    ReportEnded,
    TaskOver,
    TasksOpen,
)
from storage.kinds import EventKind, Language, Message, Role, Status
from storage.schema import Grid, Task
from storage.team_kinds import TaskState, TeamKind
from tests.services.crews import member, team
from tests.services.scene import Scene


async def grid_id(scene: Scene, code: str) -> int:
    return next(grid.id for grid in await scene.rows(Grid) if grid.code == code)


async def give(scene: Scene, report: int, officer: int, team_id: int) -> int:
    """Bring in a team; the task's id."""
    task = await scene.do(tasks.give_team, report_id=report, officer_id=officer, team_id=team_id)
    return int(task.id)


async def state(scene: Scene, task_id: int) -> TaskState:
    return next(task.state for task in await scene.rows(Task) if task.id == task_id)


async def test_two_teams_are_brought_in_and_the_report_is_resolved_when_both_are_done(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    sun, qian = await member(scene, "Sun"), await member(scene, "Qian")
    fire, power = await team(scene, leads=[sun]), await team(scene, "POWER", leads=[qian])
    report = await scene.accepted(rider, officer, words="着火了")
    said = await scene.last_said()
    first, second = await give(scene, report, officer, fire), await give(scene, report, officer, power)
    assert await scene.told(since=said) == [(sun, Message.TASK), (qian, Message.TASK)]
    await scene.do(tasks.accept, task_id=first, person_id=sun)
    with pytest.raises(TasksOpen) as refused:
        await scene.resolve(report, officer)
    assert refused.value.facts["names"] == {
        Language.ZH: "FIRE队 (Sun)、POWER队",
        Language.EN: "FIRE team (Sun), POWER team",
    }
    await scene.do(tasks.accept, task_id=second, person_id=qian)
    await scene.do(tasks.finish, task_id=first, person_id=sun, words="Fire is out")
    with pytest.raises(TasksOpen):
        await scene.resolve(report, officer)
    await scene.do(tasks.finish, task_id=second, person_id=qian, words=None)
    await scene.resolve(report, officer)
    assert (await scene.report(report)).status is Status.RESOLVED
    kinds = [kind for kind in await scene.story(report) if kind.startswith("task_")]
    assert kinds == [
        *[EventKind.TASK_GIVEN] * 2,
        *[EventKind.TASK_ACCEPTED] * 2,
        *[EventKind.TASK_DONE] * 2,
    ]
    assert (await scene.told()).count((officer, Message.TASK_NEWS)) == 4


async def test_of_many_who_accept_a_task_at_once_one_has_it(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    people = [await member(scene, f"Member {n}") for n in range(8)]
    fire = await team(scene, leads=people)
    report = await scene.accepted(rider, officer)
    task = await give(scene, report, officer, fire)
    results = await asyncio.gather(
        *(scene.do(tasks.accept, task_id=task, person_id=person) for person in people), return_exceptions=True
    )
    won = [one for one in results if isinstance(one, Task)]
    lost = [one for one in results if isinstance(one, AlreadyAccepted)]
    assert (len(won), len(lost)) == (1, 7)
    winner = won[0].accepted_by
    assert {one.facts["name"] for one in lost} == {f"Member {people.index(winner)}"}  # type: ignore[arg-type]
    assert (await scene.story(report)).count(EventKind.TASK_ACCEPTED) == 1
    with pytest.raises(AlreadyYours):
        await scene.do(tasks.accept, task_id=task, person_id=winner)


async def test_another_grid_can_be_brought_in_but_not_the_own_one(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    neighbour, away = await scene.officer("A-02"), await scene.officer("B-01", on_duty=False)
    report = await scene.accepted(rider, officer)
    ask: dict[str, Any] = {"report_id": report, "officer_id": officer}
    task = await scene.do(tasks.give_grid, **ask, grid_id=await grid_id(scene, "A-02"))
    assert (neighbour, Message.TASK) in await scene.told()
    await scene.do(tasks.accept, task_id=task.id, person_id=neighbour)
    await scene.do(tasks.finish, task_id=task.id, person_id=neighbour, words=None)
    with pytest.raises(NotPossible):
        await scene.do(tasks.give_grid, **ask, grid_id=await grid_id(scene, "A-01"))
    with pytest.raises(NobodyToAsk) as refused:  # who is there is off duty
        await scene.do(tasks.give_grid, **ask, grid_id=await grid_id(scene, "B-01"))
    assert "B-01" in refused.value.facts["names"][Language.EN]
    assert away not in {person for person, _ in await scene.told()}


async def test_only_the_lead_brings_in_and_only_who_was_asked_accepts(scene: Scene) -> None:
    officer, rider, stranger = await scene.officer(), await scene.person(), await scene.officer("B-01")
    sun = await member(scene)
    fire = await team(scene, leads=[sun])
    report = await scene.accepted(rider, officer)
    for person in (rider, stranger, sun):
        with pytest.raises(NotAllowed):
            await give(scene, report, person, fire)
    task = await give(scene, report, officer, fire)
    for person in (rider, stranger, officer):
        with pytest.raises(NotAllowed):
            await scene.do(tasks.accept, task_id=task, person_id=person)
        with pytest.raises(NotAllowed):
            await scene.do(tasks.finish, task_id=task, person_id=person, words=None)
        with pytest.raises(NotAllowed):
            await scene.do(tasks.decline, task_id=task, person_id=person, why="busy")
    with pytest.raises(NotAllowed):
        await scene.do(tasks.drop, task_id=task, officer_id=sun, why="not-needed")
    with pytest.raises(NotAllowed):
        await scene.do(tasks.accept, task_id=999, person_id=sun)
    with pytest.raises(NotAllowed):
        await scene.do(tasks.finish, task_id=task, person_id=sun, words=None)  # has not accepted
    assert await state(scene, task) is TaskState.OFFERED


async def test_a_team_serves_its_town_and_is_asked_once(scene: Scene) -> None:
    officer, rider, sun = await scene.officer(), await scene.person(), await member(scene)
    here, elsewhere = await team(scene, leads=[sun], town="Town"), await team(scene, "FAR", leads=[sun], town="Other")
    empty = await team(scene, "EMPTY")
    report = await scene.accepted(rider, officer)
    power = await team(scene, "POWER", leads=[sun], kind=TeamKind.POWER)
    fitting, others = await scene.store.read(team_briefs.choices, report_id=report)
    assert [(one.id, one.members) for one in fitting] == [(here, 1), (empty, 0)]
    assert [one.id for one in others] == [power]  # not for what is of no particular kind
    await give(scene, report, officer, here)
    with pytest.raises(AlreadyAsked):
        await give(scene, report, officer, here)
    with pytest.raises(NotPossible):
        await give(scene, report, officer, elsewhere)
    with pytest.raises(NobodyToAsk):
        await give(scene, report, officer, empty)


async def test_deputies_are_asked_where_no_lead_can_be_reached(scene: Scene) -> None:
    officer, rider, deputy = await scene.officer(), await scene.person(), await member(scene)
    gone = await member(scene, "Gone")
    await scene.do(presence.reachability, person_id=gone, is_reachable=False)
    fire = await team(scene, leads=[gone], deputies=[deputy])
    said = await scene.last_said()
    await give(scene, await scene.accepted(rider, officer), officer, fire)
    assert [one for one in await scene.told(since=said) if one[1] is Message.TASK] == [(deputy, Message.TASK)]


async def test_what_is_declined_or_dropped_is_in_nobodys_way(scene: Scene) -> None:
    officer, rider, sun = await scene.officer(), await scene.person(), await member(scene)
    fire, power = await team(scene, leads=[sun]), await team(scene, "POWER", leads=[sun])
    report = await scene.accepted(rider, officer)
    first, second = await give(scene, report, officer, fire), await give(scene, report, officer, power)
    await scene.do(tasks.accept, task_id=first, person_id=sun)
    await scene.do(tasks.decline, task_id=first, person_id=sun, why="busy")
    await scene.do(tasks.accept, task_id=second, person_id=sun)
    said = await scene.last_said()
    await scene.do(tasks.drop, task_id=second, officer_id=officer, why="not-needed")
    assert (sun, Message.TASK_OFF) in await scene.told(since=said)
    assert [await state(scene, one) for one in (first, second)] == [TaskState.DECLINED, TaskState.DROPPED]
    for late in (first, second):  # a card of yesterday
        with pytest.raises(TaskOver):
            await scene.do(tasks.accept, task_id=late, person_id=sun)
        with pytest.raises(TaskOver):
            await scene.do(tasks.finish, task_id=late, person_id=sun, words=None)
        with pytest.raises(TaskOver):
            await scene.do(tasks.drop, task_id=late, officer_id=officer, why="not-needed")
    await give(scene, report, officer, fire)  # asked again: nothing is open


async def test_a_report_that_ends_otherwise_ends_its_tasks(scene: Scene) -> None:
    officer, rider, sun = await scene.officer(), await scene.person(), await member(scene)
    fire = await team(scene, leads=[sun])
    await scene.person(roles=(Role.DESK,))
    rejected, withdrawn = await scene.accepted(rider, officer), await scene.accepted(rider, officer)
    for report in (rejected, withdrawn):
        task = await give(scene, report, officer, fire)
        await scene.do(tasks.accept, task_id=task, person_id=sun)
    said = await scene.last_said()
    await scene.do(dispatch.reject, report_id=rejected, officer_id=officer, why="none")
    await scene.do(dispatch.decline, report_id=withdrawn, officer_id=officer, why="away")
    await scene.do(withdrawing.withdraw, report_id=withdrawn, person_id=rider)
    assert [task.state for task in await scene.rows(Task)] == [TaskState.DROPPED] * 2
    assert (await scene.told(since=said)).count((sun, Message.TASK_OFF)) == 2
    with pytest.raises(ReportEnded):
        await give(scene, rejected, officer, fire)


async def test_a_task_goes_on_under_whoever_leads_next(scene: Scene) -> None:
    officer, other, rider = await scene.officer(), await scene.officer(is_primary=False), await scene.person()
    sun = await member(scene)
    report = await scene.accepted(rider, officer)
    task = await give(scene, report, officer, await team(scene, leads=[sun]))
    await scene.do(dispatch.decline, report_id=report, officer_id=officer, why="away")
    await scene.do(dispatch.accept, report_id=report, officer_id=other)
    said = await scene.last_said()
    await scene.do(tasks.accept, task_id=task, person_id=sun)
    assert (other, Message.TASK_NEWS) in await scene.told(since=said)
    with pytest.raises(NotAllowed):
        await scene.do(tasks.drop, task_id=task, officer_id=officer, why="not-needed")
    with pytest.raises(TasksOpen):
        await scene.resolve(report, other)


async def test_everybody_finds_the_tasks_that_are_his(scene: Scene) -> None:
    officer, neighbour, rider = await scene.officer(), await scene.officer("A-02"), await scene.person()
    sun, qian = await member(scene, "Sun"), await member(scene, "Qian")
    fire = await team(scene, leads=[sun, qian])
    report = await scene.accepted(rider, officer)
    task = await give(scene, report, officer, fire)
    near = await scene.do(tasks.give_grid, report_id=report, officer_id=officer, grid_id=await grid_id(scene, "A-02"))

    async def mine(person: int) -> list[int]:
        return [one.id for _, one in await scene.store.read(team_briefs.my_tasks, person_id=person)]

    assert [await mine(one) for one in (sun, qian, neighbour, officer)] == [[task], [task], [near.id], []]
    await scene.do(tasks.accept, task_id=task, person_id=sun)
    assert [await mine(one) for one in (sun, qian)] == [[task], []]
    shown = await scene.store.read(team_briefs.task_for, task_id=task, person_id=qian)
    assert (shown[0], shown[1].accepted_name) == (report, "Sun")
    with pytest.raises(NotAllowed):
        await scene.store.read(team_briefs.task_for, task_id=task, person_id=rider)


async def test_the_cards_of_a_task_are_edited_with_it(scene: Scene) -> None:
    officer, rider, sun, qian = await scene.officer(), await scene.person(), await member(scene), await member(scene)
    report = await scene.accepted(rider, officer)
    await scene.deliver()
    task = await give(scene, report, officer, await team(scene, leads=[sun, qian]))
    while await scene.deliver():  # until every card says what is true
        pass
    said = await scene.last_said()
    await scene.do(tasks.accept, task_id=task, person_id=sun)
    edits = {
        row.person_id: row.facts or {} for row in await scene.outbox() if row.id > said and row.message is Message.CARD
    }
    assert {sun, qian, officer} <= set(edits)
    assert (edits[qian]["shows"], edits[qian]["task"]) == ("task", task)
    assert "task" not in edits[officer]
