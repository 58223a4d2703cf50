"""Figures as a table: on the screen, and in `docs/benchmarks.md`."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.bench.figure import Figure

RECORD = Path(__file__).parents[2] / "docs" / "benchmarks.md"
HEAD = ("figure", "Warmgrid", "beside", "ratio", "goal", "")
MISSING = "not available"


def show(figures: Sequence[Figure], *, machine: str, console: Console) -> None:
    """Print it."""
    table = Table(*HEAD, caption=f"median (lowest–highest round); {machine}", show_lines=True)
    for figure in figures:
        row = _row(figure)
        style = {True: "green", False: "red", None: ""}[figure.is_met]
        table.add_row(*row[:-1], Text(row[-1], style=style))
    console.print(table)
    for note in _notes(figures):
        console.print(note, style="dim", markup=False, highlight=False)


def keep(figures: Sequence[Figure], *, machine: str, at: datetime, path: Path = RECORD) -> Path:
    """Add it to the record, as it is."""
    lines = ["", f"## {at:%Y-%m-%d %H:%M} UTC", "", f"{machine}.", "", _line(HEAD), _line(["---"] * len(HEAD))]
    lines += [_line(_row(figure)) for figure in figures]
    lines += ["", *(f"- {note}" for note in _notes(figures))] if _notes(figures) else []
    with path.open("a", encoding="utf-8") as record:
        record.write("\n".join(lines) + "\n")
    return path


def _row(figure: Figure) -> list[str]:
    beside = f"{figure.beside}: {figure.theirs}" if figure.theirs is not None else figure.beside
    return [
        figure.what,
        str(figure.ours or MISSING),
        beside,
        str(figure.ratio or ""),
        str(figure.goal or ""),
        {True: "met", False: "missed", None: ""}[figure.is_met],
    ]


def _notes(figures: Sequence[Figure]) -> list[str]:
    return [note for figure in figures for note in figure.notes]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
