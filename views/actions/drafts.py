"""The questions of a draft."""

from dataclasses import dataclass
from typing import ClassVar

from views.actions.base import Action


class NoPhoto(Action):
    """There is no picture."""

    prefix = "np"


class ReportHere(Action):
    """The place that was just sent is where a hazard is."""

    prefix = "rh"


class StartOver(Action):
    """Throw the draft away."""

    prefix = "so"


@dataclass(frozen=True, slots=True)
class Join(Action):
    """Add to the report of a moment ago, or make a new one."""

    prefix: ClassVar[str] = "jn"
    joins: bool


@dataclass(frozen=True, slots=True)
class UsePicture(Action):
    """Use the old picture that was sent with this message, or leave it out."""

    prefix: ClassVar[str] = "up"
    message_id: int
    uses: bool


@dataclass(frozen=True, slots=True)
class TakenElsewhere(Action):
    """Make a second report of the pictures that were taken elsewhere, the first sent with this message, or do not."""

    prefix: ClassVar[str] = "te"
    message_id: int
    is_second: bool
