"""Are the lots of each purse what its entries say? They are in no chain; so each is compared with a transfer, which is.

A lot is what its transfer brought into the purse, lapses 24 months after it, and has left what nothing has taken out of
it. What a transfer took out of a purse, or gave back to it, it took out of lots, or gave back to them.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import CTE, ColumnElement, Integer, Row, String, and_, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from services import worktime
from services.points import purse
from services.points.accounts import Name
from services.points.bar import STEP, Bar
from services.points.findings import Fault, Finding
from storage.points_kinds import AccountKind
from storage.schema import Account, Entry, Lot, LotUse, Transfer

SECOND = 19
"""Letters of a moment, as SQLite has it, up to its second."""


def look(session: Session, accounts: Mapping[int, Row[Any]], bar: Bar) -> Iterator[Finding]:
    """All findings: purses, lots, and what was taken out of them. The accounts are those of the ledger by number."""
    yield from _purses(session, accounts)
    yield from _each(session, accounts)
    bar.step(bar.of(Lot))
    yield from _taken(session, accounts)
    bar.step(bar.of(LotUse))


def _purses(session: Session, accounts: Mapping[int, Row[Any]]) -> Iterator[Finding]:
    left = dict(session.execute(select(Lot.account_id, func.sum(Lot.left)).group_by(Lot.account_id)).all())
    for number, account in accounts.items():
        name = Name.of(account.key)
        if name is not None and name.kind is AccountKind.PERSON and account.balance != left.get(number, 0):
            yield Finding(Fault.LOTS, account.key, left.get(number, 0), account.balance)


def _each(session: Session, accounts: Mapping[int, Row[Any]]) -> Iterator[Finding]:
    """The database leaves out what is right, all but some ends, which are looked at once more."""
    zone = worktime.of(session).zone
    uses = select(LotUse.lot_id, func.sum(LotUse.amount).label("much")).group_by(LotUse.lot_id).cte("taken")
    brought, taken = func.coalesce(Entry.amount, 0), func.coalesce(uses.c.much, 0, type_=Integer)
    is_right = and_(Lot.amount == brought, Lot.left == Lot.amount - taken, _ends_rightly(session, zone))
    lots = (
        select(Lot.id, Lot.account_id, Lot.amount, Lot.left, Lot.lapses_at, Transfer.at)
        .add_columns(brought, taken)
        .outerjoin(Transfer, Transfer.id == Lot.transfer_id)
        .outerjoin(Entry, and_(Entry.transfer_id == Lot.transfer_id, Entry.account_id == Lot.account_id))
        .outerjoin(uses, uses.c.lot_id == Lot.id)
        .where(~func.coalesce(is_right, False))
        .order_by(Lot.id)
    )
    for number, account, amount, left, lapses_at, at, due, used in session.execute(
        lots, execution_options={"yield_per": STEP}
    ):
        where = f"{_key(accounts, account)} lot {number}"
        if amount != due:
            yield Finding(Fault.LOT_AMOUNT, where, amount, due)
        if left != amount - used:
            yield Finding(Fault.LOT_LEFT, where, left, amount - int(used))
        if at is not None and lapses_at != (ends := purse.spendable_until(at, zone=zone)):
            days = (moment.astimezone(zone).isoformat(" ", "seconds") for moment in (lapses_at, ends))
            yield Finding(Fault.LOT_END, where, *days)


def _ends_rightly(session: Session, zone: ZoneInfo) -> ColumnElement[bool]:
    """Whether a lot ends as `purse.spendable_until` says. SQLite knows no zones: where clocks change, some are left."""
    if session.get_bind().dialect.name == "postgresql":
        ends = func.timezone(zone.key, func.timezone(zone.key, Transfer.at) + func.make_interval(purse.KEEPS))
        return Lot.lapses_at == ends
    offset = datetime(2026, 1, 1, tzinfo=zone).utcoffset() or timedelta()
    there, back = (f"{sign * offset.total_seconds():+.0f} seconds" for sign in (1, -1))
    at, lapses_at = (type_coerce(column, String) for column in (Transfer.at, Lot.lapses_at))
    to_second, rest = (1, SECOND), SECOND + 1
    ends = func.datetime(func.substr(at, *to_second), there, f"+{purse.KEEPS} years", back)
    return and_(func.substr(lapses_at, *to_second) == ends, func.substr(lapses_at, rest) == func.substr(at, rest))


def _taken(session: Session, accounts: Mapping[int, Row[Any]]) -> Iterator[Finding]:
    """What each transfer took out of a purse, beside what it took out of the purse's lots. Who earns takes nothing."""
    uses = (
        select(LotUse.transfer_id, Lot.account_id, func.sum(LotUse.amount).label("much"))
        .join(Lot, Lot.id == LotUse.lot_id)
        .group_by(LotUse.transfer_id, Lot.account_id)
        .cte("uses")
    )
    yield from _moved(session, uses)
    strays = (
        select(uses.c.transfer_id, uses.c.account_id, uses.c.much)
        .outerjoin(Entry, and_(Entry.transfer_id == uses.c.transfer_id, Entry.account_id == uses.c.account_id))
        .where(Entry.place.is_(None))
        .order_by(uses.c.transfer_id)
    )
    for transfer, account, much in session.execute(strays):
        yield Finding(Fault.LOT_USES, f"{_key(accounts, account)} transfer {transfer}", int(much), 0)


def _moved(session: Session, uses: CTE) -> Iterator[Finding]:
    much = func.coalesce(uses.c.much, 0, type_=Integer)
    is_new = and_(Lot.id.is_not(None), Entry.amount > 0)
    wrong = (
        select(Account.key, Entry.transfer_id, Entry.amount, much, Lot.id)
        .join(Account, Account.id == Entry.account_id)
        .outerjoin(uses, and_(uses.c.transfer_id == Entry.transfer_id, uses.c.account_id == Entry.account_id))
        .outerjoin(Lot, and_(Lot.transfer_id == Entry.transfer_id, Lot.account_id == Entry.account_id))
        .where(
            Account.key.startswith(f"{AccountKind.PERSON}:"),
            or_(and_(is_new, much != 0), and_(~is_new, much != -Entry.amount)),
        )
        .order_by(Entry.transfer_id, Account.key)
    )
    for key, transfer, amount, taken, lot in session.execute(wrong):
        yield Finding(Fault.LOT_USES, f"{key} transfer {transfer}", int(taken), 0 if lot is not None else -amount)


def _key(accounts: Mapping[int, Row[Any]], number: int) -> str:
    return accounts[number].key if number in accounts else f"account {number}"
