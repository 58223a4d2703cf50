"""`warmgrid export evaluation|audit FILE.xlsx`: the figures of any days with their reports; the audit log."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.settings import Settings, load_settings
from bot.time import utc_now
from services import audit_log, evaluation, worktime
from storage.figures import Period, Whole
from storage.kinds import Language
from storage.migrate import prepare
from storage.records import AuditRecord
from storage.store import open_store
from views import audit, stats_file
from views.errors import of_system
from views.making import make
from views.texts import plain

File = Annotated[Path, typer.Argument(help="Ends in .xlsx; one that is there is written anew.", show_default=False)]
First = Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day.")]
Last = Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day.")]

app = typer.Typer(help="Write what the store knows into a file (XLSX).", no_args_is_help=True)


@app.command(name="evaluation")
def export_evaluation(file: File, first: First, last: Last) -> None:
    """How well promises were kept: by grid, community, officer and category, and report by report."""
    settings, language, period = begin(file, first, last)
    found = asyncio.run(_read(settings, period))
    keep(file, make(stats_file.workbook(found, language, zone=settings.zone)), language)
    typer.echo(plain(language, "export-done", file=str(file), count=len(found.lines)))


@app.command(name="audit")
def export_audit(file: File) -> None:
    """What was decided about people and their reports, and by whom; newest first."""
    settings = load_settings()
    language = settings.default_language
    require_xlsx(file, language)
    prepare(settings.require_known_store())
    found = asyncio.run(_read_audit(settings))
    keep(file, make(audit.workbook(found, language, zone=settings.zone)), language)
    typer.echo(plain(language, "export-audit-done", file=str(file), count=len(found)))


def begin(file: Path, first: datetime, last: datetime) -> tuple[Settings, Language, Period]:
    """What is exported of which days, if that makes sense, from a store that is there."""
    settings = load_settings()
    language = settings.default_language
    require_xlsx(file, language)
    if first > last:
        raise typer.BadParameter(plain(language, "export-backwards"))
    prepare(settings.require_known_store())
    return settings, language, Period(first.date(), last.date())


def require_xlsx(file: Path, language: Language) -> None:
    """Refuse another ending: spreadsheets go by it."""
    if file.suffix.lower() != ".xlsx":
        raise typer.BadParameter(plain(language, "export-not-xlsx"))


async def _read_audit(settings: Settings) -> list[AuditRecord]:
    store = await open_store(settings.database_url)
    try:
        return await store.read(audit_log.everything)
    finally:
        await store.close()


async def _read(settings: Settings, period: Period) -> Whole:
    store = await open_store(settings.database_url, info={worktime.KEY: settings.worktime})
    try:
        return await store.read(
            evaluation.whole_scope, scope=evaluation.EVERYONE, period=period, now=utc_now(), most=None
        )
    finally:
        await store.close()


def keep(file: Path, data: bytes, language: Language) -> None:
    """Write the file, or say why it cannot be, and exit with 1."""
    try:
        _write(file, data)
    except OSError as problem:
        said = plain(language, "export-cannot-write", file=str(file), problem=of_system(language, problem))
        Console(stderr=True, highlight=False, soft_wrap=True).print(said, style="red", markup=False)
        raise typer.Exit(1) from problem


def _write(file: Path, data: bytes) -> None:
    """Whole or not at all: what is there stays until the new one is on disk."""
    beside = file.with_name(f".{file.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
