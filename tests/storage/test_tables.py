"""Files of rows, good ones and those that are not what their name says."""

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from storage.tables import (
    LARGEST,
    Counted,
    Row,
    Unreadable,
    UnreadableFile,
    read_csv,
    read_geojson,
    read_table,
    read_xlsx,
)

# The last name has a character that GB 18030 has and its forerunner GBK has not.
OFFICERS = "Name,grid,phone\r\n陈志强,A-1,199\r\n\r\n李 \U00020bb7 , A-2,\r\n"
FEATURE = {"type": "Feature", "properties": {"Code": "A-1", "households": 42}, "geometry": {"type": "Point"}}


def collection(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def workbook(*lines: list[Any]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for line in lines:
        book.active.append(line)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def reason_of(path: Path) -> Unreadable:
    with pytest.raises(UnreadableFile) as caught:
        read_table(path)
    return caught.value.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_the_encodings_of_spreadsheets(encoding: str) -> None:
    table = read_csv(OFFICERS.encode(encoding))
    assert table.counted is Counted.LINE
    assert table.columns == {"name", "grid", "phone"}
    assert table.rows == (
        Row(2, {"name": "陈志强", "grid": "A-1", "phone": "199"}),
        Row(4, {"name": "李 \U00020bb7", "grid": "A-2", "phone": ""}),
    )


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_csv_may_separate_by_other_signs(sign: str) -> None:
    assert read_csv(f'name{sign}grid\nx{sign}"A-1;A-2"\n'.encode()).rows[0].values == {"name": "x", "grid": "A-1;A-2"}


def test_a_row_is_named_by_the_line_it_begins_on() -> None:
    rows = read_csv(b'name,grid\n"two\nlines",A-1\nx,A-2\n').rows
    assert [(row.number, row.values["name"]) for row in rows] == [(2, "two\nlines"), (4, "x")]


def test_short_rows_are_filled_and_long_ones_marked() -> None:
    short, long, trailing = read_csv(b"name,grid\nx\nx,A-1,oops\nx,A-1,,\n").rows
    assert (short.values["grid"], short.extra) == ("", ())
    assert (long.extra, trailing.extra) == (("oops",), ())


def test_a_sheet_gives_numbers_as_they_are_typed() -> None:
    table = read_xlsx(
        workbook(["Code", "households", None, "phone"], ["A-1", 42.0, None, 19900000001], [], ["A-2", 4.5])
    )
    assert table.counted is Counted.ROW
    assert table.rows == (
        Row(2, {"code": "A-1", "households": "42", "phone": "19900000001"}),
        Row(4, {"code": "A-2", "households": "4.5", "phone": ""}),
    )


def test_features_keep_their_geometry() -> None:
    table = read_geojson(b"\xef\xbb\xbf" + collection(FEATURE, {"properties": None}, "what"))
    assert table.counted is Counted.FEATURE
    assert table.columns == {"code", "households"}
    assert table.rows == (Row(1, {"code": "A-1", "households": "42"}, shape={"type": "Point"}), Row(2, {}), Row(3, {}))


def test_the_suffix_says_how_to_read(tmp_path: Path) -> None:
    for name, data in {
        "a.GeoJSON": collection(FEATURE),
        "a.json": collection(FEATURE),
        "a.CSV": b"code\nA-1\n",
    }.items():
        (tmp_path / name).write_bytes(data)
        assert read_table(tmp_path / name).rows[0].values["code"] == "A-1"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", b"%PDF", Unreadable.UNKNOWN_SUFFIX),
        ("officers", b"name\nx\n", Unreadable.UNKNOWN_SUFFIX),
        ("a.csv", b"", Unreadable.EMPTY),
        ("a.geojson", b"  \n", Unreadable.EMPTY),
        ("a.csv", b"\n,,\n", Unreadable.EMPTY),
        ("a.xlsx", workbook(), Unreadable.EMPTY),
        ("a.csv", workbook(["code"], ["A-1"]), Unreadable.NOT_CSV),
        ("a.csv", collection(FEATURE), Unreadable.NOT_CSV),
        ("a.csv", b"\x89PNG\r\n\x1a\n\x00\x00", Unreadable.NOT_CSV),
        ("a.csv", "name,grid\n陈志强,A-1\n李梅".encode()[:-1], Unreadable.TRUNCATED),
        ("a.csv", b'name,grid\n"x,A-1\n', Unreadable.TRUNCATED),
        ("a.csv", b'name,grid\n"x"y,A-1\n', Unreadable.NOT_CSV),
        ("a.csv", b"name,Name\nx,y\n", Unreadable.COLUMN_TWICE),
        ("a.xlsx", OFFICERS.encode(), Unreadable.NOT_XLSX),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Unreadable.OLD_EXCEL),
        ("a.xlsx", workbook(["code"], ["A-1"])[:-40], Unreadable.TRUNCATED),
        ("a.geojson", OFFICERS.encode(), Unreadable.NOT_GEOJSON),
        ("a.geojson", OFFICERS.encode("gb18030"), Unreadable.NOT_GEOJSON),
        ("a.geojson", b'{"type": NaN}', Unreadable.NOT_GEOJSON),
        ("a.geojson", b"[" * 100_000, Unreadable.NOT_GEOJSON),
        ("a.geojson", collection(FEATURE)[:-5], Unreadable.TRUNCATED),
        ("a.geojson", collection(FEATURE)[:30], Unreadable.TRUNCATED),
        ("a.geojson", json.dumps(FEATURE).encode(), Unreadable.NOT_COLLECTION),
        ("a.geojson", b"[]", Unreadable.NOT_COLLECTION),
        ("a.geojson", b'{"type": "FeatureCollection", "features": {}}', Unreadable.NOT_COLLECTION),
    ],
)
def test_a_file_that_is_not_what_it_should_be_has_one_clear_reason(
    tmp_path: Path, name: str, data: bytes, reason: Unreadable
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert reason_of(path) is reason


def test_a_file_that_is_not_there_or_not_a_file(tmp_path: Path) -> None:
    assert reason_of(tmp_path / "none.csv") is Unreadable.MISSING
    (tmp_path / "folder.csv").mkdir()
    assert reason_of(tmp_path / "folder.csv") is Unreadable.MISSING


def test_a_workbook_that_would_fill_the_memory_is_not_unpacked(tmp_path: Path) -> None:
    bomb = BytesIO()
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as sheet,
    ):
        for _ in range(LARGEST // 10_000_000 + 1):
            sheet.write(bytes(10_000_000))
    (tmp_path / "bomb.xlsx").write_bytes(bomb.getvalue())
    assert reason_of(tmp_path / "bomb.xlsx") is Unreadable.TOO_LARGE


@pytest.mark.parametrize("read", [read_csv, read_geojson, read_xlsx])
@given(data=st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_read_or_refused(read: Any, data: bytes) -> None:
    try:
        table = read(data)
    except UnreadableFile:
        return
    assert all(set(row.values) <= table.columns for row in table.rows)


@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_xlsx(bytes(whole))
    except UnreadableFile:
        return


WHOLE = workbook(["code", "name"], *([f"A-{n}", "x"] for n in range(20)))
