"""A report that is disputed in both ways, one after the other: each is decided as what it is."""

from typing import Any

import pytest

from services import dispatch, duty, fairness, presence, verdicts
from services.errors import AlreadyDecided, Disputed, NotAllowed
from storage.kinds import EventKind, Level, MarkState, Message, Role, Status
from storage.schema import FalseMark, ShownCard
from tests.services.scene import Scene
from tests.services.test_escalation import lead
from tests.services.test_verdicts import dispute as dispute_the_fix
from tests.services.test_verdicts import heard


async def call_false(scene: Scene, report: int, officer: int, rider: int) -> None:
    """The officer calls his report false, and the reporter objects."""
    await scene.do(fairness.mark_false, report_id=report, officer_id=officer, why="nothing there")
    await scene.do(fairness.dispute, report_id=report, person_id=rider, words="it is")


async def decide(scene: Scene, report: int, lead_id: int, *, is_fixed: bool) -> None:
    await scene.do(verdicts.decide, report_id=report, lead_id=lead_id, is_fixed=is_fixed)


async def decide_false(scene: Scene, report: int, lead_id: int, *, is_false: bool) -> None:
    await scene.do(fairness.decide_dispute, report_id=report, person_id=lead_id, is_false=is_false)


async def test_found_true_and_then_not_fixed_three_times(scene: Scene) -> None:
    officer, community, rider = await scene.officer(), await lead(scene), await scene.person()
    report = await scene.accepted(rider, officer)
    await call_false(scene, report, officer, rider)
    with pytest.raises(AlreadyDecided):  # there is no fix to decide about
        await decide(scene, report, community, is_fixed=True)
    await decide_false(scene, report, community, is_false=False)
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    await scene.resolve(report, officer)
    for fix in range(verdicts.MOST_REOPENED + 1):
        await scene.do(verdicts.not_fixed, report_id=report, person_id=rider, fix=fix, why="still")
        if fix < verdicts.MOST_REOPENED:
            await scene.resolve(report, officer)
    row = await scene.report(report)
    assert (row.status, row.responsible_id, row.level) == (Status.REVIEW, community, Level.LEAD)
    with pytest.raises(AlreadyDecided):  # that it is true was decided
        await decide_false(scene, report, community, is_false=True)
    await decide(scene, report, community, is_fixed=True)
    row = await scene.report(report)
    assert (row.status, row.responsible_id, row.next_at) == (Status.CLOSED, None, None)
    assert [mark.state for mark in await scene.rows(FalseMark)] == [MarkState.CLEARED]
    assert await heard(scene, Message.RAISED) == [community, community]


async def test_not_fixed_three_times_and_then_called_false(scene: Scene) -> None:
    officer, community = await scene.officer(), await lead(scene)
    report, rider = await dispute_the_fix(scene, officer)
    await decide(scene, report, community, is_fixed=False)
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    await call_false(scene, report, officer, rider)
    row = await scene.report(report)
    assert (row.status, row.responsible_id) == (Status.REVIEW, community)
    for press in (
        lambda: decide(scene, report, community, is_fixed=True),
        lambda: scene.do(verdicts.not_fixed, report_id=report, person_id=rider, fix=3, why="still"),
    ):
        with pytest.raises((AlreadyDecided, Disputed)):
            await press()
    for concerned in (officer, rider):
        with pytest.raises(NotAllowed):
            await decide_false(scene, report, concerned, is_false=True)
    await decide_false(scene, report, community, is_false=True)
    row = await scene.report(report)
    assert (row.status, row.responsible_id, row.next_at) == (Status.REJECTED, None, None)
    assert (await scene.story(report))[-2:] == [EventKind.DISPUTED, EventKind.UPHELD]


async def who_is_asked(scene: Scene, kind: str, officer: int, rider: int) -> tuple[int, dict[str, Any]]:
    """A report that is disputed in this way; and who is asked to decide, as the report has it."""
    if kind == "fix":
        report, _ = await dispute_the_fix(scene, officer)
    else:
        report = await scene.accepted(rider, officer)
        await call_false(scene, report, officer, rider)
    row = await scene.report(report)
    return report, {"status": row.status, "level": row.level, "by": row.responsible_id}


@pytest.mark.parametrize("kind", ["fix", "false"])
@pytest.mark.parametrize("there", ["lead", "town", "desk"])
async def test_whatever_is_disputed_goes_to_the_first_who_is_not_concerned(scene: Scene, kind: str, there: str) -> None:
    officer, rider = await scene.officer(), await scene.person()
    desk = await scene.person(roles=(Role.DESK,))
    asked = {
        "lead": lambda: lead(scene),
        "town": lambda: lead(scene, community=""),
        "desk": lambda: scene.lead("B-01"),  # of another community: nobody asks him
    }
    decider = await asked[there]()
    _, who = await who_is_asked(scene, kind, officer, rider)
    levels = {"lead": Level.LEAD, "town": Level.TOWN, "desk": Level.DESK}
    by = desk if there == "desk" else decider
    assert who == {"status": Status.REVIEW, "level": levels[there], "by": by}


@pytest.mark.parametrize("back", ["on duty", "reachable", "invited"])
async def test_when_somebody_comes_who_can_decide_the_cards_say_so(scene: Scene, back: str) -> None:
    officer = await scene.officer()
    report, rider = await dispute_the_fix(scene, officer)
    assert (await scene.report(report)).responsible_id is None
    for _ in range(3):
        await scene.deliver()
    said = await scene.last_said()
    await scene.do(presence.rescue)  # nobody new: nothing changes on any screen
    assert await scene.last_said() == said
    desk = await scene.person(roles=(Role.DESK,))
    match back:
        case "reachable":
            await scene.do(presence.reachability, person_id=desk, is_reachable=True)
        case "on duty":
            await scene.do(duty.switch, person_id=officer, on_duty=True)
        case _:
            await scene.do(presence.rescue)
    assert (await scene.report(report)).responsible_id == desk
    told = await scene.told(since=said)
    assert (desk, Message.RAISED) in told
    edited = {person for person, message in told if message is Message.CARD}
    assert edited == {one.person_id for one in await scene.rows(ShownCard) if one.report_id == report} - {desk}
    assert edited >= {rider, officer}
