"""A new map takes the place of the old one: what is open is never lost with its grid."""

from datetime import timedelta

import pytest
import shapely
from sqlalchemy import select
from sqlalchemy.orm import Session

from services import dispatch, invites, tasks
from services.county import County, load
from services.errors import InviteExpired, NoSuchGrid
from services.imports.grids import import_grids
from services.imports.removal import Replace
from services.imports.results import BadMove, GridsInUse, Imported, Remark
from storage.kinds import Deed, Level, Message, Role, Status
from storage.schema import AuditLine, Duty, Grid, Task
from storage.team_kinds import TaskState
from tests import county
from tests.moment import NOW
from tests.services.import_rows import grid_row, no_progress, table
from tests.services.scene import Scene

LATER = NOW + timedelta(minutes=1)


async def replace(scene: Scene, *codes: str, **moves: str) -> Imported:
    """Import a file with only these of the small county's grids; ``A_01="A-02"`` moves one."""
    rows = []
    for at, code in enumerate(codes, start=1):
        community, outline = county.outlines()[code]
        shape = shapely.geometry.mapping(outline)
        rows.append(grid_row(at, code, shape, name=f"Grid {code}", community=community, town="Town", kind="urban"))
    how = Replace({old.replace("_", "-"): new for old, new in moves.items()}, now=LATER)
    return await scene.store.write(import_grids, table=table(*rows), skip_bad=False, progress=no_progress, replace=how)


async def the_map(scene: Scene) -> County:
    found = await scene.store.read(load)
    assert found is not None
    return found


async def duties(scene: Scene) -> set[tuple[int, str, bool]]:
    """Who looks after which grid, and whether as primary."""

    def read(session: Session) -> set[tuple[int, str, bool]]:
        rows = session.execute(select(Duty.person_id, Grid.code, Duty.is_primary).join(Grid, Grid.id == Duty.grid_id))
        return {(row[0], row[1], row[2]) for row in rows}

    return await scene.store.read(read)


async def test_a_grid_that_the_file_does_not_have_goes_off_the_map_with_its_duties(scene: Scene) -> None:
    officer, other = await scene.officer("A-02", name="Li"), await scene.officer("B-01")
    ended = await scene.accepted(await scene.person(), officer, at=county.IN_A2)
    await scene.do(dispatch.reject, report_id=ended, officer_id=officer, why="done")
    imported = await replace(scene, "A-01", "B-01", "B-02")
    assert imported.remarks == {Remark.GRIDS_REMOVED: ["A-02"], Remark.WITHOUT_GRID: ["Li"]}
    found = await the_map(scene)
    assert found.grid_at(*county.IN_A2) is None
    assert found.contains(*county.IN_B1)
    assert await duties(scene) == {(other, "B-01", True)}
    with pytest.raises(NoSuchGrid):
        await scene.do(invites.make, token="t", role=Role.OFFICER, grids=["A-02"])
    row = await scene.report(ended)
    grid = await scene.store.read(lambda session: session.get_one(Grid, row.grid_id))
    assert grid.code == "A-02"  # what was counted in it stays so
    assert [line.facts for line in await scene.rows(AuditLine) if line.deed is Deed.GRID_REMOVED] == [
        {"grids": ["A-02"], "moved_to": None}
    ]


async def test_a_grid_with_an_open_report_is_not_removed_and_both_are_named(scene: Scene) -> None:
    officer, rider = await scene.officer("A-02"), await scene.person()
    report = await scene.file(rider, at=county.IN_A2)
    with pytest.raises(GridsInUse) as refused:
        await replace(scene, "A-01", "B-01", "B-02")
    assert refused.value.facts == {"grids": f"A-02 (D-{report:06})"}
    found = await the_map(scene)
    grid = found.grid_at(*county.IN_A2)
    assert grid is not None
    assert await duties(scene) == {(officer, "A-02", True)}


async def test_what_is_open_goes_with_its_officers_to_the_grid_that_is_named(scene: Scene) -> None:
    officer, primary = await scene.officer("A-02"), await scene.officer("A-01")
    rider, neighbour = await scene.person(), await scene.person()
    held = await scene.accepted(rider, officer, at=county.IN_A2)
    waiting = await scene.file(neighbour, at=county.IN_A2)
    said = await scene.last_said()
    imported = await replace(scene, "A-01", "B-01", "B-02", A_02="A-01")
    assert imported.remarks[Remark.REPORTS_MOVED] == [f"D-{held:06}", f"D-{waiting:06}"]
    assert await duties(scene) == {(primary, "A-01", True), (officer, "A-01", False)}
    one, other = await scene.report(held), await scene.report(waiting)
    assert one.grid_id == other.grid_id
    assert (one.status, one.officer_id) == (Status.ACCEPTED, officer)
    assert (other.status, other.level) == (Status.OPEN, Level.PRIMARY)
    assert await scene.asked(waiting) == {primary}
    assert (primary, Message.ALERT) in await scene.told(since=said)


async def asked_to_help(scene: Scene) -> tuple[int, int, int]:
    """The officer of A-02 was asked to help with a report of A-01: he, who asked, the task."""
    helper, officer = await scene.officer("A-02"), await scene.officer("A-01")
    report = await scene.file(await scene.person())
    await scene.deliver(now=NOW + timedelta(seconds=1))
    await scene.do(dispatch.accept, report_id=report, officer_id=officer)
    grid = next(one.id for one in await scene.rows(Grid) if one.code == "A-02")
    task = await scene.do(tasks.give_grid, report_id=report, officer_id=officer, grid_id=grid)
    return helper, officer, task.id


async def test_what_a_grid_was_asked_to_help_with_goes_on_in_the_grid_that_is_named(scene: Scene) -> None:
    helper, _, task = await asked_to_help(scene)
    await replace(scene, "A-01", "B-01", "B-02", A_02="B-01")
    await scene.do(tasks.accept, task_id=task, person_id=helper, now=LATER)
    await scene.do(tasks.finish, task_id=task, person_id=helper, words=None, now=LATER)
    assert [row.state for row in await scene.rows(Task)] == [TaskState.DONE]


@pytest.mark.parametrize("move", [{}, {"A_02": "A-01"}])
async def test_where_nobody_is_left_to_help_the_report_can_be_fixed_all_the_same(
    scene: Scene, move: dict[str, str]
) -> None:
    _, officer, _ = await asked_to_help(scene)
    await scene.deliver(now=NOW + timedelta(seconds=2))
    said = await scene.last_said()
    await replace(scene, "A-01", "B-01", "B-02", **move)
    (row,) = await scene.rows(Task)
    assert row.state is TaskState.DROPPED
    assert (officer, Message.CARD) in await scene.told(since=said)
    await scene.resolve(row.report_id, officer, now=LATER)


async def test_who_has_accepted_to_help_may_finish_although_his_grid_has_gone(scene: Scene) -> None:
    helper, _, task = await asked_to_help(scene)
    await scene.do(tasks.accept, task_id=task, person_id=helper)
    await replace(scene, "A-01", "B-01", "B-02")
    await scene.do(tasks.finish, task_id=task, person_id=helper, words=None, now=LATER)
    assert [row.state for row in await scene.rows(Task)] == [TaskState.DONE]


async def test_an_invite_of_a_removed_grid_moves_or_ends(scene: Scene) -> None:
    newcomer, other = await scene.person(), await scene.person()
    for token, grid in (("moves", "A-02"), ("ends", "B-01")):
        await scene.do(invites.make, token=token, role=Role.OFFICER, grids=[grid])
    await replace(scene, "A-01", "B-02", A_02="A-01")
    joined = await scene.do(invites.redeem, token="moves", person_id=newcomer, now=LATER)
    assert joined.grids == (("A-01", "Grid A-01", True),)
    with pytest.raises(InviteExpired):
        await scene.do(invites.redeem, token="ends", person_id=other, now=LATER)


@pytest.mark.parametrize("move", [{"A_01": "B-01"}, {"A_02": "B-09"}, {"A_02": "A-02"}])
async def test_a_move_that_cannot_be_is_refused(scene: Scene, move: dict[str, str]) -> None:
    with pytest.raises(BadMove):
        await replace(scene, "A-01", "B-01", "B-02", **move)
    found = await the_map(scene)
    assert found.grid_at(*county.IN_A2) is not None


async def test_a_removed_grid_comes_back_with_the_next_map_that_has_it(scene: Scene) -> None:
    await replace(scene, "A-01", "B-01", "B-02")
    imported = await replace(scene, "A-01", "A-02", "B-01", "B-02")
    assert (imported.added, imported.updated) == (0, 1)
    found = await the_map(scene)
    grid = found.grid_at(*county.IN_A2)
    assert grid is not None
    assert grid.code == "A-02"
