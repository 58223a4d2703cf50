"""`warmgrid import grids|officers|… FILE`: a file into the store, all of it or, with bad rows, nothing."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.settings import Settings, load_settings
from bot.time import utc_now
from services import worktime
from services.errors import DomainError
from services.imports import pictures
from services.imports.grids import import_grids
from services.imports.leads import import_leads
from services.imports.merchants import import_merchants
from services.imports.officers import import_officers
from services.imports.places import import_places
from services.imports.removal import Replace
from services.imports.results import BadRow, Imported, ImportRefused
from services.imports.teams import import_teams
from services.places.systems import MapSystem, named
from storage.kinds import Language
from storage.media import MediaFolder
from storage.migrate import prepare
from storage.store import StoreUnavailable, open_store
from storage.tables import Counted, Table, UnreadableFile, read_table
from views.errors import of_system
from views.texts import plain

app = typer.Typer(
    help="Take grids, officers, leads, teams, shops or places from a file (GeoJSON, CSV, XLSX).", no_args_is_help=True
)

Rule = Callable[..., Imported]
"""A rule of `services/imports/`: `(session, table, *, skip_bad, progress, …)`."""
Beside = Callable[[Table], dict[str, Any]]
"""Reads what lies beside a file; more arguments of its rule."""
File = Annotated[Path, typer.Argument(help="Ends in .geojson, .csv or .xlsx.", show_default=False)]
SkipBad = Annotated[bool, typer.Option("--skip-bad", help="Take the good entries although there are bad ones.")]
SHOWN = 20
"""Codes or names that a remark lists."""


@app.command()
def grids(
    file: File,
    skip_bad: SkipBad = False,
    replace: Annotated[bool, typer.Option("--replace", help="Remove the grids that the file does not have.")] = False,
    move: Annotated[
        list[str] | None,
        typer.Option(metavar="OLD=NEW", help="With --replace: what is open in OLD, and its officers, go to NEW."),
    ] = None,
) -> None:
    """Add and update the county's grids."""
    settings = load_settings()
    moves = _moves(move or [], settings.default_language)
    if moves and not replace:
        raise typer.BadParameter(plain(settings.default_language, "import-move-alone"))
    how = Replace(moves, now=utc_now()) if replace else None
    _Import(settings, file).run(import_grids, skip_bad=skip_bad, replace=how)


@app.command()
def officers(file: File, skip_bad: SkipBad = False) -> None:
    """Add and update officers and their grids; each joins later by an invite link."""
    settings = load_settings()
    rule_needs = {"language": settings.default_language, "now": utc_now()}
    _Import(settings, file).run(import_officers, skip_bad=skip_bad, **rule_needs)


@app.command()
def leads(file: File, skip_bad: SkipBad = False) -> None:
    """Add and update the leads of communities and towns; each joins later by an invite link."""
    settings = load_settings()
    rule_needs = {"language": settings.default_language, "now": utc_now()}
    _Import(settings, file).run(import_leads, skip_bad=skip_bad, **rule_needs)


@app.command()
def teams(file: File, skip_bad: SkipBad = False) -> None:
    """Add and update teams (fire, enforcement …) and their members; each joins later by an invite link."""
    settings = load_settings()
    rule_needs = {"language": settings.default_language, "now": utc_now()}
    _Import(settings, file).run(import_teams, skip_bad=skip_bad, **rule_needs)


@app.command()
def merchants(
    file: File,
    skip_bad: SkipBad = False,
    replace: Annotated[bool, typer.Option("--replace", help="Remove the shops that the file does not have.")] = False,
    over_chat: Annotated[
        bool, typer.Option("--over-chat", help="Replace also what shops changed in chat; their owners are told.")
    ] = False,
) -> None:
    """Add and update the shops that take points, and what they give for them."""
    how = {"skip_bad": skip_bad, "replace": replace, "over_chat": over_chat}
    _Import(load_settings(), file).run(import_merchants, **how, now=utc_now())


@app.command()
def places(
    file: File,
    skip_bad: SkipBad = False,
    replace: Annotated[bool, typer.Option("--replace", help="Remove the places that the file does not have.")] = False,
    system: Annotated[
        str | None,
        typer.Option(
            metavar="SYSTEM", help="Of coordinates whose row names none: WGS-84, GCJ-02 (Amap), BD-09 (Baidu)."
        ),
    ] = None,
) -> None:
    """Add and update the places where people rest, drink, charge and park."""
    settings = load_settings()
    read_in = named(system) if system is not None else None
    if system is not None and read_in is None:
        known = ", ".join(MapSystem)
        raise typer.BadParameter(plain(settings.default_language, "import-bad-system", given=system, known=known))
    how = {"skip_bad": skip_bad, "replace": replace, "system": read_in, "now": utc_now()}
    _Import(settings, file, beside=partial(_pictures, settings=settings, file=file)).run(import_places, **how)


def _pictures(table: Table, *, settings: Settings, file: Path) -> dict[str, Any]:
    """What the file names lies beside it."""
    return {"pictures": pictures.keep(table, file.parent, lambda: MediaFolder(settings.require_media()))}


def _moves(options: list[str], language: Language) -> dict[str, str]:
    """By the old code, the new one."""
    pairs = [option.upper().partition("=") for option in options]
    for option, (old, _, new) in zip(options, pairs, strict=True):
        if not old.strip() or not new.strip():
            raise typer.BadParameter(plain(language, "import-bad-move", given=option))
    return {old.strip(): new.strip() for old, _, new in pairs}


class _Import:
    """One file on its way into the store, and what is said about it."""

    def __init__(self, settings: Settings, file: Path, *, beside: Beside | None = None) -> None:
        self._beside = beside
        self._url = settings.require_store()
        self._worktime = settings.worktime
        self._language: Language = settings.default_language
        self._file = file
        self._out = Console(highlight=False, soft_wrap=True)
        self._err = Console(stderr=True, highlight=False, soft_wrap=True)

    def run(self, rule: Rule, **arguments: Any) -> None:
        """Read the file, and what lies beside it, and run the rule; exit with 1 if nothing was taken."""
        try:
            table = read_table(self._file)
            arguments |= self._beside(table) if self._beside is not None else {}
        except UnreadableFile as problem:
            facts, cause = dict(problem.facts), problem.__cause__
            if isinstance(cause, OSError):
                facts["problem"] = of_system(self._language, cause)
            self._complain(problem.reason, **facts)
            raise typer.Exit(1) from problem
        try:
            prepare(self._url)
            imported = asyncio.run(self._store(rule, table=table, **arguments))
        except ImportRefused as refusal:
            self._complain("import-refused", file=self._file.name, count=len(refusal.bad))
            self._list(refusal.bad, table.counted)
            self._complain("import-refused-hint")
            raise typer.Exit(1) from refusal
        except DomainError as problem:
            self._complain(problem.key, **problem.facts)
            raise typer.Exit(1) from problem
        except StoreUnavailable as problem:
            self._complain("import-store-unavailable", problem=str(problem).partition("\n")[0])
            raise typer.Exit(1) from problem
        self._report(imported, table.counted)

    async def _store(self, rule: Rule, *, table: Table, **arguments: Any) -> Imported:
        store = await open_store(self._url, info={worktime.KEY: self._worktime})
        title = plain(self._language, "import-progress", file=self._file.name)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        try:
            with Progress(*columns, console=self._err, transient=True, disable=not self._err.is_terminal) as bar:
                task = bar.add_task(title, total=None)

                def progress(done: int, steps: int) -> None:
                    bar.update(task, completed=done, total=steps)

                return await store.write(rule, table=table, progress=progress, **arguments)
        finally:
            await store.close()

    def _report(self, imported: Imported, counted: Counted) -> None:
        counts = {"added": imported.added, "updated": imported.updated, "unchanged": imported.unchanged}
        self._out.print(plain(self._language, "import-done", file=self._file.name, **counts), markup=False)
        for remark, names in imported.remarks.items():
            listed = ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")
            self._out.print(plain(self._language, remark, count=len(names), names=listed), markup=False)
        if imported.skipped:
            self._complain("import-skipped", count=len(imported.skipped))
            self._list(imported.skipped, counted)

    def _list(self, bad: tuple[BadRow, ...], counted: Counted) -> None:
        for row in bad:
            facts = dict(row.facts)
            if "number" in facts:  # of another row
                facts["where"] = self._where(counted, facts["number"])
            problem = plain(self._language, row.reason, **facts)
            self._complain("import-at", where=self._where(counted, str(row.number)), problem=problem)

    def _where(self, counted: Counted, number: str) -> str:
        return plain(self._language, f"import-where-{counted}", number=number)

    def _complain(self, key: str, **facts: Any) -> None:
        self._err.print(plain(self._language, key, **facts), markup=False)
