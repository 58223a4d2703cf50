"""A place is removed: who kept it hears so. The row stays, with its photos and counts, and may come back."""

from datetime import datetime

from sqlalchemy.orm import Session

from services import audit, notices
from services.places import keepers
from storage.kinds import Deed
from storage.schema import ServicePlace


def remove(session: Session, place: ServicePlace, *, by: int | None, now: datetime) -> None:
    """Take a place that is locked out of the catalogue; `catalogue.touch` is for the caller."""
    place.removed_at = now
    notices.place_removed(session, keepers.all_leave(session, place.id), place_id=place.id, now=now)
    audit.note(session, Deed.PLACE_REMOVED, by=by, facts={"place": place.code, "name": place.name_zh}, now=now)
