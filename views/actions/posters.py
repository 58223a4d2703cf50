"""A place's poster."""

from dataclasses import dataclass
from typing import ClassVar

from views.actions.base import Action


@dataclass(frozen=True, slots=True)
class GetPoster(Action):
    """As a file to be printed."""

    prefix: ClassVar[str] = "pwp"
    place_id: int
