"""Two processes on one store that get updates of the same chat at once, as behind a webhook: they take turns."""

import asyncio

from services import intake
from services.parts import Part, Words
from storage.schema import Attachment, Draft
from storage.store import Store, open_store
from storage.work import Work
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene

RIDERS = 24


async def test_what_one_person_sends_is_one_draft(store: Store, database_url: str) -> None:
    scene, other = Scene(store, await store.write(county.build)), await open_store(database_url)
    riders = [await scene.person() for _ in range(RIDERS)]

    async def take(process: Store, update_id: int, rider: int, part: Part) -> None:
        work = Work(process, update_id=update_id, chat_id=rider, now=NOW)
        await work(intake.take, person_id=rider, part=part, county=scene.county)

    both = [
        (take(store, 2 * rider, rider, scene.photo()), take(other, 2 * rider + 1, rider, Words("a leak")))
        for rider in riders
    ]
    await asyncio.gather(*(one for pair in both for one in pair))
    drafts, photos = await scene.rows(Draft), await scene.rows(Attachment)
    assert sorted((draft.person_id, draft.words) for draft in drafts) == [(rider, "a leak") for rider in riders]
    assert len(photos) == RIDERS
    await other.close()
