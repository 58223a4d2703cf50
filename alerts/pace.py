"""When the next request may go out: two budgets for each chat, and one flood deadline for all of them.

Telegram's limits: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this. It asks for no more
than one *message* a second in one chat, and takes short bursts. Of edits it says nothing, but they are requests, and
answered 429 when there are too many. So they have a budget of their own, of the same size: a burst of edits (a report
whose cards change ten times) takes nothing from the alert that comes behind it, and a chat gets at most two requests a
second in the long run. A deletion has none: each makes room for one message, which paces it.

Who goes first: messages and edits of a chat wait in lanes of their own (`alerts/lanes.py`), and where all lines are
taken the more urgent goes first (edits are of low urgency), so that no alert or receipt waits for an edit. The overall
rate is kept by `alerts/limiter.py`. These are the things that python-telegram-bot's limiter does not do.
"""

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import Enum, auto
from itertools import count

from alerts.timing import Timing
from storage.kinds import Urgency

INTERVAL = 1.0
"""Seconds between two messages to one chat in the long run; and between two edits."""
BURST = 4
"""Messages, and edits, that a rested chat takes at once: an alert is up to three (pictures, pin, text)."""
AT_ONCE = 16
"""Requests on their way at once. More would only wait in the limiter, where an urgent one cannot overtake them."""
AT_ONCE_BROADCAST = 4
"""Of these, of what goes to many people: enough for 25 a second, and an alert finds the limiter all but empty."""
REMEMBERED = 1024
"""Budgets of chats kept in mind before those that are rested are forgotten."""


class Budget(Enum):
    """What a request takes from its chat."""

    MESSAGES = auto()
    EDITS = auto()


class Closed(Exception):
    """The relay is stopping: no further request goes out."""


class Pace:
    """Gives out turns. `async with pace.turn(chat, urgency, budget):` around each request."""

    def __init__(self, timing: Timing, *, at_once: int = AT_ONCE) -> None:
        self._timing = timing
        self._rested_at: dict[tuple[int, Budget], float] = {}  # when the whole burst will be there again
        self._flooded_until = 0.0
        self._free = at_once
        self._kept = max(at_once - AT_ONCE_BROADCAST, 0)
        self._waiting: list[tuple[Urgency, int, asyncio.Future[None]]] = []
        self._numbers = count()
        self._naps: set[asyncio.Future[None]] = set()
        self._closed = False

    @asynccontextmanager
    async def turn(self, chat: int, urgency: Urgency, budget: Budget | None = Budget.MESSAGES) -> AsyncIterator[None]:
        """Wait until a request may go to this chat; a chat that waits for its own pace is in nobody's way.

        Raises:
            Closed: it will not be sent any more.
        """
        if budget is not None:
            await self._until(self._booked(chat, budget))
        await self.flood_over()
        await self._enter(urgency)
        try:
            yield
        finally:
            self._leave()

    def flooded(self, seconds: float) -> None:
        """Telegram answered 429: nothing goes out to anybody for so many seconds."""
        self._flooded_until = max(self._flooded_until, self._timing.seconds() + seconds)

    @property
    def flood_left(self) -> float:
        """Seconds until the flood deadline; 0 when there is none."""
        return max(self._flooded_until - self._timing.seconds(), 0.0)

    async def flood_over(self) -> None:
        """Wait until no flood deadline is ahead.

        Raises:
            Closed: see `turn`.
        """
        while self.flood_left > 0:
            await self._until(self._flooded_until)
        self._check_open()

    def close(self) -> None:
        """Let nothing out any more; everybody who waits for a turn gets `Closed`. What is on its way is not touched."""
        self._closed = True
        for nap in [*self._naps, *(future for _, _, future in self._waiting)]:
            if not nap.done():
                nap.set_exception(Closed())

    def _booked(self, chat: int, budget: Budget) -> float:
        """Take the chat's next place in time (a leaky bucket, kept as the moment at which it is empty again)."""
        now, key = self._timing.seconds(), (chat, budget)
        if len(self._rested_at) > REMEMBERED:
            self._rested_at = {one: at for one, at in self._rested_at.items() if at > now}
        rested_at = max(self._rested_at.get(key, now), now) + INTERVAL
        self._rested_at[key] = rested_at
        return rested_at - BURST * INTERVAL

    async def _until(self, moment: float) -> None:
        while (left := moment - self._timing.seconds()) > 0:
            self._check_open()
            nap: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            timer = self._timing.later(left, lambda nap=nap: nap.done() or nap.set_result(None))  # type: ignore[misc]
            self._naps.add(nap)
            try:
                await nap
            finally:
                timer.cancel()
                self._naps.discard(nap)
        self._check_open()

    async def _enter(self, urgency: Urgency) -> None:
        if self._may_enter(urgency):
            self._free -= 1
            return
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (urgency, next(self._numbers), place))
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled() and place.exception() is None:
                self._leave()
            raise

    def _leave(self) -> None:
        self._free += 1
        while self._waiting and self._may_enter(self._waiting[0][0]):
            _, _, place = heapq.heappop(self._waiting)
            if not place.done():
                self._free -= 1
                place.set_result(None)
                return

    def _may_enter(self, urgency: Urgency) -> bool:
        """What goes to many leaves most places free, so that what is meant for one person need not wait for it."""
        return self._free > (self._kept if urgency is Urgency.BROADCAST else 0)

    def _check_open(self) -> None:
        if self._closed:
            raise Closed
