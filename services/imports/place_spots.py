"""Where the rows of a file of places lie: read, converted to WGS-84, and doubted where the row itself disagrees.

Whoever copies coordinates out of a Chinese map seldom knows that they are shifted. A row whose grid, or whose address
names a community or town, lies elsewhere as it is and there when it is read in another system, is asked about.
Most rows of a shifted file lie where they say all the same, half a kilometre off: so where more rows speak for another
system than for theirs, all of the file is (`refuse_other_system`).
"""

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import county
from services.county import County
from services.imports.results import NoGrids, Reason, SystemInQuestion
from services.imports.values import Unfit, code, text
from services.places.systems import MapSystem, Point, named, to_wgs
from storage.schema import Grid
from storage.tables import Row


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a row lies."""

    latitude: float  # WGS-84
    longitude: float
    is_elsewhere: bool  # not in the community or town that its address names, in whichever system it is read


@dataclass(frozen=True, slots=True)
class Land:
    """What a grid belongs to."""

    community: str
    town: str


class Spots:
    """Reads the place of one row after the other."""

    def __init__(self, session: Session, *, system: MapSystem | None) -> None:
        """``system``: of rows that name none; if it is given, nobody is asked about an address.

        Raises:
            NoGrids: there is no map to hold them against.
        """
        found = county.load(session)
        if found is None or not len(found):
            raise NoGrids
        self._county: County = found
        self._system = system
        rows = session.execute(select(Grid.code, Grid.community, Grid.town).where(Grid.removed_at.is_(None)))
        self._lands = {row.code: Land(row.community, row.town) for row in rows}
        self._communities = {land.community for land in self._lands.values()}
        self._towns = {land.town for land in self._lands.values()}
        self._speak_for: Counter[MapSystem] = Counter()  # rows that fit there, and not as they are
        self._speak_against: Counter[MapSystem] = Counter()  # rows that fit as they are, and not there

    def read(self, row: Row, *, address: str) -> Spot:
        """The place of a row.

        Raises:
            Unfit: it has none, or one that cannot be meant.
        """
        given, (system, is_sure) = _point(row), self._system_of(row)
        spot = to_wgs(given, system)
        grid = code(row, "grid") if row.values.get("grid", "").strip() else None
        if not is_sure:
            self._compare(given, system, grid=grid, address=address)
        self._refuse_outside(given, spot, system)
        if grid is not None:
            self._refuse_other_grid(grid, given, spot, system, is_sure=is_sure)
            return _spot(spot, is_elsewhere=False)
        is_there = self._is_where_it_says(address, spot)
        if not is_there and not is_sure:
            self._ask_about(given, spot, system, lambda point: self._is_where_it_says(address, point), named=address)
        return _spot(spot, is_elsewhere=not is_there)

    def refuse_other_system(self) -> None:
        """Refuse the file if those of its rows that tell systems apart speak for another than nobody has said.

        Raises:
            SystemInQuestion: they do.
        """
        for system, count in self._speak_for.most_common():
            if count > self._speak_against[system]:
                raise SystemInQuestion(count=count, system=system)

    def _compare(self, given: Point, system: MapSystem, *, grid: str | None, address: str) -> None:
        def fits(point: Point) -> bool:
            if not self._county.contains(*point):
                return False
            return self._code_at(point) == grid if grid is not None else self._is_where_it_says(address, point)

        is_here = fits(to_wgs(given, system))
        for other in MapSystem:
            if other is not system and fits(to_wgs(given, other)) is not is_here:
                (self._speak_against if is_here else self._speak_for)[other] += 1

    def _system_of(self, row: Row) -> tuple[MapSystem, bool]:
        """And whether somebody said so."""
        written = row.values.get("system", "").strip()
        if not written:
            return self._system or MapSystem.WGS_84, self._system is not None
        found = named(written)
        if found is None:
            raise Unfit(Reason.BAD_WORD, column="system", value=written, allowed=", ".join(MapSystem))
        return found, True

    def _refuse_outside(self, given: Point, spot: Point, system: MapSystem) -> None:
        if self._county.contains(*spot):
            return
        facts = _facts(given)
        if self._county.contains(*to_wgs((given[1], given[0]), system)):
            raise Unfit(Reason.SWAPPED, **facts)
        self._ask_about(given, spot, system, lambda point: self._county.contains(*point), named="")
        raise Unfit(Reason.OUT_OF_COUNTY, **facts)

    def _refuse_other_grid(self, grid: str, given: Point, spot: Point, system: MapSystem, *, is_sure: bool) -> None:
        if grid not in self._lands:
            raise Unfit(Reason.UNKNOWN_GRID, code=grid)
        if self._code_at(spot) == grid:
            return
        reason = Reason.OTHER_GRID_OR_SYSTEM if is_sure else Reason.OTHER_SYSTEM
        self._ask_about(given, spot, system, lambda point: self._code_at(point) == grid, named=grid, reason=reason)
        raise Unfit(Reason.OTHER_GRID, code=grid, actual=self._code_at(spot) or "—", **_facts(given))

    def _ask_about(
        self,
        given: Point,
        spot: Point,
        system: MapSystem,
        agrees: Callable[[Point], bool],
        *,
        named: str,
        reason: Reason = Reason.OTHER_SYSTEM,
    ) -> None:
        """Refuse the row if it would be right in another system."""
        for other in MapSystem:
            read = to_wgs(given, other)
            if other is not system and self._county.contains(*read) and agrees(read):
                there = {"actual": self._code_at(spot) or "—", "there": self._code_at(read) or "—"}
                raise Unfit(reason, said=system, system=other, named=named or "—", **there, **_facts(given))

    def _is_where_it_says(self, address: str, point: Point) -> bool:
        """Whether the place is in a community, or else a town, that the address names; one that names none says so."""
        here = self._lands.get(self._code_at(point) or "")
        communities = {one for one in self._communities if one in address}
        if communities:
            return here is not None and here.community in communities
        towns = {one for one in self._towns if one in address}
        return not towns or (here is not None and here.town in towns)

    def _code_at(self, point: Point) -> str | None:
        grid = self._county.grid_at(*point)
        return grid.code if grid is not None else None


def _point(row: Row) -> Point:
    """Latitude and longitude as they are given: in columns, or as a GeoJSON point."""
    written = _written(row)
    point = _number(written[0]), _number(written[1])
    if point == (0, 0):
        raise Unfit(Reason.ZERO_COORDINATES)
    if all(map(math.isfinite, point)) and abs(point[0]) > 90 >= abs(point[1]) and abs(point[0]) <= 180:
        raise Unfit(Reason.SWAPPED, **_facts(point))
    for column, value, number, most in zip(("latitude", "longitude"), written, point, (90, 180), strict=True):
        if not abs(number) <= most:  # nor a number at all
            raise Unfit(Reason.BAD_DEGREES, column=column, value=value, most=most)
    return point


def _number(value: str) -> float:
    try:
        return float(value) if value.isascii() else math.nan
    except ValueError:
        return math.nan


def _written(row: Row) -> tuple[str, str]:
    if row.shape is None and not {"latitude", "longitude"} & row.values.keys():
        raise Unfit(Reason.NO_POINT)
    if row.shape is None or row.values.get("latitude", "").strip():
        return text(row, "latitude", most=40), text(row, "longitude", most=40)
    if not isinstance(row.shape, dict) or row.shape.get("type") != "Point":
        kind = row.shape.get("type") if isinstance(row.shape, dict) else None
        raise Unfit(Reason.NOT_POINT, kind=str(kind)[:40])
    given = row.shape.get("coordinates")
    if not isinstance(given, list) or len(given) < 2 or not all(type(one) in (int, float) for one in given[:2]):
        raise Unfit(Reason.BAD_COORDINATES, latitude="?", longitude="?")
    return str(given[1]), str(given[0])


def _facts(point: Point) -> dict[str, str]:
    return {"latitude": f"{point[0]:.6f}", "longitude": f"{point[1]:.6f}"}


def _spot(point: Point, *, is_elsewhere: bool) -> Spot:
    return Spot(round(point[0], 6), round(point[1], 6), is_elsewhere)
