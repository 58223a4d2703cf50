"""What the last list said of a shop or an item (its `imported`). What differs from that was changed in chat, and stays.

What no list has said yet is not known: of what one could change in chat before that was kept, the store is believed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.schema import Item, Merchant

AT_FIRST = frozenset({"hours", "phone", "about_zh", "about_en", "price", "limit_each"})
"""What could be changed in chat before it was kept what lists say."""
COLUMNS = {"kind": "category", "fen_a_point": "rate", "limit_each": "limit", "removed_at": "removed"}
"""What the columns of a list are called, where the store has another word."""
OWN_STOCK, UNLISTED, DROPPED = "own_stock", "unlisted", "dropped"
"""Kept beside what lists say: the stock was set in chat; the last list did not have it; that took it away."""
UNKNOWN = -1
"""What no list says of a stock."""
CHAT = "CHAT-"
"""What the code of an item begins with that was added in chat."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a list changes, and what was changed in chat: it stays, or is replaced."""

    changes: dict[str, Any] = field(default_factory=dict)
    kept: tuple[str, ...] = ()  # as the list calls them
    replaced: tuple[str, ...] = ()


def keep(row: Merchant | Item, *columns: str) -> None:
    """Before these change in chat: what a list must have said of them that nobody has kept."""
    row.imported = {column: getattr(row, column) for column in columns} | (row.imported or {})


def keep_stock(item: Item) -> None:
    """Before its stock changes in chat: it is the shop's own from now on."""
    item.imported = {**(item.imported or {}), OWN_STOCK: True}


def back(item: Item) -> None:
    """Before it is brought back in chat, perhaps at another price: no list has taken it away any more."""
    keep(item, "price")
    item.imported = {name: value for name, value in (item.imported or {}).items() if name != DROPPED}


def drop(item: Item, *, now: datetime) -> bool:
    """A list does not have it: it goes, unless chat has removed it already; whether there was anything new."""
    is_new = item.removed_at is None
    if is_new:
        item.removed_at, item.imported = now, {**(item.imported or {}), UNLISTED: True, DROPPED: True}
    elif item.imported is not None and UNLISTED not in item.imported:
        item.imported = {**item.imported, UNLISTED: True}
    return is_new


def merge(row: Merchant | Item, said: Mapping[str, Any], *, over_chat: bool) -> Merged:
    """Hold what a list says against what the last one said, and against what there is."""
    if is_new(row):
        return Merged({**_differs(row, said), "removed_at": None})
    if row.removed_at is not None and not over_chat:
        return Merged(kept=("removed",))
    changes = _differs(row, {**said, "removed_at": None})
    chat = {column for column in changes if not _is_as_said(row, column)}
    names = tuple(COLUMNS.get(column, column) for column in changes if column in chat)
    if over_chat:
        return Merged(changes, replaced=names)
    return Merged({column: value for column, value in changes.items() if column not in chat}, kept=names)


def merge_stock(item: Item, stock: int | None, *, over_chat: bool) -> Merged:
    """The same of a stock. It goes down by itself, so only another number than a list last had is news."""
    known = item.imported or {}
    if stock is None or known.get("stock", UNKNOWN) == stock:
        return Merged()
    if is_new(item) or ("stock" in known and OWN_STOCK not in known):
        return Merged({"stock": stock})
    if not over_chat:
        return Merged(kept=("stock",) if OWN_STOCK in known and item.stock != stock else ())
    return Merged({"stock": stock}, replaced=("stock",) if OWN_STOCK in known else ())


def said_of(item: Item, said: Mapping[str, Any], stock: Merged) -> dict[str, Any]:
    """What is kept of a list's item; of its stock the last number that counted, and whether the shop has its own."""
    known = item.imported or {}
    if stock.changes or (said["stock"] is not None and OWN_STOCK not in known):
        return {**said}
    own = {OWN_STOCK: True} if OWN_STOCK in known else {}
    return {**said, "stock": known.get("stock"), **own}


def is_new(row: Merchant | Item) -> bool:
    """Whether a list had taken it away: for the next one that has it, it is as if it never was."""
    return row.removed_at is not None and (row.imported is None or DROPPED in row.imported)


def is_from_chat(item: Item) -> bool:
    """Whether it was added in chat, or brought back there: the last list did not have it."""
    if item.imported is None:
        return item.code.startswith(CHAT)
    return item.code.startswith(CHAT) or "name_zh" not in item.imported or UNLISTED in item.imported


def _differs(row: Merchant | Item, said: Mapping[str, Any]) -> dict[str, Any]:
    return {column: value for column, value in said.items() if getattr(row, column) != value}


def _is_as_said(row: Merchant | Item, column: str) -> bool:
    known = row.imported or {}
    if column in known:
        return bool(known[column] == getattr(row, column))
    return column not in AT_FIRST and column != "removed_at"
