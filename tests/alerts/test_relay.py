"""Who gets what when, on a real store of each kind."""

from datetime import timedelta

from alerts.lanes import PER_LANE
from alerts.relay import AT_A_TIME, IN_HAND
from storage.kinds import Message, OutboxState, Urgency
from tests.alerts.office import Office
from tests.alerts.rows import Say, add_people, add_report, look, states, until_problem, until_row, until_states
from tests.moment import NOW

HOUR = timedelta(hours=1)


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
    one, _, _ = await office.say(Say(person, "one", report), Say(person, "two", report), Say(person, "of no report"))
    await until_problem(office.store, one)
    await office.say(Say(person, "three", report))
    await office.in_time(*["delivered"] * 4)
    assert office.post.times["one"][1] >= NOW + timedelta(seconds=60)
    assert [text for text in office.post.begun if text != "of no report"] == ["one", "one", "two", "three"]


async def test_an_urgent_one_does_not_wait_for_one_that_fails(office: Office) -> None:
    (person,) = await office.store.write(add_people, many=1)
    report = await office.store.write(add_report, reporter=person)
    office.post.fails_once("pictures", wait=600)
    (pictures,) = await office.say(Say(person, "pictures", report, Urgency.LOW))
    await until_problem(office.store, pictures)
    await office.say(Say(person, "fire", report, Urgency.URGENT))
    await until_states(office.store, "available", "delivered")


async def test_an_urgent_one_goes_before_what_waits_in_the_same_chat(office: Office) -> None:
    (person,) = await office.store.write(add_people, many=1)
    office.post.holding = {"first"}
    await office.say(Say(person, "first"), Say(person, "second"))
    await office.until(lambda: office.post.begun == ["first"])
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
    await office.until(lambda: "another" in office.post.begun)
    assert (await states(office.store)).count("claimed") <= PER_LANE + AT_A_TIME


async def test_an_urgent_one_is_taken_although_its_person_has_enough_in_hand(office: Office) -> None:
    (person,) = await office.store.write(add_people, many=1)
    office.post.holding = {"first"}
    await office.say(Say(person, "first"), *(Say(person, f"more {number}") for number in range(100)))
    await office.until(lambda: office.post.begun == ["first"])
    await office.say(Say(person, "fire", urgency=Urgency.URGENT))
    await until_row(office.store, lambda row: row.state is OutboxState.CLAIMED and (row.facts or {})["text"] == "fire")
    office.post.released.set()
    await office.in_time(*["delivered"] * 102)
    assert office.post.begun[:2] == ["first", "fire"]


async def test_an_alert_does_not_wait_for_the_edits_of_its_chat(office: Office) -> None:
    (person,) = await office.store.write(add_people, many=1)
    report = await office.store.write(add_report, reporter=person)
    edits = [Say(person, f"edit {number}", report, Urgency.LOW, message=Message.CARD) for number in range(100)]
    office.post.holding = {edit.text for edit in edits}
    await office.say(*edits)
    await office.until(lambda: office.post.begun)
    await office.say(Say(person, "alert", report))
    await until_row(
        office.store, lambda row: row.state is OutboxState.DELIVERED and (row.facts or {})["text"] == "alert"
    )
    assert office.post.begun == ["edit 0", "alert"]
    assert (await states(office.store)).count("claimed") <= PER_LANE + AT_A_TIME


async def test_only_so_many_are_in_hand(office: Office) -> None:
    people = await office.store.write(add_people, many=IN_HAND + 60)
    office.post.holding = {"held"}
    await office.say(*(Say(person, "held") for person in people))
    await office.until(lambda: len(office.post.begun) == IN_HAND)
    await office.travel.pass_by(5)
    assert (await states(office.store)).count("claimed") == IN_HAND
    office.post.released.set()
    await until_states(office.store, *["delivered"] * (IN_HAND + 60))


async def test_each_place_in_hand_goes_to_the_most_urgent(office: Office) -> None:
    people = await office.store.write(add_people, many=IN_HAND + 2)
    office.post.holding = {"held"}
    await office.say(*(Say(person, "held") for person in people[:-2]))
    await office.until(lambda: len(office.post.begun) == IN_HAND)
    office.post.holding.add("more")
    await office.say(Say(people[-2], "more"))
    await office.say(Say(people[-1], "fire", urgency=Urgency.URGENT))
    office.post.released.set()
    await office.until(lambda: "more" in office.post.begun)
    assert office.post.begun.index("fire") < office.post.begun.index("more")


async def test_during_a_flood_nothing_more_is_taken(office: Office) -> None:
    (person,) = await office.store.write(add_people, many=1)
    await office.travel.waits.until(lambda: office.travel.is_waited_for)  # no turn is under way that may still take it
    office.pace.flooded(300)
    await office.say(Say(person, "after the flood"))
    await office.travel.pass_by(290)
    await office.in_time("delivered")
    assert office.post.times["after the flood"] >= [NOW + timedelta(seconds=300)]
