"""What people give points for by their own decision, and who likes to be seen with them."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.points_kinds import CreditState
from storage.schema.base import Base, BigKey, Word


class Activity(Base):
    """Helping together, led by somebody: who opens its link at the end earns its hours."""

    __tablename__ = "activities"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)  # in its link
    name: Mapped[str] = mapped_column(Text)
    hours: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    open_until: Mapped[datetime]  # the link; ended before: when

    __table_args__ = (CheckConstraint("hours > 0", name="lasting"),)


class Attendance(Base):
    """Somebody was at an activity."""

    __tablename__ = "attendances"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    at: Mapped[datetime]


class Credit(Base):
    """Points that an administrator gives by hand; above a limit a second one confirms it."""

    __tablename__ = "credits"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))  # to whom
    report_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))  # by which the person was named
    amount: Mapped[int] = mapped_column(BigInteger)
    words: Mapped[str] = mapped_column(Text)  # what for
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    state: Mapped[CreditState] = mapped_column(Word(CreditState))
    expires_at: Mapped[datetime]  # until then it may be given, or confirmed
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("amount > 0", name="positive"),
        Index("ix_credits_due", "state", "expires_at"),
        Index("ix_credits_between", "by_id", "person_id", "made_at"),
    )


class BoardName(Base):
    """The name under which somebody likes to stand on the monthly boards."""

    __tablename__ = "board_names"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    folded: Mapped[str] = mapped_column(String(80), unique=True)  # without upper case: nobody else may have it
    since: Mapped[datetime]
