"""`warmgrid` as a process of its own, which a test may freeze and kill.

A fork server has the imports done once for all processes of a test run, which saves seconds each. From there on the
process is what the command line starts: `bot.cli.main` with its arguments, environment and folder.
"""

import asyncio
import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

RUNNING = "Warmgrid is running"
PRELOADED = [
    "alerts.app",
    "bot.app",
    "bot.cli",
    "bot.running",
    "storage.migrate",
    "storage.postgres",
    "storage.sqlite",
    "uvloop",
]

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(PRELOADED)


class Process:
    """One process; what it writes goes to the file ``log``, behind what is there."""

    def __init__(self, *arguments: str, settings: Mapping[str, str], folder: Path, log: Path) -> None:
        """Start it with nothing set but ``settings`` and that it speaks English, in ``folder``."""
        self._log = log
        self._before = len(self.said())
        self._process = _context.Process(target=_run, args=(arguments, dict(settings), folder, log))
        self._process.start()

    def said(self) -> str:
        """The log, that of earlier processes included."""
        return self._log.read_text() if self._log.exists() else ""

    async def is_running(self) -> None:
        """Wait until it says so.

        Raises:
            AssertionError: it has ended instead.
        """

        def look() -> bool:
            assert self._process.exitcode is None, self.said()
            return RUNNING in self.said()[self._before :]

        await until(look)

    def freeze(self) -> None:
        """Let it do nothing more, but not end."""
        self.send(signal.SIGSTOP)

    def limit_files(self, most: int) -> None:
        """Let it write no file beyond so many bytes: what a full disk is like."""
        assert self._process.pid is not None
        _, hard = resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (most, hard))

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.exitcode is None

    def send(self, number: signal.Signals) -> None:
        """As Ctrl-C does, or a service manager."""
        assert self._process.pid is not None
        os.kill(self._process.pid, number)

    async def ends(self) -> tuple[int, str]:
        """Wait for its end: its exit code, and what it said."""
        await until(lambda: not self.is_alive)
        assert self._process.exitcode is not None
        return self._process.exitcode, self.said()[self._before :]

    async def kill(self) -> None:
        """End it without giving it a chance to do anything."""
        self._process.kill()
        await until(lambda: not self.is_alive)


async def until(is_so: Callable[[], object], *, timeout: float = 60.0) -> None:
    """Wait for something that rings no bell.

    Raises:
        TimeoutError: it never came to be.
    """

    async def ask() -> object:
        return is_so()

    await until_it(ask, timeout=timeout)


async def until_it(is_so: Callable[[], Awaitable[object]], *, timeout: float = 60.0) -> None:
    """`until`, for something that has to be asked."""
    async with asyncio.timeout(timeout):
        while not await is_so():  # noqa: ASYNC110 - another process rings no bell here
            await asyncio.sleep(0.01)


def _run(arguments: tuple[str, ...], settings: dict[str, str], folder: Path, log: Path) -> None:
    """In the new process."""
    from bot.cli import main

    os.environ.clear()
    os.environ.update({"LANG": "en_GB.UTF-8"} | settings)
    os.chdir(folder)
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(out, sys.stdout.fileno())
    os.dup2(out, sys.stderr.fileno())
    sys.argv = ["warmgrid", *arguments]
    main()
