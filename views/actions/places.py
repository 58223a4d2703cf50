"""Looking for service places."""

from dataclasses import dataclass
from typing import ClassVar

from views.actions.base import Action


@dataclass(frozen=True, slots=True)
class ShowPlaces(Action):
    """A page of those that are wanted (`storage.near_places.Wanted.pack`)."""

    prefix: ClassVar[str] = "pfa"
    page: int
    wanted: str


@dataclass(frozen=True, slots=True)
class ChoosePlaces(Action):
    """What else must they have?"""

    prefix: ClassVar[str] = "pfb"
    wanted: str


@dataclass(frozen=True, slots=True)
class LookElsewhere(Action):
    """Ask where the person is, to look for these."""

    prefix: ClassVar[str] = "pfc"
    wanted: str


@dataclass(frozen=True, slots=True)
class OnPlace(Action):
    """An action on one place."""

    place_id: int


class OpenPlace(OnPlace):
    """All of it."""

    prefix = "pfd"


class PlacesFromDraft(Action):
    """The place that was just sent is where to look from, not where a hazard is."""

    prefix = "pfe"
