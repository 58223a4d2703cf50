"""The command line: `warmgrid --help`."""

import asyncio
import secrets
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from bot.commands import exports, imports, place_exports, points
from bot.lazy_models import import_aiogram
from bot.settings import Settings, SettingsProblem, load_settings, spoken
from services.errors import DomainError
from storage.kinds import Role
from storage.store import StoreUnavailable
from views.errors import toast
from views.texts import plain

if TYPE_CHECKING:
    from bot.commands.replay import Replayed

app = typer.Typer(
    help="Warmgrid: from a rider's photo to the grid officer's phone. Settings: the environment, and `.env` here.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
database = typer.Typer(help="Look after the shared store.", no_args_is_help=True)
app.add_typer(database, name="db")
place_exports.add_to(exports.app)
app.add_typer(imports.app, name="import")
app.add_typer(exports.app, name="export")
app.add_typer(points.app, name="points")
NEEDS = {
    Role.OFFICER: ("grid", "invite-needs-grid"),
    Role.MEMBER: ("team", "invite-needs-team"),
    Role.MERCHANT: ("shop", "invite-needs-shop"),
    Role.KEEPER: ("place", "invite-needs-place"),
    Role.LEAD: ("town", "invite-needs-town"),
}
"""What an invite for a role must say, and the text that asks for it."""
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def main() -> None:
    """Run a command; a problem with settings, store or what was asked for is one clear message, exit 2 or 1."""
    try:
        app()
    except SettingsProblem as problem:
        _complain(problem.words(spoken()))
        sys.exit(2)
    except StoreUnavailable as problem:
        _complain(_say("run-no-store", problem=str(problem)))
        sys.exit(1)
    except DomainError as problem:
        _complain(toast(spoken(), problem.key, problem.facts))
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
    port: Annotated[int, typer.Option(min=0, max=65535, help="The page's port; 0 takes any free one.")] = 8765,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget what the last demo left.")] = False,
) -> None:
    """Try everything on this machine: a local Telegram in the browser, the sample county, the bot, the alerts."""
    import_aiogram()
    from bot.demo import run_demo

    run_demo(port=port, fresh=fresh)


@app.command()
def bench(
    only: Annotated[
        str,
        typer.Option(
            help="Of job, store, lookup, alert, clock, duplicates, points, places, start, "
            "with commas between them; empty: all."
        ),
    ] = "",
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

    upgrade_store(load_settings().require_store())


@app.command()
def invite(
    role: Annotated[Role, typer.Argument(help="What the person becomes.")],
    grid: Annotated[list[str] | None, typer.Option(help="The code of an officer's grid; may be given again.")] = None,
    team: Annotated[str | None, typer.Option(help="The code of a member's team.")] = None,
    town: Annotated[str | None, typer.Option(help="A lead's town.")] = None,
    shop: Annotated[str | None, typer.Option(help="The code of a merchant's shop.")] = None,
    place: Annotated[str | None, typer.Option(help="The code of a keeper's warm station or other place.")] = None,
    community: Annotated[str | None, typer.Option(help="The lead's community in it; without: the whole town.")] = None,
    deputy: Annotated[
        bool,
        typer.Option(
            "--deputy",
            help="As deputy rather than primary, of every grid that is named; as deputy of the team's lead; "
            "as staff of the shop rather than its owner.",
        ),
    ] = False,
) -> None:
    """Print a link that lets whoever opens it first in, as officer, lead, merchant and so on; valid for seven days."""
    import_aiogram()
    from bot.commands.invites import make_link
    from services.posts import Land
    from storage.migrate import prepare

    given = {"grid": grid, "team": team, "shop": shop, "place": place, "town": town}
    needs, text = NEEDS.get(role, (None, ""))
    if needs is not None and not given[needs]:
        raise typer.BadParameter(_say(text))
    settings = load_settings()
    prepare(settings.require_store())
    land = Land(town, community or "") if role is Role.LEAD and town is not None else None
    of = {"grids": grid or (), "team": team, "shop": shop, "place": place, "land": land}
    typer.echo(asyncio.run(make_link(settings, token=secrets.token_hex(16), role=role, is_primary=not deputy, **of)))


@app.command()
def settle(
    month: Annotated[str, typer.Argument(help="Such as 2026-11; it has to be over.", show_default=False)],
    file: Annotated[Path | None, typer.Argument(help="Ends in .xlsx; without: settlement-MONTH.xlsx here.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask, also where the month is long over.")] = False,
) -> None:
    """Close a month of all shops, send each its sheet, and write that of all; once more: only write it."""
    from bot.commands.settle import settle_month

    settle_month(month, file or Path(f"settlement-{month}.xlsx"), is_sure=yes)


@app.command()
def replay(
    code: Annotated[
        str | None,
        typer.Argument(help="As the person was told, such as E-3F7K2. Without: list all.", show_default=False),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Try all of them, oldest first.")] = False,
) -> None:
    """List the updates that were set aside, or try them again."""
    import_aiogram()
    from bot.commands.replay import list_aside, replay_updates
    from storage.migrate import prepare

    if code and every:
        raise typer.BadParameter(_say("replay-either"))
    settings = load_settings()
    prepare(settings.require_store())
    if code or every:
        _say_replayed(asyncio.run(replay_updates(settings, code=code)), code=code)
    else:
        lines = asyncio.run(list_aside(settings))
        typer.echo("\n".join([*lines, "", _say("replay-hint")]) if lines else _say("replay-nothing"))


def _say_replayed(replayed: "list[Replayed]", *, code: str | None) -> None:
    if not replayed:
        typer.echo(_say("replay-no-such", code=code) if code else _say("replay-nothing"), err=code is not None)
    for one in replayed:
        if one.problem is None:
            typer.echo(_say("replay-done", code=one.code))
        else:
            _complain(_say("replay-failed", code=one.code, problem=one.problem))
    if any(one.problem for one in replayed) or (code and not replayed):
        raise typer.Exit(1)


def _serve(*, receives: bool, pushes: bool) -> None:
    from bot.running import loading, set_up_log
    from bot.running import run as run_loop
    from storage.migrate import prepare

    settings = load_settings()
    settings.require_token()
    settings.require_media()
    set_up_log(settings.log_level)
    prepare(settings.require_store())
    with loading():
        import_aiogram()
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
            typer.echo(_say("run-is-running"), err=True)
            await stop.wait()
    if stop.problem is not None:
        raise stop.problem


def _say(key: str, **facts: str) -> str:
    return plain(spoken(), key, **facts)


def _complain(words: str) -> None:
    errors.print(words, style="red", markup=False)
