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

MOST = 3
"""So many people and shops are named with each sort of trouble."""
LOOKS_AT = 50
"""Accounts, codes and so on of one sort that are gone through for that."""


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
_OF_PEOPLE: dict[str, type[Hold | Transfer]] = {"hold": Hold, "transfer": Transfer}
_NUMBERED = {"code", "account", *_OF_PEOPLE}
"""What a finding names by a word and a number; all else by a key or code."""


def facts(session: Session, findings: Sequence[Finding]) -> dict[str, Any]:
    """How much is wrong: of each sort of trouble how often, and with whom first.

    One change in the books can break a whole chain: however often one account is named, it hides no other, and no sort
    of trouble another.
    """
    sorts: dict[Trouble, list[str]] = {}
    for one in findings:
        sorts.setdefault(TROUBLES.get(one.fault, Trouble.RECORD), []).append(one.where)
    kinds = [
        {"trouble": str(trouble), "count": len(sorts[trouble]), **_first(session, sorts[trouble])}
        for trouble in Trouble
        if trouble in sorts
    ]
    return {"count": len(findings), "kinds": kinds}


def _first(session: Session, where: Sequence[str]) -> dict[str, Any]:
    """The first people and shops that these are about, each once, and whether there are more."""
    named = list(dict.fromkeys(_subject(one) for one in where))
    whom: list[dict[str, Any]] = []
    for subject in named[:LOOKS_AT]:
        found = _whom(session, subject)
        if found not in whom:
            whom.append(found)
    return {"whom": whom[:MOST], "has_more": len(whom) > MOST or len(named) > LOOKS_AT}


def _subject(where: str) -> str:
    """What a finding is about, without the place in it."""
    first = where.partition(" ")[0]
    return where if first in _NUMBERED else first


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
    if first in _OF_PEOPLE:
        table = _OF_PEOPLE[first]
        person = session.scalar(select(table.person_id).where(table.id == int(rest)))
        return {"person": person} if person is not None else {}
    return _shop(session.scalar(select(Merchant).where(Merchant.code == first)))


def _shop(shop: Merchant | None) -> dict[str, Any]:
    return {"shop": shop.code, "zh": shop.name_zh, "en": shop.name_en} if shop is not None else {}
