"""Take the county's grids from a file. A grid that is there already (by its code) is brought up to date.

Codes are kept in capitals, so that nobody has to type them right.

A grid of the store that the file does not have is kept and named among the remarks; with ``replace`` it goes
(`services/imports/removal.py`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from services import county
from services.imports import removal
from services.imports.outlines import Outline, overlaps, read_outline
from services.imports.removal import Replace
from services.imports.results import BadRow, Imported, Progress, Reason, Remark, refuse_or_skip, require_columns
from services.imports.values import Unfit, one_of, refuse_extra, text, whole_number
from storage.kinds import GridKind
from storage.schema import Grid
from storage.tables import Row, Table

COLUMNS = ("code", "name", "kind", "community", "town", "households")
MOST_HOUSEHOLDS = 1_000_000
SEPARATORS = frozenset(";,\uff1b\uff0c\u3001")
"""Between the codes of an officer's grids, also as typed on a Chinese keyboard; so no code may have them."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A row that is good by itself."""

    number: int
    values: dict[str, Any]  # of `storage.schema.Grid`, without the id
    outline: Outline

    @property
    def code(self) -> str:
        return str(self.values["code"])


def import_grids(
    session: Session, table: Table, *, skip_bad: bool, progress: Progress, replace: Replace | None = None
) -> Imported:
    """Add and update grids; all rows or none, unless bad ones are to be skipped. With ``replace`` the others go.

    The outline of a row is its GeoJSON geometry, or WKT in the column `outline`; WGS-84, longitude before latitude.

    Raises:
        NoRows, MissingColumns: the file as a whole is not one of grids.
        ImportRefused: rows are bad, and `skip_bad` is off; nothing was changed.
        GridsInUse, BadMove: a grid that is to go has open reports, or cannot be moved so; nothing was changed.
    """
    require_columns(table, COLUMNS)
    steps = len(table.rows) + 2
    stored = {grid.code: grid for grid in session.scalars(select(Grid))}
    bad: list[BadRow] = []
    good: list[_Read] = []
    first: dict[str, int] = {}
    for done, row in enumerate(table.rows, start=1):
        try:
            good.append(_read(row, first))
        except Unfit as unfit:
            bad.append(unfit.at(row.number))
        progress(done, steps)
    removed = {code for code, grid in stored.items() if grid.removed_at is not None}
    going = stored.keys() - removed - first.keys() if replace is not None else set()
    staying = {code: grid for code, grid in stored.items() if code not in removed | going}
    bad += _take_out_overlapping(good, staying)
    skipped = refuse_or_skip(bad, skip_bad=skip_bad)
    progress(steps - 1, steps)
    imported = _write(session, good, stored=stored, skipped=skipped, in_file=first)
    if replace is not None:
        gone = [stored[code] for code in sorted(going)]
        imported = imported.with_remarks(removal.remove(session, gone, replace))
    progress(steps, steps)
    return imported


def _read(row: Row, first: dict[str, int]) -> _Read:
    refuse_extra(row)
    code = text(row, "code", most=40).upper()
    if any(sign.isspace() or sign in SEPARATORS for sign in code):
        raise Unfit(Reason.BAD_CODE, value=code)
    if first.setdefault(code, row.number) != row.number:
        raise Unfit(Reason.CODE_TWICE, code=code, number=first[code])
    outline = read_outline(row, code=code)
    values = {
        "code": code,
        "name": text(row, "name", most=120),
        "kind": GridKind(one_of(GridKind, text(row, "kind", most=40), column="kind")),
        "community": text(row, "community", most=120),
        "town": text(row, "town", most=120),
        "households": whole_number(row, "households", most=MOST_HOUSEHOLDS),
        "outline": outline.wkb,
    }
    return _Read(row.number, values, outline)


def _take_out_overlapping(good: list[_Read], stored: Mapping[str, Grid]) -> list[BadRow]:
    """Take rows out of `good` until no two grids overlap; of two rows, the later one goes.

    A stored grid keeps its outline when its row goes, and may then be in the way of another row: hence the loop.
    """
    bad: list[BadRow] = []
    while True:
        coming = {row.code for row in good}
        kept = [Outline.of_wkb(code, grid.outline) for code, grid in stored.items() if code not in coming]
        pairs = overlaps([*kept, *(row.outline for row in good)])
        if not pairs:
            return bad
        gone: set[str] = set()
        rows = {row.code: row for row in good}
        for earlier, later, area in pairs:
            if earlier not in gone and later not in gone:
                gone.add(later)
                reason = Reason.OVERLAP if earlier in rows else Reason.OVERLAP_KEPT
                facts = {"code": later, "other": earlier, "area": f"{area:.0f}"}
                bad.append(BadRow(rows[later].number, reason, facts))
        good[:] = [row for row in good if row.code not in gone]


def _write(
    session: Session,
    good: Iterable[_Read],
    *,
    stored: Mapping[str, Grid],
    skipped: tuple[BadRow, ...],
    in_file: Iterable[str],
) -> Imported:
    new = [row.values for row in good if row.code not in stored]
    known = [{"removed_at": None, **row.values} for row in good if row.code in stored]
    changed = [
        {"id": stored[values["code"]].id, **values} for values in known if _differs(stored[values["code"]], values)
    ]
    if new:
        session.execute(insert(Grid), new)
    if changed:
        session.execute(update(Grid), changed)
    if new or changed:
        county.changed(session)
    kept = sorted({code for code, grid in stored.items() if grid.removed_at is None} - set(in_file))
    return Imported(
        added=len(new),
        updated=len(changed),
        unchanged=len(known) - len(changed),
        skipped=skipped,
        remarks={Remark.GRIDS_KEPT: kept} if kept else {},
    )


def _differs(grid: Grid, values: Mapping[str, Any]) -> bool:
    return any(getattr(grid, column) != value for column, value in values.items())
