"""What is called false, objections, suspensions and the audit log."""

from dataclasses import dataclass
from typing import ClassVar

from views.actions.base import Action, OnReport, ToPage


class RejectAsFalse(OnReport):
    """Begin to say why it is not true."""

    prefix = "rx"


class Dispute(OnReport):
    """Begin to say that it is true."""

    prefix = "di"


@dataclass(frozen=True, slots=True)
class DecideDispute(OnReport):
    """It was called false: is it?"""

    prefix: ClassVar[str] = "dd"
    is_false: bool


@dataclass(frozen=True, slots=True)
class LiftSuspension(Action):
    """Let somebody report again."""

    prefix: ClassVar[str] = "lf"
    suspension_id: int


class ShowAudit(ToPage):
    """A page of the audit log."""

    prefix = "au"
