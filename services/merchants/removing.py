"""A shop takes no points any more, or again: what waits is given back, its people hear it, and are merchants or not."""

from datetime import datetime

from sqlalchemy.orm import Session

from services import audit, notices, people
from services.merchants import staff, till
from storage.kinds import Deed, Role
from storage.schema import Merchant


def remove(session: Session, shop: Merchant, *, by: int | None, now: datetime) -> None:
    """Take away a shop, which is locked. For whom it was the last one, he is no merchant any more."""
    shop.removed_at = now
    session.flush()
    till.end_all(session, shop.id, now=now)
    of_shop = staff.everybody(session, shop.id)
    lost = staff.end_roles(session, of_shop)
    for person_id in of_shop:
        notices.shop_removed(session, person_id, merchant_id=shop.id, changes_role=person_id in lost, now=now)
    audit.note(session, Deed.SHOP_REMOVED, by=by, facts={"shop": shop.code}, now=now)


def bring_back(session: Session, shop: Merchant, *, now: datetime) -> None:
    """It takes points again, for the people that it had, who are merchants again."""
    shop.removed_at = None
    session.flush()
    for person_id in staff.everybody(session, shop.id):
        is_new = not people.has_any(session, person_id, Role.MERCHANT)
        staff.grant(session, person_id=person_id, by=None, now=now)
        notices.shop_back(session, person_id, merchant_id=shop.id, changes_role=is_new, now=now)
