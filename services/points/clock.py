"""What becomes of points with time: holds end, lots lapse and are announced, the ledger is looked at every night."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from services import notices, worktime
from services.points import alarm, purse
from services.points.audit import Audit, audit
from storage.kinds import Role
from storage.schema import Account, Lot, PersonRole, PointsAudit

BEFORE = timedelta(days=30)
"""So long before they lapse holders are told."""
WITH_THEM = timedelta(days=7)
"""What lapses so soon after is told in the same message."""
AT_ONCE = 100
"""Lots that one tick looks at."""
AT = time(3)
"""By the county's clocks the ledger is looked at, or as soon after as the process runs."""

_NOTE = {
    dialect: insert(PointsAudit).on_conflict_do_nothing(index_elements=["day"])
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


@dataclass(frozen=True, slots=True)
class Night:
    """What the audit of a night has found."""

    day: date
    audit: Audit


def release(session: Session, *, now: datetime) -> int:
    """What nobody took in time comes back; return how often."""
    return len(purse.release_due(session, now=now))


def lapse(session: Session, *, now: datetime) -> int:
    """Points whose time is over lapse; return of how many lots."""
    return len(purse.lapse_due(session, now=now))


def announce(session: Session, *, now: datetime, most: int = AT_ONCE) -> int:
    """Tell holders once what lapses in the next 30 days; return how many lots that was about."""
    waits = (Lot.told_at.is_(None), Lot.left > 0, Lot.lapses_at > now)
    due = session.execute(
        select(Account.person_id, Lot.account_id)
        .join(Account, Account.id == Lot.account_id)
        .where(*waits, Lot.lapses_at <= now + BEFORE)
        .order_by(Lot.lapses_at)
        .limit(most)
    ).all()
    people = {person_id: account_id for person_id, account_id in due if person_id is not None}
    purse.lock(session, people)
    told = 0
    for person_id, account_id in people.items():
        lots = session.scalars(
            select(Lot)
            .where(Lot.account_id == account_id, *waits, Lot.lapses_at <= now + BEFORE + WITH_THEM)
            .order_by(Lot.lapses_at)
            .execution_options(populate_existing=True)
        ).all()
        if not lots:
            continue  # another clock was first
        session.execute(update(Lot).where(Lot.id.in_([lot.id for lot in lots])).values(told_at=now))
        facts = {"points": sum(lot.left for lot in lots), "from": lots[0].lapses_at.isoformat()}
        notices.points_lapse(session, person_id, facts, now=now)
        told += len(lots)
    return told


def look(session: Session, *, now: datetime) -> Night | None:
    """Look at the whole ledger, without changing anything; None: it is not yet time, or it was done."""
    local = now.astimezone(worktime.of(session).zone)
    if local.time() < AT or session.get(PointsAudit, local.date()) is not None:
        return None
    return Night(local.date(), audit(session))


def note(session: Session, *, found: Night, now: datetime) -> int:
    """Note what a night's audit has found, and alert the administrators if something is wrong; return how many hear.

    Of two clocks one does.
    """
    wrong = found.audit.findings
    row = {"day": found.day, "at": now, "entries": found.audit.entries, "wrong": len(wrong)}
    statement = _NOTE[session.get_bind().dialect.name].values(**row).returning(PointsAudit.day)
    if session.execute(statement).first() is None or not wrong:
        return 0
    administrators = session.scalars(select(PersonRole.person_id).where(PersonRole.role == Role.ADMIN)).all()
    notices.ledger_wrong(session, administrators, alarm.facts(session, wrong), now=now)
    return len(administrators)
