"""What an administrator hears of an audit: with whom or with which shop something is wrong, and of what sort it is.

The rest (which entry, which sums) is for whoever runs `warmgrid points audit`.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.points.accounts import Name
from services.points.findings import Fault, Finding
from storage.points_kinds import AccountKind
from storage.schema import Hold, Merchant, Redemption, Transfer

MOST = 5
"""So many are named; of the others is said how many."""
LOOKS_AT = 200
"""Findings that are gone through for that: one change in the books can break a whole chain."""


class Trouble(StrEnum):
    """Of what sort it is."""

    RECORD = "record"  # what was written was changed, or is missing
    BALANCE = "balance"  # what is there is not what was earned and spent
    BOOKS = "books"  # a shop's books say something else
    CODE = "code"  # a code at the till, and what was put aside for it


TROUBLES = {
    **dict.fromkeys((Fault.BALANCE, Fault.BELOW_ZERO, Fault.LOTS, Fault.HOLDS), Trouble.BALANCE),
    **dict.fromkeys((Fault.LOT_AMOUNT, Fault.LOT_END, Fault.LOT_LEFT, Fault.LOT_USES), Trouble.BALANCE),
    **dict.fromkeys((Fault.SHOP, Fault.MONTH, Fault.PAID, Fault.RATE), Trouble.BOOKS),
    **dict.fromkeys((Fault.PIECES, Fault.LOOSE, Fault.STATE, Fault.AMOUNT, Fault.WHOSE), Trouble.CODE),
}
"""Of all other faults it is the record."""


def facts(session: Session, findings: Sequence[Finding]) -> dict[str, Any]:
    """How much is wrong, and the first of it: each person or shop once with each sort of trouble."""
    lines: list[dict[str, Any]] = []
    for one in findings[:LOOKS_AT]:
        line = {"trouble": str(TROUBLES.get(one.fault, Trouble.RECORD)), **_whom(session, one.where)}
        if line not in lines:
            lines.append(line)
    return {"count": len(findings), "lines": lines[:MOST], "more": len(lines) - MOST if len(lines) > MOST else 0}


def _whom(session: Session, where: str) -> dict[str, Any]:
    """A person by number, a shop by code and names; of a common account, or what is not there any more, nobody."""
    first, _, rest = where.partition(" ")
    name = Name.of(first)
    if name is not None:
        if name.kind is AccountKind.MERCHANT:
            return _shop(session.get(Merchant, name.owner))
        return {"person": name.person_id} if name.person_id is not None else {}
    if first == "code":
        return _shop(session.scalar(select(Merchant).join(Redemption).where(Redemption.id == int(rest))))
    for word, table in (("hold", Hold), ("transfer", Transfer)):
        if first == word:
            person = session.scalar(select(table.person_id).where(table.id == int(rest)))
            return {"person": person} if person is not None else {}
    return _shop(session.scalar(select(Merchant).where(Merchant.code == first)))


def _shop(shop: Merchant | None) -> dict[str, Any]:
    return {"shop": shop.code, "zh": shop.name_zh, "en": shop.name_en} if shop is not None else {}
