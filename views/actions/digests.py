"""Which digests come."""

from dataclasses import dataclass
from typing import ClassVar

from storage.evaluation_kinds import Digest
from views.actions.base import Action


class ShowDigests(Action):
    """Which digests come, to turn them on and off."""

    prefix = "dg"


@dataclass(frozen=True, slots=True)
class SetDigest(Action):
    """Turn a digest on or off."""

    prefix: ClassVar[str] = "sd"
    digest: Digest
    is_on: bool
