"""Kinds of service places and what they have, from `data/places.toml`, with the limits that hold for all of them."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from storage.kinds import Language

FILE = Path(__file__).parent.parent / "data" / "places.toml"
PARKING = "parking"
"""The facility that has a number: of spaces, and of those that are free."""


@dataclass(frozen=True, slots=True)
class Named:
    """A kind of place, or a facility."""

    code: str
    names: dict[Language, str]
    icon: str
    words: tuple[str, ...]  # lower case: what people ask for it by


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds for all places."""

    shown: int  # places on one card
    fresh: timedelta  # so long the place that somebody sent last counts as where he is
    walk: int  # metres a minute
    ride: int
    live_edit: timedelta  # the least time between two edits of a card that follows a live location
    ask_after: timedelta  # a visit
    visits_kept: timedelta
    doubts: int  # contradictions that make a place doubtful
    confirmed: timedelta  # for so long a place counts as confirmed lately


@dataclass(frozen=True, slots=True)
class Asking:
    """What a question for places is made of, besides the words of kinds and facilities; all in lower case."""

    open: tuple[str, ...]  # those that are open now
    all_day: tuple[str, ...]  # those that never close
    fillers: tuple[str, ...]  # these say nothing of their own


@cache
def kinds() -> dict[str, Named]:
    """The kinds of places by code, in the order of the file. An import may have named more: `services/places`."""
    return _named("kinds")


@cache
def facilities() -> dict[str, Named]:
    """What places have, by code, in the order of the file."""
    return _named("facilities")


@cache
def limits() -> Limits:
    """What holds for all places."""
    raw = _raw()
    near, true = raw["near"], raw["true"]
    return Limits(
        shown=near["shown"],
        fresh=timedelta(minutes=near["fresh_minutes"]),
        walk=near["walk"],
        ride=near["ride"],
        live_edit=timedelta(seconds=raw["live"]["edit_seconds"]),
        ask_after=timedelta(minutes=true["ask_after_minutes"]),
        visits_kept=timedelta(hours=true["visit_hours"]),
        doubts=true["doubts"],
        confirmed=timedelta(days=true["fresh_days"]),
    )


@cache
def asking() -> Asking:
    """How people ask for places."""
    return Asking(**{name: tuple(words) for name, words in _raw()["asking"].items()})


def _named(table: str) -> dict[str, Named]:
    return {
        code: Named(
            code=code,
            names={Language.ZH: entry["zh"], Language.EN: entry["en"]},
            icon=entry["icon"],
            words=tuple(entry.get("words", ())),
        )
        for code, entry in _raw()[table].items()
    }


@cache
def _raw() -> dict[str, Any]:
    with FILE.open("rb") as file:
        return tomllib.load(file)
