"""The two promises of a report: by when somebody has accepted it, and by when it is fixed (`data/deadlines.toml`)."""

import tomllib
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent.parent / "data" / "deadlines.toml"


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised for one kind of report."""

    accept: timedelta
    resolve: timedelta
    around_the_clock: bool  # else in working time


@cache
def promise(category: str, *, is_urgent: bool) -> Promise:
    """What holds for a report of this category and urgency."""
    table = _table()
    return replace(Promise(**_read(table["urgent" if is_urgent else "normal"])), **_read(table.get(category, {})))


@cache
def _table() -> dict[str, dict[str, Any]]:
    with FILE.open("rb") as file:
        return tomllib.load(file)


def _read(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry of the file with its minutes as spans of time."""
    return {name: value if isinstance(value, bool) else timedelta(minutes=value) for name, value in entry.items()}
