"""Checking in at a place, and being asked a while later whether what we say of it is right.

Who was where is forgotten after a day (`forget`); what stays is how many came in which hour. So nothing else may keep a
visitor together with a place: the outbox and the ledger of points name the visit by its number alone, and what he says
of the place is kept without his name, and to the hour.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from services import notices, worktime
from services.places import catalogue, doubts, freshness, keepers
from services.places.errors import PlaceGone, VisitAnswered, VisitOver
from services.points import earning
from services.words import clean
from storage.facilities import limits
from storage.place_records import DoubtRecord
from storage.places_kinds import PlaceState, VisitAnswer, Wrong
from storage.schema import Person, PlaceUsage, PlaceVisit, ServicePlace

MOST_WORDS = 200
OF_USE = timedelta(hours=2)
"""How much later than meant a visitor may still be asked: the process may have stood still."""
NIGHT = time(22), time(7)
"""Nobody is asked from … to, by the county's clocks, but who came in that time."""

_COUNT = {
    dialect: insert(PlaceUsage) for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


@dataclass(frozen=True, slots=True)
class Visited:
    """What became of a check-in."""

    is_new: bool  # False: he had checked in there in this hour
    is_asked: bool  # whether he may be asked about it


def check_in(session: Session, *, person_id: int, place_id: int, now: datetime) -> Visited:
    """Somebody is there. It counts once for each person, place and hour of the county's clocks.

    Raises:
        PlaceGone: the place is not there any more.
    """
    place = session.get(ServicePlace, place_id)
    if place is None or place.removed_at is not None:
        raise PlaceGone
    local = now.astimezone(worktime.of(session).zone)
    hour = local.replace(minute=0, second=0, microsecond=0)
    here = (PlaceVisit.person_id == person_id, PlaceVisit.place_id == place_id, PlaceVisit.at >= hour)
    session.get_one(Person, person_id, with_for_update={"key_share": True})  # two phones of one person: one visit
    if session.scalar(select(PlaceVisit.id).where(*here).limit(1)) is not None:
        return Visited(is_new=False, is_asked=False)
    knows_it = keepers.voice_of(session, person_id=person_id, place_id=place_id) is not None
    ask_at = None if knows_it else now + limits().ask_after
    session.add(PlaceVisit(place_id=place_id, person_id=person_id, at=now, ask_at=ask_at))
    statement = _COUNT[session.get_bind().dialect.name].values(
        place_id=place_id, day=local.date(), hour=local.hour, count=1
    )
    more = statement.on_conflict_do_update(
        index_elements=["place_id", "day", "hour"], set_={"count": PlaceUsage.count + 1}
    )
    session.execute(more)
    session.flush()
    return Visited(is_new=True, is_asked=ask_at is not None)


def ask(session: Session, *, now: datetime, most: int = 50) -> int:
    """Ask those who checked in a while ago, as far as they may be asked; return of how many visits: a job of the clock.

    Nobody is asked twice on one day, wherever he was.
    """
    due = session.scalars(
        select(PlaceVisit)
        .where(PlaceVisit.ask_at <= now, PlaceVisit.asked_at.is_(None))
        .order_by(PlaceVisit.ask_at, PlaceVisit.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()
    zone = worktime.of(session).zone
    for visit in sorted(due, key=lambda one: (one.person_id, one.id)):  # always in one order: no deadlock
        if _may_ask(session, visit, now=now, zone=zone):
            visit.asked_at = now
            notices.still_right(session, visit.person_id, visit_id=visit.id, now=now)
        else:
            visit.ask_at = None
    session.flush()
    return len(due)


def place_of(session: Session, *, visit_id: int, person_id: int) -> int | None:
    """Where that visit was, if the person still may say something of it."""
    visit = session.get(PlaceVisit, visit_id)
    if visit is None or visit.person_id != person_id or visit.asked_at is None or visit.answer is not None:
        return None
    return visit.place_id


def check(session: Session, *, visit_id: int, person_id: int) -> int:
    """Where that visit was.

    Raises:
        VisitOver: it is not his, was not asked about, or is forgotten.
        VisitAnswered: he has answered.
    """
    return _open(session.get(PlaceVisit, visit_id), person_id).place_id


def answer(
    session: Session,
    *,
    person_id: int,
    visit_id: int,
    wrong: Wrong | None = None,
    facility: str | None = None,
    words: str | None = None,
    now: datetime,
) -> int:
    """All is right, or this is wrong (``facility`` of something broken; else in words). Return the place's number.

    He speaks of when he was there, though he may answer hours later: what somebody has looked at since then stands.
    Who answers gets points, whatever he says.

    Raises:
        VisitOver, VisitAnswered: as `check` says.
        PlaceGone: the place is not there any more.
        NoSuchFacility: the place has no such thing.
        NoWords, WordsTooLong: the words cannot be used.
    """
    said = clean(words or "", most=MOST_WORDS) if wrong is Wrong.OTHER else None
    found = session.get(PlaceVisit, visit_id, with_for_update=True, populate_existing=True)
    visit = _open(found, person_id)
    place = catalogue.lock(session, visit.place_id)
    says_so = wrong is not None and _says_so_already(session, place, wrong, facility, then=visit.at)
    if not says_so and not _is_outdated(session, visit, is_right=wrong is None):
        if wrong is None:
            doubts.agree(session, place, was_there=visit.at, now=now)
        else:
            its = facility if wrong in (Wrong.BROKEN, Wrong.WORKS) else None
            doubts.contradict(session, place, DoubtRecord(wrong, its, said), by=person_id, now=now)
        catalogue.touch(session, place)
    visit.answer = VisitAnswer.RIGHT if wrong is None else VisitAnswer.WRONG
    visit.answered_at = now
    earning.for_a_place(session, person_id, key=f"visit:{visit.id}", now=now)
    return place.id


def forget(session: Session, *, now: datetime) -> int:
    """Forget who was where; return how many visits: a job of the clock."""
    old = delete(PlaceVisit).where(PlaceVisit.at <= now - limits().visits_kept)
    return cast("CursorResult[Any]", session.execute(old)).rowcount


def _open(visit: PlaceVisit | None, person_id: int) -> PlaceVisit:
    if visit is None or visit.person_id != person_id or visit.asked_at is None:
        raise VisitOver
    if visit.answer is not None:
        raise VisitAnswered
    return visit


def _is_outdated(session: Session, visit: PlaceVisit, *, is_right: bool) -> bool:
    """Whether somebody who looks after the place, or a later visitor, has said since that visit what is so."""
    if freshness.looked_since(catalogue.read(session, visit.place_id), visit.at):
        return True
    later = select(PlaceVisit.id).where(
        PlaceVisit.place_id == visit.place_id, PlaceVisit.at > visit.at, PlaceVisit.answer == VisitAnswer.WRONG
    )
    return is_right and session.scalar(later.limit(1)) is not None


def _says_so_already(
    session: Session, place: ServicePlace, wrong: Wrong, facility: str | None, *, then: datetime
) -> bool:
    """Whether what was said when he was there, or has been since, is what the visitor says: no contradiction.

    Raises:
        NoSuchFacility: the place has no such thing.
    """
    if wrong in (Wrong.BROKEN, Wrong.WORKS):
        return catalogue.require_facility(session, place.id, facility or "").is_broken is (wrong is Wrong.BROKEN)
    holds = place.state_until is None or place.state_until > then
    said = place.state if holds else PlaceState.AS_ITS_HOURS
    if wrong is Wrong.ROOM:
        return said is not PlaceState.FULL
    return said is {Wrong.CLOSED: PlaceState.CLOSED, Wrong.FULL: PlaceState.FULL}.get(wrong)


def _may_ask(session: Session, visit: PlaceVisit, *, now: datetime, zone: ZoneInfo) -> bool:
    assert visit.ask_at is not None
    if now - visit.ask_at > OF_USE or (_is_night(now, zone) and not _is_night(visit.at, zone)):
        return False
    person = session.get_one(Person, visit.person_id, with_for_update={"key_share": True})  # of two clocks one asks
    place = session.get(ServicePlace, visit.place_id)
    if not person.is_reachable or place is None or place.removed_at is not None:
        return False
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return not notices.was_asked(session, person.id, since=midnight)


def _is_night(at: datetime, zone: ZoneInfo) -> bool:
    clock = at.astimezone(zone).time()
    return clock >= NIGHT[0] or clock < NIGHT[1]
