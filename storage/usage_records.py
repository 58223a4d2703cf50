"""How much service places are used. Only counts are kept: who was where is forgotten after a day."""

from dataclasses import dataclass

from storage.figures import Period
from storage.place_records import Names

Week = tuple[tuple[int, ...], ...]
"""Seven days from Monday, 24 hours each."""


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How often people checked in at one place."""

    place_id: int
    code: str
    names: Names
    kind_names: Names
    count: int
    week: Week


@dataclass(frozen=True, slots=True)
class UsageRecord:
    """How often people checked in within some days, by the county's clocks."""

    period: Period
    places: tuple[PlaceCount, ...]  # the most used first; those that nobody used are left out
    place: PlaceCount | None = None  # if one was asked for

    @property
    def total(self) -> int:
        """All of it."""
        return self.place.count if self.place is not None else sum(one.count for one in self.places)

    @property
    def week(self) -> Week:
        """All of it, by weekday and hour."""
        if self.place is not None:
            return self.place.week
        return tuple(tuple(sum(one.week[day][hour] for one in self.places) for hour in range(24)) for day in range(7))

    @property
    def busiest(self) -> tuple[int, int] | None:
        """The weekday and the hour at which most came; None: nobody did. Of several the first."""
        most = max((count for day in self.week for count in day), default=0)
        if most == 0:
            return None
        return next((day, hour) for day in range(7) for hour in range(24) if self.week[day][hour] == most)
