"""What the bot has not yet heard of: the queue of updates, read by long polling or delivered to a webhook."""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from sandbox.bell import Bell
from sandbox.keep import Keep
from sandbox.refusals import conflict

REMEMBERED = 100_000  # updates that can be delivered once more
LONGEST_POLL = 50  # seconds
MOST_AT_ONCE = 100


@dataclass(slots=True)
class Update:
    """One update; ``payload`` is what is under ``kind``."""

    update_id: int
    kind: str
    chat_id: int
    payload: dict[str, Any]
    _body: bytes | None = field(default=None, repr=False)

    @property
    def body(self) -> bytes:
        """The update as JSON, made once."""
        if self._body is None:
            update = {"update_id": self.update_id, self.kind: self.payload}
            self._body = json.dumps(update, ensure_ascii=False, separators=(",", ":")).encode()
        return self._body


@dataclass
class WebhookSettings:
    """What setWebhook said, and how it goes."""

    url: str = ""
    secret_token: str | None = None
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = None


class Updates:
    """The queue. An update stays in it until it is confirmed: polled past, or answered 2xx by the webhook."""

    def __init__(self, keep: Keep, *, first_id: int) -> None:
        self._keep = keep
        self.pending: OrderedDict[int, Update] = OrderedDict()
        self._past: OrderedDict[int, Update] = OrderedDict()
        self._handed_back: set[int] = set()  # redelivered and not polled since
        self._poll: asyncio.Future[None] | None = None
        self.confirmed = Bell()
        self.polled = Bell()
        self.listeners: list[Callable[[Update], None]] = []
        stored: dict[str, Any] = dict(keep.load("updates"))
        self.last_id: int = stored.get("last_id", first_id - 1)
        self.allowed: list[str] | None = stored.get("allowed")  # None: never said, which means all
        self.webhook = WebhookSettings(**stored.get("webhook", {}))
        for key, (kind, chat_id, payload) in keep.load("update"):
            self.pending[int(key)] = self._past[int(key)] = Update(int(key), kind, chat_id, payload)

    def add(self, kind: str, chat_id: int, payload: dict[str, Any]) -> Update | None:
        """Queue a new update, unless the bot asked not to get its kind."""
        if self.allowed and kind not in self.allowed:
            return None
        self.last_id += 1
        update = Update(self.last_id, kind, chat_id, payload)
        self._past[update.update_id] = update
        if len(self._past) > REMEMBERED:
            self._past.popitem(last=False)
        self._keep.put("updates", "last_id", self.last_id)
        self._queue(update)
        return update

    def redeliver(self, update_id: int) -> None:
        """Queue an old update once more, under its own id, before all others."""
        update = self._past[update_id]
        self._handed_back.add(update_id)
        self._queue(update)
        self.pending.move_to_end(update_id, last=False)

    def _queue(self, update: Update) -> None:
        self.pending[update.update_id] = update
        self._keep.put("update", update.update_id, (update.kind, update.chat_id, update.payload))
        for listener in self.listeners:
            listener(update)
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    def confirm(self, update_ids: Iterable[int]) -> None:
        """The bot has heard of these."""
        for update_id in update_ids:
            if self.pending.pop(update_id, None):
                self._handed_back.discard(update_id)
                self._keep.drop("update", update_id)
        self._keep.commit()
        self.confirmed.ring()

    def forget_pending(self) -> None:
        """Drop all that the bot has not heard of."""
        self.confirm(list(self.pending))

    def allow(self, kinds: list[str] | None) -> None:
        """Take note of the kinds that the bot wants; empty means all, ``None`` as before."""
        if kinds is not None:
            self.allowed = kinds
            self._keep.put("updates", "allowed", kinds)

    def set_webhook(self, settings: WebhookSettings) -> None:
        """Deliver there from now on (nowhere, when the URL is empty)."""
        self.webhook = settings
        self._keep.put("updates", "webhook", asdict(settings))
        if settings.url:
            self.end_poll("terminated by setWebhook request")

    async def poll(self, *, offset: int, limit: int, timeout: int) -> list[Update]:
        """What getUpdates returns: confirms everything before ``offset``, waits up to ``timeout`` seconds.

        Raises:
            Refused: there is a webhook, or another poll ended this one.
        """
        if self.webhook.url:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            )
        self.end_poll("terminated by other getUpdates request; make sure that only one bot instance is running")
        self._confirm_before(offset)
        limit = limit if 1 <= limit <= MOST_AT_ONCE else MOST_AT_ONCE
        if not self.pending and timeout > 0:
            poll = self._poll = asyncio.get_running_loop().create_future()
            self.polled.ring()
            try:
                async with asyncio.timeout(min(timeout, LONGEST_POLL)):
                    await poll
            except TimeoutError:
                return []
            finally:
                if self._poll is poll:
                    self._poll = None
        found = list(islice(self.pending.values(), limit))
        if self._handed_back:
            self._handed_back.difference_update(update.update_id for update in found)
        return found

    @property
    def is_polled(self) -> bool:
        """Whether a long poll waits now."""
        return self._poll is not None and not self._poll.done()

    def end_poll(self, reason: str | None) -> None:
        """End the poll that waits now: with a conflict, or with nothing when the sandbox closes."""
        if self._poll and not self._poll.done():
            if reason:
                self._poll.set_exception(conflict(reason))
            else:
                self._poll.set_result(None)

    def _confirm_before(self, offset: int) -> None:
        if offset < 0:  # only the last ones count
            self.confirm(list(self.pending)[:offset])
        elif offset > 0:
            if self._handed_back:
                past = [one for one in self.pending if one < offset and one not in self._handed_back]
            else:
                past = []
                for one in self.pending:
                    if one >= offset:
                        break
                    past.append(one)
            if past:
                self.confirm(past)
