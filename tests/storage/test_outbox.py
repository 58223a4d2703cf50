"""The outbox as a queue: who takes what, in which order, and what becomes of it."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import outbox
from storage.kinds import Language, Message, OutboxState, Urgency
from storage.outbox import LEASE, Claimed, Full, Settlement
from storage.schema import OutboxMessage, Person
from storage.store import Store
from tests.moment import NOW

SECOND = timedelta(seconds=1)
AVAILABLE, CLAIMED, DELIVERED = OutboxState.AVAILABLE, OutboxState.CLAIMED, OutboxState.DELIVERED


def _write(session: Session, *, messages: list[dict[str, Any]]) -> list[int]:
    rows = []
    for number, facts in enumerate(messages):
        name = facts.pop("to", "one")
        person = session.scalar(select(Person).where(Person.name == name))
        if person is None:
            joined = {"language": Language.EN, "joined_at": NOW}
            person = Person(name=name, telegram_id=None if name == "nobody" else 100 + number, **joined)
            session.add(person)
            session.flush()
        defaults = {
            "message": Message.WORDS,
            "urgency": Urgency.NORMAL,
            "state": AVAILABLE,
            "due_at": NOW,
            "made_at": NOW,
        }
        rows.append(OutboxMessage(person_id=person.id, **{**defaults, **facts}))
        session.add(rows[-1])
        session.flush()
    return [row.id for row in rows]


async def write(store: Store, *messages: dict[str, Any]) -> list[int]:
    """Messages to somebody called «one», due now and of normal urgency, unless said otherwise."""
    return await store.write(_write, messages=list(messages))


async def claim(store: Store, *, now: datetime = NOW, most: int = 50, **how: Any) -> list[Claimed]:
    return await store.write(outbox.claim, now=now, most=most, **how)


async def settle(store: Store, *settlements: Settlement, now: datetime = NOW) -> None:
    await store.write(outbox.settle, settlements=settlements, now=now)


async def row(store: Store, message_id: int) -> OutboxMessage:
    return await store.read(lambda session: session.get_one(OutboxMessage, message_id))


async def ids(store: Store, **how: Any) -> list[int]:
    return [one.id for one in await claim(store, **how)]


# -- claims --


async def test_urgent_ones_go_first_then_what_was_due_first(store: Store) -> None:
    low, late, early, urgent = await write(
        store,
        {"urgency": Urgency.LOW, "due_at": NOW - 9 * SECOND},
        {"due_at": NOW},
        {"due_at": NOW - SECOND},
        {"urgency": Urgency.URGENT, "due_at": NOW},
    )
    assert await ids(store, most=2) == [urgent, early]
    assert await ids(store) == [late, low]


async def test_what_is_not_due_waits(store: Store) -> None:
    (one,) = await write(store, {"due_at": NOW + SECOND})
    assert await ids(store) == []
    assert await store.read(outbox.next_due) == NOW + SECOND
    assert await ids(store, now=NOW + SECOND) == [one]
    assert await store.read(outbox.next_due) is None


async def test_a_claimed_one_is_nobody_elses_until_its_lease_lapses(store: Store) -> None:
    (one,) = await write(store, {})
    assert await ids(store) == [one]
    assert await ids(store, now=NOW + LEASE - SECOND) == []
    assert await ids(store, now=NOW + LEASE) == [one]  # whoever had it is dead
    assert (await row(store, one)).lease_until == NOW + 2 * LEASE


async def test_a_renewed_lease_lasts_longer(store: Store) -> None:
    (one,) = await write(store, {})
    await claim(store)
    await store.write(outbox.renew, ids=[one], now=NOW + 30 * SECOND)
    assert await ids(store, now=NOW + LEASE) == []
    assert await ids(store, now=NOW + 30 * SECOND + LEASE) == [one]


async def test_a_message_that_ended_has_no_lease_to_renew(store: Store) -> None:
    (one,) = await write(store, {})
    await claim(store)
    await settle(store, Settlement(one, DELIVERED, sent=(1,)))
    await store.write(outbox.renew, ids=[one], now=NOW)
    found = await row(store, one)
    assert (found.state, found.lease_until) == (DELIVERED, None)


async def test_persons_whose_queue_is_full_are_skipped(store: Store) -> None:
    one, two, edit = await write(store, {"to": "one"}, {"to": "two"}, {"to": "one", "message": Message.CARD})
    person = frozenset({(await row(store, one)).person_id})
    assert await ids(store, full=Full(messages=person, edits=person)) == [two]
    assert await ids(store, full=Full(messages=person)) == [edit]
    assert await ids(store, full=Full(edits=person)) == [one]


async def test_many_relays_never_take_the_same_message(store: Store) -> None:
    written = await write(store, *({"to": f"p{n}"} for n in range(60)))
    taken = await asyncio.gather(*(ids(store, most=10) for _ in range(12)))
    everything = [one for some in taken for one in some]
    assert sorted(everything) == sorted(set(everything))
    everything += await ids(store, most=100)
    assert sorted(everything) == written


async def test_a_claim_says_what_it_is_and_what_went_out_before(store: Store) -> None:
    await write(store, {"facts": {"words": "你好"}, "attempts": 2, "sent": [5, 6], "urgency": Urgency.URGENT})
    await write(store, {"to": "nobody"})
    first, second = await claim(store)
    assert (first.message, first.facts, first.attempts, first.sent) == (Message.WORDS, {"words": "你好"}, 2, (5, 6))
    assert (first.urgency, first.made_at, first.report_id, first.telegram_id) == (Urgency.URGENT, NOW, None, 100)
    assert (second.facts, second.sent, second.telegram_id) == ({}, (), None)


# -- settlements --


@pytest.mark.parametrize("state", [DELIVERED, OutboxState.DISCARDED, OutboxState.CANCELLED])
async def test_an_end_is_an_end(store: Store, state: OutboxState) -> None:
    (one,) = await write(store, {})
    await claim(store)
    await settle(store, Settlement(one, state, sent=(7, 8), problem="x" * 500), now=NOW + SECOND)
    found = await row(store, one)
    assert (found.state, found.sent, found.settled_at, found.lease_until) == (state, [7, 8], NOW + SECOND, None)
    assert found.problem == "x" * 300
    assert await ids(store, now=NOW + 10 * LEASE) == []


async def test_a_snooze_counts_as_no_attempt_and_a_failure_does(store: Store) -> None:
    (one,) = await write(store, {})
    await claim(store)
    await settle(store, Settlement(one, AVAILABLE, due_at=NOW + 30 * SECOND, problem="429"))
    found = await row(store, one)
    assert (found.state, found.attempts, found.due_at, found.problem) == (AVAILABLE, 0, NOW + 30 * SECOND, "429")
    assert await ids(store, now=NOW + 29 * SECOND) == []
    assert await ids(store, now=NOW + 30 * SECOND) == [one]
    await settle(store, Settlement(one, AVAILABLE, due_at=NOW + 60 * SECOND, counts=True, sent=(4,)))
    found = await row(store, one)
    assert (found.attempts, found.sent, found.settled_at) == (1, [4], None)


async def test_without_a_time_it_is_due_at_once(store: Store) -> None:
    (one,) = await write(store, {})
    await claim(store)
    await settle(store, Settlement(one, AVAILABLE), now=NOW + SECOND)
    assert (await row(store, one)).due_at == NOW + SECOND


async def test_what_went_out_before_is_not_forgotten_by_a_later_failure(store: Store) -> None:
    (one,) = await write(store, {})
    await claim(store)
    await settle(store, Settlement(one, AVAILABLE, sent=(4, 5), counts=True, problem="500"))
    await claim(store)
    await settle(store, Settlement(one, AVAILABLE, counts=True))
    found = await row(store, one)
    assert (found.sent, found.attempts, found.problem) == ([4, 5], 2, "500")


@pytest.mark.parametrize("state", [OutboxState.CANCELLED, DELIVERED, AVAILABLE])
async def test_what_is_no_longer_claimed_keeps_its_state(store: Store, state: OutboxState) -> None:
    (one,) = await write(store, {"state": state})
    await settle(store, Settlement(one, OutboxState.DISCARDED, sent=(3,), counts=True))
    found = await row(store, one)
    assert (found.state, found.sent, found.settled_at) == (state, [3], None)


async def test_a_message_that_is_not_there_is_settled_without_harm(store: Store) -> None:
    await settle(store, Settlement(99, DELIVERED))


async def test_messages_are_settled_one_by_one(store: Store) -> None:
    one, two = await write(store, {}, {})
    await claim(store)
    await settle(store, Settlement(one, DELIVERED, sent=(1,)), Settlement(two, AVAILABLE, counts=True))
    assert ((await row(store, one)).state, (await row(store, two)).state) == (DELIVERED, AVAILABLE)
    assert (await row(store, one)).state is not CLAIMED
