"""A new map: what waited for want of a grid, or lay outside, goes on."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from services import drafts, intake, remap
from services.county import County
from services.parts import Place
from storage.kinds import EventKind, Message, PlaceSource, Role
from storage.schema import Draft, Duty, Grid, Report
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene


def _imported(session: Session, *, officer: int | None, now: datetime) -> County:
    """There are two more grids; the officer looks after both."""
    made = county.grow(session)
    if officer is not None:
        for grid_id in session.scalars(select(Grid.id).where(Grid.community == "Gamma")):
            session.add(Duty(person_id=officer, grid_id=grid_id, is_primary=True))
    return made


async def new_map(scene: Scene, officer: int | None = None, *, now: datetime = NOW) -> None:
    """The grids are imported, and the bot has seen it."""
    scene.county = await scene.do(_imported, officer=officer)
    await scene.do(remap.look_again, county=scene.county, now=now)


async def test_a_report_of_the_desk_goes_to_the_officer_of_its_new_grid(scene: Scene) -> None:
    rider, officer, desk = await scene.person(), await scene.officer(), await scene.person(roles=(Role.DESK,))
    report = await scene.file(rider, at=county.IN_GAP)
    assert await scene.asked(report) == {desk}
    await new_map(scene, officer)
    assert await scene.asked(report) == {officer}
    assert (await scene.told())[-1] == (officer, Message.ALERT)
    assert (await scene.story(report))[-1] is EventKind.ROUTED
    said = await scene.last_said()
    await scene.do(remap.look_again, county=scene.county)  # of another process
    assert await scene.told(since=said) == []


async def test_a_grid_without_officers_does_not_ring_the_desk_again(scene: Scene) -> None:
    rider, desk = await scene.person(), await scene.person(roles=(Role.DESK,))
    report = await scene.file(rider, at=county.IN_GAP)
    said = await scene.last_said()
    await new_map(scene)
    assert (await scene.report(report)).grid_id is not None
    assert await scene.asked(report) == {desk}
    assert (desk, Message.ALERT) not in await scene.told(since=said)


async def test_an_accepted_report_stays_with_who_has_it(scene: Scene) -> None:
    rider, officer, desk = await scene.person(), await scene.officer(), await scene.person(roles=(Role.DESK,))
    report = await scene.accepted(rider, desk, at=county.IN_GAP)
    await new_map(scene, officer)
    row = await scene.report(report)
    assert (row.officer_id, row.grid_id) == (desk, None)


@pytest.mark.parametrize("source", [PlaceSource.PIN, PlaceSource.VENUE])
async def test_a_draft_whose_place_is_inside_now_is_filed(scene: Scene, source: PlaceSource) -> None:
    rider, officer = await scene.person(), await scene.officer()
    await scene.take(rider, scene.photo(caption="leak"), Place(*county.OUTSIDE, source, "East gate"))
    assert await scene.rows(Report) == []
    await new_map(scene, officer)
    (report,) = await scene.rows(Report)
    assert (report.place_source, report.place_name, report.words) == (source, "East gate", "leak")
    assert {(officer, Message.ALERT), (rider, Message.RECEIPT)} <= set(await scene.told())
    assert await scene.rows(Draft) == []


async def test_a_draft_that_lacks_more_is_shown_with_its_place(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, county.OUTSIDE)
    await new_map(scene)
    draft = await scene.store.read(intake.look, person_id=rider)
    assert draft is not None
    assert (draft.latitude, draft.outside) == (county.OUTSIDE[0], None)
    assert await scene.told() == [(rider, Message.DRAFT)]


async def test_a_draft_that_is_still_outside_hears_nothing(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, scene.photo(), (20.0, 110.0))
    await new_map(scene)
    assert await scene.told() == []
    assert len(await scene.rows(Draft)) == 1


async def test_a_draft_of_long_ago_is_not_filed_by_a_new_map(scene: Scene) -> None:
    rider = await scene.person()
    await scene.take(rider, scene.photo(), county.OUTSIDE)
    await new_map(scene, now=NOW + drafts.STALE + timedelta(seconds=1))
    assert (await scene.rows(Report), await scene.told()) == ([], [])
