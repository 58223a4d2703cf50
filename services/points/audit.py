"""Is the ledger what it says it is? Everything is looked at once, and what is wrong is said with where it is.

Looked at: that each transfer's entries sum to zero, that each account's chain is whole (a changed, missing or moved
entry breaks it), that each account is what its key says, which the chain seals, that kept balances are the sums of the
entries, that nobody is below zero who may not be, and that what is put aside is the sum of its holds. `audit_lots.py`
looks at the lots of each purse, `audit_till.py` (with `audit_months.py`) whether the books of the shops say the same.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Row, String, func, select, type_coerce
from sqlalchemy.orm import Session

from services.points import audit_lots, audit_till, chain
from services.points.accounts import Name
from services.points.bar import STEP, Bar, Progress
from services.points.findings import Fault, Finding
from storage import trouble
from storage.points_kinds import AccountKind, HoldState
from storage.schema import Account, Entry, Hold, Redemption, Transfer
from storage.schema.base import Word

log = logging.getLogger(__name__)
Sums = dict[str, dict[int, int]]
"""What each transfer moved in all, by currency."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What was looked at, and what is wrong with it."""

    accounts: int
    transfers: int
    entries: int
    findings: tuple[Finding, ...]


def audit(session: Session, *, progress: Progress = lambda done, total: None) -> Audit:
    """Look at everything; all findings, in the order of accounts, entries, transfers, lots, holds, shops.

    What cannot even be read ends it, and is the last finding: whoever wrote it must not keep the rest from being told.
    """
    bar = Bar(session, progress)
    accounts, transfers = (session.scalar(select(func.count()).select_from(one)) or 0 for one in (Account, Transfer))
    findings: list[Finding] = []
    try:
        for some in _everything(session, transfers, bar):
            findings.extend(some)
    except Exception as problem:
        if trouble.ends_all(problem):
            raise
        log.exception("the audit cannot go on")
        findings.append(Finding(Fault.UNREADABLE, "-", str(problem), "-"))
    return Audit(accounts, transfers, bar.of(Entry), tuple(findings))


def _everything(session: Session, transfers: int, bar: Bar) -> Iterator[Iterable[Finding]]:
    accounts = {row.id: row for row in session.execute(select(*_plain(Account)))}
    sums: Sums = defaultdict(dict)
    yield _chains(session, accounts, sums, bar)
    for moved in sums.values():
        yield [Finding(Fault.SUM, f"transfer {one}", summed, 0) for one, summed in moved.items() if summed]
    if transfers != len(set().union(*sums.values())):
        bare = select(Transfer.id).where(~select(Entry.place).where(Entry.transfer_id == Transfer.id).exists())
        yield [Finding(Fault.EMPTY, f"transfer {one}", 0, 2) for one in session.scalars(bare)]
    for account in accounts.values():
        yield _identity(account)
    yield audit_lots.look(session, accounts, bar)
    yield _holds(session, accounts)
    bar.step(bar.of(Hold))
    yield audit_till.look(session, accounts.values())
    bar.step(bar.of(Redemption))


def _chains(session: Session, accounts: Mapping[int, Row[Any]], sums: Sums, bar: Bar) -> Iterator[Finding]:
    """Go along each account's entries; add what each transfer moved to ``sums``.

    This is where the time goes: plain values of the database, in local names.
    """
    rest, done = dict(accounts), 0
    for number, entries in groupby(_entries(session), key=itemgetter(0)):
        account = rest.pop(number, None)
        if account is None:
            yield Finding(Fault.ACCOUNT, f"account {number}", len([*entries]), 0)
            continue
        key, moved = account.key, sums[account.currency]
        last, running, before, length, summed = 0, 0, chain.START, 0, 0
        for _, place, transfer, amount, balance, hashed, *sealed in entries:
            moved[transfer] = moved.get(transfer, 0) + amount
            if place != last + 1:
                yield Finding(Fault.GAP, f"{key} {place}", place, last + 1)
            if balance != running + amount:
                yield Finding(Fault.RUNNING, f"{key} {place}", balance, running + amount)
            expected = chain.link(before, chain.seal(*sealed), key, place, amount, balance)
            if hashed != expected:
                yield Finding(Fault.HASH, f"{key} {place}", hashed, expected)
            last, running, before, length, summed = place, balance, hashed, length + 1, summed + amount
            done += 1
            if done % STEP == 0:
                bar.step(STEP)
        yield from _kept(account, length=length, summed=summed, last=before)
    for account in rest.values():
        yield from _kept(account, length=0, summed=0, last=chain.START)
    bar.step(bar.of(Entry) - done // STEP * STEP)


def _kept(account: Row[Any], *, length: int, summed: int, last: str) -> Iterator[Finding]:
    """What an account says of itself, beside what its entries say."""
    if account.length != length:
        yield Finding(Fault.LENGTH, account.key, account.length, length)
    if account.last != last:
        yield Finding(Fault.LAST, account.key, account.last, last)
    if account.balance != summed:
        yield Finding(Fault.BALANCE, account.key, account.balance, summed)
    name = Name.of(account.key)
    if account.balance < 0 and (name is None or not name.may_owe):
        yield Finding(Fault.BELOW_ZERO, account.key, account.balance, 0)


def _identity(account: Row[Any]) -> Iterator[Finding]:
    """Whose an account says that it is, beside whose its key says: no entry would fit another key."""
    name = Name.of(account.key)
    if name is None:
        yield Finding(Fault.IDENTITY, account.key, account.key, "-")
        return
    for column in ("kind", "currency", "person_id", "may_owe"):
        said, due = getattr(account, column), getattr(name, column)
        if said != due:
            yield Finding(Fault.IDENTITY, account.key, f"{column} = {said}", f"{column} = {due}")


def _entries(session: Session) -> Iterator[Sequence[Any]]:
    """All entries with what is sealed of their transfers, account by account, in their order; a few at a time."""
    e, t = Entry.__table__.c, Transfer.__table__.c
    at = chain.moment_in(t.at, dialect=session.get_bind().dialect.name)
    sealed = (t.key, type_coerce(t.reason, String), at, t.by_id, t.person_id, t.report_id, t.reverses_id, t.words)
    found = (
        select(e.account_id, e.place, e.transfer_id, e.amount, e.balance, e.hash, *sealed)
        .join(Transfer.__table__, t.id == e.transfer_id)
        .order_by(e.account_id, e.place)
    )
    for part in session.execute(found, execution_options={"yield_per": STEP}).partitions():
        yield from part


def _plain(table: type[Account]) -> Iterator[ColumnElement[Any]]:
    """All columns, words as they stand there: one that nobody knows is no reason to stop looking."""
    return (type_coerce(one, String) if isinstance(one.type, Word) else one for one in table.__table__.c)


def _holds(session: Session, accounts: Mapping[int, Row[Any]]) -> Iterator[Finding]:
    waiting = select(Hold.person_id, func.sum(Hold.amount)).where(Hold.state == HoldState.HELD)
    aside = dict(session.execute(waiting.group_by(Hold.person_id)).all())
    for account in accounts.values():
        name = Name.of(account.key)
        if name is not None and name.kind is AccountKind.HELD and account.balance != aside.get(name.owner, 0):
            yield Finding(Fault.HOLDS, account.key, aside.get(name.owner, 0), account.balance)
