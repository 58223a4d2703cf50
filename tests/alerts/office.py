"""A relay with a sender that the test commands: it says how each delivery ends, and when."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from alerts.order import Turn
from alerts.pace import Pace
from alerts.relay import Relay
from storage import outbox
from storage.kinds import OutboxState
from storage.outbox import Claimed, Settlement
from storage.store import Store, StoreUnavailable
from tests.alerts.nursery import Nursery
from tests.alerts.rows import Say, put, states
from tests.alerts.travel import Travel
from tests.belled import PATIENCE, Bell, Belled


@dataclass
class Post:
    """Delivers as the test says: at once, held until released, or ended in some way of its own."""

    travel: Travel
    bell: Bell = field(default_factory=Bell)
    begun: list[str] = field(default_factory=list)
    times: dict[str, list[datetime]] = field(default_factory=dict)
    holding: set[str] = field(default_factory=set)
    ends: dict[str, list[Callable[[Claimed], Settlement]]] = field(default_factory=dict)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    async def deliver(self, claimed: Claimed) -> Settlement:
        text = claimed.facts["text"]
        self.begun.append(text)
        self.times.setdefault(text, []).append(self.travel.now())
        self.bell.ring()
        if text in self.holding:
            await self.released.wait()
        if self.ends.get(text):
            return self.ends[text].pop(0)(claimed)
        return Settlement(claimed.id, OutboxState.DELIVERED, sent=(1000 + claimed.id,))

    def fails_once(self, text: str, *, wait: float) -> None:
        def end(claimed: Claimed) -> Settlement:
            due = self.travel.now() + timedelta(seconds=wait)
            return Settlement(claimed.id, OutboxState.AVAILABLE, due_at=due, counts=True, problem="no luck")

        self.ends.setdefault(text, []).append(end)


@dataclass
class Shaky:
    """A store that is unavailable, or late to say what was claimed, when the test says so."""

    store: Belled
    is_down: bool = False
    refused: int = 0
    answers: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.answers.set()

    async def write(self, fn: Callable[..., Any], /, **arguments: Any) -> Any:
        if self.is_down:
            self.refused += 1
            self.store.bell.ring()
            raise StoreUnavailable("locked")
        result = await self.store.write(fn, **arguments)
        if isinstance(result, Turn) and result.claimed:
            await self.answers.wait()
        return result

    async def read(self, fn: Callable[..., Any], /, **arguments: Any) -> Any:
        return await self.store.read(fn, **arguments)

    def on_outbox(self, ring: Callable[[Any], None]) -> None:
        self.store.on_outbox(ring)
        self.store.bell.ring()

    async def listen(self) -> None:
        await self.store.listen()

    async def close(self) -> None:
        await self.store.close()


@dataclass
class Office:
    """A relay and all that belongs to it."""

    relay: Relay
    store: Belled
    shaky: Shaky
    post: Post
    travel: Travel
    pace: Pace

    async def say(self, *says: Say) -> list[int]:
        return await self.store.write(put, says=list(says))

    async def until(self, is_true: Callable[[], Any]) -> None:
        """Wait until the condition holds."""
        await self.store.until(is_true)

    async def in_time(self, *expected: str) -> None:
        """Let time pass until the outbox's rows are in these states."""
        async with asyncio.timeout(PATIENCE):
            while await states(self.store) != list(expected):
                await self.travel.pass_by(0.5)


def open_office(store: Store, travel: Travel, nursery: Nursery, *, settle: Any = outbox.settle) -> Office:
    bell = Bell()
    belled = Belled(store, bell)
    post, pace, shaky = Post(travel, bell), Pace(travel), Shaky(belled)
    relay = Relay(store=shaky, deliver=post.deliver, settle=settle, pace=pace, timing=travel, nursery=nursery)
    return Office(relay, belled, shaky, post, travel, pace)
