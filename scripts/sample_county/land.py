"""The land of the sample county: an outline, cut without gaps into a compact town and the country around it.

Grids are Voronoi cells of scattered points. Their borders are rounded once, as one net of lines, before the net is
cut into faces: two neighbours therefore have the very same vertices, and nothing lies between them or twice.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from random import Random  # noqa: TID251 - handed on from the one fixed seed

import shapely
from shapely import LineString, MultiPoint, Point, Polygon

URBAN, RURAL = 58, 1366
CENTRE_LON, CENTRE_LAT = 114.36, 25.40
AREA_KM2 = 1350.0
TOWN_CENTRE, TOWN_RADIUS = (-3.1, -2.4), 1.9
"""Of the built-up area: kilometres east and north of the centre, and kilometres."""
MARKETS = ((-15, 6), (-9, 12), (-2, 16), (6, 12), (12, 6), (15, -3), (8, -9), (2, -15), (-8, -12), (-13, -5))
"""Where the country towns have their markets, as for TOWN_CENTRE: grids are smaller around them."""

KM_A_DEGREE_LAT = 110.78  # on the WGS-84 ellipsoid at 25.4° N
KM_A_DEGREE_LON = 100.66
PRECISION = 1e-6
"""Degrees; about 0.1 m."""
ROUNDS = 3
"""Of Lloyd's relaxation (each point moves to the middle of its cell), which rounds the cells off."""
WINDING_KM = 0.45
"""Borders longer than this wind like streams and ridges; shorter ones are straight."""

Km = tuple[float, float]
"""Kilometres east and north of the county's centre."""


@dataclass(frozen=True)
class Cell:
    """One grid's land."""

    seed: Km
    is_urban: bool
    outline: Polygon  # degrees, longitude before latitude, anticlockwise
    neighbours: tuple[int, ...]  # indexes of the cells that share a border (not only a corner)


def make_cells(rng: Random) -> list[Cell]:
    """Cut the county into cells, the urban ones first."""
    county = outline(rng)
    seeds = relax(scatter(county, rng), county)
    faces = cut(seeds, county, rng)
    tree = shapely.STRtree(faces)
    touching: list[set[int]] = [set() for _ in faces]
    for one, other in zip(*tree.query(faces, predicate="intersects").tolist(), strict=True):
        if one != other and faces[one].intersection(faces[other]).length > 0:
            touching[one].add(other)
    return [
        Cell(seed, number < URBAN, face, tuple(sorted(touching[number])))
        for number, (seed, face) in enumerate(zip(seeds, faces, strict=True))
    ]


def inside(cell: Cell, rng: Random) -> tuple[float, float]:
    """A place in the cell: latitude and longitude, six decimals."""
    west, south, east, north = cell.outline.bounds
    while True:
        lon, lat = round(rng.uniform(west, east), 6), round(rng.uniform(south, north), 6)
        if shapely.contains_properly(cell.outline, Point(lon, lat)):
            return lat, lon


def outline(rng: Random) -> Polygon:
    """An uneven closed line around the centre that holds about the county's area; in kilometres."""
    waves = [(k, 0.22 / k, rng.uniform(0, math.tau)) for k in range(2, 15)]
    angles = [math.tau * step / 48 for step in range(48)]
    radii = [1 + sum(high * math.cos(k * angle + shift) for k, high, shift in waves) for angle in angles]
    unit = Polygon([(r * math.cos(angle), r * math.sin(angle)) for r, angle in zip(radii, angles, strict=True)])
    scale = math.sqrt(AREA_KM2 / unit.area)
    corners = [(x * scale, y * scale) for x, y in unit.exterior.coords]
    return Polygon([point for side in pairwise(corners) for point in _wind(*side, rng)[:-1]])


def scatter(county: Polygon, rng: Random) -> list[Km]:
    """Scatter the points: evenly in the town, thinning out with the distance from a market elsewhere."""
    town = Point(TOWN_CENTRE).buffer(TOWN_RADIUS)
    town_points = _draw(rng, URBAN, lambda point: town.covers(Point(point)))
    country = county.difference(town.buffer(0.25))
    shapely.prepare(country)

    def fits(point: Km) -> bool:
        near = min(math.dist(point, market) for market in (*MARKETS, TOWN_CENTRE))
        return rng.random() < 0.3 + 0.7 * math.exp(-((near / 4) ** 2)) and country.covers(Point(point))

    return town_points + _draw(rng, RURAL, fits)


def _draw(rng: Random, count: int, fits: Callable[[Km], bool]) -> list[Km]:
    points: list[Km] = []
    while len(points) < count:
        point = (rng.uniform(-40, 40), rng.uniform(-40, 40))
        if fits(point):
            points.append(point)
    return points


def relax(seeds: list[Km], county: Polygon) -> list[Km]:
    """Even the cells out a little, keeping the order of the points."""
    for _ in range(ROUNDS):
        middles = [cell.intersection(county).centroid for cell in _voronoi(seeds, county)]
        seeds = [(middle.x, middle.y) for middle in middles]
    return seeds


def cut(seeds: list[Km], county: Polygon, rng: Random) -> list[Polygon]:
    """Cut the county along the Voronoi borders; one face a seed, in the seeds' order, in degrees."""
    cells = [cell.intersection(county) for cell in _voronoi(seeds, county)]
    sides = [cell.boundary for cell in cells]
    borders = shapely.unary_union(sides, grid_size=1e-5)  # so that a border is there once, not from each side
    edges = [edge for line in shapely.get_parts(borders) for edge in pairwise(line.coords)]
    winding = [LineString([_degrees(point) for point in _wind(*edge, rng)]) for edge in edges]
    net = shapely.unary_union(winding, grid_size=PRECISION)
    found_faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(net).tolist()))
    faces: list[Polygon] = shapely.orient_polygons(found_faces).tolist()
    tree = shapely.STRtree(faces)
    found = tree.query([Point(_degrees(seed)) for seed in seeds], predicate="within")
    owner = dict(zip(*found.tolist(), strict=True))
    if len(faces) != len(seeds) or len(set(owner.values())) != len(seeds):
        raise ValueError(f"{len(faces)} faces for {len(seeds)} grids: the outline is too rough for this seed")
    return [faces[owner[number]] for number in range(len(seeds))]


def _voronoi(seeds: list[Km], county: Polygon) -> list[Polygon]:
    diagram = shapely.voronoi_polygons(MultiPoint(seeds), extend_to=county.buffer(5), ordered=True)
    return list(diagram.geoms)


def _wind(start: Km, end: Km, rng: Random) -> list[Km]:
    """Bend a long border sideways in its middle, and each half again."""
    long = math.dist(start, end)
    if long < WINDING_KM:
        return [start, end]
    aside = rng.uniform(-0.1, 0.1)
    middle = (
        (start[0] + end[0]) / 2 - aside * (end[1] - start[1]),
        (start[1] + end[1]) / 2 + aside * (end[0] - start[0]),
    )
    return _wind(start, middle, rng)[:-1] + _wind(middle, end, rng)


def _degrees(point: Km) -> tuple[float, float]:
    return CENTRE_LON + point[0] / KM_A_DEGREE_LON, CENTRE_LAT + point[1] / KM_A_DEGREE_LAT
