"""Fairness: who called a report false and what came of it, who may not report for a while, and the audit log."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.kinds import Deed, MarkState
from storage.schema.base import Base, BigKey, Word


class FalseMark(Base):
    """An officer says that a report is not true; the reporter may dispute it once."""

    __tablename__ = "false_marks"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))  # the reporter
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))  # the officer
    why: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    dispute_by: Mapped[datetime]  # silence until then confirms it
    state: Mapped[MarkState] = mapped_column(Word(MarkState))
    settled_at: Mapped[datetime | None]  # confirmed or cleared

    __table_args__ = (
        Index("ix_false_marks_due", "state", "dispute_by"),
        Index("ix_false_marks_person", "person_id", "settled_at"),
    )


class Suspension(Base):
    """A person whose reports were found false so often that none of his is filed for a while."""

    __tablename__ = "suspensions"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    began_at: Mapped[datetime]
    until: Mapped[datetime]
    reports: Mapped[list[int]]  # the false ones
    lifted_at: Mapped[datetime | None]  # by an administrator, before its time; or noted that it is over

    __table_args__ = (Index("ix_suspensions_person", "person_id", "until"),)


class AuditLine(Base):
    """Something that was done, by whom and to whom; only ever added: the database refuses to change or delete one.

    Its numbers are no foreign keys: what they stand for may go, and the line stays.
    """

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    at: Mapped[datetime]
    deed: Mapped[Deed] = mapped_column(Word(Deed))
    by_id: Mapped[int | None] = mapped_column(BigKey)  # empty: Warmgrid itself, or the command line
    person_id: Mapped[int | None] = mapped_column(BigKey)  # about whom
    report_id: Mapped[int | None] = mapped_column(BigKey)
    facts: Mapped[dict[str, Any] | None]
