"""Take the merchants and their items from a file. A shop is told by its code, an item by its code in the shop.

What the file says of a shop and its items replaces what the store had from the last one; what was changed in chat since
is the shop's word: it stays, and is named among the remarks. A stock is taken only where the file has another than the
last one had: what was sold does not come back. Shops that the file does not have are kept and named, or removed;
whatever code waits for a removed one is given back.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import audit, notices
from services.imports.merchant_rows import SAID, ItemRow, MerchantReader, MerchantRow
from services.imports.results import Imported, Progress, Remark, refuse_or_skip, require_columns
from services.merchants import imported, removing, staff, till
from services.merchants.imported import Merged
from storage.kinds import Deed
from storage.schema import Item, Merchant
from storage.tables import Table

COLUMNS = ("code", "name_zh", "category", "address", "latitude", "longitude", "hours", "phone")
OF_ITEM = ("name_zh", "name_en", "price", "limit_each")


def import_merchants(
    session: Session,
    table: Table,
    *,
    skip_bad: bool,
    replace: bool = False,
    over_chat: bool = False,
    now: datetime,
    progress: Progress,
) -> Imported:
    """Add and update merchants; all rows or none, unless bad ones are to be skipped. What is counted is shops.

    Args:
        session: the transaction.
        table: a row an item, or a shop without one: columns `COLUMNS` and, if wanted, `name_en`, `about_zh`,
            `about_en`, `rate` (fen a point), `meals` (a day), `meal_zh`, `meal_en`, `item`, `item_zh`, `item_en`,
            `price`, `stock` (without: as the store has it, or enough), `limit` (a person).
        skip_bad: take the good rows although there are bad ones.
        replace: remove the shops that the file does not have.
        over_chat: the file goes also over what was changed in chat; the owners are told.
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
    if replace:
        till.hold_all(session, [shop.id for shop in shops])  # before the reader locks items: as at the till
    reader = MerchantReader(session, over_chat=over_chat)
    for done, line in enumerate(table.rows, start=1):
        reader.read(line)
        progress(done, steps)
    skipped = refuse_or_skip(reader.bad, skip_bad=skip_bad)

    items: dict[int, dict[str, Item]] = {shop.id: {} for shop in shops}
    for item in session.scalars(select(Item)):
        items[item.merchant_id][item.code] = item
    taking = _Taking(session, over_chat=over_chat, now=now)
    added = updated = 0
    for row in reader.shops.values():
        shop = before.get(row.code)
        if shop is None:
            added += 1
            taking.add(row)
        elif taking.update(shop, row, items[shop.id], untouched=reader.untouched.get(row.code, set())):
            updated += 1
    named = reader.shops.keys() | reader.untouched.keys()
    others = sorted(code for code, shop in before.items() if code not in named and shop.removed_at is None)
    if replace:
        for code in others:
            before[code].imported = None
            removing.remove(session, before[code], by=None, now=now)
    progress(steps, steps)
    facts = {"added": added, "updated": updated, "removed": len(others) if replace else 0}
    audit.note(session, Deed.SHOPS_IMPORTED, by=None, facts=facts, now=now)
    remarks = {Remark.SHOPS_REMOVED if replace else Remark.SHOPS_KEPT: others} if others else {}
    if taking.remarks:
        remarks[Remark.CHAT_REPLACED if over_chat else Remark.CHAT_KEPT] = taking.remarks
    return Imported(added, updated, len(reader.shops) - added - updated, skipped, remarks)


class _Taking:
    """Takes shop after shop, and remembers what was changed in chat: ``M-001 (hours, TEA price)``."""

    def __init__(self, session: Session, *, over_chat: bool, now: datetime) -> None:
        self._session, self._over_chat, self._now = session, over_chat, now
        self.remarks: list[str] = []

    def add(self, row: MerchantRow) -> None:
        said = _said(row, SAID)
        shop = Merchant(code=row.code, imported=said, **said)
        self._session.add(shop)
        self._session.flush()
        for one in row.items.values():
            self._add_item(shop, one)
        self._session.flush()

    def update(self, shop: Merchant, row: MerchantRow, before: dict[str, Item], *, untouched: set[str]) -> bool:
        """Bring the shop and its items up to date; whether there was anything new."""
        merged = imported.merge(shop, _said(row, SAID), over_chat=self._over_chat)
        if shop.removed_at is not None and "removed_at" in merged.changes:
            removing.bring_back(self._session, shop, now=self._now)
        is_changed = _put(shop, merged, _said(row, SAID))
        columns, items = [*merged.kept, *merged.replaced], []
        for code, one in row.items.items():
            is_new, of_item = self._take_item(shop, before.get(code), one)
            is_changed |= is_new
            items += [(code, column) for column in of_item]
        for code, item in before.items():
            if code not in row.items and code not in untouched:
                is_chats = item.removed_at is None and imported.is_from_chat(item)
                items += [(code, "added")] if is_chats else []
                if self._over_chat or not is_chats:
                    is_changed |= imported.drop(item, now=self._now)
        self._session.flush()
        if columns or items:
            named = [*columns, *(f"{code} {column}" for code, column in items)]
            self.remarks.append(f"{shop.code} ({', '.join(named)})")
            if self._over_chat:
                names = [before[code] for code in dict.fromkeys(code for code, _ in items)]
                owners = staff.owners(self._session, [shop.id])
                facts = {"shop": shop.id, "columns": columns, "items": [[one.name_zh, one.name_en] for one in names]}
                notices.shop_overwritten(self._session, owners, facts=facts, now=self._now)
        return is_changed

    def _take_item(self, shop: Merchant, item: Item | None, row: ItemRow) -> tuple[bool, tuple[str, ...]]:
        """Whether there was anything new, and what of it was changed in chat."""
        if item is None:
            self._add_item(shop, row)
            return True, ()
        stock = imported.merge_stock(item, row.stock, over_chat=self._over_chat)
        said = imported.said_of(item, _said(row, (*OF_ITEM, "stock")), stock)
        merged = imported.merge(item, _said(row, OF_ITEM), over_chat=self._over_chat)
        is_changed = _put(item, merged, said) | (item.stock != stock.changes.get("stock", item.stock))
        item.stock = stock.changes.get("stock", item.stock)
        return is_changed, (*merged.kept, *stock.kept, *merged.replaced, *stock.replaced)

    def _add_item(self, shop: Merchant, row: ItemRow) -> None:
        said = _said(row, (*OF_ITEM, "stock"))
        self._session.add(Item(merchant_id=shop.id, code=row.code, held=0, imported=said, **said))


def _said(row: MerchantRow | ItemRow, columns: Iterable[str]) -> dict[str, Any]:
    return {column: getattr(row, column) for column in columns}


def _put(of: Merchant | Item, merged: Merged, said: dict[str, Any]) -> bool:
    """Make the changes, and remember what the list said; whether there were any."""
    for column, value in merged.changes.items():
        setattr(of, column, value)
    if of.imported != said:
        of.imported = said
    return bool(merged.changes)
