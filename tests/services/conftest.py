"""A scene on both backends."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.store import Store
from tests import county
from tests.services.scene import Scene


@pytest.fixture
async def scene(store: Store) -> Scene:
    """The small county, with nobody in it yet."""
    return Scene(store, await store.write(county.build))


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """For units of work that cross (`crossing.py`)."""
    made = create_async_engine(database_url)
    yield made
    await made.dispose()
