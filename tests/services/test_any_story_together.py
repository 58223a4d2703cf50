"""After any sequence of steps in which people work together, every promise holds: on both backends."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import text
from sqlalchemy.orm import Session

from storage.store import open_store
from tests.services.story import TABLES
from tests.services.test_any_story import CALM, LONG, OnSqlite
from tests.services.together import Together

T = TypeVar("T")


class TogetherOnSqlite(OnSqlite, Together):
    """In memory."""


@LONG
def test_any_story_together_keeps_every_promise() -> None:
    run_state_machine_as_test(TogetherOnSqlite, settings=settings(max_examples=15, stateful_step_count=50, **CALM))


@LONG
def test_any_story_together_keeps_every_promise_on_postgresql(postgres_url: str) -> None:
    with asyncio.Runner() as runner:
        store = runner.run(open_store(postgres_url))

        def empty(session: Session) -> None:
            names = ", ".join(f'"{table.name}"' for table in TABLES)
            session.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))

        class TogetherOnPostgres(Together):
            def __init__(self) -> None:
                super().__init__()
                self.run(empty)

            def run(self, fn: Callable[..., T], **arguments: Any) -> T:
                return runner.run(store.write(fn, **arguments))

        try:
            how = settings(max_examples=4, stateful_step_count=25, database=None, **CALM)
            run_state_machine_as_test(TogetherOnPostgres, settings=how)
        finally:
            runner.run(store.close())
