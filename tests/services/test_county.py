"""Which grid a place is in: against a plain scan of the sample county."""

import json
import math
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import shape

from services.county import County, GridRef, changed, check_place, load
from services.errors import BadPlace
from storage.store import Store
from tests import county as small

FILE = Path(__file__).parents[2] / "data" / "sample-county" / "grids.geojson"


@cache
def outlines() -> dict[str, shapely.Geometry]:
    """All grids of the sample county, by code."""
    features = json.loads(FILE.read_text(encoding="utf-8"))["features"]
    made = {feature["properties"]["code"]: shape(feature["geometry"]) for feature in features}
    for outline in made.values():
        shapely.prepare(outline)
    return made


@cache
def sample() -> County:
    """The sample county, its grids handed over in no order."""
    codes = sorted(outlines(), key=lambda code: code[::-1])
    return County(
        [GridRef(number, code, code, "") for number, code in enumerate(codes)], [outlines()[code] for code in codes]
    )


def scan(latitude: float, longitude: float) -> str | None:
    """The lowest code of the grids that have the place, one by one."""
    place = shapely.Point(longitude, latitude)
    return min((code for code, outline in outlines().items() if outline.intersects(place)), default=None)


@cache
def corners() -> list[tuple[float, float]]:
    """Longitude and latitude of every corner of every grid."""
    return sorted({tuple(pair) for outline in outlines().values() for pair in shapely.get_coordinates(outline)})


@cache
def box() -> tuple[float, float, float, float]:
    west, south, east, north = shapely.total_bounds(list(outlines().values()))
    return float(west) - 0.01, float(south) - 0.01, float(east) + 0.01, float(north) + 0.01


def anywhere() -> st.SearchStrategy[tuple[float, float]]:
    west, south, east, north = box()
    return st.tuples(st.floats(west, east), st.floats(south, north))


def on_a_side() -> st.SearchStrategy[tuple[float, float]]:
    """A place on the way from one corner of a grid to the next: nearly always a shared border."""

    def place(outline: shapely.Geometry, at: float) -> tuple[float, float]:
        found = shapely.line_interpolate_point(outline.boundary, at, normalized=True)
        return float(found.x), float(found.y)

    return st.builds(place, st.sampled_from(list(outlines().values())), st.floats(0, 1))


PLACES: list[Callable[[], st.SearchStrategy[tuple[float, float]]]] = [
    anywhere,
    on_a_side,
    lambda: st.sampled_from(corners()),
]


@pytest.mark.parametrize("places", PLACES, ids=["anywhere", "on a side", "in a corner"])
def test_the_index_finds_what_a_plain_scan_finds(
    places: Callable[[], st.SearchStrategy[tuple[float, float]]],
) -> None:
    @settings(max_examples=200, deadline=None)
    @given(places())
    def check(place: tuple[float, float]) -> None:
        longitude, latitude = place
        found = sample().grid_at(latitude, longitude)
        assert (found.code if found else None) == scan(latitude, longitude)
        assert found is None or sample().contains(latitude, longitude)

    check()


def test_every_corner_that_grids_share_has_the_lowest_code_of_them() -> None:
    shared = [corner for corner in corners()[::25] if scan(corner[1], corner[0])]
    assert len(shared) > 50
    for longitude, latitude in shared:
        found = sample().grid_at(latitude, longitude)
        assert found is not None
        assert found.code == scan(latitude, longitude)


async def test_the_small_county_is_read_from_the_store(store: Store) -> None:
    county = await store.write(small.build)
    assert len(county) == 4
    names = [county.grid_at(*place) for place in (small.IN_A1, small.IN_A2, small.IN_B1, small.IN_GAP, small.OUTSIDE)]
    assert [found.code if found else None for found in names] == ["A-01", "A-02", "B-01", None, None]
    border = county.grid_at(*small.ON_BORDER_A1_A2)
    assert border is not None
    assert border.code == "A-01"


async def test_a_gap_between_grids_is_in_the_county_and_beyond_them_is_not(store: Store) -> None:
    county = await store.write(small.build)
    assert county.contains(*small.IN_GAP)
    assert not county.contains(*small.OUTSIDE)


async def test_the_map_is_read_anew_only_when_it_changed(store: Store) -> None:
    county = await store.write(small.build)
    assert await store.read(load, unless=county.version) is None
    for _ in range(2):
        await store.write(changed)
        newer = await store.read(load, unless=county.version)
        assert newer is not None
        assert len(newer) == 4
        county = newer
    assert await store.read(load, unless=county.version) is None


async def test_a_county_without_grids_contains_nothing(store: Store) -> None:
    county = await store.read(load)
    assert county is not None
    assert (len(county), county.grid_at(25.4, 114.3), county.contains(25.4, 114.3)) == (0, None, False)


@pytest.mark.parametrize(
    "place", [(math.nan, 1.0), (1.0, math.nan), (math.inf, 1.0), (0.0, 0.0), (90.1, 0.0), (-91.0, 0.0), (0.0, 180.1)]
)
def test_a_place_that_cannot_be_is_refused(place: tuple[float, float]) -> None:
    with pytest.raises(BadPlace):
        check_place(*place)


@pytest.mark.parametrize("place", [(90.0, 180.0), (-90.0, -180.0), (0.0, 0.1), (25.4, 114.4)])
def test_a_place_on_earth_is_taken(place: tuple[float, float]) -> None:
    check_place(*place)


async def test_the_neighbours_of_a_place_are_the_grids_that_touch_its_own_the_nearest_first(store: Store) -> None:
    county = await store.write(small.build)
    west, east = (25.405, 114.372), (25.405, 114.378)  # both in A-02
    assert [grid.code for grid in county.neighbours(*west, most=6)] == ["A-01", "B-01"]
    assert [grid.code for grid in county.neighbours(*east, most=6)] == ["B-01", "A-01"]
    assert [grid.code for grid in county.neighbours(*east, most=1)] == ["B-01"]
    assert county.neighbours(*small.IN_GAP, most=6) == []
