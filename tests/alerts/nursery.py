"""Background tasks of a test."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Nursery:
    """Runs background tasks; at the end none may have failed."""

    def __init__(self) -> None:
        self.tasks: list[asyncio.Task[Any]] = []

    def start(self, work: Coroutine[Any, Any, Any], /, *, name: str, is_vital: bool = False) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work, name=name)
        self.tasks.append(task)
        return task

    async def lanes_end(self) -> None:
        """Wait until nothing is in hand."""
        await asyncio.wait([task for task in self.tasks if task.get_name().startswith("alerts to person")])

    async def end(self) -> None:
        for task in self.tasks:
            task.cancel()
        results = await asyncio.gather(*self.tasks, return_exceptions=True)
        failures = [result for result in results if isinstance(result, Exception)]
        assert not failures, failures
