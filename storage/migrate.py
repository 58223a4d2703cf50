"""Bring the store's tables up to date (Alembic)."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from storage.sqlite import sync_engine
from storage.store import StoreUnavailable


def config() -> Config:
    """Alembic's configuration, without a file."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    made.set_main_option("path_separator", "os")
    return made


def upgrade(url: str) -> None:
    """Create or upgrade all tables; nothing to do when they are up to date.

    Raises:
        StoreUnavailable: the store cannot be opened or changed.
    """
    parsed = make_url(url)
    try:
        if parsed.get_backend_name() == "sqlite":
            if parsed.database:
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            engine = sync_engine(parsed)
            try:
                with engine.begin() as connection:
                    upgrade_on(connection)
            finally:
                engine.dispose()
        else:
            asyncio.run(_upgrade_postgres(url))
    except (DBAPIError, OSError) as problem:
        raise StoreUnavailable(str(problem)) from problem


def upgrade_on(connection: Connection) -> None:
    """Upgrade on an open connection, inside its transaction."""
    made = config()
    head = ScriptDirectory.from_config(made).get_current_head()
    if MigrationContext.configure(connection).get_current_revision() == head:
        return
    made.attributes["connection"] = connection
    command.upgrade(made, "head")


async def _upgrade_postgres(url: str) -> None:
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            await connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7751201)")  # one process at a time
            await connection.run_sync(upgrade_on)
    finally:
        await engine.dispose()
