"""The digests: at 8:00 to each officer what is open, on Mondays to each lead how last week went.

An officer with nothing open hears so on Mondays alone: every morning it would only teach him to mute the chat.

Who gets one is decided once a day, in one transaction with a note of the day: two clocks write each digest once, and
after a pause the one of the day comes late (until 20:00) and those of missed days never. What it says is read when it
is sent. Each can be turned off.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from services import evaluation, notices, worktime
from services.errors import NotAllowed
from services.lifecycle import ACTIVE
from storage.evaluation_kinds import Digest, Span
from storage.figures import DayDigest, Period, WeekDigest
from storage.kinds import Message, OfferState, Role, Status
from storage.outbox import Claimed
from storage.schema import DigestRound, Grid, Offer, Person, PersonRole, Post, Report, SilencedDigest

AT, UNTIL = time(8), time(20)
"""By the county's clocks. Later than that nobody wants to hear what the day brings."""
FOR = {Digest.DAY: Role.OFFICER, Digest.WEEK: Role.LEAD}

_NOTE = {
    dialect: (statement := insert(DigestRound)).on_conflict_do_update(
        index_elements=["digest"],
        set_={"day": statement.excluded.day},
        where=DigestRound.day < statement.excluded.day,
    )
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


def tick(session: Session, *, now: datetime) -> int:
    """Write the digests that are due; return how many."""
    local = now.astimezone(worktime.of(session).zone)
    if not AT <= local.time() < UNTIL:
        return 0
    today = local.date()
    written = 0
    for digest, day in ((Digest.DAY, today), (Digest.WEEK, today - timedelta(days=today.weekday()))):
        if _is_first(session, digest, day):
            began = datetime.combine(today, AT, local.tzinfo)
            people = session.scalars(_readers(digest, day=today, began=began)).all()
            notices.digest(session, digest, people, day=day, now=now)
            written += len(people)
    return written


def load(session: Session, claimed: Claimed, *, now: datetime) -> DayDigest | WeekDigest | None:
    """What a digest says that is about to be sent; None if it is no digest, or need not be sent any more."""
    if claimed.message is Message.DAY_DIGEST:
        day = date.fromisoformat(claimed.facts["day"])
        return day_digest(session, person_id=claimed.person_id, day=day, now=now)
    if claimed.message is Message.WEEK_DIGEST:
        monday = date.fromisoformat(claimed.facts["day"])
        return week_digest(session, person_id=claimed.person_id, monday=monday, now=now)
    return None


def day_digest(session: Session, *, person_id: int, day: date, now: datetime) -> DayDigest | None:
    """What this officer has before him; None: nothing (and it is no Monday), the day is over, or it is turned off."""
    zone = worktime.of(session).zone
    if now.astimezone(zone).date() != day or not _is_on(session, person_id, Digest.DAY):
        return None
    _, midnight = Period.around(day, Span.DAY).bounds(zone)
    in_time = and_(Report.paused_at.is_(None), _by() >= now, _by() < midnight)
    held = (
        select(func.count(Report.id), _sum(in_time), _sum(_is_overdue(now)))
        .outerjoin(Offer, (Offer.report_id == Report.id) & (Offer.person_id == person_id))
        .where(_is_before(person_id))
    )
    count, today, overdue = session.execute(held).one()
    return DayDigest(count, today or 0, overdue or 0) if count or _is_monday(day) else None


def week_digest(session: Session, *, person_id: int, monday: date, now: datetime) -> WeekDigest | None:
    """How the week before this Monday went; None: nothing happened, another week has begun, or it is turned off."""
    this_week = Period.now(Span.WEEK, now=now, zone=worktime.of(session).zone)
    if this_week.first != monday or not _is_on(session, person_id, Digest.WEEK):
        return None
    scope = evaluation.scope_of(session, person_id=person_id)
    last, before = (
        evaluation.total_of(session, scope, period=period, now=now)
        for period in (this_week.before(), this_week.before().before())
    )
    count, overdue = session.execute(
        select(func.count(Report.id), _sum(_is_overdue(now)))
        .outerjoin(Grid, Grid.id == Report.grid_id)
        .where(Report.status.in_(ACTIVE), scope.holds())
    ).one()
    if not (last.number or count):
        return None
    return WeekDigest(this_week.before(), scope.names, last, before, count, overdue or 0)


def chosen(session: Session, *, person_id: int) -> dict[Digest, bool]:
    """The digests that this person's roles bring, and whether each comes."""
    roles = set(session.scalars(select(PersonRole.role).where(PersonRole.person_id == person_id)))
    return {digest: _is_on(session, person_id, digest) for digest, role in FOR.items() if role in roles}


def switch(session: Session, *, person_id: int, digest: Digest, is_on: bool, now: datetime) -> dict[Digest, bool]:
    """Turn a digest on or off; returns what `chosen` then says.

    Raises:
        NotAllowed: the person's roles do not bring it.
    """
    if digest not in chosen(session, person_id=person_id):
        raise NotAllowed
    silenced = session.get(SilencedDigest, (person_id, digest))
    if is_on and silenced is not None:
        session.delete(silenced)
    elif not is_on and silenced is None:
        session.add(SilencedDigest(person_id=person_id, digest=digest))
    session.flush()
    return chosen(session, person_id=person_id)


def _is_first(session: Session, digest: Digest, day: date) -> bool:
    """Note the day; False if it was noted before: by another clock, say, which another transaction waits for."""
    connection = session.connection()
    noted: Any = connection.execute(_NOTE[connection.dialect.name], {"digest": digest, "day": day})
    return bool(noted.rowcount)


def _is_monday(day: date) -> bool:
    return day.weekday() == 0


def _readers(digest: Digest, *, day: date, began: datetime) -> Any:
    """Who gets it: can be reached, has not turned it off, and has something open (or it is Monday), or a place to
    be lead of.

    Who joined after the morning ``began`` knows what he was sent since.
    """
    people = (
        select(Person.id)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .where(PersonRole.role == FOR[digest], Person.telegram_id.is_not(None), Person.is_reachable)
        .where(Person.joined_at <= began)
        .where(~exists().where(SilencedDigest.person_id == Person.id, SilencedDigest.digest == digest))
        .order_by(Person.id)
    )
    if digest is Digest.WEEK:
        return people.where(exists().where(Post.person_id == Person.id))
    if _is_monday(day):
        return people
    accepted = exists().where(Report.officer_id == Person.id, Report.status == Status.ACCEPTED)
    asked = exists().where(
        *(Offer.person_id == Person.id, Offer.state == OfferState.OFFERED),
        *(Report.id == Offer.report_id, Report.status == Status.OPEN),
    )
    return people.where(or_(accepted, asked))


def _is_on(session: Session, person_id: int, digest: Digest) -> bool:
    return session.get(SilencedDigest, (person_id, digest)) is None


def _is_before(person_id: int) -> ColumnElement[bool]:
    """Of a report joined with its offer to this person: whether he is to do something about it."""
    accepted = and_(Report.officer_id == person_id, Report.status == Status.ACCEPTED)
    return or_(accepted, and_(Offer.state == OfferState.OFFERED, Report.status == Status.OPEN))


def _by() -> ColumnElement[datetime]:
    """The deadline that runs."""
    return case((Report.status == Status.OPEN, Report.accept_by), else_=Report.resolve_by)


def _is_overdue(now: datetime) -> ColumnElement[bool]:
    """What waits for somebody was overdue before, or is not."""
    return or_(and_(Report.paused_at.is_(None), _by() < now), Report.resolve_by < Report.paused_at)


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
