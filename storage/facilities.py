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
    alone: tuple[str, ...]  # the same, but only where nothing else is written
    breaks: bool  # of a facility: whether it can be broken
    parts: tuple[str, ...]  # of a facility: words for what belongs to it, which tell of no hazard there


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
    full: timedelta  # a place, once somebody has said so
    doubts: int  # contradictions that make a place doubtful
    confirmed: timedelta  # for so long a place counts as confirmed lately


@dataclass(frozen=True, slots=True)
class WarnLimits:
    """What holds for warnings of heat, cold, typhoon and flood."""

    seen: timedelta  # whose last place is older is near nothing
    valid: timedelta  # what could not be sent by then is not sent any more
    metres: int  # so near to a place, where nothing else is said
    most_metres: int
    again: timedelta  # the same kind so soon once more is asked about
    shown: int  # open places in a warning
    shelters: frozenset[str]  # a place with one of these facilities is named in it
    units: dict[str, int]  # metres in what is written behind a number, by how it is written
    near_words: tuple[str, ...]  # what may stand around that


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


def can_break(code: str) -> bool:
    """Whether a facility can be broken; one that the file does not have any more may be."""
    known = facilities().get(code)
    return known is None or known.breaks


def broken(code: str) -> tuple[str, ...]:
    """That a facility is broken, in each language."""
    known = facilities().get(code)
    if known is None:
        return tuple(said.format(code) for said in _raw()["broken"].values())
    return tuple(_raw()["broken"][language].format(name) for language, name in known.names.items())


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
        full=timedelta(hours=true["full_hours"]),
        doubts=true["doubts"],
        confirmed=timedelta(days=true["fresh_days"]),
    )


@cache
def warn_limits() -> WarnLimits:
    """What holds for warnings."""
    raw = _raw()["warn"]
    return WarnLimits(
        seen=timedelta(hours=raw["seen_hours"]),
        valid=timedelta(hours=raw["valid_hours"]),
        metres=raw["metres"],
        most_metres=raw["most_metres"],
        again=timedelta(minutes=raw["again_minutes"]),
        shown=raw["shown"],
        shelters=frozenset(raw["shelters"]),
        units=dict.fromkeys(raw["metre_words"], 1) | dict.fromkeys(raw["kilometre_words"], 1000),
        near_words=tuple(raw["near_words"]),
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
            alone=tuple(entry.get("alone", ())),
            breaks=entry.get("breaks", True),
            parts=tuple(entry.get("parts", ())),
        )
        for code, entry in _raw()[table].items()
    }


@cache
def _raw() -> dict[str, Any]:
    with FILE.open("rb") as file:
        return tomllib.load(file)
