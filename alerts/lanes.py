"""The messages in hand: a queue for each person, one after the other; different persons at the same time.

Edits have a queue of their own beside it: one that waits for its pace must not hold up an alert, and it adds nothing
to the chat that could get between the parts of a card. A lane lives as long as its queue. Urgent messages of a person
go before the others; they wait for the card that is just being sent (parts of two cards in one chat must not mix),
never for one that waits for its next attempt: that one is handed back to the store, and with it those that must not
overtake it.
"""

import heapq
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

from alerts.order import comes_before
from alerts.pace import AT_ONCE
from alerts.timing import Nursery
from storage.kinds import OutboxState, Urgency
from storage.outbox import Claimed, Full, Settlement

PER_LANE = 4
"""Messages in hand of a person, and edits, at which no more are claimed: nobody's backlog keeps others out."""
BROADCASTS = 2 * AT_ONCE
"""Copies in hand of what goes to many, at which no more are claimed: little over a second's. So there is always room
for what is meant for one person, and one that is stopped has few copies that are on their way already.
"""

_Key = tuple[int, bool]
"""A person, and whether it is the lane of edits."""


@dataclass(slots=True)
class _Lane:
    """One person's messages, or edits, in hand."""

    sending: Claimed | None = None
    queue: list[tuple[bool, int, Claimed]] = field(default_factory=list)


class Lanes:
    """All messages that this relay has claimed and not yet brought to an end."""

    def __init__(
        self,
        *,
        deliver: Callable[[Claimed], Awaitable[Settlement]],
        ended: Callable[[Claimed, Settlement], None],
        nursery: Nursery,
    ) -> None:
        self._deliver = deliver
        self._ended = ended
        self._nursery = nursery
        self._lanes: dict[_Key, _Lane] = {}
        self._ids: set[int] = set()
        self._broadcasts: set[int] = set()  # those of them that go to many

    def put(self, claimed: Claimed) -> None:
        """Take on a message; one that is in hand already (its lease had lapsed) is not taken twice."""
        if claimed.id in self._ids:
            return
        self._ids.add(claimed.id)
        if claimed.urgency is Urgency.BROADCAST:
            self._broadcasts.add(claimed.id)
        key = (claimed.person_id, claimed.message.is_edit)
        lane = self._lanes.get(key)
        if lane is None:
            lane = self._lanes[key] = _Lane()
            self._nursery.start(self._serve(key, lane), name=f"alerts to person {claimed.person_id}")
        heapq.heappush(lane.queue, (claimed.urgency is not Urgency.URGENT, claimed.id, claimed))

    def hand_back(self) -> None:
        """Give all messages that have not been begun back to the store, due at once."""
        for lane in self._lanes.values():
            for claimed in _taken(lane, lambda _: True):
                self._end(claimed, Settlement(claimed.id, OutboxState.AVAILABLE, sent=claimed.sent))

    @property
    def ids(self) -> frozenset[int]:
        """The messages in hand."""
        return frozenset(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def full(self) -> Full:
        """The persons who have enough in hand; whether enough of what goes to many is."""
        full = [key for key, lane in self._lanes.items() if len(lane.queue) + (lane.sending is not None) >= PER_LANE]
        return Full(
            messages=frozenset(person for person, is_edit in full if not is_edit),
            edits=frozenset(person for person, is_edit in full if is_edit),
            broadcasts=len(self._broadcasts) >= BROADCASTS,
        )

    async def _serve(self, key: _Key, lane: _Lane) -> None:
        try:
            while lane.queue:
                claimed = lane.sending = heapq.heappop(lane.queue)[2]
                result = await self._deliver(claimed)
                lane.sending = None
                self._end(claimed, result)
                if result.state is OutboxState.AVAILABLE:
                    for later in _taken(lane, lambda one, first=claimed: comes_before(first, one)):  # type: ignore[misc]
                        self._end(later, behind(later, result))
        finally:
            del self._lanes[key]

    def _end(self, claimed: Claimed, result: Settlement) -> None:
        self._ids.discard(claimed.id)
        self._broadcasts.discard(claimed.id)
        self._ended(claimed, result)


def behind(later: Claimed, first: Settlement) -> Settlement:
    """Back to the store, until the one that must go first is due again."""
    return Settlement(later.id, OutboxState.AVAILABLE, due_at=first.due_at, sent=later.sent)


def _taken(lane: _Lane, which: Callable[[Claimed], bool]) -> Iterator[Claimed]:
    """Take these out of the queue, in their order."""
    chosen = sorted(entry for entry in lane.queue if which(entry[2]))
    lane.queue = [entry for entry in lane.queue if not which(entry[2])]
    heapq.heapify(lane.queue)
    return iter([claimed for _, _, claimed in chosen])
