"""The officers of the sample county: who is primary and who is deputy of which grid."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random  # noqa: TID251 - handed on from the one fixed seed

from sample_county.places import Names, Place, communities_of

OFFICERS = 774
PHONE = "199-0000-{:04}"
"""Plainly made up, so that nobody dials it in earnest."""


@dataclass
class Officer:
    """A line of `officers.csv`."""

    name: str
    phone: str
    community: str
    grids: list[str] = field(default_factory=list)
    duties: list[str] = field(default_factory=list)  # of the grid at the same position

    def take(self, place: Place, duty: str) -> None:
        """Give this officer a grid."""
        self.grids.append(place.code)
        self.duties.append(duty)


def hire(places: list[Place], names: Names, rng: Random) -> list[Officer]:
    """Staff every community.

    In the town each grid has a primary of its own, who is also deputy of the next grid. In the country an officer is
    primary of one to three grids; those with only one are also deputy of the grid after it.
    """
    people = _people(names, rng)
    communities = communities_of(places)
    urban = sum(place.is_urban for place in places)
    rural = {name: len(members) for name, members in communities.items() if not members[0].is_urban}
    posts = share_out(OFFICERS - urban, rural)
    officers: list[Officer] = []
    for community, members in communities.items():
        count = posts.get(community, len(members))
        for post in range(count):
            first, after = post * len(members) // count, (post + 1) * len(members) // count
            officer = Officer(*next(people), community)
            for place in members[first:after]:
                officer.take(place, "primary")
            if after - first == 1 and len(members) > 1:
                officer.take(members[after % len(members)], "deputy")
            officers.append(officer)
    return officers


def share_out(total: int, sizes: dict[str, int]) -> dict[str, int]:
    """Share posts among communities by their size, the largest remainders first."""
    grids = sum(sizes.values())
    posts = {name: total * size // grids for name, size in sizes.items()}
    by_remainder = sorted(sizes, key=lambda name: -(total * sizes[name] % grids))
    for name in by_remainder[: total - sum(posts.values())]:
        posts[name] += 1
    return posts


def _people(names: Names, rng: Random) -> Iterator[tuple[str, str]]:
    """Different names, each with the next telephone number."""
    used: set[str] = set()
    number = 0
    while True:
        given = rng.choice(names["given_first"]) if rng.random() < 0.8 else ""
        name = rng.choice(names["surnames"]) + given + rng.choice(names["given_second"])
        if name not in used:
            used.add(name)
            number += 1
            yield name, PHONE.format(number)
