"""Running until told to stop: event loop, log, signals."""

import asyncio
import gc
import logging
import signal
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
GARBAGE = 10_000
"""New objects after which to look for garbage in circles. Python's 700 is fewer than one update makes, and nearly all
of those are gone by themselves: looking after each took up to a tenth of the processor's time.
"""


def set_up_log(level: str) -> None:
    """One line an entry, to standard error."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True)
    logging.captureWarnings(True)
    logging.getLogger("PIL").setLevel(logging.ERROR)  # people's pictures have all kinds of damage
    for chatty in ("aiogram.event", "alembic", "httpx", "apscheduler", "httpcore"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run on uvloop where there is one (not on Windows)."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run(main)
    return uvloop.run(main)


@contextmanager
def loading() -> Iterator[None]:
    """What is imported stays: the garbage collector need not look through it, neither meanwhile nor ever again."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(GARBAGE)
        gc.enable()


class Stop:
    """When to end: Ctrl-C, SIGTERM, or a part that broke. To be made in the task that starts everything."""

    def __init__(self) -> None:
        self._stopped = asyncio.Event()
        self._starting = asyncio.current_task()
        self.problem: BaseException | None = None
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self._told)

    def _told(self) -> None:
        """Whoever still starts up (and may wait for Telegram for ever) is cancelled."""
        self._stopped.set()
        if self._starting is not None:
            self._starting.cancel()

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """Around starting and running: being told to stop while starting is no error."""
        try:
            yield
        except asyncio.CancelledError:
            if not self._stopped.is_set():
                raise

    def broken(self, problem: BaseException) -> None:
        """Something ended that nothing goes on without."""
        self.problem = problem
        self._stopped.set()

    async def wait(self) -> None:
        """All is started: wait until then."""
        self._starting = None
        await self._stopped.wait()
