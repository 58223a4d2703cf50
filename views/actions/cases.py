"""What an officer does with a report, and his duty."""

from dataclasses import dataclass
from typing import ClassVar

from views.actions.base import Action, ForReason, OnReport, ToPage


class Accept(OnReport):
    """Take the report on."""

    prefix = "ac"


class NotMine(OnReport):
    """Ask why it is not mine."""

    prefix = "nm"


class Decline(ForReason):
    """Pass it on, for this reason."""

    prefix = "dc"


class Resolve(OnReport):
    """Begin to report that it is fixed."""

    prefix = "rs"


class Reject(OnReport):
    """Ask why it is no case."""

    prefix = "rj"


class RejectFor(ForReason):
    """Reject it, for this reason."""

    prefix = "rf"


class MyCases(ToPage):
    """A page of an officer's cases."""

    prefix = "mc"


class ShowCase(OnReport):
    """An officer's card of a report."""

    prefix = "ca"


class MoreOfCase(OnReport):
    """What else can be done about a case."""

    prefix = "mo"


class BackToCase(OnReport):
    """Back to the case's card, in place."""

    prefix = "tbc"


class WhoWasTold(OnReport):
    """The ledger of a report's alerts."""

    prefix = "ww"


@dataclass(frozen=True, slots=True)
class SetDuty(Action):
    """Go on or off duty."""

    prefix: ClassVar[str] = "du"
    on_duty: bool
