"""All service places in memory, and the trees (`services/places/nearest.py`) that tell which are nearest.

A tree holds exactly those places that somebody may want (of these kinds, with these facilities, open now …). It is made
when first asked for, and kept as long as these are the same: what else changes of a place makes no tree anew.
"""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

import numpy
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from services.distance import Point
from services.hours.opening import openness
from services.places import catalogue
from services.places.nearest import REACH, Tree, spots
from storage.near_places import ROUND_THE_CLOCK, Wanted
from storage.place_records import KindRecord, PlaceRecord
from storage.places_kinds import PlaceState

TREES = 64
"""Kept at a time; those that were not asked for longest go first."""
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
        known = self._known
        tree = known.tree(wanted, now=now, zone=zone)
        return [known.places[at] for at in tree.nearest(known.places, point, most=most, within=min(within, REACH))]


@dataclass(frozen=True, slots=True)
class _Opening:
    """Which places are open, from one moment until before another."""

    zone: ZoneInfo
    since: datetime
    until: datetime | None
    mask: _Mask

    def holds(self, now: datetime, zone: ZoneInfo) -> bool:
        return self.zone == zone and self.since <= now and (self.until is None or now < self.until)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A tree, and what it was made of."""

    tree: Tree
    chosen: _Mask
    bits: "_Bits"
    opened: _Mask | None


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
        self._unseen: list[int] = []  # changed since that was worked out
        self._trees: OrderedDict[Wanted, _Kept] = OrderedDict()
        self._lock = Lock()

    def with_changes(self, changed: Sequence[PlaceRecord], version: int) -> "_Known":
        """The next version. Where no place came, went, moved or is of another kind, only what differs is made anew."""
        before = [self.by_id.get(place.id) for place in changed]
        if all(_is_patch(old, new) for old, new in zip(before, changed, strict=True)):
            return self._patched(changed, version)
        now = self.by_id | {place.id: place for place in changed}
        return _Known(tuple(now[one] for one in sorted(now) if not now[one].is_removed), version)

    def _patched(self, changed: Sequence[PlaceRecord], version: int) -> "_Known":
        with self._lock:
            new = copy(self)
            new._lock, new._trees, new.version = Lock(), OrderedDict(self._trees), version
        places, at_each = list(self.places), [self._bits.at(place) for place in changed]
        for at, place in zip(at_each, changed, strict=True):
            places[at] = place
        new.places, new.by_id = tuple(places), self.by_id | {place.id: place for place in changed}
        new._bits = self._bits.patched(dict(zip(at_each, changed, strict=True)))
        new._unseen = [*new._unseen, *at_each]
        return new

    def tree(self, wanted: Wanted, *, now: datetime, zone: ZoneInfo) -> Tree:
        """That of the places that are wanted. Units of work may ask in a thread of their own."""
        with self._lock:
            return self._tree_of(wanted, now, zone)

    def _tree_of(self, wanted: Wanted, now: datetime, zone: ZoneInfo) -> Tree:
        opened = self._open(now, zone) if wanted.is_open else None
        kept = self._trees.get(wanted)
        if kept is None or kept.bits is not self._bits or kept.opened is not opened:
            chosen = self._bits.matching(wanted)
            chosen = chosen if opened is None else chosen & opened
            is_same = kept is not None and numpy.array_equal(kept.chosen, chosen)
            tree = kept.tree if kept is not None and is_same else self._grown(chosen)
            kept = self._trees[wanted] = _Kept(tree, chosen, self._bits, opened)
            if len(self._trees) > TREES:
                self._trees.popitem(last=False)
        self._trees.move_to_end(wanted)
        return kept.tree

    def _grown(self, chosen: _Mask) -> Tree:
        at = numpy.flatnonzero(chosen)
        return Tree(at.tolist(), self._spots[at])

    def _open(self, now: datetime, zone: ZoneInfo) -> _Mask:
        """Which are open; where only some places were changed since, these are looked at alone."""
        before, unseen = self._opening, self._unseen
        if before is not None and before.holds(now, zone):
            if not unseen:
                return before.mask
            mask, until = self._bits.open_again(before.mask, unseen, self.places, now, zone)
            until = min((one for one in (until, before.until) if one is not None), default=None)
        else:
            mask, until = self._bits.open_at(now, zone)
        self._opening, self._unseen = _Opening(zone, now, until, mask), []
        return mask


class _Bits:
    """What is asked of places, a column each."""

    def __init__(self, places: tuple[PlaceRecord, ...]) -> None:
        self._kinds, self._of_kind = _numbered([place.kind for place in places])
        self._hours, self._of_hours = _numbered([place.hours for place in places])
        sets, self._of_set = _numbered([place.works for place in places])
        self._sets = sets
        self._said = {at: place for at, place in enumerate(places) if place.state is not PlaceState.AS_ITS_HOURS}
        self._ids = [place.id for place in places]

    def at(self, place: PlaceRecord) -> int:
        """Where it stands."""
        return bisect_left(self._ids, place.id)

    def patched(self, changed: dict[int, PlaceRecord]) -> "_Bits":
        """With other hours, facilities and states of these."""
        new = copy(self)
        new._hours, new._of_hours = _renumbered(self._hours, self._of_hours, {at: p.hours for at, p in changed.items()})
        new._sets, new._of_set = _renumbered(self._sets, self._of_set, {at: p.works for at, p in changed.items()})
        said = {at: place for at, place in changed.items() if place.state is not PlaceState.AS_ITS_HOURS}
        new._said = {at: place for at, place in self._said.items() if at not in changed} | said
        return new

    def open_again(
        self, before: _Mask, which: Iterable[int], places: Sequence[PlaceRecord], now: datetime, zone: ZoneInfo
    ) -> tuple[_Mask, datetime | None]:
        """The same as `open_at`, where all others are as they were before."""
        opened, changes = before.copy(), []
        for at in which:
            found = openness(places[at].hours, now=now, zone=zone)
            opened[at] = found.is_open and catalogue.state_at(places[at], now) is not PlaceState.CLOSED
            changes += [one for one in (found.until, places[at].state_until) if one is not None and one > now]
        return opened, min(changes, default=None)

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
        for at, place in self._said.items():
            if catalogue.state_at(place, now) is PlaceState.CLOSED:
                opened[at] = False
            if place.state_until is not None and place.state_until > now:
                changes.append(place.state_until)
        return opened, min(changes, default=None)

    @staticmethod
    def _picked(of_each: list[bool], numbers: NDArray[numpy.intp]) -> _Mask:
        return numpy.array(of_each, dtype=bool)[numbers]


def _is_patch(old: PlaceRecord | None, new: PlaceRecord) -> bool:
    """Whether the place stands where it stood, and is of the same kind."""
    if old is None or new.is_removed:
        return False
    return (old.point, old.kind, old.kind_names, old.icon) == (new.point, new.kind, new.kind_names, new.icon)


def _numbered(values: list[Any]) -> tuple[list[Any], NDArray[numpy.intp]]:
    """The different values, and the number of each one's."""
    numbers: dict[Any, int] = {}
    of_each = [numbers.setdefault(value, len(numbers)) for value in values]
    return list(numbers), numpy.array(of_each, dtype=numpy.intp)


def _renumbered(
    values: list[Any], of_each: NDArray[numpy.intp], changed: dict[int, Any]
) -> tuple[list[Any], NDArray[numpy.intp]]:
    """With other values at these places."""
    values, of_each = list(values), of_each.copy()
    for at, value in changed.items():
        if value not in values:
            values.append(value)
        of_each[at] = values.index(value)
    return values, of_each
