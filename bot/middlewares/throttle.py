"""A person who sends more than anybody can mean to is stopped for a moment, and told once; what came before is kept."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiogram.types import Update

MOST = 45
"""Messages and presses in one `WINDOW`. Four full albums and their places are fewer."""
WINDOW = timedelta(minutes=1)
PAUSE = timedelta(seconds=30)
"""For how long nothing is taken then. After it the count begins anew, so that who has waited may go on as usual."""
REMEMBERED = 20_000
"""People whose last minute is kept in mind."""


@dataclass(slots=True)
class _Pace:
    taken: deque[datetime] = field(default_factory=deque)
    stopped_until: datetime | None = None
    is_warned: bool = False

    def is_idle(self, now: datetime) -> bool:
        """Whether there is nothing to keep in mind."""
        is_stopped = self.stopped_until is not None and now < self.stopped_until
        return not is_stopped and (not self.taken or now - self.taken[-1] >= WINDOW)


class Throttle:
    """Counts each person's last minute, in this process; in it ``most`` are taken."""

    def __init__(self, *, most: int = MOST) -> None:
        self._most = most
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
        if pace.stopped_until is not None:
            if now < pace.stopped_until:
                return True
            pace.stopped_until = None
        while pace.taken and now - pace.taken[0] >= WINDOW:
            pace.taken.popleft()
        if len(pace.taken) >= self._most:
            pace.taken.clear()
            pace.stopped_until, pace.is_warned = now + PAUSE, False
            return True
        pace.taken.append(now)
        return False

    def must_warn(self, telegram_id: int) -> bool:
        """Whether this is the first one too many: True once for each pause."""
        pace = self._people[telegram_id]
        first, pace.is_warned = not pace.is_warned, True
        return first

    def seconds_left(self, telegram_id: int, *, now: datetime) -> int:
        """How long until everything is taken again, rounded up."""
        until = self._people[telegram_id].stopped_until or now
        return -((now - until) // timedelta(seconds=1))

    def _forget(self, now: datetime) -> None:
        idle = [one for one, pace in self._people.items() if pace.is_idle(now)]
        for one in idle:
            del self._people[one]
