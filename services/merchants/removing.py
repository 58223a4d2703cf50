"""A shop takes no points any more: what waits for it is given back, and its people hear it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import audit, notices
from services.merchants import till
from storage.kinds import Deed
from storage.schema import Merchant, MerchantStaff


def remove(session: Session, shop: Merchant, *, by: int | None, now: datetime) -> None:
    """Take away a shop, which is locked."""
    shop.removed_at = now
    session.flush()
    till.end_all(session, shop.id, now=now)
    people = session.scalars(select(MerchantStaff.person_id).where(MerchantStaff.merchant_id == shop.id)).all()
    notices.shop_removed(session, people, merchant_id=shop.id, now=now)
    audit.note(session, Deed.SHOP_REMOVED, by=by, facts={"shop": shop.code}, now=now)
