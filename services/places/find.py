"""Finding a place to rest, drink, charge or park: near, open now, and seen from where somebody is.

A place that is full keeps its distance but stands behind the others of its page: water and a toilet it still has, and
the rider reads it before he rides there; where parking is wanted, one with no space free stands there, too. Where none
is open, the nearest closed ones are shown, with when they open.

`near` keeps `Places` true (`services/places/index.py`) and is only to be read. `look_from` and `near_last` may be units
of work: what they see may still be undone, so where a place was changed meanwhile they leave the page to `near`.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from services import draft_contents, drafts, whereabouts, worktime
from services.distance import Point
from services.errors import NothingToAdd
from services.places import freshness, live
from services.places.index import Places
from services.places.nearest import metres
from services.places.standing import stands
from storage.facilities import PARKING, limits
from storage.kinds import PlaceSource
from storage.near_places import Answered, NearPlace, NearPlaces, Wanted
from storage.place_records import PlaceRecord

WITHIN = 50_000
"""Metres: nobody rides farther for a glass of water; who is farther away has sent a wrong place."""
PAGES = 20
"""Pages that can be turned to."""


def near(
    session: Session,
    *,
    places: Places,
    point: Point,
    wanted: str = "",
    page: int = 0,
    seen_at: datetime | None = None,
    now: datetime,
) -> NearPlaces:
    """A page of those that are wanted, the nearest to this point first.

    What is ``wanted`` is given as buttons carry it (`Wanted.pack`); empty: all that are open. ``seen_at``: when the
    person was there; left out: now.
    """
    places.refresh(session)
    return _page(session, places, point, wanted, page, seen_at=seen_at or now, now=now)


def look_from(
    session: Session,
    *,
    places: Places,
    person_id: int,
    point: Point,
    location_id: int | None = None,
    until: datetime | None = None,
    wanted: str = "",
    now: datetime,
) -> NearPlaces | None:
    """Somebody looks for places from here; from a live location (``until`` is its end), a card will follow it.

    Returns the first page; None: a place was changed meanwhile, so `near` must be asked (this unit of work may still be
    undone, and with it what it sees).

    Raises:
        BadPlace: that is no place on Earth.
    """
    whereabouts.note(session, person_id=person_id, point=point, now=now)
    if location_id is None:
        live.end(session, person_id=person_id)
    else:
        live.begin(session, person_id=person_id, location_id=location_id, until=until, wanted=wanted, now=now)
    return _page(session, places, point, wanted, 0, seen_at=now, now=now) if places.is_current(session) else None


def _page(
    session: Session, places: Places, point: Point, wanted: str, page: int, *, seen_at: datetime, now: datetime
) -> NearPlaces:
    asked = Wanted.unpack(wanted, kinds=places.kinds)
    at, shown = max(0, min(page, PAGES - 1)), limits().shown
    look = _Look(places, point, most=(at + 1) * shown + 1, now=now)
    found, answered = look.around(session, asked)
    of_page = [_seen(session, one, point, now=now) for one in found[at * shown : (at + 1) * shown]]
    return NearPlaces(
        places=tuple(sorted(of_page, key=lambda one: one.now.is_full or _has_no_room(one.place, asked, now))),
        answered=answered,
        wanted=asked,
        kinds=tuple(places.kinds[code] for code in sorted(places.kinds)),
        page=at,
        has_more=len(found) > (at + 1) * shown and at + 1 < PAGES,
        seen_at=seen_at,
    )


@dataclass(frozen=True, slots=True)
class Last:
    """Where somebody last said that he is, and what is near."""

    point: Point
    seen_at: datetime
    location_id: int | None  # the message with the live location that his newest card follows
    found: NearPlaces | None  # None: a place was changed meanwhile, so `near` must be asked


def near_last(
    session: Session,
    *,
    places: Places,
    person_id: int,
    wanted: str = "",
    page: int = 0,
    must_be_fresh: bool = False,
    now: datetime,
) -> Last | None:
    """A page from where the person last said that he is; None: he has not, or (if it must be fresh) not lately."""
    last = whereabouts.last(session, person_id=person_id)
    if last is None or (must_be_fresh and now - last[1] > limits().fresh):
        return None
    point, seen_at = last
    location_id = live.followed(session, person_id=person_id, now=now)
    if not places.is_current(session):
        return Last(point, seen_at, location_id, None)
    found = _page(session, places, point, wanted, page, seen_at=seen_at, now=now)
    return Last(point, seen_at, location_id, replace(found, location_id=location_id))


@dataclass(frozen=True, slots=True)
class Left:
    """What became of a draft whose place somebody wanted only to look around from."""

    is_over: bool  # there was nothing else in it
    is_live: bool  # its place was a live location


def from_draft(session: Session, *, person_id: int, card_id: int, now: datetime) -> Left:
    """«Stations near here»: look from the draft's place. A draft that had nothing else is over; any other stays.

    ``card_id``: the message that shows the draft, and (if it is over) the stations from now on.

    Pressed once more, with the draft gone, it looks from there again.

    Raises:
        NothingToAdd: it is not known where the person is.
    """
    draft = drafts.load(session, person_id)
    if draft is None or draft.latitude is None or draft.longitude is None:
        if whereabouts.last(session, person_id=person_id) is None:
            raise NothingToAdd
        return Left(is_over=draft is None, is_live=False)
    whereabouts.note(session, person_id=person_id, point=(draft.latitude, draft.longitude), now=draft.changed_at)
    is_over = draft_contents.has_only_place(session, draft)
    is_live = is_over and draft.place_source is PlaceSource.LIVE
    if is_live:
        live.begin(session, person_id=person_id, location_id=live.UNKNOWN, card_id=card_id, until=None, now=now)
    if is_over:
        drafts.throw_away(session, draft)
    return Left(is_over, is_live)


def _has_no_room(place: PlaceRecord, asked: Wanted, now: datetime) -> bool:
    return PARKING in asked.facilities and place.known_free(now) == 0


@dataclass(frozen=True, slots=True)
class _Look:
    """A search around a point."""

    places: Places
    point: Point
    most: int
    now: datetime

    def around(self, session: Session, wanted: Wanted) -> tuple[list[PlaceRecord], Answered]:
        """What was wanted; or closed ones; or none, and whether there is any place at all."""
        found = self._nearest(session, wanted, most=self.most)
        if found:
            return found, Answered.FOUND
        if wanted.is_open and (found := self._nearest(session, replace(wanted, is_open=False), most=self.most)):
            return found, Answered.CLOSED
        is_near = bool(self._nearest(session, Wanted(is_open=False), most=1))
        return [], Answered.NONE if is_near else Answered.FAR

    def _nearest(self, session: Session, wanted: Wanted, *, most: int) -> list[PlaceRecord]:
        zone = worktime.of(session).zone
        return self.places.nearest(self.point, wanted, most=most, within=WITHIN, now=self.now, zone=zone)


def _seen(session: Session, place: PlaceRecord, point: Point, *, now: datetime) -> NearPlace:
    return NearPlace(
        place,
        stands(place, now=now, zone=worktime.of(session).zone),
        freshness.of(place, now),
        freshness.last_word(place),
        metres(point, place.point),
    )
