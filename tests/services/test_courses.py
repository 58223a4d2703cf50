"""By what a report's promises are counted anew: whatever it was taken for in between, it comes to the same."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from services import dispatch, merging, reports, waiting
from storage.kinds import WaitingFor
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.test_merging_people import BESIDE


async def choose(scene: Scene, report: int, code: str, *, now: datetime) -> tuple[datetime, datetime]:
    """Its reporter says what it is; by when it is promised to be accepted and fixed then."""
    rider = (await scene.report(report)).reporter_id
    await scene.do(reports.change_category, report_id=report, person_id=rider, code=code, now=now)
    row = await scene.report(report)
    return row.accept_by, row.resolve_by


@pytest.mark.parametrize(
    ("words", "code", "other"),
    [("water leak", "water_leak", "fire"), ("water leak", "water_leak", "road"), ("着火了", "fire", "rubbish")],
)
async def test_a_category_that_is_chosen_to_and_fro_comes_to_the_same(
    scene: Scene, words: str, code: str, other: str
) -> None:
    filed, minute = NOW + timedelta(hours=2.5), timedelta(minutes=1)
    report = await scene.file(await scene.person(), words=words, now=filed)
    row = await scene.report(report)
    first, promised = await choose(scene, report, other, now=filed + minute), (row.accept_by, row.resolve_by)
    for at in (2, 4):
        assert await choose(scene, report, code, now=filed + at * minute) == promised
        assert await choose(scene, report, other, now=filed + (at + 1) * minute) == first


async def test_so_does_one_that_was_accepted_and_waited_in_between(scene: Scene) -> None:
    rider, officer, hour = await scene.person(), await scene.officer(), timedelta(hours=1)
    await scene.officer(is_primary=False)
    report = await scene.file(rider, words="water leak", now=NOW + 2 * hour)
    of_it: dict[str, Any] = {"report_id": report, "officer_id": officer}
    await scene.do(dispatch.accept, **of_it, now=NOW + 2 * hour)
    waits: dict[str, Any] = {"waiting_for": WaitingFor.THIRD_PARTY, "until": NOW + 9 * hour}
    await scene.do(waiting.wait_for, **of_it, **waits, now=NOW + 3 * hour)
    await scene.do(waiting.go_on, **of_it, now=NOW + 5 * hour)
    await scene.do(dispatch.decline, **of_it, why="away", now=NOW + 5 * hour)
    row = await scene.report(report)
    promised = row.accept_by, row.resolve_by
    for at, code in enumerate(("fire", "water_leak", "road", "water_leak"), start=1):
        found = await choose(scene, report, code, now=NOW + 5 * hour + timedelta(minutes=at))
        assert code != "water_leak" or found == promised


async def test_no_choice_puts_off_what_was_promised_of_one_that_was_merged_into_it(scene: Scene) -> None:
    officer, hour = await scene.officer(), timedelta(hours=1)
    report = await scene.file(await scene.person(), words="water leak")
    kept = await scene.file(await scene.person(), words="water leak", at=BESIDE, now=NOW + 4 * hour)
    await scene.do(merging.merge, report_id=report, into_id=kept, officer_id=officer, now=NOW + 4 * hour)
    row = await scene.report(kept)
    promised = row.accept_by, row.resolve_by
    for code in ("road", "fire", "road"):
        found = await choose(scene, kept, code, now=NOW + 5 * hour)
        assert code == "fire" or found == promised
