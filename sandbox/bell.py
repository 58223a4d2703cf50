"""A bell that wakes everybody who waits for a change, so that nobody has to look again and again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class Bell:
    """Rung after each change; waiters look again and go on waiting when it was not theirs."""

    def __init__(self) -> None:
        self._waiters: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake all who wait now."""
        if self._waiters:
            waiters, self._waiters = self._waiters, set()
            for waiter in waiters:
                if not waiter.done():
                    waiter.set_result(None)

    async def wait_until(self, look: Callable[[], Found | None], timeout: float | None) -> Found:
        """Return what ``look`` finds, now or after some ring.

        Raises:
            TimeoutError: nothing was found within ``timeout`` seconds.
        """
        async with asyncio.timeout(timeout):
            while (found := look()) is None:
                waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                self._waiters.add(waiter)
                try:
                    await waiter
                finally:
                    self._waiters.discard(waiter)
        return found
