"""What the clock does with many reports in one transaction: one that cannot be handled holds up no other."""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from storage.schema import Report

log = logging.getLogger(__name__)

AFTER_A_FAILURE = timedelta(minutes=1)
"""When what could not be handled is looked at again."""


def handle(
    session: Session, due: Sequence[Report], look: Callable[[Report], None], *, put_off: Callable[[Report], None]
) -> int:
    """Look at each of these locked reports; what fails is undone, logged and ``put_off``. How many there were."""
    for report in due:
        try:
            with session.begin_nested():
                look(report)
        except Exception:
            log.exception("the clock cannot handle report %d", report.id)
            put_off(report)
    return len(due)
