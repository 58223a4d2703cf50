"""The sandbox's clock, whose hands may be made to go faster: to see in a minute what takes an hour. Never back.

How far it is ahead is kept, so that a restart goes on at least where the last run ended, at the usual speed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from sandbox.keep import Keep

SPEEDS = (1, 60)
BEAT = 1.0  # real seconds between two notes of how far it is ahead, while it is fast
RESERVE = 5 * BEAT  # a killed process leaves the note of up to this many real seconds before


class Hands:
    """Seconds since 1970, as its world has them; call it to read it."""

    def __init__(self, real: Callable[[], float], keep: Keep) -> None:
        self._real = real
        self._keep = keep
        self._ahead = float(dict(keep.load("clock")).get("ahead", 0.0))
        self._since = real()
        self._latest = 0.0
        self.speed = 1

    def __call__(self) -> float:
        """The moment that it shows."""
        real = self._real()
        shown = real + self._ahead + (real - self._since) * (self.speed - 1)
        self._latest = max(self._latest, shown)  # the machine's own clock may be set back
        return self._latest

    def go(self, speed: int) -> None:
        """From now on so many seconds pass in one.

        Raises:
            ValueError: it is not one of `SPEEDS`.
        """
        if speed not in SPEEDS:
            raise ValueError(f"a speed is one of {SPEEDS}")
        shown, self._since = self(), self._real()
        self._ahead, self.speed = shown - self._since, speed
        self._note(reserve=RESERVE if speed > 1 else 0.0)

    async def beat(self) -> None:
        """Note now and then how far it is ahead, for ever."""
        while True:
            await asyncio.sleep(BEAT)
            if self.speed > 1:
                self._note(reserve=RESERVE)

    def stop(self) -> None:
        """The end of this run: the next one goes on from here."""
        self._note(reserve=0.0)

    def _note(self, *, reserve: float) -> None:
        """``reserve`` is in real seconds: what may pass before the next note."""
        ahead = self() - self._real()
        if ahead or reserve:
            self._keep.put("clock", "ahead", ahead + reserve * self.speed)
            self._keep.commit()
