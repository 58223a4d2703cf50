"""Tables for the import tests, written as a file would give them."""

from typing import Any

from services.imports.results import BadRow
from storage.kinds import Language
from storage.tables import Counted, Row, Table
from views.texts import plain


def square(lon: float, lat: float, *, side: float = 0.01) -> dict[str, Any]:
    """A square by its south-west corner, as GeoJSON."""
    corners = [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]
    return {"type": "Polygon", "coordinates": [corners]}


def grid_row(number: int, code: str, shape: Any, **values: str) -> Row:
    """A good grid, but for what is said otherwise."""
    usual = {"code": code, "name": "竹坑", "kind": "rural", "community": "石桥村", "town": "青梅镇", "households": "40"}
    return Row(number, usual | values, shape=shape)


def officer_row(number: int, phone: str, grid: str, **values: str) -> Row:
    """A good officer, but for what is said otherwise."""
    return Row(number, {"name": f"陈志强{number}", "phone": phone, "grid": grid} | values)


def table(*rows: Row, counted: Counted = Counted.LINE) -> Table:
    """A table with the columns that its rows have."""
    return Table(counted, frozenset[str]().union(*(row.values for row in rows)), rows)


def no_progress(done: int, steps: int) -> None:
    """For imports that nobody watches."""


def in_words(bad: BadRow) -> list[str]:
    """What people are told of a bad row, in each language; fails if the words need a fact that it lacks."""
    return [plain(language, bad.reason, **bad.facts, where="line 1") for language in Language]
