"""The county's map in memory: which grid a place is in.

Built from the grids' table and handed to the services that need it. It never changes: an import makes a new one.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.errors import BadPlace
from storage.schema import Grid, MapVersion

_ONLY = 1
"""The key of the one row of `MapVersion`."""


@dataclass(frozen=True, slots=True)
class GridRef:
    """What there is to know about a grid without asking the store."""

    id: int
    code: str
    name: str
    community: str


class County:
    """All grids, with a spatial index (Shapely's STRtree)."""

    def __init__(self, grids: Sequence[GridRef], outlines: Sequence[shapely.Geometry], *, version: int = 0) -> None:
        order = sorted(range(len(grids)), key=lambda at: grids[at].code)
        self._grids = [grids[at] for at in order]
        shapes = [outlines[at] for at in order]
        self._tree = shapely.STRtree(shapes)
        self._area = _filled(shapes)
        shapely.prepare(self._area)
        self.version = version

    def __len__(self) -> int:
        return len(self._grids)

    def grid_at(self, latitude: float, longitude: float) -> GridRef | None:
        """The grid that the place is in; on a shared border the one with the lower code; None: in no grid."""
        found = self._tree.query(shapely.Point(longitude, latitude), predicate="intersects").tolist()
        return self._grids[min(found)] if found else None

    def neighbours(self, latitude: float, longitude: float, *, most: int) -> list[GridRef]:
        """The grids that touch the one that the place is in, the nearest to the place first."""
        point = shapely.Point(longitude, latitude)
        own = self._tree.query(point, predicate="intersects")
        if not len(own):
            return []
        first = int(own.min())
        shapes = self._tree.geometries
        touching = [int(at) for at in self._tree.query(shapes[first], predicate="intersects") if at != first]
        touching.sort(key=lambda at: (shapely.distance(shapes[at], point), at))
        return [self._grids[at] for at in touching[:most]]

    def contains(self, latitude: float, longitude: float) -> bool:
        """Whether the place is inside of the county: in a grid, or in a hole between grids."""
        return bool(shapely.intersects_xy(self._area, longitude, latitude))


def check_place(latitude: float, longitude: float) -> None:
    """Refuse what no phone would send.

    Raises:
        BadPlace: not finite, out of range, or 0,0 (what broken receivers report).
    """
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        raise BadPlace
    if abs(latitude) > 90 or abs(longitude) > 180 or (latitude == 0 and longitude == 0):
        raise BadPlace


def load(session: Session, *, unless: int | None = None) -> County | None:
    """Read the map; None if it is still the one with the version ``unless`` (which costs one small query)."""
    version = session.scalar(select(MapVersion.number)) or 0  # first: grids that come meanwhile are then read again
    if version == unless:
        return None
    columns = Grid.id, Grid.code, Grid.name, Grid.community, Grid.outline
    rows = session.execute(select(*columns).where(Grid.removed_at.is_(None)).order_by(Grid.id)).all()
    return County(
        [GridRef(row.id, row.code, row.name, row.community) for row in rows],
        [shapely.from_wkb(row.outline) for row in rows],
        version=version,
    )


def grid_in_store(session: Session, latitude: float, longitude: float) -> GridRef | None:
    """`County.grid_at` for who has no map in memory: reads every outline, which takes some milliseconds."""
    columns = Grid.id, Grid.code, Grid.name, Grid.community, Grid.outline
    rows = session.execute(select(*columns).where(Grid.removed_at.is_(None)).order_by(Grid.code)).all()
    found = shapely.intersects_xy(shapely.from_wkb([row.outline for row in rows]), longitude, latitude)
    here = (row for row, is_in in zip(rows, found, strict=True) if is_in)
    return next((GridRef(row.id, row.code, row.name, row.community) for row in here), None)


def changed(session: Session) -> None:
    """Note that grids were changed: whoever has the map in memory will read it anew."""
    version = session.get(MapVersion, _ONLY, with_for_update=True)
    if version is None:
        session.add(MapVersion(id=_ONLY, number=1))
    else:
        version.number += 1


def _filled(shapes: list[shapely.Geometry]) -> shapely.Geometry:
    """The union of the grids with its holes closed: a gap between grids is still the county."""
    if not shapes:
        return shapely.Polygon()
    union = shapely.union_all(shapes)
    parts = [shapely.Polygon(part.exterior) for part in shapely.get_parts(union) if part.geom_type == "Polygon"]
    return shapely.union_all(parts)
