"""What has just happened, for the page: a numbered stream that can be resumed after a break."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from typing import Any

KEPT = 1_000  # events a page can have missed before it has to load everything anew

Event = tuple[int, dict[str, Any]]


class Events:
    """The last events and the pages that listen."""

    def __init__(self, *, first_id: int = 1) -> None:
        self._buffer: deque[Event] = deque(maxlen=KEPT)
        self._listeners: set[asyncio.Queue[Event | None]] = set()
        self.last_id = first_id - 1

    def say(self, kind: str, **what: Any) -> None:
        """Tell all pages; ``what`` must not be changed afterwards."""
        self.last_id += 1
        event = (self.last_id, {"type": kind, **what})
        self._buffer.append(event)
        for listener in self._listeners:
            listener.put_nowait(event)

    def listen(self, since: int | None) -> asyncio.Queue[Event | None]:
        """A queue with what came after ``since`` and all that follows; ``None`` in it is the end."""
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        if since is not None and since != self.last_id:
            oldest = self._buffer[0][0] if self._buffer else self.last_id + 1
            if oldest - 1 <= since < self.last_id:
                for event in self._buffer:
                    if event[0] > since:
                        queue.put_nowait(event)
            else:  # too long ago, or of another run
                queue.put_nowait((self.last_id, {"type": "reload"}))
        self._listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[Event | None]) -> None:
        """The page is gone."""
        self._listeners.discard(queue)

    def end(self) -> None:
        """Let all streams end."""
        for listener in self._listeners:
            listener.put_nowait(None)


def as_text(event: Event) -> bytes:
    """One event in the format of server-sent events."""
    number, what = event
    return f"id: {number}\ndata: {json.dumps(what, ensure_ascii=False)}\n\n".encode()
