"""Where the methods enrol themselves by their names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.parameters import Params, Table
from sandbox.world import World

Run = Callable[[World, Params], Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """A result with the words that Telegram puts beside it."""

    result: Any
    description: str


@dataclass(frozen=True, slots=True)
class Method:
    """One method: its name as documented, its parameters, and what it does.

    ``run`` returns the result as JSON-like values, a ``Reply``, or something to await for one of them.
    """

    name: str
    table: Table
    run: Run


METHODS: dict[str, Method] = {}  # by name in lower case: Telegram does not mind


def method(name: str) -> Callable[[Run], Run]:
    """Enrol a function as a method."""

    def enrol(run: Run) -> Run:
        METHODS[name.lower()] = Method(name, Table(name), run)
        return run

    return enrol
