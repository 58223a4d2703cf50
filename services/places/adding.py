"""A place that an administrator, or somebody who looks after another one, adds in chat."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import audit, county, notices, people
from services.county import County
from services.errors import NotAllowed, OutsideCounty
from services.places import catalogue, keepers
from services.places.errors import NotAllSaid
from services.places.form import OPTIONAL, Form
from storage.facilities import PARKING, facilities
from storage.kinds import Deed, Role
from storage.place_records import FormRecord
from storage.places_kinds import PlaceField, Voice
from storage.schema import Grid, PersonRole, PlaceFacility, PlacePhoto, ServicePlace

NEW, CODE = "NEW {}", "CHAT-{}"
"""Until its id is known, and then; a blank is in no other code."""


def address_at(session: Session, *, latitude: float, longitude: float, within: County) -> str:
    """Town, community and grid of a place that somebody has sent.

    Raises:
        BadPlace, OutsideCounty: it is nowhere, at 0,0, at sea, or elsewhere.
    """
    county.check_place(latitude, longitude)
    if not within.contains(latitude, longitude):
        raise OutsideCounty
    found = within.grid_at(latitude, longitude)
    if found is None:
        return ""
    town = session.scalar(select(Grid.town).where(Grid.id == found.id)) or ""
    return f"{town}{found.community}{found.name}"[:200]


def describe(session: Session, *, form: Form) -> FormRecord:
    """The form as it is shown."""
    kinds = catalogue.all_kinds(session)
    said = form.typed
    spaces = said.get(PlaceField.SPACES)
    return FormRecord(
        asks=form.asks,
        is_optional=form.asks in OPTIONAL,
        kinds=kinds,
        kind=next((one for one in kinds if one.code == said.get(PlaceField.KIND)), None),
        name_zh=said.get(PlaceField.NAME_ZH, ""),
        name_en=said.get(PlaceField.NAME_EN, ""),
        address=form.address,
        has_point=form.point is not None,
        photos=len(form.photos),
        facilities=tuple(one for one in facilities() if one in form.has),
        hours=said.get(PlaceField.HOURS, ""),
        access=said.get(PlaceField.ACCESS, "").replace("\n", " · "),
        phone=said.get(PlaceField.PHONE, ""),
        spaces=int(spaces) if spaces is not None and PARKING in form.has else None,
    )


def check(session: Session, *, person_id: int, now: datetime) -> None:
    """Whether the person may add places.

    Raises:
        NotAllowed: he is neither an administrator nor a keeper.
    """
    if not people.has_any(session, person_id, Role.ADMIN, Role.KEEPER):
        raise NotAllowed


def publish(session: Session, *, person_id: int, form: Form, now: datetime) -> int:
    """Everybody finds it from now on; its id. One that a keeper adds is his, and administrators hear of it.

    Raises:
        NotAllowed: as `check` says.
        NotAllSaid: the form lacks something, or names a kind that there is not.
    """
    check(session, person_id=person_id, now=now)
    is_admin = people.has_any(session, person_id, Role.ADMIN)
    if form.asks is not None or form.point is None:
        raise NotAllSaid
    said = form.typed
    if said[PlaceField.KIND] not in catalogue.names_of_kinds(session):
        raise NotAllSaid
    name, access = said[PlaceField.NAME_ZH], said.get(PlaceField.ACCESS, "").split("\n")
    spaces = said.get(PlaceField.SPACES)
    place = ServicePlace(
        code=NEW.format(person_id),
        kind=said[PlaceField.KIND],
        name_zh=name,
        name_en=said.get(PlaceField.NAME_EN, name),
        latitude=round(form.point[0], 6),
        longitude=round(form.point[1], 6),
        address=form.address,
        access_zh=access[0],
        access_en=access[-1],
        hours=said[PlaceField.HOURS],
        phone=said.get(PlaceField.PHONE, ""),
        spaces=int(spaces) if spaces is not None and PARKING in form.has else None,
        added_by=person_id,
        added_at=now,
        version=0,
    )
    catalogue.confirm(place, by=Voice.ADMIN if is_admin else Voice.KEEPER, now=now)
    session.add(place)
    session.flush()
    place.code = _free_code(session, place.id)
    session.add_all(PlaceFacility(place_id=place.id, facility=one) for one in sorted(form.has))
    for file_id, unique_id in form.photos:
        photo = {"file_id": file_id, "file_unique_id": unique_id}
        session.add(PlacePhoto(place_id=place.id, **photo, added_by=person_id, added_at=now))
        session.flush()  # in this order: the first one is shown
    if not is_admin:
        keepers.add(session, person_id=person_id, place_id=place.id, now=now)
        admins = select(PersonRole.person_id).where(PersonRole.role == Role.ADMIN).order_by(PersonRole.person_id)
        notices.place_added(session, session.scalars(admins).all(), place_id=place.id, now=now)
    catalogue.touch(session, place)
    facts = {"place": place.code, "name": place.name_zh}
    audit.note(session, Deed.PLACE_ADDED, by=person_id, facts=facts, now=now)
    return place.id


def _free_code(session: Session, place_id: int) -> str:
    """After its id, unless a file has used that code for another place."""
    code = CODE.format(place_id)
    while session.scalar(select(ServicePlace.id).where(ServicePlace.code == code)) is not None:
        code += "A"
    return code
