"""What the alerts need of the world to pass time: a clock, a stopwatch, timers and background tasks. All handed in."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, Protocol

Clock = Callable[[], datetime]
"""Gives the present moment, aware, in UTC."""


class Timer(Protocol):
    """Something that will be called, unless it is cancelled first."""

    def cancel(self) -> None:
        """Do not call it any more."""
        ...


class Timing(Protocol):
    """How time passes. Tests have one that they move by hand."""

    def now(self) -> datetime:
        """The present moment, for what is written into the store."""
        ...

    def seconds(self) -> float:
        """A stopwatch that no change of the clock disturbs, for what is waited for here."""
        ...

    def later(self, seconds: float, call: Callable[[], object]) -> Timer:
        """Call it in the event loop when so many seconds have passed."""
        ...


class LoopTiming:
    """Time as the event loop has it."""

    def __init__(self, clock: Clock) -> None:
        self.now = clock

    def seconds(self) -> float:
        """See `Timing.seconds`."""
        return asyncio.get_running_loop().time()

    def later(self, seconds: float, call: Callable[[], object]) -> Timer:
        """See `Timing.later`."""
        return asyncio.get_running_loop().call_later(seconds, call)


class Nursery(Protocol):
    """Where background work runs: strong references, failures logged, cancelled at the end (`bot/nursery.py`)."""

    def start(self, work: Coroutine[Any, Any, Any], /, *, name: str, is_vital: bool = False) -> "asyncio.Task[Any]":
        """Run it beside everything else; ``is_vital``: when it fails, the process had better end."""
        ...


async def wait(timing: Timing, event: asyncio.Event, seconds: float) -> None:
    """Wait until the event is set, and set it when so many seconds have passed."""
    timer = timing.later(max(seconds, 0.0), event.set)
    try:
        await event.wait()
    finally:
        timer.cancel()
