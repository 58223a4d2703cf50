"""What every table shares: the declarative base, times in UTC, JSON."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

BigKey = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit key that SQLite also counts up by itself."""


class UtcTime(TypeDecorator[datetime]):
    """An aware moment in UTC; a naive one is refused. PostgreSQL: `timestamptz`; SQLite: ISO text that sorts."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Take an aware moment of any zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a zone: {value!r}")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give an aware moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


E = TypeVar("E", bound=StrEnum)


class Word(TypeDecorator[E], Generic[E]):
    """A value of one of the enums of `storage/kinds.py`, kept as plain text."""

    impl = String(20)
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """Refuse a word that the enum does not have."""
        return _Known((one.value, one.value) for one in self.kind).__getitem__

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """Give the enum's member back."""
        return _Known((one.value, one) for one in self.kind).__getitem__


class _Known(dict[str | None, Any]):
    """What there is for each word, and nothing for nothing: a look-up costs a tenth of asking the enum."""

    def __init__(self, words: Iterable[tuple[str, Any]]) -> None:
        super().__init__([(None, None), *words])

    def __missing__(self, word: str | None) -> Any:
        raise ValueError(f"an unknown word: {word!r}")


class Base(DeclarativeBase):
    """All tables of the store."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own way to say it
        datetime: UtcTime(),
        dict[str, Any]: JSON(none_as_null=True),
        list[int]: JSON(none_as_null=True),
    }
