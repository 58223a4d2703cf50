"""Digits sent alone, by who works at no shop: six are a code, one is the number of a list. Neither begins a report."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from services import intake
from services.merchants import codes
from storage.merchant_records import RedemptionRecord


@dataclass(frozen=True, slots=True)
class Loose:
    """Digits that are part of nothing."""

    shown: RedemptionRecord | None  # the code that the person shows just now


def look(session: Session, *, person_id: int, digits: str, now: datetime) -> Loose | None:
    """Whether digits alone, six of them or one, are part of nothing; None: they may belong to a report.

    Who shows a code means that one with six digits, unless they are others and something is open that they may be of.
    """
    is_code = len(digits) > 1
    shown = codes.open_code(session, person_id=person_id, now=now) if is_code else None
    if shown is not None and shown.code == digits:
        return Loose(shown)
    if intake.may_belong(session, person_id=person_id, is_answer=not is_code, now=now):
        return None
    return Loose(shown)


def means_code(session: Session, *, person_id: int, digits: str, now: datetime) -> bool:
    """Whether six digits of who works at a shop are a code, right or wrong.

    Where something is open that they may belong to (the number of a lamp post), only one that is or was shown there
    just now is; a wrong one is counted there, too (so this is a unit of work, not only read).
    """
    if not intake.may_belong(session, person_id=person_id, is_answer=False, now=now):
        return True
    return codes.is_meant(session, person_id=person_id, code=digits, now=now)
