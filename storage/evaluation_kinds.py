"""The closed sets of words of evaluations and digests (of all else: `storage/kinds.py`)."""

from enum import StrEnum


class Digest(StrEnum):
    """What comes by itself at 8:00, and can be turned off."""

    DAY = "day"  # to an officer: what is open
    WEEK = "week"  # to a lead, on Mondays: the figures of last week


class Span(StrEnum):
    """How long the period of an evaluation is. Short, as they stand in buttons' data."""

    DAY = "d"
    WEEK = "w"  # Monday to Sunday
    MONTH = "m"


class Dimension(StrEnum):
    """By what an evaluation tells reports apart. Short, as they stand in buttons' data."""

    GRID = "g"
    COMMUNITY = "c"
    OFFICER = "o"  # who has, or last had, the report
    CATEGORY = "k"


class Figure(StrEnum):
    """One figure of an evaluation; `services/evaluation/` says what is counted."""

    NUMBER = "n"
    ACCEPTED = "a"  # the times to acceptance
    ACCEPTED_LATE = "al"
    RESOLVED = "r"  # the times to the fix
    RESOLVED_LATE = "rl"
    REOPENED = "re"
    RATED = "s"
