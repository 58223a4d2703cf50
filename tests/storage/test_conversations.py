"""What a dialog waits for survives a restart."""

from sqlalchemy import func, select

from storage import conversations
from storage.conversations import DialogKey
from storage.schema import Conversation
from storage.store import Store, open_store

KEY = DialogKey(7, 7)


async def put(store: Store, state: str | None, key: DialogKey = KEY, **data: object) -> None:
    await store.write(conversations.put, key=key, state=state, data=data)


async def test_a_dialog_is_there_for_a_second_store(store: Store, database_url: str) -> None:
    await put(store, "Waiting:words", report_id=3, words="<b>你好</b>")
    second = await open_store(database_url)
    found = await second.read(conversations.get, key=KEY)
    await second.close()
    assert found == ("Waiting:words", {"report_id": 3, "words": "<b>你好</b>"})


async def test_the_next_step_replaces_the_one_before(store: Store) -> None:
    await put(store, "Waiting:words", report_id=3)
    await put(store, "Waiting:place")
    assert await store.read(conversations.get, key=KEY) == ("Waiting:place", {})


async def test_a_dialog_that_is_over_leaves_nothing(store: Store) -> None:
    await put(store, "Waiting:words", report_id=3)
    await put(store, None)
    assert await store.read(conversations.get, key=KEY) == (None, {})
    assert await store.read(lambda session: session.scalar(select(func.count()).select_from(Conversation))) == 0


async def test_data_without_a_state_is_kept(store: Store) -> None:
    await put(store, None, seen=True)
    assert await store.read(conversations.get, key=KEY) == (None, {"seen": True})


async def test_dialogs_of_two_people_and_two_kinds_do_not_mix(store: Store) -> None:
    others = (DialogKey(8, 8), DialogKey(7, 7, "tour"))
    await put(store, "Waiting:words")
    for key in others:
        await put(store, "Waiting:place", key)
    await put(store, None)
    assert [await store.read(conversations.get, key=key) for key in (KEY, *others)] == [
        (None, {}),
        ("Waiting:place", {}),
        ("Waiting:place", {}),
    ]


async def test_a_dialog_that_never_was_waits_for_nothing(store: Store) -> None:
    assert await store.read(conversations.get, key=DialogKey(1, 2)) == (None, {})
    await put(store, None)
