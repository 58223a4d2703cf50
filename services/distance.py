"""How far two places are from each other."""

import math

from geographiclib.geodesic import Geodesic

Point = tuple[float, float]
"""Latitude and longitude, WGS-84 degrees."""

REACH = 100
"""Metres that two places of one hazard may be apart, by what phones and cameras know of them."""

_CLOSE = 0.01
"""Degrees within which the ellipsoid is as good as flat: the error stays below 0.01 mm (measured up to 85°)."""
_POLAR = 85.0
_AXIS = Geodesic.WGS84.a
_ECCENTRICITY = Geodesic.WGS84.f * (2 - Geodesic.WGS84.f)


def metres(one: Point, other: Point) -> float:
    """Along the ellipsoid: https://geographiclib.sourceforge.io/Python/doc/geodesics.html.

    Places that are close by, as nearly all that are asked about, are measured on the plane at the latitude between
    them, which takes a hundredth of the time. Compare it as it is, and round it to show it: 50.4 m are more than 50.
    """
    if abs(one[0] - other[0]) < _CLOSE and abs(one[1] - other[1]) < _CLOSE and abs(one[0]) < _POLAR:
        return _on_the_plane(one, other)
    between: float = Geodesic.WGS84.Inverse(*one, *other, Geodesic.DISTANCE)["s12"]
    return between


def _on_the_plane(one: Point, other: Point) -> float:
    """By the two radii of curvature at the middle: Snyder, Map Projections, USGS 1395 (1987), formulas 4-18, 4-20."""
    between = math.radians((one[0] + other[0]) / 2)
    flat = 1 - _ECCENTRICITY * math.sin(between) ** 2
    across = _AXIS / math.sqrt(flat)
    along = across * (1 - _ECCENTRICITY) / flat
    north = math.radians(other[0] - one[0]) * along
    east = math.radians(other[1] - one[1]) * across * math.cos(between)
    return math.hypot(north, east)
