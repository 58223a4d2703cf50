"""The ledger: accounts, transfers between them, and the entries that each transfer is made of.

Amounts are whole: points, or fen (hundredths of a yuan). Transfers and entries are only ever added; the database itself
refuses to change or delete one.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.points_kinds import AccountKind, Currency, HoldState, Reason
from storage.schema.base import Base, BigKey, Word

_LEFT = text('"left" > 0')
_FOR_REPORT = text("report_id IS NOT NULL")
_REVERSES = text("reverses_id IS NOT NULL")


class Account(Base):
    """Where points or fen are. Its balance is kept: the sum of its entries."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)  # kind, currency and whose it is, in one word
    kind: Mapped[AccountKind] = mapped_column(Word(AccountKind))
    currency: Mapped[Currency] = mapped_column(Word(Currency))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    balance: Mapped[int] = mapped_column(BigInteger)
    length: Mapped[int] = mapped_column(BigInteger)  # how many entries it has
    last: Mapped[str] = mapped_column(String(64))  # the hash of the last of them
    may_owe: Mapped[bool]  # whether its balance may be below zero

    __table_args__ = (
        CheckConstraint("balance >= 0 OR may_owe", name="solvent"),
        Index("ix_accounts_person", "person_id"),
    )


class Transfer(Base):
    """Something moved: its entries sum to zero in each currency."""

    __tablename__ = "transfers"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)  # the same deed asked for twice is done once
    reason: Mapped[Reason] = mapped_column(Word(Reason))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # empty: Warmgrid itself
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # whose points it is about
    report_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))  # what it is for
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("transfers.id"))
    words: Mapped[str | None] = mapped_column(Text)  # why, where a person decided it

    __table_args__ = (
        Index("ix_transfers_report", "report_id", sqlite_where=_FOR_REPORT, postgresql_where=_FOR_REPORT),
        Index("ix_transfers_reverses", "reverses_id", unique=True, sqlite_where=_REVERSES, postgresql_where=_REVERSES),
        Index("ix_transfers_person", "person_id", "at"),
    )


class Entry(Base):
    """What a transfer does to one account; each holds the hash of the account's chain up to it."""

    __tablename__ = "entries"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    place: Mapped[int] = mapped_column(BigInteger, primary_key=True)  # in the account's chain, from 1
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfers.id"), index=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    balance: Mapped[int] = mapped_column(BigInteger)  # of the account, after it
    hash: Mapped[str] = mapped_column(String(64))  # `services/points/chain.py`

    __table_args__ = ({"sqlite_with_rowid": False},)


class Lot(Base):
    """Points that a person earned together: spent first in, first out, and gone when they lapse."""

    __tablename__ = "lots"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfers.id"), index=True)
    earned_at: Mapped[datetime]
    lapses_at: Mapped[datetime]
    amount: Mapped[int] = mapped_column(BigInteger)
    left: Mapped[int] = mapped_column(BigInteger)
    told_at: Mapped[datetime | None]  # that it is going to lapse

    __table_args__ = (
        CheckConstraint('"left" >= 0 AND "left" <= amount', name="within"),
        Index("ix_lots_account", "account_id", "lapses_at"),
        Index("ix_lots_lapse", "lapses_at", sqlite_where=_LEFT, postgresql_where=_LEFT),
    )


class LotUse(Base):
    """What a transfer took out of a lot, so that it can be put back."""

    __tablename__ = "lot_uses"

    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfers.id"), primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"), primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)


class Hold(Base):
    """Points put aside for a while: captured by who they are meant for, or released."""

    __tablename__ = "holds"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfers.id"), unique=True)  # that put them aside
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    amount: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[HoldState] = mapped_column(Word(HoldState))
    made_at: Mapped[datetime]
    lapses_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("amount > 0", name="positive"),
        Index("ix_holds_due", "state", "lapses_at"),
        Index("ix_holds_person", "person_id", "state"),
    )


class PointsAudit(Base):
    """A night's look at the whole ledger: two clocks tell of it once."""

    __tablename__ = "points_audits"

    day: Mapped[date] = mapped_column(primary_key=True)  # the county's
    at: Mapped[datetime]
    entries: Mapped[int] = mapped_column(BigInteger)  # that were looked at
    wrong: Mapped[int]  # how much was found
