"""What came in (updates, conversations) and what is to go out (the outbox)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.kinds import Message, OutboxState, Urgency
from storage.schema.base import Base, BigKey, Word

_OF_NO_REPORT = text("report_id IS NULL")
_OF_A_WARNING = text("warning_id IS NOT NULL")


class HandledUpdate(Base):
    """An update whose effect is in the store; it never takes effect again."""

    __tablename__ = "handled_updates"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)


class FailedUpdate(Base):
    """An update whose handler failed; after the third time it is set aside under a code that the person was told."""

    __tablename__ = "failed_updates"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    payload: Mapped[dict[str, Any]]
    traceback: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    set_aside_at: Mapped[datetime | None]
    replayed_at: Mapped[datetime | None]


class Conversation(Base):
    """What a dialog is waiting for in one chat with one person (aiogram's finite-state storage)."""

    __tablename__ = "conversations"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    destiny: Mapped[str] = mapped_column(String(40), primary_key=True, default="default")
    state: Mapped[str | None] = mapped_column(String(80))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


class OutboxMessage(Base):
    """Something that must be said to a person. It is put into words when it is sent, from what is then true."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    message: Mapped[Message] = mapped_column(Word(Message))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"), index=True)
    facts: Mapped[dict[str, Any] | None]  # what the words need beyond the report's own rows
    urgency: Mapped[Urgency] = mapped_column(Word(Urgency))
    state: Mapped[OutboxState] = mapped_column(Word(OutboxState))
    due_at: Mapped[datetime]
    made_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]  # of a claimed one: when the claim lapses
    attempts: Mapped[int] = mapped_column(default=0)
    sent: Mapped[list[int] | None]  # ids of the messages that went out so far: a retry goes on behind them
    problem: Mapped[str | None] = mapped_column(String(300))  # of the last attempt
    settled_at: Mapped[datetime | None]
    # The ledger of what must be noticed (`services/ledger.py`): made_at, settled_at, and from there on:
    opened_at: Mapped[datetime | None]  # a button of the report was pressed
    answered_at: Mapped[datetime | None]  # accepted, passed on, taken over
    pushes: Mapped[int] = mapped_column(default=1, server_default="1")  # the how manieth time it is pushed
    push_again_at: Mapped[datetime | None]  # if it is not opened until then
    warning_id: Mapped[int | None] = mapped_column(ForeignKey("place_warnings.id"))  # of which it is a copy

    __table_args__ = (
        Index("ix_outbox_due", "state", "urgency", "due_at"),
        Index("ix_outbox_push_again", "push_again_at"),
        Index("ix_outbox_warning", "warning_id", "state", sqlite_where=_OF_A_WARNING, postgresql_where=_OF_A_WARNING),
        # What is about no single report: lists and digests.
        Index("ix_outbox_lists", "person_id", "message", sqlite_where=_OF_NO_REPORT, postgresql_where=_OF_NO_REPORT),
    )
