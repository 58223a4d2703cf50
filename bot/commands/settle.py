"""`warmgrid settle 2026-11`: what every shop is paid for a month."""

import asyncio
from pathlib import Path

import typer

from bot.commands.exports import keep, require_xlsx
from bot.settings import Settings, load_settings
from bot.time import utc_now
from services import worktime
from services.merchants import settlement
from storage.merchant_records import SettlementRecord
from storage.migrate import prepare
from storage.store import open_store
from views.making import make
from views.settlement import of_all
from views.shops import yuan
from views.texts import plain


def settle_month(month: str, file: Path, *, is_sure: bool) -> None:
    """Close it, unless it is closed, and write the sheet of all shops. One that is long over is asked about.

    Raises:
        BadMonth, MonthNotOver, NothingYet: it cannot be closed.
    """
    settings = load_settings()
    language = settings.default_language
    require_xlsx(file, language)
    prepare(settings.require_known_store())
    if not is_sure and asyncio.run(_asks(settings, month)):
        typer.confirm(plain(language, "settle-long-over", month=month), abort=True)
    found = asyncio.run(_close(settings, month))
    keep(file, make(of_all(found, language)), language)
    total = yuan(sum(one.pays for one in found))
    typer.echo(plain(language, "settle-done", month=month, count=len(found), yuan=total, file=str(file)))


async def _asks(settings: Settings, month: str) -> bool:
    store = await open_store(settings.database_url, info={worktime.KEY: settings.worktime})
    try:
        return await store.read(settlement.asks_first, month=month, now=utc_now())
    finally:
        await store.close()


async def _close(settings: Settings, month: str) -> list[SettlementRecord]:
    store = await open_store(settings.database_url, info={worktime.KEY: settings.worktime})
    try:
        return await store.write(settlement.close, month=month, now=utc_now())
    finally:
        await store.close()
