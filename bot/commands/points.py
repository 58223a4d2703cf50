"""`warmgrid points audit`: does the ledger of points add up?"""

import asyncio
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy import make_url

from bot.settings import Settings, load_settings
from services import worktime
from services.points.audit import Audit, audit
from services.points.findings import Finding
from storage.kinds import Language
from storage.migrate import prepare
from storage.store import open_store
from views.texts import plain

app = typer.Typer(help="Look after the ledger of points.", no_args_is_help=True)


@app.callback()
def points() -> None:
    """Look after the ledger of points."""


@app.command(name="audit")
def audit_points() -> None:
    """Look at every entry: sums, chains, balances, lots, holds, shops. What is wrong is said, with exit code 1."""
    settings = load_settings()
    language = settings.default_language
    prepare(settings.require_known_store())
    found = asyncio.run(_audit(settings, Console(stderr=True, highlight=False, soft_wrap=True)))
    for one in found.findings:
        typer.echo(_line(one, language))
    facts: dict[str, Any] = {"accounts": found.accounts, "transfers": found.transfers, "entries": found.entries}
    facts["store"] = make_url(settings.database_url).render_as_string(hide_password=True)
    if found.findings:
        typer.echo(plain(language, "points-audit-wrong", count=len(found.findings), **facts), err=True)
        raise typer.Exit(1)
    typer.echo(plain(language, "points-audit-right" if found.entries else "points-audit-empty", **facts))


async def _audit(settings: Settings, console: Console) -> Audit:
    store = await open_store(settings.require_store(), info={worktime.KEY: settings.worktime})
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    try:
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task(plain(settings.default_language, "points-audit-progress"), total=None)

            def progress(done: int, total: int) -> None:
                bar.update(task, completed=done, total=total)

            return await store.read(audit, progress=progress)
    finally:
        await store.close()


def _line(one: Finding, language: Language) -> str:
    facts = {"where": one.where, "found": str(one.found), "expected": str(one.expected)}
    return plain(language, f"points-fault-{one.fault}", **facts)
