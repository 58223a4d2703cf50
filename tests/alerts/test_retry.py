"""What follows from each outcome: the whole table."""

from datetime import timedelta

import pytest

from alerts.retry import GIVE_UP, LONGEST_WAIT, End, Outcome, settlement, wait
from storage.kinds import Message, OutboxState, Urgency
from storage.outbox import Claimed
from tests.moment import NOW

URGENT, NORMAL, LOW = Urgency.URGENT, Urgency.NORMAL, Urgency.LOW
AVAILABLE, DELIVERED = OutboxState.AVAILABLE, OutboxState.DELIVERED
DISCARDED, CANCELLED = OutboxState.DISCARDED, OutboxState.CANCELLED
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def claimed(urgency: Urgency = NORMAL, *, attempts: int = 0, age: timedelta = MINUTE) -> Claimed:
    return Claimed(
        id=7,
        person_id=1,
        telegram_id=5001,
        message=Message.ALERT,
        report_id=3,
        facts={},
        urgency=urgency,
        made_at=NOW - age,
        attempts=attempts,
        sent=(11,),
    )


@pytest.mark.parametrize(
    ("outcome", "urgency", "attempts", "age", "state", "seconds", "counts"),
    [
        (Outcome(End.DELIVERED, (11, 12)), NORMAL, 0, MINUTE, DELIVERED, None, False),
        (Outcome(End.NOTHING_TO_SAY), NORMAL, 0, MINUTE, CANCELLED, None, False),
        (Outcome(End.GONE), LOW, 0, MINUTE, CANCELLED, None, False),
        # Flood control: exactly the time named, whatever the age, and never an attempt.
        (Outcome(End.SNOOZED, seconds=37), NORMAL, 5, MINUTE, AVAILABLE, 37, False),
        (Outcome(End.SNOOZED, seconds=0.5), URGENT, 0, 3 * DAY, AVAILABLE, 0.5, False),
        (Outcome(End.SNOOZED, seconds=37), LOW, 50, 3 * DAY, AVAILABLE, 37, False),
        (Outcome(End.SNOOZED), NORMAL, 0, MINUTE, AVAILABLE, 0, False),
        # Failures: doubling waits, up to a limit that depends on the urgency.
        (Outcome(End.FAILED), NORMAL, 0, MINUTE, AVAILABLE, 1, True),
        (Outcome(End.FAILED), NORMAL, 1, MINUTE, AVAILABLE, 2, True),
        (Outcome(End.FAILED), NORMAL, 6, MINUTE, AVAILABLE, 64, True),
        (Outcome(End.FAILED), NORMAL, 60, MINUTE, AVAILABLE, 300, True),
        (Outcome(End.FAILED), LOW, 60, MINUTE, AVAILABLE, 900, True),
        (Outcome(End.FAILED), URGENT, 4, MINUTE, AVAILABLE, 16, True),
        (Outcome(End.FAILED), URGENT, 60, MINUTE, AVAILABLE, 30, True),
        # A day is the limit, except for urgent ones.
        (Outcome(End.FAILED), NORMAL, 9, DAY - MINUTE, AVAILABLE, 300, True),
        (Outcome(End.FAILED), NORMAL, 9, DAY, DISCARDED, None, True),
        (Outcome(End.FAILED), LOW, 9, DAY, DISCARDED, None, True),
        (Outcome(End.FAILED), URGENT, 999_999, 30 * DAY, AVAILABLE, 30, True),
        (Outcome(End.REFUSED), NORMAL, 0, MINUTE, DISCARDED, None, True),
        (Outcome(End.REFUSED), URGENT, 0, MINUTE, DISCARDED, None, True),
        (Outcome(End.UNREACHABLE), NORMAL, 0, MINUTE, DISCARDED, None, True),
        (Outcome(End.UNREACHABLE), URGENT, 0, MINUTE, DISCARDED, None, True),
    ],
)
def test_what_follows(
    outcome: Outcome,
    urgency: Urgency,
    attempts: int,
    age: timedelta,
    state: OutboxState,
    seconds: float | None,
    counts: bool,
) -> None:
    result = settlement(claimed(urgency, attempts=attempts, age=age), outcome, now=NOW, chance=lambda: 0.0)
    assert result.id == 7
    assert result.state is state
    assert result.due_at == (None if seconds is None else NOW + timedelta(seconds=seconds))
    assert result.counts is counts
    assert result.is_unreachable is (outcome.end is End.UNREACHABLE)


@pytest.mark.parametrize("end", list(End))
def test_every_end_is_in_the_table(end: End) -> None:
    assert settlement(claimed(), Outcome(end), now=NOW, chance=lambda: 0.0).id == 7


def test_the_problem_and_what_went_out_are_recorded() -> None:
    outcome = Outcome(End.FAILED, (11, 12), "NetworkError: gone")
    for age in (MINUTE, GIVE_UP):
        result = settlement(claimed(age=age), outcome, now=NOW, chance=lambda: 0.0)
        assert (result.sent, result.problem) == ((11, 12), "NetworkError: gone")


def test_what_went_out_before_is_not_forgotten() -> None:
    assert settlement(claimed(), Outcome(End.FAILED), now=NOW, chance=lambda: 0.0).sent == (11,)


@pytest.mark.parametrize("urgency", list(Urgency))
def test_chance_makes_a_wait_longer_by_a_quarter_at_most(urgency: Urgency) -> None:
    for attempts in range(30):
        shortest, longest = (wait(attempts, urgency, chance=lambda c=c: c) for c in (0.0, 0.999))
        assert shortest < longest < shortest * 1.25
        assert shortest <= LONGEST_WAIT[urgency]


def test_a_message_that_is_gone_is_known_to_be() -> None:
    gone, other = (
        settlement(claimed(), Outcome(end), now=NOW, chance=lambda: 0.0) for end in (End.GONE, End.DELIVERED)
    )
    assert (gone.is_gone, other.is_gone) == (True, False)
