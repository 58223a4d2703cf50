"""How much places are used, and which posters are printed."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from services.errors import NotAllowed
from services.places import lookup, posters, usage
from services.places.errors import NotKeeper, PlaceGone, UnknownPlace, UnknownPlaceKind, WarningAmbiguous
from storage.evaluation_kinds import Span
from storage.figures import Period
from storage.kinds import Role
from storage.schema import PlaceKeeper, PlaceUsage, ServicePlace
from tests import county
from tests.moment import NOW
from tests.services.places import add_place
from tests.services.scene import Scene

MONDAY = date(2026, 11, 23)
WEEK = Period.around(MONDAY, Span.WEEK)


def _came(session: Session, *, place_id: int, day: date, hour: int, count: int) -> None:
    session.add(PlaceUsage(place_id=place_id, day=day, hour=hour, count=count))


def _remove(session: Session, *, place_id: int) -> None:
    session.get_one(ServicePlace, place_id).removed_at = NOW


async def place(scene: Scene, code: str, **how: Any) -> int:
    made: int = await scene.store.write(add_place, code=code, at=county.IN_A1, **how)
    return made


async def came(scene: Scene, place_id: int, *visits: tuple[int, int, int]) -> None:
    """Days of November, hours, how many."""
    for day, hour, count in visits:
        when = {"day": date(2026, 11, day), "hour": hour, "count": count}
        await scene.store.write(_came, place_id=place_id, **when)


async def test_counts_are_by_weekday_and_hour_of_the_days_asked_for(scene: Scene) -> None:
    one, other, unused = await place(scene, "S-1"), await place(scene, "S-2"), await place(scene, "S-3")
    await came(scene, one, (22, 9, 100), (23, 0, 1), (24, 9, 2), (29, 23, 3), (30, 9, 100))
    await came(scene, other, (24, 9, 7), (24, 10, 0))
    found = await scene.store.read(usage.everything, period=WEEK)
    assert [(row.place_id, row.count) for row in found.places] == [(other, 7), (one, 6)]
    assert unused not in {row.place_id for row in found.places}
    assert found.total == 13
    assert (found.week[0][0], found.week[1][9], found.week[6][23]) == (1, 9, 3)
    assert sum(map(sum, found.week)) == 13
    assert found.busiest == (1, 9)
    month = await scene.store.read(usage.everything, period=Period.around(MONDAY, Span.MONTH))
    assert month.total == 213
    assert month.week[0][9] == 100


async def test_of_one_place_also_of_one_that_nobody_used_or_that_is_gone(scene: Scene) -> None:
    by, one, unused = await scene.person(roles=(Role.ADMIN,)), await place(scene, "S-1"), await place(scene, "S-2")
    await came(scene, one, (24, 9, 2))
    await scene.store.write(_remove, place_id=one)
    asked: dict[str, Any] = {"person_id": by, "period": WEEK}
    found = await scene.store.read(usage.load, place_id=one, **asked)
    assert (found.total, found.busiest) == (2, (1, 9))
    empty = await scene.store.read(usage.load, place_id=unused, **asked)
    assert (empty.total, empty.busiest) == (0, None)
    with pytest.raises(PlaceGone):
        await scene.store.read(usage.load, place_id=999, **asked)


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.ADMIN)])
async def test_only_administrators_look(scene: Scene, role: Role | None) -> None:
    somebody = await scene.person(roles=() if role is None else (role,))
    with pytest.raises(NotAllowed):
        await scene.store.read(usage.load, person_id=somebody, period=WEEK)


async def test_a_place_is_found_by_what_people_type(scene: Scene) -> None:
    one = await place(scene, "S-1", name="图书馆驿站", name_en="Library Station")
    other = await place(scene, "S-2", name="河边驿站", name_en="")
    for text in ("s-1", "图书馆", "Library station"):
        assert (await scene.store.read(lookup.one, text=text)).id == one
    assert (await scene.store.read(lookup.one, text="河边驿站")).id == other
    for text in ("A-01", "Atlantis", "", "S-1, S-2", "S-1, A-01"):
        with pytest.raises(UnknownPlace):
            await scene.store.read(lookup.one, text=text)
    with pytest.raises(WarningAmbiguous):
        await scene.store.read(lookup.one, text="驿站")


async def test_posters_of_all_of_some_and_of_kinds(scene: Scene) -> None:
    for code, kind in (("S-2", "station"), ("S-1", "station"), ("H-1", "shop")):
        await place(scene, code, kind=kind)
    gone = await place(scene, "S-9")
    await scene.store.write(_remove, place_id=gone)

    async def codes(*codes: str, kinds: tuple[str, ...] = ()) -> list[str]:
        return [one.code for one in await scene.store.read(posters.chosen, codes=codes, kinds=kinds)]

    assert await codes() == ["H-1", "S-1", "S-2"]
    assert await codes("S-2") == ["S-2"]
    assert await codes(kinds=("station",)) == ["S-1", "S-2"]
    assert await codes(kinds=("centre",)) == []
    for unknown in ("S-9", "nowhere"):
        with pytest.raises(UnknownPlace):
            await codes("S-1", unknown)
    with pytest.raises(UnknownPlaceKind):
        await codes(kinds=("palace",))


async def test_who_keeps_a_place_gets_its_poster_and_nobody_elses(scene: Scene) -> None:
    one, other = await place(scene, "S-1"), await place(scene, "S-2")
    keeper, admin = await scene.person(roles=(Role.KEEPER,)), await scene.person(roles=(Role.ADMIN,))
    await scene.store.write(lambda session: session.add(PlaceKeeper(person_id=keeper, place_id=one, since=NOW)))
    assert (await scene.store.read(posters.of_place, place_id=one, person_id=keeper)).code == "S-1"
    assert (await scene.store.read(posters.of_place, place_id=other, person_id=admin)).code == "S-2"
    for person, place_id in ((keeper, other), (await scene.person(), one)):
        with pytest.raises(NotKeeper):
            await scene.store.read(posters.of_place, place_id=place_id, person_id=person)
    with pytest.raises(PlaceGone):
        await scene.store.read(posters.of_place, place_id=999, person_id=keeper)
    await scene.store.write(_remove, place_id=one)
    for person in (keeper, admin):
        with pytest.raises(PlaceGone):
            await scene.store.read(posters.of_place, place_id=one, person_id=person)
