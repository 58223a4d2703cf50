"""What a measurement comes to: a series of rounds, perhaps beside those of a yardstick, and the goal."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Series:
    """One value a round."""

    values: tuple[float, ...]
    unit: str

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.values)

    def __str__(self) -> str:
        spread = f" ({say(min(self.values))}–{say(max(self.values))})" if len(self.values) > 1 else ""
        return f"{say(self.middle)}{spread} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Goal:
    """What was aimed at: of the ratio to the yardstick, or (``unit`` given) of the value itself."""

    bound: float
    at_most: bool
    unit: str = "×"

    def is_met(self, value: float) -> bool:
        """Whether the value is on the right side."""
        return value <= self.bound if self.at_most else value >= self.bound

    def __str__(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {self.bound:g} {self.unit}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; a figure that this system cannot measure has no series."""

    what: str
    ours: Series | None
    beside: str = ""  # what the yardstick is
    theirs: Series | None = None
    goal: Goal | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def ratio(self) -> Series | None:
        """Ours to theirs, round by round."""
        if self.ours is None or self.theirs is None:
            return None
        pairs = zip(self.ours.values, self.theirs.values, strict=True)
        return Series(tuple(ours / theirs for ours, theirs in pairs), "×")

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met by the median; None: there is no goal, or nothing was measured."""
        measured = self.ratio if self.goal is not None and self.goal.unit == "×" else self.ours
        return None if self.goal is None or measured is None else self.goal.is_met(measured.middle)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many percent of the values do not exceed."""
    return quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]


def say(value: float) -> str:
    """Three digits are enough."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
