"""The teams of the sample county that can be called in: those of the county, and two of each town."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random  # noqa: TID251 - handed on from the one fixed seed

from sample_county.places import Names, Place

COLUMNS = ("code", "name_zh", "name_en", "kind", "town", "member", "phone", "rank", "language")
PHONE = "199-0001-{:04}"
"""Plainly made up, so that nobody dials it in earnest."""
OF_COUNTY = (
    ("FIRE", "县消防救援大队", "County fire brigade", "fire"),
    ("POLICE", "县公安局指挥中心", "County police", "police"),
    ("MEDICAL", "县急救中心", "County ambulance", "medical"),
    ("RESCUE", "县应急救援队", "County rescue", "rescue"),
    ("ENFORCE", "县综合执法大队", "County enforcement", "enforcement"),
    ("POWER", "县供电公司", "Power supply", "power"),
    ("WATER", "县自来水公司", "Waterworks", "water"),
    ("GAS", "县燃气公司", "Gas supply", "gas"),
    ("ROADS", "县公路事业中心", "County roads", "roads"),
)
OF_TOWN = (("R", "应急分队", "rescue squad", "rescue"), ("P", "派出所", "police station", "police"))
RANKS = ("lead", "deputy", "deputy")


@dataclass
class Crew:
    """A team with its members."""

    code: str
    name_zh: str
    name_en: str
    kind: str
    town: str  # empty: the whole county
    members: list[tuple[str, str, str]] = field(default_factory=list)  # name, phone, rank


def raise_teams(places: list[Place], names: Names, rng: Random, *, taken: set[str]) -> list[Crew]:
    """Every team has a lead and two deputies; ``taken`` are names that somebody has already."""
    crews = [Crew(code, zh, en, kind, "") for code, zh, en, kind in OF_COUNTY]
    for number, town in enumerate(dict.fromkeys(place.town for place in places), start=1):
        crews += [
            Crew(f"T{number:02}-{letter}", f"{town}{zh}", f"Town {number} {en}", kind, town)
            for letter, zh, en, kind in OF_TOWN
        ]
    people = _people(names, rng, taken)
    for crew in crews:
        crew.members = [(*next(people), rank) for rank in RANKS]
    return crews


def _people(names: Names, rng: Random, taken: set[str]) -> Iterator[tuple[str, str]]:
    """Different names, each with the next telephone number."""
    used = set(taken)
    number = 0
    while True:
        name = rng.choice(names["surnames"]) + rng.choice(names["given_first"]) + rng.choice(names["given_second"])
        if name not in used:
            used.add(name)
            number += 1
            yield name, PHONE.format(number)
