"""A card of near places that follows a live location while somebody rides.

Telegram tells of each move as an edit of the message with the location. The card is edited no more often than
`data/places.toml` says; between, only the place is kept.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from services import whereabouts
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
_END_ANY = Prepared(delete(LiveCard.__table__).where(_of_person))  # type: ignore[arg-type]
_END = Prepared(
    delete(LiveCard.__table__).where(_of_person, _c.location_id == bindparam("location"))  # type: ignore[arg-type]
)
_FOLLOWED = Prepared(select(_c.location_id).where(_of_person, _c.until > bindparam("now", type_=_c.until.type)))


@dataclass(frozen=True, slots=True)
class Follows:
    """The card that is to be edited now."""

    card_id: int
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


def shown(session: Session, *, person_id: int, location_id: int, card_id: int) -> None:
    """The card is sent: it follows this location now."""
    this = (LiveCard.person_id == person_id) & (LiveCard.location_id == location_id)
    session.execute(update(LiveCard).where(this).values(card_id=card_id))


def move(
    session: Session, *, person_id: int, location_id: int, point: Point, until: datetime | None, now: datetime
) -> Follows | None:
    """The location has moved; returns the card to edit, if one follows it and was not edited just before."""
    card = session.get(LiveCard, person_id, with_for_update=True)
    if card is None or card.location_id not in (location_id, UNKNOWN):
        return None
    if now >= card.until:
        session.delete(card)
        return None
    card.location_id = location_id
    card.until = min(card.until, until) if until is not None else card.until
    try:
        whereabouts.note(session, person_id=person_id, point=point, now=now)
    except BadPlace:  # nobody typed it: the next one will be better
        return None
    if card.card_id == UNKNOWN or now - card.edited_at < limits().live_edit:
        return None
    card.edited_at = now
    return _follows(card)


def choose(session: Session, *, person_id: int, card_id: int, wanted: str, page: int, now: datetime) -> None:
    """The card that follows shows others from now on."""
    this = (LiveCard.person_id == person_id) & (LiveCard.card_id == card_id)
    session.execute(update(LiveCard).where(this).values(wanted=_pack(wanted, page), edited_at=now))


def end(session: Session, *, person_id: int, location_id: int | None = None, now: datetime | None = None) -> None:
    """The location is not live any more (if it was this one): nothing follows it."""
    if location_id is None:
        _END_ANY.run(session, person=person_id)
    else:
        _END.run(session, person=person_id, location=location_id)


def forget(session: Session, *, person_id: int, card_id: int) -> None:
    """The card is gone from the chat."""
    session.execute(delete(LiveCard).where(LiveCard.person_id == person_id, LiveCard.card_id == card_id))


def followed(session: Session, *, person_id: int, now: datetime) -> int | None:
    """The message with the live location that the person's card follows, if one does."""
    found: int | None = _FOLLOWED.scalar(session, person=person_id, now=now)
    return found


def _pack(wanted: str, page: int) -> str:
    return f"{page}:{wanted}"


def _follows(card: LiveCard) -> Follows:
    page, _, wanted = card.wanted.partition(":")
    return Follows(card.card_id, wanted, int(page))
