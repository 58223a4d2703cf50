"""The command line: `warmgrid --help`."""

import asyncio
import secrets
import sys
from importlib import import_module
from typing import Annotated

import typer
from rich.console import Console

from bot.commands import imports
from bot.settings import Settings, SettingsProblem, load_settings
from services.errors import DomainError
from storage.kinds import Role
from storage.store import StoreUnavailable
from views.errors import toast

app = typer.Typer(
    help="Warmgrid: from a rider's photo to the grid officer's phone.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
database = typer.Typer(help="The shared store.", no_args_is_help=True)
app.add_typer(database, name="db")
app.add_typer(imports.app, name="import")
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def main() -> None:
    """Run a command; a problem with settings, store or what was asked for is one clear message, exit 2 or 1."""
    try:
        app()
    except SettingsProblem as problem:
        errors.print(str(problem), style="red", markup=False)
        sys.exit(2)
    except StoreUnavailable as problem:
        errors.print(f"The store cannot be used: {problem}", style="red", markup=False)
        sys.exit(1)
    except DomainError as problem:
        sentence = toast(load_settings().default_language, problem.key, problem.facts)
        errors.print(sentence, style="red", markup=False)
        sys.exit(1)


@app.command()
def run() -> None:
    """Receive updates and push alerts, in one process."""
    _serve(receives=True, pushes=True)


@app.command()
def bot() -> None:
    """Only receive updates (the alerts run elsewhere)."""
    _serve(receives=True, pushes=False)


@app.command()
def alerts() -> None:
    """Only push alerts and run the clock (the bot runs elsewhere)."""
    _serve(receives=False, pushes=True)


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Of the page; 0: any free one.")] = 8765,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget what the last demo left.")] = False,
) -> None:
    """Try everything on this machine: a local Telegram in the browser, the sample county, the bot, the alerts."""
    from bot.demo import run_demo

    run_demo(port=port, fresh=fresh)


@app.command()
def bench(
    only: Annotated[str, typer.Option(help="Names of the figures to measure, with commas; empty: all.")] = "",
    rounds: Annotated[int, typer.Option(help="Interleaved rounds of each figure.")] = 5,
    record: Annotated[bool, typer.Option("--record", help="Add the figures to docs/benchmarks.md.")] = False,
) -> None:
    """Measure, side by side with a yardstick, and print ratios."""
    from bot.bench import run_bench

    run_bench(only=only, rounds=rounds, record=record)


@database.command()
def upgrade() -> None:
    """Create the tables, or bring them up to date."""
    from storage.migrate import upgrade as upgrade_store

    upgrade_store(load_settings().database_url)


@app.command()
def invite(
    role: Annotated[Role, typer.Argument(help="What the person becomes.")],
    grid: Annotated[str | None, typer.Option(help="The code of an officer's grid.")] = None,
    team: Annotated[str | None, typer.Option(help="The code of a member's team.")] = None,
    deputy: Annotated[bool, typer.Option("--deputy", help="As deputy rather than primary, or lead.")] = False,
) -> None:
    """Make a one-time link, valid for seven days, and print it."""
    from bot.commands.invites import make_link
    from storage.migrate import prepare

    if role is Role.OFFICER and grid is None:
        raise typer.BadParameter("an officer needs a grid: add --grid CODE")
    if role is Role.MEMBER and team is None:
        raise typer.BadParameter("a member needs a team: add --team CODE")
    settings = load_settings()
    prepare(settings.database_url)
    token = secrets.token_urlsafe(16)
    link = make_link(settings, token=token, role=role, grid=grid, team=team, is_primary=not deputy)
    typer.echo(asyncio.run(link))


@app.command()
def replay(code: Annotated[str, typer.Argument(help="As the person was told, such as E-3F7K2.")]) -> None:
    """Try an update again that was set aside."""
    from bot.commands.replay import CannotReplay, replay_update
    from storage.migrate import prepare

    settings = load_settings()
    prepare(settings.database_url)
    try:
        typer.echo(asyncio.run(replay_update(settings, code=code)))
    except CannotReplay as problem:
        errors.print(str(problem), style="red", markup=False)
        raise typer.Exit(1) from problem


def _serve(*, receives: bool, pushes: bool) -> None:
    from bot.running import loading, set_up_log
    from bot.running import run as run_loop
    from storage.migrate import prepare

    settings = load_settings()
    settings.require_token()
    set_up_log(settings.log_level)
    prepare(settings.database_url)
    with loading():
        import_module("bot.app")
        if pushes:
            import_module("alerts.app")
    run_loop(_run(settings, receives=receives, pushes=pushes))


async def _run(settings: Settings, *, receives: bool, pushes: bool) -> None:
    from bot.app import serve
    from bot.running import Stop

    stop = Stop()
    with stop.heeded():
        async with serve(settings, receives=receives, pushes=pushes, on_broken=stop.broken):
            typer.echo("Warmgrid is running. Ctrl-C ends it.", err=True)
            await stop.wait()
    if stop.problem is not None:
        raise stop.problem
