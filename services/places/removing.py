"""A place is removed: who kept it hears so. The row stays, with its photos and counts, and may come back."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services import audit, notices
from storage.kinds import Deed, Role
from storage.schema import PersonRole, PlaceKeeper, ServicePlace


def remove(session: Session, place: ServicePlace, *, by: int | None, now: datetime) -> None:
    """Take a place that is locked out of the catalogue; `catalogue.touch` is for the caller."""
    place.removed_at = now
    kept_by = select(PlaceKeeper.person_id).where(PlaceKeeper.place_id == place.id)
    keepers = session.scalars(kept_by.order_by(PlaceKeeper.person_id)).all()
    session.execute(delete(PlaceKeeper).where(PlaceKeeper.place_id == place.id))
    still = select(PlaceKeeper.person_id).where(PlaceKeeper.person_id.in_(keepers))
    of_nothing = set(keepers) - set(session.scalars(still))
    session.execute(delete(PersonRole).where(PersonRole.person_id.in_(of_nothing), PersonRole.role == Role.KEEPER))
    notices.place_removed(session, keepers, place_id=place.id, now=now)
    audit.note(session, Deed.PLACE_REMOVED, by=by, facts={"place": place.code, "name": place.name_zh}, now=now)
