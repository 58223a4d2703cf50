"""`warmgrid export posters|usage` as a person at the command line meets them."""

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.commands import bot_name
from bot.settings import SettingsProblem
from sandbox import Sandbox
from services.places.errors import NoPlaces, UnknownPlace, UnknownPlaceKind
from storage.kinds import Language
from storage.schema import PlaceUsage
from storage.store import open_store
from tests import county
from tests.services.places import add_place

Run = Callable[..., Result]


def fill(session: Any) -> None:
    county.build(session)
    for code, kind in (("S-2", "station"), ("S-1", "station"), ("H-1", "shop")):
        place_id = add_place(session, code=code, at=county.IN_A1, kind=kind)
        session.add(PlaceUsage(place_id=place_id, day=date(2026, 11, 23), hour=9, count=place_id))


@pytest.fixture
def warmgrid_export(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command on a store with three places; ``is_filled=False``: with none."""
    monkeypatch.chdir(tmp_path)

    async def prepare() -> None:
        store = await open_store(database_url)
        await store.write(fill)
        await store.close()

    def run(*arguments: str, language: str = "en", is_filled: bool = True, **more: str) -> Result:
        if is_filled:
            asyncio.run(prepare())
        settings = {"DATABASE_URL": database_url, "DEFAULT_LANGUAGE": language, **more}
        return CliRunner().invoke(app, ["export", *arguments], env=settings)

    return run


def links(file: str) -> list[str]:
    document = pypdfium2.PdfDocument(file)
    found = [zxingcpp.read_barcodes(page.render(scale=2).to_pil())[0].text for page in document]
    document.close()
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_posters_of_all_places_by_their_codes(warmgrid_export: Run, language: str) -> None:
    ran = warmgrid_export("posters", "out.pdf", "--bot", "@warmgrid_bot", language=language)
    assert ran.exit_code == 0, ran.output
    assert "out.pdf" in ran.output
    assert "3" in ran.output
    assert links("out.pdf") == [f"https://t.me/warmgrid_bot?start=p_{at}" for at in (3, 2, 1)]


def test_posters_of_some_and_what_is_not_there(warmgrid_export: Run) -> None:
    ran = warmgrid_export("posters", "out.pdf", "--bot", "b", "--place", "S-1", "--place", "H-1", "--kind", "station")
    assert isinstance(ran.exception, UnknownPlace)  # H-1 is none
    for arguments, error in ((("--place", "X-9"), UnknownPlace), (("--kind", "palace"), UnknownPlaceKind)):
        ran = warmgrid_export("posters", "out.pdf", "--bot", "b", *arguments, is_filled=False)
        assert isinstance(ran.exception, error)
    assert not Path("out.pdf").exists()
    ran = warmgrid_export("posters", "out.pdf", "--bot", "b", "--place", "S-1", is_filled=False)
    assert links("out.pdf") == ["https://t.me/b?start=p_2"]
    ran = warmgrid_export("posters", "out.txt", "--bot", "b", is_filled=False)
    assert ran.exit_code == 2


def test_where_there_are_no_places_it_says_so(warmgrid_export: Run) -> None:
    ran = warmgrid_export("posters", "out.pdf", "--bot", "b", is_filled=False)
    assert isinstance(ran.exception, NoPlaces)


async def test_the_bots_name_is_asked_of_telegram(warmgrid_export: Run) -> None:
    async with Sandbox(port=0) as telegram:
        told = {"BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url}
        ran = await asyncio.to_thread(warmgrid_export, "posters", "out.pdf", "--place", "S-1", **told)
    assert ran.exit_code == 0, ran.output
    assert links("out.pdf") == [f"https://t.me/{telegram.bot_username}?start=p_2"]


def test_posters_do_not_wait_for_a_telegram_that_cannot_be_reached(
    warmgrid_export: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot_name, "PATIENCE", 0)
    told = {"BOT_TOKEN": "1:a", "TELEGRAM_API_URL": "http://127.0.0.1:9"}  # discard: nothing listens there
    ran = warmgrid_export("posters", "out.pdf", **told)
    assert isinstance(ran.exception, SettingsProblem)
    assert "--bot NAME" in ran.exception.words(Language.EN)
    assert not Path("out.pdf").exists()


@pytest.mark.parametrize(("language", "title"), [("en", "Places"), ("zh", "服务点")])
def test_usage_of_the_days_that_were_asked_for(warmgrid_export: Run, language: str, title: str) -> None:
    days = ("--from", "2026-11-23", "--to", "2026-11-23")
    ran = warmgrid_export("usage", "out.xlsx", *days, language=language)
    assert ran.exit_code == 0, ran.output
    rows = [[cell.value for cell in row] for row in load_workbook("out.xlsx")[title].iter_rows(min_row=2)]
    assert [(row[0], row[3]) for row in rows] == [("H-1", 3), ("S-1", 2), ("S-2", 1)]
    ran = warmgrid_export("usage", "none.xlsx", "--from", "2026-11-24", "--to", "2026-11-30", is_filled=False)
    assert ran.exit_code == 0, ran.output
    ran = warmgrid_export("usage", "none.xlsx", "--from", "2026-11-25", "--to", "2026-11-24", is_filled=False)
    assert ran.exit_code == 2
