"""How far two places are from each other."""

from geographiclib.geodesic import Geodesic

Point = tuple[float, float]
"""Latitude and longitude, WGS-84 degrees."""


def metres(one: Point, other: Point) -> int:
    """Along the ellipsoid, in whole metres: https://geographiclib.sourceforge.io/Python/doc/geodesics.html."""
    between: float = Geodesic.WGS84.Inverse(*one, *other, Geodesic.DISTANCE)["s12"]
    return round(between)
