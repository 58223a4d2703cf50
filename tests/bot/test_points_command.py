"""`warmgrid points audit` as a person at the command line meets it."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, text
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.settings import SettingsProblem
from services.points import purse
from services.points.ledger import About
from storage.kinds import Language
from storage.points_kinds import Reason
from storage.schema import Person
from storage.store import open_store
from tests.moment import NOW

COMMANDS = (
    ("points", "audit"),
    ("settle", "2026-01", "x.xlsx"),
    ("export", "audit", "x.xlsx"),
    ("export", "evaluation", "x.xlsx", "--from", "2026-01-01", "--to", "2026-01-02"),
)
"""What looks at a store that is there."""


def earned(session: Any) -> None:
    """Somebody has ten points."""
    session.add(Person(id=1, name="Wang", language=Language.EN, joined_at=NOW))
    session.flush()
    purse.earn(session, 1, 10, key="x", about=About(Reason.CREDIT, 1), now=NOW)


def changed(session: Any) -> None:
    """Somebody has written into the database."""
    session.execute(text("UPDATE accounts SET balance = 11 WHERE NOT may_owe"))


def audited(url: str, *deeds: Any, language: str = "en") -> Result:
    """What the command says after that."""

    async def prepare() -> None:
        store = await open_store(url)
        for deed in deeds:
            await store.write(deed)
        await store.close()

    asyncio.run(prepare())
    return CliRunner().invoke(app, ["points", "audit"], env={"DATABASE_URL": url, "DEFAULT_LANGUAGE": language})


@pytest.mark.parametrize(("language", "said"), [("en", "adds up: 2 accounts, 1 transfer, 2"), ("zh", "积分账目相符")])
def test_a_ledger_that_adds_up(database_url: str, language: str, said: str) -> None:
    ran = audited(database_url, earned, language=language)
    assert (ran.exit_code, said in ran.output) == (0, True), ran.output


@pytest.mark.parametrize(("language", "said"), [("en", "nothing in the ledger"), ("zh", "还没有任何记录")])
def test_an_empty_ledger_is_called_empty(database_url: str, language: str, said: str) -> None:
    ran = audited(database_url, language=language)
    assert (ran.exit_code, said in ran.output) == (0, True), ran.output


def test_what_was_looked_at_is_said_without_a_password(database_url: str) -> None:
    where = make_url(database_url)
    if where.get_backend_name() == "postgresql":
        where = where.set(password="secret")  # the server of the tests trusts everybody
    ran = audited(where.render_as_string(hide_password=False), earned)
    assert (ran.exit_code, str(where.database) in ran.output, "secret" in ran.output) == (0, True, False), ran.output


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_where_no_store_is_none_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "folder" / "other.db"
    settings = {"DATABASE_URL": f"sqlite+aiosqlite:///{file}", "DEFAULT_LANGUAGE": "en"}
    ran = CliRunner().invoke(app, [*command], env=settings)
    assert isinstance(ran.exception, SettingsProblem)
    assert not file.parent.exists()


def test_what_is_wrong_is_said_with_where_it_is(database_url: str) -> None:
    ran = audited(database_url, earned, changed)
    assert ran.exit_code == 1
    assert "person:points:1: the account says 11; its entries come to 10." in ran.output
    assert "person:points:1: 10 are left in the lots; the account has 11." in ran.output
    assert "2 things are wrong" in ran.output
