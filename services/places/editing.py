"""What administrators and a place's keepers change of it in chat."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from services import audit, people
from services.county import County
from services.places import adding, catalogue, keepers, lookup, removing
from services.places.errors import NotAllSaid, NothingThere
from services.places.form import MOST_PHOTOS, TYPED, Photo, read
from storage.facilities import PARKING, facilities
from storage.kinds import Deed, Language, Role
from storage.place_records import NamedPlace, Names, PlaceRecord
from storage.places_kinds import PlaceField
from storage.schema import PlaceFacility, PlaceKeeper, PlacePhoto, ServicePlace


def own(session: Session, *, person_id: int) -> list[NamedPlace]:
    """The places that the person keeps; of very many the first."""
    return lookup.some(session, _kept_by(person_id))


def find(session: Session, *, person_id: int, text: str) -> list[NamedPlace]:
    """The places that are meant: any to administrators, to a keeper his own.

    Raises:
        UnknownPlace: there is none.
    """
    is_admin = people.has_any(session, person_id, Role.ADMIN)
    return lookup.find(session, text=text, among=None if is_admin else _kept_by(person_id))


def look(session: Session, *, person_id: int, place_id: int) -> PlaceRecord:
    """The place, to who may change it.

    Raises:
        PlaceGone: it was removed.
        NotKeeper: it is not his to change.
    """
    found = catalogue.read(session, place_id)
    keepers.require_to_keep(session, person_id=person_id, place_id=place_id)
    return found


def change(
    session: Session, *, person_id: int, place_id: int, field: PlaceField, text: str, language: Language, now: datetime
) -> None:
    """Set what is typed. What may be said in both languages is set in the person's, and in the other where that was not
    different; with a line in each, in both.

    Raises:
        PlaceGone, NotKeeper: as `look` says.
        NoWords, WordsTooLong, BadHours, BadNumber: it cannot be read.
        NotAllSaid: it is not a field that is typed.
    """
    place = _lock(session, person_id=person_id, place_id=place_id)
    if field not in TYPED:
        raise NotAllSaid
    value = read(field, text)
    match field:
        case PlaceField.NAME_ZH:
            place.name_en = value if place.name_en == place.name_zh else place.name_en
            place.name_zh = value
        case PlaceField.NAME_EN:
            place.name_en = value
        case PlaceField.HOURS:
            place.hours = value
        case PlaceField.ACCESS:
            _set_both(place, ("access_zh", "access_en"), value, language)
        case PlaceField.PHONE:
            place.phone = value
        case PlaceField.ADDRESS:
            _set_both(place, ("address", "address_en"), value, language)
        case PlaceField.SPACES:
            _set_spaces(session, place, int(value))
    _note(session, place, field, value, by=person_id, now=now)


def set_kind(session: Session, *, person_id: int, place_id: int, kind: str, now: datetime) -> None:
    """It is of this kind.

    Raises:
        PlaceGone, NotKeeper: as `look` says.
        NotAllSaid: there is no such kind.
    """
    place = _lock(session, person_id=person_id, place_id=place_id)
    if kind not in catalogue.names_of_kinds(session):
        raise NotAllSaid
    place.kind = kind
    _note(session, place, PlaceField.KIND, kind, by=person_id, now=now)


def toggle(session: Session, *, person_id: int, place_id: int, facility: str, now: datetime) -> None:
    """It has this facility, or has it no more.

    Raises:
        PlaceGone, NotKeeper: as `look` says.
        NotAllSaid: there is no such facility.
        NothingThere: it was the last one.
    """
    place = _lock(session, person_id=person_id, place_id=place_id)
    if facility not in facilities():
        raise NotAllSaid
    known = session.get(PlaceFacility, (place_id, facility))
    if known is None:
        session.add(PlaceFacility(place_id=place_id, facility=facility))
    else:
        if (session.scalar(select(func.count()).where(PlaceFacility.place_id == place_id)) or 0) < 2:
            raise NothingThere
        session.delete(known)
        if facility == PARKING:
            place.spaces = place.free_spaces = None
    said = f"{'-' if known is not None else '+'}{facility}"
    _note(session, place, PlaceField.FACILITIES, said, by=person_id, now=now)


def move(
    session: Session,
    *,
    person_id: int,
    place_id: int,
    latitude: float,
    longitude: float,
    within: County,
    now: datetime,
) -> None:
    """It is here. What its address says stays: whoever moves the pin a little does not rename the street.

    Raises:
        PlaceGone, NotKeeper: as `look` says.
        BadPlace, OutsideCounty: that is no place of the county.
    """
    place = _lock(session, person_id=person_id, place_id=place_id)
    adding.address_at(session, latitude=latitude, longitude=longitude, within=within)
    place.latitude, place.longitude = round(latitude, 6), round(longitude, 6)
    said = f"{place.latitude}, {place.longitude}"
    _note(session, place, PlaceField.POINT, said, by=person_id, now=now)


def add_photo(
    session: Session, *, person_id: int, place_id: int, photo: Photo, replaces: bool = False, now: datetime
) -> None:
    """One more photo, or one in place of all; beyond so many the oldest goes.

    Raises:
        PlaceGone, NotKeeper: as `look` says.
    """
    place = _lock(session, person_id=person_id, place_id=place_id)
    of_place = select(PlacePhoto.id).where(PlacePhoto.place_id == place_id).order_by(PlacePhoto.id)
    kept = [] if replaces else session.scalars(of_place).all()
    gone = delete(PlacePhoto).where(PlacePhoto.place_id == place_id)
    session.execute(gone.where(PlacePhoto.id.not_in(kept[-(MOST_PHOTOS - 1) :])))
    file_id, unique_id = photo
    said = {"file_id": file_id, "file_unique_id": unique_id}
    session.add(PlacePhoto(place_id=place_id, **said, added_by=person_id, added_at=now))
    field = PlaceField.PHOTOS if replaces else PlaceField.PHOTO
    _note(session, place, field, unique_id, by=person_id, now=now)


def remove(session: Session, *, person_id: int, place_id: int, now: datetime) -> Names:
    """It is in the list no more; its name. Only administrators say so: keepers come and go, and places stay.

    Raises:
        PlaceGone: it was removed already.
        NotAllowed: the person is no administrator.
    """
    people.require(session, person_id=person_id, role=Role.ADMIN)
    place = _lock(session, person_id=person_id, place_id=place_id)
    removing.remove(session, place, by=person_id, now=now)
    catalogue.touch(session, place)
    return catalogue.names(session, place_id=place_id)


def _lock(session: Session, *, person_id: int, place_id: int) -> ServicePlace:
    place = catalogue.lock(session, place_id)
    keepers.require_to_keep(session, person_id=person_id, place_id=place_id)
    return place


def _set_both(place: ServicePlace, columns: tuple[str, str], value: str, language: Language) -> None:
    """The Chinese column, then the English one."""
    lines = value.split("\n")
    if len(lines) > 1:
        said = dict(zip(columns, lines, strict=True))
    else:
        before = [getattr(place, column) for column in columns]
        own = columns[language is Language.EN]
        was_same = len({one for one in before if one}) < 2
        said = {column: value for column in columns if column == own or was_same}
    for column, text in said.items():
        setattr(place, column, text)


def _set_spaces(session: Session, place: ServicePlace, spaces: int) -> None:
    place.spaces = spaces
    if place.free_spaces is not None and place.free_spaces > spaces:
        place.free_spaces = spaces
    if session.get(PlaceFacility, (place.id, PARKING)) is None:
        session.add(PlaceFacility(place_id=place.id, facility=PARKING))


def _note(session: Session, place: ServicePlace, field: PlaceField, text: str, *, by: int, now: datetime) -> None:
    catalogue.touch(session, place)
    facts = {"place": place.code, "field": field.name.lower(), "text": text[:200]}
    audit.note(session, Deed.PLACE_CHANGED, by=by, facts=facts, now=now)


def _kept_by(person_id: int) -> ColumnElement[bool]:
    return ServicePlace.id.in_(select(PlaceKeeper.place_id).where(PlaceKeeper.person_id == person_id))
