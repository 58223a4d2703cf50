"""How a report ends: the fix with its proof, who follows the report, and what they say of the fix."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.base import Base, BigKey


class Follower(Base):
    """Somebody besides the reporter who has the same trouble: hears what happens, and judges the fix."""

    __tablename__ = "followers"

    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    joined_at: Mapped[datetime]


class Resolution(Base):
    """A fix, with where the officer stood; one fix may be of several reports at one place."""

    __tablename__ = "resolutions"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    words: Mapped[str | None] = mapped_column(Text)
    latitude: Mapped[float | None]  # of the officer, WGS-84 degrees; empty: not given
    longitude: Mapped[float | None]
    accuracy: Mapped[int | None]  # metres, as the phone says
    why_far: Mapped[str | None] = mapped_column(String(500))  # why it is not within reach of the report, or not given
    at: Mapped[datetime]


class ResolvedReport(Base):
    """A report that a fix is of; again with each fix after it was reopened."""

    __tablename__ = "resolved_reports"

    resolution_id: Mapped[int] = mapped_column(ForeignKey("resolutions.id"), primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True, index=True)
    metres: Mapped[int | None]  # from the officer's place to the report's


class Verdict(Base):
    """What somebody said of a fix; one a person and a fix."""

    __tablename__ = "verdicts"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    round: Mapped[int]  # how often the report had been reopened when the fix was judged
    is_fixed: Mapped[bool]
    why: Mapped[str | None] = mapped_column(String(500))  # of «not fixed»: a reason's code, or words
    rating: Mapped[int | None]  # one to five stars
    at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("report_id", "person_id", "round"),
        Index("ix_verdicts_person", "person_id"),
    )
