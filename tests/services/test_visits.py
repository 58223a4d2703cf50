"""Checking in: counted once an hour, asked about once a day, forgotten after a day, and never told by anything else."""

import asyncio
from datetime import date, datetime, timedelta

import pytest

from services import outgoing
from services.errors import NoWords
from services.places import states, visits
from services.places.errors import NoSuchFacility, PlaceGone, VisitAnswered, VisitOver
from services.points import earning, ledger
from services.points.accounts import purse
from storage import outbox
from storage.kinds import Message, Role
from storage.places_kinds import PlaceState, VisitAnswer, Voice, Wrong
from storage.points_kinds import Reason
from storage.schema import OutboxMessage, Person, PlaceUsage, PlaceVisit, Transfer
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.stations import ASKED, Stations, remove_place


@pytest.fixture
def places(scene: Scene) -> Stations:
    return Stations(scene)


async def usage(places: Stations) -> dict[tuple[int, date, int], int]:
    return {(row.place_id, row.day, row.hour): row.count for row in await places.scene.rows(PlaceUsage)}


async def has(places: Stations, person: int) -> int:
    return await places.scene.store.read(ledger.balance, name=purse(person))


async def asked_visit(places: Stations, person: int, place: int) -> int:
    """He was there, and has been asked; the visit's number."""
    await places.visit(person, place)
    await places.ask()
    return max(row.id for row in await places.visits() if row.person_id == person)


async def test_a_check_in_counts_once_for_each_person_place_and_hour(places: Stations) -> None:
    place, other = await places.place(), await places.place()
    one, two = await places.scene.person(), await places.scene.person()
    day = date(2026, 11, 23)
    for minute in (0, 30, 59):
        await places.visit(one, place, now=NOW + timedelta(minutes=minute))
    assert await usage(places) == {(place, day, 12): 1}
    await places.visit(two, place)
    await places.visit(one, other)
    await places.visit(one, place, now=NOW + timedelta(hours=1))
    assert await usage(places) == {(place, day, 12): 2, (other, day, 12): 1, (place, day, 13): 1}
    await places.visit(one, place, now=NOW + timedelta(hours=12))  # past midnight in the county
    assert (await usage(places))[place, day + timedelta(days=1), 0] == 1


async def test_nobody_checks_in_where_there_is_nothing_any_more(places: Stations) -> None:
    place, who = await places.place(), await places.scene.person()
    await places.scene.do(remove_place, place_id=place)
    for number in (place, place + 100):
        with pytest.raises(PlaceGone):
            await places.visit(who, number)
    assert await usage(places) == {}


async def test_who_was_where_is_forgotten_and_counts_stay(places: Stations) -> None:
    place, who = await places.place(), await places.scene.person()
    await places.visit(who, place)
    await places.visit(who, place, now=NOW + timedelta(hours=2))
    counted = await usage(places)
    await places.scene.do(visits.forget, now=NOW + timedelta(hours=24) - timedelta(seconds=1))
    assert len(await places.visits()) == 2
    assert await places.scene.do(visits.forget, now=NOW + timedelta(hours=24)) == 1
    assert await places.scene.do(visits.forget, now=NOW + timedelta(hours=26)) == 1
    assert await places.visits() == []
    assert await usage(places) == counted


async def test_a_number_of_a_visit_is_never_given_again(places: Stations) -> None:
    place, who = await places.place(), await places.scene.person()
    await places.visit(who, place)
    (first,) = await places.visits()
    await places.scene.do(visits.forget, now=NOW + timedelta(days=2))
    await places.visit(who, place, now=NOW + timedelta(days=2))
    (second,) = await places.visits()
    assert second.id > first.id


async def test_he_is_asked_once_a_while_later(places: Stations) -> None:
    place, who = await places.place(), await places.scene.person()
    await places.visit(who, place)
    await places.ask(now=ASKED - timedelta(seconds=1))
    assert await places.told(Message.STILL_RIGHT) == []
    for _ in range(2):  # two clocks
        await places.ask()
    (asked,) = await places.messages(Message.STILL_RIGHT)
    (visit,) = await places.visits()
    assert (asked.person_id, asked.facts) == (who, {"visit": visit.id})


async def test_of_several_clocks_one_asks_and_of_several_visits_one_is_asked_about(places: Stations) -> None:
    people = [await places.scene.person(f"P{number}") for number in range(6)]
    for place in (await places.place(), await places.place()):
        for who in people:
            await places.visit(who, place)
    await asyncio.gather(*(places.scene.do(visits.ask, now=ASKED, most=3) for _ in range(8)))
    assert sorted(await places.told(Message.STILL_RIGHT)) == people


async def test_many_check_in_at_once_and_each_counts(places: Stations) -> None:
    place = await places.place()
    people = [await places.scene.person(f"P{number}") for number in range(20)]
    await asyncio.gather(*(places.visit(who, place) for who in people for _ in range(3)))
    assert list((await usage(places)).values()) == [20]
    assert len(await places.visits()) == 20


async def test_an_answer_that_comes_twice_at_once_counts_once(places: Stations) -> None:
    place, who = await places.place(), await places.scene.person()
    visit = await asked_visit(places, who, place)
    came = await asyncio.gather(*(places.says(who, visit, Wrong.CLOSED) for _ in range(5)), return_exceptions=True)
    assert [type(one) for one in came if one is not None] == [VisitAnswered] * 4
    assert ((await places.record(place)).doubts, await has(places, who)) == (1, 1)


async def test_nobody_is_asked_twice_on_one_day_wherever_he_was(places: Stations) -> None:
    place, other, who = await places.place(), await places.place(), await places.scene.person()
    await places.visit(who, place)
    await places.visit(who, other)
    await places.ask()
    assert len(await places.told(Message.STILL_RIGHT)) == 1
    evening = NOW + timedelta(hours=8)
    await places.visit(who, other, now=evening)
    await places.ask(now=evening + timedelta(minutes=20))
    assert len(await places.told(Message.STILL_RIGHT)) == 1
    tomorrow = NOW + timedelta(days=1)
    await places.scene.do(visits.forget, now=tomorrow)
    await places.visit(who, other, now=tomorrow)
    await places.ask(now=tomorrow + timedelta(minutes=20))
    assert len(await places.told(Message.STILL_RIGHT)) == 2


@pytest.mark.parametrize(
    ("hour", "minute", "is_asked"),
    [(21, 39, True), (21, 41, False), (22, 5, True), (23, 50, True), (6, 39, True), (6, 45, True), (7, 0, True)],
)
async def test_at_night_only_who_came_at_night_is_asked(
    places: Stations, hour: int, minute: int, is_asked: bool
) -> None:
    place, who = await places.place(), await places.scene.person()
    at = NOW + timedelta(hours=hour - 12, minutes=minute)
    await places.visit(who, place, now=at)
    await places.ask(now=at + timedelta(minutes=20))
    assert len(await places.told(Message.STILL_RIGHT)) == is_asked


async def test_who_is_not_asked(places: Stations) -> None:
    place, removed = await places.place(), await places.place()
    keeper, admin = await places.keeper(place), await places.scene.person(roles=(Role.ADMIN,))
    gone, visitor = await places.scene.person(), await places.scene.person()
    for who in (keeper, admin, gone):
        await places.visit(who, place)
    await places.visit(visitor, removed)
    await places.scene.do(remove_place, place_id=removed)

    def leave(session: object, *, now: datetime) -> None:
        session.get_one(Person, gone).is_reachable = False  # type: ignore[attr-defined]

    await places.scene.do(leave)
    await places.ask()
    assert await places.told(Message.STILL_RIGHT) == []


async def test_after_a_long_stop_nobody_is_asked_about_this_morning(places: Stations) -> None:
    place, who = await places.place(), await places.scene.person()
    await places.visit(who, place)
    await places.ask(now=ASKED + visits.OF_USE + timedelta(seconds=1))
    assert await places.told(Message.STILL_RIGHT) == []
    assert [row.ask_at for row in await places.visits()] == [None]


async def test_yes_confirms_the_place_to_the_hour_and_brings_a_point(places: Stations) -> None:
    place, who = await places.place(), await places.scene.person()
    visit = await asked_visit(places, who, place)
    await places.says(who, visit)
    found = await places.record(place)
    assert (found.confirmed_at, found.confirmed_by) == (NOW, Voice.VISITOR)  # not 12:20
    assert await has(places, who) == earning.rules().confirm_place == 1
    (transfer,) = await places.scene.rows(Transfer)
    assert (transfer.reason, transfer.key, transfer.words) == (Reason.PLACE, f"visit:{visit}", None)
    with pytest.raises(VisitAnswered):
        await places.says(who, visit, Wrong.CLOSED)
    assert await has(places, who) == 1
    assert [row.answer for row in await places.visits()] == [VisitAnswer.RIGHT]


async def test_a_word_of_the_keeper_is_not_made_older_by_a_visitor(places: Stations) -> None:
    place, who = await places.place(), await places.scene.person()
    keeper = await places.keeper(place)
    just = NOW + timedelta(minutes=10)
    await places.scene.do(states.all_right, person_id=keeper, place_id=place, now=just)
    await places.says(who, await asked_visit(places, who, place))
    found = await places.record(place)
    assert (found.confirmed_at, found.confirmed_by) == (just, Voice.KEEPER)


async def test_who_answers_hours_later_speaks_of_when_he_was_there(places: Stations) -> None:
    place, who = await places.place(), await places.scene.person()
    visit = await asked_visit(places, who, place)
    await places.says(who, visit, now=NOW + timedelta(hours=20))
    assert (await places.record(place)).confirmed_at == NOW


async def test_what_the_keeper_said_after_the_visit_stands(places: Stations) -> None:
    place, who, other = await places.place(), await places.scene.person(), await places.scene.person()
    keeper = await places.keeper(place)
    wrong, right = await asked_visit(places, who, place), await asked_visit(places, other, place)
    later = NOW + timedelta(hours=3)
    state = {"state": PlaceState.AS_ITS_HOURS, "now": later}
    await places.scene.do(states.say_state, person_id=keeper, place_id=place, **state)
    before = await places.record(place)
    await places.says(who, wrong, Wrong.CLOSED, now=later + timedelta(hours=1))
    await places.says(other, right, now=later + timedelta(hours=1))
    assert await places.record(place) == before
    assert (before.doubts, before.confirmed_at) == (0, None)
    assert (await has(places, who), await has(places, other)) == (1, 1)


async def test_free_spaces_are_no_word_of_all_else(places: Stations) -> None:
    place, who = await places.place(), await places.scene.person()
    keeper = await places.keeper(place)
    visit = await asked_visit(places, who, place)
    free = {"free": 2, "now": NOW + timedelta(hours=1)}
    await places.scene.do(states.say_free, person_id=keeper, place_id=place, **free)
    await places.says(who, visit, Wrong.CLOSED, now=NOW + timedelta(hours=2))
    assert (await places.record(place)).doubts == 1


async def test_who_was_there_last_is_believed_whoever_answers_first(places: Stations) -> None:
    place, early, late = await places.place(), await places.scene.person(), await places.scene.person()
    first = await asked_visit(places, early, place)
    await places.visit(late, place, now=NOW + timedelta(hours=2))
    await places.ask(now=NOW + timedelta(hours=2, minutes=20))
    last = max(row.id for row in await places.visits())
    await places.says(late, last, Wrong.CLOSED, now=NOW + timedelta(hours=3))
    await places.says(early, first, now=NOW + timedelta(hours=4))
    found = await places.record(place)
    assert (found.doubts, found.confirmed_at) == (1, None)


async def test_a_visitor_s_no_is_no_news_after_a_later_visitor_s_yes(places: Stations) -> None:
    place, early, late = await places.place(), await places.scene.person(), await places.scene.person()
    first = await asked_visit(places, early, place)
    await places.visit(late, place, now=NOW + timedelta(hours=2))
    await places.ask(now=NOW + timedelta(hours=2, minutes=20))
    last = max(row.id for row in await places.visits())
    await places.says(late, last, now=NOW + timedelta(hours=3))
    await places.says(early, first, Wrong.CLOSED, now=NOW + timedelta(hours=4))
    assert (await places.record(place)).doubts == 0


async def test_one_person_alone_makes_nothing_doubtful(places: Stations) -> None:
    place, who = await places.place(), await places.scene.person()
    await places.keeper(place)
    for day, wrong in enumerate((Wrong.CLOSED, Wrong.FULL, Wrong.FULL)):
        at = NOW + timedelta(days=day)
        await places.scene.do(visits.forget, now=at)
        await places.visit(who, place, now=at)
        await places.ask(now=at + timedelta(minutes=20))
        visit = max(row.id for row in await places.visits())
        await places.says(who, visit, wrong, now=at + timedelta(minutes=21))
        assert (await places.record(place)).doubts == 1
    assert await places.told(Message.PLACE_DOUBTED) == []
    said = [one.what for one in (await places.now(place)).doubts]
    assert said == [Wrong.CLOSED, Wrong.FULL]  # the same of him once
    assert await has(places, who) == 3
    other = await places.scene.person()
    at = NOW + timedelta(days=2)
    await places.visit(other, place, now=at)
    await places.ask(now=at + timedelta(minutes=20))
    await places.says(other, max(row.id for row in await places.visits()), Wrong.CLOSED, now=at + timedelta(hours=1))
    assert (await places.record(place)).doubts == 2
    assert len(await places.told(Message.PLACE_DOUBTED)) == 1


async def test_no_is_kept_without_a_name_and_brings_a_point_too(places: Stations) -> None:
    place, who = await places.place(), await places.scene.person()
    visit = await asked_visit(places, who, place)
    with pytest.raises(NoWords):
        await places.says(who, visit, Wrong.OTHER, words=" ")
    with pytest.raises(NoSuchFacility):
        await places.says(who, visit, Wrong.BROKEN, facility="toilet")
    assert (await places.record(place)).doubts == 0
    await places.says(who, visit, Wrong.BROKEN, facility="water")
    found = await places.now(place)
    assert (found.place.doubts, found.place.confirmed_at) == (1, None)
    assert [(one.what, one.facility) for one in found.doubts] == [(Wrong.BROKEN, "water")]
    assert await places.broken(place) == {}  # one visitor's word: the keeper decides
    assert await has(places, who) == 1


async def test_what_the_keeper_has_said_meanwhile_is_no_contradiction(places: Stations) -> None:
    place, who, other = await places.place(), await places.scene.person(), await places.scene.person()
    keeper = await places.keeper(place)
    said = {"person_id": keeper, "place_id": place}
    await places.scene.do(states.say_state, **said, state=PlaceState.CLOSED)
    await places.scene.do(states.say_facility, **said, facility="water", works=False)
    await places.says(who, await asked_visit(places, who, place), Wrong.CLOSED)
    await places.says(other, await asked_visit(places, other, place), Wrong.BROKEN, facility="water")
    assert (await places.record(place)).doubts == 0


async def test_a_visitor_says_that_what_was_wrong_is_over(places: Stations) -> None:
    place = await places.place(state=PlaceState.FULL)
    one, two, three = [await places.scene.person() for _ in range(3)]
    keeper = await places.keeper(place)
    broken = {"facility": "water", "works": False, "now": NOW - timedelta(hours=1)}
    await places.scene.do(states.say_facility, person_id=keeper, place_id=place, **broken)
    await places.says(one, await asked_visit(places, one, place), Wrong.ROOM)
    await places.says(two, await asked_visit(places, two, place), Wrong.WORKS, facility="water")
    await places.says(three, await asked_visit(places, three, place), Wrong.OPEN)
    said = [(what.what, what.facility) for what in (await places.now(place)).doubts]
    assert said == [(Wrong.ROOM, None), (Wrong.WORKS, "water"), (Wrong.OPEN, None)]


async def test_that_it_is_over_is_no_news_where_nobody_says_otherwise(places: Stations) -> None:
    place, who, other = await places.place(), await places.scene.person(), await places.scene.person()
    await places.says(who, await asked_visit(places, who, place), Wrong.ROOM)
    await places.says(other, await asked_visit(places, other, place), Wrong.WORKS, facility="water")
    assert (await places.record(place)).doubts == 0


async def test_a_visitor_ends_one_doubt_but_not_what_is_doubtful(places: Stations) -> None:
    place = await places.place()
    await places.keeper(place)
    await places.doubted(place, Wrong.CLOSED)
    who = await places.scene.person()
    await places.says(who, await asked_visit(places, who, place))
    assert (await places.record(place)).doubts == 0
    await places.doubted(place, Wrong.CLOSED, Wrong.FULL)
    other = await places.scene.person()
    await places.says(other, await asked_visit(places, other, place))
    assert (await places.record(place)).doubts == 2
    assert await has(places, other) == 1


async def test_others_visits_unasked_ones_and_forgotten_ones_are_not_answered(places: Stations) -> None:
    place, who, stranger = await places.place(), await places.scene.person(), await places.scene.person()
    await places.visit(who, place)
    (visit,) = await places.visits()
    with pytest.raises(VisitOver):
        await places.says(who, visit.id)
    await places.ask()
    with pytest.raises(VisitOver):
        await places.says(stranger, visit.id)
    await places.scene.do(visits.forget, now=NOW + timedelta(hours=24))
    with pytest.raises(VisitOver):
        await places.says(who, visit.id)
    assert await places.scene.rows(Transfer) == []


async def test_a_place_that_was_removed_meanwhile_is_not_judged(places: Stations) -> None:
    place, who = await places.place(), await places.scene.person()
    visit = await asked_visit(places, who, place)
    await places.scene.do(remove_place, place_id=place)
    with pytest.raises(PlaceGone):
        await places.says(who, visit)
    assert await has(places, who) == 0


async def test_points_for_visits_count_for_the_limit_of_a_day(places: Stations) -> None:
    place, who = await places.place(), await places.scene.person()
    most = earning.rules().person_day
    how = {"hours": most // earning.rules().activity_hour, "key": "help", "words": "Tea", "by": None}
    await places.scene.do(earning.for_hours, person_id=who, **how)
    await places.says(who, await asked_visit(places, who, place))
    assert await has(places, who) == most


async def test_after_a_day_nothing_in_the_store_says_who_was_where(places: Stations) -> None:
    """Of all tables only those may name the place and the person together that are there for that."""
    place, who = await places.place(), await places.scene.person()
    await places.keeper(place)
    await places.says(who, await asked_visit(places, who, place), Wrong.OTHER, words="Cold in here")
    await places.scene.do(visits.forget, now=NOW + timedelta(days=1))
    assert await places.scene.rows(PlaceVisit) == []
    mine = [row for row in await places.scene.rows(OutboxMessage) if row.person_id == who]
    assert {row.message for row in mine} == {Message.STILL_RIGHT, Message.POINTS_EARNED}
    assert all("station" not in (row.facts or {}) for row in mine)
    assert [row.words for row in await places.scene.rows(Transfer)] == [None]


async def test_what_is_asked_too_late_is_not_said(places: Stations) -> None:
    place, who = await places.place(), await places.scene.person()
    await asked_visit(places, who, place)
    (claimed,) = await places.scene.store.write(outbox.claim, now=ASKED, most=10)
    brief = await places.scene.store.read(outgoing.load, claimed=claimed, now=ASKED)
    assert brief is not None
    assert brief.station is not None
    assert brief.station.place.id == place
    await places.scene.do(visits.forget, now=NOW + timedelta(days=1))
    brief = await places.scene.store.read(outgoing.load, claimed=claimed, now=ASKED)
    assert brief is not None
    assert brief.station is None
