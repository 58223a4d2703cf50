"""What views are given of service places. Distances are in metres, places on the map WGS-84 degrees."""

from dataclasses import dataclass
from datetime import datetime

from storage.facilities import limits
from storage.kinds import Language
from storage.places_kinds import PlaceField, PlaceState, Voice, Wrong

Names = dict[Language, str]
"""What something is called, in each language."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place to choose."""

    id: int
    code: str
    names: Names


@dataclass(frozen=True, slots=True)
class FacilityRecord:
    """Something that a place has."""

    code: str  # of `data/places.toml`
    is_broken: bool = False
    changed_at: datetime | None = None  # when somebody said that it is broken, or works again
    changed_by: Voice | None = None
    report_id: int | None = None  # of a broken one: the report that says so, if there is one


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A service place, with all that is said of it; not what depends on the hour."""

    id: int
    code: str
    kind: str
    kind_names: Names
    icon: str  # of its kind
    names: Names
    latitude: float
    longitude: float
    address: Names
    access: Names  # how to get in; may be empty
    hours: str  # as `services/hours/opening.py` writes them
    phone: str
    spaces: int | None
    free_spaces: int | None
    free_at: datetime | None
    free_by: Voice | None
    state: PlaceState
    state_until: datetime | None
    state_at: datetime | None
    state_by: Voice | None
    confirmed_at: datetime | None
    confirmed_by: Voice | None
    doubts: int
    facilities: tuple[FacilityRecord, ...]  # in the order of `data/places.toml`
    version: int
    is_removed: bool = False
    has_photo: bool = False

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude."""
        return self.latitude, self.longitude

    @property
    def works(self) -> frozenset[str]:
        """The facilities that it has and that are not broken."""
        return frozenset(one.code for one in self.facilities if not one.is_broken)

    def known_free(self, now: datetime) -> int | None:
        """How many spaces are free, if that was said lately: it holds no longer than that a place is full."""
        is_old = self.free_at is None or now - self.free_at >= limits().full
        return None if is_old else self.free_spaces


@dataclass(frozen=True, slots=True)
class PlacePhotoRecord:
    """A photo of a place."""

    file_id: str | None  # where Telegram has it
    media_hash: str | None  # where the media folder has it


@dataclass(frozen=True, slots=True)
class KindRecord:
    """A kind of place to choose."""

    code: str
    names: Names
    icon: str


@dataclass(frozen=True, slots=True)
class FormRecord:
    """What is said so far of a place that is yet to be added."""

    asks: PlaceField | None  # what is asked next; None: all is said
    is_optional: bool  # whether that may be passed over
    kinds: tuple[KindRecord, ...]  # there are
    kind: KindRecord | None
    name_zh: str
    name_en: str
    address: str  # of the place that was sent
    has_point: bool
    photos: int
    facilities: tuple[str, ...]  # in the order of `data/places.toml`
    hours: str
    access: str
    phone: str
    spaces: int | None


@dataclass(frozen=True, slots=True)
class DoubtRecord:
    """What a visitor says is not right."""

    what: Wrong
    facility: str | None = None  # of one that is broken
    words: str | None = None


@dataclass(frozen=True, slots=True)
class KeeperRecord:
    """Somebody who looks after a place."""

    person_id: int
    name: str
