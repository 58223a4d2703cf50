"""Warnings of heat, cold, typhoon and flood: a form that is filled in, sent, stopped.

``form`` tells one form from another: a button of an older one does nothing.
"""

from dataclasses import dataclass
from typing import ClassVar

from storage.places_kinds import WarningKind
from views.actions.base import Action


@dataclass(frozen=True, slots=True)
class OnForm(Action):
    """Something done in this form."""

    form: int


@dataclass(frozen=True, slots=True)
class PickWarning(OnForm):
    """Of what is warned."""

    prefix: ClassVar[str] = "pwk"
    kind: WarningKind


class WarnEverywhere(OnForm):
    """The whole county."""

    prefix = "pwe"


class WarnElsewhere(OnForm):
    """Where? once more."""

    prefix = "pwa"


@dataclass(frozen=True, slots=True)
class WarnWithin(OnForm):
    """So near to the places."""

    prefix: ClassVar[str] = "pwm"
    metres: int


class WarnUsualWords(OnForm):
    """The catalogue's words instead of one's own."""

    prefix = "pwo"


@dataclass(frozen=True, slots=True)
class SendWarning(OnForm):
    """Send it; ``is_again``: although the same kind was sent a short while ago."""

    prefix: ClassVar[str] = "pws"
    is_again: bool


@dataclass(frozen=True, slots=True)
class StopWarning(Action):
    """What has not gone out stays here."""

    prefix: ClassVar[str] = "pwx"
    warning_id: int
