"""The demo has the places of the sample county, also where its store is older than they are."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.demo import demo


def rows(folder: Path, sql: str) -> int:
    """What a statement counts or changes, by a connection of the test's own."""
    with closing(sqlite3.connect(folder / "warmgrid.db")) as connection, connection:
        found = connection.execute(sql).fetchone()
    return found[0] if found is not None else 0


async def test_the_demo_brings_places_to_a_store_that_has_none(tmp_path: Path) -> None:
    for _ in range(2):
        async with demo(port=0, folder=tmp_path):
            pass
        assert rows(tmp_path, "SELECT count(*) FROM service_places") == 179
        assert rows(tmp_path, "SELECT count(*) FROM place_facilities") > 500
        for table in ("place_facilities", "service_places", "places_version"):  # as it was before there were any
            rows(tmp_path, f"DELETE FROM {table}")
