"""Two units of work that cross: the one stands still before one of its statements while the other runs."""

import asyncio
from collections.abc import Callable
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import Session
from sqlalchemy.util import await_only

from tests.process import until_it

Unit = Callable[[Session], Any]
_WAITING = text("SELECT count(*) FROM pg_locks WHERE pid = :pid AND NOT granted")
_PID = text("SELECT pg_backend_pid()")


async def cross(engine: AsyncEngine, first: Unit, other: Unit, *, after: int) -> bool:
    """Run ``after`` statements of the first, then the other until it has ended or waits, then the rest; undo both.

    What the database says of a deadlock is raised. False: the first has no more statements than that.
    """
    stood, goes_on = asyncio.Event(), asyncio.Event()
    done = 0

    def before_statement(connection: Any, *_: Any) -> None:
        nonlocal done
        if connection is held:
            if done == after:
                stood.set()
                await_only(goes_on.wait())
            done += 1

    async with AsyncSession(engine) as one, AsyncSession(engine) as two, engine.connect() as looking:
        held = (await one.connection()).sync_connection
        pid = await two.scalar(_PID)

        async def has_ended_or_waits() -> bool:
            return crossing.done() or bool(await looking.scalar(_WAITING, {"pid": pid}))

        event.listen(engine.sync_engine, "before_cursor_execute", before_statement)
        running = asyncio.create_task(_run(one, first, stood))  # noqa: TID251 - both end here
        await stood.wait()
        was_held = not running.done() and done == after
        crossing = asyncio.create_task(_run(two, other))  # noqa: TID251
        await until_it(has_ended_or_waits)
        goes_on.set()
        problems = await asyncio.gather(running, crossing, return_exceptions=True)
        event.remove(engine.sync_engine, "before_cursor_execute", before_statement)
    for problem in problems:
        if problem is not None:
            raise problem
    return was_held


async def cross_everywhere(engine: AsyncEngine, first: Unit, other: Unit) -> None:
    """Wherever the first stands when the other begins. Where both wait for what they lock, this order shows it as well
    as the reverse.
    """
    after = 1
    while await cross(engine, first, other, after=after):
        after += 1
    assert after > 1


async def overlap(engine: AsyncEngine, first: Unit, other: Unit) -> None:
    """The first has done all but commit when the other begins; both are committed, in this order."""
    async with AsyncSession(engine) as one, AsyncSession(engine) as two, engine.connect() as looking:
        pid = await two.scalar(_PID)
        await one.run_sync(first)
        await one.flush()
        running = asyncio.create_task(two.run_sync(other))  # noqa: TID251 - it ends here

        async def has_ended_or_waits() -> bool:
            return running.done() or bool(await looking.scalar(_WAITING, {"pid": pid}))

        await until_it(has_ended_or_waits)
        await one.commit()
        await running
        await two.commit()


async def _run(session: AsyncSession, unit: Unit, ended: asyncio.Event | None = None) -> None:
    try:
        await session.run_sync(unit)
        await session.flush()
    finally:
        await session.rollback()
        if ended is not None:
            ended.set()
