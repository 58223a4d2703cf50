"""The audit log: what was done, by whom, to whom. Written by the service that does it, in the same transaction.

Lines are only ever added; the database itself refuses to change one. Reading is in `services/audit_log.py`.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from storage.kinds import Deed
from storage.prepared import Prepared
from storage.schema import AuditLine

_ADD = Prepared(insert(AuditLine.__table__))  # type: ignore[arg-type]


def note(
    session: Session,
    deed: Deed,
    *,
    by: int | None,
    now: datetime,
    person_id: int | None = None,
    report_id: int | None = None,
    facts: dict[str, Any] | None = None,
) -> None:
    """Add a line.

    Args:
        session: of the transaction that does it.
        deed: what was done.
        by: who did it; None: Warmgrid itself, or the command line.
        now: when.
        person_id: about whom.
        report_id: about which report.
        facts: what else is worth knowing, as JSON.
    """
    _ADD.run(session, at=now, deed=deed, by_id=by, person_id=person_id, report_id=report_id, facts=facts)
