"""The outbox as a queue: what `alerts/relay.py` claims and settles. Rows are written by `services/notices/` alone.

States: *available* (due at `due_at`), *claimed* (a lease that lapses at `lease_until`: then it may be claimed again),
and the three ends: *delivered*, *discarded* (given up, with the problem recorded), *cancelled* (no longer true).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, or_, select, update
from sqlalchemy.orm import Session

from storage.kinds import Message, OutboxState, Urgency
from storage.schema import OutboxMessage, Person

LEASE = timedelta(seconds=15)
"""After how long without a renewal (a relay renews at a third of it) another may think the relay dead."""

_columns = OutboxMessage.__table__.c

_DUE = (
    select(
        _columns.id,
        _columns.person_id,
        Person.telegram_id,
        _columns.message,
        _columns.report_id,
        _columns.facts,
        _columns.urgency,
        _columns.made_at,
        _columns.attempts,
        _columns.sent,
    )
    .join(Person, Person.id == _columns.person_id)
    .where(
        or_(
            and_(_columns.state == OutboxState.AVAILABLE, _columns.due_at <= bindparam("now")),
            and_(_columns.state == OutboxState.CLAIMED, _columns.lease_until <= bindparam("now")),
        )
    )
    .order_by(_columns.urgency, _columns.due_at, _columns.id)
    .limit(bindparam("most"))
    .with_for_update(of=OutboxMessage, skip_locked=True)
)
_CLAIM = (
    update(OutboxMessage.__table__)  # type: ignore[arg-type]
    .where(_columns.id == bindparam("claimed"))
    .values(state=OutboxState.CLAIMED, lease_until=bindparam("until"))
)
_NEXT = select(_columns.due_at).where(_columns.state == OutboxState.AVAILABLE).order_by(_columns.due_at).limit(1)


@dataclass(frozen=True, slots=True)
class Claimed:
    """One message that this relay has taken on, until its lease lapses."""

    id: int
    person_id: int
    telegram_id: int | None  # the chat; empty: the person has none yet
    message: Message
    report_id: int | None
    facts: dict[str, Any]
    urgency: Urgency
    made_at: datetime
    attempts: int  # failed ones so far
    sent: tuple[int, ...]  # ids of the messages of it that went out before


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of one claimed message."""

    id: int
    state: OutboxState
    due_at: datetime | None = None  # for AVAILABLE: when to try again
    counts: bool = False  # whether this was an attempt
    sent: tuple[int, ...] = ()  # message ids that are out now, those of earlier tries included
    problem: str | None = None
    is_unreachable: bool = False  # the person blocked the bot, or there is no such chat
    is_gone: bool = False  # the message that was to be edited is no more
    names: tuple[int, ...] = ()  # of a list that is kept up to date: the reports in it


@dataclass(frozen=True, slots=True)
class Full:
    """The persons for whom enough is in hand just now; and whether enough of what goes to many is."""

    messages: frozenset[int] = frozenset()
    edits: frozenset[int] = frozenset()
    broadcasts: bool = False


NOBODY = Full()


def claim(session: Session, *, now: datetime, most: int = 50, full: Full = NOBODY) -> list[Claimed]:
    """Take due messages, urgent ones first, but for those whose queue is full."""
    statement = _DUE
    if full.broadcasts:
        statement = statement.where(_columns.urgency != Urgency.BROADCAST)
    for is_edit, people in ((False, full.messages), (True, full.edits)):
        if people:
            edits = [message for message in Message if message.is_edit == is_edit]
            statement = statement.where(or_(_columns.message.not_in(edits), _columns.person_id.not_in(people)))
    rows = session.execute(statement, {"now": now, "most": most}).all()
    if rows:
        session.connection().execute(_CLAIM, [{"claimed": row.id, "until": now + LEASE} for row in rows])
    return [
        Claimed(
            id=row.id,
            person_id=row.person_id,
            telegram_id=row.telegram_id,
            message=row.message,
            report_id=row.report_id,
            facts=row.facts or {},
            urgency=row.urgency,
            made_at=row.made_at,
            attempts=row.attempts,
            sent=tuple(row.sent or ()),
        )
        for row in rows
    ]


def renew(session: Session, *, ids: Sequence[int], now: datetime) -> None:
    """Make the leases of messages that still wait in a chat's queue last longer."""
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(ids), OutboxMessage.state == OutboxState.CLAIMED)
        .values(lease_until=now + LEASE)
    )


def settle(session: Session, *, settlements: Iterable[Settlement], now: datetime) -> None:
    """Write down what became of claimed messages; one that was cancelled meanwhile stays cancelled."""
    for one in settlements:
        row = session.get(OutboxMessage, one.id)
        if row is None:
            continue
        row.sent = list(one.sent) or row.sent
        row.problem = one.problem[:300] if one.problem else row.problem
        row.attempts += one.counts
        if row.state is not OutboxState.CLAIMED:
            continue
        row.state, row.lease_until = one.state, None
        if one.state is OutboxState.AVAILABLE:
            row.due_at = one.due_at or now
        else:
            row.settled_at = now


def next_due(session: Session) -> datetime | None:
    """When the earliest message that waits is due."""
    return session.execute(_NEXT).scalar()
