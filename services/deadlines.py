"""By when a report is to be accepted and resolved, by whether it is urgent."""

from datetime import datetime, timedelta

ACCEPT_WITHIN = {True: timedelta(minutes=5), False: timedelta(minutes=30)}
"""From the moment in which it is put to somebody: filed, or passed on."""
RESOLVE_WITHIN = {True: timedelta(hours=2), False: timedelta(hours=24)}
"""From the filing, whoever it is passed on to."""


def accept_by(now: datetime, *, is_urgent: bool) -> datetime:
    """Of a report that is put to somebody now."""
    return now + ACCEPT_WITHIN[is_urgent]


def resolve_by(filed_at: datetime, *, is_urgent: bool) -> datetime:
    """Of a report that was filed then."""
    return filed_at + RESOLVE_WITHIN[is_urgent]


def accept_by_otherwise(before: datetime, *, is_urgent: bool) -> datetime:
    """The same moment of putting it to somebody, when the urgency has turned to this."""
    return before - ACCEPT_WITHIN[not is_urgent] + ACCEPT_WITHIN[is_urgent]
