"""Where a warning goes: what an administrator has typed, and who is there.

Grids by their codes or names, towns, communities, places by their codes or names: all of it in one line, in any order.
How near to a place stands at the end («500 m»).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from math import cos, radians

import shapely
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.county import County
from services.distance import Point, metres
from services.errors import NoWords
from services.places import lookup
from services.places.errors import WarningAmbiguous, WarningFar, WarningNowhere
from storage.facilities import warn_limits
from storage.kinds import Language, ReporterKind
from storage.place_records import NamedPlace
from storage.schema import Grid, LastPlace, Person, ServicePlace
from storage.warning_records import Area, NamedArea

LEAST_METRES = 50
NAMED = 5
"""Codes that are offered where a name has several."""
DEGREE = 110_000
"""Metres that a degree of latitude has at least."""
_BETWEEN = re.compile(r"[,，、;；\n]+")

Found = tuple[set[str], set[int]]
"""Grids' codes and places' ids."""
Named = tuple[str, Found]
"""With the code of what is found."""


def read(session: Session, *, text: str) -> Area:
    """What was typed.

    Raises:
        NoWords: nothing was.
        WarningNowhere, WarningAmbiguous: a name is unknown, or has several.
        WarningFar: of the metres.
    """
    said, metres_ = _metres(_folded(text))
    pieces = [piece for piece in map(str.strip, _BETWEEN.split(said)) if piece]
    if not pieces:
        raise NoWords
    names = _Names(session)
    codes: set[str] = set()
    ids: set[int] = set()
    for piece in pieces:
        for found_codes, found_ids in names.find(piece):
            codes |= found_codes
            ids |= found_ids
    return Area(tuple(sorted(codes)), tuple(sorted(ids)), metres_ if ids else 0)


def check_metres(count: int) -> int:
    """So near to a place, if somebody may mean that.

    Raises:
        WarningFar: it is too little, or too much.
    """
    if not LEAST_METRES <= count <= warn_limits().most_metres:
        raise WarningFar(least=LEAST_METRES, most=warn_limits().most_metres)
    return count


def named(session: Session, area: Area) -> NamedArea:
    """With what its places are called, also those that are gone."""
    columns = ServicePlace.name_zh, ServicePlace.name_en
    rows = session.execute(select(*columns).where(ServicePlace.id.in_(area.place_ids)).order_by(ServicePlace.id))
    return NamedArea(area, tuple({Language.ZH: row.name_zh, Language.EN: row.name_en} for row in rows))


def riders(session: Session, area: Area, *, county: County, now: datetime) -> list[int]:
    """The riders who are there, by where they last said they are.

    Riders alone: they are out on the road, and said so themselves. Nobody asked residents whether they want warnings
    from here, and who gets what he never wanted mutes the chat that is to tell him of his reports.
    """
    is_rider = Person.kind == ReporterKind.RIDER, Person.is_reachable, Person.telegram_id.is_not(None)
    if area.is_everywhere:
        return list(session.scalars(select(Person.id).where(*is_rider).order_by(Person.id)))
    columns = LastPlace.person_id, LastPlace.latitude, LastPlace.longitude
    seen = select(*columns).join(Person, Person.id == LastPlace.person_id).where(*is_rider)
    lately = seen.where(LastPlace.at > now - warn_limits().seen).order_by(LastPlace.person_id)
    lies_in = inside(session, area, county=county)
    return [row.person_id for row in session.execute(lately) if lies_in((row.latitude, row.longitude))]


def inside(session: Session, area: Area, *, county: County) -> Callable[[Point], bool]:
    """Tells of a point whether it is in the area."""
    if area.is_everywhere:
        return lambda _: True
    codes = frozenset(area.grid_codes)
    places = _spots(session, area)

    def lies_in(point: Point) -> bool:
        if codes and (grid := county.grid_at(*point)) is not None and grid.code in codes:
            return True
        return any(_is_near(point, place, area.metres) for place in places)

    return lies_in


def reached(session: Session, area: Area) -> Callable[[Point], bool]:
    """Tells of a point whether what is warned of may reach it: nobody is sent there. The whole county tells nothing.

    For who has no map in memory; a point on a border is reached from both sides.
    """
    outlines = select(Grid.outline).where(Grid.code.in_(area.grid_codes), Grid.removed_at.is_(None))
    shapes = shapely.from_wkb(session.scalars(outlines).all())
    places = _spots(session, area)
    return lambda point: (
        bool(shapely.intersects_xy(shapes, point[1], point[0]).any())
        or any(_is_near(point, place, area.metres) for place in places)
    )


def _spots(session: Session, area: Area) -> list[Point]:
    columns = ServicePlace.latitude, ServicePlace.longitude
    return [(row[0], row[1]) for row in session.execute(select(*columns).where(ServicePlace.id.in_(area.place_ids)))]


def _is_near(point: Point, place: Point, most: int) -> bool:
    """Most are out of the question at a glance: to measure takes a hundred times as long."""
    north, east = abs(point[0] - place[0]), abs(point[1] - place[1]) * cos(radians(max(abs(point[0]), abs(place[0]))))
    return max(north, east) * DEGREE <= most and metres(point, place) <= most


class _Names:
    """All grids, and what they belong to, by how people write it; places are looked up (`lookup.py`)."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._codes: dict[str, Named] = {}
        self._lands: defaultdict[str, list[Named]] = defaultdict(list)
        self._names: defaultdict[str, list[Named]] = defaultdict(list)
        columns = Grid.code, Grid.name, Grid.community, Grid.town
        for grid in session.execute(select(*columns).where(Grid.removed_at.is_(None)).order_by(Grid.code)):
            one: Named = (grid.code, ({grid.code}, set()))
            self._codes[_folded(grid.code)] = one
            for land in {_folded(grid.town), _folded(grid.community)} - {""}:
                self._lands[land].append(one)
            self._names[_folded(grid.name)].append(one)

    def find(self, piece: str) -> Iterable[Found]:
        """What is called so: by its code; all grids of a town or community; one name; else each of its words."""
        ways = ([_place(one) for one in those] for those in lookup.ways(self._session, text=piece))
        with_code = [*([self._codes[piece]] if piece in self._codes else []), *next(ways)]
        if with_code:
            return [with_code[0][1]]
        if piece in self._lands:
            return [found for _, found in self._lands[piece]]
        partly = [one for name, those in self._names.items() if piece in name for one in those]
        for called in (self._names.get(piece, []), partly):
            if there := [*called, *next(ways)]:
                return [_only(piece, there)]
        words = piece.split()
        if len(words) > 1:
            return [found for word in words for found in self.find(word)]
        raise WarningNowhere(text=piece[:40])


def _place(one: NamedPlace) -> Named:
    return one.code, (set(), {one.id})


def _only(piece: str, called: list[Named]) -> Found:
    found = dict(called)
    if len(found) > 1:
        codes = ", ".join(list(found)[:NAMED])
        raise WarningAmbiguous(text=piece[:40], names=codes if len(found) <= NAMED else f"{codes} …")
    return called[0][1]


def _metres(text: str) -> tuple[str, int]:
    """The text without how near to a place, and that."""
    found = _nearness().search(text)
    if found is None:
        return text, warn_limits().metres
    count = float(found["count"]) * warn_limits().units[found["unit"]]
    rest = re.sub(_around(), " ", text[: found.start()]).strip()
    return rest, check_metres(round(count))


@cache
def _nearness() -> re.Pattern[str]:
    """«500 m», «1.5公里以内», at the end."""
    units = "|".join(sorted(map(re.escape, warn_limits().units), key=len, reverse=True))
    near = "|".join(map(re.escape, warn_limits().near_words))
    return re.compile(rf"(?P<count>\d{{1,6}}(?:\.\d+)?)\s*(?P<unit>{units})(?:\s*(?:{near}))?\s*$")


@cache
def _around() -> re.Pattern[str]:
    """«within» before the metres, «附近» behind a name."""
    words = warn_limits().near_words
    letters = "|".join(re.escape(one) for one in words if one.isascii())  # these stand apart from a name
    others = "|".join(re.escape(one) for one in words if not one.isascii())
    return re.compile(rf"(?:(?:^|[\s,;])(?:{letters})|(?:{others}))\s*$")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
