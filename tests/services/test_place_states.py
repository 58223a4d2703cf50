"""What is true now: each word with when and by whom, until when it holds, and who may not say it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.places import catalogue, freshness, states
from services.places.errors import BadSpaces, NoSuchFacility, NotKeeper, PlaceGone
from storage.facilities import limits
from storage.kinds import Message, Role
from storage.places_kinds import ClosedUntil, Freshness, PlaceState, Voice, Wrong
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.stations import Stations, remove_place

MIDNIGHT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
"""In the county."""
MORNING = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
"""When the place opens, at 8 of the next day."""


@pytest.fixture
def places(scene: Scene) -> Stations:
    return Stations(scene)


async def say(places: Stations, place: int, who: int, state: PlaceState, **how: Any) -> None:
    await places.scene.do(states.say_state, person_id=who, place_id=place, state=state, **how)


@pytest.mark.parametrize(
    ("state", "until", "ends"),
    [
        (PlaceState.CLOSED, ClosedUntil.TODAY, MIDNIGHT),
        (PlaceState.CLOSED, ClosedUntil.HOURS, MORNING),
        (PlaceState.CLOSED, ClosedUntil.SAID, None),
        (PlaceState.FULL, ClosedUntil.SAID, NOW + limits().full),
    ],
)
async def test_a_place_is_closed_or_full_until_then(
    places: Stations, state: PlaceState, until: ClosedUntil, ends: datetime | None
) -> None:
    place = await places.place()
    keeper = await places.keeper(place)
    before = await places.record(place)
    for _ in range(2):  # pressed twice
        await say(places, place, keeper, state, until=until)
    found = await places.now(place, to=keeper)
    said = found.place
    assert (said.state, said.state_until, said.state_at, said.state_by) == (state, ends, NOW, Voice.KEEPER)
    assert (found.now.is_full, found.now.is_closed) == (state is PlaceState.FULL, state is PlaceState.CLOSED)
    assert (found.voice, said.version > before.version) == (Voice.KEEPER, True)
    if ends is not None:
        last, then = ends - timedelta(seconds=1), ends
        assert catalogue.state_at(said, last) is state
        assert catalogue.state_at(said, then) is PlaceState.AS_ITS_HOURS
    await say(places, place, keeper, PlaceState.AS_ITS_HOURS, now=NOW + timedelta(minutes=1))
    over = await places.record(place)
    assert (over.state, over.state_until) == (PlaceState.AS_ITS_HOURS, None)


async def test_when_it_reopens_follows_from_its_hours() -> None:
    zone = await _zone()
    assert states.reopens("08:00-20:00", now=NOW, zone=zone) == MORNING
    assert states.reopens("08:00-20:00", now=MIDNIGHT, zone=zone) == MORNING
    assert states.reopens("24/7", now=NOW, zone=zone) is None


async def _zone() -> Any:
    from services.worktime import USUAL

    return USUAL.zone


async def test_something_is_broken_and_works_again(places: Stations) -> None:
    place = await places.place()
    officer = await places.scene.officer("A-01")
    said = {"person_id": officer, "place_id": place, "facility": "charging"}
    await places.scene.do(states.say_facility, **said, works=False)
    one = next(one for one in (await places.record(place)).facilities if one.code == "charging")
    assert (one.is_broken, one.changed_at, one.changed_by, one.report_id) == (True, NOW, Voice.OFFICER, None)
    assert (await places.record(place)).works == {"water", "parking"}
    await places.scene.do(states.say_facility, **said, works=True)
    assert await places.broken(place) == {}
    with pytest.raises(NoSuchFacility):
        await places.scene.do(states.say_facility, **{**said, "facility": "toilet"}, works=True)


async def test_free_spaces(places: Stations) -> None:
    place, without = await places.place(spaces=3), await places.place(spaces=None)
    admin = await places.scene.person(roles=(Role.ADMIN,))
    await places.scene.do(states.say_free, person_id=admin, place_id=place, free=0)
    found = await places.record(place)
    assert (found.free_spaces, found.free_at, found.free_by) == (0, NOW, Voice.ADMIN)
    for one, free in ((place, 4), (without, 0), (place, -1)):
        with pytest.raises(BadSpaces):
            await places.scene.do(states.say_free, person_id=admin, place_id=one, free=free)
    assert (await places.record(place)).free_spaces == 0


async def test_who_does_not_look_after_it_says_nothing(places: Stations) -> None:
    place, removed = await places.place(), await places.place()
    visitor, keeper = await places.scene.person(), await places.keeper(removed)
    await places.scene.do(remove_place, place_id=removed)
    before = await places.record(place)
    for who, where, error in ((visitor, place, NotKeeper), (keeper, place, NotKeeper), (keeper, removed, PlaceGone)):
        at = {"person_id": who, "place_id": where}
        with pytest.raises(error):
            await say(places, where, who, PlaceState.CLOSED)
        with pytest.raises(error):
            await places.scene.do(states.say_facility, **at, facility="water", works=False)
        with pytest.raises(error):
            await places.scene.do(states.say_free, **at, free=1)
        with pytest.raises(error):
            await places.scene.do(states.all_right, **at)
    assert await places.record(place) == before


async def test_how_fresh_a_place_is(places: Stations) -> None:
    place = await places.place()
    keeper = await places.keeper(place)

    async def fresh(now: datetime) -> Freshness:
        return freshness.of(await places.record(place), now)

    assert await fresh(NOW) is Freshness.OLD  # nobody ever said anything
    await places.scene.do(states.all_right, person_id=keeper, place_id=place)
    assert freshness.last_word(await places.record(place)) == (NOW, Voice.KEEPER)
    just = NOW + limits().confirmed
    assert await fresh(just - timedelta(seconds=1)) is Freshness.FRESH
    assert await fresh(just) is Freshness.OLD
    await places.scene.do(states.say_free, person_id=keeper, place_id=place, free=1, now=just)
    assert await fresh(just) is Freshness.FRESH  # who says anything of it has looked
    await places.doubted(place, Wrong.CLOSED)
    assert await fresh(just) is Freshness.FRESH
    await places.doubted(place, Wrong.CLOSED)
    assert await fresh(just) is Freshness.DOUBTFUL


async def test_two_doubts_ask_the_keepers_once_and_one_answers_for_all(places: Stations) -> None:
    place = await places.place()
    one, other = await places.keeper(place), await places.keeper(place)
    await places.doubted(place, Wrong.CLOSED)
    assert await places.told(Message.PLACE_DOUBTED) == []
    await places.doubted(place, Wrong.OTHER, words="No water at all")
    assert await places.told(Message.PLACE_DOUBTED) == [one, other]
    await places.doubted(place, Wrong.FULL)
    assert await places.told(Message.PLACE_DOUBTED) == [one, other]
    said = (await places.now(place, to=one)).doubts
    assert [(doubt.what, doubt.words) for doubt in said] == [
        (Wrong.CLOSED, None),
        (Wrong.OTHER, "No water at all"),
        (Wrong.FULL, None),
    ]
    assert (await places.now(place, to=await places.scene.person())).doubts == ()
    later = NOW + timedelta(hours=1)
    out = {row.person_id: (row.sent or [0])[-1] for row in await places.scene.deliver(now=later)}
    await places.scene.do(states.all_right, person_id=one, place_id=place, now=later)
    edits = await places.messages(Message.PLACE_SETTLED)
    assert {row.person_id: (row.facts or {})["edits"] for row in edits} == {one: out[one], other: out[other]}
    assert (await places.record(place)).doubts == 0
    assert (await places.now(place, to=one)).doubts == ()
    await places.scene.do(states.all_right, person_id=other, place_id=place, now=later)
    assert len(await places.messages(Message.PLACE_SETTLED)) == 2  # answered already: nothing more to be said
    await places.doubted(place, Wrong.CLOSED, Wrong.CLOSED, at=later)
    assert await places.told(Message.PLACE_DOUBTED) == [one, other, one, other]


async def test_a_question_that_arrives_when_it_is_answered_asks_no_more(places: Stations) -> None:
    place = await places.place()
    keeper = await places.keeper(place)
    await places.doubted(place, Wrong.CLOSED, Wrong.CLOSED)
    await say(places, place, keeper, PlaceState.CLOSED)  # before the message is out
    assert await places.messages(Message.PLACE_SETTLED) == []
    await places.scene.deliver(now=NOW + timedelta(hours=1))
    assert await places.told(Message.PLACE_SETTLED) == [keeper]


@pytest.mark.parametrize("has_officer", [True, False])
async def test_without_a_keeper_others_are_asked(places: Stations, has_officer: bool) -> None:
    place = await places.place()
    admin = await places.scene.person(roles=(Role.ADMIN,))
    officer = await places.scene.officer("A-01") if has_officer else None
    await places.scene.officer("B-01")
    await places.scene.officer("A-01", on_duty=False)
    await places.doubted(place, Wrong.CLOSED, Wrong.CLOSED)
    assert await places.told(Message.PLACE_DOUBTED) == [officer if has_officer else admin]


async def test_free_spaces_end_no_doubt(places: Stations) -> None:
    place = await places.place()
    keeper = await places.keeper(place)
    await places.doubted(place, Wrong.CLOSED, Wrong.CLOSED)
    await places.scene.do(states.say_free, person_id=keeper, place_id=place, free=1)
    assert (await places.record(place)).doubts == 2
    await places.scene.do(states.say_facility, person_id=keeper, place_id=place, facility="water", works=True)
    assert (await places.record(place)).doubts == 0


async def test_every_word_is_seen_by_who_has_places_in_memory(places: Stations) -> None:
    place, other = await places.place(), await places.place()
    keeper = await places.keeper(place)
    version = await places.scene.store.read(catalogue.version)
    await say(places, place, keeper, PlaceState.FULL)
    changed = await places.scene.store.read(catalogue.changed_since, version=version)
    assert [one.id for one in changed] == [place]
    assert other != place
