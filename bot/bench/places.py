"""Figures: the five nearest of many service places, by memory and by the service; and `bot/bench/question.py`.

Beside them: NumPy, which measures all places that are wanted and takes the nearest (the same five, which is checked).
"""

import time
from collections.abc import Callable
from datetime import datetime
from itertools import cycle, islice
from typing import Any

import numpy
from numpy.typing import NDArray
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bot.bench.figure import Figure, Goal, Series
from bot.bench.place import FIRST_OFFICER, Place
from bot.bench.question import whole
from bot.bench.size import Size
from bot.time import utc_now
from services import distance, worktime
from services.distance import Point
from services.places import find
from services.places.index import Places
from services.places.nearest import spots
from services.places.standing import stands
from storage.facilities import facilities, kinds, limits
from storage.near_places import ROUND_THE_CLOCK, Wanted
from storage.places_kinds import PlaceState
from storage.schema import Person, PlaceFacility, PlacesVersion, ServicePlace
from storage.store import open_store

SEED = 20261126
HOURS = (ROUND_THE_CLOCK, "08:00-20:00", "09:00-21:30", "22:00-06:00")
ASKED = (
    Wanted(),
    Wanted(facilities=frozenset({"water", "toilet"})),
    Wanted(facilities=frozenset({"charging"}), is_all_day=True),
    Wanted(kinds=frozenset({"station"}), facilities=frozenset({"parking"})),
)
"""What riders ask for, in turn."""
ZONE = worktime.USUAL.zone
ALIKE = 3
"""NumPy looks at so many more by a flat distance before it measures, as two may change places."""

Question = tuple[Point, Wanted]


async def measure(place: Place, size: Size) -> list[Figure]:
    """Microseconds, milliseconds, updates a second."""
    url = place.store("places")
    store = await open_store(url)
    try:
        await store.write(_fill, place=place, many=size.places)
        places, now = Places(), utc_now()
        await store.read(places.refresh)
        questions = _questions(place, size.questions)
        figures = _in_memory(places, questions, size, now=now)
        seconds = [
            await store.write(_by_service, places=places, questions=questions[: max(1, size.questions // 10)], now=now)
            for _ in range(size.rounds + 1)
        ]
        what = f"the same by the service, with all that its card says, of {size.places:,}"
        series = Series(tuple(one * 1e3 for one in seconds[1:]), "ms")
        figures.append(Figure(what, series, goal=Goal(1, at_most=True, unit="ms")))
    finally:
        await store.close()
    return [*figures, await whole(place, size, url)]


def _fill(session: Session, *, place: Place, many: int) -> None:
    """Places all over the county, some in each grid, with what such places have."""
    chance = numpy.random.default_rng(SEED)
    rows, has = [], []
    for number, spot in enumerate(islice(cycle(place.spots), many), start=1):
        north, east = chance.normal(0, 0.004, 2)
        rows.append(
            {
                "id": number,
                "code": f"B-{number}",
                "kind": list(kinds())[number % len(kinds())],
                "name_zh": f"{number}号驿站",
                "name_en": f"Station {number}",
                "latitude": spot[0] + float(north),
                "longitude": spot[1] + float(east),
                "address": f"府前街{number}号",
                "hours": HOURS[number % len(HOURS)],
                "state": PlaceState.AS_ITS_HOURS,
                "doubts": 0,
                "added_at": utc_now(),
                "version": 1,
            }
        )
        codes = [code for code in facilities() if chance.random() < 0.4]
        has += [{"place_id": number, "facility": code, "is_broken": False} for code in codes]
    session.execute(insert(ServicePlace), rows)
    session.execute(insert(PlaceFacility), has)
    session.add(PlacesVersion(id=1, number=1))


def _questions(place: Place, many: int) -> list[Question]:
    chance = numpy.random.default_rng(SEED + 1)
    found: list[Question] = []
    for at in range(many):
        latitude, longitude = place.spots[int(chance.integers(len(place.spots)))]
        north, east = chance.normal(0, 0.004, 2)
        found.append(((latitude + float(north), longitude + float(east)), ASKED[at % len(ASKED)]))
    return found


def _in_memory(places: Places, questions: list[Question], size: Size, *, now: datetime) -> list[Figure]:
    def ours(point: Point, wanted: Wanted) -> list[int]:
        found = places.nearest(point, wanted, most=limits().shown, within=find.WITHIN, now=now, zone=ZONE)
        return [one.id for one in found]

    brute = _Brute(places, now=now)
    for point, wanted in questions[:: max(1, len(questions) // 200)]:  # all trees are made by now, too
        if ours(point, wanted) != brute.nearest(point, wanted):
            raise AssertionError(f"not the same near {point}: {ours(point, wanted)}, {brute.nearest(point, wanted)}")
    some = questions[:: max(1, len(questions) // 500)]
    mine = Series(tuple(_each(ours, questions) for _ in range(size.rounds)), "µs")
    theirs = Series(tuple(_each(brute.nearest, some) for _ in range(size.rounds)), "µs")
    what, beside = f"the five nearest of {len(places):,} places, with filters", "all of them measured by NumPy"
    return [
        Figure(what, mine, goal=Goal(60, at_most=True, unit="µs")),
        Figure("the same, beside", mine, beside, theirs, Goal(0.25, at_most=True)),
    ]


class _Brute:
    """A column for each thing that may be wanted; distances through the Earth of all that are."""

    def __init__(self, places: Places, *, now: datetime) -> None:
        known = [one for at in range(1, len(places) + 1) if (one := places.get(at)) is not None]
        self._points = [one.point for one in known]
        self._ids = [one.id for one in known]
        self._spots = spots(self._points)
        self._open = numpy.array([stands(one, now=now, zone=ZONE).is_open for one in known])
        self._all_day = numpy.array([one.hours == ROUND_THE_CLOCK for one in known])
        self._has = {code: numpy.array([code in one.works for one in known]) for code in facilities()}
        self._kind = {code: numpy.array([one.kind == code for one in known]) for code in kinds()}

    def nearest(self, point: Point, wanted: Wanted) -> list[int]:
        at = numpy.flatnonzero(self._mask(wanted))
        apart = ((self._spots[at] - spots([point])[0]) ** 2).sum(axis=1)
        many = min(limits().shown + ALIKE, len(at))
        first = at[numpy.argpartition(apart, many - 1)[:many]] if many else at
        near = sorted((distance.metres(point, self._points[one]), self._ids[one]) for one in first.tolist())
        return [one for metres, one in near if metres <= find.WITHIN][: limits().shown]

    def _mask(self, wanted: Wanted) -> NDArray[numpy.bool_]:
        mask = self._open if wanted.is_open else numpy.ones(len(self._ids), dtype=bool)
        for code in wanted.facilities:
            mask = mask & self._has[code]
        if wanted.is_all_day:
            mask = mask & self._all_day
        return mask & numpy.any([self._kind[code] for code in wanted.kinds], axis=0) if wanted.kinds else mask


def _each(ask: Callable[[Point, Wanted], list[int]], questions: list[Question]) -> float:
    """Microseconds a question."""
    began = time.perf_counter()
    for point, wanted in questions:
        ask(point, wanted)
    return (time.perf_counter() - began) / len(questions) * 1e6


def _by_service(session: Session, *, places: Places, questions: list[Question], now: datetime) -> float:
    """Seconds a question, in one unit of work: each notes where somebody is and looks whether a place has changed."""
    who = session.scalars(select(Person.id).where(Person.telegram_id >= FIRST_OFFICER).limit(1)).one()  # no rider
    packed = [(point, wanted.pack()) for point, wanted in questions]
    began = time.perf_counter()
    for point, wanted in packed:
        asked: dict[str, Any] = {"point": point, "wanted": wanted}
        if find.look_from(session, places=places, person_id=who, **asked, now=now) is None:
            raise AssertionError("a place has changed")
    return (time.perf_counter() - began) / len(packed)
