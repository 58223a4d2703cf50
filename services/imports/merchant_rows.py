"""Read the rows of a file of merchants, an item a row, and hold them against each other and the store."""

import math
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import county
from services.errors import BadPlace
from services.hours.errors import BadHours, HoursTooLong
from services.imports.results import BadRow, Reason
from services.imports.values import Unfit, code, maybe_number, maybe_text, one_of, refuse_extra, text, whole_number
from services.merchants import editing, imported, programme, typed
from storage.points_kinds import ShopKind
from storage.schema import Item, Merchant
from storage.tables import Row

MOST_PIECES, MOST_FEN = 1_000_000, 10_000
MOST_WRITTEN = 400
"""Characters of hours as people write them; fewer are kept."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item as the file has it; no stock: as many as the store knows of, or enough."""

    code: str
    name_zh: str
    name_en: str
    price: int
    stock: int | None
    limit_each: int | None


@dataclass(frozen=True, slots=True)
class MerchantRow:
    """A merchant as the file has it."""

    number: int = field(compare=False)  # of the first row that names it
    code: str
    name_zh: str
    name_en: str
    kind: ShopKind
    address: str
    latitude: float
    longitude: float
    hours: str
    phone: str
    about_zh: str
    about_en: str
    meals: int
    meal_zh: str
    meal_en: str
    fen_a_point: int
    items: dict[str, ItemRow] = field(default_factory=dict, compare=False)  # by code

    def differs_in(self, other: "MerchantRow") -> str | None:
        """The first column in which two rows say different things of one shop."""
        return next((one for one in SAID if getattr(self, one) != getattr(other, one)), None)


SAID = (
    *("name_zh", "name_en", "kind", "address", "latitude", "longitude", "hours", "phone"),
    *("about_zh", "about_en", "meals", "meal_zh", "meal_en", "fen_a_point"),
)


class MerchantReader:
    """Reads row by row; rows with the same code are items of one shop."""

    def __init__(self, session: Session, *, over_chat: bool) -> None:
        self._over_chat = over_chat
        self.shops: dict[str, MerchantRow] = {}
        self.bad: list[BadRow] = []
        self.untouched: dict[str, set[str]] = {}  # items that bad rows name, by shop: they stay as they are
        self._items = {
            (code, item.code): item
            for code, item in session.execute(
                select(Merchant.code, Item)
                .join(Item, Item.merchant_id == Merchant.id)
                .order_by(Item.id)  # always in one order: no deadlock
                .with_for_update(of=Item)
                .execution_options(populate_existing=True)
            )
        }
        self._seen: dict[tuple[str, str], int] = {}  # number of the row, by shop and item

    def read(self, row: Row) -> None:
        """Add the row's item to its shop, or the row to the bad ones."""
        try:
            self._read(row)
        except Unfit as unfit:
            self.bad.append(unfit.at(row.number))
            code, item = (row.values.get(column, "").strip().upper() for column in ("code", "item"))
            self.untouched.setdefault(code, set()).add(item)

    def _read(self, row: Row) -> None:
        refuse_extra(row)
        shop, item = self._shop(row), self._item(row)
        known = self.shops.get(shop.code, shop)
        if (column := shop.differs_in(known)) is not None:
            raise Unfit(Reason.SHOP_DIFFERS, code=shop.code, column=column, number=known.number)
        if item is not None:
            seen = self._seen.setdefault((shop.code, item.code), row.number)
            if seen != row.number:
                raise Unfit(Reason.ITEM_TWICE, code=shop.code, item=item.code, number=seen)
            if len(known.items) == editing.MOST_ITEMS:
                raise Unfit(Reason.TOO_MANY_ITEMS, code=shop.code, most=editing.MOST_ITEMS)
            self._check_stock(shop.code, item)
            known.items[item.code] = item
        self.shops[shop.code] = known

    def _check_stock(self, shop: str, row: ItemRow) -> None:
        item = self._items.get((shop, row.code))
        if item is None or row.stock is None or row.stock >= item.held:
            return
        if imported.merge_stock(item, row.stock, over_chat=self._over_chat).changes:
            raise Unfit(Reason.STOCK_HELD, item=row.code, stock=row.stock, held=item.held)

    def _shop(self, row: Row) -> MerchantRow:
        name = text(row, "name_zh", most=120)
        latitude, longitude = _place(row)
        return MerchantRow(
            number=row.number,
            code=code(row, "code"),
            name_zh=name,
            name_en=maybe_text(row, "name_en", most=120) or name,
            kind=ShopKind(one_of(ShopKind, text(row, "category", most=40), column="category")),
            address=text(row, "address", most=200),
            latitude=latitude,
            longitude=longitude,
            hours=_hours(row),
            phone=text(row, "phone", most=40),
            about_zh=(about := maybe_text(row, "about_zh", most=300)),
            about_en=maybe_text(row, "about_en", most=300) or about,
            meals=maybe_number(row, "meals", most=editing.MOST_MEALS) or 0,
            meal_zh=(meal := maybe_text(row, "meal_zh", most=120)),
            meal_en=maybe_text(row, "meal_en", most=120) or meal,
            fen_a_point=_rate(row),
        )

    def _item(self, row: Row) -> ItemRow | None:
        """A row without an item only names a shop."""
        if not row.values.get("item", "").strip():
            return None
        name = text(row, "item_zh", most=120)
        price = whole_number(row, "price", most=programme.till().most)
        if price < 1:
            raise Unfit(Reason.BAD_PRICE, value=price)
        return ItemRow(
            code=code(row, "item"),
            name_zh=name,
            name_en=maybe_text(row, "item_en", most=120) or name,
            price=price,
            stock=maybe_number(row, "stock", most=MOST_PIECES),
            limit_each=maybe_number(row, "limit", most=MOST_PIECES) or None,
        )


def _rate(row: Row) -> int:
    rate = maybe_number(row, "rate", most=MOST_FEN)
    return programme.till().fen_a_point if rate is None else rate


def _hours(row: Row) -> str:
    value = text(row, "hours", most=MOST_WRITTEN)
    try:
        return typed.hours(value)
    except HoursTooLong as problem:
        raise Unfit(Reason.TOO_LONG, column="hours", most=typed.MOST_HOURS) from problem
    except BadHours as problem:
        raise Unfit(Reason.BAD_HOURS, value=value[:60]) from problem


def _place(row: Row) -> tuple[float, float]:
    found: dict[str, Any] = {one: text(row, one, most=40) for one in ("latitude", "longitude")}
    try:
        latitude, longitude = (float(value) if value.isascii() else math.nan for value in found.values())
        county.check_place(latitude, longitude)
    except (ValueError, BadPlace) as problem:
        raise Unfit(Reason.BAD_COORDINATES, **found) from problem
    return round(latitude, 6), round(longitude, 6)
