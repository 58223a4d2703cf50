"""One turn of the relay, in one transaction: settle what has ended, keep what is in hand, claim what is due.

The order of messages: those to one person about one report go out in the order in which they were written. A later
one waits as long as an earlier one is unsettled, also while that one is snoozed or waits for its next attempt. Only
an urgent one does not wait for those that are not: a fire alert is not held up by a picture that Telegram does not
want. Messages about different reports, or about none, do not wait for each other; nor do messages and edits, which
show what is true when they go.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import outbox
from storage.kinds import OutboxState, Urgency
from storage.outbox import Claimed, Full, Settlement
from storage.schema import OutboxMessage

ELSEWHERE = timedelta(seconds=1)
"""When to look again for a message whose predecessor another relay has in hand."""

Settle = Callable[..., Any]
"""`services.delivery.settle(session, *, settlements, now)`."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn of the relay gave."""

    claimed: list[Claimed]
    is_full: bool  # there may be more that is due
    next_due: datetime | None  # when the earliest message that waits is due


def turn(
    session: Session,
    *,
    settle: Settle,
    settlements: Sequence[Settlement],
    renew: Sequence[int],
    ours: Collection[int],
    full: Full,
    most: int,
    now: datetime,
) -> Turn:
    """Settle, renew and claim.

    Args:
        session: the transaction.
        settle: writes settlements down, with what follows from them.
        settlements: what has ended.
        renew: messages whose leases are to last longer.
        ours: messages in this relay's hands, which keeps their order by itself.
        full: persons who have enough in hand; nothing more is claimed for them unless it is urgent.
        most: how many to claim.
        now: the present moment.
    """
    if settlements:
        settle(session, settlements=settlements, now=now)
        session.flush()
    if renew:
        outbox.renew(session, ids=renew, now=now)
    if full.messages:
        full = replace(full, messages=full.messages - _with_urgent(session, full.messages, now=now))
    claimed = outbox.claim(session, now=now, most=most, full=full) if most > 0 else []
    early = _early(session, claimed, ours=ours, now=now)
    if early:
        back = [Settlement(id=one, state=OutboxState.AVAILABLE, due_at=due) for one, due in early.items()]
        outbox.settle(session, settlements=back, now=now)
    return Turn(
        claimed=[one for one in claimed if one.id not in early],
        is_full=most > 0 and len(claimed) == most,
        next_due=None if most > 0 and len(claimed) == most else outbox.next_due(session),
    )


def comes_before(earlier: Claimed | OutboxMessage, later: Claimed) -> bool:
    """Whether the one must be settled before the other may go."""
    return (
        later.report_id is not None
        and (earlier.person_id, earlier.report_id) == (later.person_id, later.report_id)
        and earlier.message.is_edit == later.message.is_edit
        and earlier.id < later.id
        and (earlier.urgency is Urgency.URGENT or later.urgency is not Urgency.URGENT)
    )


def _with_urgent(session: Session, people: Collection[int], *, now: datetime) -> set[int]:
    """Those of them for whom something urgent is due."""
    return set(
        session.scalars(
            select(OutboxMessage.person_id).where(
                OutboxMessage.state == OutboxState.AVAILABLE,
                OutboxMessage.urgency == Urgency.URGENT,
                OutboxMessage.due_at <= now,
                OutboxMessage.person_id.in_(people),
            )
        )
    )


def _early(
    session: Session, claimed: Sequence[Claimed], *, ours: Collection[int], now: datetime
) -> dict[int, datetime]:
    """Which of the claimed ones have a predecessor that nobody here has in hand, and when to look again."""
    reports = {one.report_id for one in claimed if one.report_id is not None}
    if not reports:
        return {}
    waiting = session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.report_id.in_(reports),
            OutboxMessage.person_id.in_({one.person_id for one in claimed}),
            OutboxMessage.state.in_([OutboxState.AVAILABLE, OutboxState.CLAIMED]),
            OutboxMessage.id.not_in([*ours, *(one.id for one in claimed)]),
        )
    ).all()
    early: dict[int, datetime] = {}
    for later in claimed:
        if later.id in ours:  # its lease had lapsed; it is on its way
            continue
        before = [one for one in waiting if comes_before(one, later)]
        if before:
            due = [one.due_at for one in before if one.state is OutboxState.AVAILABLE]
            early[later.id] = max([now + ELSEWHERE, *due])
    return early
