"""The smallest county there is: one grid, and one person, who reports."""

import shapely
from sqlalchemy.orm import Session

from services.county import County, GridRef
from storage.kinds import GridKind, Language
from storage.schema import Grid, Person
from storage.store import Store
from tests.moment import NOW

HERE = (25.40, 114.36)
"""Latitude and longitude of a place inside."""
OUTLINE = shapely.box(114.3, 25.3, 114.4, 25.5)


async def make_county(store: Store) -> County:
    """Put the grid G1 and person 1 into the empty store."""
    return County([GridRef(await store.write(_fill), "G1", "One", "C")], [OUTLINE])


def _fill(session: Session) -> int:
    grid = Grid(
        code="G1",
        name="One",
        kind=GridKind.URBAN,
        community="C",
        town="T",
        households=1,
        outline=shapely.to_wkb(OUTLINE),
    )
    session.add_all([grid, Person(telegram_id=5001, name="Wang", language=Language.ZH, joined_at=NOW)])
    session.flush()
    return grid.id
