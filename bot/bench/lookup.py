"""Figure: in which grid is a pin? Beside the plain way: test every outline, all at once (Shapely's vectorised scan)."""

import time

import numpy
import shapely
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.bench.figure import Figure, Goal, Series
from bot.bench.place import Place
from bot.bench.size import Size
from services import county
from services.county import County
from storage.schema import Grid
from storage.store import open_store

SEED = 20260105
LINEAR = 100
"""One linear lookup for so many of ours: it takes that much longer."""


async def measure(place: Place, size: Size) -> list[Figure]:
    """Microseconds a lookup, at places all over the county."""
    store = await open_store(place.store("lookup"))
    try:
        the_map = await store.read(county.load)
        outlines = await store.read(_outlines)
    finally:
        await store.close()
    assert the_map is not None
    for outline in outlines:
        shapely.prepare(outline)
    pins = _pins(the_map, outlines, most=size.lookups)
    ours, theirs = [], []
    for _ in range(size.rounds):
        ours.append(_ours(the_map, pins))
        theirs.append(_theirs(outlines, pins[::LINEAR]))
    return [
        Figure(
            f"pin → grid at {len(the_map):,} grids",
            Series(tuple(ours), "µs"),
            "a linear scan of prepared outlines",
            Series(tuple(theirs), "µs"),
            Goal(40, at_most=True, unit="µs"),
        )
    ]


def _outlines(session: Session) -> list[shapely.Geometry]:
    return [shapely.from_wkb(outline) for outline in session.scalars(select(Grid.outline).order_by(Grid.code))]


def _pins(the_map: County, outlines: list[shapely.Geometry], *, most: int) -> list[tuple[float, float]]:
    """Places inside of the county: latitude, longitude."""
    west, south, east, north = shapely.total_bounds(outlines)
    chance = numpy.random.default_rng(SEED)
    pins: list[tuple[float, float]] = []
    while len(pins) < most:
        longitude, latitude = float(chance.uniform(west, east)), float(chance.uniform(south, north))
        if the_map.contains(latitude, longitude):
            pins.append((latitude, longitude))
    return pins


def _ours(the_map: County, pins: list[tuple[float, float]]) -> float:
    began = time.perf_counter()
    for latitude, longitude in pins:
        the_map.grid_at(latitude, longitude)
    return (time.perf_counter() - began) / len(pins) * 1e6


def _theirs(outlines: list[shapely.Geometry], pins: list[tuple[float, float]]) -> float:
    shapes = numpy.array(outlines)
    began = time.perf_counter()
    for latitude, longitude in pins:
        numpy.flatnonzero(shapely.intersects_xy(shapes, longitude, latitude))
    return (time.perf_counter() - began) / len(pins) * 1e6
