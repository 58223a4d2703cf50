"""The one place that looks at the clock."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives the present moment, aware, in UTC. Whoever needs the time takes one of these as an argument."""


def utc_now() -> datetime:
    """The real time."""
    return datetime.now(UTC)  # noqa: TID251 - this is the owner of the clock


def told_by(seconds: Callable[[], float]) -> Clock:
    """A clock that shows what something else says, in seconds since 1970: in the demo, the sandbox."""
    return lambda: datetime.fromtimestamp(seconds(), UTC)
