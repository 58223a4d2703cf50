"""After any sequence of steps, every promise holds: on SQLite at length, on PostgreSQL for a while."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from storage.schema import Base
from storage.store import open_store
from tests.services.story import TABLES, Story

T = TypeVar("T")
LONG = pytest.mark.timeout(1200)
CALM = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "print_blob": True,
    "phases": [
        Phase.reuse,
        Phase.generate,
    ],  # to see a failing story at its shortest, add Phase.shrink: it takes minutes
}


class OnSqlite(Story):
    """In memory: thousands of steps in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = create_engine("sqlite://", poolclass=StaticPool)
        Base.metadata.create_all(self.engine)

    def run(self, fn: Callable[..., T], **arguments: Any) -> T:
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            return fn(session, **arguments)

    def teardown(self) -> None:
        self.engine.dispose()


@LONG
def test_any_story_keeps_every_promise() -> None:
    run_state_machine_as_test(OnSqlite, settings=settings(max_examples=20, stateful_step_count=70, **CALM))


@LONG
def test_any_story_keeps_every_promise_on_postgresql(postgres_url: str) -> None:
    with asyncio.Runner() as runner:
        store = runner.run(open_store(postgres_url))

        def empty(session: Session) -> None:
            names = ", ".join(f'"{table.name}"' for table in TABLES)
            session.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))

        class OnPostgres(Story):
            def __init__(self) -> None:
                super().__init__()
                self.run(empty)

            def run(self, fn: Callable[..., T], **arguments: Any) -> T:
                return runner.run(store.write(fn, **arguments))

        try:
            how = settings(max_examples=5, stateful_step_count=30, database=None, **CALM)
            run_state_machine_as_test(OnPostgres, settings=how)
        finally:
            runner.run(store.close())
