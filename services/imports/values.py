"""Read the values of one row; each function raises `Unfit` with the reason that the row is then left out for."""

from enum import StrEnum
from typing import Any

from services.errors import NoWords, WordsTooLong
from services.imports.results import BadRow, Reason
from services.words import clean
from storage.tables import Row

NOT_IN_CODES = set(" ,;\uff0c\uff1b\u3001")


class Unfit(Exception):
    """Raised while one row is read: it is left out, for this reason."""

    def __init__(self, reason: Reason, **facts: Any) -> None:
        super().__init__(reason, facts)
        self.reason = reason
        self.facts = {name: str(value) for name, value in facts.items()}

    def at(self, number: int) -> BadRow:
        """The same, said of a row."""
        return BadRow(number, self.reason, self.facts)


def text(row: Row, column: str, *, most: int) -> str:
    """A value that must be there, on one line, of at most so many characters; nothing invisible is left in it.

    Raises:
        Unfit: as said.
    """
    try:
        return " ".join(clean(row.values.get(column, ""), most=most).split())
    except NoWords as problem:
        raise Unfit(Reason.NO_VALUE, column=column) from problem
    except WordsTooLong as problem:
        raise Unfit(Reason.TOO_LONG, column=column, most=most) from problem


def maybe_text(row: Row, column: str, *, most: int) -> str:
    """Likewise, of a value that may be missing: then nothing.

    Raises:
        Unfit: it is too long.
    """
    return text(row, column, most=most) if row.values.get(column, "").strip() else ""


def code(row: Row, column: str) -> str:
    """A code in capitals, of at most 40 characters.

    Raises:
        Unfit: it is not there, is too long, or has something in it that stands between codes.
    """
    found = text(row, column, most=40).upper()
    if NOT_IN_CODES & set(found):
        raise Unfit(Reason.BAD_CODE, value=found)
    return found


def whole_number(row: Row, column: str, *, most: int) -> int:
    """A number from 0 to `most`.

    Raises:
        Unfit: it is not there, or not such a number.
    """
    value = text(row, column, most=40)
    if not value.isdecimal() or int(value) > most:
        raise Unfit(Reason.BAD_NUMBER, column=column, value=value, most=most)
    return int(value)


def maybe_number(row: Row, column: str, *, most: int) -> int | None:
    """Likewise; None where there is nothing.

    Raises:
        Unfit: there is something else.
    """
    return whole_number(row, column, most=most) if row.values.get(column, "").strip() else None


def one_of(kind: type[StrEnum], value: str, *, column: str) -> str:
    """One of an enum's words, in any case.

    Raises:
        Unfit: it is another word.
    """
    if value.lower() not in list(kind):
        raise Unfit(Reason.BAD_WORD, column=column, value=value, allowed=", ".join(kind))
    return value.lower()


def refuse_extra(row: Row) -> None:
    """Refuse a row with more values than columns: something has slipped.

    Raises:
        Unfit: it has.
    """
    if row.extra:
        raise Unfit(Reason.TOO_MANY_VALUES, value=row.extra[0])
