"""The places of the sample county: towns and communities grown over the land, codes, names, households.

A code such as `DY-001-03` is the third grid of the first community: it sorts by place and can be said on the phone.
"""

import heapq
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random  # noqa: TID251 - handed on from the one fixed seed
from typing import TypedDict

from sample_county.land import MARKETS, Cell

URBAN_COMMUNITY, RURAL_COMMUNITY = 7.5, 12.2
"""Grids of a community, about."""


class Names(TypedDict):
    """What `data/sample-county/names.json` holds."""

    county_town: str
    towns: list[str]
    urban_communities: list[str]
    community_ending: str
    village_ending: str
    streets: list[str]
    stretches: list[str]
    village_heads: list[str]
    village_tails: list[str]
    place_heads: list[str]
    place_tails: list[str]
    surnames: list[str]
    given_first: list[str]
    given_second: list[str]
    letters: dict[str, str]  # how each sign of a place's name is said, in Latin letters


@dataclass(frozen=True)
class Place:
    """What is known of a cell besides its land."""

    code: str
    name: str
    is_urban: bool
    town: str
    community: str
    households: int


def name_places(cells: list[Cell], names: Names, rng: Random) -> list[Place]:
    """Give each cell its town, community, code and name; in the order of the cells."""
    villages = [
        f"{head}{tail}{names['village_ending']}" for tail in names["village_tails"] for head in names["village_heads"]
    ]
    rng.shuffle(villages)
    urban_names = iter([f"{name}{names['community_ending']}" for name in names["urban_communities"]])
    rural_names = iter(villages)
    streets = _shuffled((f"{street}{part}" for street in names["streets"] for part in names["stretches"]), rng)
    hamlets = _shuffled((f"{head}{tail}" for head in names["place_heads"] for tail in names["place_tails"]), rng)

    places: dict[int, Place] = {}
    number = 0
    for town, members in zip((names["county_town"], *names["towns"]), grow_towns(cells), strict=True):
        for community in grow_communities(cells, members):
            number += 1
            is_urban = cells[community[0]].is_urban
            title = next(urban_names if is_urban else rural_names)
            for place, index in enumerate(community, start=1):
                name = next(streets if is_urban else hamlets)
                households = rng.randint(300, 500) if is_urban else rng.randint(22, 88)
                places[index] = Place(f"DY-{number:03}-{place:02}", name, is_urban, town, title, households)
    return [places[index] for index in range(len(cells))]


def grow_towns(cells: list[Cell]) -> list[list[int]]:
    """Share all cells among the towns, each in one piece; first the county town with every urban cell."""
    urban = [index for index, cell in enumerate(cells) if cell.is_urban]
    markets = [[_nearest(cells, range(len(cells)), market)] for market in MARKETS]
    return grow(cells, range(len(cells)), sources=[urban, *markets])


def grow_communities(cells: list[Cell], members: list[int]) -> list[list[int]]:
    """Share a town's cells among communities, urban and rural apart; each community in the order of a walk."""
    communities: list[list[int]] = []
    for is_urban, size in ((True, URBAN_COMMUNITY), (False, RURAL_COMMUNITY)):
        part = [index for index in members if cells[index].is_urban is is_urban]
        if part:
            count = max(1, round(len(part) / size))
            pieces = divide(cells, part, count=count)
            communities += sorted(pieces, key=lambda piece: -_middle(cells, piece)[1])  # from north to south
    return [_walk(cells, piece) for piece in communities]


def divide(cells: list[Cell], part: list[int], *, count: int) -> list[list[int]]:
    """Cut a set of cells into pieces of like size: spread centres, grow, move each centre to the middle, again."""
    centres = [part[0]]
    while len(centres) < count:
        centres.append(max(part, key=lambda index: min(_distance(cells, index, centre) for centre in centres)))
    for _ in range(6):
        pieces = grow(cells, part, sources=[[centre] for centre in centres])
        centres = [_nearest(cells, piece, _middle(cells, piece)) for piece in pieces]
    return grow(cells, part, sources=[[centre] for centre in centres])


def grow(cells: list[Cell], area: Iterable[int], *, sources: Sequence[Sequence[int]]) -> list[list[int]]:
    """Give each cell of an area to the source it is nearest to on foot, so that every share is in one piece."""
    open_cells = set(area)
    shares: list[list[int]] = [[] for _ in sources]
    queue = [(0.0, start, share) for share, starts in enumerate(sources) for start in starts]
    heapq.heapify(queue)
    while queue:
        far, index, share = heapq.heappop(queue)
        if index in open_cells:
            open_cells.remove(index)
            shares[share].append(index)
            for other in cells[index].neighbours:
                if other in open_cells:
                    heapq.heappush(queue, (far + _distance(cells, index, other), other, share))
    if open_cells:
        raise ValueError(f"{len(open_cells)} cells cannot be reached from any source")
    return shares


def communities_of(places: list[Place]) -> dict[str, list[Place]]:
    """The places of each community, both in the order of the codes."""
    groups: dict[str, list[Place]] = {}
    for place in sorted(places, key=lambda place: place.code):
        groups.setdefault(place.community, []).append(place)
    return groups


def _walk(cells: list[Cell], piece: list[int]) -> list[int]:
    """Order cells so that most follow a neighbour, from the west."""
    left = set(piece)
    here = min(left, key=lambda index: cells[index].seed)
    order = [here]
    left.remove(here)
    while left:
        here = min(left, key=lambda index: (_distance(cells, here, index), index))
        order.append(here)
        left.remove(here)
    return order


def _shuffled(words: Iterable[str], rng: Random) -> Iterator[str]:
    different = list(dict.fromkeys(words))
    rng.shuffle(different)
    return iter(different)


def _distance(cells: list[Cell], one: int, other: int) -> float:
    return math.dist(cells[one].seed, cells[other].seed)


def _nearest(cells: list[Cell], among: Iterable[int], point: tuple[float, float]) -> int:
    return min(among, key=lambda index: (math.dist(cells[index].seed, point), index))


def _middle(cells: list[Cell], piece: list[int]) -> tuple[float, float]:
    xs, ys = zip(*(cells[index].seed for index in piece), strict=True)
    return sum(xs) / len(piece), sum(ys) / len(piece)
