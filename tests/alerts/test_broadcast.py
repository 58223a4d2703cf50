"""What goes to many people goes behind all that is meant for one: in the relay's hands, and in the pace."""

from alerts.lanes import BROADCASTS
from alerts.pace import AT_ONCE, AT_ONCE_BROADCAST, Pace
from alerts.relay import AT_A_TIME
from storage.kinds import Urgency
from tests.alerts.office import Office
from tests.alerts.rows import Say, add_people, states
from tests.alerts.test_pace import Crowd
from tests.alerts.travel import Travel

MANY = 120
"""More than a relay has in hand of a broadcast."""


async def test_an_alert_is_claimed_at_once_while_a_broadcast_stands_still(office: Office) -> None:
    *people, officer = await office.store.write(add_people, many=MANY + 1)
    office.post.holding = {f"copy {person}" for person in people}
    await office.say(*(Say(person, f"copy {person}", urgency=Urgency.BROADCAST) for person in people))
    await office.until(lambda: len(office.post.begun) >= BROADCASTS)
    for text, urgency in (("edit", Urgency.LOW), ("alert", Urgency.NORMAL), ("fire", Urgency.URGENT)):
        await office.say(Say(officer, text, urgency=urgency))
        await office.until(lambda text=text: text in office.post.begun)  # type: ignore[misc]
    in_hand = [text for text in office.post.begun if text.startswith("copy")]
    assert BROADCASTS <= len(in_hand) < BROADCASTS + AT_A_TIME
    office.post.released.set()
    await office.in_time(*["delivered"] * (MANY + 3))
    assert sorted(office.post.begun) == sorted([*office.post.holding, "edit", "alert", "fire"])


async def test_of_a_broadcast_few_are_with_the_relay_and_the_rest_can_be_stopped(office: Office) -> None:
    people = await office.store.write(add_people, many=MANY)
    office.post.holding = {f"copy {person}" for person in people}
    await office.say(*(Say(person, f"copy {person}", urgency=Urgency.BROADCAST) for person in people))
    await office.until(lambda: len(office.post.begun) >= BROADCASTS)
    for _ in range(5):
        await office.travel.pass_by(1)
    assert (await states(office.store)).count("available") > MANY - BROADCASTS - AT_A_TIME


async def test_a_broadcast_takes_few_places_and_an_alert_finds_one(travel: Travel) -> None:
    crowd = Crowd(travel, Pace(travel))
    crowd.go.clear()
    for chat in range(AT_ONCE):
        crowd.comes(f"copy {chat}", chat, Urgency.BROADCAST)
    await travel.pass_by(1)
    assert len(crowd.names) == AT_ONCE_BROADCAST
    for chat in range(100, 100 + AT_ONCE - AT_ONCE_BROADCAST):
        crowd.comes(f"alert {chat}", chat)
    await travel.pass_by(1)
    assert sum(name.startswith("alert") for name in crowd.names) == AT_ONCE - AT_ONCE_BROADCAST
    crowd.comes("later", 500)
    await travel.pass_by(1)
    assert "later" not in crowd.names  # all places are taken
    crowd.go.set()
    await travel.pass_by(1)
    assert crowd.names[AT_ONCE] == "later"  # before the copies that waited longer
    assert len(crowd.names) == 2 * AT_ONCE - AT_ONCE_BROADCAST + 1


async def test_a_broadcast_goes_on_to_its_end_beside_others(travel: Travel) -> None:
    crowd = Crowd(travel, Pace(travel, at_once=3))
    for chat in range(20):
        crowd.comes(f"copy {chat}", chat, Urgency.BROADCAST)
        crowd.comes(f"alert {chat}", 100 + chat)
    await travel.pass_by(1)
    assert len(crowd.names) == 40
