"""What an owner changes of his shop in chat: hours, phone, what it offers, and its items."""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from services import audit
from services.merchants import hours, imported, staff, typed
from services.merchants.errors import NoSuchItem, ShopGone, StockHeld, TooManyItems
from services.words import clean
from storage.kinds import Deed
from storage.points_kinds import ShopField
from storage.schema import Item, Merchant

MOST_ITEMS = 30
OF_SHOP: dict[ShopField, tuple[str, ...]] = {
    ShopField.HOURS: ("hours",),
    ShopField.PHONE: ("phone",),
    ShopField.ABOUT: ("about_zh", "about_en"),
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
        BadHours, BadItem, BadNumber, NoWords, WordsTooLong: it cannot be read.
        TooDear: an item costs more than one payment may be.
        StockHeld: fewer pieces than are put aside; ``held`` says how many.
        TooManyItems: it has ``most`` already.
    """
    shop = _shop(session, merchant_id, person_id=person_id)
    imported.keep(shop, *OF_SHOP.get(field, ()))
    match field:
        case ShopField.HOURS:
            shop.hours = hours.tidy(text)
        case ShopField.PHONE:
            shop.phone = clean(text, most=40)
        case ShopField.ABOUT:
            shop.about_zh = shop.about_en = clean(text, most=300)
        case ShopField.ITEM:
            _add(session, merchant_id, text)
        case _:
            _change_item(_item(session, merchant_id, item_id), field, text)
    session.flush()
    facts = {"shop": shop.code, "field": str(field), "text": text[:200]}
    audit.note(session, Deed.SHOP_CHANGED, by=person_id, facts=facts, now=now)


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
    staff.require_owner(session, person_id=person_id, merchant_id=merchant_id)
    shop = session.get_one(Merchant, merchant_id)
    if shop.removed_at is not None:
        raise ShopGone
    return shop


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
        imported.keep(before, "price")
        before.removed_at, before.price = None, price
        return
    code = f"{imported.CHAT}{(session.scalar(of_shop) or 0) + 1}"
    session.add(Item(merchant_id=merchant_id, code=code, name_zh=name, name_en=name, price=price, held=0))


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
        item.stock = stock
