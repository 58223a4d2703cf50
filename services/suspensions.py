"""Who may not report for a while, and why: what is sent stays in the draft and is not filed.

All else goes on: following one's open reports, adding to them, answering, judging a fix.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from services import audit, notices
from storage.kinds import Deed
from storage.prepared import Prepared
from storage.records import Suspended
from storage.schema import Suspension

FILE = Path(__file__).parent.parent / "data" / "fairness.toml"

_c = Suspension.__table__.c
_CURRENT = Prepared(
    select(_c.id, _c.until, _c.reports)
    .where(_c.person_id == bindparam("person_id"), _c.until > bindparam("now", type_=_c.until.type))
    .where(_c.lifted_at.is_(None))
    .order_by(_c.until.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What `data/fairness.toml` says."""

    dispute_within: timedelta
    reports: int  # so many false ones …
    within: timedelta  # … found in this time suspend their reporter …
    lasts: timedelta  # … for so long
    phone: str  # of the county desk


@cache
def rules() -> Rules:
    """The rules of this county."""
    with FILE.open("rb") as file:
        table = tomllib.load(file)
    suspension = table["suspension"]
    return Rules(
        dispute_within=timedelta(days=table["dispute"]["days"]),
        reports=suspension["reports"],
        within=timedelta(days=suspension["within_days"]),
        lasts=timedelta(days=suspension["days"]),
        phone=suspension["phone"],
    )


def current(session: Session, person_id: int, *, now: datetime) -> Suspended | None:
    """The suspension that holds now, if there is one."""
    row = _CURRENT.first(session, person_id=person_id, now=now)
    return None if row is None else Suspended(row.id, row.until, tuple(row.reports), rules().phone)


def began_last(session: Session, person_id: int) -> datetime | None:
    """When the newest suspension began, over or not: what led to it leads to no other."""
    newest = select(Suspension.began_at).where(Suspension.person_id == person_id)
    return session.scalar(newest.order_by(Suspension.began_at.desc()).limit(1))


def begin(session: Session, person_id: int, *, reports: Sequence[int], now: datetime) -> None:
    """Suspend the person for these false reports, and say so."""
    until = now + rules().lasts
    one = Suspension(person_id=person_id, began_at=now, until=until, reports=list(reports))
    session.add(one)
    session.flush()
    facts = {"reports": list(reports), "until": until.isoformat()}
    audit.note(session, Deed.SUSPENDED, by=None, person_id=person_id, facts=facts, now=now)
    notices.suspended(session, person_id, facts | {"id": one.id, "phone": rules().phone}, now=now)
