"""What people hear of their points, and administrators of the ledger."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.notices.clock import lists_of
from services.notices.writing import put
from storage.kinds import Message, Urgency
from storage.schema import Report


def points_earned(
    session: Session, person_id: int, report: Report | None, facts: dict[str, Any], *, now: datetime
) -> None:
    """The person hears what he has earned, for what, and what he has; ``facts`` as `services/points/earning.py` has."""
    put(session, person_id, Message.POINTS_EARNED, report=report, facts=facts, urgency=Urgency.LOW, now=now)


def points_taken(session: Session, person_id: int, report_id: int, facts: dict[str, Any], *, now: datetime) -> None:
    """The person hears what was taken back, as the report was found false; ``facts`` as for `points_earned`."""
    report = session.get_one(Report, report_id)
    put(session, person_id, Message.POINTS_TAKEN, report=report, facts=facts, now=now)


def credit_asked(session: Session, people: Iterable[int], credit_id: int, *, now: datetime) -> None:
    """Each may confirm what another wants to give by hand."""
    for person_id in people:
        put(session, person_id, Message.CREDIT_ASKED, facts={"credit": credit_id}, now=now)


def credit_decided(session: Session, person_id: int, credit_id: int, *, now: datetime) -> None:
    """Who wanted to give it hears what became of it."""
    put(session, person_id, Message.CREDIT_DECIDED, facts={"credit": credit_id}, now=now)


def credit_settled(session: Session, people: Iterable[int], credit_id: int, *, now: datetime) -> None:
    """Each who was asked sees there what became of it; of who was not yet, nothing is asked any more."""
    for person_id in people:
        for row in session.scalars(lists_of(person_id, Message.CREDIT_ASKED)):
            if row.sent and (row.facts or {}).get("credit") == credit_id:
                credit_over(session, person_id, credit_id, row.sent[-1], now=now)


def credit_over(session: Session, person_id: int, credit_id: int, message_id: int, *, now: datetime) -> None:
    """The question in this message is settled: it says how."""
    facts = {"credit": credit_id, "edits": message_id}
    put(session, person_id, Message.CARD, facts=facts, urgency=Urgency.LOW, now=now)


def points_lapse(session: Session, person_id: int, facts: dict[str, Any], *, now: datetime) -> None:
    """The person hears what is going to lapse; ``facts`` as `services/points/clock.py` has them."""
    put(session, person_id, Message.POINTS_LAPSE, facts=facts, urgency=Urgency.LOW, now=now)


def ledger_wrong(session: Session, people: Iterable[int], facts: dict[str, Any], *, now: datetime) -> None:
    """Each hears that the ledger of points does not add up; ``facts`` as `services/points/alarm.py` has them."""
    for person_id in people:
        put(session, person_id, Message.LEDGER_WRONG, facts=facts, now=now)
