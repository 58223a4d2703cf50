"""What owners and administrators change of a shop in chat: all that a list says of it but its rate, and its items."""

from datetime import datetime
from itertools import count

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from services import audit, county, people
from services.county import County
from services.errors import BadPlace, NoWords, OutsideCounty
from services.merchants import imported, removing, staff, typed
from services.merchants.errors import NoSuchItem, ShopGone, ShopUnknown, StockHeld, TooManyItems
from services.words import clean, clean_name
from storage.kinds import Deed, Role
from storage.points_kinds import ShopField, ShopKind
from storage.schema import Item, Merchant

MOST_ITEMS, MOST_MEALS = 30, 10_000
OF_SHOP: dict[ShopField, tuple[str, ...]] = {
    ShopField.HOURS: ("hours",),
    ShopField.PHONE: ("phone",),
    ShopField.ABOUT: ("about_zh", "about_en"),
    ShopField.NAME_ZH: ("name_zh",),
    ShopField.NAME_EN: ("name_en",),
    ShopField.KIND: ("kind",),
    ShopField.ADDRESS: ("address",),
    ShopField.POINT: ("latitude", "longitude"),
    ShopField.MEALS: ("meals",),
}
OF_ITEM: dict[ShopField, tuple[str, ...]] = {ShopField.PRICE: ("price",), ShopField.LIMIT: ("limit_each",)}
"""What of a shop or an item is remembered as the last list said it, before it is changed here."""


def change(
    session: Session,
    *,
    merchant_id: int,
    person_id: int,
    field: ShopField,
    text: str,
    item_id: int | None = None,
    now: datetime,
) -> None:
    """Set one field of the shop, or of an item, to what was typed; or add an item.

    Raises:
        NotStaff, OtherShop, NotOwner: it is not his.
        ShopGone, NoSuchItem: there is no such thing any more.
        BadHours, HoursTooLong, BadItem, BadNumber, NoWords, WordsTooLong: it cannot be read.
        TooDear: an item costs more than one payment may be.
        StockHeld: fewer pieces than are put aside; ``held`` says how many.
        TooManyItems: it has ``most`` already.
    """
    shop = _shop(session, merchant_id, person_id=person_id)
    imported.keep(shop, *OF_SHOP.get(field, ()))
    match field:
        case ShopField.HOURS:
            shop.hours = typed.hours(text)
        case ShopField.PHONE:
            shop.phone = clean(text, most=40)
        case ShopField.ABOUT:
            shop.about_zh = shop.about_en = clean(text, most=300)
        case ShopField.NAME_ZH:
            shop.name_zh = clean_name(clean(text, most=120), most=120)
        case ShopField.NAME_EN:
            shop.name_en = clean_name(clean(text, most=120), most=120)
        case ShopField.ADDRESS:
            shop.address = clean_name(clean(text, most=200), most=200)
        case ShopField.MEALS:
            shop.meals = typed.number(text, most=MOST_MEALS)
        case ShopField.KIND | ShopField.POINT:
            raise BadPlace if field is ShopField.POINT else NoWords  # one is sent, the other chosen
        case ShopField.ITEM:
            _add(session, merchant_id, text)
        case _:
            _change_item(_item(session, merchant_id, item_id), field, text)
    _note(session, shop, field, text, by=person_id, now=now)


def set_kind(session: Session, *, merchant_id: int, person_id: int, kind: ShopKind, now: datetime) -> None:
    """It sells this.

    Raises:
        NotStaff, OtherShop, NotOwner, ShopGone: as `change` says.
    """
    shop = _shop(session, merchant_id, person_id=person_id)
    imported.keep(shop, *OF_SHOP[ShopField.KIND])
    shop.kind = kind
    _note(session, shop, ShopField.KIND, kind, by=person_id, now=now)


def move(
    session: Session,
    *,
    merchant_id: int,
    person_id: int,
    latitude: float,
    longitude: float,
    within: County,
    now: datetime,
) -> None:
    """It is here.

    Raises:
        NotStaff, OtherShop, NotOwner, ShopGone: as `change` says.
        BadPlace, OutsideCounty: that is no place of the county.
    """
    shop = _shop(session, merchant_id, person_id=person_id)
    county.check_place(latitude, longitude)
    if not within.contains(latitude, longitude):
        raise OutsideCounty
    imported.keep(shop, *OF_SHOP[ShopField.POINT])
    shop.latitude, shop.longitude = round(latitude, 6), round(longitude, 6)
    _note(session, shop, ShopField.POINT, f"{shop.latitude}, {shop.longitude}", by=person_id, now=now)


def retire(session: Session, *, merchant_id: int, person_id: int, now: datetime) -> None:
    """The shop takes no points any more, says an administrator; a list brings it back only over what chat says.

    Raises:
        NotAllowed: he is none.
        ShopUnknown, ShopGone: there is no such shop (any more).
    """
    people.require(session, person_id=person_id, role=Role.ADMIN)
    shop = _lock(session, merchant_id)
    imported.keep(shop)
    removing.remove(session, shop, by=person_id, now=now)


def remove_item(session: Session, *, merchant_id: int, person_id: int, item_id: int, now: datetime) -> None:
    """The shop does not give it any more; codes that are shown for it stay good.

    Raises:
        NotStaff, OtherShop, NotOwner, ShopGone, NoSuchItem: as `change` says.
    """
    shop = _shop(session, merchant_id, person_id=person_id)
    item = _item(session, merchant_id, item_id)
    imported.keep(item)
    item.removed_at = now
    session.flush()
    facts = {"shop": shop.code, "field": "removed", "text": item.name_zh}
    audit.note(session, Deed.SHOP_CHANGED, by=person_id, facts=facts, now=now)


def _shop(session: Session, merchant_id: int, *, person_id: int) -> Merchant:
    if not people.has_any(session, person_id, Role.ADMIN):
        staff.require_owner(session, person_id=person_id, merchant_id=merchant_id)
    return _lock(session, merchant_id)


def _lock(session: Session, merchant_id: int) -> Merchant:
    """The shop; nobody else changes it, or adds to it, meanwhile."""
    shop = session.get(Merchant, merchant_id, with_for_update={"key_share": True}, populate_existing=True)
    if shop is None:
        raise ShopUnknown
    if shop.removed_at is not None:
        raise ShopGone
    return shop


def _note(session: Session, shop: Merchant, field: ShopField, text: str, *, by: int, now: datetime) -> None:
    session.flush()
    facts = {"shop": shop.code, "field": str(field), "text": text[:200]}
    audit.note(session, Deed.SHOP_CHANGED, by=by, facts=facts, now=now)


def _item(session: Session, merchant_id: int, item_id: int | None) -> Item:
    item = session.scalars(
        select(Item)
        .where(Item.id == item_id, Item.merchant_id == merchant_id, Item.removed_at.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if item is None:
        raise NoSuchItem
    return item


def _add(session: Session, merchant_id: int, text: str) -> None:
    """A new one; one that was there before by that name comes back, with its code, stock and limit."""
    name, price = typed.item(text)
    of_shop = select(func.count()).where(Item.merchant_id == merchant_id)
    if (session.scalar(of_shop.where(Item.removed_at.is_(None))) or 0) >= MOST_ITEMS:
        raise TooManyItems(most=MOST_ITEMS)
    by_name = (Item.merchant_id == merchant_id) & or_(Item.name_zh == name, Item.name_en == name)
    before = session.scalars(
        select(Item)
        .where(by_name, Item.removed_at.is_not(None))
        .order_by(Item.removed_at.desc(), Item.id.desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if before is not None:
        imported.back(before)
        before.removed_at, before.price = None, price
        return
    code = _free_code(session, merchant_id)
    session.add(Item(merchant_id=merchant_id, code=code, name_zh=name, name_en=name, price=price, held=0))


def _free_code(session: Session, merchant_id: int) -> str:
    """That of a new item; a list may have named some that begin alike."""
    codes = set(session.scalars(select(Item.code).where(Item.merchant_id == merchant_id)))
    return next(code for number in count(len(codes) + 1) if (code := f"{imported.CHAT}{number}") not in codes)


def _change_item(item: Item, field: ShopField, text: str) -> None:
    imported.keep(item, *OF_ITEM.get(field, ()))
    if field is ShopField.PRICE:
        item.price = typed.price(text)
    elif field is ShopField.LIMIT:
        item.limit_each = typed.number_or_enough(text, least=1)
    else:
        stock = typed.number_or_enough(text)
        if stock is not None and stock < item.held:
            raise StockHeld(held=item.held)
        imported.keep_stock(item)
        item.stock = stock
