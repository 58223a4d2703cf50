"""The relay: brings what the outbox holds to the people it is for.

One loop does all the writing, a turn at a time (`alerts/order.py`): settle what has ended, claim what is due. Between
two turns the claimed messages are on their way in their lanes (`alerts/lanes.py`), with no transaction open. The loop
wakes when something was written to the outbox (by this process, or by another one on PostgreSQL), when a message
ends, when the next one is due, and otherwise every `POLL` seconds: SQLite cannot tell what other processes commit.

A store that is unavailable stops nothing: what has ended is kept and settled when it is back. A message is sent twice
only if this process dies between sending and settling it, or cannot reach the store for longer than a lease.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from alerts.lanes import Lanes, behind
from alerts.limiter import PER_SECOND
from alerts.order import Settle, Turn, comes_before, turn
from alerts.pace import Pace
from alerts.timing import Nursery, Timing, wait
from storage import outbox
from storage.kinds import OutboxState
from storage.outbox import LEASE, Claimed, Settlement
from storage.store import Store, StoreUnavailable

log = logging.getLogger(__name__)

POLL = 0.2
"""Seconds between two looks at a store that cannot tell."""
POLL_LISTENING = 2.0
"""The same where it can: for what was said while the connection was broken, and for leases that lapse."""
STORE_DOWN = 0.5
"""Seconds to wait for a store that is unavailable."""
AT_A_TIME = 16
"""Messages claimed in one turn; one person's backlog takes no more places in hand than this."""
IN_HAND = AT_A_TIME * PER_SECOND
"""Messages in hand: when backlogs at 1 message a second fill them all, they use up all that Telegram takes.

Each message that ends makes room for the most urgent one that is then due.
"""
GRACE = 20.0
"""Seconds for what is being sent to end when the relay stops; a request takes no longer."""


class Relay:
    """Runs until it is stopped: `run` in the background, `stop` to end it."""

    def __init__(
        self,
        *,
        store: Store,
        deliver: Callable[[Claimed], Awaitable[Settlement]],
        settle: Settle,
        pace: Pace,
        timing: Timing,
        nursery: Nursery,
    ) -> None:
        self._store = store
        self._settle = settle
        self._pace = pace
        self._timing = timing
        self._nursery = nursery
        self._lanes = Lanes(deliver=deliver, ended=self._has_ended, nursery=nursery)
        self._ended: list[tuple[Claimed, Settlement]] = []  # not yet written down
        self._wake = asyncio.Event()
        self._stopping = False
        self._stopped = asyncio.Event()
        self._poll = POLL
        self._renew_at = 0.0
        self._listener: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Relay until `stop` is called."""
        self._store.on_outbox(self._ring)
        self._listener = self._nursery.start(self._listen(), name="alerts listener")
        try:
            while not self._is_done():
                self._wake.clear()
                seconds = await self._step()
                if seconds > 0 and not self._is_done():
                    await wait(self._timing, self._wake, seconds)
        finally:
            self._listener.cancel()
            self._stopped.set()

    async def stop(self) -> None:
        """Finish what is being sent, settle it, and give the rest back to the store."""
        self._stopping = True
        if self._listener is None:  # never ran
            return
        self._pace.close()
        self._lanes.hand_back()
        self._wake.set()
        gave_up = self._timing.later(GRACE, self._stopped.set)
        await self._stopped.wait()
        gave_up.cancel()

    def _is_done(self) -> bool:
        return self._stopping and not self._lanes and not self._ended

    async def _step(self) -> float:
        """Take one turn; return how long to wait for the next one if nothing happens."""
        flooded = self._pace.flood_left
        most = 0 if self._stopping or flooded else min(AT_A_TIME, IN_HAND - len(self._lanes))
        renew = self._to_renew()
        if not (self._ended or renew or most):
            return min(flooded, POLL) if flooded else self._poll
        ending, self._ended = self._ended, []
        try:
            result = await self._turn([settlement for _, settlement in ending], renew=renew, most=most)
        except StoreUnavailable as problem:
            log.warning("the store is unavailable, %d messages wait to be settled: %s", len(ending), problem)
            self._ended = ending + self._ended
            self._wake.clear()
            return STORE_DOWN
        except Exception:
            log.exception("a turn of the relay failed")
            await self._settle_each(ending)
            return STORE_DOWN
        for claimed in result.claimed:
            self._take(claimed)
        return 0 if result.is_full else self._seconds_until(result.next_due)

    async def _turn(self, settlements: Sequence[Settlement], *, renew: Sequence[int] = (), most: int = 0) -> Turn:
        return await self._store.write(
            turn,
            settle=self._settle,
            settlements=settlements,
            renew=renew,
            ours=self._lanes.ids,
            full=self._lanes.full(),
            most=most,
            now=self._timing.now(),
        )

    async def _settle_each(self, ending: list[tuple[Claimed, Settlement]]) -> None:
        """One settlement that cannot be written must not keep the others from being."""
        now = self._timing.now()
        for claimed, settlement in ending:
            try:
                await self._turn([settlement])
            except StoreUnavailable:
                self._ended.append((claimed, settlement))
            except Exception:
                log.exception("outbox message %d: what follows from its end is lost", claimed.id)
                try:
                    await self._store.write(outbox.settle, settlements=[settlement], now=now)
                except StoreUnavailable:
                    self._ended.append((claimed, settlement))
                except Exception:
                    log.exception("outbox message %d cannot be settled", claimed.id)

    def _take(self, claimed: Claimed) -> None:
        """Put a message into its lane, unless things changed while the turn was being written."""
        if any(one.id == claimed.id for one, _ in self._ended):
            return
        for first, settlement in self._ended:
            if settlement.state is OutboxState.AVAILABLE and comes_before(first, claimed):
                self._has_ended(claimed, behind(claimed, settlement))
                return
        if self._stopping:
            self._has_ended(claimed, Settlement(claimed.id, OutboxState.AVAILABLE, sent=claimed.sent))
        else:
            self._lanes.put(claimed)

    def _to_renew(self) -> list[int]:
        """The messages in hand, every third of a lease."""
        seconds = self._timing.seconds()
        if not self._lanes or seconds < self._renew_at:
            return []
        self._renew_at = seconds + LEASE.total_seconds() / 3
        return sorted(self._lanes.ids)

    def _seconds_until(self, due: datetime | None) -> float:
        """How long to wait; what is due but could not be claimed is looked for again soon."""
        if due is None:
            return self._poll
        left = (due - self._timing.now()).total_seconds()
        return min(left, self._poll) if left > 0 else POLL

    async def _listen(self) -> None:
        self._poll = POLL_LISTENING
        try:
            await self._store.listen()
        finally:
            self._poll = POLL

    def _ring(self, due: datetime) -> None:
        self._wake.set()

    def _has_ended(self, claimed: Claimed, settlement: Settlement) -> None:
        self._ended.append((claimed, settlement))
        self._wake.set()
