"""What somebody looks for among service places, and what views are given of those that are near."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cache

from storage.facilities import facilities
from storage.place_records import DoubtRecord, KindRecord, PlacePhotoRecord, PlaceRecord
from storage.places_kinds import Freshness, Voice

ROUND_THE_CLOCK = "24/7"
"""The hours of a place that never closes."""
MARK = 3
"""Signs that stand for a kind or a facility in a button."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for: any of these kinds (none: all), with all of these facilities, and they work."""

    kinds: frozenset[str] = frozenset()
    facilities: frozenset[str] = frozenset()
    is_open: bool = True  # now
    is_all_day: bool = False  # 24 hours, every day

    def pack(self) -> str:
        """Briefly, as a button carries it: `o-k3fa09-`. It does not depend on the order of `data/places.toml`."""
        flags = ("o" if self.is_open else "e") + ("d" if self.is_all_day else "")
        marks = ["".join(sorted(map(mark, codes))) for codes in (self.facilities, self.kinds)]
        return "-".join([flags, *marks])

    @classmethod
    def unpack(cls, packed: str, *, kinds: Iterable[str]) -> "Wanted":
        """From a button, which may be old or forged: what is not known (any more) is left out."""
        flags, *marks = (packed or "o").split("-")
        has, of = (_split(marks[at]) if at < len(marks) else () for at in (0, 1))
        return cls(
            kinds=frozenset(code for code in kinds if mark(code) in of),
            facilities=frozenset(code for code in facilities() if mark(code) in has),
            is_open="e" not in flags,
            is_all_day="d" in flags,
        )

    def with_facility(self, code: str) -> "Wanted":
        """With it, or without it where it was wanted."""
        return replace(self, facilities=self.facilities ^ {code})

    def with_kind(self, code: str) -> "Wanted":
        """Likewise a kind."""
        return replace(self, kinds=self.kinds ^ {code})


@cache
def mark(code: str) -> str:
    """What stands for the code of a kind or a facility in a button."""
    rest, signs = zlib.crc32(code.encode()) % len(_DIGITS) ** MARK, ""
    for _ in range(MARK):
        rest, digit = divmod(rest, len(_DIGITS))
        signs += _DIGITS[digit]
    return signs


def _split(marks: str) -> tuple[str, ...]:
    return tuple(marks[at : at + MARK] for at in range(0, len(marks), MARK))


@dataclass(frozen=True, slots=True)
class PlaceNow:
    """Whether one may go there, by its hours and by what its keeper says."""

    is_open: bool
    is_full: bool = False
    is_closed: bool = False  # who looks after it says so, whatever its hours say
    until: datetime | None = None  # when it closes, or opens; None: never, or nobody has said


class Answered(StrEnum):
    """What the search came to."""

    FOUND = "found"
    CLOSED = "closed"  # none of them is open: these are the nearest that are closed
    NONE = "none"  # there are places, none is what was wanted
    FAR = "far"  # there is no place at all for many kilometres


@dataclass(frozen=True, slots=True)
class NearPlace:
    """A place as it is at one moment, seen from where somebody is."""

    place: PlaceRecord
    now: PlaceNow
    freshness: Freshness
    last_word: tuple[datetime, Voice] | None = None  # when somebody last said that it is so, and in what capacity
    metres: float | None = None  # None: it is not known where he is


@dataclass(frozen=True, slots=True)
class StationRecord(NearPlace):
    """One place just now, with what depends on whom it is shown to."""

    photos: tuple[PlacePhotoRecord, ...] = ()  # in order
    reopens_at: datetime | None = None  # when it next opens by its hours, if it were closed now
    doubts: tuple[DoubtRecord, ...] = ()  # for who looks after it
    voice: Voice | None = None  # in what capacity the person says what is true of it; None: a visitor


@dataclass(frozen=True, slots=True)
class NearPlaces:
    """A page of places, the nearest first."""

    places: tuple[NearPlace, ...]
    answered: Answered
    wanted: Wanted
    kinds: tuple[KindRecord, ...]  # that there are
    page: int
    has_more: bool
    seen_at: datetime  # when the person said where he is
    location_id: int | None = None  # the message with the live location that his newest card follows
