"""Who works at which shop. Everybody of a shop takes and gives back; its owners also change it, and invite."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from services import audit, people
from services.merchants.errors import LastOwner, NotOwner, NotStaff, OtherShop
from storage.kinds import Deed, Role
from storage.merchant_records import StaffRecord
from storage.schema import Invite, Merchant, MerchantStaff, Person, PersonRole


def shops_of(session: Session, person_id: int) -> list[int]:
    """The shops where somebody works that still take points."""
    found = (
        select(MerchantStaff.merchant_id)
        .join(Merchant, Merchant.id == MerchantStaff.merchant_id)
        .where(MerchantStaff.person_id == person_id, Merchant.removed_at.is_(None))
        .order_by(MerchantStaff.merchant_id)
    )
    return list(session.scalars(found))


def require(session: Session, *, person_id: int, merchant_id: int) -> MerchantStaff:
    """Check that somebody works there.

    Raises:
        OtherShop: he works at another one.
        NotStaff: he works at none.
    """
    found = session.get(MerchantStaff, (person_id, merchant_id))
    if found is None:
        raise OtherShop if shops_of(session, person_id) else NotStaff
    return found


def require_owner(session: Session, *, person_id: int, merchant_id: int) -> None:
    """Check that the shop is somebody's.

    Raises:
        NotStaff, OtherShop: he does not even work there.
        NotOwner: he only works there.
    """
    if not require(session, person_id=person_id, merchant_id=merchant_id).is_owner:
        raise NotOwner


def owners(session: Session, merchant_ids: Sequence[int]) -> list[int]:
    """Whose these shops are, each person once."""
    return sorted(set().union(*owners_by_shop(session, merchant_ids).values()))


def owners_by_shop(session: Session, merchant_ids: Sequence[int]) -> dict[int, list[int]]:
    """Whose each of these shops is; a shop that is nobody's yet is left out."""
    found = (
        select(MerchantStaff.merchant_id, MerchantStaff.person_id)
        .where(MerchantStaff.merchant_id.in_(merchant_ids), MerchantStaff.is_owner)
        .order_by(MerchantStaff.person_id)
    )
    by_shop: dict[int, list[int]] = {}
    for merchant_id, person_id in session.execute(found):
        by_shop.setdefault(merchant_id, []).append(person_id)
    return by_shop


def all_of(session: Session, *, merchant_id: int, person_id: int) -> list[StaffRecord]:
    """Everybody of a shop, owners first, for one of its owners."""
    require_owner(session, person_id=person_id, merchant_id=merchant_id)
    found = session.execute(
        select(Person.id, func.coalesce(Person.known_as, Person.name), MerchantStaff.is_owner)
        .join(MerchantStaff, MerchantStaff.person_id == Person.id)
        .where(MerchantStaff.merchant_id == merchant_id)
        .order_by(MerchantStaff.is_owner.desc(), MerchantStaff.since, Person.id)
    )
    return [StaffRecord(*row) for row in found]


def add(session: Session, *, person_id: int, merchant_id: int, is_owner: bool, now: datetime) -> None:
    """Somebody works there from now on; an owner stays one."""
    known = session.get(MerchantStaff, (person_id, merchant_id))
    if known is None:
        session.add(MerchantStaff(person_id=person_id, merchant_id=merchant_id, is_owner=is_owner, since=now))
    else:
        known.is_owner = known.is_owner or is_owner
    session.flush()


def remove(session: Session, *, merchant_id: int, person_id: int, by: int, now: datetime) -> None:
    """Somebody works there no more; whoever works nowhere else is no merchant any more. His invites are void.

    Raises:
        NotStaff, OtherShop, NotOwner: ``by`` may not.
        LastOwner: the shop would be nobody's.
    """
    locked = select(Merchant.id).where(Merchant.id == merchant_id).with_for_update(key_share=True)
    session.execute(locked)  # of two owners who let each other go one stays
    require_owner(session, person_id=by, merchant_id=merchant_id)
    going = session.get(MerchantStaff, (person_id, merchant_id))
    if going is None:
        return
    if owners(session, [merchant_id]) == [person_id]:
        raise LastOwner
    session.delete(going)
    his = (Invite.merchant_id == merchant_id, Invite.made_by == person_id, Invite.used_at.is_(None))
    session.execute(update(Invite).where(*his, Invite.expires_at > now).values(expires_at=now))
    session.flush()
    end_roles(session, [person_id])
    audit.note(session, Deed.STAFF_REMOVED, by=by, person_id=person_id, facts={"shop": merchant_id}, now=now)


def everybody(session: Session, merchant_id: int) -> list[int]:
    """Who works there."""
    found = select(MerchantStaff.person_id).where(MerchantStaff.merchant_id == merchant_id)
    return list(session.scalars(found.order_by(MerchantStaff.person_id)))


def end_roles(session: Session, person_ids: Sequence[int]) -> set[int]:
    """Who of them works at no shop that takes points is no merchant any more; return who was one until now."""
    works = select(MerchantStaff.person_id).join(Merchant, Merchant.id == MerchantStaff.merchant_id)
    still = works.where(MerchantStaff.person_id == PersonRole.person_id, Merchant.removed_at.is_(None)).exists()
    gone = delete(PersonRole).where(PersonRole.person_id.in_(person_ids), PersonRole.role == Role.MERCHANT, ~still)
    return set(session.scalars(gone.returning(PersonRole.person_id).execution_options(synchronize_session="fetch")))


def grant(session: Session, *, person_id: int, by: int | None, now: datetime) -> None:
    """The role that shows the keys of a shop."""
    people.grant(session, person_id=person_id, role=Role.MERCHANT, by=by, now=now)
