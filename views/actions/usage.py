"""How much places are used."""

from dataclasses import dataclass
from datetime import date

from storage.evaluation_kinds import Span
from views.actions.base import Action

EVERY_PLACE = 0
"""In place of a place's id: all of them."""


@dataclass(frozen=True, slots=True)
class OfUsage(Action):
    """An action on the usage of this place, or `EVERY_PLACE`, in the period that this day is in."""

    place_id: int
    span: Span
    day: date


class ShowUsage(OfUsage):
    """It in words."""

    prefix = "pwu"


class DrawUsage(OfUsage):
    """As a picture."""

    prefix = "pwd"


class UsageFile(OfUsage):
    """As an Excel file."""

    prefix = "pwf"


class ChooseUsagePlace(OfUsage):
    """Of which place? It is typed."""

    prefix = "pwc"
