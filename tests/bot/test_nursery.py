"""Background work is held, its failures are seen, and it ends with the house."""

import asyncio
import logging

import pytest

from bot.nursery import Nursery, ended


async def test_leaving_the_nursery_ends_what_still_runs() -> None:
    begun = asyncio.Event()

    async def forever() -> None:
        begun.set()
        await asyncio.Event().wait()

    async with Nursery() as nursery:
        task = nursery.start(forever(), name="forever")
        await begun.wait()
    assert task.cancelled()


async def test_a_failure_is_logged_and_harms_no_other(caplog: pytest.LogCaptureFixture) -> None:
    broken: list[BaseException] = []

    async def fail() -> None:
        raise LookupError("lost")

    async with Nursery(broken.append) as nursery:
        with caplog.at_level(logging.ERROR):
            task = nursery.start(fail(), name="searching")
            await asyncio.wait([task])
        assert "searching" in caplog.text
        assert broken == []


async def test_vital_work_that_fails_is_reported() -> None:
    broken: list[BaseException] = []

    async def fail() -> None:
        raise LookupError("lost")

    async with Nursery(broken.append) as nursery:
        task = nursery.start(fail(), name="polling", is_vital=True)
        await asyncio.wait([task])
        await asyncio.sleep(0)  # its callback runs after it
    assert [type(problem) for problem in broken] == [LookupError]


async def test_ended_waits_for_the_last_words() -> None:
    said: list[str] = []
    begun = asyncio.Event()

    async def polite() -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        finally:
            said.append("goodbye")

    async with Nursery() as nursery:
        task = nursery.start(polite(), name="polite")
        await begun.wait()
        await ended(task)
        assert said == ["goodbye"]
