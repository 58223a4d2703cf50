"""Merging what people have judged, or are still asked to judge."""

from datetime import timedelta

import pytest

from services import merging, verdicts
from services.errors import GoesOn, NotAllowed
from storage.kinds import Status
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.test_following import follows
from tests.services.test_merging_people import BESIDE

HOUR = timedelta(hours=1)


async def reopened(scene: Scene, report: int, officer: int, *, times: int, fix: int = 0) -> None:
    """It is fixed, and its reporter says that it is not, so often."""
    rider = (await scene.report(report)).reporter_id
    for at in range(fix, fix + times):
        await scene.resolve(report, officer)
        await scene.do(verdicts.not_fixed, report_id=report, person_id=rider, fix=at, why="same")


async def test_how_often_it_was_not_fixed_counts_under_the_other_number_too(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    await scene.lead("A-01")
    report = await scene.accepted(rider, officer, words="burst pipe", at=BESIDE)
    await reopened(scene, report, officer, times=2)
    kept = await scene.accepted(await scene.person(), officer, words="water leak")
    await scene.do(merging.merge, report_id=report, into_id=kept, officer_id=officer)
    await reopened(scene, kept, officer, times=1)
    row = await scene.report(kept)
    assert (row.status, row.reopened) == (Status.REVIEW, 0), "the third time a lead decides"


async def test_who_is_still_asked_about_a_fix_hears_as_which_one_it_goes_on(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    report = await scene.accepted(rider, officer, words="burst pipe", at=BESIDE)
    follower = await follows(scene, report, words="burst pipe", at=BESIDE)
    await reopened(scene, report, officer, times=1)
    kept = await scene.accepted(await scene.person(), officer, words="water leak", now=NOW + HOUR)
    await scene.do(merging.merge, report_id=report, into_id=kept, officer_id=officer, now=NOW + HOUR)
    for person in (rider, follower):
        with pytest.raises(GoesOn):
            await scene.do(verdicts.fixed, report_id=report, person_id=person, fix=0, now=NOW + HOUR)
    with pytest.raises(NotAllowed):
        await scene.do(verdicts.fixed, report_id=report, person_id=await scene.person(), fix=0, now=NOW + HOUR)
