"""Teams that can be called in, the tasks they get, and emergencies with everybody who was called."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.base import Base, BigKey, Word
from storage.team_kinds import CallState, Rank, TaskState, TeamKind


class Team(Base):
    """A team beside the grids: fire brigade, enforcement, power supply …."""

    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name_zh: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    kind: Mapped[TeamKind] = mapped_column(Word(TeamKind))
    town: Mapped[str] = mapped_column(String(120), default="")  # empty: serves the whole county


class TeamMember(Base):
    """Somebody of a team."""

    __tablename__ = "team_members"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), primary_key=True, index=True)
    rank: Mapped[Rank] = mapped_column(Word(Rank))


class Task(Base):
    """A part of a report that a team, or the officers of another grid, were asked to do."""

    __tablename__ = "tasks"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))  # one of the two
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("grids.id"))
    state: Mapped[TaskState] = mapped_column(Word(TaskState))
    given_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    given_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]  # done, declined or dropped
    words: Mapped[str | None] = mapped_column(Text)  # what was done; why it was declined or dropped

    __table_args__ = (Index("ix_tasks_accepted_by", "accepted_by", "state"),)


class Emergency(Base):
    """A report that all teams named for it were called to. Its life is beside the report's own."""

    __tablename__ = "emergencies"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    begun_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    begun_at: Mapped[datetime]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None]  # empty: it goes on


class EmergencyCall(Base):
    """One person who was called to an emergency, and what he answered."""

    __tablename__ = "emergency_calls"

    emergency_id: Mapped[int] = mapped_column(ForeignKey("emergencies.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    deputy_of: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # the silent lead whom he stands in for
    state: Mapped[CallState] = mapped_column(Word(CallState))
    called_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]  # «on my way», or «cannot come»
    arrived_at: Mapped[datetime | None]
    pushes: Mapped[int] = mapped_column(default=1)  # how often the phone rang; 0: only the telephone was left
    push_again_at: Mapped[datetime | None]  # when the clock looks at it next; empty: answered, or pushed often enough

    __table_args__ = (Index("ix_emergency_calls_push_again", "push_again_at"),)
