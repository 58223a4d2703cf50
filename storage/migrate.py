"""Bring the store's tables up to date (Alembic)."""

import asyncio
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from storage.sqlite import sync_engine
from storage.store import StoreUnavailable

if TYPE_CHECKING:
    from alembic.config import Config

log = logging.getLogger(__name__)

# Alembic itself is only loaded where there is something to do: a start would take a quarter of a second longer.
MIGRATIONS = Path(__file__).parent / "migrations"


def config() -> "Config":
    """Alembic's configuration, without a file."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
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
            if parsed.database and not parsed.database.startswith("file:"):
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


def prepare(url: str) -> None:
    """See to it that the tables are this version's: SQLite's are brought up to date, PostgreSQL's only looked at.

    Raises:
        StoreUnavailable: they are not, or the store cannot be opened.
    """
    if make_url(url).get_backend_name() == "sqlite":
        upgrade(url)
    elif not is_current(url):
        raise StoreUnavailable("its tables are not up to date: run `warmgrid db upgrade` first")


def is_current(url: str) -> bool:
    """Whether the tables are those that this version of Warmgrid wants (PostgreSQL: nobody upgrades it unasked).

    Raises:
        StoreUnavailable: the store cannot be reached.
    """
    return asyncio.run(_is_current(url))


async def _is_current(url: str) -> bool:
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_is_head)
    except (DBAPIError, OSError) as problem:
        raise StoreUnavailable(str(problem)) from problem
    finally:
        await engine.dispose()


def head() -> str:
    """The newest revision; the file of each begins with its number."""
    return max(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def _is_head(connection: Connection) -> bool:
    if not inspect(connection).has_table("alembic_version"):
        return False
    return bool(connection.scalar(text("SELECT version_num FROM alembic_version")) == head())


def upgrade_on(connection: Connection, *, to: str = "head") -> None:
    """Upgrade on an open connection, inside its transaction."""
    if _is_head(connection):
        return
    from alembic import command

    made = config()
    made.attributes["connection"] = connection
    command.upgrade(made, to)
    log.info("migrated to %s", head() if to == "head" else to)


async def _upgrade_postgres(url: str) -> None:
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            await connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7751201)")  # one process at a time
            await connection.run_sync(upgrade_on)
    finally:
        await engine.dispose()


def draw_up(message: str) -> None:
    """Write a new migration file: what the tables in `storage/schema/` have and the migrations so far do not."""
    from alembic import command

    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        made = config()
        made.attributes["connection"] = connection
        upgrade_on(connection)
        command.revision(made, message=message, autogenerate=True, rev_id=f"{int(head()) + 1:04}")
    engine.dispose()


if __name__ == "__main__":
    draw_up(" ".join(sys.argv[1:]) or "Unnamed")
