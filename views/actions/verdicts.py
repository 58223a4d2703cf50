"""What people say of a fix, and what a lead decides."""

from dataclasses import dataclass
from typing import ClassVar

from views.actions.base import OnReport


@dataclass(frozen=True, slots=True)
class OnFix(OnReport):
    """An action on one fix of a report; ``round`` names it, as an older one's button may be pressed."""

    round: int


class Fixed(OnFix):
    """It is fixed."""

    prefix = "vf"


class NotFixed(OnFix):
    """It is not: ask why."""

    prefix = "vn"


@dataclass(frozen=True, slots=True)
class NotFixedFor(OnFix):
    """It is not, for this reason."""

    prefix: ClassVar[str] = "vw"
    why: str


class ShowVerdict(OnReport):
    """Back to what may be said of the fix."""

    prefix = "vb"


@dataclass(frozen=True, slots=True)
class Rate(OnReport):
    """Stars for a fix."""

    prefix: ClassVar[str] = "vs"
    stars: int


class Again(OnReport):
    """It broke again."""

    prefix = "va"


@dataclass(frozen=True, slots=True)
class Decide(OnReport):
    """A lead decides what is disputed."""

    prefix: ClassVar[str] = "vd"
    is_fixed: bool
