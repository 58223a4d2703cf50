"""Where background work lives: a strong reference to each task, failures logged, all of it cancelled at the end."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from types import TracebackType
from typing import Any, Self

log = logging.getLogger(__name__)


class Nursery:
    """An asynchronous context manager; leaving it cancels what still runs and waits for its end."""

    def __init__(self, on_broken: Callable[[BaseException], None] | None = None) -> None:
        """``on_broken`` is called when work fails that nothing goes on without."""
        self._tasks: set[asyncio.Task[Any]] = set()
        self._on_broken = on_broken

    def start(self, work: Coroutine[Any, Any, Any], *, name: str, is_vital: bool = False) -> asyncio.Task[Any]:
        """Run it beside everything else; ``is_vital``: when it fails, the process had better end and start anew."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(partial(self._ended, is_vital=is_vital))
        return task

    def _ended(self, task: asyncio.Task[Any], *, is_vital: bool) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (problem := task.exception()) is not None:
            log.error("background work %r failed", task.get_name(), exc_info=problem)
            if is_vital and self._on_broken is not None:
                self._on_broken(problem)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def ended(*tasks: asyncio.Task[Any]) -> None:
    """Cancel these and wait until they have ended."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
