"""Making pictures and files beside the bot, one at a time: see `views/making.py`."""

import asyncio
import logging
import pickle
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

from services.errors import CannotMake
from views.making import Thing

log = logging.getLogger(__name__)

HOUSE = Path(__file__).parent.parent
SECONDS = 60
"""Longer than this it never takes; a first chart may take ten, while matplotlib looks for fonts."""


class Maker:
    """Starts a process for each thing; who asks meanwhile waits."""

    def __init__(self) -> None:
        self._one = asyncio.Semaphore(1)

    async def __call__(self, thing: Thing) -> bytes:
        """The thing's bytes.

        Raises:
            CannotMake: the process failed or took too long; the log says how.
        """
        async with self._one:
            arguments = (sys.executable, "-m", "views.making")
            process = await asyncio.create_subprocess_exec(*arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE, cwd=HOUSE)
            try:
                async with asyncio.timeout(SECONDS):
                    made, said = await process.communicate(pickle.dumps(thing))
            except TimeoutError as problem:
                log.error("making a %s took too long", type(thing).__name__)
                raise CannotMake from problem
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        if process.returncode != 0:
            log.error("making a %s failed:\n%s", type(thing).__name__, said.decode(errors="replace"))
            raise CannotMake
        return made
