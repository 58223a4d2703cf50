"""What the Bot API answers when it will not do what was asked."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """An answer with ``ok: false``; ``description`` is in Telegram's own words."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(reason: str) -> Refused:
    """400: the request itself is wrong."""
    return Refused(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refused:
    """403: the person does not want to hear from the bot."""
    return Refused(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refused:
    """409: two ways of receiving updates at once."""
    return Refused(409, f"Conflict: {reason}")


def flood(retry_after: int) -> Refused:
    """429: too many requests; ``retry_after`` is in seconds."""
    return Refused(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
