"""The relay, on a real store of each kind; what is sent is noted by the test, which decides how it ends."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from alerts.lanes import PER_PERSON
from alerts.pace import Pace
from alerts.relay import AT_A_TIME, IN_HAND, Relay
from storage import outbox
from storage.kinds import OutboxState, Urgency
from storage.outbox import LEASE, Claimed, Settlement
from storage.store import Store, StoreUnavailable, open_store
from tests.alerts.conftest import Nursery, Say, add_people, add_report, look, put, states, until, until_states
from tests.alerts.travel import Travel
from tests.moment import NOW

HOUR = timedelta(hours=1)


@dataclass
class Post:
    """Delivers as the test says: at once, held until released, or ended in some way of its own."""

    travel: Travel
    begun: list[str] = field(default_factory=list)
    times: dict[str, list[datetime]] = field(default_factory=dict)
    holding: set[str] = field(default_factory=set)
    ends: dict[str, list[Callable[[Claimed], Settlement]]] = field(default_factory=dict)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    async def deliver(self, claimed: Claimed) -> Settlement:
        text = claimed.facts["text"]
        self.begun.append(text)
        self.times.setdefault(text, []).append(self.travel.now())
        if text in self.holding:
            await self.released.wait()
        if self.ends.get(text):
            return self.ends[text].pop(0)(claimed)
        return Settlement(claimed.id, OutboxState.DELIVERED, sent=(1000 + claimed.id,))

    def fails_once(self, text: str, *, wait: float) -> None:
        def end(claimed: Claimed) -> Settlement:
            due = self.travel.now() + timedelta(seconds=wait)
            return Settlement(claimed.id, OutboxState.AVAILABLE, due_at=due, counts=True, problem="no luck")

        self.ends.setdefault(text, []).append(end)


@dataclass
class Shaky:
    """A store that is unavailable when the test says so."""

    store: Store
    is_down: bool = False
    refused: int = 0

    async def write(self, fn: Callable[..., Any], /, **arguments: Any) -> Any:
        if self.is_down:
            self.refused += 1
            raise StoreUnavailable("locked")
        return await self.store.write(fn, **arguments)

    async def read(self, fn: Callable[..., Any], /, **arguments: Any) -> Any:
        return await self.store.read(fn, **arguments)

    def on_outbox(self, ring: Callable[[Any], None]) -> None:
        self.store.on_outbox(ring)

    async def listen(self) -> None:
        await self.store.listen()

    async def close(self) -> None:
        await self.store.close()


@dataclass
class Office:
    """A relay and all that belongs to it."""

    relay: Relay
    store: Store
    shaky: Shaky
    post: Post
    travel: Travel
    pace: Pace

    async def say(self, *says: Say) -> list[int]:
        return await self.store.write(put, says=list(says))

    async def in_time(self, *expected: str) -> None:
        """Let time pass until the outbox's rows are in these states."""
        async with asyncio.timeout(20):
            while await states(self.store) != list(expected):
                await self.travel.pass_by(0.5)


@pytest.fixture
def travel() -> Travel:
    return Travel()


@pytest.fixture
async def office(store: Store, travel: Travel, nursery: Nursery) -> AsyncIterator[Office]:
    made = open_office(store, travel, nursery)
    nursery.start(made.relay.run(), name="relay")
    await until(lambda: made.relay._listener is not None)
    yield made
    made.shaky.is_down = False
    made.post.released.set()
    await made.relay.stop()


def open_office(store: Store, travel: Travel, nursery: Nursery, *, settle: Any = outbox.settle) -> Office:
    post, pace, shaky = Post(travel), Pace(travel), Shaky(store)
    relay = Relay(store=shaky, deliver=post.deliver, settle=settle, pace=pace, timing=travel, nursery=nursery)
    return Office(relay, store, shaky, post, travel, pace)


async def test_what_is_written_is_delivered_without_time_passing(office: Office) -> None:
    people = await office.store.write(add_people, many=3)
    await office.say(*(Say(person, f"to {person}") for person in people))
    await until_states(office.store, *["delivered"] * 3)
    rows = await office.store.read(look)
    assert [row.sent for row in rows] == [[1000 + row.id] for row in rows]
    assert all(row.lease_until is None and row.settled_at is not None for row in rows)


async def test_what_is_due_later_goes_when_it_is_due(office: Office) -> None:
    (person,) = await office.store.write(add_people, many=1)
    await office.say(Say(person, "later", due_at=office.travel.now() + HOUR), Say(person, "now"))
    await until_states(office.store, "available", "delivered")
    await office.travel.pass_by(3590)
    await office.in_time("delivered", "delivered")
    assert office.post.times["later"][0] >= NOW + HOUR


async def test_a_chat_that_hangs_delays_no_other(office: Office) -> None:
    slow, quick = await office.store.write(add_people, many=2)
    office.post.holding = {"slow"}
    await office.say(Say(slow, "slow"), Say(slow, "behind it"), *(Say(quick, f"quick {n}") for n in range(20)))
    await until_states(office.store, "claimed", "claimed", *["delivered"] * 20)
    assert office.post.begun.count("behind it") == 0
    office.post.released.set()
    await until_states(office.store, *["delivered"] * 22)
    assert [text for text in office.post.begun if "quick" not in text] == ["slow", "behind it"]


async def test_the_order_holds_when_an_earlier_one_is_tried_again(office: Office) -> None:
    (person,) = await office.store.write(add_people, many=1)
    report = await office.store.write(add_report, reporter=person)
    office.post.fails_once("one", wait=60)
    await office.say(Say(person, "one", report), Say(person, "two", report), Say(person, "of no report"))
    await until_states(office.store, "available", "available", "delivered")
    await office.say(Say(person, "three", report))
    await office.in_time(*["delivered"] * 4)
    assert office.post.times["one"][1] >= NOW + timedelta(seconds=60)
    assert [text for text in office.post.begun if text != "of no report"] == ["one", "one", "two", "three"]


async def test_an_urgent_one_does_not_wait_for_one_that_fails(office: Office) -> None:
    (person,) = await office.store.write(add_people, many=1)
    report = await office.store.write(add_report, reporter=person)
    office.post.fails_once("pictures", wait=600)
    await office.say(Say(person, "pictures", report, Urgency.LOW))
    await until_states(office.store, "available")
    await office.say(Say(person, "fire", report, Urgency.URGENT))
    await until_states(office.store, "available", "delivered")


async def test_an_urgent_one_goes_before_what_waits_in_the_same_chat(office: Office) -> None:
    (person,) = await office.store.write(add_people, many=1)
    office.post.holding = {"first"}
    await office.say(Say(person, "first"), Say(person, "second"))
    await until(lambda: office.post.begun == ["first"])
    await office.say(Say(person, "fire", urgency=Urgency.URGENT))
    await until_states(office.store, "claimed", "claimed", "claimed")
    office.post.released.set()
    await until_states(office.store, *["delivered"] * 3)
    assert office.post.begun == ["first", "fire", "second"]


async def test_a_burst_is_not_taken_at_once_and_one_backlog_keeps_nobody_out(office: Office) -> None:
    busy, *people = await office.store.write(add_people, many=2)
    held = {f"busy {number}" for number in range(5000)}
    office.post.holding = held
    await office.say(*(Say(busy, text) for text in sorted(held)))
    await office.say(*(Say(person, "another") for person in people))
    await until(lambda: "another" in office.post.begun)
    assert (await states(office.store)).count("claimed") <= PER_PERSON + AT_A_TIME


async def test_an_urgent_one_is_taken_although_its_person_has_enough_in_hand(office: Office) -> None:
    (person,) = await office.store.write(add_people, many=1)
    office.post.holding = {"first"}
    await office.say(Say(person, "first"), *(Say(person, f"more {number}") for number in range(100)))
    await until(lambda: office.post.begun == ["first"])
    await office.say(Say(person, "fire", urgency=Urgency.URGENT))
    await until_claimed(office.store, "fire")
    office.post.released.set()
    await office.in_time(*["delivered"] * 102)
    assert office.post.begun[:2] == ["first", "fire"]


async def until_claimed(store: Store, text: str) -> None:
    """Wait until the message with this text is in hand."""
    async with asyncio.timeout(20):
        while not any(  # noqa: ASYNC110 - a store has no event
            row.state is OutboxState.CLAIMED and (row.facts or {})["text"] == text for row in await store.read(look)
        ):
            await asyncio.sleep(0.005)


async def test_only_so_many_are_in_hand(office: Office) -> None:
    people = await office.store.write(add_people, many=IN_HAND + 60)
    office.post.holding = {"held"}
    await office.say(*(Say(person, "held") for person in people))
    await until(lambda: len(office.post.begun) == IN_HAND)
    await office.travel.pass_by(5)
    assert (await states(office.store)).count("claimed") == IN_HAND
    office.post.released.set()
    await until_states(office.store, *["delivered"] * (IN_HAND + 60))


async def test_each_place_in_hand_goes_to_the_most_urgent(office: Office) -> None:
    people = await office.store.write(add_people, many=IN_HAND + 2)
    office.post.holding = {"held"}
    await office.say(*(Say(person, "held") for person in people[:-2]))
    await until(lambda: len(office.post.begun) == IN_HAND)
    office.post.holding.add("more")
    await office.say(Say(people[-2], "more"))
    await office.say(Say(people[-1], "fire", urgency=Urgency.URGENT))
    office.post.released.set()
    await until(lambda: "more" in office.post.begun)
    assert office.post.begun.index("fire") < office.post.begun.index("more")


async def test_nothing_is_sent_twice_when_the_store_fails_after_the_sending(office: Office) -> None:
    (person,) = await office.store.write(add_people, many=1)
    office.post.holding = {"once"}
    await office.say(Say(person, "once"))
    await until(lambda: office.post.begun == ["once"])
    office.shaky.is_down = True
    office.post.released.set()
    await until(lambda: office.shaky.refused > 0)
    await office.travel.pass_by(2 * LEASE.total_seconds())
    assert await states(office.store) == ["claimed"]
    office.shaky.is_down = False
    await office.in_time("delivered")
    assert office.post.begun == ["once"]


async def test_a_store_that_comes_back_goes_on(office: Office) -> None:
    (person,) = await office.store.write(add_people, many=1)
    office.shaky.is_down = True
    await office.say(Say(person, "kept"))
    await until(lambda: office.shaky.refused > 0)
    office.shaky.is_down = False
    await office.in_time("delivered")


async def test_leases_of_what_is_in_hand_are_renewed(office: Office, nursery: Nursery) -> None:
    (person,) = await office.store.write(add_people, many=1)
    office.post.holding = {"long"}
    await office.say(Say(person, "long"), Say(person, "behind"))
    await until(lambda: office.post.begun == ["long"])
    for _ in range(10):
        await office.travel.pass_by(LEASE.total_seconds() / 3 + 1)
        now = office.travel.now()
        async with asyncio.timeout(10):
            while not all(row.lease_until and row.lease_until > now for row in await office.store.read(look)):
                await office.travel.pass_by(0.1)
    assert await office.store.write(outbox.claim, now=office.travel.now()) == []


async def test_stopping_finishes_what_is_being_sent_and_gives_the_rest_back(office: Office, nursery: Nursery) -> None:
    (person,) = await office.store.write(add_people, many=1)
    office.post.holding = {"being sent"}
    await office.say(Say(person, "being sent"), Say(person, "not begun"))
    await until(lambda: office.post.begun == ["being sent"])
    await until_states(office.store, "claimed", "claimed")
    stopping = nursery.start(office.relay.stop(), name="stopping")
    await until_states(office.store, "claimed", "available")
    assert not stopping.done()
    office.post.released.set()
    await stopping
    assert await states(office.store) == ["delivered", "available"]
    assert (await office.store.read(look))[1].attempts == 0


async def test_during_a_flood_nothing_more_is_taken(office: Office) -> None:
    (person,) = await office.store.write(add_people, many=1)
    office.pace.flooded(300)
    await office.say(Say(person, "after the flood"))
    await office.travel.pass_by(290)
    await office.in_time("delivered")
    assert office.post.times["after the flood"] >= [NOW + timedelta(seconds=300)]


async def test_one_settlement_that_fails_keeps_no_other_from_being_written(
    store: Store, travel: Travel, nursery: Nursery
) -> None:
    people = await store.write(add_people, many=3)

    def settle(session: Session, *, settlements: list[Settlement], now: Any) -> None:
        for one in settlements:
            if one.sent == (1002,):
                raise LookupError("what follows from this one cannot be written")
        outbox.settle(session, settlements=settlements, now=now)

    office = open_office(store, travel, nursery, settle=settle)
    await office.say(*(Say(person, f"to {person}") for person in people))
    nursery.start(office.relay.run(), name="relay")
    await until_states(store, *["delivered"] * 3)
    await office.relay.stop()
    assert len(office.post.begun) == 3


async def test_two_relays_never_take_the_same_message(
    database_url: str, store: Store, travel: Travel, nursery: Nursery
) -> None:
    other_store = await open_store(database_url)
    offices = [open_office(store, travel, nursery), open_office(other_store, travel, nursery)]
    people = await store.write(add_people, many=40)
    reports = [await store.write(add_report, reporter=people[0]) for _ in range(2)]
    says = [Say(person, f"{person}:{report}:{n}", report) for n in range(3) for report in reports for person in people]
    await offices[0].say(*says)
    for office in offices:
        nursery.start(office.relay.run(), name="relay")
    async with asyncio.timeout(60):
        while set(await states(store)) != {"delivered"}:
            await travel.pass_by(0.5)
    begun = offices[0].post.begun + offices[1].post.begun
    assert sorted(begun) == sorted(say.text for say in says)
    for office in offices:
        await office.relay.stop()
    await other_store.close()


async def test_what_another_process_writes_is_found(database_url: str, office: Office, nursery: Nursery) -> None:
    """By `NOTIFY` on PostgreSQL (no time passes here), by polling on SQLite."""
    elsewhere = await open_store(database_url)
    (person,) = await elsewhere.write(add_people, many=1)
    if "postgres" in database_url:
        await until_listening(elsewhere)
    await elsewhere.write(put, says=[Say(person, "from afar")])
    if "sqlite" in database_url:
        await office.in_time("delivered")
    await until_states(office.store, "delivered")
    await elsewhere.close()


async def until_listening(store: Store) -> None:
    """Wait until a connection of the server listens."""

    def listeners(session: Session) -> int:
        from sqlalchemy import text

        return session.scalar(text("SELECT count(*) FROM pg_stat_activity WHERE query ILIKE 'LISTEN%'")) or 0

    async with asyncio.timeout(10):
        while not await store.read(listeners):  # noqa: ASYNC110 - a server has no event
            await asyncio.sleep(0.01)
