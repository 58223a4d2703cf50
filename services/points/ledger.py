"""The one door through which points and fen move: a transfer between accounts, whose entries sum to zero.

Balances are kept beside the entries and change in the statement that checks them. Nothing is ever edited: what was
wrong is put right by a further transfer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from services.points import chain
from services.points.accounts import Name
from services.points.errors import NotEnough
from storage.points_kinds import Reason
from storage.prepared import Prepared
from storage.schema import Account, Entry, Transfer

_account, _entry, _transfer = Account.__table__.c, Entry.__table__.c, Transfer.__table__.c
_MOVE = Prepared(
    update(Account.__table__)  # type: ignore[arg-type]
    .where(_account.id == bindparam("of"))
    .values(balance=_account.balance + bindparam("by"), length=_account.length + 1, last=bindparam("hash"))
)
_OPEN = Prepared(
    **{
        name: insert_(Account.__table__).on_conflict_do_nothing(index_elements=["key"])  # type: ignore[arg-type]
        for name, insert_ in (("statement", sqlite.insert), ("postgresql", postgresql.insert))
    }
)
_BALANCE = Prepared(select(_account.balance).where(_account.key == bindparam("of")))
_LOCK = Prepared(select(_account.id).where(_account.key == bindparam("of")).with_for_update())
_BEGIN = Prepared(
    **{
        name: insert_(Transfer.__table__).on_conflict_do_nothing(index_elements=["key"]).returning(_transfer.id)  # type: ignore[arg-type]
        for name, insert_ in (("statement", sqlite.insert), ("postgresql", postgresql.insert))
    }
)
_FIND = Prepared(select(_transfer.id).where(_transfer.key == bindparam("of")))
_WRITE = Prepared(insert(Entry.__table__))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class About:
    """What a transfer is for, whose points it is about, and who made it."""

    reason: Reason
    person_id: int | None = None
    by_id: int | None = None  # None: Warmgrid itself
    report_id: int | None = None
    reverses_id: int | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """A transfer that is in the store."""

    id: int
    is_new: bool  # False: the same was asked for before, and nothing moved now


def post(session: Session, *, key: str, about: About, moves: Mapping[Name, int], now: datetime) -> Posted:
    """Move amounts into (above zero) and out of accounts, all of it or nothing.

    Args:
        session: of the transaction that it belongs to.
        key: names the deed: asked for again, nothing moves again.
        about: what for.
        moves: what each account gains; nothing is moved where that is zero. They sum to zero in each currency.
        now: when.

    Raises:
        NotEnough: an account that may not owe has less than is taken from it.
    """
    _check(moves)
    of = about
    transfer_id = _BEGIN.scalar(
        session,
        key=key,
        reason=of.reason,
        at=now,
        by_id=of.by_id,
        person_id=of.person_id,
        report_id=of.report_id,
        reverses_id=of.reverses_id,
        words=of.words,
    )
    if transfer_id is None:
        return Posted(_FIND.scalar(session, of=key), is_new=False)
    sealed = chain.seal(
        key, of.reason, chain.moment(now), of.by_id, of.person_id, of.report_id, of.reverses_id, of.words
    )
    gains = {name.key: amount for name, amount in moves.items() if amount}
    changes, entries = [], []
    for account in _locked(session, moves, tuple(gains)):
        amount, place = gains[account.key], account.length + 1
        balance = account.balance + amount
        if balance < 0 and amount < 0 and not account.may_owe:
            raise NotEnough(balance=account.balance, needed=-amount)
        hashed = chain.link(account.last, sealed, account.key, place, amount, balance)
        changes.append({"of": account.id, "by": amount, "hash": hashed})
        entries.append(
            {
                "account_id": account.id,
                "place": place,
                "transfer_id": transfer_id,
                "amount": amount,
                "balance": balance,
                "hash": hashed,
            }
        )
    _MOVE.run_all(session, changes)
    _WRITE.run_all(session, entries)
    return Posted(transfer_id, is_new=True)


def lock(session: Session, name: Name) -> None:
    """Let nobody else change the account until this transaction ends: what follows depends on what is in it."""
    if _LOCK.first(session, of=name.key) is None:
        _open(session, name)
        _LOCK.first(session, of=name.key)


def is_done(session: Session, key: str) -> bool:
    """Whether there is a transfer with this key."""
    return _FIND.scalar(session, of=key) is not None


def balance(session: Session, name: Name) -> int:
    """What an account has; one that does not exist yet has nothing."""
    return _BALANCE.scalar(session, of=name.key) or 0


def _check(moves: Mapping[Name, int]) -> None:
    sums: dict[str, int] = defaultdict(int)
    for name, amount in moves.items():
        sums[name.currency] += amount
    if any(sums.values()) or not any(moves.values()):
        raise ValueError(f"the entries of a transfer sum to zero, and something moves: {moves}")


def _locked(session: Session, names: Iterable[Name], keys: tuple[str, ...]) -> Sequence[Any]:
    """The accounts with these keys as they are, in the order of the keys; nobody else changes them meanwhile."""
    statement, values = _accounts(len(keys))
    found = statement.all(session, **dict(zip(values, keys, strict=True)))
    if len(found) == len(keys):
        return found
    there = {account.key for account in found}
    for name in sorted(names, key=lambda name: name.key):
        if name.key in keys and name.key not in there:
            _open(session, name)
    return _locked(session, (), keys)


@cache
def _accounts(count: int) -> tuple[Prepared, tuple[str, ...]]:
    """Looks for so many at once, and locks them always in one order, so that no two wait for each other.

    With the names of its values.
    """
    values = tuple(f"of_{number}" for number in range(count))
    statement = (
        select(_account.id, _account.key, _account.balance, _account.length, _account.last, _account.may_owe)
        .where(_account.key.in_([bindparam(value) for value in values]))
        .order_by(_account.key)
        .with_for_update()
    )
    return Prepared(statement), values


def _open(session: Session, name: Name) -> None:
    """The account begins to exist, if it did not."""
    _OPEN.run(
        session,
        key=name.key,
        kind=name.kind,
        currency=name.currency,
        person_id=name.person_id,
        balance=0,
        length=0,
        last=chain.START,
        may_owe=name.may_owe,
    )
