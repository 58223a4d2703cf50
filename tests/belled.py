"""A bell that is rung when something may have become true, so that a test need not look again and again."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from storage.store import Store, StoreUnavailable, open_store

PATIENCE = 60.0
"""Seconds until a test gives up. No test passes by waiting so long: it is for machines that have much else to do."""


class Bell:
    """Rung after each change; whoever waits looks again."""

    def __init__(self) -> None:
        self._rings = 0
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Something has changed."""
        self._rings += 1
        self._rung.set()

    async def until(self, is_true: Callable[[], Awaitable[Any] | Any]) -> None:
        """Wait until the condition, which may be awaitable, holds: now, or after some ring.

        Raises:
            TimeoutError: it never came to be.
        """
        async with asyncio.timeout(PATIENCE):
            while True:
                rings = self._rings
                result = is_true()
                if await result if isinstance(result, Awaitable) else result:
                    return
                if rings == self._rings:  # nothing has changed while it was being looked at
                    self._rung.clear()
                    await self._rung.wait()


class Belled:
    """The store, with a bell that is rung after each write, done or refused."""

    def __init__(self, store: Store, bell: Bell | None = None) -> None:
        self._store = store
        self.bell = bell or Bell()
        self.refused: list[Callable[..., Any]] = []

    async def write(self, fn: Callable[..., Any], /, **arguments: Any) -> Any:
        try:
            return await self._store.write(fn, **arguments)
        except StoreUnavailable:
            self.refused.append(fn)
            raise
        finally:
            self.bell.ring()

    async def read(self, fn: Callable[..., Any], /, **arguments: Any) -> Any:
        return await self._store.read(fn, **arguments)

    def on_outbox(self, ring: Callable[[datetime], None]) -> None:
        self._store.on_outbox(ring)

    async def listen(self) -> None:
        await self._store.listen()

    async def close(self) -> None:
        await self._store.close()

    async def until(self, is_true: Callable[[], Awaitable[Any] | Any]) -> None:
        """Wait until the condition holds after a write."""
        await self.bell.until(is_true)


async def open_belled(url: str, *, info: Mapping[str, Any] | None = None) -> Belled:
    """`open_store`, with a bell."""
    return Belled(await open_store(url, info=info))
