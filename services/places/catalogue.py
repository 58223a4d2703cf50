"""Places as they are in the store: read as records, and marked as changed.

Every change of a place, and of what belongs to it, ends with `touch`, in the same transaction: it gives the place the
next version, by which whoever has places in memory (`services/places/index.py`) sees what is new.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from services.places.errors import NoSuchFacility, PlaceGone
from storage.facilities import facilities, kinds
from storage.kinds import Language
from storage.place_records import FacilityRecord, KindRecord, Names, PlacePhotoRecord, PlaceRecord
from storage.places_kinds import PlaceState, Voice
from storage.prepared import Prepared
from storage.schema import PlaceFacility, PlaceFault, PlaceKind, PlacePhoto, PlacesVersion, ServicePlace

_VERSION = Prepared(select(PlacesVersion.__table__.c.number))
_ONLY = 1
"""The key of the one row of `PlacesVersion`."""
ICON = "📍"
"""Of a kind that an import named."""


def require_facility(session: Session, place_id: int, facility: str) -> PlaceFacility:
    """Something that the place has.

    Raises:
        NoSuchFacility: it has no such thing.
    """
    found = session.get(PlaceFacility, (place_id, facility)) if facility in facilities() else None
    if found is None:
        raise NoSuchFacility
    return found


def version(session: Session) -> int:
    """That of the last change to any place; 0: there never was one."""
    return _VERSION.scalar(session) or 0


def touch(session: Session, *places: ServicePlace) -> int:
    """Give these places, which were changed, the next version. Those who change places wait for each other here."""
    session.flush()
    counter = session.get(PlacesVersion, _ONLY, with_for_update=True, populate_existing=True)
    if counter is None:
        counter = PlacesVersion(id=_ONLY, number=0)
        session.add(counter)
    counter.number += 1
    for place in places:
        place.version = counter.number
    session.flush()
    return counter.number


def lock(session: Session, place_id: int) -> ServicePlace:
    """The place, to be changed: others wait.

    Raises:
        PlaceGone: it is not there any more.
    """
    found = lock_all(session, [place_id]).get(place_id)
    if found is None or found.removed_at is not None:
        raise PlaceGone
    return found


def lock_all(session: Session, place_ids: Iterable[int]) -> dict[int, ServicePlace]:
    """These places, also removed ones, by their ids: always in one order, and before any of them is changed.

    Who only names one of them in a row of his own need not wait.
    """
    chosen = select(ServicePlace).where(ServicePlace.id.in_(set(place_ids))).order_by(ServicePlace.id)
    locked = chosen.with_for_update(key_share=True).execution_options(populate_existing=True)
    return {place.id: place for place in session.scalars(locked)}


def read(session: Session, place_id: int) -> PlaceRecord:
    """One place.

    Raises:
        PlaceGone: it is not there any more.
    """
    found = records(session, ServicePlace.id == place_id)
    if not found or found[0].is_removed:
        raise PlaceGone
    return found[0]


def changed_since(session: Session, version: int) -> list[PlaceRecord]:
    """Those that were changed after this version, removed ones, too; since 0: all there ever were."""
    return records(session, ServicePlace.version > version)


def records(session: Session, which: ColumnElement[bool]) -> list[PlaceRecord]:
    """Those places, in the order of their ids."""
    places = session.scalars(select(ServicePlace).where(which).order_by(ServicePlace.id)).all()
    has = _facilities(session, which)
    with_photos = _with_photos(session, which)
    named = names_of_kinds(session)
    return [_record(place, has[place.id], named, has_photo=place.id in with_photos) for place in places]


def names(session: Session, *, place_id: int) -> Names:
    """What a place is called, also one that was removed."""
    place = session.get_one(ServicePlace, place_id)
    return _names(place.name_zh, place.name_en)


def names_of_kinds(session: Session) -> dict[str, Names]:
    """All kinds there are: those of `data/places.toml`, then those that imports named."""
    known = {code: kind.names for code, kind in kinds().items()}
    more = session.execute(select(PlaceKind.code, PlaceKind.name_zh, PlaceKind.name_en).order_by(PlaceKind.code))
    return known | {row.code: _names(row.name_zh, row.name_en) for row in more if row.code not in known}


def all_kinds(session: Session) -> tuple[KindRecord, ...]:
    """The same, to choose from."""
    known = kinds()
    return tuple(
        KindRecord(code, names, known[code].icon if code in known else ICON)
        for code, names in names_of_kinds(session).items()
    )


def state_at(place: PlaceRecord, now: datetime) -> PlaceState:
    """What is said of it beyond its hours, if that still holds."""
    is_over = place.state_until is not None and place.state_until <= now
    return PlaceState.AS_ITS_HOURS if is_over else place.state


def confirm(place: ServicePlace, *, by: Voice, now: datetime) -> None:
    """All of it is right: the doubts are gone."""
    place.confirmed_at, place.confirmed_by, place.doubts = now, by, 0


def _facilities(session: Session, which: ColumnElement[bool]) -> dict[int, list[FacilityRecord]]:
    columns = PlaceFacility.place_id, PlaceFacility.facility, PlaceFacility.is_broken
    said = PlaceFacility.changed_at, PlaceFacility.changed_by
    joined = select(*columns, *said).join(ServicePlace, ServicePlace.id == PlaceFacility.place_id).where(which)
    reported = _reported(session, which)
    order = {code: at for at, code in enumerate(facilities())}
    found: dict[int, list[FacilityRecord]] = defaultdict(list)
    for row in session.execute(joined):
        report = reported.get((row.place_id, row.facility)) if row.is_broken else None
        one = FacilityRecord(row.facility, row.is_broken, row.changed_at, row.changed_by, report)
        found[row.place_id].append(one)
    for those in found.values():
        those.sort(key=lambda one: (order.get(one.code, len(order)), one.code))
    return found


def _reported(session: Session, which: ColumnElement[bool]) -> dict[tuple[int, str], int]:
    """The report of each fault that is not fixed."""
    found = (
        select(PlaceFault.place_id, PlaceFault.facility, func.min(PlaceFault.report_id))
        .join(ServicePlace, ServicePlace.id == PlaceFault.place_id)
        .where(which, PlaceFault.fixed_at.is_(None))
        .group_by(PlaceFault.place_id, PlaceFault.facility)
    )
    return {(place_id, facility): report_id for place_id, facility, report_id in session.execute(found)}


def photos_of(session: Session, place_id: int) -> tuple[PlacePhotoRecord, ...]:
    """All its photos, the first one first."""
    chosen = select(PlacePhoto.file_id, PlacePhoto.media_hash).where(PlacePhoto.place_id == place_id)
    return tuple(
        PlacePhotoRecord(row.file_id, row.media_hash) for row in session.execute(chosen.order_by(PlacePhoto.id))
    )


def _with_photos(session: Session, which: ColumnElement[bool]) -> frozenset[int]:
    joined = select(PlacePhoto.place_id).join(ServicePlace, ServicePlace.id == PlacePhoto.place_id)
    return frozenset(session.scalars(joined.where(which).distinct()))


def _record(
    place: ServicePlace, has: Sequence[FacilityRecord], named: dict[str, Names], *, has_photo: bool
) -> PlaceRecord:
    known = kinds().get(place.kind)
    return PlaceRecord(
        id=place.id,
        code=place.code,
        kind=place.kind,
        kind_names=named.get(place.kind, _names(place.kind, place.kind)),
        icon=known.icon if known is not None else ICON,
        names=_names(place.name_zh, place.name_en),
        latitude=place.latitude,
        longitude=place.longitude,
        address=_names(place.address, place.address_en or place.address),
        access=_names(place.access_zh, place.access_en),
        hours=place.hours,
        phone=place.phone,
        spaces=place.spaces,
        free_spaces=place.free_spaces,
        free_at=place.free_at,
        free_by=place.free_by,
        state=place.state,
        state_until=place.state_until,
        state_at=place.state_at,
        state_by=place.state_by,
        confirmed_at=place.confirmed_at,
        confirmed_by=place.confirmed_by,
        doubts=place.doubts,
        facilities=tuple(has),
        version=place.version,
        is_removed=place.removed_at is not None,
        has_photo=has_photo,
    )


def _names(zh: str, en: str) -> Names:
    return {Language.ZH: zh, Language.EN: en}


def ids(places: Iterable[PlaceRecord]) -> tuple[int, ...]:
    """Their ids."""
    return tuple(place.id for place in places)
