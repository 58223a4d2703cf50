"""What the last list said of a shop or an item (its `imported`). What differs from that was changed in chat, and stays.

What no list has said yet is not known: of what one could change in chat before that was kept, the store is believed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from storage.schema import Item, Merchant

AT_FIRST = frozenset({"hours", "phone", "about_zh", "about_en", "price", "limit_each"})
"""What could be changed in chat before it was kept what lists say."""
COLUMNS = {"kind": "category", "fen_a_point": "rate", "limit_each": "limit", "removed_at": "removed"}
"""What the columns of a list are called, where the store has another word."""
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


def is_new(row: Merchant | Item) -> bool:
    """Whether a list had taken it away: for the next one that has it, it is as if it never was."""
    return row.removed_at is not None and row.imported is None


def is_from_chat(item: Item) -> bool:
    """Whether it was added in chat: the last list did not have it."""
    return item.code.startswith(CHAT) or (item.imported is not None and "name_zh" not in item.imported)


def takes_stock(item: Item, stock: int | None, *, over_chat: bool) -> bool:
    """Whether a list brings another stock than the last one did; else what is left stays."""
    if stock is None or is_new(item):
        return stock is not None
    known = item.imported or {}
    return known["stock"] != stock if "stock" in known else over_chat


def _differs(row: Merchant | Item, said: Mapping[str, Any]) -> dict[str, Any]:
    return {column: value for column, value in said.items() if getattr(row, column) != value}


def _is_as_said(row: Merchant | Item, column: str) -> bool:
    known = row.imported or {}
    if column in known:
        return bool(known[column] == getattr(row, column))
    return column not in AT_FIRST and column != "removed_at"
