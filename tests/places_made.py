"""Service places for tests: as records in memory, and as rows of a store."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from services.places import catalogue
from storage.kinds import Language
from storage.place_records import FacilityRecord, PlaceRecord
from storage.places_kinds import PlaceState
from storage.schema import PlaceFacility, PlacePhoto, ServicePlace
from tests import county
from tests.moment import NOW


def record(
    number: int = 1, at: tuple[float, float] = county.IN_A1, has: Iterable[str] = (), **said: Any
) -> PlaceRecord:
    """A warm station that is always open."""
    usual: dict[str, Any] = {
        "code": f"S-{number:03}",
        "kind": "station",
        "kind_names": {Language.ZH: "暖新驿站", Language.EN: "Warm station"},
        "icon": "🏠",
        "names": {Language.ZH: f"{number}号驿站", Language.EN: f"Station {number}"},
        "address": f"府前街{number}号",
        "access": {Language.ZH: "", Language.EN: ""},
        "hours": "24/7",
        "phone": "",
        "spaces": None,
        "free_spaces": None,
        "free_at": None,
        "free_by": None,
        "state": PlaceState.AS_ITS_HOURS,
        "state_until": None,
        "state_at": None,
        "state_by": None,
        "confirmed_at": NOW,
        "confirmed_by": None,
        "doubts": 0,
        "facilities": tuple(FacilityRecord(one) for one in has),
        "version": number,
    }
    return PlaceRecord(id=number, latitude=at[0], longitude=at[1], **usual | said)


def add(
    session: Session,
    number: int = 1,
    at: tuple[float, float] = county.IN_A1,
    has: Iterable[str] = (),
    *,
    broken: Iterable[str] = (),
    photo: str | None = None,
    **said: Any,
) -> int:
    """The same as a row; return its id."""
    usual: dict[str, Any] = {
        "code": f"S-{number:03}",
        "kind": "station",
        "name_zh": f"{number}号驿站",
        "name_en": f"Station {number}",
        "address": f"府前街{number}号",
        "hours": "24/7",
        "state": PlaceState.AS_ITS_HOURS,
        "confirmed_at": NOW,
        "doubts": 0,
        "added_at": NOW,
        "version": 0,
    }
    place = ServicePlace(latitude=at[0], longitude=at[1], **usual | said)
    session.add(place)
    session.flush()
    for code in (*has, *broken):
        session.add(PlaceFacility(place_id=place.id, facility=code, is_broken=code in tuple(broken)))
    if photo is not None:
        added_by = said.get("added_by")
        session.add(PlacePhoto(place_id=place.id, file_id=photo, file_unique_id=photo, added_by=added_by, added_at=NOW))
    catalogue.touch(session, place)
    return place.id


def remove(session: Session, *, place_id: int) -> None:
    """It is not there any more."""
    place = catalogue.lock(session, place_id)
    place.removed_at = NOW
    catalogue.touch(session, place)
