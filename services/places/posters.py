"""Which places a poster is made of, and what its code says."""

from collections.abc import Sequence

from sqlalchemy import true
from sqlalchemy.orm import Session

from services.places import catalogue, keepers, lookup
from services.places.errors import UnknownPlace, UnknownPlaceKind
from storage.place_records import PlaceRecord
from storage.schema import ServicePlace


def chosen(session: Session, *, codes: Sequence[str], kinds: Sequence[str]) -> list[PlaceRecord]:
    """Those with these codes, and of these kinds; without either: all. In the order of their codes.

    Raises:
        UnknownPlace: there is none with this code, or it is of another kind.
        UnknownPlaceKind: there is no such kind.
    """
    for kind in kinds:
        if kind not in (known := catalogue.names_of_kinds(session)):
            raise UnknownPlaceKind(text=kind[:40], names=", ".join(known))
    asked = {place.id: place.code for place in lookup.by_codes(session, codes)}
    is_wanted = ServicePlace.id.in_(asked) if codes else true()
    is_kind = ServicePlace.kind.in_(kinds) if kinds else true()
    found = catalogue.records(session, ServicePlace.removed_at.is_(None) & is_wanted & is_kind)
    others = asked.keys() - set(catalogue.ids(found))
    if others:
        raise UnknownPlace(text=min(asked[one] for one in others))
    return sorted(found, key=lambda one: one.code)


def of_place(session: Session, *, place_id: int, person_id: int) -> PlaceRecord:
    """One place, for who keeps it, or an administrator.

    Raises:
        PlaceGone: it is not there any more.
        NotKeeper: the person is neither.
    """
    keepers.require_to_keep(session, person_id=person_id, place_id=place_id)
    return catalogue.read(session, place_id)
