"""What the tests of the alerts share."""

from collections.abc import AsyncIterator

import pytest

from storage.store import Store
from tests.alerts.nursery import Nursery
from tests.alerts.office import Office, open_office
from tests.alerts.travel import Travel


@pytest.fixture
async def nursery() -> AsyncIterator[Nursery]:
    made = Nursery()
    yield made
    await made.end()


@pytest.fixture
def travel() -> Travel:
    return Travel()


@pytest.fixture
async def office(store: Store, travel: Travel, nursery: Nursery) -> AsyncIterator[Office]:
    made = open_office(store, travel, nursery)
    nursery.start(made.relay.run(), name="relay")
    await made.until(lambda: made.relay._listener is not None)
    yield made
    made.shaky.is_down = False
    made.shaky.answers.set()
    made.post.released.set()
    await made.relay.stop()
