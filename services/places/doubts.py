"""What visitors say is not right: so many of them make a place doubtful, and who looks after it is asked.

One visitor alone does not make it so, however often he says it. That is told by a mark that many people share
(`MARKS`), kept while his word stands: it says of nobody that he was there, and that two people who say something of one
place have the same mark is rare; then a third one is needed.
"""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from services import notices
from services.places import catalogue, keepers
from storage.facilities import limits
from storage.kinds import Role
from storage.place_records import DoubtRecord
from storage.places_kinds import Voice
from storage.schema import Duty, OutboxMessage, PersonRole, PlaceDoubt, ServicePlace

MARKS = 32
"""So many marks there are: of thousands of riders, a hundred share each."""


def of(session: Session, place_id: int) -> tuple[DoubtRecord, ...]:
    """What visitors say, as it came."""
    chosen = select(PlaceDoubt).where(PlaceDoubt.place_id == place_id).order_by(PlaceDoubt.id)
    return tuple(DoubtRecord(one.what, one.facility, one.words) for one in session.scalars(chosen))


def contradict(session: Session, place: ServicePlace, said: DoubtRecord, *, by: int, now: datetime) -> None:
    """A visitor says that something of the place, which is locked, is not right; the same of him once.

    The visitor who makes it doubtful asks, once: what others say stands on the same card.
    """
    if place.doubts == 0:
        _forget(session, place)
    before = session.scalars(select(PlaceDoubt).where(PlaceDoubt.place_id == place.id)).all()
    mine = [DoubtRecord(one.what, one.facility, one.words) for one in before if one.mark == by % MARKS]
    if said not in mine:
        what = {"what": said.what, "facility": said.facility, "words": said.words}
        session.add(PlaceDoubt(place_id=place.id, mark=by % MARKS, **what))
    if mine:
        return
    place.doubts += 1
    session.flush()
    if place.doubts == limits().doubts:
        notices.place_doubted(session, keepers.who_answers(session, place), place_id=place.id, now=now)


def agree(session: Session, place: ServicePlace, *, was_there: datetime, now: datetime) -> None:
    """A visitor says that all of the place, which is locked, was right when he was there.

    A place that is doubtful stays so until who looks after it has answered. What a visitor says is kept to the hour,
    like the counts of visits: to the second it would tell, beside his points, where he was.
    """
    if place.doubts >= limits().doubts:
        return
    hour = was_there.replace(minute=0, second=0, microsecond=0)
    if place.confirmed_at is None or place.confirmed_at < hour:
        catalogue.confirm(place, by=Voice.VISITOR, now=hour)
    end(session, place, now=now)


def end(session: Session, place: ServicePlace, *, now: datetime) -> None:
    """Who looks after the place, which is locked, has said what is so: the messages that asked say that, too."""
    _forget(session, place)
    _say_so(session, place, 0, now=now)


def fixed(session: Session, place: ServicePlace, facility: str, *, now: datetime) -> None:
    """A facility of the place, which is locked, was fixed, and nobody objects: what visitors said of it is over.

    What they say of the rest stands; who said nothing else doubts no more.
    """
    if place.doubts == 0:
        return
    its = PlaceDoubt.place_id == place.id
    session.execute(delete(PlaceDoubt).where(its, PlaceDoubt.facility == facility))
    left = session.scalar(select(func.count(PlaceDoubt.mark.distinct())).where(its)) or 0
    if left < min(place.doubts, limits().doubts):
        _say_so(session, place, left, now=now)


def shown(session: Session, row: OutboxMessage, *, now: datetime) -> None:
    """The message that asks has arrived: it may have been answered while it was on its way."""
    place = session.get(ServicePlace, (row.facts or {})["station"])
    if place is None or place.doubts < limits().doubts:
        notices.doubt_settled(session, row, now=now)


def _say_so(session: Session, place: ServicePlace, left: int, *, now: datetime) -> None:
    """So many doubt still; where that is not enough to ask about, what asked is answered."""
    was_doubtful, place.doubts = place.doubts >= limits().doubts, left
    if not was_doubtful:
        return
    for row in notices.doubts_shown(session, _who_may_have_been_asked(session, place), place_id=place.id, now=now):
        notices.doubt_settled(session, row, now=now)


def _forget(session: Session, place: ServicePlace) -> None:
    session.execute(delete(PlaceDoubt).where(PlaceDoubt.place_id == place.id))


def _who_may_have_been_asked(session: Session, place: ServicePlace) -> set[int]:
    """Of all who are asked about places: an index leads to the messages of a person, none to those about a place."""
    admins = select(PersonRole.person_id).where(PersonRole.role.in_((Role.ADMIN, Role.KEEPER)))
    return {*keepers.of(session, place.id), *session.scalars(admins), *session.scalars(select(Duty.person_id))}
