"""Which of some places are nearest, by distance on the ellipsoid.

A k-d tree knows places by their straight distance through the Earth (the chord), which is never longer than the way
along the ellipsoid and, within `REACH`, shorter by at most a known little. So the order of nearly all follows from the
chord alone; only where two may change places, or be equally far, both are measured by `services/distance.metres`.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy
from geographiclib.geodesic import Geodesic
from numpy.typing import NDArray

from services import distance
from services.distance import Point
from storage.place_records import PlaceRecord

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

REACH = 100_000
"""Metres within which places are looked for at most."""
_MORE = 3
"""Places that are looked at beyond those that are wanted."""
_SLACK = 1e-4
"""Metres that a chord, or `distance.metres` on the plane (0.01 mm), may be wrong by, with a margin."""

_AXIS = Geodesic.WGS84.a
_POLAR = _AXIS * (1 - Geodesic.WGS84.f)
_ECCENTRICITY = Geodesic.WGS84.f * (2 - Geodesic.WGS84.f)
_CURVED = 2 * _POLAR**2 / _AXIS
"""Twice the least radius by which a way along the ellipsoid is curved: that of the meridian at the equator."""


class Tree:
    """Some of the places, by their spots: it knows where they stand among all."""

    def __init__(self, at: list[int], their_spots: NDArray[numpy.float64]) -> None:
        self._at = at
        self._tree = _grown(their_spots) if at else None

    def nearest(self, places: Sequence[PlaceRecord], point: Point, *, most: int, within: float) -> list[int]:
        """Where they stand among all ``places``: the nearest first, of two that are equally far the lower one."""
        if self._tree is None or most < 1:
            return []
        looked, spot = most + _MORE, _spot(*point)
        while True:
            chords, at = self._tree.query(spot, looked, distance_upper_bound=within + _SLACK)
            far = float(chords[-1])
            if math.isinf(far) or far - _SLACK > _longest(float(chords[most - 1])):
                break
            looked *= 4
        found = [(chord, one) for chord, one in zip(chords.tolist(), at.tolist(), strict=True) if chord < math.inf]
        there = [(chord, self._at[one]) for chord, one in found]
        return _in_order(places, there, point, most, within)[:most]


def _in_order(
    places: Sequence[PlaceRecord], found: list[tuple[float, int]], point: Point, most: int, within: float
) -> list[int]:
    """By the way along the ellipsoid; what the chords leave open is measured."""
    ordered: list[int] = []
    run: list[int] = []  # these may be in any order
    edge = 0.0  # how far the farthest of them may be
    for chord, at in found:
        longest = _longest(chord)
        if longest > within and distance.metres(point, places[at].point) > within:
            continue
        if run and chord - _SLACK > edge:
            ordered += _measured(places, run, point)
            run = []
            if len(ordered) >= most:
                return ordered
        run.append(at)
        edge = longest
    return ordered + _measured(places, run, point)


def _measured(places: Sequence[PlaceRecord], run: list[int], point: Point) -> list[int]:
    if len(run) == 1:
        return run
    apart: dict[Point, float] = {}  # many may be at one spot
    for at in run:
        there = places[at].point
        if there not in apart:
            apart[there] = distance.metres(point, there)
    return sorted(run, key=lambda at: (apart[places[at].point], at))


def spots(points: Sequence[Point]) -> NDArray[numpy.float64]:
    """Earth-centred coordinates of places on the ellipsoid, in metres, a row each.

    Snyder, Map Projections, USGS 1395 (1987), formula 4-20 for the radius across the meridian.
    """
    degrees = numpy.array(points, dtype=float).reshape(-1, 2)
    latitude, longitude = numpy.radians(degrees[:, 0]), numpy.radians(degrees[:, 1])
    across = _AXIS / numpy.sqrt(1 - _ECCENTRICITY * numpy.sin(latitude) ** 2)
    out = across * numpy.cos(latitude)
    up = across * (1 - _ECCENTRICITY) * numpy.sin(latitude)
    return numpy.column_stack([out * numpy.cos(longitude), out * numpy.sin(longitude), up])


def metres(one: Point, other: Point) -> float:
    """How far it is, to be shown: by the chord, which within `REACH` is good to a few centimetres and does not take a
    tenth of a millisecond, as the geodesic does.
    """
    return _longest(math.dist(_spot(*one), _spot(*other))) - _SLACK


def _spot(latitude: float, longitude: float) -> tuple[float, float, float]:
    """The same of one place, which is quicker so."""
    north, east = math.radians(latitude), math.radians(longitude)
    across = _AXIS / math.sqrt(1 - _ECCENTRICITY * math.sin(north) ** 2)
    out = across * math.cos(north)
    return out * math.cos(east), out * math.sin(east), across * (1 - _ECCENTRICITY) * math.sin(north)


def _longest(chord: float) -> float:
    """How long the way along the ellipsoid may be: of all curves that are nowhere curved more than a circle, none with
    this chord is longer than the circle's arc (Schur's comparison theorem).
    """
    arc: float = _CURVED * math.asin(min(1.0, chord / _CURVED))
    return arc + _SLACK


def _grown(their_spots: NDArray[numpy.float64]) -> "cKDTree":
    from scipy.spatial import cKDTree  # only now: SciPy is some 25 MB, and a start need not wait for it

    return cKDTree(their_spots)
