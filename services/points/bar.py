"""How far an audit is: in rows, of all that it looks at."""

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.schema import Base, Entry, Hold, Lot, LotUse, Redemption

STEP = 10_000
"""Rows between two words about how far it is."""
ROWS = (Entry, Lot, LotUse, Hold, Redemption)
"""What takes long."""
Progress = Callable[[int, int], None]
"""Is told how many rows have been looked at, and of how many."""


class Bar:
    """Counts what has been looked at."""

    def __init__(self, session: Session, progress: Progress) -> None:
        self._many: dict[type[Base], int] = {
            table: session.scalar(select(func.count()).select_from(table)) or 0 for table in ROWS
        }
        self._total, self._progress, self._done = sum(self._many.values()), progress, 0

    def of(self, table: type[Base]) -> int:
        """How many rows a table has."""
        return self._many[table]

    def step(self, rows: int) -> None:
        """So many more."""
        self._done += rows
        self._progress(self._done, self._total)
