"""Helping together: who leads an activity shows its link at the end, and each who opens it earns its hours, once."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from services import audit, people
from services.errors import NotAllowed
from services.points import earning
from services.points.errors import ActivityOver, ActivityOwn, AlreadyAttended, HoursUnclear, LinkUnknown
from services.words import clean
from storage.kinds import Deed, Role
from storage.points_records import ActivityRecord
from storage.schema import Activity, Attendance

LINK = "a_"
"""What its link begins with, so that it is no invite's: https://core.telegram.org/bots/features#deep-linking"""
MOST_WORDS = 60
_NAMED = re.compile(r"(?P<name>.*\D)\s*(?P<hours>\d{1,3})\s*(个?小时|h|hours?)?\W*", re.IGNORECASE | re.DOTALL)
_BETWEEN = " \t\n,，、;；:：·-"
_ATTEND = {
    dialect: insert(Attendance).on_conflict_do_nothing(index_elements=["activity_id", "person_id"])
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


@dataclass(frozen=True, slots=True)
class Named:
    """What somebody has typed of an activity."""

    name: str
    hours: int | None  # not said


def read(words: str) -> Named:
    """The name, and the hours where they stand behind it.

    Raises:
        NoWords, WordsTooLong: of the name.
    """
    found = _NAMED.fullmatch(words.strip())
    name = found["name"].rstrip(_BETWEEN) if found is not None else ""
    if found is None or not name:
        return Named(clean(words, most=MOST_WORDS), None)
    return Named(clean(name, most=MOST_WORDS), int(found["hours"]))


def check_leads(session: Session, *, person_id: int, now: datetime) -> None:
    """Whether the person may lead one.

    Raises:
        NotAllowed: he is neither lead nor administrator.
    """
    if not people.has_any(session, person_id, Role.LEAD, Role.ADMIN):
        raise NotAllowed


def begin(session: Session, *, token: str, person_id: int, name: str, hours: int, now: datetime) -> ActivityRecord:
    """Make an activity's link, open from now on; ``token`` comes from `secrets`.

    Raises:
        NotAllowed: the person is neither lead nor administrator.
        HoursUnclear: not 1 to `EarningRules.activity_hours`.
        NoWords, WordsTooLong: of the name.
    """
    check_leads(session, person_id=person_id, now=now)
    most = earning.rules().activity_hours
    if not 1 <= hours <= most:
        raise HoursUnclear(most=most)
    one = Activity(
        token=LINK + token,
        name=clean(name, most=MOST_WORDS),
        hours=hours,
        by_id=person_id,
        made_at=now,
        open_until=now + timedelta(hours=earning.rules().activity_open),
    )
    session.add(one)
    session.flush()
    facts = {"name": one.name, "hours": hours}
    audit.note(session, Deed.ACTIVITY_BEGUN, by=person_id, facts=facts, now=now)
    return _record(session, one, now=now)


def attend(session: Session, *, token: str, person_id: int, now: datetime) -> str:
    """Somebody has opened the link: he earns the hours; return the activity's name.

    Raises:
        LinkUnknown: there is no such activity.
        ActivityOver: its link is closed.
        ActivityOwn: he leads it.
        AlreadyAttended: he has earned them before.
    """
    one = session.scalar(select(Activity).where(Activity.token == token))
    if one is None:
        raise LinkUnknown
    if one.by_id == person_id:
        raise ActivityOwn
    row = {"activity_id": one.id, "person_id": person_id, "at": now}
    statement = _ATTEND[session.get_bind().dialect.name].values(**row).returning(Attendance.person_id)
    if one.open_until <= now:
        raise ActivityOver(name=one.name)
    if session.execute(statement).first() is None:
        raise AlreadyAttended(name=one.name)
    key = f"activity:{one.id}:{person_id}"
    earning.for_hours(session, person_id, hours=one.hours, key=key, words=one.name, by=one.by_id, now=now)
    return one.name


def look(session: Session, *, activity_id: int, person_id: int, now: datetime) -> ActivityRecord:
    """How many have been there.

    Raises:
        NotAllowed: it is another's.
    """
    return _record(session, _own(session, activity_id, person_id), now=now)


def end(session: Session, *, activity_id: int, person_id: int, now: datetime) -> ActivityRecord:
    """Close the link.

    Raises:
        NotAllowed: it is another's.
    """
    one = _own(session, activity_id, person_id)
    one.open_until = min(one.open_until, now)
    return _record(session, one, now=now)


def _own(session: Session, activity_id: int, person_id: int) -> Activity:
    one = session.get(Activity, activity_id)
    if one is None or one.by_id != person_id:
        raise NotAllowed
    return one


def _record(session: Session, one: Activity, *, now: datetime) -> ActivityRecord:
    there = select(func.count()).select_from(Attendance).where(Attendance.activity_id == one.id)
    return ActivityRecord(
        id=one.id,
        token=one.token,
        name=one.name,
        hours=one.hours,
        open_until=one.open_until,
        is_open=now < one.open_until,
        people=session.scalar(there) or 0,
    )
