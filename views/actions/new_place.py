"""Adding a place in chat, and changing one."""

from dataclasses import dataclass
from typing import ClassVar

from storage.places_kinds import PlaceField
from views.actions.base import Action


class BeginPlace(Action):
    """Open the form of a new one."""

    prefix = "paa"


@dataclass(frozen=True, slots=True)
class AnswerForm(Action):
    """What is asked is answered so."""

    prefix: ClassVar[str] = "pab"
    field: PlaceField
    value: str  # a kind, hours


@dataclass(frozen=True, slots=True)
class PassOver(Action):
    """There is no answer to this, or all is chosen."""

    prefix: ClassVar[str] = "pac"
    field: PlaceField


@dataclass(frozen=True, slots=True)
class AskAgain(Action):
    """It was not right."""

    prefix: ClassVar[str] = "pad"
    field: PlaceField


@dataclass(frozen=True, slots=True)
class HasFacility(Action):
    """The new place has this, or does not."""

    prefix: ClassVar[str] = "pae"
    facility: str


class PublishPlace(Action):
    """Everybody may find it."""

    prefix = "paf"


@dataclass(frozen=True, slots=True)
class EditedPlace(Action):
    """An action on a place that is changed."""

    place_id: int


class EditPlace(EditedPlace):
    """What of it?"""

    prefix = "pag"


@dataclass(frozen=True, slots=True)
class EditPlaceField(EditedPlace):
    """Ask for this."""

    prefix: ClassVar[str] = "pah"
    field: PlaceField


@dataclass(frozen=True, slots=True)
class SetPlaceKind(EditedPlace):
    """It is of this kind."""

    prefix: ClassVar[str] = "pai"
    kind: str


@dataclass(frozen=True, slots=True)
class SetPlaceHours(EditedPlace):
    """It is open then."""

    prefix: ClassVar[str] = "paj"
    hours: str


@dataclass(frozen=True, slots=True)
class ToggleFacility(EditedPlace):
    """It has this, or has it no more."""

    prefix: ClassVar[str] = "pak"
    facility: str


class AskRemovePlace(EditedPlace):
    """Really?"""

    prefix = "pal"


class RemovePlace(EditedPlace):
    """It is in the list no more."""

    prefix = "pam"
