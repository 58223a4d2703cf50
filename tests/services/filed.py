"""Reports put straight into the store, as they are after whatever happened to them: what evaluations are told with."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.kinds import EventKind, Level, PlaceSource, Status
from storage.schema import Event, Grid, Person, Post, Report
from tests.moment import NOW

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def report(**facts: Any) -> Report:
    """A report that was filed now and is open; what is given is so."""
    filed_at = facts.get("filed_at", NOW)
    usual: dict[str, Any] = {
        "status": Status.OPEN,
        "category": "water_leak",
        "is_urgent": False,
        "latitude": 25.4,
        "longitude": 114.3,
        "place_source": PlaceSource.PIN,
        "level": Level.PRIMARY,
        "filed_at": filed_at,
        "accept_by": filed_at + 30 * MINUTE,
        "resolve_by": filed_at + 24 * HOUR,
        "phase_from": filed_at,
        "resolve_from": filed_at,
    }
    return Report(**{**usual, **facts})


def put(session: Session, rows: list[dict[str, Any]], *, now: Any = None) -> list[int]:
    """These reports. A ``grid`` is a code; ``reopened`` says how often it was."""
    grids = {code: number for number, code in session.execute(select(Grid.id, Grid.code))}
    reporter = session.scalar(select(Person.id).limit(1))
    if reporter is None:
        raise LookupError("somebody must report")
    made = []
    for row in rows:
        facts = dict(row)
        reopened, grid = facts.pop("reopened", 0), facts.pop("grid", "A-01")
        one = report(reporter_id=reporter, grid_id=grids[grid] if grid else None, reopened=reopened, **facts)
        session.add(one)
        session.flush()
        for _ in range(reopened):
            session.add(Event(report_id=one.id, kind=EventKind.REOPENED, at=NOW))
        made.append(one.id)
    session.flush()
    return made


def post(session: Session, person_id: int, *, community: str = "", town: str = "Town", now: Any = None) -> None:
    """The person is the lead of a community, or of all of the town."""
    level = Level.LEAD if community else Level.TOWN
    session.add(Post(person_id=person_id, level=level, town=town, community=community))
    session.flush()


def fixed(accept: int, resolve: int, *, accepted_on_time: bool = True, resolved_on_time: bool = True) -> dict[str, Any]:
    """What a report has that was accepted and fixed after so many minutes."""
    return {
        "status": Status.CLOSED,
        "accept_seconds": accept * 60,
        "accepted_on_time": accepted_on_time,
        "resolve_seconds": resolve * 60,
        "resolved_on_time": resolved_on_time,
    }
