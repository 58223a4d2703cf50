"""Writing tables as an XLSX. Every text stays a text: a name that begins with `=` must not become a formula."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Value = str | int | float | datetime | None
"""A moment is naive: the county's own time."""
WHOLE, SHARE, DECIMAL, MOMENT = "0", "0%", "0.0", "yyyy-mm-dd hh:mm"
"""How numbers are shown."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is, how wide (in letters), and how its numbers are shown."""

    head: str
    width: int = 12
    shown_as: str | None = None  # None: text


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table."""

    title: str  # at most 31 letters
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """Tables in one file."""

    sheets: tuple[Sheet, ...]


def write(workbook: Workbook) -> bytes:
    """The file's bytes."""
    from openpyxl import Workbook as Book

    book = Book(write_only=True)
    for sheet in workbook.sheets:
        _fill(book.create_sheet(sheet.title), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    page.freeze_panes = "A2"
    for at, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(at)].width = column.width
    heads = list(_cells(page, tuple(column.head for column in sheet.columns), sheet.columns))
    for cell in heads:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.append(heads)
    for row in sheet.rows:
        page.append(list(_cells(page, row, sheet.columns)))


def _cells(page: Any, row: tuple[Value, ...], columns: tuple[Column, ...]) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    for value, column in zip(row, columns, strict=True):
        cell = WriteOnlyCell(page, value=ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value)
        if isinstance(value, str):
            cell.data_type = "s"
        elif column.shown_as is not None:
            cell.number_format = column.shown_as
        yield cell
