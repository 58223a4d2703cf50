"""Make `data/sample-county/`: a county that does not exist, for the demo and the tests.

    python scripts/make_sample_county.py [FOLDER]

Everything is drawn from one fixed seed, so each run writes the same bytes: `grids.geojson` (58 urban and 1,366 rural
grids, no gap and no overlap), `officers.csv` (774 officers who have yet to join), `teams.csv` (31 teams),
`leads.csv` (those of 11 towns and 120 communities), `merchants.csv` (128 shops that take points) and `places.csv` (24
warm stations, 120 friendly shops, 29 friendly compounds, six neighbour centres).
"""

import csv
import json
import sys
from pathlib import Path
from random import Random  # noqa: TID251 - handed on from the one fixed seed
from typing import Any

from sample_county.land import Cell, make_cells
from sample_county.leads import COLUMNS as LEAD_COLUMNS
from sample_county.leads import Lead, appoint
from sample_county.merchants import COLUMNS as MERCHANT_COLUMNS
from sample_county.merchants import Shop, open_shops
from sample_county.officers import Officer, hire
from sample_county.places import Place, name_places
from sample_county.stations import COLUMNS as PLACE_COLUMNS
from sample_county.stations import Station, open_stations
from sample_county.teams import COLUMNS as TEAM_COLUMNS
from sample_county.teams import Crew, raise_teams

SEED = 20261123
HERE = Path(__file__).resolve().parent.parent / "data" / "sample-county"
OFFICER_COLUMNS = ("name", "phone", "grid", "duty", "community", "language")


def main(folder: Path) -> None:
    """Write the files into a folder."""
    rng = Random(SEED)
    names = json.loads((HERE / "names.json").read_text(encoding="utf-8"))
    cells = make_cells(rng)
    places = name_places(cells, names, rng)
    folder.mkdir(parents=True, exist_ok=True)
    write_grids(folder / "grids.geojson", cells, places)
    officers = hire(places, names, rng)
    write_officers(folder / "officers.csv", officers)
    taken = {one.name for one in officers}
    crews = raise_teams(places, names, rng, taken=taken)
    write_teams(folder / "teams.csv", crews)
    taken |= {name for crew in crews for name, _, _ in crew.members}
    write_leads(folder / "leads.csv", appoint(places, names, rng, taken=taken))
    write_merchants(folder / "merchants.csv", open_shops(cells, places, rng))
    write_places(folder / "places.csv", open_stations(cells, places, names["letters"], rng))


def write_grids(path: Path, cells: list[Cell], places: list[Place]) -> None:
    """Write a FeatureCollection (RFC 7946), a feature a line, in the order of the codes."""
    by_code = sorted(zip(places, cells, strict=True), key=lambda pair: pair[0].code)
    lines = ",\n".join(_json(_feature(place, cell)) for place, cell in by_code)
    head = '{"type":"FeatureCollection","name":"Warmgrid sample county (synthetic)","features":[\n'
    path.write_bytes(f"{head}{lines}\n]}}\n".encode())


def write_officers(path: Path, officers: list[Officer]) -> None:
    """Write a CSV with a byte order mark, so that Excel shows the Chinese."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(OFFICER_COLUMNS)
        for officer in officers:
            grids, duties = ";".join(officer.grids), ";".join(officer.duties)
            writer.writerow([officer.name, officer.phone, grids, duties, officer.community, "zh"])


def write_teams(path: Path, crews: list[Crew]) -> None:
    """Write a CSV with a byte order mark, a member a line."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(TEAM_COLUMNS)
        for crew in crews:
            for name, phone, rank in crew.members:
                writer.writerow([crew.code, crew.name_zh, crew.name_en, crew.kind, crew.town, name, phone, rank, "zh"])


def write_leads(path: Path, leads: list[Lead]) -> None:
    """Write a CSV with a byte order mark, a post a line."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(LEAD_COLUMNS)
        writer.writerows([*lead, "zh"] for lead in leads)


def write_merchants(path: Path, shops: list[Shop]) -> None:
    """Write a CSV with a byte order mark, an item a line."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(MERCHANT_COLUMNS)
        writer.writerows(line for shop in shops for line in shop.lines())


def write_places(path: Path, stations: list[Station]) -> None:
    """Write a CSV with a byte order mark, a place a line."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(PLACE_COLUMNS)
        writer.writerows(station.line() for station in stations)


def _feature(place: Place, cell: Cell) -> dict[str, Any]:
    # Coordinates already lie on the grid of 1e-6 degrees; rounding only drops the binary tail.
    ring = [[round(lon, 6), round(lat, 6)] for lon, lat in cell.outline.exterior.coords]
    return {
        "type": "Feature",
        "properties": {
            "code": place.code,
            "name": place.name,
            "kind": "urban" if cell.is_urban else "rural",
            "community": place.community,
            "town": place.town,
            "households": place.households,
        },
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
