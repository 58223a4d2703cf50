"""Figure: how long it takes to find open reports nearby, and to put an officer's cases in order, by what there is.

Four in five reports are in the towns, a tenth of the newest are open. The search is measured at places in the towns,
one a round, and in the densest place there is: around a crossing where a hundred open reports of the same category lie.
That it finds the nearest ones there is checked beforehand, by measuring all that are open. What is measured is the time
inside of the unit of work, on the writer's connection: with what filing a report really waits for.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.bench.figure import Figure, Goal, Series
from bot.bench.place import Place
from bot.bench.size import Size
from bot.time import utc_now
from services import distance, lists, nearby
from storage.categories import all_categories
from storage.kinds import Status
from storage.schema import Report
from storage.store import open_store

SEED = 20260105
TOWNS = 58
"""Spots at which most reports lie, within some 150 metres."""
CROWD = 100
"""Open reports of one category around one crossing."""
AROUND = 0.0008
"""Degrees within which they lie: some nearer than is asked for, some farther."""
OPEN_HOURS = 72
REPORT = (
    "INSERT INTO reports (id, reporter_id, grid_id, status, category, category_chosen, is_urgent, latitude, longitude,"
    " place_source, cell, level, officer_id, filed_at, accept_by, resolve_by, phase_from, resolve_from, resolve_used,"
    " step) VALUES (?, 1, NULL, ?, ?, 0, 0, ?, ?, 'pin', ?, 'primary', ?, ?, ?, ?, ?, ?, 0, 0)"
)
OFFER = "INSERT INTO offers (report_id, person_id, level, state, offered_at) VALUES (?, ?, 'primary', ?, ?)"
OFFICERS = 200


async def measure(place: Place, size: Size) -> list[Figure]:
    """Milliseconds, at each stock of reports."""
    return [figure for stock in size.stocks for figure in await _at(place, size, stock)]


async def _at(place: Place, size: Size, stock: int) -> list[Figure]:
    now = utc_now()
    url = place.store(f"duplicates-{stock}")
    _fill(Path(url.partition(":///")[2]), place, stock=stock, now=now)
    store = await open_store(url)
    times = max(10, size.lookups // 100)
    searches, crowded, in_order = [], [], []
    try:
        await store.read(_require_nearest, spot=place.spots[0], now=now)
        for number in range(size.rounds):
            spot = place.spots[1 + number % (min(TOWNS, len(place.spots)) - 1)]
            searches.append(await store.write(_timed, times=times, fn=partial(_search, spot=spot, now=now)))
            crossing = partial(_search, spot=place.spots[0], now=now)
            crowded.append(await store.write(_timed, times=times, fn=crossing))
            officer = 1 + number % OFFICERS
            in_order.append(await store.write(_timed, times=times, fn=partial(_in_order, officer=officer)))
    finally:
        await store.close()
    goal = Goal(1, at_most=True, unit="ms")
    return [
        Figure(f"open reports nearby, of {stock:,}", Series(tuple(searches), "ms"), goal=goal),
        Figure(f"the same where {CROWD} lie, of {stock:,}", Series(tuple(crowded), "ms"), goal=goal),
        Figure(f"an officer's cases in order, of {stock:,}", Series(tuple(in_order), "ms"), goal=goal),
    ]


def _search(session: Session, *, spot: tuple[float, float], now: datetime) -> None:
    nearby.same_kind(session, spot, category="other", now=now)


def _require_nearest(session: Session, *, spot: tuple[float, float], now: datetime) -> None:
    """That the search finds what measuring all of them finds."""
    is_open = Report.status.in_((Status.OPEN, Status.ACCEPTED)) & (Report.category == "other")
    rows = session.execute(
        select(Report.id, Report.latitude, Report.longitude).where(
            is_open, Report.filed_at >= now - timedelta(hours=OPEN_HOURS)
        )
    )
    far = sorted((distance.metres(spot, (row.latitude, row.longitude)), row.id) for row in rows)
    nearest = [report for metres, report in far if metres <= nearby.USUAL.metres][: nearby.MOST]
    found = [one.report_id for one in nearby.same_kind(session, spot, category="other", now=now)]
    if found != nearest:
        raise RuntimeError(f"found {found}, but the nearest are {nearest}")


def _in_order(session: Session, *, officer: int) -> None:
    lists.cases_in_order(session, person_id=officer)


def _timed(session: Session, *, times: int, fn: Callable[[Session], None]) -> float:
    """Milliseconds of one of so many calls; the first one warms up."""
    fn(session)
    began = time.perf_counter()
    for _ in range(times):
        fn(session)
    return (time.perf_counter() - began) / times * 1000


def _fill(path: Path, place: Place, *, stock: int, now: datetime) -> None:
    """So many reports, each offered to an officer, straight into the file."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("synchronous=OFF", "cache_size=-400000", "foreign_keys=OFF"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    rows = list(_rows(place, stock=stock, now=now))
    connection.executemany(REPORT, rows)
    offers = ((row[0], row[6] or 1 + row[0] % OFFICERS, _offer(row[1]), row[7]) for row in rows)
    connection.executemany(OFFER, offers)
    connection.execute("COMMIT")
    connection.close()


def _offer(status: str) -> str:
    return {"open": "offered", "accepted": "accepted"}.get(status, "closed")


def _rows(place: Place, *, stock: int, now: datetime) -> Iterator[tuple[Any, ...]]:
    chance = numpy.random.default_rng(SEED)
    codes = list(all_categories())
    is_town, off = chance.random(stock) < 0.8, chance.normal(0, 0.0014, (stock, 2))
    hours, lot = chance.random(stock) * 24 * 365, chance.random((stock, 3))
    for at in range(stock):
        spots = min(TOWNS, len(place.spots)) if is_town[at] else len(place.spots)
        latitude, longitude = place.spots[int(lot[at, 0] * spots)] + off[at]
        category, status, age = codes[int(lot[at, 1] * len(codes))], "closed", float(hours[at])
        if at < min(CROWD, stock // 2):
            latitude, longitude = place.spots[0] + (lot[at, :2] * 2 - 1) * AROUND
            category, status, age = "other", "open", at * OPEN_HOURS / CROWD
        elif age < OPEN_HOURS and lot[at, 2] < 0.1:
            status = "open" if lot[at, 2] < 0.05 else "accepted"
        filed = (now - timedelta(hours=age)).replace(tzinfo=None).isoformat(" ")
        officer = 1 + at % OFFICERS if status == "accepted" else None
        cell = nearby.cell_of((float(latitude), float(longitude)))
        place_of = (float(latitude), float(longitude), cell)
        yield (at + 1, status, category, *place_of, officer, filed, filed, filed, filed, filed)
