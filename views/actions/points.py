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
class HowToEarn(Action):
    """The rules."""

    prefix: ClassVar[str] = "ph"
