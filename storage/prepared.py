"""Statements that every update passes: compiled once, and on SQLite handed to the driver without a detour.

SQLAlchemy takes some 28 µs to execute a Core statement, of which SQLite itself needs 3; a report is two dozen of them.
In the unit of work of SQLite's writer a `Prepared` statement takes 5 to 10; everywhere else (readers, PostgreSQL)
SQLAlchemy executes it as always. Types are converted both ways in either case.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, cast

from sqlalchemy import CursorResult, Executable, Select
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

from storage.schema.base import UtcTime

DRIVER = "driver"
"""Key of `session.info`: the connection of the driver on which the writer runs this unit of work."""

_DIALECT = pysqlite.dialect()
Convert = Callable[[Any], Any]
_moment = lru_cache(maxsize=256)(cast("Convert", UtcTime().dialect_impl(_DIALECT).bind_processor(_DIALECT)))
"""A unit of work writes the same moment again and again."""


class Prepared:
    """A Core statement (not of the ORM). Nothing is flushed before it: whoever changed objects that it reads must.

    ``postgresql`` is given where the statement is of SQLite's dialect.
    """

    def __init__(self, statement: Executable, *, postgresql: Executable | None = None) -> None:
        self._statement = statement
        self._postgresql = postgresql if postgresql is not None else statement
        self._compiled: dict[tuple[str, ...], _Compiled] = {}  # by the names of the values that are given

    def all(self, session: Session, **values: Any) -> Sequence[Any]:
        """The rows; their values by attribute or position."""
        driver = session.info.get(DRIVER)
        if driver is None:
            return self._elsewhere(session, values).all()
        compiled = self._compile(values)
        return compiled.rows(driver.execute(compiled.sql, compiled.bound(values)).fetchall())

    def first(self, session: Session, **values: Any) -> Any:
        """The first row; None if there is none."""
        rows = self.all(session, **values)
        return rows[0] if rows else None

    def scalars(self, session: Session, **values: Any) -> list[Any]:
        """The first value of each row."""
        return [row[0] for row in self.all(session, **values)]

    def scalar(self, session: Session, **values: Any) -> Any:
        """The first value of the first row; None if there is none."""
        rows = self.all(session, **values)
        return rows[0][0] if rows else None

    def run(self, session: Session, **values: Any) -> int:
        """Change rows; return how many."""
        driver = session.info.get(DRIVER)
        if driver is None:
            return self._elsewhere(session, values).rowcount
        compiled = self._compile(values)
        return int(driver.execute(compiled.sql, compiled.bound(values)).rowcount)

    def add(self, session: Session, **values: Any) -> int:
        """Insert a row; return the number that it was given."""
        driver = session.info.get(DRIVER)
        if driver is None:
            return int((self._elsewhere(session, values).inserted_primary_key or (0,))[0])
        compiled = self._compile(values)
        return int(driver.execute(compiled.sql, compiled.bound(values)).lastrowid)

    def run_all(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
        """The same for each of these."""
        driver: sqlite3.Connection | None = session.info.get(DRIVER)
        if not rows:
            return
        if driver is None:
            self._elsewhere(session, rows)
        else:
            compiled = self._compile(rows[0])
            driver.executemany(compiled.sql, [compiled.bound(row) for row in rows])

    def _elsewhere(self, session: Session, values: Any) -> CursorResult[Any]:
        connection = session.connection()
        statement = self._postgresql if connection.dialect.name == "postgresql" else self._statement
        return connection.execute(statement, values)

    def _compile(self, values: Mapping[str, Any]) -> "_Compiled":
        names = tuple(values)
        found = self._compiled.get(names)
        if found is None:
            found = self._compiled[names] = _compiled(self._statement, names)
        return found


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    binds: tuple[tuple[str | None, Any], ...]  # name and converter; without a name: the converted constant
    columns: tuple[Convert | None, ...]
    row: Callable[[Iterable[Any]], Any]

    def bound(self, values: Mapping[str, Any]) -> list[Any]:
        return [how if name is None else values[name] if how is None else how(values[name]) for name, how in self.binds]

    def rows(self, found: list[Any]) -> Sequence[Any]:
        make, columns = self.row, self.columns
        if not any(columns):
            return [make(row) for row in found]
        return [
            make([value if how is None else how(value) for how, value in zip(columns, row, strict=True)])
            for row in found
        ]


def _compiled(statement: Executable, names: tuple[str, ...]) -> _Compiled:
    made = cast(
        "SQLCompiler",
        statement.compile(dialect=_DIALECT, column_keys=list(names)),  # type: ignore[attr-defined]
    )
    if made.insert_prefetch or made.update_prefetch or made.post_compile_params or made.literal_execute_params:
        raise TypeError(f"a prepared statement computes no defaults and has no `IN`: {made}")
    binds: list[tuple[str | None, Any]] = []
    for name in made.positiontup or ():
        kind = made.binds[name].type
        how = _moment if isinstance(kind, UtcTime) else kind.dialect_impl(_DIALECT).bind_processor(_DIALECT)
        if name in names:
            binds.append((name, how))
        else:
            constant = made.params[name]
            binds.append((None, constant if how is None else how(constant)))
    chosen = statement.selected_columns if isinstance(statement, Select) else statement.exported_columns  # type: ignore[attr-defined]
    row = namedtuple("Row", [column.key for column in chosen])  # type: ignore[misc]
    return _Compiled(
        sql=str(made),
        binds=tuple(binds),
        columns=tuple(column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None) for column in chosen),
        row=partial(tuple.__new__, row),
    )
