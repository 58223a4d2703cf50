"""After any sequence of steps, every promise holds: on SQLite at length, on PostgreSQL for a while."""

import pytest

from tests.services.story import Story
from tests.services.story_runs import tell_in_memory, tell_on_postgresql

pytestmark = pytest.mark.timeout(1200)


def test_any_story_keeps_every_promise() -> None:
    tell_in_memory(Story, times=20, steps=70)


def test_any_story_keeps_every_promise_on_postgresql(postgres_url: str) -> None:
    tell_on_postgresql(Story, postgres_url, times=5, steps=30)
