"""Merging, and the others who have to do with it: the leads of the place, and those who were brought in."""

import asyncio
from datetime import timedelta

import pytest

from services import delivery, dispatch, merging, outgoing, tasks
from services.errors import AlreadyAccepted, NotAllowed
from storage import outbox
from storage.kinds import Message, OutboxState, Role, Status
from storage.outbox import Settlement
from storage.records import number
from storage.schema import ShownCard, Task
from storage.team_kinds import TaskState
from tests import county
from tests.moment import NOW
from tests.services.crews import member, team
from tests.services.scene import Scene
from tests.services.test_escalation import lead
from tests.views.showing import ZONE
from views import messages

BESIDE = (county.IN_A1[0] + 0.0012, county.IN_A1[1])


async def two(scene: Scene) -> tuple[int, int]:
    """Two reports beside each other."""
    kept = await scene.file(await scene.person(), words="water leak")
    return kept, await scene.file(await scene.person(), words="burst pipe", at=BESIDE)


@pytest.mark.parametrize("community", ["Alpha", ""], ids=["community", "town"])
async def test_the_lead_of_the_place_may_merge(scene: Scene, community: str) -> None:
    kept, report = await two(scene)
    person = await lead(scene, community=community)
    target = await scene.do(merging.merge, report_id=report, into_id=kept, officer_id=person)
    assert target.id == kept


async def test_the_lead_of_another_place_may_not(scene: Scene) -> None:
    kept, report = await two(scene)
    stranger = await lead(scene, community="Beta")
    with pytest.raises(NotAllowed):
        await scene.do(merging.merge, report_id=report, into_id=kept, officer_id=stranger)


async def test_who_has_accepted_the_one_has_the_other_that_nobody_has(scene: Scene) -> None:
    officer, other = await scene.officer(), await scene.officer()
    kept, report = await two(scene)
    first, second = [(await scene.report(one)).reporter_id for one in (kept, report)]
    await scene.do(dispatch.decline, report_id=kept, officer_id=officer, why="away")
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    said = await scene.last_said()
    await scene.do(merging.merge, report_id=report, into_id=kept, officer_id=officer, now=NOW + timedelta(minutes=1))
    row = await scene.report(kept)
    assert (row.status, row.officer_id, row.responsible_id) == (Status.ACCEPTED, officer, officer)
    assert (row.accepted_at, row.accepted_on_time) == (NOW, True)
    assert await scene.asked(kept) == set()
    told = [one for one in await scene.told(since=said) if one[1] is not Message.CARD]
    assert told == [(first, Message.ACCEPTED), (officer, Message.REMINDER), (second, Message.RECEIPT)], (
        "it is urgent now"
    )
    with pytest.raises(AlreadyAccepted):
        await scene.do(dispatch.accept, report_id=kept, officer_id=other)


async def at_work(scene: Scene, report: int, officer: int, crew: int, helper: int | None = None) -> int:
    """A task for the team, which the helper has accepted."""
    task = await scene.do(tasks.give_team, report_id=report, officer_id=officer, team_id=crew)
    if helper is not None:
        await scene.do(tasks.accept, task_id=task.id, person_id=helper)
    return task.id


async def states(scene: Scene) -> dict[int, tuple[int, TaskState]]:
    return {row.id: (row.report_id, row.state) for row in await scene.rows(Task)}


async def test_who_is_at_work_goes_on_and_his_card_has_the_new_number(scene: Scene) -> None:
    officer, helper = await scene.officer(), await member(scene)
    kept, report = await two(scene)
    crew = await team(scene, leads=[helper])
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    task = await at_work(scene, report, officer, crew, helper)
    await scene.deliver()
    said = await scene.last_said()
    await scene.do(merging.merge, report_id=report, into_id=kept, officer_id=officer)
    assert await states(scene) == {task: (kept, TaskState.ACCEPTED)}
    his = [row for row in await scene.outbox(after=said) if row.person_id == helper]
    assert [(row.message, row.report_id) for row in his] == [(Message.CARD, kept)], "nobody tells him to stop"
    claimed = next(one for one in await scene.store.write(outbox.claim, now=NOW, most=1000) if one.id == his[0].id)
    brief = await scene.store.read(outgoing.load, claimed=claimed, now=NOW)
    assert brief is not None
    card = messages.render(brief, now=NOW, zone=ZONE)
    assert card is not None
    assert number(kept) in card.text
    assert number(report) not in card.text
    await scene.do(tasks.finish, task_id=task, person_id=helper, words=None)
    assert await states(scene) == {task: (kept, TaskState.DONE)}


async def test_a_team_that_is_still_asked_is_asked_for_the_one_that_goes_on(scene: Scene) -> None:
    officer, helper = await scene.officer(), await member(scene)
    kept, report = await two(scene)
    crew = await team(scene, leads=[helper])
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    task = await at_work(scene, report, officer, crew)
    on_its_way = await scene.store.write(outbox.claim, now=NOW, most=1000)
    await scene.do(merging.merge, report_id=report, into_id=kept, officer_id=officer)
    arrived = [Settlement(one.id, OutboxState.DELIVERED, sent=(one.id,)) for one in on_its_way]
    await scene.do(delivery.settle, settlements=arrived)
    cards = [(row.person_id, row.report_id) for row in await scene.rows(ShownCard) if row.shows is Message.TASK]
    assert cards == [(helper, kept)], "the card that was on its way, too"
    await scene.do(tasks.accept, task_id=task, person_id=helper)
    assert await states(scene) == {task: (kept, TaskState.ACCEPTED)}


@pytest.mark.parametrize("accepted", [0, 1, None], ids=["kept", "merged", "neither"])
async def test_a_team_that_was_asked_for_both_has_one_of_them(scene: Scene, accepted: int | None) -> None:
    officer, helper = await scene.officer(), await member(scene)
    both = await two(scene)
    kept, report = both
    crew = await team(scene, leads=[helper])
    for one in both:
        await scene.do(dispatch.accept, report_id=one, officer_id=officer)
    given = [
        await at_work(scene, one, officer, crew, helper if at == accepted else None) for at, one in enumerate(both)
    ]
    await scene.deliver()
    said = await scene.last_said()
    await scene.do(merging.merge, report_id=report, into_id=kept, officer_id=officer)
    left = {task: where for task, (where, state) in (await states(scene)).items() if state is not TaskState.DROPPED}
    assert left == {given[accepted or 0]: kept}
    assert (helper, Message.TASK_OFF) not in await scene.told(since=said)


async def test_he_who_presses_while_it_is_merged_has_the_task_of_the_one_that_goes_on(scene: Scene) -> None:
    officer, helper = await scene.officer(), await member(scene)
    kept, report = await two(scene)
    crew = await team(scene, leads=[helper])
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    task = await at_work(scene, report, officer, crew)
    await asyncio.gather(
        scene.do(merging.merge, report_id=report, into_id=kept, officer_id=officer),
        scene.do(tasks.accept, task_id=task, person_id=helper),
    )
    assert await states(scene) == {task: (kept, TaskState.ACCEPTED)}


async def test_the_cards_of_both_are_brought_up_to_date_in_every_chat(scene: Scene) -> None:
    officer, desk = await scene.officer(), await scene.person(roles=(Role.DESK,))
    kept, report = await two(scene)
    first, second = [(await scene.report(one)).reporter_id for one in (kept, report)]
    await scene.deliver(now=NOW + timedelta(days=1))
    said = await scene.last_said()
    await scene.do(merging.merge, report_id=report, into_id=kept, officer_id=desk)
    edited = [(row.person_id, row.report_id) for row in await scene.outbox() if row.id > said]
    cards = {one for one in edited if one[1] in (kept, report)}
    assert {(officer, report), (second, report), (officer, kept), (first, kept)} <= cards
