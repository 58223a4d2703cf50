"""A person who sends more than anybody can mean to is stopped for a moment, and told once; what came before is kept.

What counts is when it was sent, not when it got here: after an outage what was sent in hours comes within seconds.
"""

from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

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
    taken: deque[datetime]
    stopped_at: datetime | None = None
    is_warned: bool = False

    def is_stopped(self, at: datetime) -> bool:
        """Whether what was sent then is not taken. What is older than the stop is no part of the rush."""
        return self.stopped_at is not None and self.stopped_at <= at < self.stopped_at + PAUSE

    def is_full(self, at: datetime) -> bool:
        """Whether no more fits the minute. Presses, which have no moment of their own, may lie between older ones."""
        return len(self.taken) == self.taken.maxlen and all(abs(at - one) < WINDOW for one in self.taken)

    def is_idle(self, now: datetime) -> bool:
        """Whether there is nothing to keep in mind."""
        return not self.is_stopped(now) and (not self.taken or now - self.taken[-1] >= WINDOW)


class Throttle:
    """Counts each person's last minute, in this process; in it ``most`` are taken."""

    def __init__(self, *, most: int = MOST) -> None:
        self._most = most
        self._people: dict[int, _Pace] = {}

    def is_too_fast(self, telegram_id: int, event: Update, *, now: datetime) -> bool:
        """Count this update; True: it is too much. What nobody does by hand never is: a change of membership, a phone's
        live location that moves.
        """
        if event.my_chat_member is not None or _is_move(event):
            return False
        pace = self._people.get(telegram_id)
        if pace is None:
            if len(self._people) >= REMEMBERED:
                self._forget(now)
            pace = self._people[telegram_id] = _Pace(deque(maxlen=self._most))
        at = _sent_at(event) or now
        if pace.is_stopped(at):
            return True
        if pace.is_full(at):
            pace.taken.clear()
            pace.stopped_at, pace.is_warned = at, False
            return True
        pace.taken.append(at)
        return False

    def must_warn(self, telegram_id: int) -> bool:
        """Whether this is the first one too many: True once for each pause."""
        pace = self._people[telegram_id]
        first, pace.is_warned = not pace.is_warned, True
        return first

    def seconds_left(self, telegram_id: int, *, now: datetime) -> int:
        """How long until everything is taken again, rounded up; of a rush that lies back: one second."""
        at = self._people[telegram_id].stopped_at or now
        left = min(max(at + PAUSE - now, timedelta(seconds=1)), PAUSE)
        return -(-left // timedelta(seconds=1))

    def _forget(self, now: datetime) -> None:
        idle = [one for one, pace in self._people.items() if pace.is_idle(now)]
        for one in idle:
            del self._people[one]


def _is_move(event: Update) -> bool:
    return event.edited_message is not None and event.edited_message.location is not None


def _sent_at(event: Update) -> datetime | None:
    """When Telegram took it from the person, in whole seconds; it does not say so of a press."""
    if event.message is not None:
        return event.message.date
    if event.edited_message is not None and event.edited_message.edit_date is not None:
        return datetime.fromtimestamp(event.edited_message.edit_date, UTC)
    return None
