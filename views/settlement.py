"""Settlement: what a shop is paid for a month, as a message and as an Excel file."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from storage.kinds import Language
from storage.merchant_records import SettlementLine, SettlementRecord
from storage.records import Brief, Me
from views.card import Card, Making
from views.format import lines
from views.shops import yuan
from views.texts import plain, say
from views.workbooks import MOMENT, WHOLE, Column, Sheet, Value, Workbook

MONEY = "0.00"
"""Yuan."""
SUMS: tuple[tuple[str, int, str | None], ...] = (
    ("column-shop-code", 12, None),
    ("column-shop", 28, None),
    ("column-month", 12, None),
    ("column-points", 12, WHOLE),
    ("column-rate", 14, MONEY),
    ("column-points-yuan", 14, MONEY),
    ("column-meals", 10, WHOLE),
    ("column-subsidy", 14, MONEY),
    ("column-pays", 14, MONEY),
    ("column-undone", 12, WHOLE),
)
LINES: tuple[tuple[str, int, str | None], ...] = (
    ("column-receipt", 12, WHOLE),
    ("column-when", 18, MOMENT),
    ("column-what", 28, None),
    ("column-points", 12, WHOLE),
    ("column-rate", 14, MONEY),
    ("column-cash", 14, MONEY),
    ("column-subsidy", 14, MONEY),
    ("column-state", 16, None),
)


def settled(brief: Brief, *, zone: ZoneInfo) -> Card:
    """To the owners of a shop: the sums, with the sheet."""
    (found,), me = brief.settled, brief.to
    return Card(text=_sums(found, me), makes=Making(f"{found.code}-{found.month}.xlsx", of_shop(found, me, zone=zone)))


def so_far(found: SettlementRecord, me: Me) -> str:
    """Of a month that goes on."""
    return lines(_sums(found, me), say(me.language, "settled-so-far") if found.closed_at is None else None)


def all_settled(brief: Brief) -> Card:
    """To administrators: all shops in one sheet."""
    me, found = brief.to, brief.settled
    month = brief.facts["month"]
    facts = {"month": month, "count": len(found), "yuan": yuan(sum(one.pays for one in found))}
    book = Workbook((_sheet(found, me.language),))
    return Card(text=say(me.language, "settled-all", **facts), makes=Making(f"{month}.xlsx", book))


def of_shop(found: SettlementRecord, me: Me, *, zone: ZoneInfo) -> Workbook:
    """The sums, and every redemption of the month."""
    rows = tuple(_line(line, me.language, zone) for line in found.lines)
    each = Sheet(plain(me.language, "sheet-redemptions"), _columns(me.language, LINES), rows)
    return Workbook((_sheet([found], me.language), each))


def of_all(found: Sequence[SettlementRecord], language: Language) -> Workbook:
    """All shops, a line each."""
    return Workbook((_sheet(found, language),))


def _sums(found: SettlementRecord, me: Me) -> str:
    return say(
        me.language,
        "settled",
        shop=found.shop[me.language],
        month=found.month,
        points=found.points,
        rate=_rate(found),
        value=yuan(found.worth),
        meals=found.meals,
        subsidy=yuan(found.subsidy),
        undone=found.undone,
        yuan=yuan(found.pays),
    )


def _rate(found: SettlementRecord) -> str:
    """Yuan a point: `0.10`, or `0.10 / 0.12` where it changed meanwhile."""
    return " / ".join(map(yuan, found.rates))


def _sheet(found: Sequence[SettlementRecord], language: Language) -> Sheet:
    rows = tuple(_sum(one, language) for one in found)
    return Sheet(plain(language, "sheet-settlement"), _columns(language, SUMS), rows)


def _sum(one: SettlementRecord, language: Language) -> tuple[Value, ...]:
    return (
        one.code,
        one.shop[language],
        one.month,
        one.points,
        one.rates[0] / 100 if len(one.rates) == 1 else _rate(one),
        one.worth / 100,
        one.meals,
        one.subsidy / 100,
        one.pays / 100,
        one.undone,
    )


def _line(line: SettlementLine, language: Language, zone: ZoneInfo) -> tuple[Value, ...]:
    if line.mealtime is not None:
        what = plain(language, f"mealtime-{line.mealtime}")
    else:
        what = line.item[language] if line.item is not None else plain(language, "what-amount")
    state = "line-undone" if line.is_undone else "line-correction" if line.count < 0 else "line-taken"
    return (
        line.number,
        line.at.astimezone(zone).replace(tzinfo=None),
        what,
        line.points,
        line.fen_a_point / 100 if line.fen_a_point is not None else None,
        line.cash / 100,
        line.subsidy / 100,
        plain(language, state),
    )


def _columns(language: Language, columns: tuple[tuple[str, int, str | None], ...]) -> tuple[Column, ...]:
    return tuple(Column(plain(language, key), width, shown_as) for key, width, shown_as in columns)
