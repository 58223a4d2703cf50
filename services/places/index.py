"""All service places in memory: those that are nearest, by distance on the ellipsoid.

A k-d tree knows places by their straight distance through the Earth (the chord), which is never longer than the way
along the ellipsoid and, within `REACH`, shorter by at most a known little. So the order of nearly all follows from the
chord alone; only where two may change places, or be equally far, both are measured by `services/distance.metres`.

A tree holds exactly those places that somebody may want (of these kinds, with these facilities, open now …). It is made
when first asked for, kept, and thrown away when a place changes, or (of open ones) when one opens or closes.
"""

import math
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy
from geographiclib.geodesic import Geodesic
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from services import distance
from services.distance import Point
from services.hours.opening import openness
from services.places import catalogue
from storage.near_places import ROUND_THE_CLOCK, Wanted
from storage.place_records import KindRecord, PlaceRecord
from storage.places_kinds import PlaceState

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

REACH = 100_000
"""Metres within which places are looked for at most."""
TREES = 64
"""Kept at a time; those that were not asked for longest go first."""
_MORE = 3
"""Places that are looked at beyond those that are wanted."""
_SLACK = 1e-4
"""Metres that a chord, or `distance.metres` on the plane (0.01 mm), may be wrong by, with a margin."""

_AXIS = Geodesic.WGS84.a
_POLAR = _AXIS * (1 - Geodesic.WGS84.f)
_ECCENTRICITY = Geodesic.WGS84.f * (2 - Geodesic.WGS84.f)
_CURVED = 2 * _POLAR**2 / _AXIS
"""Twice the least radius by which a way along the ellipsoid is curved: that of the meridian at the equator."""

_Mask = NDArray[numpy.bool_]


class Places:
    """All places at one version of the store; `refresh` before each question keeps them true."""

    def __init__(self, places: Iterable[PlaceRecord] = (), *, version: int = 0) -> None:
        self._known = _Known(tuple(places), version)

    def __len__(self) -> int:
        return len(self._known.places)

    @property
    def kinds(self) -> dict[str, KindRecord]:
        """The kinds of which there are places."""
        return self._known.kinds

    def get(self, place_id: int) -> PlaceRecord | None:
        """One place, if it is still there."""
        return self._known.by_id.get(place_id)

    def refresh(self, session: Session) -> None:
        """Take over what was changed since: one small query where nothing was.

        Only in reads: what a unit of work sees may still be undone. Several may run this at the same time: each builds
        on what was known when it began, and what is newest stays.
        """
        before = self._known
        version = catalogue.version(session)
        if version <= before.version:
            return
        changed = catalogue.changed_since(session, before.version)
        version = max([version, *(place.version for place in changed)])
        if version > self._known.version:  # else somebody else was quicker
            self._known = before.with_changes(changed, version)

    def is_current(self, session: Session) -> bool:
        """Whether nothing was changed since. A unit of work may ask this, too: it takes nothing over."""
        return catalogue.version(session) == self._known.version

    def nearest(
        self,
        point: Point,
        wanted: Wanted,
        *,
        most: int,
        within: float = REACH,
        now: datetime,
        zone: ZoneInfo,
    ) -> list[PlaceRecord]:
        """Those that are wanted, the nearest first, of two that are equally far the one with the lower id.

        ``within``: metres, at most `REACH`; ``now``: when they must be open, if that is wanted.
        """
        tree = self._known.tree(wanted, now=now, zone=zone)
        return tree.nearest(point, most=most, within=min(within, REACH))


@dataclass(frozen=True, slots=True)
class _Opening:
    """Which places are open, from one moment until before another."""

    zone: ZoneInfo
    since: datetime
    until: datetime | None
    mask: _Mask

    def holds(self, now: datetime, zone: ZoneInfo) -> bool:
        return self.zone == zone and self.since <= now and (self.until is None or now < self.until)


class _Known:
    """The places of one version, with all that was worked out about them."""

    def __init__(self, places: tuple[PlaceRecord, ...], version: int) -> None:
        """``places``: in the order of their ids, without removed ones."""
        self.places, self.version = places, version
        self.by_id = {place.id: place for place in places}
        self.kinds = {place.kind: KindRecord(place.kind, place.kind_names, place.icon) for place in places}
        self._spots = spots([place.point for place in places])
        self._bits = _Bits(places)
        self._opening: _Opening | None = None
        self._trees: OrderedDict[Wanted, _Tree] = OrderedDict()
        self._lock = Lock()

    def with_changes(self, changed: Sequence[PlaceRecord], version: int) -> "_Known":
        """The next version."""
        now = self.by_id | {place.id: place for place in changed}
        return _Known(tuple(now[one] for one in sorted(now) if not now[one].is_removed), version)

    def tree(self, wanted: Wanted, *, now: datetime, zone: ZoneInfo) -> "_Tree":
        """That of the places that are wanted. Units of work may ask in a thread of their own."""
        with self._lock:
            return self._tree_of(wanted, now, zone)

    def _tree_of(self, wanted: Wanted, now: datetime, zone: ZoneInfo) -> "_Tree":
        opened = self._open(now, zone) if wanted.is_open else None
        tree = self._trees.get(wanted)
        if tree is None:
            chosen = self._bits.matching(wanted)
            tree = self._trees[wanted] = self._grown(chosen if opened is None else chosen & opened)
            if len(self._trees) > TREES:
                self._trees.popitem(last=False)
        self._trees.move_to_end(wanted)
        return tree

    def _grown(self, chosen: _Mask) -> "_Tree":
        at = numpy.flatnonzero(chosen)
        return _Tree([self.places[one] for one in at.tolist()], self._spots[at])

    def _open(self, now: datetime, zone: ZoneInfo) -> _Mask:
        """Which are open; where that is no longer as it was, the trees of open ones are thrown away."""
        before = self._opening
        if before is not None and before.holds(now, zone):
            return before.mask
        mask, until = self._bits.open_at(now, zone)
        self._opening = _Opening(zone, now, until, mask)
        if before is not None and not numpy.array_equal(before.mask, mask):
            for wanted in [wanted for wanted in self._trees if wanted.is_open]:
                del self._trees[wanted]
        return mask


class _Bits:
    """What is asked of places, a column each."""

    def __init__(self, places: tuple[PlaceRecord, ...]) -> None:
        self._kinds, self._of_kind = _numbered([place.kind for place in places])
        self._hours, self._of_hours = _numbered([place.hours for place in places])
        sets, self._of_set = _numbered([place.works for place in places])
        self._sets = sets
        self._said = [(at, place) for at, place in enumerate(places) if place.state is not PlaceState.AS_ITS_HOURS]

    def matching(self, wanted: Wanted) -> _Mask:
        """All that does not depend on the hour."""
        chosen = self._picked([wanted.facilities <= one for one in self._sets], self._of_set)
        if wanted.kinds:
            chosen &= self._picked([one in wanted.kinds for one in self._kinds], self._of_kind)
        if wanted.is_all_day:
            chosen &= self._picked([one == ROUND_THE_CLOCK for one in self._hours], self._of_hours)
        return chosen

    def open_at(self, now: datetime, zone: ZoneInfo) -> tuple[_Mask, datetime | None]:
        """Which are open, and until when this is so at least."""
        found = [openness(text, now=now, zone=zone) for text in self._hours]
        changes = [one.until for one in found if one.until is not None]
        opened = self._picked([one.is_open for one in found], self._of_hours)
        for at, place in self._said:
            if catalogue.state_at(place, now) is PlaceState.CLOSED:
                opened[at] = False
            if place.state_until is not None and place.state_until > now:
                changes.append(place.state_until)
        return opened, min(changes, default=None)

    @staticmethod
    def _picked(of_each: list[bool], numbers: NDArray[numpy.intp]) -> _Mask:
        return numpy.array(of_each, dtype=bool)[numbers]


class _Tree:
    """Some of the places, by their spots."""

    def __init__(self, places: list[PlaceRecord], their_spots: NDArray[numpy.float64]) -> None:
        self._places = places
        self._tree = _grown(their_spots) if places else None

    def nearest(self, point: Point, *, most: int, within: float) -> list[PlaceRecord]:
        """See `Places.nearest`."""
        if self._tree is None or most < 1:
            return []
        looked, spot = most + _MORE, _spot(*point)
        while True:
            chords, at = self._tree.query(spot, looked, distance_upper_bound=within + _SLACK)
            far = float(chords[-1])
            if math.isinf(far) or far - _SLACK > _longest(float(chords[most - 1])):
                break
            looked *= 4
        found = [(chord, one) for chord, one in zip(chords.tolist(), at.tolist(), strict=True) if chord < math.inf]
        return [self._places[one] for one in self._in_order(found, point, most, within)][:most]

    def _in_order(self, found: list[tuple[float, int]], point: Point, most: int, within: float) -> list[int]:
        """By the way along the ellipsoid; what the chords leave open is measured."""
        ordered: list[int] = []
        run: list[int] = []  # these may be in any order
        edge = 0.0  # how far the farthest of them may be
        for chord, at in found:
            longest = _longest(chord)
            if longest > within and self._metres(point, at) > within:
                continue
            if run and chord - _SLACK > edge:
                ordered += self._measured(run, point)
                run = []
                if len(ordered) >= most:
                    return ordered
            run.append(at)
            edge = longest
        return ordered + self._measured(run, point)

    def _measured(self, run: list[int], point: Point) -> list[int]:
        if len(run) == 1:
            return run
        apart: dict[Point, float] = {}  # many may be at one spot
        for at in run:
            there = self._places[at].point
            if there not in apart:
                apart[there] = distance.metres(point, there)
        return sorted(run, key=lambda at: (apart[self._places[at].point], at))

    def _metres(self, point: Point, at: int) -> float:
        return distance.metres(point, self._places[at].point)


def spots(points: Sequence[Point]) -> NDArray[numpy.float64]:
    """Earth-centred coordinates of places on the ellipsoid, in metres, a row each.

    Snyder, Map Projections, USGS 1395 (1987), formula 4-20 for the radius across the meridian.
    """
    degrees = numpy.array(points, dtype=float).reshape(-1, 2)
    latitude, longitude = numpy.radians(degrees[:, 0]), numpy.radians(degrees[:, 1])
    across = _AXIS / numpy.sqrt(1 - _ECCENTRICITY * numpy.sin(latitude) ** 2)
    out = across * numpy.cos(latitude)
    up = across * (1 - _ECCENTRICITY) * numpy.sin(latitude)
    return numpy.column_stack([out * numpy.cos(longitude), out * numpy.sin(longitude), up])


def metres(one: Point, other: Point) -> float:
    """How far it is, to be shown: by the chord, which within `REACH` is good to a few centimetres and does not take a
    tenth of a millisecond, as the geodesic does.
    """
    return _longest(math.dist(_spot(*one), _spot(*other))) - _SLACK


def _spot(latitude: float, longitude: float) -> tuple[float, float, float]:
    """The same of one place, which is quicker so."""
    north, east = math.radians(latitude), math.radians(longitude)
    across = _AXIS / math.sqrt(1 - _ECCENTRICITY * math.sin(north) ** 2)
    out = across * math.cos(north)
    return out * math.cos(east), out * math.sin(east), across * (1 - _ECCENTRICITY) * math.sin(north)


def _longest(chord: float) -> float:
    """How long the way along the ellipsoid may be: of all curves that are nowhere curved more than a circle, none with
    this chord is longer than the circle's arc (Schur's comparison theorem).
    """
    arc: float = _CURVED * math.asin(min(1.0, chord / _CURVED))
    return arc + _SLACK


def _numbered(values: list[Any]) -> tuple[list[Any], NDArray[numpy.intp]]:
    """The different values, and the number of each one's."""
    numbers: dict[Any, int] = {}
    of_each = [numbers.setdefault(value, len(numbers)) for value in values]
    return list(numbers), numpy.array(of_each, dtype=numpy.intp)


def _grown(their_spots: NDArray[numpy.float64]) -> "cKDTree":
    from scipy.spatial import cKDTree  # only now: SciPy is some 25 MB, and a start need not wait for it

    return cKDTree(their_spots)
