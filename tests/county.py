"""A small county for tests: four grids in a row, one of them rural, and a gap that belongs to no grid.

Each grid is 0.01 degrees wide. From the west: A-01, A-02 (community Alpha), B-01 (Beta), then the gap inside a ring
that B-02 leaves open.
"""

import shapely
from sqlalchemy.orm import Session

from services import county
from services.county import County
from storage.kinds import GridKind
from storage.schema import Grid

WEST, SOUTH = 114.36, 25.40
IN_A1 = (25.405, 114.365)  # latitude, longitude
IN_A2 = (25.405, 114.375)
IN_B1 = (25.405, 114.385)
IN_GAP = (25.405, 114.395)
ON_BORDER_A1_A2 = (25.405, 114.37)
OUTSIDE = (26.5, 115.5)


def square(column: int) -> shapely.Geometry:
    """The grid in this column."""
    west = round(WEST + 0.01 * column, 6)
    return shapely.box(west, SOUTH, round(west + 0.01, 6), SOUTH + 0.01)


def outlines() -> dict[str, tuple[str, shapely.Geometry]]:
    """Community and outline by code."""
    ring = shapely.difference(square(3), shapely.box(114.393, 25.403, 114.397, 25.407))
    return {
        "A-01": ("Alpha", square(0)),
        "A-02": ("Alpha", square(1)),
        "B-01": ("Beta", square(2)),
        "B-02": ("Beta", ring),
    }


def build(session: Session) -> County:
    """Put the grids into the store; return the map."""
    for code, (community, outline) in outlines().items():
        _add(session, code, community, outline)
    return _map(session)


def grow(session: Session) -> County:
    """Two more grids (Gamma): C-01 in the gap, C-02 around what was outside; return the map."""
    latitude, longitude = OUTSIDE
    _add(session, "C-01", "Gamma", shapely.box(114.393, 25.403, 114.397, 25.407))
    _add(session, "C-02", "Gamma", shapely.Point(longitude, latitude).buffer(0.01))
    county.changed(session)
    return _map(session)


def _add(session: Session, code: str, community: str, outline: shapely.Geometry) -> None:
    session.add(
        Grid(
            code=code,
            name=f"Grid {code}",
            kind=GridKind.URBAN,
            community=community,
            town="Town",
            households=400,
            outline=shapely.to_wkb(outline),
        )
    )


def _map(session: Session) -> County:
    session.flush()
    made = county.load(session)
    assert made is not None
    return made
