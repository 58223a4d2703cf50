"""What a visitor of a place presses."""

from dataclasses import dataclass
from typing import ClassVar

from storage.places_kinds import Wrong
from views.actions.base import Action
from views.actions.keepers import OnPlace


class ShowHere(OnPlace):
    """The place, as who is there sees it."""

    prefix = "pvo"


class CheckIn(OnPlace):
    """He is there."""

    prefix = "pvc"


class AskFault(OnPlace):
    """What is broken?"""

    prefix = "pvf"


@dataclass(frozen=True, slots=True)
class OnFacility(OnPlace):
    """An action on something that the place has."""

    facility: str


class ReportFault(OnFacility):
    """Of what is broken: a photo?"""

    prefix = "pvb"


class FaultNoPhoto(OnFacility):
    """There is no photo."""

    prefix = "pvn"


class FollowFault(OnFacility):
    """It is reported already: he has the same trouble."""

    prefix = "pvm"


@dataclass(frozen=True, slots=True)
class OnVisit(Action):
    """An answer to whether all is right."""

    visit_id: int


class StillRight(OnVisit):
    """Yes."""

    prefix = "pvy"


class AskStillRight(OnVisit):
    """The question once more."""

    prefix = "pvq"


class NotRight(OnVisit):
    """No: what is not?"""

    prefix = "pvw"


@dataclass(frozen=True, slots=True)
class WrongIs(OnVisit):
    """What is not: closed, full, broken, the opposite of what is said, or something else."""

    prefix: ClassVar[str] = "pvx"
    what: Wrong


@dataclass(frozen=True, slots=True)
class WrongFacility(OnVisit):
    """Which of its things is broken."""

    prefix: ClassVar[str] = "pvz"
    facility: str


@dataclass(frozen=True, slots=True)
class WorksAgain(OnVisit):
    """Which of its things that are said to be broken works."""

    prefix: ClassVar[str] = "pvk"
    facility: str
