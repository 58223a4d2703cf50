"""Who looks after which place, and who may say what is true of one."""

from collections.abc import Sequence
from datetime import datetime

import shapely
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from services import audit, notices, people
from services.county import grid_in_store
from services.places.errors import NotKeeper, PlaceGone
from storage.kinds import Deed, Role
from storage.place_records import KeeperRecord
from storage.places_kinds import Voice
from storage.schema import Duty, Grid, Person, PersonRole, PlaceKeeper, ServicePlace


def require(session: Session, *, person_id: int, place_id: int) -> Voice:
    """In what capacity somebody may say what is true of a place: its keeper, an administrator, an officer of its grid.

    Raises:
        PlaceGone: there is no such place.
        NotKeeper: he is none of these.
    """
    voice = voice_of(session, person_id=person_id, place_id=place_id)
    if voice is None:
        raise NotKeeper
    return voice


def require_to_keep(session: Session, *, person_id: int, place_id: int) -> None:
    """Its keepers and administrators alone change a place, and choose who looks after it: officers say what they see.

    Raises:
        PlaceGone, NotKeeper: as `require` says; an officer, too, is no keeper.
    """
    if require(session, person_id=person_id, place_id=place_id) not in (Voice.KEEPER, Voice.ADMIN):
        raise NotKeeper


def voice_of(session: Session, *, person_id: int, place_id: int) -> Voice | None:
    """The same; None: a visitor, as everybody is.

    Raises:
        PlaceGone: there is no such place.
    """
    place = session.get(ServicePlace, place_id)
    if place is None:
        raise PlaceGone
    if session.get(PlaceKeeper, (person_id, place_id)) is not None:
        return Voice.KEEPER
    if people.has_any(session, person_id, Role.ADMIN):
        return Voice.ADMIN
    return Voice.OFFICER if _is_in_his_grids(session, person_id, place) else None


def of(session: Session, place_id: int) -> list[int]:
    """Who looks after the place."""
    chosen = select(PlaceKeeper.person_id).where(PlaceKeeper.place_id == place_id).order_by(PlaceKeeper.person_id)
    return list(session.scalars(chosen))


def who_answers(session: Session, place: ServicePlace) -> list[int]:
    """Whom to ask about a place: its keepers; without one the officers of its grid, who pass by; else administrators.

    Only who can be reached.
    """
    reachable = select(Person.id).where(Person.telegram_id.is_not(None), Person.is_reachable).order_by(Person.id)
    found = session.scalars(
        reachable.join(PlaceKeeper, PlaceKeeper.person_id == Person.id).where(PlaceKeeper.place_id == place.id)
    ).all()
    if found:
        return list(found)
    grid = grid_in_store(session, place.latitude, place.longitude)
    if grid is not None:
        found = session.scalars(
            reachable.join(Duty, Duty.person_id == Person.id).where(Duty.grid_id == grid.id, Person.on_duty)
        ).all()
    if not found:
        is_admin = reachable.join(PersonRole, PersonRole.person_id == Person.id).where(PersonRole.role == Role.ADMIN)
        found = session.scalars(is_admin).all()
    return list(found)


def kept_by(session: Session, *, person_id: int) -> list[int]:
    """The places that somebody looks after, by their numbers."""
    chosen = (
        select(ServicePlace.id)
        .join(PlaceKeeper, PlaceKeeper.place_id == ServicePlace.id)
        .where(PlaceKeeper.person_id == person_id, ServicePlace.removed_at.is_(None))
        .order_by(ServicePlace.id)
    )
    return list(session.scalars(chosen))


def code_of(session: Session, *, place_id: int) -> str:
    """The code of a place.

    Raises:
        PlaceGone: it is not there any more.
    """
    place = session.get(ServicePlace, place_id)
    if place is None or place.removed_at is not None:
        raise PlaceGone
    return place.code


def all_of(session: Session, *, place_id: int, person_id: int) -> list[KeeperRecord]:
    """Everybody who looks after a place, for one of them or an administrator.

    Raises:
        PlaceGone, NotKeeper: as `require_to_keep` says.
    """
    require_to_keep(session, person_id=person_id, place_id=place_id)
    found = session.execute(
        select(Person.id, func.coalesce(Person.known_as, Person.name))
        .join(PlaceKeeper, PlaceKeeper.person_id == Person.id)
        .where(PlaceKeeper.place_id == place_id)
        .order_by(PlaceKeeper.since, Person.id)
    )
    return [KeeperRecord(*row) for row in found]


def add(session: Session, *, person_id: int, place_id: int, now: datetime) -> None:
    """Somebody looks after the place from now on; nothing happens where he does already.

    Raises:
        PlaceGone: it is not there any more.
    """
    code_of(session, place_id=place_id)
    if session.get(PlaceKeeper, (person_id, place_id)) is None:
        session.add(PlaceKeeper(person_id=person_id, place_id=place_id, since=now))
        session.flush()


def remove(session: Session, *, place_id: int, person_id: int, by: int, now: datetime) -> None:
    """Somebody looks after the place no more, and hears so; who looks after no other is no keeper any more.

    Raises:
        PlaceGone, NotKeeper: ``by`` is neither an administrator nor looks after it himself.
    """
    require_to_keep(session, person_id=by, place_id=place_id)
    if not _drop(session, person_id, place_id):
        return
    audit.note(session, Deed.KEEPER_REMOVED, by=by, person_id=person_id, facts={"place": place_id}, now=now)
    if person_id != by:
        notices.keeper_left(session, person_id, place_id=place_id, now=now)


def all_leave(session: Session, place_id: int) -> list[int]:
    """The place is removed: nobody looks after it any more. Returns who did."""
    going = of(session, place_id)
    session.execute(delete(PlaceKeeper).where(PlaceKeeper.place_id == place_id))
    _end_roles(session, going)
    return going


def _drop(session: Session, person_id: int, place_id: int) -> bool:
    going = session.get(PlaceKeeper, (person_id, place_id))
    if going is None:
        return False
    session.delete(going)
    session.flush()
    _end_roles(session, [person_id])
    return True


def _end_roles(session: Session, person_ids: Sequence[int]) -> None:
    """Who of these looks after no place any more is no keeper."""
    still = select(PlaceKeeper.person_id).where(PlaceKeeper.person_id.in_(person_ids))
    of_nothing = set(person_ids) - set(session.scalars(still))
    session.execute(delete(PersonRole).where(PersonRole.person_id.in_(of_nothing), PersonRole.role == Role.KEEPER))


def _is_in_his_grids(session: Session, person_id: int, place: ServicePlace) -> bool:
    """Whether an officer looks after a grid that the place lies in; on a border, both."""
    outlines = session.scalars(
        select(Grid.outline)
        .join(Duty, Duty.grid_id == Grid.id)
        .where(Duty.person_id == person_id, Grid.removed_at.is_(None))
    ).all()
    if not outlines:
        return False
    return bool(shapely.intersects_xy(shapely.from_wkb(outlines), place.longitude, place.latitude).any())
