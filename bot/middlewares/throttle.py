"""A person who sends more than anybody can mean to is asked to slow down, once; what came before is kept."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiogram.types import Update

MOST = 45
"""Messages and presses in one `WINDOW`. Four full albums and their places are fewer."""
WINDOW = timedelta(minutes=1)
REMEMBERED = 20_000
"""People whose last minute is kept in mind."""


@dataclass(slots=True)
class _Pace:
    taken: deque[datetime] = field(default_factory=deque)
    is_warned: bool = False


class Throttle:
    """Counts each person's last minute, in this process."""

    def __init__(self, *, most: int = MOST, window: timedelta = WINDOW) -> None:
        self._most = most
        self._window = window
        self._people: dict[int, _Pace] = {}

    def is_too_fast(self, telegram_id: int, event: Update, *, now: datetime) -> bool:
        """Count this update; True: it is too much. Membership changes are never too much."""
        if event.my_chat_member is not None:
            return False
        pace = self._people.get(telegram_id)
        if pace is None:
            if len(self._people) >= REMEMBERED:
                self._forget(now)
            pace = self._people[telegram_id] = _Pace()
        while pace.taken and now - pace.taken[0] >= self._window:
            pace.taken.popleft()
        if len(pace.taken) >= self._most:
            return True
        pace.taken.append(now)
        pace.is_warned = False
        return False

    def must_warn(self, telegram_id: int) -> bool:
        """Whether this is the first one too many: True once."""
        pace = self._people[telegram_id]
        first, pace.is_warned = not pace.is_warned, True
        return first

    def seconds_left(self, telegram_id: int, *, now: datetime) -> int:
        """How long until the next one is taken."""
        oldest = self._people[telegram_id].taken[0]
        return max(1, int((oldest + self._window - now).total_seconds()))

    def _forget(self, now: datetime) -> None:
        idle = [one for one, pace in self._people.items() if not pace.taken or now - pace.taken[-1] >= self._window]
        for one in idle:
            del self._people[one]
