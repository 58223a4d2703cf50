"""Evaluations and digests with the most awkward figures and names: what the tests of views look at."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

from storage.evaluation_kinds import Digest, Dimension, Figure, Span
from storage.figures import (
    EVERYTHING,
    NOTHING,
    DayDigest,
    Evaluation,
    Figures,
    Group,
    Line,
    Lines,
    Period,
    Rating,
    Share,
    Times,
    WeekDigest,
    Whole,
    ranked,
)
from storage.kinds import Message, Status
from storage.records import Me
from tests.moment import NOW
from views import digests, stats
from views.card import Card

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 23)
WEEK = Period.around(MONDAY, Span.WEEK)
NONE = Figures()
FEW = Figures(3, Share(2, 3), Share(0, 0), Times(59, 3599, 2), None)
MANY = Figures(
    12_345,
    Share(9_999, 10_000),
    Share(1, 1_000),
    Times(86_400 * 365, 86_400 * 999, 10_000),
    Times(86_399, 86_400, 10_000),
    reopened=321,
    rating=Rating(4_321, 999),
)
DIGESTS = {
    Message.DAY_DIGEST: DayDigest(open=20, today=3, overdue=4),
    Message.WEEK_DIGEST: WeekDigest(WEEK, ("Alpha",) * 9, MANY, MANY, open=5, overdue=2),
}


def evaluation(dimension: Dimension = Dimension.GRID, *, name: str = "A-01 Grid", groups: int = 20) -> Evaluation:
    """Many groups, small ones and none among them."""
    made = [
        *(Group("water_leak" if dimension is Dimension.CATEGORY else str(at), name, MANY) for at in range(groups - 2)),
        Group("999", name, FEW),
        Group(NOTHING, "", FEW),
    ]
    return Evaluation(dimension, WEEK, (), MANY, ranked(made) if groups else ())


def line(at: int = 1, **facts: Any) -> Line:
    """A report behind a figure."""
    usual: dict[str, Any] = {
        "id": 10**6 + at,
        "category": "exposed_wire",
        "status": Status.CLOSED,
        "is_urgent": True,
        "filed_at": NOW - timedelta(days=400),
        "grid": "A-01",
        "community": "Alpha",
        "officer": "Li",
        "accept_seconds": 90,
        "accepted_on_time": True,
        "accept_of": "Li",
        "resolve_seconds": None,
        "resolved_on_time": False,
        "resolve_of": "Li",
        "reopened": 2,
    }
    return Line(**{**usual, **facts})


def whole(*lines: Line, name: str = "A-01 Grid") -> Whole:
    """A period from all sides."""
    return Whole(tuple(evaluation(dimension, name=name) for dimension in Dimension), lines)


def stats_cards(to: Me, words: str | None) -> Iterator[tuple[str, Card]]:
    """Every card of an evaluation, and the choice of digests."""
    at: Any = {"now": NOW + timedelta(days=9), "zone": ZONE}
    name = (words or "A-01 Grid")[:160]
    for dimension, places in product(Dimension, ((), (name,) * 9)):
        found = evaluation(dimension, name=name)
        seen = Evaluation(dimension, WEEK, places, found.total, found.groups)
        yield "stats", stats.stats(seen, to, page=0, **at)
        yield "stats, last page", stats.stats(seen, to, page=99, **at)
        yield "stats, nothing", stats.stats(Evaluation(dimension, WEEK, places, NONE, ()), to, page=0, **at)
        yield "chart", stats.picture(seen, to, b"x")
    for dimension, figures in product(Dimension, (NONE, FEW, MANY)):
        group = Group("7", name, figures)
        yield "group", stats.group(group, to, dimension=dimension, period=WEEK)
    for figure, key in product(Figure, (EVERYTHING, NOTHING, "7")):
        of: Any = {"dimension": Dimension.OFFICER, "period": WEEK, "key": key, "figure": figure, **at}
        yield "behind", stats.behind(Lines(name, tuple(line(n) for n in range(6)), 1, 3), to, **of)
        yield "behind, nothing", stats.behind(Lines(name, (), 0, 1), to, **of)
    yield "file", stats.file(whole(line(), name=name), to, b"x")
    for chosen in ({}, {Digest.DAY: True}, {Digest.DAY: False, Digest.WEEK: True}):
        yield "digests", digests.choice(to, chosen)
