"""Points are earned in lots that lapse after a time; the oldest are spent first.

What a person can spend is always the sum of what is left in the lots. `services/points/purse.py` keeps it so.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from storage.prepared import Prepared
from storage.schema import Account, Lot, LotUse

_account, _lot, _use = Account.__table__.c, Lot.__table__.c, LotUse.__table__.c
_ACCOUNT = Prepared(select(_account.id).where(_account.key == bindparam("of")))
_ADD = Prepared(insert(Lot.__table__))  # type: ignore[arg-type]
_LEFT = Prepared(
    select(_lot.id, _lot.left)
    .where(_lot.account_id == bindparam("account"), _lot.left > 0)
    .order_by(_lot.lapses_at, _lot.id)
)
_TAKE = Prepared(update(Lot.__table__).where(_lot.id == bindparam("lot")).values(left=_lot.left - bindparam("taken")))  # type: ignore[arg-type]
_NOTE = Prepared(insert(LotUse.__table__))  # type: ignore[arg-type]
_USES = Prepared(
    select(_use.lot_id, _use.amount)
    .join(Lot.__table__, _lot.id == _use.lot_id)
    .where(_use.transfer_id == bindparam("transfer"))
    .order_by(_lot.lapses_at, _lot.id)
)
_OWN = Prepared(select(_lot.id, _lot.left).where(_lot.transfer_id == bindparam("transfer"), _lot.left > 0))


def add(session: Session, *, purse: str, transfer_id: int, amount: int, now: datetime, lapses_at: datetime) -> None:
    """A new lot of what the transfer brought into this purse (an account's key)."""
    if amount:
        _ADD.run(
            session,
            account_id=_ACCOUNT.scalar(session, of=purse),
            transfer_id=transfer_id,
            earned_at=now,
            lapses_at=lapses_at,
            amount=amount,
            left=amount,
            told_at=None,
        )


def take(session: Session, *, purse: str, transfer_id: int, amount: int, first_of: int | None = None) -> None:
    """Take what the transfer took from this purse out of its lots: those that lapse soonest first.

    ``first_of``: a transfer whose own lot comes before all others.
    """
    own = _OWN.all(session, transfer=first_of) if first_of is not None else []
    known = {lot.id for lot in own}
    others = _LEFT.all(session, account=_ACCOUNT.scalar(session, of=purse)) if amount else []
    uses: dict[int, int] = {}
    for lot in [*own, *(lot for lot in others if lot.id not in known)]:
        if not amount:
            break
        uses[lot.id] = min(lot.left, amount)
        amount -= uses[lot.id]
    if amount:
        raise AssertionError(f"the lots of {purse} hold {amount} less than its balance")
    change(session, uses, transfer_id=transfer_id)


def change(session: Session, uses: Mapping[int, int], *, transfer_id: int) -> None:
    """Take so much out of each of these lots (below zero: put it back), and note that the transfer did."""
    _TAKE.run_all(session, [{"lot": lot, "taken": amount} for lot, amount in uses.items()])
    _NOTE.run_all(
        session, [{"transfer_id": transfer_id, "lot_id": lot, "amount": amount} for lot, amount in uses.items()]
    )


def put_back(session: Session, *, taken_by: int, transfer_id: int, paid: int = 0) -> None:
    """Put back what an earlier transfer took, but for what pays a debt: that is of those that lapse soonest."""
    uses: dict[int, int] = {}
    for use in _USES.all(session, transfer=taken_by):
        gone = min(use.amount, paid)
        paid -= gone
        if use.amount > gone:
            uses[use.lot_id] = gone - use.amount
    change(session, uses, transfer_id=transfer_id)
