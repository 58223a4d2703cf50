"""The relay and its store: outages, leases, stopping, other processes."""

import asyncio
from typing import Any

from sqlalchemy.orm import Session

from alerts.lanes import Lanes
from storage import outbox
from storage.kinds import Message, Urgency
from storage.outbox import LEASE, Claimed, Settlement
from storage.store import Store, open_store
from tests.alerts.nursery import Nursery
from tests.alerts.office import Office, Post, open_office
from tests.alerts.rows import Say, add_people, add_report, look, put, states, until_states
from tests.alerts.travel import Travel
from tests.belled import PATIENCE
from tests.moment import NOW
from tests.process import until_it


async def test_nothing_is_sent_twice_when_the_store_fails_after_the_sending(office: Office) -> None:
    (person,) = await office.store.write(add_people, many=1)
    office.post.holding = {"once"}
    await office.say(Say(person, "once"))
    await office.until(lambda: office.post.begun == ["once"])
    office.shaky.is_down = True
    office.post.released.set()
    await office.until(lambda: office.shaky.refused > 0)
    await office.travel.pass_by(2 * LEASE.total_seconds())
    assert await states(office.store) == ["claimed"]
    office.shaky.is_down = False
    await office.in_time("delivered")
    assert office.post.begun == ["once"]


async def test_a_store_that_comes_back_goes_on(office: Office) -> None:
    (person,) = await office.store.write(add_people, many=1)
    office.shaky.is_down = True
    await office.say(Say(person, "kept"))
    await office.until(lambda: office.shaky.refused > 0)
    office.shaky.is_down = False
    await office.in_time("delivered")


async def test_leases_of_what_is_in_hand_are_renewed(office: Office, nursery: Nursery) -> None:
    (person,) = await office.store.write(add_people, many=1)
    office.post.holding = {"long"}
    await office.say(Say(person, "long"), Say(person, "behind"))
    await until_states(office.store, "claimed", "claimed")
    office.pace.flooded(1_000_000)  # nothing is claimed any more, which would renew a lease as well
    for _ in range(10):
        await office.travel.pass_by(LEASE.total_seconds() / 3 + 1)
        async with asyncio.timeout(PATIENCE):
            while not await leases_last(office):
                await office.travel.pass_by(0.1)
    assert await office.store.write(outbox.claim, now=office.travel.now()) == []


async def leases_last(office: Office) -> bool:
    """Whether all are held for a while yet, whatever the clock says by now."""
    rows = await office.store.read(look)
    return all(row.lease_until and row.lease_until > office.travel.now() for row in rows)


async def test_stopping_finishes_what_is_being_sent_and_gives_the_rest_back(office: Office, nursery: Nursery) -> None:
    (person,) = await office.store.write(add_people, many=1)
    office.post.holding = {"being sent"}
    await office.say(Say(person, "being sent"), Say(person, "not begun"))
    await office.until(lambda: office.post.begun == ["being sent"])
    await until_states(office.store, "claimed", "claimed")
    stopping = nursery.start(office.relay.stop(), name="stopping")
    await until_states(office.store, "claimed", "available")
    assert not stopping.done()
    office.post.released.set()
    await stopping
    assert await states(office.store) == ["delivered", "available"]
    assert (await office.store.read(look))[1].attempts == 0


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
    await until_states(office.store, *["delivered"] * 3)
    await office.relay.stop()
    assert len(office.post.begun) == 3


async def test_a_store_that_goes_away_while_settlements_are_tried_one_by_one_loses_none(
    store: Store, travel: Travel, nursery: Nursery
) -> None:
    (person,) = await store.write(add_people, many=1)

    def settle(session: Session, *, settlements: list[Settlement], now: Any) -> None:
        tried.append(settlements)
        office.shaky.is_down = len(tried) == 2
        if len(tried) <= 2:
            raise LookupError("what follows from this one cannot be written")
        outbox.settle(session, settlements=settlements, now=now)

    tried: list[list[Settlement]] = []
    office = open_office(store, travel, nursery, settle=settle)
    await office.say(Say(person, "once"))
    nursery.start(office.relay.run(), name="relay")
    await office.until(lambda: office.shaky.refused > 0)
    office.shaky.is_down = False
    await office.in_time("delivered")
    await office.relay.stop()
    assert office.post.begun == ["once"]


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
    async with asyncio.timeout(PATIENCE):
        while set(await states(store)) != {"delivered"}:
            await travel.pass_by(0.02)  # slowly: no lease may lapse while one waits for the other's write lock
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

    await until_it(lambda: store.read(listeners))


async def test_one_that_is_claimed_just_when_its_predecessor_fails_waits_for_it(
    office: Office, nursery: Nursery
) -> None:
    (person,) = await office.store.write(add_people, many=1)
    report = await office.store.write(add_report, reporter=person)
    office.post.holding = {"one"}
    office.post.fails_once("one", wait=60)
    await office.say(Say(person, "one", report))
    await office.until(lambda: office.post.begun == ["one"])
    office.shaky.answers.clear()
    await office.say(Say(person, "two", report))
    await until_states(office.store, "claimed", "claimed")
    office.post.released.set()
    await nursery.lanes_end()
    office.shaky.answers.set()
    await office.in_time("delivered", "delivered")
    assert office.post.begun == ["one", "one", "two"]


async def test_one_in_hand_is_not_taken_twice(travel: Travel, nursery: Nursery) -> None:
    post, ended = Post(travel, holding={"once"}), list[int]()
    lanes = Lanes(deliver=post.deliver, ended=lambda claimed, _: ended.append(claimed.id), nursery=nursery)
    for _ in range(2):
        lanes.put(Claimed(7, 1, 5001, Message.WORDS, None, {"text": "once"}, Urgency.NORMAL, NOW, 0, ()))
    post.released.set()
    await nursery.lanes_end()
    assert (post.begun, ended) == (["once"], [7])
