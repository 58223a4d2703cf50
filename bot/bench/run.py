"""Runs the figures that are asked for, prints the table, and keeps it if wanted."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import typer
from rich.console import Console

from bot.bench import alert, clock, duplicates, lookup, places, points, start, store, whole_job
from bot.bench.figure import Figure
from bot.bench.machine import describe
from bot.bench.place import Place, prepared
from bot.bench.size import Size
from bot.bench.table import keep, show
from bot.running import run as run_loop
from bot.running import set_up_log
from bot.time import utc_now

FIGURES: dict[str, Callable[[Place, Size], Awaitable[list[Figure]]]] = {
    "job": whole_job.measure,
    "store": store.measure,
    "lookup": lookup.measure,
    "alert": alert.measure,
    "clock": clock.measure,
    "duplicates": duplicates.measure,
    "points": points.measure,
    "places": places.measure,
    "start": start.measure,
}


def run(*, only: str, rounds: int, record: bool) -> None:
    """See `bot.bench.run_bench`."""
    names = [name.strip() for name in only.split(",") if name.strip()] or list(FIGURES)
    if unknown := [name for name in names if name not in FIGURES]:
        raise typer.BadParameter(f"{', '.join(unknown)}: expected of {', '.join(FIGURES)}", param_hint="--only")
    if rounds < 1:
        raise typer.BadParameter(f"{rounds}: expected 1 or more", param_hint="--rounds")
    set_up_log("WARNING")
    console = Console()
    began, machine = utc_now(), describe()  # the load before ours
    figures = measure(names, replace(Size(), rounds=rounds), say=lambda name: console.print(f"[dim]{name} …[/dim]"))
    show(figures, machine=machine, console=console)
    if record:
        console.print(f"Added to {keep(figures, machine=machine, at=began)}.")


def measure(names: list[str], size: Size, *, say: Callable[[str], None]) -> list[Figure]:
    """Measure these, one after the other."""
    figures: list[Figure] = []
    with prepared(riders=max((size.rounds + 1) * size.riders, (size.rounds + 1) * size.alerts + 2)) as place:
        for name in names:
            say(name)
            figures += run_loop(_measured(name, place, size))
    return figures


async def _measured(name: str, place: Place, size: Size) -> list[Figure]:
    return await FIGURES[name](place, size)
