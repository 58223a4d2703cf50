"""The land of a grid as a file gives it, and where two of them lie over each other."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from services.imports.results import Reason
from services.imports.values import Unfit
from storage.tables import Row

OVERLAP_M2 = 1.0
"""Square metres that two grids may share: borders drawn twice by hand never match to the last decimal."""
METRES_A_DEGREE = 111_195.0
"""Of a great circle on a sphere of the earth's mean radius, 6,371.0088 km; good to 0.6 % for small areas."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A valid polygon or multipolygon; degrees, longitude before latitude."""

    code: str
    geometry: BaseGeometry

    @property
    def wkb(self) -> bytes:
        """As the store keeps it: little-endian, the same on every machine."""
        return shapely.to_wkb(self.geometry, byte_order=1)

    @classmethod
    def of_wkb(cls, code: str, wkb: bytes) -> "Outline":
        """An outline of the store."""
        return cls(code, shapely.from_wkb(wkb))


def read_outline(row: Row, *, code: str) -> Outline:
    """The outline of a row, turned anticlockwise, heights left out.

    Raises:
        Unfit: there is none, or it is no valid polygon on the globe.
    """
    geometry = _parse(row)
    if geometry.geom_type not in ("Polygon", "MultiPolygon"):
        raise Unfit(Reason.NOT_POLYGON, kind=geometry.geom_type)
    geometry = shapely.force_2d(geometry)
    if geometry.is_empty:
        raise Unfit(Reason.NO_OUTLINE)
    for lon, lat in shapely.get_coordinates(geometry).tolist():
        if not (abs(lon) <= 180 and abs(lat) <= 90):  # also true of NaN
            raise Unfit(Reason.BAD_COORDINATES, longitude=lon, latitude=lat)
    if not geometry.is_valid:
        _, _, place = shapely.is_valid_reason(geometry).rstrip("]").rpartition("[")
        raise Unfit(Reason.INVALID_OUTLINE, place=place.replace(" ", ", "))
    return Outline(code, shapely.orient_polygons(geometry))


def _parse(row: Row) -> BaseGeometry:
    try:
        if row.shape is not None:
            return _of_geojson(row.shape)
        words = row.values.get("outline", "")
        if not words:
            raise Unfit(Reason.NO_OUTLINE)
        return shapely.from_wkt(words)
    except (
        shapely.errors.ShapelyError,
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
    ) as problem:
        # shapely trusts what it is given: a list where a number should be, a missing member … end up in any of these
        raise Unfit(Reason.BAD_OUTLINE) from problem


def _of_geojson(value: Any) -> BaseGeometry:
    kind = value["type"]
    if kind not in ("Polygon", "MultiPolygon"):
        raise Unfit(Reason.NOT_POLYGON, kind=kind)
    return shape(value)


def overlaps(outlines: Sequence[Outline]) -> list[tuple[str, str, float]]:
    """All pairs that share more than `OVERLAP_M2`: the code of the earlier, of the later, square metres."""
    geometries = [outline.geometry for outline in outlines]
    tree = shapely.STRtree(geometries)
    found: list[tuple[str, str, float]] = []
    candidates = tree.query(geometries, predicate="intersects").T.tolist()
    for earlier, later in sorted((one, other) for one, other in candidates if one < other):
        area = _square_metres(geometries[earlier].intersection(geometries[later]))
        if area > OVERLAP_M2:
            found.append((outlines[earlier].code, outlines[later].code, area))
    return found


def _square_metres(geometry: BaseGeometry) -> float:
    if geometry.area == 0.0:
        return 0.0
    return geometry.area * METRES_A_DEGREE**2 * math.cos(math.radians(geometry.centroid.y))
