"""Merging, and the others who have to do with it: the leads of the place, and those who were brought in."""

from datetime import timedelta

import pytest

from services import dispatch, merging, tasks
from services.errors import NotAllowed
from storage.kinds import Message, Role, TaskState
from storage.schema import Task
from tests import county
from tests.moment import NOW
from tests.services.crews import member, team
from tests.services.scene import Scene
from tests.services.test_escalation import lead

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


async def test_who_was_brought_in_for_the_merged_one_hears_that_it_is_off(scene: Scene) -> None:
    officer, helper = await scene.officer(), await member(scene)
    kept, report = await two(scene)
    crew = await team(scene, leads=[helper])
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    task = await scene.do(tasks.give_team, report_id=report, officer_id=officer, team_id=crew)
    await scene.do(tasks.accept, task_id=task.id, person_id=helper)
    await scene.do(merging.merge, report_id=report, into_id=kept, officer_id=officer)
    assert [row.state for row in await scene.rows(Task)] == [TaskState.DROPPED]
    assert (helper, Message.TASK_OFF) in await scene.told()


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
