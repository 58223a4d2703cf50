"""What an import may find wrong with a row, and what it says when it is done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from services.errors import DomainError
from storage.tables import Table

Progress = Callable[[int, int], None]
"""Called with the steps done and the steps there are."""


class Reason(StrEnum):
    """Why a row cannot be taken; the values are message keys, and the comments name their facts."""

    NO_VALUE = "import-row-no-value"  # column
    TOO_MANY_VALUES = "import-row-too-many-values"  # value
    TOO_LONG = "import-row-too-long"  # column, most
    BAD_NUMBER = "import-row-bad-number"  # column, value, most
    BAD_WORD = "import-row-bad-word"  # column, value, allowed
    # grids
    BAD_CODE = "import-row-bad-code"  # value
    CODE_TWICE = "import-row-code-twice"  # code, number (of the row that has it already)
    NO_OUTLINE = "import-row-no-outline"
    NOT_POLYGON = "import-row-not-polygon"  # kind
    BAD_OUTLINE = "import-row-bad-outline"
    INVALID_OUTLINE = "import-row-invalid-outline"  # place (longitude, latitude)
    BAD_COORDINATES = "import-row-bad-coordinates"  # longitude, latitude
    BAD_DEGREES = "import-row-bad-degrees"  # column, value, most
    OVERLAP = "import-row-overlap"  # code, other, area (m²)
    OVERLAP_KEPT = "import-row-overlap-kept"  # the same; `other` is in the store and not taken from this file
    # officers
    BAD_PHONE = "import-row-bad-phone"  # value
    PHONE_TWICE = "import-row-phone-twice"  # phone, number
    UNKNOWN_GRID = "import-row-unknown-grid"  # code
    GRID_TWICE = "import-row-grid-twice"  # code
    DUTIES_UNEVEN = "import-row-duties-uneven"  # duties, grids (how many of each)
    OTHER_COMMUNITY = "import-row-other-community"  # community, actual
    SECOND_PRIMARY = "import-row-second-primary"  # code, number (of the row whose officer is primary)
    # leads
    UNKNOWN_PLACE = "import-row-unknown-place"  # place
    # teams
    UNKNOWN_TOWN = "import-row-unknown-town"  # town
    TEAM_DIFFERS = "import-row-team-differs"  # code, column, number (of the row that names the team first)
    MEMBER_TWICE = "import-row-member-twice"  # code, phone, number
    # merchants
    SHOP_DIFFERS = "import-row-shop-differs"  # code, column, number (of the row that names the shop first)
    ITEM_TWICE = "import-row-item-twice"  # code, item, number
    TOO_MANY_ITEMS = "import-row-too-many-items"  # code, most
    STOCK_HELD = "import-row-stock-held"  # item, stock, held (by codes that are shown just now)
    BAD_PRICE = "import-row-bad-price"  # value
    BAD_HOURS = "import-row-bad-hours"  # value
    # places
    NO_POINT = "import-row-no-point"
    NOT_POINT = "import-row-not-point"  # kind
    ZERO_COORDINATES = "import-row-zero-coordinates"
    SWAPPED = "import-row-swapped"  # latitude, longitude
    OUT_OF_COUNTY = "import-row-out-of-county"  # latitude, longitude
    OTHER_GRID = "import-row-other-grid"  # code, actual (where it lies), latitude, longitude
    OTHER_SYSTEM = "import-row-other-system"  # system, named, actual, there (in that system), latitude, longitude
    OTHER_GRID_OR_SYSTEM = "import-row-other-grid-or-system"  # said, and as OTHER_SYSTEM
    UNKNOWN_KIND = "import-row-unknown-kind"  # value, allowed
    KIND_DIFFERS = "import-row-kind-differs"  # value, number (of the row that names the kind first)
    UNKNOWN_FACILITY = "import-row-unknown-facility"  # value, allowed
    NO_PICTURE = "import-row-no-picture"  # value
    BAD_PICTURE = "import-row-bad-picture"  # value
    MANY_PICTURES = "import-row-many-pictures"  # most


class Remark(StrEnum):
    """What is worth knowing after an import that was taken; the values are message keys."""

    GRIDS_KEPT = "import-remark-grids-kept"  # in the store, not in the file
    GRIDS_REMOVED = "import-remark-grids-removed"  # the same, with --replace
    REPORTS_MOVED = "import-remark-reports-moved"  # to the grid that --move names
    WITHOUT_GRID = "import-remark-without-grid"  # officers whose grids are all gone
    OFFICERS_KEPT = "import-remark-officers-kept"
    NOW_DEPUTY = "import-remark-now-deputy"  # were primary of a grid that the file gives to somebody else
    NO_PRIMARY = "import-remark-no-primary"  # grids without one
    LEADS_KEPT = "import-remark-leads-kept"
    TEAMS_KEPT = "import-remark-teams-kept"
    NO_LEAD = "import-remark-no-lead"  # teams without one
    SHOPS_KEPT = "import-remark-shops-kept"
    SHOPS_REMOVED = "import-remark-shops-removed"  # the same, with --replace
    CHAT_KEPT = "import-remark-chat-kept"  # what shops changed in chat, which the file says otherwise
    CHAT_REPLACED = "import-remark-chat-replaced"  # the same, with --over-chat
    PLACES_KEPT = "import-remark-places-kept"
    PLACES_REMOVED = "import-remark-places-removed"  # the same, with --replace
    CHAT_PLACES_KEPT = "import-remark-chat-places-kept"  # likewise not removed: somebody added them in chat
    PLACES_ELSEWHERE = "import-remark-places-elsewhere"  # their address names another community or town


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be taken, and why."""

    number: int
    reason: Reason
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: how many rows, which ones were left out, and what is worth knowing."""

    added: int
    updated: int
    unchanged: int
    skipped: tuple[BadRow, ...] = ()
    remarks: dict[Remark, list[str]] = field(default_factory=dict)  # the codes or names that it is about

    def with_remarks(self, more: dict[Remark, list[str]]) -> "Imported":
        """With what a replacement says of the grids that the file does not have: they are not kept."""
        others = {remark: about for remark, about in self.remarks.items() if remark is not Remark.GRIDS_KEPT}
        return replace(self, remarks=others | more)


class ImportRefused(DomainError, key="error-import-refused"):
    """Rows are bad, and nothing of the file was taken."""

    def __init__(self, bad: Iterable[BadRow]) -> None:
        self.bad = tuple(bad)
        super().__init__(count=len(self.bad))


class GridsInUse(DomainError, key="error-import-grids-in-use"):
    """Grids that are to go have open reports; nothing of the file was taken. ``grids`` names both."""


class BadMove(DomainError, key="error-import-bad-move"):
    """``old`` does not go with this file, or ``new`` is no grid after it."""


class MissingColumns(DomainError, key="error-import-missing-columns"):
    """The file lacks columns that it must have; nothing of it was taken."""


class NoGrids(DomainError, key="error-import-no-grids"):
    """There is no map yet that tells where the county is."""


class SystemInQuestion(DomainError, key="error-import-system-in-question"):
    """``count`` rows lie where they say in ``system`` alone, and fewer as they are: all of them may be shifted."""


class NoRows(DomainError, key="error-import-no-rows"):
    """The file has columns and no rows."""


def require_columns(table: Table, columns: Iterable[str]) -> None:
    """Refuse a file without rows, or without columns that it must have.

    Raises:
        NoRows, MissingColumns: as said.
    """
    if not table.rows:
        raise NoRows
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise MissingColumns(columns=", ".join(missing))


def refuse_or_skip(bad: Iterable[BadRow], *, skip_bad: bool) -> tuple[BadRow, ...]:
    """The bad rows in the order of the file.

    Raises:
        ImportRefused: there are any, and they are not to be skipped.
    """
    ordered = tuple(sorted(bad, key=lambda row: row.number))
    if ordered and not skip_bad:
        raise ImportRefused(ordered)
    return ordered
