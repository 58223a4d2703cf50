"""What runs by itself: each job in a transaction, none in the way of another."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from telegram.ext import ApplicationBuilder, JobQueue

from alerts.clock import JOBS, Job, run_once, wind
from storage import updates
from storage.schema import HandledUpdate
from storage.store import Store
from tests.belled import PATIENCE
from tests.moment import NOW


def remember(session: Session, *, now: datetime) -> None:
    for age, update_id in ((updates.KEPT, 1), (updates.KEPT + timedelta(seconds=1), 2)):
        updates.mark(session, update_id=update_id, now=now - age)


def kept(session: Session) -> list[int]:
    return list(session.scalars(select(HandledUpdate.update_id)))


def fails(session: Session, *, now: datetime) -> None:
    remember(session, now=now)
    raise LookupError("a defect")


async def test_handled_updates_that_cannot_come_again_are_forgotten(store: Store) -> None:
    await store.write(remember, now=NOW)
    for job in JOBS:
        await run_once(job, store=store, clock=lambda: NOW)
    assert await store.read(kept) == [1]


async def test_a_job_that_fails_is_logged_and_changes_nothing(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    await run_once(Job("broken", timedelta(hours=1), fails), store=store, clock=lambda: NOW)
    assert "job 'broken' failed" in caplog.text
    assert await store.read(kept) == []


async def test_a_job_runs_again_and_again_beside_one_that_fails(store: Store) -> None:
    runs = asyncio.Semaphore(0)

    def count(session: Session, *, now: datetime) -> None:
        loop.call_soon_threadsafe(runs.release)

    loop = asyncio.get_running_loop()
    application = ApplicationBuilder().token("1:x").updater(None).build()
    queue: JobQueue[object] | None = application.job_queue
    assert queue is not None
    every = timedelta(milliseconds=20)
    wind(queue, store=store, clock=lambda: NOW, jobs=[Job("broken", every, fails), Job("counts", every, count)])
    await queue.start()
    async with asyncio.timeout(PATIENCE):
        for _ in range(3):
            await runs.acquire()
    await queue.stop()


def test_every_job_has_a_name_of_its_own() -> None:
    assert len({job.name for job in JOBS}) == len(JOBS)
