"""What the clock does with many things in one transaction: one that cannot be handled holds up no other."""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

from storage import trouble
from storage.schema import Report

log = logging.getLogger(__name__)
T = TypeVar("T")

AFTER_A_FAILURE = timedelta(minutes=1)
"""When what could not be handled is looked at again."""


def handle(
    session: Session,
    due: Sequence[T],
    look: Callable[[T], None],
    *,
    put_off: Callable[[T], None],
    name: Callable[[T], str],
) -> int:
    """Look at each of these locked things, and return how many there were; what fails is undone, logged by ``name``
    and ``put_off``. A deadlock, or a store that is unavailable, is no failure of one of them: all is left to the store.

    Whoever forgets to put one off is given it again at once, for ever: it is due still.
    """
    for one in due:
        try:
            with session.begin_nested():
                look(one)
        except Exception as problem:
            if trouble.ends_all(problem):
                raise
            log.exception("the clock cannot handle %s", name(one))
            put_off(one)
    return len(due)


def report_name(report: Report) -> str:
    """A report, as the log names it."""
    return f"report {report.id}"
