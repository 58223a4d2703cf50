"""Grids come in whole or not at all, and never one over another."""

from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.county import load
from services.imports.grids import import_grids
from services.imports.outlines import Outline, overlaps, read_outline
from services.imports.results import Imported, ImportRefused, MissingColumns, NoRows, Reason, Remark
from services.imports.values import Unfit
from storage.kinds import GridKind
from storage.schema import Grid
from storage.store import Store
from storage.tables import Row, Table
from tests.services.import_rows import grid_row, in_words, no_progress, square, table

WEST, EAST = square(114.30, 25.40), square(114.31, 25.40)


async def take(store: Store, rows: Table, *, skip_bad: bool = False) -> Imported:
    return await store.write(import_grids, table=rows, skip_bad=skip_bad, progress=no_progress)


async def stored(store: Store) -> dict[str, Grid]:
    def read(session: Session) -> dict[str, Grid]:
        return {grid.code: grid for grid in session.scalars(select(Grid))}

    return await store.read(read)


async def refused(store: Store, *rows: Row) -> list[tuple[int, Reason, dict[str, str]]]:
    """What is wrong with the rows; nothing of them may be in the store."""
    before = set(await stored(store))
    with pytest.raises(ImportRefused) as caught:
        await take(store, table(*rows))
    assert set(await stored(store)) == before
    assert all(in_words(bad) for bad in caught.value.bad)
    return [(bad.number, bad.reason, bad.facts) for bad in caught.value.bad]


async def test_neighbours_are_taken_with_all_they_have(store: Store) -> None:
    result = await take(store, table(grid_row(1, "A-1", WEST, kind="Urban"), grid_row(2, "A-2", EAST, households="0")))
    assert (result.added, result.updated, result.unchanged, result.skipped, result.remarks) == (2, 0, 0, (), {})
    grids = await stored(store)
    west = grids["A-1"]
    assert (west.name, west.kind, west.community, west.town) == ("竹坑", GridKind.URBAN, "石桥村", "青梅镇")
    assert (west.households, grids["A-2"].households) == (40, 0)
    assert shapely.equals(shapely.from_wkb(west.outline), shapely.box(114.30, 25.40, 114.31, 25.41))


async def test_who_has_the_map_in_memory_learns_of_what_came_or_changed(store: Store) -> None:
    async def version() -> int:
        county = await store.read(load)
        assert county is not None
        return county.version

    empty = await version()
    await take(store, table(grid_row(1, "A-1", WEST)))
    first = await version()
    await take(store, table(grid_row(1, "A-1", WEST)))
    same = await version()
    await take(store, table(grid_row(1, "A-1", EAST)))
    assert (same == first, len({empty, first, await version()})) == (True, 3)


async def test_nothing_invisible_comes_in(store: Store) -> None:
    await take(store, table(grid_row(1, "\ufeffA-1", WEST, name="竹\u202e\x07坑\n  上村\u3000")))
    assert {code: grid.name for code, grid in (await stored(store)).items()} == {"A-1": "竹坑 上村"}


async def test_importing_again_changes_nothing(store: Store) -> None:
    rows = table(grid_row(1, "A-1", WEST), grid_row(2, "A-2", EAST))
    await take(store, rows)
    before = {code: (grid.id, grid.outline) for code, grid in (await stored(store)).items()}
    again = await take(store, rows)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2)
    assert {code: (grid.id, grid.outline) for code, grid in (await stored(store)).items()} == before


async def test_the_same_code_is_updated_in_place(store: Store) -> None:
    await take(store, table(grid_row(1, "A-1", WEST), grid_row(2, "A-2", EAST)))
    before = await stored(store)
    moved = square(114.32, 25.40)
    result = await take(store, table(grid_row(1, "A-1", WEST), grid_row(2, "A-2", moved, name="松坪")))
    assert (result.added, result.updated, result.unchanged) == (0, 1, 1)
    after = (await stored(store))["A-2"]
    assert (after.id, after.name) == (before["A-2"].id, "松坪")
    assert shapely.from_wkb(after.outline).bounds[0] == pytest.approx(114.32)


async def test_grids_may_swap_their_places(store: Store) -> None:
    await take(store, table(grid_row(1, "A-1", WEST), grid_row(2, "A-2", EAST)))
    assert (await take(store, table(grid_row(1, "A-1", EAST), grid_row(2, "A-2", WEST)))).updated == 2


async def test_a_grid_that_vanished_is_kept_and_named(store: Store) -> None:
    await take(store, table(grid_row(1, "A-1", WEST), grid_row(2, "A-2", EAST)))
    result = await take(store, table(grid_row(1, "A-1", WEST)))
    assert result.remarks == {Remark.GRIDS_KEPT: ["A-2"]}
    assert set(await stored(store)) == {"A-1", "A-2"}


async def test_several_pieces_and_holes_are_one_grid(store: Store) -> None:
    pieces = {"type": "MultiPolygon", "coordinates": [WEST["coordinates"], square(114.35, 25.40)["coordinates"]]}
    hole = square(114.40, 25.40, side=0.03)
    hole["coordinates"].append(square(114.41, 25.41)["coordinates"][0])
    inside = square(114.41, 25.41)
    result = await take(store, table(grid_row(1, "A-1", pieces), grid_row(2, "A-2", hole), grid_row(3, "A-3", inside)))
    assert result.added == 3
    assert shapely.from_wkb((await stored(store))["A-1"].outline).geom_type == "MultiPolygon"


async def test_an_outline_is_kept_anticlockwise_and_without_heights(store: Store) -> None:
    clockwise = {"type": "Polygon", "coordinates": [[[*corner, 120.5] for corner in WEST["coordinates"][0][::-1]]]}
    await take(store, table(grid_row(1, "A-1", clockwise)))
    outline = shapely.from_wkb((await stored(store))["A-1"].outline)
    assert isinstance(outline, shapely.Polygon)
    assert outline.exterior.is_ccw
    assert not outline.has_z


async def test_a_table_gives_outlines_as_wkt(store: Store) -> None:
    words = shapely.to_wkt(shapely.box(114.30, 25.40, 114.31, 25.41))
    assert (await take(store, table(grid_row(2, "A-1", None, outline=words)))).added == 1


async def test_an_overlap_names_both_codes_and_how_large_it_is(store: Store) -> None:
    over = grid_row(3, "A-3", square(114.295, 25.405))
    ((number, reason, facts),) = await refused(store, grid_row(1, "A-1", WEST), grid_row(2, "A-2", EAST), over)
    assert (number, reason, facts["code"], facts["other"]) == (3, Reason.OVERLAP, "A-3", "A-1")
    assert int(facts["area"]) == pytest.approx(0.005**2 * 111_195**2 * 0.9033, rel=0.01)


async def test_a_grid_inside_of_another_overlaps_it(store: Store) -> None:
    ((_, reason, _),) = await refused(
        store, grid_row(1, "A", WEST), grid_row(2, "B", square(114.303, 25.403, side=0.001))
    )
    assert reason is Reason.OVERLAP


async def test_less_than_a_square_metre_may_overlap(store: Store) -> None:
    sliver = square(114.31 - 0.000_000_5, 25.40)  # 5 cm wide; 1.1 km long, so 56 m²
    ((_, reason, _),) = await refused(store, grid_row(1, "A-1", WEST), grid_row(2, "A-2", sliver))
    assert reason is Reason.OVERLAP
    hair = square(114.31 - 0.000_000_005, 25.40)  # half a millimetre
    assert (await take(store, table(grid_row(1, "A-1", WEST), grid_row(2, "A-2", hair)))).added == 2


async def test_a_new_grid_may_not_lie_over_a_stored_one(store: Store) -> None:
    await take(store, table(grid_row(1, "A-1", WEST)))
    ((number, reason, facts),) = await refused(store, grid_row(1, "B-1", square(114.305, 25.40)))
    assert (number, reason, facts["other"]) == (1, Reason.OVERLAP_KEPT, "A-1")


async def test_of_two_that_overlap_the_later_is_skipped(store: Store) -> None:
    rows = table(
        grid_row(1, "A-1", WEST),
        grid_row(2, "A-2", square(114.305, 25.40)),
        grid_row(3, "A-3", square(114.312, 25.40)),  # only over A-2, which is out of the way
    )
    result = await take(store, rows, skip_bad=True)
    assert [(bad.number, bad.facts["other"]) for bad in result.skipped] == [(2, "A-1")]
    assert set(await stored(store)) == {"A-1", "A-3"}


async def test_a_skipped_row_leaves_its_old_outline_in_the_way(store: Store) -> None:
    await take(store, table(grid_row(1, "A-1", WEST), grid_row(2, "A-2", EAST)))
    rows = table(
        grid_row(1, "A-1", square(114.20, 25.40)),
        grid_row(2, "A-2", square(114.205, 25.40)),  # over the new A-1: skipped, so A-2 stays where it was …
        grid_row(3, "A-3", EAST),  # … which is here
    )
    result = await take(store, rows, skip_bad=True)
    assert [(bad.number, bad.reason) for bad in result.skipped] == [(2, Reason.OVERLAP), (3, Reason.OVERLAP_KEPT)]
    assert (result.added, result.updated) == (0, 1)
    outlines = [Outline.of_wkb(code, grid.outline) for code, grid in (await stored(store)).items()]
    assert overlaps(outlines) == []


BOW_TIE = {
    "type": "Polygon",
    "coordinates": [[[114.3, 25.4], [114.4, 25.5], [114.4, 25.4], [114.3, 25.5], [114.3, 25.4]]],
}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (grid_row(7, "", WEST), Reason.NO_VALUE),
        (grid_row(7, "A 1", WEST), Reason.BAD_CODE),
        (grid_row(7, "A;1", WEST), Reason.BAD_CODE),
        (grid_row(7, "A" * 41, WEST), Reason.TOO_LONG),
        (grid_row(7, "A-1", WEST, name="\u200b \u202e"), Reason.NO_VALUE),
        (grid_row(7, "A-1", WEST, kind="suburb"), Reason.BAD_WORD),
        (grid_row(7, "A-1", WEST, households="many"), Reason.BAD_NUMBER),
        (grid_row(7, "A-1", WEST, households="-3"), Reason.BAD_NUMBER),
        (grid_row(7, "A-1", WEST, households="4.5"), Reason.BAD_NUMBER),
        (grid_row(7, "A-1", WEST, households="²"), Reason.BAD_NUMBER),
        (grid_row(7, "A-1", WEST, households="99999999999"), Reason.BAD_NUMBER),
        (grid_row(7, "A-1", WEST, town=""), Reason.NO_VALUE),
        (grid_row(7, "A-1", None), Reason.NO_OUTLINE),
        (grid_row(7, "A-1", {"type": "Polygon", "coordinates": []}), Reason.NO_OUTLINE),
        (grid_row(7, "A-1", {"type": "Point", "coordinates": [114.3, 25.4]}), Reason.NOT_POLYGON),
        (grid_row(7, "A-1", {"type": "Polygon"}), Reason.BAD_OUTLINE),
        (grid_row(7, "A-1", "POLYGON"), Reason.BAD_OUTLINE),
        (grid_row(7, "A-1", {"type": "Polygon", "coordinates": [[["x", "y"]] * 4]}), Reason.BAD_OUTLINE),
        (grid_row(7, "A-1", {"type": "Polygon", "coordinates": [[[114.3, 25.4], [114.4, 25.4]]]}), Reason.BAD_OUTLINE),
        (grid_row(7, "A-1", None, outline="POLYGON ((1 2, 3"), Reason.BAD_OUTLINE),
        (grid_row(7, "A-1", None, outline="POINT (1 2)"), Reason.NOT_POLYGON),
        (grid_row(7, "A-1", BOW_TIE), Reason.INVALID_OUTLINE),
        (grid_row(7, "A-1", square(25.40, 114.30)), Reason.BAD_COORDINATES),
        (grid_row(7, "A-1", square(float("inf"), 25.4)), Reason.BAD_COORDINATES),
        (grid_row(7, "A-1", square(12_735_000.0, 2_926_000.0)), Reason.BAD_COORDINATES),
        (Row(7, grid_row(7, "A-1", WEST).values, shape=WEST, extra=("slipped",)), Reason.TOO_MANY_VALUES),
    ],
)
async def test_a_bad_row_is_named_and_can_be_skipped(store: Store, row: Row, reason: Reason) -> None:
    good = grid_row(1, "B-1", EAST)
    ((number, found, _),) = await refused(store, good, row)
    assert (number, found) == (7, reason)
    result = await take(store, table(good, row), skip_bad=True)
    assert (result.added, [bad.number for bad in result.skipped]) == (1, [7])


async def test_a_code_is_there_once(store: Store) -> None:
    ((number, reason, facts),) = await refused(store, grid_row(4, "A-1", WEST), grid_row(9, "a-1", EAST))
    assert (number, reason, facts) == (9, Reason.CODE_TWICE, {"code": "A-1", "number": "4"})


async def test_all_bad_rows_are_named_in_the_order_of_the_file(store: Store) -> None:
    rows = [grid_row(n, f"A-{n}", WEST, kind="x" if n % 2 else "rural") for n in range(1, 6)]
    bad = await refused(store, *rows)
    assert [(number, reason) for number, reason, _ in bad] == [
        (1, Reason.BAD_WORD),
        (3, Reason.BAD_WORD),
        (4, Reason.OVERLAP),
        (5, Reason.BAD_WORD),
    ]


async def test_a_file_of_something_else_is_refused(store: Store) -> None:
    with pytest.raises(MissingColumns) as caught:
        await take(store, table(Row(1, {"code": "A-1", "name": "x", "size": "3"}, shape=WEST)))
    assert caught.value.facts == {"columns": "kind, community, town, households"}
    with pytest.raises(NoRows):
        await take(store, table())


async def test_progress_is_told_to_the_end(store: Store) -> None:
    told: list[tuple[int, int]] = []
    rows = table(grid_row(1, "A-1", WEST), grid_row(2, "A-2", EAST))
    await store.write(import_grids, table=rows, skip_bad=False, progress=lambda *step: told.append(step))
    assert [done for done, _ in told] == [1, 2, 3, 4]
    assert {steps for _, steps in told} == {4}


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.sampled_from(["Polygon", "MultiPolygon"]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from(["type", "coordinates"]), inner),
    max_leaves=20,
)
NUMBERS = st.floats() | st.floats(114, 115) | st.integers(-200, 200)
RINGS = st.lists(st.lists(st.lists(NUMBERS, min_size=1, max_size=4), max_size=7), max_size=3)


@given(JSON | st.builds(lambda rings: {"type": "Polygon", "coordinates": rings}, RINGS))
def test_whatever_a_geometry_is_it_is_read_or_refused(geometry: Any) -> None:
    try:
        outline = read_outline(grid_row(1, "A-1", geometry), code="A-1")
    except Unfit:
        return
    assert outline.geometry.is_valid
    assert outline.geometry.area > 0
