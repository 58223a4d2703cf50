"""The nearest places, compared with measuring every one."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from sqlalchemy.util import await_only

from services import distance
from services.distance import Point
from services.places import catalogue
from services.places.index import TREES, Places, _Known
from services.places.nearest import REACH
from services.places.standing import stands
from storage.facilities import facilities, kinds
from storage.near_places import ROUND_THE_CLOCK, Wanted
from storage.place_records import FacilityRecord, PlaceRecord
from storage.places_kinds import PlaceState
from storage.schema import ServicePlace
from storage.store import Store
from tests import places_made
from tests.moment import NOW
from tests.places_made import record

ZONE = ZoneInfo("Asia/Shanghai")
FACILITIES, KINDS = list(facilities()), list(kinds())
HOURS = [ROUND_THE_CLOCK, "08:00-20:00", "22:00-06:00"]

ANY = Wanted()

near_by = st.floats(-0.03, 0.03)
steps = st.integers(-30, 30).map(lambda step: step / 1000)  # on a lattice: many are equally far
centres = st.sampled_from(
    [
        (25.4, 114.37),
        (0.0, 0.0),
        (0.0, 180.0),
        (25.0, -180.0),
        (84.995, 10.0),
        (89.99, 0.0),
        (-89.999, 77.0),
        (60.0, 5.0),
    ]
)
wanted = st.builds(
    Wanted,
    kinds=st.frozensets(st.sampled_from(KINDS), max_size=2),
    facilities=st.frozensets(st.sampled_from(FACILITIES[:3]), max_size=2),
    is_open=st.booleans(),
    is_all_day=st.booleans(),
)


def at(centre: Point, north: float, east: float) -> Point:
    """A point beside the centre, as Telegram would name it."""
    latitude = max(-90.0, min(90.0, centre[0] + north))
    return latitude, (centre[1] + east + 180.0) % 360.0 - 180.0


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Point, list[PlaceRecord]]:
    """Somebody, and places around him, some of them at one spot."""
    centre = draw(centres)
    part = draw(st.sampled_from([near_by, steps]))
    few = draw(st.lists(st.tuples(part, part), min_size=1, max_size=12))
    beside = draw(st.lists(st.sampled_from(few), max_size=30))
    places = [
        record(
            number,
            at(centre, *step),
            draw(st.frozensets(st.sampled_from(FACILITIES[:3]))),
            kind=draw(st.sampled_from(KINDS)),
            hours=draw(st.sampled_from(HOURS)),
            state=draw(st.sampled_from(PlaceState)),
            state_until=draw(st.sampled_from([None, NOW, NOW + timedelta(hours=1)])),
        )
        for number, step in enumerate([*few, *beside], start=1)
    ]
    return at(centre, draw(part), draw(part)), places


def measured(
    point: Point, places: Sequence[PlaceRecord], asked: Wanted, *, most: int, within: float, now: datetime
) -> list[int]:
    """By brute force."""

    def fits(place: PlaceRecord) -> bool:
        return (
            (not asked.kinds or place.kind in asked.kinds)
            and asked.facilities <= place.works
            and not (asked.is_all_day and place.hours != ROUND_THE_CLOCK)
            and not (asked.is_open and not stands(place, now=now, zone=ZONE).is_open)
        )

    apart = sorted((distance.metres(point, place.point), place.id) for place in places if fits(place))
    return [place for metres, place in apart if metres <= within][:most]


def found(places: Places, point: Point, asked: Wanted = ANY, *, most: int = 5, now: datetime = NOW) -> list[int]:
    return [place.id for place in places.nearest(point, asked, most=most, now=now, zone=ZONE)]


@settings(deadline=None)  # the first one loads SciPy
@given(scenes(), wanted, st.integers(1, 12), st.sampled_from([300.0, 2000.0, float(REACH)]))
def test_the_nearest_are_those_that_measuring_each_finds(
    scene: tuple[Point, list[PlaceRecord]], asked: Wanted, most: int, within: float
) -> None:
    point, places = scene
    ours = Places(places, version=1).nearest(point, asked, most=most, within=within, now=NOW, zone=ZONE)
    assert [one.id for one in ours] == measured(point, places, asked, most=most, within=within, now=NOW)


@settings(deadline=None)
@given(st.floats(-80, 80), st.floats(-180, 180), st.floats(1, 900), st.floats(0, 90))
@example(25.4, 114.37, 100.0, 45.0)
def test_ties_and_places_that_are_hardly_nearer(latitude: float, longitude: float, far: float, turn: float) -> None:
    """Four around a point, north and south equally far but for the shape of the Earth, the order of ids against it."""
    step = far / 111_000
    around = [(step, 0.0), (-step, 0.0), (0.0, step), (0.0, -step), (step, 1e-9 * turn), (step, 0.0)]
    places = [record(number, at((latitude, longitude), *one)) for number, one in enumerate(reversed(around), start=1)]
    point = (latitude, longitude)
    for most in range(1, 7):
        expected = measured(point, places, Wanted(), most=most, within=REACH, now=NOW)
        assert found(Places(places, version=1), point, most=most) == expected


def test_of_more_that_are_equally_far_than_are_looked_at_first_the_lower_ids_are_shown() -> None:
    sides = [record(number, (0.005 if number % 2 else -0.005, 0.0)) for number in range(1, 100)]
    assert found(Places(sides, version=1), (0.0, 0.0), most=7) == list(range(1, 8))


def test_how_far_is_too_far_is_exact() -> None:
    point, there = (25.4, 114.37), record(1, (25.403, 114.374))
    far = distance.metres(point, there.point)
    for within, shown in ((far, 1), (far - 1e-6, 0), (far + 1e-6, 1)):
        places = Places([there], version=1)
        assert len(places.nearest(point, ANY, most=5, within=within, now=NOW, zone=ZONE)) == shown


def test_many_at_one_spot_are_in_the_order_of_their_ids() -> None:
    places = [record(number, (25.4, 114.37)) for number in range(1, 400)]
    assert found(Places(places, version=1), (25.9, 114.9), most=50) == list(range(1, 51))


def test_who_is_far_away_finds_none_and_waits_for_nothing() -> None:
    places = Places([record(number, (25.4, 114.37)) for number in range(1, 50)], version=1)
    for point in ((0.0, 0.0), (-25.4, -65.63), (90.0, 0.0), (26.5, 114.37)):
        assert found(places, point) == []
    assert found(Places(), (25.4, 114.37)) == []


def test_open_ones_are_followed_through_the_day() -> None:
    """Also where the clock of a test goes back."""
    places = Places(
        [
            record(1, hours="08:00-20:00"),
            record(2, hours="22:00-06:00"),
            record(3, state=PlaceState.CLOSED, state_until=NOW + timedelta(minutes=10)),
            record(4, state=PlaceState.CLOSED),
            record(5, state=PlaceState.FULL),
        ],
        version=1,
    )
    moments = [
        NOW + timedelta(minutes=minutes) for minutes in (0, 9, 10, 8 * 60 - 1, 8 * 60, 10 * 60, 18 * 60, 0, 20 * 60)
    ]
    by_day, later = [1, 5], [1, 3, 5]
    expected = [by_day, by_day, later, later, [3, 5], [2, 3, 5], [3, 5], by_day, later]
    assert [found(places, (25.4, 114.37), now=now) for now in moments] == expected
    assert NOW.astimezone(ZONE).hour == 12


def test_hours_that_cannot_be_read_close_one_place_and_hide_no_other() -> None:
    places = Places([record(1, hours="nonsense"), record(2)], version=1)
    assert found(places, (25.4, 114.37)) == [2]
    assert found(places, (25.4, 114.37), Wanted(is_open=False)) == [1, 2]


def test_what_is_broken_is_not_there() -> None:
    broken = record(1, facilities=(FacilityRecord("water", is_broken=True), FacilityRecord("toilet")))
    places = Places([broken, record(2, has=["water"])], version=1)
    assert found(places, (25.4, 114.37), Wanted(facilities=frozenset({"water"}))) == [2]
    assert found(places, (25.4, 114.37), Wanted(facilities=frozenset({"toilet"}))) == [1]


def test_the_trees_that_are_kept_are_bounded() -> None:
    places = Places([record(1)], version=1)
    for many in range(TREES + 9):
        asked = Wanted(facilities=frozenset(f"f{at}" for at in range(many)), is_open=False)
        assert found(places, (25.4, 114.37), asked) == ([1] if not many else [])
    assert len(places._known._trees) == TREES


# -- what changes in the store --


async def test_each_change_is_taken_over(store: Store) -> None:
    places, point = Places(), (25.405, 114.365)

    async def now_found() -> list[int]:
        await store.read(places.refresh)
        return found(places, point)

    assert await now_found() == []
    first = await store.write(places_made.add, number=1, at=point)
    second = await store.write(places_made.add, number=2, at=(25.406, 114.365), kind="shop")
    assert await now_found() == [first, second]
    assert sorted(places.kinds) == ["shop", "station"]

    def close(session: Session) -> None:
        place = catalogue.lock(session, first)
        place.state = PlaceState.CLOSED
        catalogue.touch(session, place)

    await store.write(close)
    assert await now_found() == [second]
    await store.write(places_made.remove, place_id=second)
    assert await now_found() == []
    assert places.get(second) is None
    assert places.get(first) is not None


async def test_what_was_undone_is_never_seen(store: Store) -> None:
    places = Places()
    await store.write(places_made.add)

    def fails(session: Session) -> None:
        places_made.add(session, 2)
        raise ValueError

    for _ in range(2):
        await asyncio.gather(store.write(fails), store.read(places.refresh), return_exceptions=True)
    await store.read(places.refresh)
    assert len(places) == 1


async def test_many_may_refresh_while_places_change(store: Store) -> None:
    """However they cross, what is there at the end is all of it, and no version is ever lost."""
    places, seen = Places(), []

    async def look() -> None:
        for _ in range(10):
            await store.read(places.refresh)
            seen.append((places._known.version, len(places)))

    async def change() -> None:
        for number in range(1, 21):
            await store.write(places_made.add, number=number)

    await asyncio.gather(change(), *(look() for _ in range(6)))
    await store.read(places.refresh)
    assert len(places) == 20
    assert seen == sorted(seen), "it never goes back"
    assert all(version == count for version, count in seen)
    moved = await store.write(_move_all)
    await asyncio.gather(*(store.read(places.refresh) for _ in range(6)))
    assert {place.latitude for place in places._known.places} == {25.5}
    assert places._known.version == moved


async def test_who_is_overtaken_takes_nothing_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one read has the changes in its hands, another one takes over newer ones."""
    places, read = Places(), catalogue.changed_since
    await store.write(places_made.add, number=1)

    def slowly(session: Session, version: int) -> list[PlaceRecord]:
        found = read(session, version)
        monkeypatch.setattr(catalogue, "changed_since", read)
        await_only(store.write(places_made.add, number=2))
        await_only(store.read(places.refresh))
        assert len(places) == 2
        return found

    monkeypatch.setattr(catalogue, "changed_since", slowly)
    await store.read(places.refresh)
    assert len(places) == 2


def _move_all(session: Session) -> int:
    places = session.query(ServicePlace).all()
    for place in places:
        place.latitude = 25.5
    return catalogue.touch(session, *places)


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_what_is_made_anew_of_a_change_is_as_if_all_were(chance: Any) -> None:
    """Hours, facilities and states change, one after the other; asked at moments between."""
    zone, has = ZoneInfo("Asia/Shanghai"), ("water", "toilet", "parking")
    all_ = {
        number: places_made.record(number, (25.4 + chance.random() / 50, 114.36 + chance.random() / 50), has[:2])
        for number in range(1, 21)
    }
    known, spot = _Known(tuple(all_.values()), 1), (25.41, 114.37)
    asked = [Wanted(), Wanted(is_open=False), Wanted(facilities=frozenset({"water"})), Wanted(is_all_day=True)]
    for version in range(2, 40):
        now = NOW + timedelta(minutes=20 * version)
        changes: list[dict[str, Any]] = [
            {"hours": chance.choice(["24/7", "08:00-20:00", "22:00-06:00"])},
            {"facilities": tuple(FacilityRecord(one, chance.random() < 0.5) for one in has)},
            {"state": chance.choice(list(PlaceState)), "state_until": now + timedelta(hours=1)},
            {"latitude": 25.4 + chance.random() / 50} if version % 10 == 0 else {"doubts": 1},
        ]
        number = chance.choice(list(all_))
        all_[number] = replace(all_[number], **chance.choice(changes), version=version)
        known = known.with_changes([all_[number]], version)
        anew = _Known(tuple(all_.values()), version)
        for wanted in asked:
            found, right = (
                [
                    one.places[at]
                    for at in one.tree(wanted, now=now, zone=zone).nearest(one.places, spot, most=60, within=REACH)
                ]
                for one in (known, anew)
            )
            assert found == right


def test_a_change_that_nobody_asks_for_makes_no_tree_anew() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    one, other = places_made.record(1, has=("water",)), places_made.record(2, has=("toilet",))
    known = _Known((one, other), 1)
    wanted = Wanted(facilities=frozenset({"toilet"}))
    tree = known.tree(wanted, now=NOW, zone=zone)
    broken = replace(one, facilities=(FacilityRecord("water", is_broken=True),), version=2)
    later = known.with_changes([broken], 2)
    assert later.tree(wanted, now=NOW, zone=zone) is tree
    assert later.by_id[1] is broken
    closed = replace(other, state=PlaceState.CLOSED, version=3)
    assert later.with_changes([closed], 3).tree(wanted, now=NOW, zone=zone) is not tree
    assert known.tree(wanted, now=NOW, zone=zone) is tree
