"""The bench runs: one tiny round of each figure yields numbers. How good they are is not a test's business."""

import math
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_type_hints

import pytest
import typer
from rich.console import Console

from bot.bench.figure import Figure, Goal, Series, percentile
from bot.bench.run import FIGURES, measure, run
from bot.bench.size import Size
from bot.bench.table import keep, show
from bot.cli import bench

TINY = Size(
    rounds=1,
    riders=4,
    in_flight=2,
    units=20,
    lookups=200,
    alerts=2,
    alert_gap=0.2,
    open_reports=20,
    ticks=2,
    entries=400,
    few_entries=200,
    audits=1,
    balances=20,
    places=300,
    questions=50,
    settle=0.1,
    stocks=(500,),
)


@pytest.mark.parametrize("name", FIGURES)
def test_a_tiny_round_of_each_figure_yields_numbers(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    figures = measure([name], TINY, say=lambda _: None)

    assert figures
    for figure in figures:
        for series in (figure.ours, figure.theirs, figure.ratio):
            if series is not None:
                assert all(math.isfinite(value) and value > 0 for value in series.values)
        assert figure.goal is None or figure.ours is None or figure.is_met is not None
    assert list((tmp_path / "var").iterdir()) == []  # nothing is left behind


def test_what_was_promised_to_be_measured_is_measured_by_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (Size().stocks, Size().open_reports) == ((10_000, 100_000, 1_000_000), 100_000)
    assert (Size().few_entries, Size().entries) == (10_000, 1_000_000)
    assert Size().rounds > 1, "a spread needs several"
    monkeypatch.chdir(tmp_path)
    figures = measure(["duplicates"], replace(TINY, rounds=2), say=lambda _: None)
    assert [figure.what for figure in figures] == [
        "open reports nearby, of 500",
        "the same where 100 lie, of 500",
        "an officer's cases in order, of 500",
    ]
    town, crossing, _ = (figure.ours for figure in figures)
    assert town is not None
    assert crossing is not None
    assert len(town.values) == len(crossing.values) == 2
    assert "–" in str(crossing)


def test_whether_a_look_up_is_flat_is_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    *_, look_up = measure(["points"], replace(TINY, rounds=2), say=lambda _: None)
    assert (look_up.what, look_up.beside) == ("looking up a balance, of 400 entries", "the same of 200")
    assert look_up.goal == Goal(1.5, at_most=True)
    assert look_up.ratio is not None
    assert look_up.is_met == (look_up.ratio.middle <= 1.5)


def test_a_ratio_is_made_round_by_round_and_its_median_is_held_against_the_goal() -> None:
    figure = Figure("x", Series((10, 30, 20), "a/s"), "y", Series((10, 20, 40), "a/s"), Goal(1.3, at_most=False))

    assert figure.ratio is not None
    assert figure.ratio.values == (1.0, 1.5, 0.5)
    assert figure.is_met is False
    assert replace(figure, goal=Goal(0.8, at_most=False)).is_met is True
    assert replace(figure, goal=Goal(19, at_most=True, unit="a/s")).is_met is False
    assert replace(figure, goal=Goal(20, at_most=True, unit="a/s")).is_met is True
    assert replace(figure, goal=None).is_met is None


def test_what_a_system_cannot_measure_is_said_to_be_missing() -> None:
    figure = Figure("memory", None, "bare", None, Goal(260, at_most=True, unit="MB"))
    console = Console(record=True, width=120)

    show([figure], machine="2 cores", console=console)

    assert figure.is_met is None
    assert "not available" in console.export_text()


def test_the_record_keeps_every_run_as_it_was(tmp_path: Path) -> None:
    record = tmp_path / "benchmarks.md"
    record.write_text("# Benchmarks\n", encoding="utf-8")
    figure = Figure("x", Series((1.0, 2.0, 4.0), "s"), "y", Series((2.0, 2.0, 2.0), "s"), notes=("a note",))

    for day in (5, 6):
        keep([figure], machine="2 cores", at=datetime(2026, 1, day, 12, 30, tzinfo=UTC), path=record)

    text = record.read_text(encoding="utf-8")
    assert text.startswith("# Benchmarks\n")
    assert text.index("## 2026-01-05 12:30 UTC") < text.index("## 2026-01-06 12:30 UTC")
    assert "| x | 2.00 (1.00–4.00) s | y: 2.00 (2.00–2.00) s | 1.00 (0.50–2.00) × |  |  |" in text
    assert "- a note" in text


def test_percentiles() -> None:
    assert percentile([5.0], 99) == 5.0
    assert percentile(list(range(101)), 50) == 50
    assert percentile(list(range(101)), 99) == 99


def test_the_help_names_every_figure() -> None:
    option = get_type_hints(bench, include_extras=True)["only"].__metadata__[0]
    assert "Of " + ", ".join(FIGURES) + "," in option.help


def test_a_name_that_no_figure_has_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(
        typer.BadParameter,
        match="speed: expected of job, store, lookup, alert, clock, duplicates, points, places, start",
    ):
        run(only="store,speed", rounds=1, record=False)
    with pytest.raises(typer.BadParameter, match="expected 1 or more"):
        run(only="", rounds=0, record=False)
