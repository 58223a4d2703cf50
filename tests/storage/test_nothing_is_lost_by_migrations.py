"""A store with something in every table is brought up to date, on both databases, and all of it is still there."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Double,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    make_url,
    select,
)

from storage.migrate import upgrade, upgrade_on
from tests.storage.test_migrations import change, empty_url, look

__all__ = ["empty_url"]

SINCE = ["0004", "0005", "0006"]
VALUES: tuple[tuple[type, Any], ...] = (
    (Boolean, True),
    (LargeBinary, b"x"),
    (Integer, 1),
    (Double, 1.5),
    (Float, 1.5),
    (DateTime, datetime(2026, 11, 23, 4, 0, tzinfo=UTC)),
    (Date, datetime(2026, 11, 23, tzinfo=UTC).date()),
    (JSON, {}),
)


def something(column: Column[Any], dialect: str) -> Any:
    """A value that this column takes; every key is 1."""
    found = next((value for kind, value in VALUES if isinstance(column.type, kind)), "x")
    return found.replace(tzinfo=None) if isinstance(found, datetime) and dialect == "sqlite" else found


def tables(connection: Connection) -> list[Table]:
    there = MetaData()
    there.reflect(connection)
    return [table for table in there.sorted_tables if table.name != "alembic_version"]


def contents(connection: Connection, columns: dict[str, list[str]]) -> dict[str, list[tuple[Any, ...]]]:
    there = {table.name: table for table in tables(connection)}
    return {
        name: [tuple(row) for row in connection.execute(select(*(there[name].c[one] for one in names)))]
        for name, names in columns.items()
    }


@pytest.mark.parametrize("since", SINCE)
def test_every_row_is_still_there(empty_url: str, since: str) -> None:
    if empty_url.startswith("sqlite"):
        Path(str(make_url(empty_url).database)).parent.mkdir()
    change(empty_url, lambda connection: upgrade_on(connection, to=since))

    def fill(connection: Connection) -> dict[str, list[str]]:
        for table in tables(connection):
            row = {column.name: something(column, connection.dialect.name) for column in table.c}
            connection.execute(table.insert().values(row))
        return {table.name: [column.name for column in table.c] for table in tables(connection)}

    columns: dict[str, list[str]] = {}
    change(empty_url, lambda connection: columns.update(fill(connection)))
    for changed in ("phase_from", "resolve_from", "responsible_id", "next_at"):  # the clock begins
        columns["reports"] = [name for name in columns["reports"] if name != changed]
    before = look(empty_url, lambda connection: contents(connection, columns))
    assert all(len(rows) == 1 for rows in before.values())
    upgrade(empty_url)
    assert look(empty_url, lambda connection: contents(connection, columns)) == before
