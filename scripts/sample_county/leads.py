"""The leads of the sample county: one of each town, one of each community."""

from random import Random  # noqa: TID251 - handed on from the one fixed seed

from sample_county.places import Names, Place

COLUMNS = ("name", "phone", "town", "community", "language")
PHONE = "199-0002-{:04}"
"""Plainly made up, so that nobody dials it in earnest."""

Lead = tuple[str, str, str, str]
"""Name, phone, town, community (empty: the whole town)."""


def appoint(places: list[Place], names: Names, rng: Random, *, taken: set[str]) -> list[Lead]:
    """A lead each, towns first; ``taken`` are names that somebody has already."""
    lands = [(town, "") for town in dict.fromkeys(place.town for place in places)]
    lands += dict.fromkeys((place.town, place.community) for place in places)
    used = set(taken)
    leads: list[Lead] = []
    while len(leads) < len(lands):
        name = rng.choice(names["surnames"]) + rng.choice(names["given_first"]) + rng.choice(names["given_second"])
        if name not in used:
            used.add(name)
            leads.append((name, PHONE.format(len(leads) + 1), *lands[len(leads)]))
    return leads
