"""What databases say that is nobody's mistake: what passes, what is run again, and what ends a whole transaction."""

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError

from storage.store import StoreUnavailable

AGAIN = {"40001", "40P01"}
"""SQLSTATE of a serialization failure and of a deadlock: the transaction may simply be run again."""
NOT_NOW = ("08", "53", "57", "25006")
"""SQLSTATE classes: connection, resources (disk full), operator intervention; and a read-only transaction."""
TEMPORARY = {
    sqlite3.SQLITE_ABORT,  # the transaction was rolled back under it
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}
"""Primary result codes that say «not now» rather than «wrong»: https://www.sqlite.org/rescode.html"""


def is_for_again(problem: BaseException) -> bool:
    """Whether PostgreSQL ended the transaction for another's sake: run again, it may pass."""
    return _sqlstate(problem) in AGAIN


def is_unavailable(problem: BaseException) -> bool:
    """Whether the database takes nothing at the moment."""
    cause = problem.orig if isinstance(problem, DBAPIError) else problem
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", None)  # what Python's driver itself objects to has none
        return code is not None and code & 0xFF in TEMPORARY
    state = _sqlstate(problem)
    if state is not None:
        return state.startswith(NOT_NOW)
    # The last: asyncpg's own confusion when the server goes away in the middle of a statement.
    return isinstance(problem, StoreUnavailable | OperationalError | InterfaceError | InternalError)


def ends_all(problem: BaseException) -> bool:
    """Whether the whole transaction is to be given up, whatever savepoint it happened in.

    Whoever goes on after the failure of a part must let these through: they are for the store, which runs all of it
    again, or says that it is unavailable.
    """
    return is_for_again(problem) or is_unavailable(problem)


def _sqlstate(problem: BaseException) -> str | None:
    return getattr(getattr(problem, "orig", None), "sqlstate", None)
