"""The county's own office hours and nearness reach what is promised and what is asked."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from services import nearby, worktime
from services.nearby import Nearness
from services.worktime import WorkTime
from storage.kinds import Asking
from storage.store import open_store
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene

NOON_TO_ONE = WorkTime(ZoneInfo("Asia/Shanghai"), ((time(12), time(13)),))


async def test_a_promise_counts_the_hours_and_a_question_the_metres_that_the_store_was_opened_with(
    database_url: str,
) -> None:
    store = await open_store(database_url, info={worktime.KEY: NOON_TO_ONE, nearby.KEY: Nearness(metres=200, hours=1)})
    try:
        scene = Scene(store, await store.write(county.build))
        rider, other = await scene.person(), await scene.person()
        report = await scene.file(rider, words="water leak")
        assert (await scene.report(report)).accept_by == NOW + timedelta(minutes=30)  # else half past two
        beside = (county.IN_A1[0] + 0.0015, county.IN_A1[1])
        asked = await scene.take(other, scene.photo(caption="water leak"), beside, now=NOW + timedelta(minutes=59))
        assert asked.draft is not None
        assert asked.draft.asking is Asking.DUPLICATE
        later = await scene.person()
        alone = await scene.take(later, scene.photo(caption="water leak"), beside, now=NOW + timedelta(minutes=61))
        assert alone.filed is not None
    finally:
        await store.close()
