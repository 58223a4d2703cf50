"""A store that takes nothing for a while: nothing is confirmed, and all of it takes effect once it can."""

import resource
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest
from sqlalchemy import make_url

from alerts.order import turn
from bot.settings import Settings
from storage.schema import Draft, Report
from tests import county
from tests.crash.conftest import Town as Killable
from tests.journeys.conftest import Town, running_town, settings
from tests.journeys.phone import Phone
from tests.pictures import jpeg
from tests.process import until

__all__ = ["settings"]  # the fixture

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
POSTGRES = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What must wait is tried again soon."""
    monkeypatch.setattr("bot.intake.LONGEST_WAIT", 0.2)


@asynccontextmanager
async def known_rider(settings: Settings) -> AsyncIterator[tuple[Town, Phone]]:
    """A running house with one person whom it knows."""
    async with running_town(settings) as town:
        rider = town.rider()
        rider.send_text("/start")
        await rider.hears("ask-kind")
        await town.tg.settled()
        yield town, rider


def send_report(rider: Phone) -> None:
    """A photo and a place."""
    rider.send_photo(jpeg())
    rider.send_location(*county.IN_A1)


async def tried(town: Town) -> None:
    """The report was tried and tried again, and is as new as it was."""

    def refused() -> int:
        return sum(unit is not turn for unit in town.store.refused)  # the relay's turns are refused as well

    before = refused()
    await town.store.until(lambda: refused() >= before + 3)
    assert len(town.tg.pending_updates) == 2
    assert await town.count(Draft) == await town.count(Report) == 0


async def is_filed(town: Town, rider: Phone) -> None:
    """Now it is there, once."""
    await rider.hears_filed(1)
    await town.tg.settled()
    assert await town.count(Report) == 1


@SQLITE
async def test_locked(settings: Settings) -> None:
    path = make_url(settings.database_url).database
    settings.database_url += "?timeout=0.1"
    async with known_rider(settings) as (town, rider):
        other = sqlite3.connect(str(path), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        send_report(rider)
        await tried(town)
        other.execute("ROLLBACK")
        other.close()
        await is_filed(town, rider)


@SQLITE
async def test_read_only(settings: Settings) -> None:
    url = settings.database_url
    async with known_rider(settings) as (town, rider):
        await town.close()
        settings.database_url = f"sqlite+aiosqlite:///file:{make_url(url).database}?mode=ro&uri=true"
        await town.open()
        send_report(rider)
        await tried(town)
        await town.close()
        settings.database_url = url
        await town.open()
        await is_filed(town, rider)


@POSTGRES
async def test_read_only_for_all(settings: Settings) -> None:
    plain = make_url(settings.database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    operator = await asyncpg.connect(plain)
    await operator.execute("SET default_transaction_read_only = off")

    async def let_all(setting: str) -> None:
        """Wait until a newcomer has it so: the server reads its settings late, and tells who is there before."""
        await operator.execute("ALTER SYSTEM RESET default_transaction_read_only")
        if setting != "off":
            await operator.execute(f"ALTER SYSTEM SET default_transaction_read_only = {setting}")
        await operator.execute("SELECT pg_reload_conf()")
        shown = None
        while shown != setting:
            newcomer = await asyncpg.connect(plain)
            shown = await newcomer.fetchval("SHOW default_transaction_read_only")
            await newcomer.close()

    try:
        async with known_rider(settings) as (town, rider):
            await let_all("on")
            send_report(rider)
            await tried(town)
            await let_all("off")
            await is_filed(town, rider)
    finally:
        await let_all("off")
        await operator.close()


@POSTGRES
async def test_a_chat_that_waits_for_the_store_holds_up_no_other(settings: Settings) -> None:
    plain = make_url(settings.database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    async with known_rider(settings) as (town, rider):
        operator = await asyncpg.connect(plain)
        async with operator.transaction():
            await operator.execute(f"SELECT 1 FROM people WHERE telegram_id = {rider.id} FOR UPDATE")
            rider.send_photo(jpeg())
            other = town.rider(5002)
            send_report(other)
            await other.hears_filed()
            assert len(town.tg.pending_updates) == 3, "the first is not done, so none above it is confirmed"
            assert rider.said[-1] == rider.words("ask-kind")
        await operator.close()
        await rider.hears("draft-needs-place")
        await town.tg.settled()


@SQLITE
async def test_full_disk(town: Killable) -> None:
    await town.start()
    assert town.process is not None
    town.rider.send_text("/start")
    await town.rider.wait_for("Are you a rider")
    await town.tg.settled()
    town.process.limit_files(8192)
    town.rider.send_photo(jpeg())
    town.rider.send_location(*county.IN_A1)
    process = town.process
    await until(lambda: process.said().count("waits: ") >= 3)
    assert len(town.tg.pending_updates) == 2
    assert await town.count(Draft) == await town.count(Report) == 0
    process.limit_files(resource.RLIM_INFINITY)
    await town.rider.wait_for("Filed: D-000001", timeout=30)
    await town.tg.settled()
    assert await town.count(Report) == 1
    assert process.is_alive, "it went on by itself"
