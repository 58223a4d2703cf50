"""Updates take effect once; those that cannot are set aside under a code."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage import conversations, updates
from storage.conversations import DialogKey
from storage.schema import FailedUpdate, HandledUpdate
from storage.store import Store
from storage.updates import ATTEMPTS, KEPT, KEPT_ASIDE, AlreadyHandled, code_of
from storage.work import Work
from tests.moment import NOW

PAYLOAD = {"update_id": 5, "message": {"text": "hello <b>", "from": {"id": 7}}}


async def fail(store: Store, *, update_id: int = 5, minutes: int = 0) -> tuple[str, bool]:
    return await store.write(
        updates.failed,
        update_id=update_id,
        payload=PAYLOAD,
        traceback=f"Traceback {minutes}",
        now=NOW + timedelta(minutes=minutes),
    )


async def load(store: Store, code: str) -> FailedUpdate | None:
    found = await store.read(updates.load_aside, code=code)
    return found[0] if found else None


async def handled(store: Store) -> int:
    return await store.read(lambda session: session.scalar(select(func.count(HandledUpdate.update_id))) or 0)


async def test_an_update_is_set_aside_when_it_fails_the_third_time(store: Store) -> None:
    results = [await fail(store, minutes=minute) for minute in range(ATTEMPTS + 1)]
    code = results[0][0]
    assert results == [(code, False), (code, False), (code, True), (code, True)]
    row = await load(store, f" {code.lower()} ")
    assert row is not None
    assert (row.payload, row.traceback, row.attempts) == (PAYLOAD, "Traceback 3", 4)
    assert (row.first_at, row.set_aside_at) == (NOW, NOW + timedelta(minutes=2))
    assert await load(store, "E-NONE") is None


async def test_failures_of_two_updates_are_counted_apart(store: Store) -> None:
    one, two = await fail(store, update_id=5), await fail(store, update_id=6)
    assert one[0] != two[0]
    assert (one[1], two[1]) == (False, False)


async def test_only_what_is_set_aside_and_was_not_handled_since_is_listed(store: Store) -> None:
    for update_id, times in ((7, ATTEMPTS), (5, ATTEMPTS), (6, ATTEMPTS - 1), (8, ATTEMPTS)):
        for minute in range(times):
            await fail(store, update_id=update_id, minutes=minute + 10 - update_id)
    await store.write(updates.replayed, update_id=7, now=NOW)
    assert [one.update_id for one in await store.read(updates.load_aside)] == [8, 5]
    assert await load(store, code_of(7)) is None
    row = await store.read(lambda session: session.get_one(FailedUpdate, 7))
    assert row.replayed_at == NOW


async def test_what_telegram_has_forgotten_is_forgotten(store: Store) -> None:
    for update_id, at in ((1, NOW - KEPT - timedelta(seconds=1)), (2, NOW - KEPT), (3, NOW)):
        await store.write(updates.mark, update_id=update_id, now=at)
    assert await store.write(updates.prune, now=NOW) == 1
    with pytest.raises(AlreadyHandled):
        await store.write(updates.mark, update_id=2, now=NOW)
    await store.write(updates.mark, update_id=1, now=NOW)


async def test_what_was_set_aside_waits_for_a_quarter_and_no_longer_than_it_must(store: Store) -> None:
    second = timedelta(seconds=1)

    async def put(update_id: int, **moments: datetime) -> None:
        row = FailedUpdate(update_id=update_id, code=code_of(update_id), payload=PAYLOAD, traceback="", attempts=3)
        row.first_at = row.last_at = NOW - timedelta(days=365)
        for name, at in moments.items():
            setattr(row, name, at)
        await store.write(lambda session: session.add(row))

    await put(1, set_aside_at=NOW - KEPT_ASIDE - second)
    await put(2, set_aside_at=NOW - KEPT_ASIDE)
    await put(3, set_aside_at=NOW - timedelta(days=5), replayed_at=NOW - KEPT - second)
    await put(4, set_aside_at=NOW - timedelta(days=5), replayed_at=NOW - KEPT)
    await put(5, last_at=NOW - KEPT - second)
    await put(6, last_at=NOW - KEPT)
    assert await store.write(updates.prune, now=NOW) == 3
    left = await store.read(lambda session: session.scalars(select(FailedUpdate.update_id)).all())
    assert sorted(left) == [2, 4, 6]


@given(st.integers(0, 2**40), st.integers(0, 2**40))
def test_codes_are_sayable_and_each_updates_own(one: int, two: int) -> None:
    assert (code_of(one) == code_of(two)) is (one == two)
    assert set(code_of(one)[2:]) <= set("23456789ABCDEFGHJKMNPQRSTUVWXYZ")
    assert len(code_of(one)) <= 12  # the column's width


# -- one unit of work an update --


def work(store: Store, update_id: int = 9) -> Work:
    return Work(store, update_id=update_id, chat_id=7, now=NOW)


async def test_the_mark_the_effect_and_the_dialog_are_one_transaction(store: Store) -> None:
    def effect(session: Session, *, now: object) -> None:
        session.add(HandledUpdate(update_id=1000, at=NOW))

    def refuse(session: Session, *, now: object) -> None:
        effect(session, now=now)
        raise LookupError

    key = DialogKey(7, 7)
    failing = work(store)
    failing.dialogs[key] = ("Waiting:words", {"report_id": 1})
    with pytest.raises(LookupError):
        await failing(refuse)
    assert (await handled(store), await store.read(conversations.get, key=key)) == (0, (None, {}))
    passing = work(store)
    passing.dialogs[key] = ("Waiting:words", {"report_id": 1})
    await passing(effect)
    assert await handled(store) == 2
    assert await store.read(conversations.get, key=key) == ("Waiting:words", {"report_id": 1})


async def test_an_update_that_comes_again_changes_nothing(store: Store) -> None:
    def effect(session: Session, *, now: object) -> None:
        session.add(HandledUpdate(update_id=1000 + len(session.scalars(select(HandledUpdate)).all()), at=NOW))

    await work(store)(effect)
    with pytest.raises(AlreadyHandled):
        await work(store)(effect)
    assert await handled(store) == 2


async def test_a_second_unit_in_one_update_is_a_mistake(store: Store) -> None:
    def nothing(session: Session, *, now: object) -> None: ...

    one = work(store)
    await one(nothing)
    with pytest.raises(RuntimeError):
        await one(nothing)
    await one.finish()  # nothing is left to commit


async def test_dialogs_alone_are_committed_at_the_end(store: Store) -> None:
    one = work(store)
    await one.finish()
    assert await handled(store) == 0
    one.dialogs[DialogKey(7, 7)] = ("Waiting:team", {})
    await one.finish()
    assert await handled(store) == 1


async def test_a_dialog_that_changes_after_the_effect_is_committed_at_the_end(store: Store) -> None:
    def nothing(session: Session, *, now: object) -> None: ...

    one, key = work(store), DialogKey(7, 7)
    await one(nothing)
    one.dialogs[key] = ("Waiting:fault_photo", {})
    await one.finish()
    assert (await handled(store), await store.read(conversations.get, key=key)) == (1, ("Waiting:fault_photo", {}))
