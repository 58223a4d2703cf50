"""A scene on both backends."""

import pytest

from storage.store import Store
from tests import county
from tests.services.scene import Scene


@pytest.fixture
async def scene(store: Store) -> Scene:
    """The small county, with nobody in it yet."""
    return Scene(store, await store.write(county.build))
