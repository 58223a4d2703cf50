"""What a person reads of his points: what he has, what lapses next, and what every change was for."""

from itertools import groupby

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

from services import worktime
from services.errors import NotAllowed
from services.points import ledger
from services.points.accounts import held, owed, purse
from services.reports import PAGE
from storage.points_kinds import AccountKind, HoldState, Reason
from storage.points_records import Lapse, PointsChange, PointsRecord
from storage.schema import Account, Entry, Hold, Lot, Transfer

NEXT = 3
"""Months of which is said at once what lapses in them."""


def page(session: Session, *, person_id: int, page: int) -> PointsRecord:
    """His points with one page of the changes, newest first; beyond the last page is the last."""
    shown = _changes(person_id).where(*_SHOWN)
    changes = shown.subquery()
    pages = max(1, -(-(session.scalar(select(func.count()).select_from(changes)) or 0) // PAGE))
    at = max(0, min(page, pages - 1))
    found = session.execute(shown.order_by(Transfer.id.desc()).limit(PAGE).offset(at * PAGE))
    due = lapses(session, person_id=person_id)
    return PointsRecord(
        balance=ledger.balance(session, purse(person_id)),
        held=ledger.balance(session, held(person_id)),
        owed=-ledger.balance(session, owed(person_id)),
        lapses=due[:NEXT],
        lapses_more=max(0, len(due) - NEXT),
        changes=tuple(_record(row) for row in found),
        page=at,
        pages=pages,
    )


def change(session: Session, *, person_id: int, transfer_id: int) -> PointsChange:
    """One change of his points.

    Raises:
        NotAllowed: it is none of his.
    """
    found = session.execute(_changes(person_id).where(Transfer.id == transfer_id)).first()
    if found is None:
        raise NotAllowed
    return _record(found)


def _changes(person_id: int) -> Select[*tuple[object, ...]]:
    """Transfers that changed what he can spend or what he owes, and by how much in all."""
    return (
        select(*_FACTS, Hold.state, _AMOUNT)
        .join(Entry, Entry.transfer_id == Transfer.id)
        .join(Account, Account.id == Entry.account_id)
        .outerjoin(Hold, Hold.transfer_id == Transfer.id)
        .where(Account.person_id == person_id, Account.kind.in_((AccountKind.PERSON, AccountKind.OWED)))
        .group_by(*_FACTS, Hold.state)
    )


_FACTS = (Transfer.id, Transfer.at, Transfer.reason, Transfer.report_id, Transfer.words)
_SHOWN = (Transfer.reason != Reason.RELEASE, Hold.state.is_distinct_from(HoldState.RELEASED))
"""What a shop did not take is put aside and comes back: together no change, and in the list neither is one."""
_AMOUNT: ColumnElement[int] = func.sum(Entry.amount).label("amount")


def _record(row: Row[*tuple[object, ...]]) -> PointsChange:
    facts = {name: getattr(row, name) for name in ("id", "at", "reason", "report_id", "words")}
    is_aside = row.state in (HoldState.HELD, HoldState.RELEASED)
    return PointsChange(amount=int(row.amount), is_aside=is_aside, **facts)  # PostgreSQL sums to a Decimal


def lapses(session: Session, *, person_id: int) -> tuple[Lapse, ...]:
    """When which of his points lapse, by month of the county's calendar, the next first."""
    lots = session.execute(
        select(Lot.lapses_at, Lot.left)
        .join(Account, Account.id == Lot.account_id)
        .where(Account.key == purse(person_id).key, Lot.left > 0)
        .order_by(Lot.lapses_at)
    )
    zone = worktime.of(session).zone
    months = groupby(lots, key=lambda lot: f"{lot.lapses_at.astimezone(zone):%Y-%m}")
    found = [[*of_month] for _, of_month in months]
    return tuple(Lapse(of_month[0].lapses_at, sum(lot.left for lot in of_month)) for of_month in found)
