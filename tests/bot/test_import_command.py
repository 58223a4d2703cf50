"""`warmgrid import` as a person at the command line meets it."""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from typer.testing import CliRunner, Result

from bot.commands.imports import app
from services.errors import DomainError
from services.imports import results
from services.imports.results import Reason, Remark
from storage.kinds import Language
from storage.tables import Counted, Unreadable
from tests.pictures import jpeg
from tests.services.import_rows import square
from views.texts import has

Run = Callable[..., Result]


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A store: on SQLite one that the command has yet to make."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'new' / 'store.db'}"
    address: str = request.getfixturevalue("postgres_url")
    return address


@pytest.fixture
def warmgrid_import(url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command in an empty folder, with nothing set but the store and the language."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path, language: str = "en") -> Result:
        settings = {"DATABASE_URL": url, "DEFAULT_LANGUAGE": language, "COLUMNS": "200"}
        result = CliRunner().invoke(app, [str(argument) for argument in arguments], env=settings)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def count(url: str) -> Callable[[str], int]:
    """How many rows a table of the store has, by a connection of the test's own."""

    async def ask(table: str) -> int:
        engine = create_async_engine(url)
        async with engine.connect() as connection:
            found = (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()
        await engine.dispose()
        return int(found)

    return lambda table: asyncio.run(ask(table))


def grids_file(folder: Path, *changes: dict[str, Any]) -> Path:
    """Grids in a row, A-1, A-2 …; a change may replace properties, or the `shape`."""
    features = []
    for number, change in enumerate(changes, start=1):
        usual = {
            "code": f"A-{number}",
            "name": "竹坑",
            "kind": "rural",
            "community": "石桥村",
            "town": "青梅镇",
            "households": 40,
        }
        shape = change.pop("shape", square(114 + number / 100, 25.4))
        features.append({"type": "Feature", "properties": usual | change, "geometry": shape})
    path = folder / "grids.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def test_grids_and_officers_come_in(warmgrid_import: Run, count: Callable[[str], int], tmp_path: Path) -> None:
    result = warmgrid_import("grids", grids_file(tmp_path, {}, {}))
    assert (result.exit_code, result.stdout) == (0, "grids.geojson: 2 added, 0 updated, 0 unchanged.\n")
    assert result.stderr == "", "no bar where there is no screen"
    (tmp_path / "officers.csv").write_bytes("name,phone,grid\n陈志强,199-0000-0001,A-1\n".encode("gb18030"))
    result = warmgrid_import("officers", tmp_path / "officers.csv")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "officers.csv: 1 added, 0 updated, 0 unchanged.",
        "Grids without a primary officer (1): A-2",
    ]
    assert (count("grids"), count("people"), count("duties")) == (2, 1, 1)
    (tmp_path / "leads.csv").write_text("name,phone,town\n罗海红,199-0002-0001,Nowhere\n", encoding="utf-8")
    assert "line 2: there is no town or community" in warmgrid_import("leads", tmp_path / "leads.csv").stderr
    assert count("posts") == 0


def test_bad_entries_are_listed_and_nothing_is_taken(
    warmgrid_import: Run, count: Callable[[str], int], tmp_path: Path
) -> None:
    path = grids_file(tmp_path, {}, {"shape": square(114.0105, 25.4)}, {"households": "many"}, {"code": "A-1"})
    result = warmgrid_import("grids", path)
    assert (result.exit_code, result.stdout) == (1, "")
    first, *rows, last = [line for line in result.stderr.splitlines() if line.strip()]
    assert first == "grids.geojson: nothing was taken. 3 entries are bad:"
    assert rows[0].startswith("feature 2: A-2 overlaps A-1 by ")
    assert rows[1:] == [
        "feature 3: “households” must be a whole number from 0 to 1000000, not “many”",
        "feature 4: the code A-1 is already used in feature 1",
    ]
    assert "--skip-bad" in last
    assert count("grids") == 0


def test_bad_entries_can_be_left_out(warmgrid_import: Run, count: Callable[[str], int], tmp_path: Path) -> None:
    result = warmgrid_import("grids", grids_file(tmp_path, {}, {"kind": "suburb"}), "--skip-bad")
    assert (result.exit_code, result.stdout) == (0, "grids.geojson: 1 added, 0 updated, 0 unchanged.\n")
    assert "feature 2: “kind” must be one of urban, rural, not “suburb”" in result.stderr
    assert count("grids") == 1


def test_the_line_of_a_csv_is_named_in_the_language_of_the_settings(warmgrid_import: Run, tmp_path: Path) -> None:
    warmgrid_import("grids", grids_file(tmp_path, {}))
    path = tmp_path / "officers.csv"
    path.write_text("name,phone,grid\n陈志强,199-0000-0001,A-1\n李梅,199-0000-0002,Z-9\n", encoding="utf-8")
    assert "line 3: there is no grid Z-9" in warmgrid_import("officers", path).stderr
    assert "第 3 行：没有编号为 Z-9 的网格" in warmgrid_import("officers", path, language="zh").stderr


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("grids.geojson", b'{"type": "FeatureCollection", "features": [', "cut off"),
        ("grids.xlsx", b"no workbook", "not an Excel workbook"),
        ("grids.csv", b"code,name\nA-1,x\n", "lacks these columns: kind, community, town, households"),
        ("grids.pdf", b"%PDF", "not .pdf"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_sentence(
    warmgrid_import: Run, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    result = warmgrid_import("grids", tmp_path / name)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_file_that_is_not_there(warmgrid_import: Run, tmp_path: Path) -> None:
    result = warmgrid_import("grids", tmp_path / "none.geojson")
    assert result.exit_code == 1
    assert "cannot be opened: there is no such file" in result.stderr
    result = warmgrid_import("grids", tmp_path / "none.geojson", language="zh")
    assert result.stderr.strip() == "打不开文件：没有这个文件或文件夹"


@pytest.mark.parametrize("language", Language)
def test_everything_that_can_be_wrong_has_its_words(language: Language) -> None:
    errors = [kind.key for kind in vars(results).values() if isinstance(kind, type) and issubclass(kind, DomainError)]
    where = [f"import-where-{counted}" for counted in Counted]
    keys: list[str] = [*Reason, *Remark, *Unreadable, *errors, *where]
    assert [key for key in keys if not has(language, key)] == []


def test_a_whole_new_map_takes_off_what_it_does_not_have(warmgrid_import: Run, tmp_path: Path) -> None:
    warmgrid_import("grids", grids_file(tmp_path, {}, {}, {}))
    result = warmgrid_import("grids", grids_file(tmp_path, {}), "--replace", "--move", "a-2=a-1")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [
        "grids.geojson: 0 added, 0 updated, 1 unchanged.",
        "Removed, as the file does not have them (2): A-2, A-3",
    ]
    result = warmgrid_import("grids", grids_file(tmp_path, {}), "--replace", "--move", "A-9=A-1")
    assert result.exit_code == 1
    assert "--move A-9=A-1 cannot be" in result.stderr


@pytest.mark.parametrize("arguments", [("--move", "A-1=A-2"), ("--replace", "--move", "A-1")])
def test_a_move_that_makes_no_sense_is_refused(
    warmgrid_import: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    assert warmgrid_import("grids", grids_file(tmp_path, {}), *arguments).exit_code == 2


def on_a_screen(*arguments: str, folder: Path, store: str) -> str:
    """All that the command writes while it runs in a terminal, what it erases again included."""
    ours, its = os.openpty()
    settings = {"DATABASE_URL": store, "LANG": "en_GB.UTF-8", "DEFAULT_LANGUAGE": "en"}
    settings |= {"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "24", "PATH": os.environ["PATH"]}
    command = [Path(sys.executable).with_name("warmgrid"), "import", *arguments]
    with subprocess.Popen(command, cwd=folder, env=settings, stdin=its, stdout=its, stderr=its) as process:
        os.close(its)
        said = b""
        with suppress(OSError):  # so a terminal ends
            while more := os.read(ours, 4096):
                said += more
        os.close(ours)
        assert process.wait() == 0, said
    return said.decode()


def test_a_bar_shows_how_far_it_is_and_goes_when_it_is_done(tmp_path: Path) -> None:
    said = on_a_screen(
        "grids",
        str(grids_file(tmp_path, {}, {}, {})),
        folder=tmp_path,
        store=f"sqlite+aiosqlite:///{tmp_path / 'store.db'}",
    )
    shown, erase, after = re.sub(r"\x1b\[\d*(;\d+)*m", "", said).rpartition("\x1b[2K")  # without the colours
    assert "grids.geojson" in shown
    assert re.search(r"\b([1-9]\d*)/\1\b", shown), "all of it, in numbers"
    assert re.search("[━╸╺]", shown), "a bar"
    assert erase
    assert not re.search("[━╸╺]", after), "nothing is left of it"
    assert "3 added" in after


@pytest.mark.parametrize("language", ["en", "zh"])
def test_shops_come_from_a_file_and_a_stock_that_is_too_low_is_said(
    warmgrid_import: Run, count: Callable[[str], int], tmp_path: Path, url: str, language: str
) -> None:
    header = "code,name_zh,category,address,latitude,longitude,hours,phone,item,item_zh,price,stock\n"
    shop = "M-001,老城粉店,food,府前街1号,25.4,114.3,7-21,199-0003-0001,TEA,奶茶,10,"
    file = tmp_path / "shops.csv"
    file.write_text(header + shop + "5\n", encoding="utf-8")
    assert warmgrid_import("merchants", file, language=language).exit_code == 0
    assert (count("merchants"), count("items")) == (1, 1)

    async def put_aside() -> None:
        engine = create_async_engine(url)
        async with engine.begin() as connection:
            await connection.execute(text("UPDATE items SET held = 3"))
        await engine.dispose()

    asyncio.run(put_aside())
    file.write_text(header + shop + "2\n", encoding="utf-8")
    refused = warmgrid_import("merchants", file, language=language)
    assert refused.exit_code == 1
    assert "TEA" in refused.output
    assert "3" in refused.output
    file.write_text(header + shop.replace("M-001", "M-002") + "2\n", encoding="utf-8")
    assert "M-001" in warmgrid_import("merchants", file, "--replace", language=language).output
    assert count("merchants") == 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_places_in_the_wrong_system_are_asked_about_and_taken_when_it_is_named(
    warmgrid_import: Run, count: Callable[[str], int], tmp_path: Path, language: str
) -> None:
    grids = [{"code": "A-01", "shape": square(114.36, 25.4)}, {"code": "A-02", "shape": square(114.37, 25.4)}]
    header = "code,name_zh,kind,address,latitude,longitude,hours,grid\n"
    amap = "W-001,府前暖新驿站,暖新驿站,府前街1号,25.402322,114.372626,24小时,A-01\n"  # 25.405, 114.3675
    file = tmp_path / "places.csv"
    file.write_text(header + amap, encoding="utf-8")
    assert warmgrid_import("places", file, language=language).exit_code == 1  # there is no map yet
    assert warmgrid_import("grids", grids_file(tmp_path, *grids), language=language).exit_code == 0
    refused = warmgrid_import("places", file, language=language)
    assert refused.exit_code == 1
    assert "--system GCJ-02" in refused.output
    assert warmgrid_import("places", file, "--skip-bad", language=language).exit_code == 1
    assert count("service_places") == 0
    assert warmgrid_import("places", file, "--system", "UTM", language=language).exit_code == 2
    assert warmgrid_import("places", file, "--system", "gcj02", language=language).exit_code == 0
    assert count("service_places") == 1
    shown = header.replace("grid", "grid,photos") + amap.replace("W-001", "W-002").replace("A-01\n", "A-01,door.jpg\n")
    (tmp_path / "door.jpg").write_bytes(jpeg())  # beside the file
    file.write_text(shown, encoding="utf-8")
    assert "W-001" in warmgrid_import("places", file, "--replace", "--system", "高德", language=language).output
    assert count("place_photos") == 1
