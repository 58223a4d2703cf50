"""Units that change service places, or name them, and cross: nobody waits crosswise. (On PostgreSQL.)"""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.orm import Session

from services import dispatch, escalation, notices, verdicts
from services.imports.places import import_places
from services.places import states, visits
from storage.schema import PlaceFault, Report
from storage.tables import Counted, Table
from tests.moment import NOW
from tests.services.crossing import cross_everywhere
from tests.services.import_rows import no_progress
from tests.services.scene import Scene
from tests.services.stations import ASKED, Stations
from tests.services.test_imports_places import row
from tests.services.test_verdicts import SILENCE

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


@pytest.fixture
def places(scene: Scene) -> Stations:
    return Stations(scene)


async def mended(places: Stations, officer: int, place: int, facility: str) -> tuple[int, int]:
    """A fault that the officer has fixed; its report and who reported it."""
    rider = await places.scene.person()
    report = (await places.fault(rider, place, facility)).report_id
    await places.scene.do(dispatch.accept, report_id=report, officer_id=officer)
    await places.scene.resolve(report, officer)
    return report, rider


async def test_silence_confirms_a_fix_while_somebody_confirms_another_at_the_same_place(
    places: Stations, engine: AsyncEngine
) -> None:
    officer, place = await places.scene.officer(), await places.place()
    await mended(places, officer, place, "charging")
    report, rider = await mended(places, officer, place, "water")

    def wait(session: Session) -> None:
        session.get_one(Report, report).next_at = NOW + 2 * SILENCE

    await places.scene.store.write(wait)
    confirm = partial(verdicts.fixed, report_id=report, person_id=rider, fix=0, now=NOW)
    await cross_everywhere(engine, confirm, partial(escalation.tick, now=NOW + SILENCE))


async def test_a_fix_at_two_places_is_confirmed_while_a_keeper_speaks_of_the_second(
    places: Stations, engine: AsyncEngine
) -> None:
    officer, first, second = await places.scene.officer(), await places.place(), await places.place()
    report, rider = await mended(places, officer, first, "charging")

    def merge(session: Session) -> None:
        session.add(PlaceFault(report_id=report, place_id=second, facility="charging"))

    await places.scene.store.write(merge)
    keeper = await places.keeper(second)
    confirm = partial(verdicts.fixed, report_id=report, person_id=rider, fix=0, now=NOW)
    await cross_everywhere(engine, confirm, partial(states.all_right, person_id=keeper, place_id=second, now=NOW))


async def test_a_list_without_the_place_while_its_keeper_checks_in(places: Stations, engine: AsyncEngine) -> None:
    place = await places.place()
    keeper = await places.keeper(place)
    one = row()
    table = Table(Counted.LINE, frozenset(one.values), (one,))
    take_list = partial(import_places, table=table, skip_bad=False, replace=True, now=NOW, progress=no_progress)
    check_in = partial(visits.check_in, person_id=keeper, place_id=place, now=NOW)
    await cross_everywhere(engine, check_in, take_list)


async def test_visitors_are_asked_while_something_else_is_said_to_them(places: Stations, engine: AsyncEngine) -> None:
    place = await places.place()
    people = [await places.scene.person() for _ in range(2)]
    for one in people:
        await places.visit(one, place)

    def tell(session: Session) -> None:
        for one in reversed(people):
            notices.points_lapse(session, one, {"points": 1, "from": (NOW + timedelta(days=30)).isoformat()}, now=NOW)

    await cross_everywhere(engine, tell, partial(visits.ask, now=ASKED))
