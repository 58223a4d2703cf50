"""`warmgrid export` as a person at the command line meets it."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from bot.commands.exports import app
from services import audit
from storage.kinds import Deed, Language
from storage.schema import Person
from storage.store import open_store
from tests import county
from tests.moment import NOW
from tests.services.filed import fixed, put

Run = Callable[..., Result]


def fill(session: Any) -> None:
    county.build(session)
    session.add(Person(name="Wang", language=Language.EN, joined_at=NOW))
    session.flush()
    audit.note(session, Deed.INVITE_MADE, by=None, facts={"role": "desk"}, now=NOW)
    audit.note(session, Deed.UNDISPUTED, by=None, person_id=1, report_id=7, now=NOW)
    put(session, [fixed(5, 50), {"grid": "B-01"}, {"filed_at": NOW + timedelta(days=1)}])


@pytest.fixture
def warmgrid_export(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command on a store with three reports of two days."""
    monkeypatch.chdir(tmp_path)

    async def prepare() -> None:
        store = await open_store(database_url)
        await store.write(fill)
        await store.close()

    asyncio.run(prepare())

    def run(*arguments: str, language: str = "en", what: str = "evaluation") -> Result:
        settings = {"DATABASE_URL": database_url, "DEFAULT_LANGUAGE": language}
        return CliRunner().invoke(app, [what, *arguments], env=settings)

    return run


@pytest.mark.parametrize(("language", "title"), [("en", "Reports"), ("zh", "上报明细")])
def test_a_file_of_the_days_that_were_asked_for(warmgrid_export: Run, language: str, title: str) -> None:
    ran = warmgrid_export("--from", "2026-11-23", "--to", "2026-11-23", "out.xlsx", language=language)
    assert ran.exit_code == 0, ran.output
    assert "out.xlsx" in ran.output
    sheet = load_workbook("out.xlsx")[title]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["D-000002", "D-000001"]


@pytest.mark.parametrize(
    ("language", "title", "deed"),
    [("en", "Audit log", "not true, as nobody objected"), ("zh", "审计记录", "无人申诉，认定不属实")],
)
def test_the_audit_log_as_a_file(warmgrid_export: Run, language: str, title: str, deed: str) -> None:
    ran = warmgrid_export("out.xlsx", language=language, what="audit")
    assert ran.exit_code == 0, ran.output
    newest, oldest = load_workbook("out.xlsx")[title].iter_rows(min_row=2, values_only=True)
    assert (newest[2], newest[4]) == (deed, "D-000007")
    assert oldest[5] == '{"role": "desk"}'


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "arguments",
    [
        ("--from", "2026-11-24", "--to", "2026-11-23", "out.xlsx"),
        ("--from", "2026-11-23", "--to", "2026-11-23", "out.csv"),
        ("--from", "yesterday", "--to", "2026-11-23", "out.xlsx"),
    ],
)
def test_what_makes_no_sense_is_refused(warmgrid_export: Run, arguments: tuple[str, ...]) -> None:
    assert warmgrid_export(*arguments).exit_code == 2
    assert list(Path().glob("out*")) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_file_that_cannot_be_written_is_named(warmgrid_export: Run) -> None:
    ran = warmgrid_export("--from", "2026-11-23", "--to", "2026-11-23", "no/such/folder/out.xlsx")
    assert ran.exit_code == 1
    assert "cannot be written" in ran.stderr
