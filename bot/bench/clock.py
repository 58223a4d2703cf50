"""Figure: a tick of the clock while very many reports are open and nothing is due."""

import time
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from alerts.clock import JOBS
from bot.bench.figure import Figure, Goal, Series
from bot.bench.place import Place
from bot.bench.size import Size
from bot.time import utc_now
from services import deadlines, worktime
from storage.categories import OTHER
from storage.kinds import Level, Message, OfferState, OutboxState, PlaceSource, Status, Urgency
from storage.schema import Grid, Offer, OutboxMessage, Person, Report
from storage.store import Store, open_store

UNITS = tuple(job.unit for job in JOBS if job.in_batches)
"""What looks for something due."""
AT_ONCE = 10_000
FAR = timedelta(days=1)


async def measure(place: Place, size: Size) -> list[Figure]:
    """Milliseconds of the slowest tick of a round."""
    store = await open_store(place.store("clock"))
    try:
        now = utc_now()
        for first in range(0, size.open_reports, AT_ONCE):
            await store.write(_file, first=first, many=min(AT_ONCE, size.open_reports - first), now=now)
        slowest = [max([await _tick(store) for _ in range(size.ticks)]) for _ in range(size.rounds)]
    finally:
        await store.close()
    return [
        Figure(
            f"a tick of the clock at {size.open_reports:,} open reports, nothing due",
            Series(tuple(slowest), "ms"),
            goal=Goal(100, at_most=True, unit="ms"),
            notes=(f"the slowest of {size.ticks} ticks a round; a tick is {len(UNITS)} durable units of work",),
        )
    ]


async def _tick(store: Store) -> float:
    began = time.perf_counter()
    for unit in UNITS:
        done = await store.write(unit, now=utc_now())
        assert not done, "something was due"
    return (time.perf_counter() - began) * 1000


def _file(session: Session, *, first: int, many: int, now: datetime) -> None:
    """Open reports with their offers and delivered alerts, all of which the clock has to look at later."""
    officer, reporter = session.scalars(select(Person.id).order_by(Person.id).limit(2)).all()
    grids = session.scalars(select(Grid.id).order_by(Grid.id)).all()
    promise = deadlines.at_filing(OTHER, is_urgent=False, hours=worktime.of(session), now=now)
    numbers = range(first + 1, first + many + 1)
    report = {
        "reporter_id": reporter,
        "responsible_id": officer,
        "status": Status.OPEN,
        "category": OTHER,
        "is_urgent": False,
        "latitude": 25.4,
        "longitude": 114.36,
        "place_source": PlaceSource.PIN,
        "level": Level.PRIMARY,
        "filed_at": now,
        **promise,
    }
    alert: dict[str, Any] = {
        "person_id": officer,
        "message": Message.ALERT,
        "urgency": Urgency.NORMAL,
        "state": OutboxState.DELIVERED,
        "due_at": now,
        "made_at": now,
    }
    later = {number: now + FAR + timedelta(seconds=number) for number in numbers}
    reports = [{**report, "id": n, "grid_id": grids[n % len(grids)], "next_at": later[n]} for n in numbers]
    session.execute(insert(Report.__table__), reports)  # type: ignore[arg-type]
    offer = {"person_id": officer, "level": Level.PRIMARY, "state": OfferState.OFFERED, "offered_at": now}
    session.execute(insert(Offer.__table__), [{**offer, "report_id": n} for n in numbers])  # type: ignore[arg-type]
    alerts = [{**alert, "report_id": n, "push_again_at": later[n]} for n in numbers]
    session.execute(insert(OutboxMessage.__table__), alerts)  # type: ignore[arg-type]
