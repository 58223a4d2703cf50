"""python-telegram-bot's rate limiter, with a flood deadline that holds.

What the limiter of 22.8 does (read in its source): `overall_max_rate` requests may go at once and drain over
`overall_time_period`, so that (1, 1/25) lets one out every 40 ms where the default (30, 1) lets bursts of 30 through;
it paces groups and channels (negative or textual chat ids) but no private chat; and its halt after a 429 ends as soon
as any other request does (https://github.com/python-telegram-bot/python-telegram-bot/issues/5338). So it paces here,
does not retry, and the deadline is ours: it is looked at before the limiter and again behind it, because a request
may have waited in it when the 429 came.
"""

import os
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

# Asked for in its release notes: without it, each 429 is a deprecation warning, and fractions of a second are lost.
os.environ.setdefault("PTB_TIMEDELTA", "true")

from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter

from alerts.pace import Pace

PER_SECOND = 25
"""Requests with a chat a second; Telegram allows about 30."""

Answer = bool | dict[str, Any] | list[dict[str, Any]]


class _Halted(Exception):
    """A flood deadline came up while the request waited in the limiter: it waits for that, and for its turn again."""


class _Flooded(Exception):
    """A 429, on its way past the limiter (which would log it with a traceback)."""

    def __init__(self, answer: RetryAfter) -> None:
        self.answer = answer


class Limiter(AIORateLimiter):
    """All requests through one pace, and none before the flood deadline."""

    __slots__ = ("_pace",)

    def __init__(self, pace: Pace) -> None:
        super().__init__(overall_max_rate=1, overall_time_period=1 / PER_SECOND, group_max_rate=0, max_retries=0)
        self._pace = pace

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        """Send the request when its turn comes.

        Raises:
            RetryAfter: Telegram answered 429; by then the deadline holds for all.
            alerts.pace.Closed: the relay is stopping.
        """

        async def guarded(*args: Any, **kwargs: Any) -> Answer:
            if self._pace.flood_left > 0:
                raise _Halted
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as problem:
                self._pace.flooded(seconds_of(problem))
                raise _Flooded(problem) from problem

        while True:
            await self._pace.flood_over()
            try:
                return await super().process_request(guarded, args, kwargs, endpoint, data, rate_limit_args)
            except _Halted:
                continue
            except _Flooded as flood:
                raise flood.answer from None


def seconds_of(problem: RetryAfter) -> float:
    """The time that Telegram named."""
    named = problem.retry_after
    return named.total_seconds() if isinstance(named, timedelta) else float(named)
