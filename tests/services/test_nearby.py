"""Open reports near a place, found by an index."""

import math
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from services import dispatch, distance, nearby, reports
from services.nearby import Nearness, cell_of, cells_around
from storage.kinds import Level, PlaceSource, Status
from storage.schema import Report
from storage.store import Store
from tests import county
from tests.moment import NOW
from tests.services.scene import Scene

HERE = county.IN_A1
METRE = 1 / 110_774  # of latitude, at 25°
COUNTY = {"latitude": st.floats(24, 26), "longitude": st.floats(114, 116)}


def north(metres: float) -> tuple[float, float]:
    return HERE[0] + metres * METRE, HERE[1]


def east(metres: float) -> tuple[float, float]:
    return HERE[0], HERE[1] + metres / (111_320 * math.cos(math.radians(HERE[0])))


def _open(session: Session, reporter: int, *, at: tuple[float, float], now: Any) -> Report:
    """A row alone: to find it, nothing else is needed."""
    moments = dict.fromkeys(("filed_at", "accept_by", "resolve_by", "phase_from", "resolve_from"), now)
    return Report(
        reporter_id=reporter,
        status=Status.OPEN,
        category="other",
        is_urgent=False,
        latitude=at[0],
        longitude=at[1],
        place_source=PlaceSource.PIN,
        cell=cell_of(at),
        level=Level.PRIMARY,
        **moments,
    )


async def near(scene: Scene, *, category: str = "other", now: Any = NOW) -> list[tuple[int, int]]:
    found = await scene.store.write(nearby.same_kind, place=HERE, category=category, now=now)
    return [(one.report_id, one.metres) for one in found]


@given(**COUNTY, bearing=st.floats(-1, 1), metres=st.integers(1, 200))
def test_what_lies_within_the_metres_lies_in_the_squares(
    latitude: float, longitude: float, bearing: float, metres: int
) -> None:
    for north_part, east_part in ((1, bearing), (bearing, 1), (-1, bearing), (bearing, -1)):
        there = (latitude + north_part * metres * METRE * 0.7, longitude + east_part * metres * METRE * 0.7)
        if distance.metres((latitude, longitude), there) <= metres:
            assert cell_of(there) in cells_around((latitude, longitude), metres=metres)


def test_a_look_is_at_few_squares() -> None:
    assert max(len(cells_around((25.4 + at / 7919, 114.3 + at / 6007), metres=50)) for at in range(2000)) <= 4


async def test_the_nearest_comes_first_and_what_is_farther_does_not_count(scene: Scene) -> None:
    rider = await scene.person()
    far, edge, close = [await scene.file(rider, at=north(metres)) for metres in (51, 49, 3)]
    assert await near(scene) == [(close, 3), (edge, 49)]
    assert far not in dict(await near(scene))


async def test_in_a_crowd_the_nearest_are_found(scene: Scene) -> None:
    rider = await scene.person()

    def crowd(session: Session, *, now: Any) -> None:
        made = [_open(session, rider, at=north(60 + at), now=now) for at in range(40)]
        made += [_open(session, rider, at=east(60 + at / 2), now=now) for at in range(40)]
        made += [_open(session, rider, at=there, now=now) for there in (east(45), north(48), HERE, north(3))]
        session.add_all(made)

    await scene.do(crowd)
    assert [metres for _, metres in await near(scene)] == [0, 3, 45, 48]


async def test_of_more_than_anybody_looks_through_the_nearest_are_found(scene: Scene) -> None:
    rider = await scene.person()
    far = range(47, 7, -1)

    def crowd(session: Session, *, now: Any) -> None:
        session.add_all([_open(session, rider, at=east(metres), now=now) for metres in far])

    await scene.do(crowd)
    assert [metres for _, metres in await near(scene)] == sorted(far)[: nearby.MOST]


@pytest.mark.parametrize("metres", [50.2, 49.8])
async def test_a_metre_is_not_rounded_before_it_is_compared(scene: Scene, metres: float) -> None:
    report = await scene.file(await scene.person(), at=north(metres))
    assert await near(scene) == ([(report, 50)] if metres < 50 else [])


async def test_another_category_an_old_one_and_one_that_ended_do_not_count(scene: Scene) -> None:
    rider, officer = await scene.person(), await scene.officer()
    await scene.file(rider, words="water leak")
    ended = await scene.accepted(rider, officer)
    await scene.do(dispatch.reject, report_id=ended, officer_id=officer, why="none")
    assert await near(scene) == []
    open_one = await scene.file(rider)
    assert await near(scene, now=NOW + timedelta(hours=71)) == [(open_one, 0)]
    assert await near(scene, now=NOW + timedelta(hours=73)) == []


async def test_a_report_whose_place_was_corrected_is_found_where_it_is(scene: Scene) -> None:
    rider = await scene.person()
    report = await scene.file(rider, at=county.IN_B1)
    where = {"latitude": HERE[0], "longitude": HERE[1], "source": PlaceSource.PIN, "place_name": None}
    await scene.do(reports.change_place, report_id=report, person_id=rider, county=scene.county, **where)
    assert await near(scene) == [(report, 0)]


async def test_how_near_is_a_setting(scene: Scene) -> None:
    rider = await scene.person()
    await scene.file(rider, at=north(30))

    def found(session: Session, *, nearness: Nearness) -> int:
        session.info[nearby.KEY] = nearness
        try:
            return len(nearby.same_kind(session, HERE, category="other", now=NOW))
        finally:
            del session.info[nearby.KEY]

    counts = [await scene.store.write(found, nearness=Nearness(metres, 72)) for metres in (0, 20, 40, 200)]
    assert counts == [0, 0, 1, 1]


async def test_the_search_uses_the_index(store: Store) -> None:
    def plan(session: Session) -> str:
        asked: list[tuple[str, Any]] = []
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda *facts: asked.append((facts[2], facts[3])))
        nearby.same_kind(session, HERE, category="other", now=NOW)
        statement, values = asked[-1]
        if connection.dialect.name == "postgresql":  # a small table is read whole, unless that is forbidden
            session.execute(text("SET LOCAL enable_seqscan = off"))
            return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", values))
        return "\n".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values))

    said = await store.read(plan)
    assert "ix_reports_near" in said
    if "SEARCH" in said:
        assert "cell=? AND status=? AND category=? AND filed_at>?" in said


async def test_old_reports_have_the_square_that_new_ones_have(scene: Scene) -> None:
    rider = await scene.person()
    report = await scene.report(await scene.file(rider, at=(25.4049999, 114.3650001)))
    assert report.cell == cell_of((report.latitude, report.longitude))

    def as_the_migration_counts(session: Session) -> int:
        whole = "CAST({} AS INTEGER)" if session.get_bind().dialect.name == "sqlite" else "CAST(floor({}) AS BIGINT)"
        rows, columns = whole.format("(latitude + 90) * 1000"), whole.format("(longitude + 180) * 1000")
        return int(session.scalar(text(f"SELECT {rows} * 1000000 + {columns} FROM reports")) or 0)

    assert await scene.store.read(as_the_migration_counts) == report.cell
