"""The migrations make the tables that the code speaks of, on both backends."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from storage.migrate import config, head, is_current, prepare, upgrade, upgrade_on
from storage.schema import Base
from storage.store import StoreUnavailable

T = TypeVar("T")


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with no tables at all."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'new' / 'store.db'}"
    server = request.getfixturevalue("postgres_server")
    asyncio.run(_database(server, "DROP DATABASE IF EXISTS fresh", "CREATE DATABASE fresh"))
    return make_url(server).set(database="fresh").render_as_string(hide_password=False)


async def _database(url: str, *statements: str) -> None:
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        for statement in statements:
            await connection.exec_driver_sql(statement)
    await engine.dispose()


def look(url: str, fn: Callable[[Connection], T]) -> T:
    """Look at the database through a connection of its own."""

    async def run() -> T:
        engine = create_async_engine(url)
        async with engine.connect() as connection:
            result = await connection.run_sync(fn)
        await engine.dispose()
        return result

    return asyncio.run(run())


def change(url: str, fn: Callable[[Connection], Any]) -> None:
    """Change the database through a connection of its own."""

    async def run() -> None:
        engine = create_async_engine(url)
        async with engine.begin() as connection:
            await connection.run_sync(fn)
        await engine.dispose()

    asyncio.run(run())


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, Base.metadata))


def test_models_match_migrations(empty_url: str) -> None:
    upgrade(empty_url)
    assert look(empty_url, differences) == []


def test_an_upgrade_from_nothing_makes_every_table(empty_url: str) -> None:
    upgrade(empty_url)
    tables = look(empty_url, lambda connection: set(inspect(connection).get_table_names()))
    assert tables == {*Base.metadata.tables, "alembic_version"}
    assert is_current(empty_url)


def test_a_second_upgrade_changes_nothing(empty_url: str) -> None:
    def all_of_it(connection: Connection) -> Any:
        found = inspect(connection)
        return [(name, [str(c) for c in found.get_columns(name)]) for name in sorted(found.get_table_names())]

    upgrade(empty_url)
    look(empty_url, lambda c: c.exec_driver_sql("SELECT 1"))
    before = look(empty_url, all_of_it)
    upgrade(empty_url)
    assert look(empty_url, all_of_it) == before


def test_a_start_makes_the_tables_of_sqlite_and_asks_for_those_of_postgresql(empty_url: str) -> None:
    if empty_url.startswith("sqlite"):
        prepare(empty_url)
        assert is_current(empty_url)
    else:
        with pytest.raises(StoreUnavailable, match="db upgrade"):
            prepare(empty_url)
        upgrade(empty_url)
        prepare(empty_url)


def test_the_grids_of_old_invites_are_kept(empty_url: str) -> None:
    old = [
        "INSERT INTO grids (id, code, name, kind, community, town, households, outline)"
        " VALUES (1, 'A-01', 'One', 'urban', 'C', 'T', 1, '')",
        "INSERT INTO invites (id, token, role, grid_id, is_primary, made_at, expires_at) VALUES"
        " (7, 'x', 'officer', 1, true, '2026-01-01 00:00:00+00', '2026-01-08 00:00:00+00'),"
        " (8, 'y', 'desk', NULL, true, '2026-01-01 00:00:00+00', '2026-01-08 00:00:00+00')",
    ]

    def from_the_first_tables(connection: Connection) -> list[Any]:
        made = config()
        made.attributes["connection"] = connection
        command.upgrade(made, "0001")
        for statement in old:
            connection.exec_driver_sql(statement)
        command.upgrade(made, "head")
        found = connection.exec_driver_sql("SELECT invite_id, grid_id FROM invite_grids")
        tokens = connection.exec_driver_sql("SELECT token FROM invites ORDER BY id")
        return [*map(tuple, found), *map(tuple, tokens)]

    if empty_url.startswith("sqlite"):
        Path(str(make_url(empty_url).database)).parent.mkdir(parents=True)
    assert look(empty_url, from_the_first_tables) == [(7, 1), ("x",), ("y",)]


def test_only_a_migration_that_ran_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "storage")
    url = f"sqlite+aiosqlite:///{tmp_path}/store.db"
    for _ in range(2):
        upgrade(url)
    assert caplog.messages.count(f"migrated to {head()}") == 1


def test_a_draft_that_was_asked_about_an_old_picture_is_still_asked(empty_url: str) -> None:
    if empty_url.startswith("sqlite"):
        Path(str(make_url(empty_url).database)).parent.mkdir()
    change(empty_url, lambda connection: upgrade_on(connection, to="0001"))
    change(empty_url, _draft_of_then)
    upgrade(empty_url)

    def after(connection: Connection) -> Any:
        files = "SELECT kind, latitude, taken_at IS NULL, is_doubtful FROM attachments ORDER BY id"
        drafts = "SELECT joins, is_outside FROM drafts"
        found = (connection.exec_driver_sql(statement).all() for statement in (files, drafts))
        return [[tuple(row) for row in rows] for rows in found]

    assert look(empty_url, after) == [
        [("photo", None, True, False), ("image_file", 25.4, False, True)],
        [(True, False)],
    ]


def _draft_of_then(connection: Connection) -> None:
    """One that is to be added to a report, but for its image file, which is old and has a place."""
    moment = "'2026-11-20 04:00:00'"
    connection.exec_driver_sql(
        f"INSERT INTO people (id, name, language, is_reachable, on_duty, joined_at)"
        f" VALUES (1, 'Wang', 'en', {YES}, {YES}, {moment})"
    )
    connection.exec_driver_sql(
        "INSERT INTO reports (id, reporter_id, status, category, category_chosen, is_urgent, latitude, longitude,"
        " place_source, level, filed_at, accept_by, resolve_by)"
        f" VALUES (1, 1, 'open', 'road', {YES}, {YES}, 25, 114, 'pin', 'desk', {moment}, {moment}, {moment})"
    )
    connection.exec_driver_sql(
        "INSERT INTO drafts (id, person_id, without_photo, asking, join_report_id, asked_latitude, asked_longitude,"
        " taken_at, opened_at, changed_at)"
        f" VALUES (1, 1, {YES}, 'exif_old', 1, 25.4, 114.3, {moment}, {moment}, {moment})"
    )
    for number, kind in ((1, "photo"), (2, "image_file")):
        connection.exec_driver_sql(
            "INSERT INTO attachments (id, person_id, draft_id, kind, stage, message_id, file_id, file_unique_id,"
            " added_at, media_state, fetch_attempts, fetch_at)"
            f" VALUES ({number}, 1, 1, '{kind}', 'before', {number}, 'f', 'u', {moment}, 'stored', 0, {moment})"
        )


YES = "(1 = 1)"


def test_the_migrations_are_one_line() -> None:
    assert len(ScriptDirectory.from_config(config()).get_heads()) == 1


def test_a_store_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    with pytest.raises(StoreUnavailable):
        upgrade(f"sqlite+aiosqlite:///{in_the_way}/store.db")
    (tmp_path / "no.db").write_text("this is no database, and long enough to be read as one" * 20)
    with pytest.raises(StoreUnavailable):
        upgrade(f"sqlite+aiosqlite:///{tmp_path}/no.db")
