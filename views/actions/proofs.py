"""The fix and its proof."""

from dataclasses import dataclass
from typing import ClassVar

from views.actions.base import ForReason, OnReport


class ProofWhy(ForReason):
    """Why the officer's place is not at the report, or not given."""

    prefix = "pw"


@dataclass(frozen=True, slots=True)
class AlsoFixed(OnReport):
    """The proof of the first report is of the other one, too."""

    prefix: ClassVar[str] = "pa"
    other_id: int


class FixOf(OnReport):
    """What the draft has is the proof that the report is fixed."""

    prefix = "px"


class UseKept(OnReport):
    """The proof that was kept is the proof."""

    prefix = "pk"


class DropWords(OnReport):
    """What was written before the photo does not go with it."""

    prefix = "pn"


class AllFixed(OnReport):
    """The proof of the report is of all others that the officer has there, too."""

    prefix = "pl"
