"""The hash that ties each entry to all before it in its account, and to the transfer that it belongs to."""

from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from unicodedata import category

from sqlalchemy import ColumnElement, String, func, type_coerce

START = ""
"""What stands before the first entry of an account."""


@lru_cache(maxsize=64)
def moment(at: datetime) -> str:
    """A moment as it is sealed: in UTC, in the very letters that SQLite keeps, so that an audit need not read them."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def moment_in(column: ColumnElement[datetime], *, dialect: str) -> ColumnElement[str]:
    """The same of a column, made by the database."""
    if dialect == "postgresql":
        return func.to_char(func.timezone("UTC", column), "YYYY-MM-DD HH24:MI:SS.US")
    return type_coerce(column, String)


def seal(
    key: str,
    reason: str,
    at: str,
    by_id: int | None,
    person_id: int | None,
    report_id: int | None,
    reverses_id: int | None,
    words: str | None,
) -> str:
    """A transfer in a few lines: all that is written of it; ``at`` as `moment` has it.

    By position, as an audit calls it a million times.
    """
    said = _quoted(words) if isinstance(words, str) and not words.isprintable() else repr(words)
    return f"{key}\n{reason}\n{at}\n{by_id}\n{person_id}\n{report_id}\n{reverses_id}\n{said}"


def _quoted(words: str) -> str:
    """As `repr` has it, but for signs that this Python does not know yet: they stand as they are, as a newer one's
    `repr`, which knows them, has them. Else an audit by that would find the words changed.
    """
    quote = repr(words)[0]
    signs = (f"\\{one}" if one == quote else one if category(one) == "Cn" else repr(one)[1:-1] for one in words)
    return f"{quote}{''.join(signs)}{quote}"


def link(before: str, sealed: str, account: str, place: int, amount: int, balance: int) -> str:
    """The hash of an entry: SHA-256 over the hash before it, itself and its transfer; 64 hexadecimal digits."""
    return sha256(f"{before}\n{account}\n{place}\n{amount}\n{balance}\n{sealed}".encode()).hexdigest()
