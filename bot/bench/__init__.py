"""`warmgrid bench`: what Warmgrid does, measured beside a yardstick in the same run.

Each figure runs in rounds that alternate (Warmgrid, yardstick, Warmgrid, …), so that a busy machine slows both. What
counts is the ratio; the raw figures stand beside it. To add a figure, write a function `(place, size) -> list[Figure]`
and add it to `FIGURES` in `bot/bench/run.py`.
"""


def run_bench(*, only: str, rounds: int, record: bool) -> None:
    """Measure, print a table, and with ``record`` add it to `docs/benchmarks.md`.

    Args:
        only: names of figures with commas between them; empty: all.
        rounds: interleaved rounds of each figure.
        record: whether to keep the table.
    """
    from bot.bench.run import run  # the yardsticks import this package, too, and are to stay light

    run(only=only, rounds=rounds, record=record)
