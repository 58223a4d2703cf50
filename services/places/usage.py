"""How much service places are used, for administrators: from the counts that check-ins leave."""

from collections import defaultdict

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from services import people
from services.places import catalogue
from services.places.errors import PlaceGone
from storage.figures import Period
from storage.kinds import Role
from storage.place_records import PlaceRecord
from storage.schema import PlaceUsage, ServicePlace
from storage.usage_records import PlaceCount, UsageRecord, Week

Counts = dict[int, list[list[int]]]
"""By place: seven days from Monday, 24 hours each."""


def load(session: Session, *, person_id: int, period: Period, place_id: int | None = None) -> UsageRecord:
    """Of all places, or of this one.

    Raises:
        NotAllowed: the person is no administrator.
        PlaceGone: there never was such a place.
    """
    people.require(session, person_id=person_id, role=Role.ADMIN)
    found = everything(session, period=period)
    if place_id is None:
        return found
    used = next((one for one in found.places if one.place_id == place_id), None)
    return UsageRecord(period, found.places, used if used is not None else _unused(session, place_id))


def everything(session: Session, *, period: Period) -> UsageRecord:
    """Of all places, also those that are gone; for the command line."""
    counts = _counts(session, period)
    records = catalogue.records(session, ServicePlace.id.in_(select(PlaceUsage.place_id).where(*_within(period))))
    places = [_count(one, tuple(map(tuple, counts[one.id]))) for one in records if one.id in counts]
    return UsageRecord(period, tuple(sorted(places, key=lambda one: (-one.count, one.code))))


def _counts(session: Session, period: Period) -> Counts:
    counts: Counts = defaultdict(lambda: [[0] * 24 for _ in range(7)])
    columns = PlaceUsage.place_id, PlaceUsage.day, PlaceUsage.hour, PlaceUsage.count
    for row in session.execute(select(*columns).where(*_within(period), PlaceUsage.count > 0)):
        counts[row[0]][row[1].weekday()][row[2]] += row[3]
    return counts


def _within(period: Period) -> tuple[ColumnElement[bool], ...]:
    return (PlaceUsage.day.between(period.first, period.last),)


def _count(place: PlaceRecord, week: Week) -> PlaceCount:
    return PlaceCount(place.id, place.code, place.names, place.kind_names, sum(map(sum, week)), week)


def _unused(session: Session, place_id: int) -> PlaceCount:
    found = catalogue.records(session, ServicePlace.id == place_id)
    if not found:
        raise PlaceGone
    return _count(found[0], tuple((0,) * 24 for _ in range(7)))
