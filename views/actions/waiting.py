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
    """Stop the clock for so many days."""

    prefix: ClassVar[str] = "wf"
    waiting_for: WaitingFor
    days: int


class GoOn(OnReport):
    """Let the clock go on before the time."""

    prefix = "go"
