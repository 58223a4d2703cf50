"""What to do next with a message, given what became of the attempt to send it. Pure: no clock, no network, no store."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from storage.kinds import OutboxState, Urgency
from storage.outbox import Claimed, Settlement

GIVE_UP = timedelta(days=1)
"""How long a message that is not urgent is tried. Urgent ones are never given up."""
FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = {
    Urgency.URGENT: timedelta(seconds=30),
    Urgency.NORMAL: timedelta(minutes=5),
    Urgency.LOW: timedelta(minutes=15),
    Urgency.BROADCAST: timedelta(minutes=15),
}
"""Waits double from `FIRST_WAIT` up to this."""
JITTER = 0.25
"""Waits are up to this part longer, so that what failed together does not come again together."""


class End(Enum):
    """How an attempt ended."""

    DELIVERED = auto()
    NOTHING_TO_SAY = auto()  # no longer true, or never for this person
    GONE = auto()  # nor where: the message to be brought up to date is no more
    SNOOZED = auto()  # nobody's fault: flood control, a restart; not an attempt
    FAILED = auto()  # network, server error, a defect of ours: may work later
    REFUSED = auto()  # Telegram will never take it
    UNREACHABLE = auto()  # the person blocked the bot, deleted the account, or has no chat with it


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended, and what went out in it and before."""

    end: End
    sent: tuple[int, ...] = ()  # message ids, those of earlier attempts included: see `alerts/parts.py`
    problem: str | None = None
    seconds: float = 0.0  # of a SNOOZED one: how long
    names: tuple[int, ...] = ()  # of a list that is kept up to date: the reports in it


def settlement(claimed: Claimed, outcome: Outcome, *, now: datetime, chance: Callable[[], float]) -> Settlement:
    """Decide; ``chance`` gives a number from 0 up to 1."""
    sent, problem = outcome.sent or claimed.sent, outcome.problem
    match outcome.end:
        case End.DELIVERED:
            return Settlement(claimed.id, OutboxState.DELIVERED, sent=sent, names=outcome.names)
        case End.NOTHING_TO_SAY:
            return Settlement(claimed.id, OutboxState.CANCELLED, sent=sent)
        case End.GONE:
            return Settlement(claimed.id, OutboxState.CANCELLED, sent=sent, problem=problem, is_gone=True)
        case End.SNOOZED:
            due = now + timedelta(seconds=outcome.seconds)
            return Settlement(claimed.id, OutboxState.AVAILABLE, due_at=due, sent=sent, problem=problem)
        case End.UNREACHABLE:
            return Settlement(
                claimed.id, OutboxState.DISCARDED, counts=True, sent=sent, problem=problem, is_unreachable=True
            )
        case End.FAILED if claimed.urgency is Urgency.URGENT or now - claimed.made_at < GIVE_UP:
            due = now + wait(claimed.attempts, claimed.urgency, chance=chance)
            return Settlement(claimed.id, OutboxState.AVAILABLE, due_at=due, counts=True, sent=sent, problem=problem)
        case _:
            return Settlement(claimed.id, OutboxState.DISCARDED, counts=True, sent=sent, problem=problem)


def wait(attempts: int, urgency: Urgency, *, chance: Callable[[], float]) -> timedelta:
    """How long to wait after one more failure on top of ``attempts`` earlier ones."""
    doubled: timedelta = FIRST_WAIT * 2 ** min(attempts, 20)
    return min(doubled, LONGEST_WAIT[urgency]) * (1 + JITTER * chance())
