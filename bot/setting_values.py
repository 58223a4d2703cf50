"""What a setting may be: checks that return it as it is used, or raise a `ValueError`.

That has the key of the text that says what is expected.
"""

import re
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from storage.store import BadTimeout, parse_url


def zone(name: str) -> str:
    """A time zone's name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise ValueError("setting-expected-zone") from problem
    return name


def database(url: str) -> str:
    """The address of a store."""
    try:
        parse_url(url)
    except BadTimeout as problem:
        raise ValueError("setting-expected-timeout") from problem
    except ValueError as problem:
        raise ValueError("setting-expected-database") from problem
    return url


def http(url: str) -> str:
    """An address, without the slash at its end; or nothing."""
    expected = "setting-expected-http"
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError as problem:  # of the port
        raise ValueError(expected) from problem
    if url and not is_good:
        raise ValueError(expected)
    return url.rstrip("/")


def token(given: str) -> str:
    """A bot's token, or nothing."""
    if given and not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", given):
        raise ValueError("setting-expected-token")
    return given


def listen(place: str) -> str:
    """`host:port`."""
    host, _, port = place.rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or int(port) > 65535:
        raise ValueError("setting-expected-listen")
    return place


def secret(given: str) -> str:
    """What Telegram takes: https://core.telegram.org/bots/api#setwebhook"""
    if len(given) > 256 or not all(c.isascii() and (c.isalnum() or c in "_-") for c in given):
        raise ValueError("setting-expected-secret")
    return given


def numbers(value: object) -> object:
    """`12345,67890` as a list."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def hours(value: object) -> object:
    """`8:30-12:00,14:00-18:00` as spans, in order and apart from each other."""
    if not isinstance(value, str):
        return value
    try:
        ends = [datetime.strptime(end.strip(), "%H:%M").time() for end in re.split("[-,]", value)]  # noqa: DTZ007
    except ValueError as problem:
        raise ValueError("setting-expected-hours") from problem
    if len(ends) % 2 or ends != sorted(set(ends)):
        raise ValueError("setting-expected-hours")
    return tuple(zip(ends[::2], ends[1::2], strict=True))
