"""A card of near places that follows a live location while somebody rides.

Telegram tells of each move as an edit of the message with the location. The place is kept at once; the card's edit is a
message of the outbox, due when the last one is as old as `data/places.toml` says. It is put into words when it goes,
so it stands for every move until then, and where somebody stopped is not lost, whatever becomes of the process.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from services import notices, whereabouts
from services.distance import Point
from services.errors import BadPlace
from storage.facilities import limits
from storage.prepared import Prepared
from storage.schema import LiveCard

UNKNOWN = 0
"""In place of a message: the card is not sent yet; or it is not known yet which live location it is, as it came as the
place of a draft, and then it is the one that moves next.
"""
LONGEST = timedelta(hours=8)
"""How long a card follows at most; Telegram lets locations be live for ever."""

_c = LiveCard.__table__.c
_of_person = _c.person_id == bindparam("person")
_END = Prepared(delete(LiveCard.__table__).where(_of_person))  # type: ignore[arg-type]
_FOLLOWED = Prepared(select(_c.location_id).where(_of_person, _c.until > bindparam("now", type_=_c.until.type)))


@dataclass(frozen=True, slots=True)
class Follows:
    """What a card that follows shows."""

    wanted: str
    page: int


def begin(
    session: Session,
    *,
    person_id: int,
    location_id: int,
    until: datetime | None,
    wanted: str = "",
    card_id: int = UNKNOWN,
    now: datetime,
) -> None:
    """A card will follow this location; another one of this person's does so no more."""
    end = now + LONGEST if until is None else min(until, now + LONGEST)
    values = {"location_id": location_id, "card_id": card_id, "wanted": _pack(wanted, 0), "edited_at": now}
    session.merge(LiveCard(person_id=person_id, until=end, **values))
    session.flush()


def shown(session: Session, *, person_id: int, location_id: int, card_id: int, now: datetime) -> None:
    """The card is sent: it follows this location now; who has moved meanwhile sees so."""
    card = session.get(LiveCard, person_id, with_for_update=True)
    if card is None or card.location_id != location_id:
        return
    card.card_id = card_id
    last = whereabouts.last(session, person_id=person_id)
    if last is not None and last[1] > card.edited_at:
        _edit(session, card, now=now)


def move(
    session: Session, *, person_id: int, location_id: int, point: Point, until: datetime | None, now: datetime
) -> None:
    """The location has moved: the card that follows it will show so. ``until``: its end; None: it has come."""
    card = session.get(LiveCard, person_id, with_for_update=True)
    if card is None or card.location_id not in (location_id, UNKNOWN):
        return
    if now >= card.until:
        session.delete(card)
        return
    card.location_id = location_id
    card.until = min(card.until, now if until is None else until)
    if _noted(session, person_id, point, now=now) and card.card_id != UNKNOWN:
        _edit(session, card, now=now)
    elif until is None:
        session.delete(card)


def edited(session: Session, *, person_id: int, card_id: int, now: datetime) -> None:
    """The card shows now where its person is; once its location is over, it follows no more."""
    card = session.get(LiveCard, person_id, with_for_update=True)
    if card is None or card.card_id != card_id:
        return
    card.edited_at = now
    if now >= card.until:
        session.delete(card)
    else:
        notices.live_edit_waits(session, person_id, until=now + limits().live_edit)


def follows(session: Session, *, person_id: int, card_id: int) -> Follows | None:
    """What the card shows, if it is still the one that follows this person."""
    card = session.get(LiveCard, person_id)
    if card is None or card.card_id != card_id:
        return None
    page, _, wanted = card.wanted.partition(":")
    return Follows(wanted, int(page))


def choose(session: Session, *, person_id: int, card_id: int, wanted: str, page: int, now: datetime) -> None:
    """The card that follows shows others from now on."""
    this = (LiveCard.person_id == person_id) & (LiveCard.card_id == card_id)
    session.execute(update(LiveCard).where(this).values(wanted=_pack(wanted, page), edited_at=now))


def end(session: Session, *, person_id: int) -> None:
    """Nothing follows this person any more."""
    _END.run(session, person=person_id)


def forget(session: Session, *, person_id: int, card_id: int) -> None:
    """The card is gone from the chat."""
    session.execute(delete(LiveCard).where(LiveCard.person_id == person_id, LiveCard.card_id == card_id))


def followed(session: Session, *, person_id: int, now: datetime) -> int | None:
    """The message with the live location that the person's card follows, if one does."""
    found: int | None = _FOLLOWED.scalar(session, person=person_id, now=now)
    return found


def _pack(wanted: str, page: int) -> str:
    return f"{page}:{wanted}"


def _noted(session: Session, person_id: int, point: Point, *, now: datetime) -> bool:
    try:
        whereabouts.note(session, person_id=person_id, point=point, now=now)
    except BadPlace:  # nobody typed it: the next one will be better
        return False
    return True


def _edit(session: Session, card: LiveCard, *, now: datetime) -> None:
    """Not before the last edit is old enough."""
    notices.live_moved(session, card.person_id, card.card_id, last=card.edited_at, apart=limits().live_edit, now=now)
