"""Monthly boards: of a community, of those who like to be seen, under the name that they chose."""

from datetime import timedelta

import pytest

from services import fairness
from services.points import boards, earning, purse
from services.points.errors import NameTaken, NoReports
from services.points.ledger import About
from storage.points_kinds import Reason
from storage.points_records import BoardRecord
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.test_escalation import lead
from tests.services.test_fairness import closed

RULES = earning.rules()


async def seen(scene: Scene, person: int, *, back: int = 0, **more: object) -> BoardRecord:
    """What somebody sees of the board of where he reported."""
    now = more.pop("now", NOW)
    facts = {"person_id": person, "grid_id": 0, "back": back, "now": now, **more}
    return await scene.store.read(boards.page, **facts)


async def test_only_who_took_part_is_seen_and_only_by_the_name_he_chose(scene: Scene) -> None:
    officer, wang, zhou = await scene.officer(), await scene.person("Wang"), await scene.person("Zhou")
    for rider in (wang, zhou):
        await closed(scene, rider, officer)
    assert (await seen(scene, wang)).first == ()
    await scene.do(boards.join, person_id=wang, name="  Snow\u202efox \n")
    board = await seen(scene, zhou)
    assert [(one.place, one.name, one.points, one.is_mine) for one in board.first] == [
        (1, "Snowfox", RULES.report, False)
    ]
    assert (board.my_name, board.community) == (None, "Town Alpha")
    await scene.do(boards.join, person_id=zhou, name="Zhu")
    board = await seen(scene, zhou)
    assert [(one.place, one.name, one.is_mine) for one in board.first] == [(1, "Snowfox", False), (1, "Zhu", True)]
    await scene.do(boards.leave, person_id=wang)
    assert [one.name for one in (await seen(scene, zhou)).first] == ["Zhu"]


async def test_points_of_other_things_places_and_months_do_not_count(scene: Scene) -> None:
    officer, wang = await scene.officer(), await scene.person("Wang")
    await scene.do(boards.join, person_id=wang, name="Fox")
    await closed(scene, wang, officer)
    credit = {"key": "x", "about": About(Reason.CREDIT, wang, words="tea")}
    await scene.do(purse.earn, person_id=wang, amount=100, **credit)
    assert [one.points for one in (await seen(scene, wang)).first] == [RULES.report]
    later = NOW + timedelta(days=31)
    assert (await seen(scene, wang, now=later)).first == ()
    assert [one.points for one in (await seen(scene, wang, now=later, back=1)).first] == [RULES.report]


async def test_of_equal_ones_and_of_who_is_further_down(scene: Scene) -> None:
    people = [await scene.person(f"P{number}") for number in range(boards.FIRST + 2)]
    reports = [await scene.file(person, at=(county.IN_A1[0], county.IN_A1[1])) for person in people]
    for at, (person, report) in enumerate(zip(people, reports, strict=True)):
        about = About(Reason.REPORT, person, report_id=report)
        await scene.do(purse.earn, person_id=person, amount=100 - at // 2, key=f"k{at}", about=about)
        await scene.do(boards.join, person_id=person, name=f"N{at:02d}")
    board = await seen(scene, people[-1])
    assert [one.place for one in board.first] == [1, 1, 3, 3, 5, 5, 7, 7, 9, 9]
    assert board.mine is not None
    assert (board.mine.place, board.mine.is_mine) == (11, True)
    assert (await seen(scene, people[0])).mine is None


async def test_what_was_taken_back_counts_no_more(scene: Scene) -> None:
    officer, wang, chen = await scene.officer(), await scene.person("Wang"), await lead(scene)
    await scene.do(boards.join, person_id=wang, name="Fox")
    report = await closed(scene, wang, officer)
    await scene.do(fairness.mark_false, report_id=report, officer_id=chen, why="old")
    await scene.do(fairness.tick, now=NOW + fairness.suspensions.rules().dispute_within)
    assert (await seen(scene, wang)).first == ()


async def test_a_name_is_somebodys_alone_and_may_be_changed(scene: Scene) -> None:
    wang, zhou = await scene.person("Wang"), await scene.person("Zhou")
    await scene.do(boards.join, person_id=wang, name="Fox")
    with pytest.raises(NameTaken):
        await scene.do(boards.join, person_id=zhou, name="FOX")
    await scene.do(boards.join, person_id=wang, name="Hare")
    await scene.do(boards.join, person_id=zhou, name="fox")


async def test_who_has_reported_nothing_has_no_community(scene: Scene) -> None:
    with pytest.raises(NoReports):
        await seen(scene, await scene.person())
