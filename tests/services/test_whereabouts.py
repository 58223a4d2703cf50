"""Where somebody was last: noted when he reports, and forgotten after a day."""

from datetime import timedelta

from services import whereabouts
from storage.facilities import warn_limits
from storage.schema import LastPlace, Report
from tests import county
from tests.moment import NOW
from tests.services.image_read import Seen, read
from tests.services.places import was_at
from tests.services.scene import Scene


async def test_who_reports_is_there(scene: Scene) -> None:
    who, later = await scene.person(), NOW + timedelta(hours=1)
    await scene.store.write(was_at, person_id=who, at=county.IN_B1)
    await scene.file(who, at=county.IN_A1, now=later)
    assert await scene.store.read(whereabouts.last, person_id=who) == (county.IN_A1, later)


async def test_where_a_picture_was_taken_is_not_where_its_sender_is(scene: Scene) -> None:
    who = await scene.person()
    await scene.take(who, scene.image(caption="leak"))
    await read(scene, Seen(county.IN_A1, NOW - timedelta(hours=1)))
    assert len(await scene.rows(Report)) == 1
    assert await scene.store.read(whereabouts.last, person_id=who) is None


async def test_where_people_were_is_forgotten_after_a_day(scene: Scene) -> None:
    old, new = await scene.person(), await scene.person()
    for who, ago in ((old, timedelta()), (new, timedelta(seconds=1))):
        await scene.store.write(was_at, person_id=who, at=county.IN_A1, when=NOW - warn_limits().seen + ago)
    assert await scene.do(whereabouts.forget) == 1
    assert [row.person_id for row in await scene.rows(LastPlace)] == [new]
