"""Whether what was typed is the name of a rider's team, or a report after all."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from storage.categories import OTHER, category, guess

FILE = Path(__file__).parent.parent / "data" / "team-names.toml"
MOST_TEAM = 40
"""Characters of a team's name."""
MOST_WORDS = 3
"""In at most so many words what ends as names of teams do is one, even with a hazard's word in it."""
SHORT, MORE_THAN = 12, 2
"""Chinese characters of a name without such an end; how many of these there are besides the hazard's word."""


@dataclass(frozen=True, slots=True)
class Signs:
    """By what names of teams are known."""

    ends: tuple[str, ...]  # lower case
    happens: frozenset[str]  # characters that they hardly have


@cache
def signs() -> Signs:
    """What `data/team-names.toml` says."""
    with FILE.open("rb") as file:
        raw = tomllib.load(file)
    return Signs(tuple(raw["ends"]), frozenset(raw["happens"]))


def may_name_team(text: str) -> bool:
    """Whether what was typed can be a team's name: short, on one line, and no hazard by its words.

    A hazard's word does no harm (大树底下站, Fire Station team) in a few words that end as names of teams do, nor in a
    short Chinese name in which nothing happens (大树外卖). One tap makes a report of it all the same.
    """
    text = text.strip()
    if len(text) > MOST_TEAM or "\n" in text:
        return False
    return guess(text) == OTHER or (len(text.split()) <= MOST_WORDS and _is_called_so(text))


def _is_called_so(name: str) -> bool:
    """Whether a name with a hazard's word in it reads as a team's rather than as what has happened.

    What would be urgent is a hazard unless it ends as names of teams do: it is worse to lose it than to ask again.
    """
    if name.lower().endswith(signs().ends):
        return True
    one = category(guess(name))
    words = (*one.keywords, *one.urgent_keywords, *one.hints)
    is_more = len(name) >= MORE_THAN + max(len(word) for word in words if word in name.lower())
    return not (one.is_urgent or name.isascii() or signs().happens & set(name)) and is_more and len(name) <= SHORT
