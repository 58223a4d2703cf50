"""Take the merchants and their items from a file. A shop is told by its code, an item by its code in the shop.

What the file says of a shop and its items replaces what the store had. Shops that the file does not have are kept and
named among the remarks, or removed; whatever code waits for a removed one is given back.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import audit, notices
from services.imports.merchant_rows import SAID, ItemRow, MerchantReader, MerchantRow
from services.imports.results import Imported, Progress, Remark, refuse_or_skip, require_columns
from services.merchants import till
from storage.kinds import Deed
from storage.schema import Item, Merchant, MerchantStaff
from storage.tables import Table

COLUMNS = ("code", "name_zh", "category", "address", "latitude", "longitude", "hours", "phone")


def import_merchants(
    session: Session, table: Table, *, skip_bad: bool, replace: bool = False, now: datetime, progress: Progress
) -> Imported:
    """Add and update merchants; all rows or none, unless bad ones are to be skipped. What is counted is shops.

    Args:
        session: the transaction.
        table: a row an item, or a shop without one: columns `COLUMNS` and, if wanted, `name_en`, `about_zh`,
            `about_en`, `rate` (fen a point), `meals` (a day), `meal_zh`, `meal_en`, `item`, `item_zh`, `item_en`,
            `price`, `stock` (without: as the store has it, or enough), `limit` (a person).
        skip_bad: take the good rows although there are bad ones.
        replace: remove the shops that the file does not have.
        now: when.
        progress: told after each row.

    Raises:
        NoRows, MissingColumns: the file as a whole is not one of merchants.
        ImportRefused: rows are bad, and `skip_bad` is off; nothing was changed.
    """
    require_columns(table, COLUMNS)
    steps = len(table.rows) + 1
    shops = session.scalars(select(Merchant).order_by(Merchant.id).with_for_update(key_share=True)).all()
    before = {shop.code: shop for shop in shops}
    reader = MerchantReader(session)
    for done, line in enumerate(table.rows, start=1):
        reader.read(line)
        progress(done, steps)
    skipped = refuse_or_skip(reader.bad, skip_bad=skip_bad)

    items: dict[int, dict[str, Item]] = {shop.id: {} for shop in shops}
    for item in session.scalars(select(Item)):
        items[item.merchant_id][item.code] = item
    added = updated = 0
    for row in reader.shops.values():
        shop = before.get(row.code)
        if shop is None:
            added += 1
            _replace_items(session, _add(session, row), row, {}, untouched=set(), now=now)
            continue
        untouched = reader.untouched.get(row.code, set())
        if _update(shop, row) | _replace_items(session, shop, row, items[shop.id], untouched=untouched, now=now):
            updated += 1
    named = reader.shops.keys() | reader.untouched.keys()
    others = sorted(code for code, shop in before.items() if code not in named and shop.removed_at is None)
    if replace:
        _remove(session, [before[code] for code in others], now=now)
    progress(steps, steps)
    facts = {"added": added, "updated": updated, "removed": len(others) if replace else 0}
    audit.note(session, Deed.SHOPS_IMPORTED, by=None, facts=facts, now=now)
    remarks = {Remark.SHOPS_REMOVED if replace else Remark.SHOPS_KEPT: others} if others else {}
    return Imported(added, updated, len(reader.shops) - added - updated, skipped, remarks)


def _add(session: Session, row: MerchantRow) -> Merchant:
    shop = Merchant(code=row.code, **{column: getattr(row, column) for column in SAID})
    session.add(shop)
    session.flush()
    return shop


def _update(shop: Merchant, row: MerchantRow) -> bool:
    """Bring the shop up to date, also one that was removed; whether there was anything new."""
    changes = {column: getattr(row, column) for column in SAID if getattr(shop, column) != getattr(row, column)}
    if shop.removed_at is not None:
        changes["removed_at"] = None
    for column, value in changes.items():
        setattr(shop, column, value)
    return bool(changes)


def _replace_items(
    session: Session, shop: Merchant, row: MerchantRow, before: dict[str, Item], *, untouched: set[str], now: datetime
) -> bool:
    """Make the shop's items those of the file; whether there was anything new."""
    changed = False
    for code, one in row.items.items():
        changed |= _put(session, shop, before.get(code), one)
    for code, item in before.items():
        if code not in row.items and code not in untouched and item.removed_at is None:
            item.removed_at, changed = now, True
    session.flush()
    return changed


def _put(session: Session, shop: Merchant, item: Item | None, row: ItemRow) -> bool:
    said = {column: getattr(row, column) for column in ("name_zh", "name_en", "price", "limit_each")}
    if item is None:
        session.add(Item(merchant_id=shop.id, code=row.code, stock=row.stock, held=0, **said))
        return True
    said |= {"removed_at": None} | ({"stock": row.stock} if row.stock is not None else {})
    changes = {column: value for column, value in said.items() if getattr(item, column) != value}
    for column, value in changes.items():
        setattr(item, column, value)
    return bool(changes)


def _remove(session: Session, shops: Iterable[Merchant], *, now: datetime) -> None:
    """They take no points any more: what waits for them is given back, and their people hear it."""
    for shop in shops:
        shop.removed_at = now
        session.flush()
        till.end_all(session, shop.id, now=now)
        people = session.scalars(select(MerchantStaff.person_id).where(MerchantStaff.merchant_id == shop.id)).all()
        notices.shop_removed(session, people, merchant_id=shop.id, now=now)
        audit.note(session, Deed.SHOP_REMOVED, by=None, facts={"shop": shop.code}, now=now)
