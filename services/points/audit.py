"""Is the ledger what it says it is? Everything is looked at once, and what is wrong is said with where it is.

Looked at: that each transfer's entries sum to zero, that each account's chain is whole (a changed, missing or moved
entry breaks it), that kept balances are the sums of the entries, that nobody is below zero who may not be, and that
each purse is the sum of its lots, each hold of what is put aside.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from services.points import chain
from storage.kinds import AccountKind, HoldState
from storage.schema import Account, Entry, Hold, Lot, Transfer

STEP = 10_000
"""Entries between two words about how far it is."""
Progress = Callable[[int, int], None]
"""Is told how many entries have been looked at, and of how many."""


class Fault(StrEnum):
    """What can be wrong."""

    SUM = "sum"  # a transfer's entries do not sum to zero
    EMPTY = "empty"  # a transfer without entries
    GAP = "gap"  # an entry of an account is missing or out of its place
    HASH = "hash"  # an entry, or the transfer that it belongs to, is not as it was written
    RUNNING = "running"  # an entry's balance is not the one before it and its amount
    BALANCE = "balance"  # an account's kept balance is not what its entries say
    LENGTH = "length"  # an account has fewer or more entries than it counted
    BELOW_ZERO = "below_zero"
    LOTS = "lots"  # a purse is not the sum of what is left in its lots
    HOLDS = "holds"  # what somebody has put aside is not the sum of his holds


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong."""

    fault: Fault
    where: str  # an account's key, and the entry's place in it; or a transfer's number
    found: int | str
    expected: int | str


@dataclass(frozen=True, slots=True)
class Audit:
    """What was looked at, and what is wrong with it."""

    accounts: int
    transfers: int
    entries: int
    findings: tuple[Finding, ...]


def audit(session: Session, *, progress: Progress = lambda done, total: None) -> Audit:
    """Look at everything; all findings, in the order of accounts, entries, transfers, lots, holds."""
    accounts = {row.id: row for row in session.execute(select(*Account.__table__.c))}
    total = session.scalar(select(func.count()).select_from(Entry)) or 0
    sums: dict[tuple[int, str], int] = defaultdict(int)
    findings = [*_chains(session, accounts, sums, total=total, progress=progress)]
    findings += [Finding(Fault.SUM, f"transfer {one[0]}", summed, 0) for one, summed in sums.items() if summed]
    transfers = session.scalar(select(func.count()).select_from(Transfer)) or 0
    if transfers != len({one for one, _ in sums}):
        bare = select(Transfer.id).where(~select(Entry.place).where(Entry.transfer_id == Transfer.id).exists())
        findings += [Finding(Fault.EMPTY, f"transfer {one}", 0, 2) for one in session.scalars(bare)]
    findings += [*_lots(session, accounts), *_holds(session, accounts)]
    return Audit(len(accounts), transfers, total, tuple(findings))


def _chains(
    session: Session,
    accounts: Mapping[int, Row[Any]],
    sums: dict[tuple[int, str], int],
    *,
    total: int,
    progress: Progress,
) -> Iterator[Finding]:
    """Go along each account's entries; add what each transfer moved to ``sums``."""
    ends = dict.fromkeys(accounts, _End())
    for done, row in enumerate(_entries(session), start=1):
        account, before = accounts[row.account_id], ends[row.account_id]
        sums[row.transfer_id, account.currency] += row.amount
        where = f"{account.key} {row.place}"
        if row.place != before.place + 1:
            yield Finding(Fault.GAP, where, row.place, before.place + 1)
        if row.balance != before.balance + row.amount:
            yield Finding(Fault.RUNNING, where, row.balance, before.balance + row.amount)
        hashed = _hash(account.key, before.hash, row)
        if row.hash != hashed:
            yield Finding(Fault.HASH, where, row.hash, hashed)
        ends[row.account_id] = _End(row.place, row.balance, row.hash, before.length + 1, before.sum + row.amount)
        if done % STEP == 0:
            progress(done, total)
    progress(total, total)
    for number, end in ends.items():
        account = accounts[number]
        if account.length != end.length:
            yield Finding(Fault.LENGTH, account.key, account.length, end.length)
        if account.balance != end.sum:
            yield Finding(Fault.BALANCE, account.key, account.balance, end.sum)
        if account.balance < 0 and not account.may_owe:
            yield Finding(Fault.BELOW_ZERO, account.key, account.balance, 0)


class _End(NamedTuple):
    """Where an account's chain has come to."""

    place: int = 0
    balance: int = 0
    hash: str = chain.START
    length: int = 0
    sum: int = 0


def _entries(session: Session) -> Iterable[Row[Any]]:
    """All entries with their transfers, account by account, in their order."""
    e, t = Entry.__table__.c, Transfer.__table__.c
    of_transfer = (t.key, t.reason, t.at, t.by_id, t.person_id, t.report_id, t.reverses_id, t.words)
    all_of_them = select(e.account_id, e.place, e.transfer_id, e.amount, e.balance, e.hash, *of_transfer).order_by(
        e.account_id, e.place
    )
    return session.execute(
        all_of_them.join(Transfer.__table__, t.id == e.transfer_id), execution_options={"yield_per": STEP}
    )


def _hash(account: str, before: str, row: Row[Any]) -> str:
    sealed = chain.seal(
        key=row.key,
        reason=row.reason,
        at=row.at,
        by_id=row.by_id,
        person_id=row.person_id,
        report_id=row.report_id,
        reverses_id=row.reverses_id,
        words=row.words,
    )
    return chain.link(before, sealed, account=account, place=row.place, amount=row.amount, balance=row.balance)


def _lots(session: Session, accounts: Mapping[int, Row[Any]]) -> Iterator[Finding]:
    left = dict(session.execute(select(Lot.account_id, func.sum(Lot.left)).group_by(Lot.account_id)).all())
    for number, account in accounts.items():
        if account.kind is AccountKind.PERSON and account.balance != left.get(number, 0):
            yield Finding(Fault.LOTS, account.key, left.get(number, 0), account.balance)


def _holds(session: Session, accounts: Mapping[int, Row[Any]]) -> Iterator[Finding]:
    waiting = select(Hold.person_id, func.sum(Hold.amount)).where(Hold.state == HoldState.HELD)
    aside = dict(session.execute(waiting.group_by(Hold.person_id)).all())
    for account in accounts.values():
        if account.kind is AccountKind.HELD and account.balance != aside.get(account.person_id, 0):
            yield Finding(Fault.HOLDS, account.key, aside.get(account.person_id, 0), account.balance)
