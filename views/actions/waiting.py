"""The clock of a case, stopped and going on."""

from dataclasses import dataclass
from typing import ClassVar

from storage.kinds import WaitingFor
from views.actions.base import OnReport


class AskWait(OnReport):
    """Show for whom, and until when, the clock may be stopped."""

    prefix = "wt"


@dataclass(frozen=True, slots=True)
class WaitFor(OnReport):
    """Stop the clock for so many hours; none: until tomorrow at nine."""

    prefix: ClassVar[str] = "wu"
    waiting_for: WaitingFor
    hours: int


@dataclass(frozen=True, slots=True)
class AskWaitTime(OnReport):
    """Ask until when, in words."""

    prefix: ClassVar[str] = "wo"
    waiting_for: WaitingFor


class NothingToAsk(OnReport):
    """He waits for the reporter, who knows what for: no question is sent."""

    prefix = "wn"


class GoOn(OnReport):
    """Let the clock go on before the time."""

    prefix = "go"
