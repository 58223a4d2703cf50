"""One claimed message on its way: read what it is about, put it into words, send it, decide what follows.

It always ends in a settlement. A defect (in a view, say) is logged and counts as a failed attempt like any other: the
message waits and is tried again, so that a repaired version delivers it.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from alerts.retry import End, Outcome, settlement
from alerts.sender import Sender
from alerts.timing import Clock
from storage.kinds import OutboxState
from storage.outbox import Claimed, Settlement
from storage.records import Brief
from storage.store import Store, StoreUnavailable
from views.card import Card, Made
from views.making import Thing

log = logging.getLogger(__name__)

STORE_SECONDS = 1.0
"""How long to leave a message alone that could not be read."""


Make = Callable[[Thing], Awaitable[bytes]]
"""Draws charts and writes files, beside the relay: `bot/making.py`."""


class Load(Protocol):
    """`services.outgoing.load`."""

    def __call__(self, session: Session, *, claimed: Claimed, now: datetime) -> Brief | None:
        """What the message is about, or nothing if it need not be said any more."""
        ...


class Render(Protocol):
    """`views.messages.render`."""

    def __call__(self, brief: Brief, /, *, now: datetime, zone: ZoneInfo) -> Card | None:
        """The card, or nothing if there is nothing to say."""
        ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """Delivers messages; `deliver` may run for many of them at once."""

    store: Store
    sender: Sender
    load: Load
    render: Render
    make: Make
    clock: Clock
    zone: ZoneInfo
    chance: Callable[[], float]

    async def deliver(self, claimed: Claimed) -> Settlement:
        """Send one message, as far as that goes."""
        try:
            outcome = await self._outcome(claimed)
        except StoreUnavailable as problem:
            outcome = Outcome(End.SNOOZED, problem=f"StoreUnavailable: {problem}", seconds=STORE_SECONDS)
        except Exception as problem:
            log.exception("outbox message %d (%s) failed", claimed.id, claimed.message)
            outcome = Outcome(End.FAILED, problem=f"{type(problem).__name__}: {problem}")
        result = settlement(claimed, outcome, now=self.clock(), chance=self.chance)
        _note(claimed, outcome, result)
        return result

    async def _outcome(self, claimed: Claimed) -> Outcome:
        if claimed.telegram_id is None:
            return Outcome(End.UNREACHABLE, problem="has no chat")
        brief = await self.store.read(self.load, claimed=claimed, now=self.clock())
        card = None if brief is None else await self._card(brief)
        if card is None:
            return Outcome(End.NOTHING_TO_SAY)
        return await self.sender.send(
            card,
            chat=claimed.telegram_id,
            urgency=claimed.urgency,
            sent=claimed.sent,
            is_news=not claimed.message.is_edit,
        )

    async def _card(self, brief: Brief) -> Card | None:
        card = self.render(brief, now=self.clock(), zone=self.zone)
        if card is None or card.makes is None:
            return card
        return replace(card, makes=None, made=Made(card.makes.name, await self.make(card.makes.thing)))


def _note(claimed: Claimed, outcome: Outcome, result: Settlement) -> None:
    """Say in the log what an operator may want to know."""
    if result.state is OutboxState.AVAILABLE:
        log.info("outbox message %d waits until %s: %s", claimed.id, result.due_at, outcome.problem)
    elif outcome.end is End.UNREACHABLE:
        log.info("outbox message %d: person %d is unreachable: %s", claimed.id, claimed.person_id, outcome.problem)
    elif result.state is OutboxState.DISCARDED:
        log.error("outbox message %d (%s) is given up: %s", claimed.id, claimed.message, outcome.problem)
