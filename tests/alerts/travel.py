"""Time that only passes when a test says so."""

import asyncio
import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

from tests.belled import Bell
from tests.moment import NOW


class Timer:
    """A call that is to come."""

    def __init__(self, call: Callable[[], object]) -> None:
        self._call: Callable[[], object] | None = call

    def cancel(self) -> None:
        self._call = None

    def ring(self) -> None:
        if self._call is not None:
            self._call()


class Travel:
    """A `Timing` that is moved by hand."""

    def __init__(self) -> None:
        self._seconds = 0.0
        self._timers: list[tuple[float, int, Timer]] = []
        self._numbers = count()
        self.waits = Bell()  # rung when somebody begins to wait

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self._seconds)

    def seconds(self) -> float:
        return self._seconds

    def later(self, seconds: float, call: Callable[[], object]) -> Timer:
        timer = Timer(call)
        heapq.heappush(self._timers, (self._seconds + seconds, next(self._numbers), timer))
        self.waits.ring()
        return timer

    @property
    def is_waited_for(self) -> bool:
        """Whether somebody waits for time to pass."""
        return bool(self._timers)

    async def pass_by(self, seconds: float) -> None:
        """Let time pass, from one timer to the next; what they wake runs in between."""
        until = self._seconds + seconds
        await self._run_ready()
        while self._timers and self._timers[0][0] <= until + 1e-9:
            at, _, timer = heapq.heappop(self._timers)
            self._seconds = max(self._seconds, at)
            timer.ring()
            await self._run_ready()
        self._seconds = max(until, self._seconds)

    async def _run_ready(self) -> None:
        """Give every task that can go on the chance to."""
        for _ in range(20):
            await asyncio.sleep(0)
