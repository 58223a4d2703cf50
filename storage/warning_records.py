"""What views are given of warnings: where they go, what becomes of them, what is open near somebody who gets one."""

from dataclasses import dataclass
from datetime import datetime

from storage.place_records import Names
from storage.places_kinds import WarningKind


@dataclass(frozen=True, slots=True)
class Area:
    """Where those are who are warned. With neither grids nor places: the whole county."""

    grid_codes: tuple[str, ...] = ()
    place_ids: tuple[int, ...] = ()
    metres: int = 0  # how near to one of the places

    @property
    def is_everywhere(self) -> bool:
        """Whether it is the whole county."""
        return not (self.grid_codes or self.place_ids)


@dataclass(frozen=True, slots=True)
class NamedArea:
    """The same, as people read it."""

    area: Area
    places: tuple[Names, ...] = ()


@dataclass(frozen=True, slots=True)
class Shelter:
    """A place that is open."""

    id: int
    names: Names
    icon: str  # of its kind
    latitude: float
    longitude: float
    until: datetime | None  # when it closes; empty: never
    metres: int | None = None  # from whoever reads of it


@dataclass(frozen=True, slots=True)
class WarningPreview:
    """A warning that is yet to be sent."""

    kind: WarningKind
    words: str  # empty: those of the catalogue, in each reader's language
    where: NamedArea
    recipients: int
    shelters: tuple[Shelter, ...]  # the first that are open there
    open_places: int  # all of them
    before: "WarningRecord | None"  # the same kind, a short while ago


@dataclass(frozen=True, slots=True)
class WarningRecord:
    """A warning that was sent, and what became of its copies."""

    id: int
    kind: WarningKind
    words: str
    where: NamedArea
    by_id: int
    by_name: str
    made_at: datetime
    recipients: int
    sent: int
    failed: int
    left: int
    stopped_at: datetime | None

    @property
    def dropped(self) -> int:
        """Copies that were not sent, as it was stopped, or as they were too late."""
        return self.recipients - self.sent - self.failed - self.left

    @property
    def goes_out(self) -> bool:
        """Whether there is something left to send."""
        return self.left > 0 and self.stopped_at is None
