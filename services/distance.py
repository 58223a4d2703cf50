"""How far two places are from each other."""

from geographiclib.geodesic import Geodesic

Point = tuple[float, float]
"""Latitude and longitude, WGS-84 degrees."""


def metres(one: Point, other: Point) -> float:
    """Along the ellipsoid: https://geographiclib.sourceforge.io/Python/doc/geodesics.html.

    Compare it as it is, and round it to show it: 50.4 m are more than 50.
    """
    between: float = Geodesic.WGS84.Inverse(*one, *other, Geodesic.DISTANCE)["s12"]
    return between
