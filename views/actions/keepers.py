"""Who looks after a place: what he says is true of it, and who else does."""

from dataclasses import dataclass
from typing import ClassVar

from storage.places_kinds import ClosedUntil, PlaceState
from views.actions.base import Action


@dataclass(frozen=True, slots=True)
class OnPlace(Action):
    """An action on one service place."""

    place_id: int


class OpenStation(OnPlace):
    """All of it, in place."""

    prefix = "pko"


class ChangeStation(OnPlace):
    """All of it, below: what is pressed stays."""

    prefix = "pkv"


class AskClosed(OnPlace):
    """Until when?"""

    prefix = "pkc"


@dataclass(frozen=True, slots=True)
class SayState(OnPlace):
    """It is open as its hours say, closed or full."""

    prefix: ClassVar[str] = "pks"
    state: PlaceState
    until: ClosedUntil = ClosedUntil.SAID


class AskFacilities(OnPlace):
    """What is broken, or works again?"""

    prefix = "pkf"


@dataclass(frozen=True, slots=True)
class SayFacility(OnPlace):
    """Something is broken, or works again."""

    prefix: ClassVar[str] = "pkg"
    works: bool
    facility: str


class AskFree(OnPlace):
    """How many spaces are free?"""

    prefix = "pkp"


@dataclass(frozen=True, slots=True)
class SayFree(OnPlace):
    """So many."""

    prefix: ClassVar[str] = "pkn"
    free: int


class AllRight(OnPlace):
    """All of it is as it is shown."""

    prefix = "pkr"


class SettleDoubt(OnPlace):
    """The same, said to what visitors doubt."""

    prefix = "pkd"


class ShowKeepers(OnPlace):
    """Who looks after it?"""

    prefix = "pkk"


@dataclass(frozen=True, slots=True)
class RemoveKeeper(OnPlace):
    """Somebody looks after it no more."""

    prefix: ClassVar[str] = "pkx"
    person_id: int


class InviteKeeper(OnPlace):
    """A link for one more."""

    prefix = "pki"
