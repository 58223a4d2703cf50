"""`warmgrid settle` as a person at the command line meets it."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session
from typer.testing import CliRunner, Result

from bot.cli import app
from services.errors import DomainError
from services.merchants.errors import BadMonth, MonthNotOver, NothingYet
from services.points import purse
from services.points.ledger import About
from storage.kinds import Language
from storage.points_kinds import Reason
from storage.schema import Person
from storage.store import open_store
from tests.moment import NOW
from tests.services.shops import add_shop

Run = Callable[..., Result]


def given(session: Session) -> None:
    """Points moved in this store already in January, long ago."""
    at = datetime.fromisoformat("2020-01-10T12:00:00+08:00")
    person = Person(telegram_id=7, name="Chen Mei", language=Language.EN, joined_at=at)
    session.add(person)
    session.flush()
    purse.earn(session, person.id, 5, key="gift", about=About(Reason.CREDIT, person.id), now=at)


@pytest.fixture
def warmgrid_settle(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command on a store with two shops."""
    monkeypatch.chdir(tmp_path)

    async def prepare() -> None:
        store = await open_store(database_url)
        for number in (1, 2):
            await store.write(add_shop, number=number, owner=None, others=(), now=NOW)
        await store.write(given)
        await store.close()

    asyncio.run(prepare())

    def run(*arguments: str, typed: str | None = None) -> Result:
        settings = {"DATABASE_URL": database_url, "DEFAULT_LANGUAGE": "en"}
        return CliRunner().invoke(app, ["settle", *arguments], env=settings, input=typed)

    return run


def test_a_month_that_is_long_over_is_asked_about(warmgrid_settle: Run) -> None:
    for typed in ("n\n", ""):
        ran = warmgrid_settle("2020-02", typed=typed)
        assert (ran.exit_code, "ended long ago" in ran.output) == (1, True), ran.output
    assert not list(Path.cwd().glob("*.xlsx"))
    assert warmgrid_settle("2020-02", typed="y\n").exit_code == 0
    assert "ended long ago" not in warmgrid_settle("2020-02").output, "it is closed: it is only written"
    assert warmgrid_settle("2020-03", "--yes").exit_code == 0


def test_a_month_before_the_first_points_is_refused(warmgrid_settle: Run) -> None:
    assert isinstance(warmgrid_settle("2019-12", "--yes").exception, NothingYet)


def test_a_month_is_closed_and_its_sheet_written_as_often_as_one_likes(warmgrid_settle: Run) -> None:
    for file in ("settlement-2026-01.xlsx", "again.xlsx"):
        ran = warmgrid_settle("2026-01", "--yes", *(() if file.startswith("settlement") else (file,)))
        assert ran.exit_code == 0, ran.output
        assert file in ran.output
        rows = list(load_workbook(file).worksheets[0].iter_rows(min_row=2, values_only=True))
        assert [row[0] for row in rows] == ["M-001", "M-002"]


@pytest.mark.parametrize(("month", "error"), [("2026-13", BadMonth), ("2099-01", MonthNotOver)])
def test_what_is_no_month_or_not_over_is_said(warmgrid_settle: Run, month: str, error: type[DomainError]) -> None:
    ran = warmgrid_settle(month)
    assert isinstance(ran.exception, error)
    assert not list(Path.cwd().glob("*.xlsx"))


def test_a_file_that_is_no_sheet_is_refused(warmgrid_settle: Run) -> None:
    assert warmgrid_settle("2026-01", "out.pdf").exit_code == 2
