"""One's own points, and what is done about those of others."""

from dataclasses import dataclass
from typing import ClassVar

from views.actions.base import Action


@dataclass(frozen=True, slots=True)
class ShowPoints(Action):
    """A page of one's own points."""

    prefix: ClassVar[str] = "pt"
    page: int


@dataclass(frozen=True, slots=True)
class OpenPoints(Action):
    """What one change was for; and the page to go back to."""

    prefix: ClassVar[str] = "po"
    transfer_id: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowLapses(Action):
    """When which of one's own points lapse."""

    prefix: ClassVar[str] = "pxa"


@dataclass(frozen=True, slots=True)
class HowToEarn(Action):
    """The rules."""

    prefix: ClassVar[str] = "ph"


@dataclass(frozen=True, slots=True)
class BeginActivity(Action):
    """The activity that was just named took so many hours."""

    prefix: ClassVar[str] = "ab"
    hours: int


@dataclass(frozen=True, slots=True)
class ShowActivity(Action):
    """How many have been at an activity."""

    prefix: ClassVar[str] = "av"
    activity_id: int


@dataclass(frozen=True, slots=True)
class ShowActivityCode(Action):
    """The picture that those who were there scan."""

    prefix: ClassVar[str] = "ak"
    activity_id: int


@dataclass(frozen=True, slots=True)
class EndActivity(Action):
    """Close an activity's link."""

    prefix: ClassVar[str] = "ae"
    activity_id: int


@dataclass(frozen=True, slots=True)
class GiveCredit(Action):
    """Give the points that one has just typed."""

    prefix: ClassVar[str] = "cg"
    credit_id: int


@dataclass(frozen=True, slots=True)
class DecideCredit(Action):
    """Another administrator wants to give points: may he?"""

    prefix: ClassVar[str] = "cd"
    credit_id: int
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class ShowBoard(Action):
    """The month's board of a community, named by one of its grids; 0: choose one. ``back``: months ago."""

    prefix: ClassVar[str] = "bo"
    grid_id: int
    back: int


@dataclass(frozen=True, slots=True)
class JoinBoard(Action):
    """Begin to choose the name under which one likes to stand on the boards."""

    prefix: ClassVar[str] = "bj"


@dataclass(frozen=True, slots=True)
class LeaveBoard(Action):
    """Stand on no board."""

    prefix: ClassVar[str] = "bx"
