"""What people say of themselves: at the start and in the settings."""

from dataclasses import dataclass
from typing import ClassVar

from storage.kinds import Language, ReporterKind
from views.actions.base import Action


@dataclass(frozen=True, slots=True)
class ChooseLanguage(Action):
    """Speak this language."""

    prefix: ClassVar[str] = "lg"
    language: Language


@dataclass(frozen=True, slots=True)
class ChooseKind(Action):
    """Resident or rider."""

    prefix: ClassVar[str] = "kd"
    kind: ReporterKind


@dataclass(frozen=True, slots=True)
class ChoosePlatform(Action):
    """A rider's platform."""

    prefix: ClassVar[str] = "pf"
    platform: str


class Skip(Action):
    """Leave a question unanswered."""

    prefix = "sk"


class WasHazard(Action):
    """What was taken for the name of a team was a hazard."""

    prefix = "wh"


class Cancel(Action):
    """End the dialog that waits for something."""

    prefix = "cx"


class ShowSettings(Action):
    """The settings."""

    prefix = "st"


class ShowPrivacy(Action):
    """The long privacy notice."""

    prefix = "pv"
