"""The hash that ties each entry to all before it in its account, and to the transfer that it belongs to."""

from datetime import UTC, datetime
from hashlib import sha256

START = ""
"""What stands before the first entry of an account."""


def seal(
    *,
    key: str,
    reason: str,
    at: datetime,
    by_id: int | None,
    person_id: int | None,
    report_id: int | None,
    reverses_id: int | None,
    words: str | None,
) -> str:
    """A transfer in one line: all that is written of it."""
    return repr((key, reason, at.astimezone(UTC).isoformat(), by_id, person_id, report_id, reverses_id, words))


def link(before: str, sealed: str, *, account: str, place: int, amount: int, balance: int) -> str:
    """The hash of an entry: SHA-256 over the hash before it, its transfer and itself; 64 hexadecimal digits."""
    return sha256(f"{before}\n{sealed}\n{account}\n{place}\n{amount}\n{balance}".encode()).hexdigest()
