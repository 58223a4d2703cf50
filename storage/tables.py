"""Read a file of rows: GeoJSON, CSV or XLSX, by its suffix. What the rows mean is not decided here.

Every value comes as trimmed text, whatever the file kept it as, so that the rules need to know no format.
"""

import csv
import io
import json
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

LARGEST = 200_000_000
"""Bytes of a file, also unpacked: more is a mistake, or meant to fill the memory."""
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
BAD_WORKBOOK = (
    *(zipfile.BadZipFile, zlib.error, ParseError),
    *(KeyError, ValueError, TypeError, IndexError, AttributeError, EOFError, OSError, RuntimeError),
)
"""What openpyxl lets through when a workbook is damaged."""


class Counted(StrEnum):
    """What the number of a row counts, from 1."""

    LINE = "line"  # of a CSV, the header included
    ROW = "row"  # of a sheet, the header included
    FEATURE = "feature"  # of a GeoJSON


class Unreadable(StrEnum):
    """Why a file cannot be read; the values are message keys."""

    MISSING = "import-file-missing"
    UNKNOWN_SUFFIX = "import-file-suffix"
    TOO_LARGE = "import-file-too-large"
    EMPTY = "import-file-empty"
    TRUNCATED = "import-file-truncated"
    NOT_GEOJSON = "import-file-not-geojson"
    NOT_COLLECTION = "import-file-not-collection"
    NOT_CSV = "import-file-not-csv"
    NOT_XLSX = "import-file-not-xlsx"
    OLD_EXCEL = "import-file-old-excel"
    COLUMN_TWICE = "import-file-column-twice"


class UnreadableFile(Exception):
    """The file is missing, cut off, or not what its name says. `facts` fill the message in."""

    def __init__(self, reason: Unreadable, **facts: str) -> None:
        super().__init__(reason, facts)
        self.reason = reason
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file."""

    number: int
    values: dict[str, str]  # by column in lower case; "" where there is nothing
    shape: Any = None  # the geometry of a GeoJSON feature, as parsed
    extra: tuple[str, ...] = ()  # values beyond the last column


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of a file, empty ones left out."""

    counted: Counted
    columns: frozenset[str]  # of a GeoJSON: what at least one feature has
    rows: tuple[Row, ...]


def read_table(path: Path) -> Table:
    """Read a file whose suffix is .geojson, .json, .csv or .xlsx.

    Raises:
        UnreadableFile: see `Unreadable`.
    """
    suffix = path.suffix.lower()
    read = {".geojson": read_geojson, ".json": read_geojson, ".csv": read_csv, ".xlsx": read_xlsx}.get(suffix)
    if read is None:
        raise UnreadableFile(Unreadable.UNKNOWN_SUFFIX, suffix=suffix or path.name)
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        data = path.read_bytes()
    except OSError as problem:
        raise UnreadableFile(Unreadable.MISSING, problem=problem.strerror or str(problem)) from problem
    if not data.strip():
        raise UnreadableFile(Unreadable.EMPTY)
    return read(data)


def read_geojson(data: bytes) -> Table:
    """Read a FeatureCollection (RFC 7946)."""
    try:
        content = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except json.JSONDecodeError as problem:
        # An open string is reported where it begins, everything else where the text stops making sense.
        if problem.msg.startswith("Unterminated string") or problem.pos >= len(problem.doc.rstrip()):
            raise UnreadableFile(Unreadable.TRUNCATED) from problem
        raise UnreadableFile(Unreadable.NOT_GEOJSON, line=str(problem.lineno)) from problem
    except (ValueError, RecursionError) as problem:
        raise UnreadableFile(Unreadable.NOT_GEOJSON, line="1") from problem
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or content.get("type") != "FeatureCollection":
        raise UnreadableFile(Unreadable.NOT_COLLECTION)
    rows = tuple(_feature(number, feature) for number, feature in enumerate(features, start=1))
    return Table(Counted.FEATURE, frozenset[str]().union(*(row.values for row in rows)), rows)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _feature(number: int, feature: Any) -> Row:
    if not isinstance(feature, dict):
        return Row(number, {})
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        properties = {}
    values = {name.strip().lower(): _text(value) for name, value in properties.items()}
    return Row(number, values, shape=feature.get("geometry"))


def read_csv(data: bytes) -> Table:
    """Read a CSV as spreadsheets write it: UTF-8 with or without a byte order mark, or GB 18030; `,` `;` or tab."""
    text = _decode(data)
    header = text.lstrip().split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=max(",;\t", key=header.count))
    lines: list[tuple[int, Sequence[str]]] = []
    try:
        number = 1
        for line in reader:
            lines.append((number, line))
            number = reader.line_num + 1  # a quoted value may hold line ends: name the line where a row begins
    except csv.Error as problem:
        reason = Unreadable.TRUNCATED if "unexpected end" in str(problem) else Unreadable.NOT_CSV
        raise UnreadableFile(reason) from problem
    return _table(Counted.LINE, lines)


def _decode(data: bytes) -> str:
    if data.startswith((ZIP, OLD_EXCEL)) or data.lstrip()[:1] in (b"{", b"["):
        raise UnreadableFile(Unreadable.NOT_CSV)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        if problem.reason == "unexpected end of data":
            raise UnreadableFile(Unreadable.TRUNCATED) from problem
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as also:
            raise UnreadableFile(Unreadable.NOT_CSV) from also
    if any(sign < " " and sign not in "\r\n\t" for sign in text):
        raise UnreadableFile(Unreadable.NOT_CSV)
    return text


def read_xlsx(data: bytes) -> Table:
    """Read the first sheet of a workbook; of a formula, the value it last had."""
    if data.startswith(OLD_EXCEL):
        raise UnreadableFile(Unreadable.OLD_EXCEL)
    if not data.startswith(ZIP):
        raise UnreadableFile(Unreadable.NOT_XLSX)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as problem:  # the list of contents is at the end of the file
        raise UnreadableFile(Unreadable.TRUNCATED) from problem
    except BAD_WORKBOOK as problem:
        raise UnreadableFile(Unreadable.NOT_XLSX) from problem
    if unpacked > LARGEST:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    from openpyxl import load_workbook  # only here: the bot, which never reads one, would carry it along

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks on styles it does not know
            workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheet = workbook.worksheets[0]
            lines = [
                (number, [_text(value) for value in line])
                for number, line in enumerate(sheet.iter_rows(values_only=True), start=1)
            ]
            workbook.close()
    except BAD_WORKBOOK as problem:
        raise UnreadableFile(Unreadable.NOT_XLSX) from problem
    return _table(Counted.ROW, lines)


def _table(counted: Counted, lines: Iterable[tuple[int, Sequence[str]]]) -> Table:
    """The first line that is not empty has the columns."""
    filled = [(number, [value.strip() for value in line]) for number, line in lines if any(map(str.strip, line))]
    if not filled:
        raise UnreadableFile(Unreadable.EMPTY)
    columns = [column.lower() for column in filled[0][1]]
    named = [column for column in columns if column]
    twice = next((column for column in named if named.count(column) > 1), None)
    if twice is not None:
        raise UnreadableFile(Unreadable.COLUMN_TWICE, column=twice)
    return Table(counted, frozenset(named), tuple(_row(number, columns, line) for number, line in filled[1:]))


def _row(number: int, columns: list[str], line: list[str]) -> Row:
    padded = line + [""] * (len(columns) - len(line))
    values = {column: value for column, value in zip(columns, padded, strict=False) if column}
    return Row(number, values, extra=tuple(value for value in line[len(columns) :] if value))


def _text(value: Any) -> str:
    """The value as it would be typed: 12 for 12.0, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()
