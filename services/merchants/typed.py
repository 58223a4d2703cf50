"""Numbers, items and hours as people type them."""

import re
import unicodedata

from services.errors import DomainError, NoWords, WordsTooLong
from services.hours import clocks, opening
from services.hours.clocks import Unread
from services.merchants import programme
from services.merchants.errors import BadAmount, BadItem, BadNumber, TooDear
from services.words import clean

MOST_PIECES = 1_000_000
MOST_HOURS = 60
"""Characters of a shop's hours, as they are kept."""
ITEM = re.compile(r"(.+?)[\s,:=]*(\d{1,7})\s*(?:分|积分|points?)?", re.DOTALL)
_FEW = "一二两三四五六七八九"
COUNTED = re.compile(rf"(\d{{1,10}}|[{_FEW}]?十[{_FEW}]?|[零〇{_FEW}])\s*(?:个?(?:车位|位子|位置|位)?|places?|spaces?)")
ENOUGH = {"-", "–", "—", "不限", "无限", "enough"}
"""Typed for: as many as one wants."""


def amount(text: str) -> int:
    """Points to pay: a whole number above zero; whether it is too much is for the till to say.

    Raises:
        BadAmount: it is none, such as 0, -5, 1.5 or 十.
    """
    return _whole(text, least=1, most=10**9, error=BadAmount())


def number(text: str, *, least: int = 0, most: int = MOST_PIECES) -> int:
    """A whole number within bounds.

    Raises:
        BadNumber: it is none.
    """
    return _whole(text, least=least, most=most, error=BadNumber(least=least, most=most))


def counted(text: str, *, least: int = 0, most: int = MOST_PIECES) -> int:
    """The same as people say how many there are of something: 五个, 5个, 12 spaces.

    Raises:
        BadNumber: it is none.
    """
    found = COUNTED.fullmatch(unicodedata.normalize("NFKC", text).strip().lower())
    if found is None:
        return number(text, least=least, most=most)
    try:
        return number(str(clocks.number(found[1])), least=least, most=most)
    except (Unread, KeyError) as problem:
        raise BadNumber(least=least, most=most) from problem


def hours(text: str) -> str:
    """When a shop is open, as it is kept.

    Raises:
        BadHours, HoursTooLong: as `opening.tidy` says.
    """
    return opening.tidy(text, most=MOST_HOURS)


def number_or_enough(text: str, *, least: int = 0) -> int | None:
    """A number of pieces; None for `ENOUGH`.

    Raises:
        BadNumber: it is neither.
    """
    return None if text.strip().lower() in ENOUGH else number(text, least=least)


def price(text: str) -> int:
    """What an item costs, in points.

    Raises:
        BadNumber: it is no whole number above zero.
        TooDear: it is more than ``most``.
    """
    most = programme.till().most
    found = _whole(text, least=1, most=MOST_PIECES, error=BadNumber(least=1, most=most))
    if found > most:
        raise TooDear(most=most)
    return found


def item(text: str) -> tuple[str, int]:
    """Name and price of an item: `Milk tea 30`.

    Raises:
        BadItem: one of the two is missing.
        TooDear: the price is more than ``most``.
    """
    found = ITEM.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise BadItem
    try:
        return clean(found[1], most=120), price(found[2])
    except (NoWords, WordsTooLong, BadNumber) as problem:
        raise BadItem from problem


def _whole(text: str, *, least: int, most: int, error: DomainError) -> int:
    digits = unicodedata.normalize("NFKC", text).strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 10 and least <= int(digits) <= most):
        raise error
    return int(digits)
