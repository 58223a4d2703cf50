"""Shops as residents look for them: near first, by what they sell, open now, with riders' meals left."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import distance, people, whereabouts, worktime
from services.hours.opening import openness
from services.merchants import meals, programme
from services.merchants.errors import NoSuchShop, ShopGone, ShopUnknown
from services.parts import Place
from services.points import ledger
from services.points.accounts import purse
from storage.kinds import Language, Role
from storage.merchant_records import ItemRecord, Names, ShopRecord, ShopsRecord
from storage.points_kinds import ShopKind
from storage.schema import Item, LastPlace, Merchant, MerchantStaff

PAGE = 5
LINK = "m_"
"""What the link of a shop begins with; its number follows."""


@dataclass(frozen=True, slots=True)
class Named:
    """Which shop, and what it is called."""

    code: str
    names: Names


def page(
    session: Session,
    *,
    person_id: int,
    page: int,
    kind: ShopKind | None = None,
    is_open: bool = False,
    has_meals: bool = False,
    now: datetime,
) -> ShopsRecord:
    """One page: what is open first, the nearest first where the person has said where he is.

    Beyond the last page is the last.
    """
    zone = worktime.of(session).zone
    here = session.get(LastPlace, person_id)
    chosen = select(Merchant).where(Merchant.removed_at.is_(None)).order_by(Merchant.id)
    shops = session.scalars(chosen.where(Merchant.kind == kind) if kind is not None else chosen).all()
    opened = {shop.id for shop in shops if openness(shop.hours, now=now, zone=zone).is_open}
    if is_open:
        shops = [shop for shop in shops if shop.id in opened]
    left = meals.left(session, list(shops), day=now.astimezone(zone).date())
    if has_meals:
        shops = [shop for shop in shops if left[shop.id] or _next_meal(shop, left=0, now=now, zone=zone)]
    shops = sorted(shops, key=lambda shop: (shop.id not in opened, _nearness(shop, here), shop.id))
    pages = max(1, -(-len(shops) // PAGE))
    at = max(0, min(page, pages - 1))
    shown = shops[at * PAGE : (at + 1) * PAGE]
    far = _metres(shown, here)
    at_meals = programme.meals().now(now, zone)
    return ShopsRecord(
        shops=tuple(_record(shop, left=left[shop.id], metres=far.get(shop.id), now=now, zone=zone) for shop in shown),
        page=at,
        pages=pages,
        count=len(shops),
        kind=kind,
        is_open=is_open,
        has_meals=has_meals,
        is_near=here is not None,
        mealtime=at_meals[1] if at_meals is not None else None,
        next_meal=programme.meals().next(now, zone),
    )


def shop(session: Session, *, person_id: int, merchant_id: int, now: datetime) -> ShopRecord:
    """All of one shop, for who may pay there, or works there.

    Raises:
        ShopUnknown: there never was such a shop.
        ShopGone: it takes no points any more.
    """
    found = session.get(Merchant, merchant_id)
    if found is None:
        raise ShopUnknown
    if found.removed_at is not None:
        raise ShopGone
    zone, till = worktime.of(session).zone, programme.till()
    at = programme.meals().now(now, zone)
    left = meals.left(session, [found], day=now.astimezone(zone).date())
    far = _metres([found], session.get(LastPlace, person_id))
    works = session.get(MerchantStaff, (person_id, merchant_id))
    return _record(
        found,
        left=left[found.id],
        metres=far.get(found.id),
        now=now,
        zone=zone,
        items=tuple(_item(one) for one in _items(session, merchant_id)),
        balance=ledger.balance(session, purse(person_id)),
        amounts=till.amounts,
        most=till.most,
        is_staff=works is not None,
        is_owner=works is not None and works.is_owner,
        may_edit=(works is not None and works.is_owner) or people.has_any(session, person_id, Role.ADMIN),
        mealtime=at[1] if at is not None else None,
        price=programme.meals().price,
    )


def link_of(merchant_id: int) -> str:
    """What the link of a shop carries."""
    return f"{LINK}{merchant_id}"


def opened(carried: str) -> int:
    """The number of the shop whose link was opened.

    Raises:
        ShopUnknown: it is none.
    """
    number = carried.removeprefix(LINK)
    if not (number.isascii() and number.isdigit() and len(number) <= 9):
        raise ShopUnknown
    return int(number)


def own(session: Session, *, person_id: int, now: datetime) -> list[ShopRecord]:
    """The shops where somebody works."""
    chosen = (
        select(Merchant.id)
        .join(MerchantStaff, MerchantStaff.merchant_id == Merchant.id)
        .where(MerchantStaff.person_id == person_id, Merchant.removed_at.is_(None))
        .order_by(Merchant.id)
    )
    return [shop(session, person_id=person_id, merchant_id=one, now=now) for one in session.scalars(chosen).all()]


def by_code(session: Session, *, code: str) -> Named:
    """What is said of the shop with this code.

    Raises:
        NoSuchShop: there is none.
    """
    found = find(session, code)
    return Named(found.code, {Language.ZH: found.name_zh, Language.EN: found.name_en})


def find(session: Session, code: str) -> Merchant:
    """The shop with this code, in any case.

    Raises:
        NoSuchShop: there is none.
    """
    of = (Merchant.code == code.strip().upper()) & Merchant.removed_at.is_(None)
    found = session.scalar(select(Merchant).where(of))
    if found is None:
        raise NoSuchShop(code=code.strip()[:40])
    return found


def names(session: Session, *, merchant_id: int) -> Names:
    """What a shop is called, also one that is gone."""
    found = session.get_one(Merchant, merchant_id)
    return {Language.ZH: found.name_zh, Language.EN: found.name_en}


def look_from(session: Session, *, person_id: int, place: Place, now: datetime) -> None:
    """Where somebody looks for shops from, until he says another place.

    Raises:
        BadPlace: that is no place on Earth.
    """
    whereabouts.note(session, person_id=person_id, point=(place.latitude, place.longitude), now=now)


def _items(session: Session, merchant_id: int) -> Sequence[Item]:
    return session.scalars(
        select(Item).where(Item.merchant_id == merchant_id, Item.removed_at.is_(None)).order_by(Item.price, Item.id)
    ).all()


def _item(one: Item) -> ItemRecord:
    names = {Language.ZH: one.name_zh, Language.EN: one.name_en}
    return ItemRecord(one.id, names, one.price, one.stock, one.held, one.limit_each)


def _nearness(shop: Merchant, here: LastPlace | None) -> float:
    """What puts shops in order: on a plane, which in one county does as well as the ellipsoid, and much faster."""
    if here is None:
        return 0.0
    east = (shop.longitude - here.longitude) * math.cos(math.radians(here.latitude))
    return (shop.latitude - here.latitude) ** 2 + east**2


def _metres(shops: Sequence[Merchant], here: LastPlace | None) -> dict[int, float]:
    if here is None:
        return {}
    at = (here.latitude, here.longitude)
    return {shop.id: distance.metres(at, (shop.latitude, shop.longitude)) for shop in shops}


def _next_meal(shop: Merchant, *, left: int, now: datetime, zone: ZoneInfo) -> datetime | None:
    begins = programme.meals().begins(now, zone)
    if begins is None or not shop.meals:
        return None
    return begins if left or begins.date() > now.astimezone(zone).date() else None


def _record(
    shop: Merchant, *, left: int, metres: float | None, now: datetime, zone: ZoneInfo, **more: object
) -> ShopRecord:
    opening = openness(shop.hours, now=now, zone=zone)
    return ShopRecord(
        id=shop.id,
        code=shop.code,
        names={Language.ZH: shop.name_zh, Language.EN: shop.name_en},
        kind=shop.kind,
        address=shop.address,
        latitude=shop.latitude,
        longitude=shop.longitude,
        hours=shop.hours,
        is_open=opening.is_open,
        opens_at=None if opening.is_open else opening.until,
        phone=shop.phone,
        about={Language.ZH: shop.about_zh, Language.EN: shop.about_en},
        meal={Language.ZH: shop.meal_zh, Language.EN: shop.meal_en},
        meals=shop.meals,
        meals_left=left,
        next_meal=_next_meal(shop, left=left, now=now, zone=zone),
        metres=metres,
        **more,  # type: ignore[arg-type]
    )
