"""The sample county is what its README says, and the script in the tree is what made it."""

import csv
import json
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import shapely

from services.hours.opening import tidy
from services.imports import pictures
from services.imports.grids import import_grids
from services.imports.merchants import import_merchants
from services.imports.officers import import_officers
from services.imports.places import import_places
from services.imports.results import Imported
from services.imports.teams import import_teams
from services.merchants import listing
from services.parts import Place
from storage.kinds import Language, PlaceSource
from storage.media import MediaFolder
from storage.schema import Person
from storage.store import Store
from storage.tables import read_table
from tests.moment import NOW

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "data" / "sample-county"
KM2_A_SQUARE_DEGREE = 110.78 * 100.66
"""At 25.4° N."""


@cache
def features() -> list[dict[str, Any]]:
    """The grids as the file has them."""
    content: dict[str, Any] = json.loads((FOLDER / "grids.geojson").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = content["features"]
    return found


@cache
def outlines() -> list[shapely.Polygon]:
    """In the order of `features`."""
    return [shapely.Polygon(feature["geometry"]["coordinates"][0]) for feature in features()]


@cache
def officers() -> list[dict[str, str]]:
    """The lines of `officers.csv`."""
    with (FOLDER / "officers.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_script_writes_these_very_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "scripts" / "make_sample_county.py", tmp_path], check=True)
    for name in ("grids.geojson", "officers.csv", "teams.csv", "leads.csv", "merchants.csv", "places.csv"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), name


def test_the_files_are_of_moderate_size() -> None:
    assert (FOLDER / "grids.geojson").stat().st_size < 1_500_000
    assert (FOLDER / "officers.csv").stat().st_size < 1_500_000


def test_grids_cover_the_county_without_gap_or_overlap() -> None:
    assert shapely.coverage_is_valid(outlines())
    county = shapely.union_all(outlines())
    assert isinstance(county, shapely.Polygon)
    assert list(county.interiors) == []
    assert sum(outline.area for outline in outlines()) == pytest.approx(county.area, rel=1e-9)
    assert county.area * KM2_A_SQUARE_DEGREE == pytest.approx(1350, rel=0.01)
    assert county.contains(shapely.Point(114.36, 25.40))


def test_outlines_follow_the_standard() -> None:
    for outline in outlines():
        assert outline.is_valid
        assert outline.exterior.is_ccw
    for feature in features():
        for lon, lat in feature["geometry"]["coordinates"][0]:
            assert (round(lon, 6), round(lat, 6)) == (lon, lat)
            assert 114 < lon < 115 < 180 - lat


def test_there_are_as_many_grids_as_promised() -> None:
    known = [feature["properties"] for feature in features()]
    assert Counter(grid["kind"] for grid in known) == {"urban": 58, "rural": 1366}
    assert all(300 <= grid["households"] <= 500 for grid in known if grid["kind"] == "urban")
    assert len({grid["code"] for grid in known}) == len({grid["name"] for grid in known}) == len(known)
    assert [grid["code"] for grid in known] == sorted(grid["code"] for grid in known)
    assert len({grid["town"] for grid in known}) == 11
    assert len({grid["community"] for grid in known}) == 120
    assert len({(grid["town"], grid["community"]) for grid in known}) == 120


@pytest.mark.parametrize("column", ["town", "community"])
def test_towns_and_communities_lie_in_one_piece(column: str) -> None:
    members = defaultdict(list)
    for feature, outline in zip(features(), outlines(), strict=True):
        members[feature["properties"][column]].append(outline)
    scattered = [name for name, part in members.items() if shapely.union_all(part).geom_type != "Polygon"]
    assert scattered == []


def test_the_town_is_compact() -> None:
    town = shapely.union_all(
        [
            outline
            for feature, outline in zip(features(), outlines(), strict=True)
            if feature["properties"]["kind"] == "urban"
        ]
    )
    assert town.geom_type == "Polygon"
    assert town.area * KM2_A_SQUARE_DEGREE < 25
    assert town.area / town.convex_hull.area > 0.85


def test_every_grid_has_one_primary_and_every_urban_one_a_deputy_near_by() -> None:
    known = {feature["properties"]["code"]: feature["properties"] for feature in features()}
    primaries: Counter[str] = Counter()
    deputies: set[str] = set()
    for officer in officers():
        pairs = list(zip(officer["grid"].split(";"), officer["duty"].split(";"), strict=True))
        assert {known[code]["community"] for code, _ in pairs} == {officer["community"]}
        primaries.update(code for code, duty in pairs if duty == "primary")
        deputies.update(code for code, duty in pairs if duty == "deputy")
    assert set(primaries) == set(known)
    assert set(primaries.values()) == {1}
    assert {code for code, grid in known.items() if grid["kind"] == "urban"} <= deputies


def test_officers_are_made_up() -> None:
    assert len(officers()) == 774
    assert len({officer["name"] for officer in officers()}) == 774
    assert [officer["phone"] for officer in officers()] == [f"199-0000-{number:04}" for number in range(1, 775)]


def test_teams_are_made_up_and_each_has_a_lead_and_two_deputies() -> None:
    with (FOLDER / "teams.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {line["phone"][:9] for line in lines} == {"199-0001-"}
    assert len({line["phone"] for line in lines}) == len(lines) == 93
    assert not {line["member"] for line in lines} & {officer["name"] for officer in officers()}
    ranks = defaultdict(list)
    for line in lines:
        ranks[line["code"]].append(line["rank"])
    assert set(map(tuple, ranks.values())) == {("lead", "deputy", "deputy")}
    assert {line["town"] for line in lines} - {""} == {feature["properties"]["town"] for feature in features()}


def test_shops_are_made_up_and_lie_in_the_county() -> None:
    with (FOLDER / "merchants.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = {line["code"]: line for line in csv.DictReader(file)}
    assert len(lines) == 128 == len({line["name_zh"] for line in lines.values()})
    assert {line["phone"][:9] for line in lines.values()} == {"199-0003-"}
    county = shapely.union_all(outlines())
    places = [shapely.Point(float(line["longitude"]), float(line["latitude"])) for line in lines.values()]
    assert all(county.covers(place) for place in places)
    assert 20 < sum(int(line["meals"]) > 0 for line in lines.values()) < 40
    assert len({line["category"] for line in lines.values()}) == 9


async def test_the_shop_of_the_demo_is_the_first_at_any_hour(store: Store) -> None:
    people = tomllib.loads((FOLDER.parent / "demo.toml").read_text(encoding="utf-8"))["people"]
    (code,) = [one["shop"] for one in people if "shop" in one]
    table = read_table(FOLDER / "merchants.csv")
    await store.write(import_merchants, table=table, skip_bad=False, now=NOW, progress=lambda done, of: None)
    await store.write(lambda session: session.add(Person(id=1, name="Li", language=Language.ZH, joined_at=NOW)))
    for latitude, longitude in [one["looks_from"] for one in people if "looks_from" in one]:
        place = Place(latitude, longitude, PlaceSource.PIN)
        await store.write(listing.look_from, person_id=1, place=place, now=NOW)
        for hour in range(24):
            now = NOW + timedelta(hours=hour)
            page = await store.read(listing.page, person_id=1, page=0, now=now)
            assert page.shops[0].code == code
            assert page.shops[0].is_open


def test_service_places_are_made_up_and_lie_in_their_grids() -> None:
    with (FOLDER / "places.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert Counter(line["kind"] for line in lines) == {"station": 24, "shop": 120, "compound": 29, "centre": 6}
    assert len({line["code"] for line in lines}) == len({line["name_zh"] for line in lines}) == len(lines)
    assert {line["phone"][:9] for line in lines} == {"199-0004-"}
    assert {tidy(line["hours"]) for line in lines if line["kind"] == "station"} == {"24/7"}
    assert sum(int(line["spaces"] or 0) for line in lines) == 60
    assert all((line["spaces"] != "") is (line["kind"] == "compound") for line in lines)
    grids = {
        feature["properties"]["code"]: (feature["properties"], outline)
        for feature, outline in zip(features(), outlines(), strict=True)
    }
    for line in lines:
        known, outline = grids[line["grid"]]
        assert outline.contains(shapely.Point(float(line["longitude"]), float(line["latitude"])))
        assert line["address"].startswith(known["town"] + known["community"])
        assert line["address_en"].isascii()
        assert line["photos"].startswith(f"photos/{line['kind']}-")
    assert {grids[line["grid"]][0]["town"] for line in lines} == {grid["town"] for grid, _ in grids.values()}


async def test_the_whole_county_can_be_imported(store: Store, tmp_path: Path) -> None:
    async def take() -> tuple[Imported, ...]:
        def quiet(done: int, steps: int) -> None: ...

        table = read_table(FOLDER / "grids.geojson")
        grids = await store.write(import_grids, table=table, skip_bad=False, progress=quiet)
        table = read_table(FOLDER / "officers.csv")
        people = await store.write(
            import_officers, table=table, skip_bad=False, language=Language.ZH, now=NOW, progress=quiet
        )
        table = read_table(FOLDER / "teams.csv")
        teams = await store.write(
            import_teams, table=table, skip_bad=False, language=Language.ZH, now=NOW, progress=quiet
        )
        table = read_table(FOLDER / "merchants.csv")
        shops = await store.write(import_merchants, table=table, skip_bad=False, now=NOW, progress=quiet)
        table = read_table(FOLDER / "places.csv")
        shown = pictures.keep(table, FOLDER, lambda: MediaFolder(tmp_path))
        places = await store.write(import_places, table=table, skip_bad=False, pictures=shown, now=NOW, progress=quiet)
        return grids, people, teams, shops, places

    counts = (1424, 774, 31, 128, 179)
    assert await take() == tuple(Imported(count, 0, 0) for count in counts)
    assert await take() == tuple(Imported(0, 0, count) for count in counts)
