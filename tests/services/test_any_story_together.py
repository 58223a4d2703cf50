"""After any sequence of steps in which people work together, every promise holds: on both backends."""

import pytest

from tests.services.story_runs import tell_in_memory, tell_on_postgresql
from tests.services.together import Together

pytestmark = pytest.mark.timeout(1200)


def test_any_story_together_keeps_every_promise() -> None:
    tell_in_memory(Together, times=15, steps=50)


def test_any_story_together_keeps_every_promise_on_postgresql(postgres_url: str) -> None:
    tell_on_postgresql(Together, postgres_url, times=4, steps=25)
