"""What is said of a fix, and of whether a report is true: to who judges it, and to the officer whose word it was."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import followers
from services.notices.writing import find_waiting, put, urgency_of
from storage.kinds import Message, Urgency
from storage.schema import Report, Verdict


def not_fixed(session: Session, report: Report, officer_id: int, *, now: datetime) -> None:
    """The officer has it again, and hears why."""
    urgency = urgency_of(report)
    put(session, officer_id, Message.NOT_FIXED, report=report, urgency=urgency, now=now)


def objected(session: Session, report: Report, by: int, *, now: datetime) -> None:
    """All others who may judge the fix hear that somebody says it is none, and who acts on that."""
    for person_id in followers.who_hears(session, report):
        if person_id != by:
            put(session, person_id, Message.OBJECTED, report=report, now=now)


def judged(session: Session, report: Report, officer_id: int, *, is_fixed: bool, now: datetime) -> None:
    """Who fixed it hears what is said of it; what waits to be sent already stands for the same."""
    facts = {"is_fixed": is_fixed}
    waiting = find_waiting(session, report, officer_id, Message.VERDICT)
    if waiting is None or waiting.facts != facts:
        put(session, officer_id, Message.VERDICT, report=report, facts=facts, urgency=Urgency.LOW, now=now)


def decided(session: Session, report: Report, *, is_fixed: bool, words: str | None, now: datetime) -> None:
    """Who may judge the fix hears what was decided about it."""
    facts: dict[str, Any] = {"is_fixed": is_fixed, "words": words}
    for person_id in followers.who_hears(session, report):
        put(session, person_id, Message.DECIDED, report=report, facts=facts, now=now)


def closed(session: Session, report: Report, *, now: datetime) -> None:
    """Who has said nothing of the fix hears that the report is closed; all others' cards say so."""
    judged = select(Verdict.person_id).where(Verdict.report_id == report.id, Verdict.round == report.reopened)
    have_judged = set(session.scalars(judged))
    for person_id in followers.who_hears(session, report):
        if person_id not in have_judged:
            put(session, person_id, Message.CLOSED, report=report, urgency=Urgency.LOW, now=now)


def disputed(session: Session, report: Report, officer_id: int, *, now: datetime) -> None:
    """Who called it false hears what the reporter says to that."""
    put(session, officer_id, Message.DISPUTED, report=report, urgency=Urgency.LOW, now=now)


def dispute_decided(session: Session, report: Report, officer_id: int, *, is_false: bool, now: datetime) -> None:
    """All who have the trouble hear what was decided, as does the officer who called it false; not who is asked anew:
    the alert says it.
    """
    hear = dict.fromkeys([*followers.who_hears(session, report), officer_id])
    asked = find_waiting(session, report, officer_id, Message.ALERT)
    for person_id in hear:
        if asked is None or person_id != officer_id:
            put(session, person_id, Message.DISPUTE_DECIDED, report=report, facts={"is_false": is_false}, now=now)


def suspended(session: Session, person_id: int, facts: dict[str, Any], *, now: datetime) -> None:
    """The person hears why nothing of his is filed, and until when; ``facts`` as `services/suspensions.py` has them."""
    put(session, person_id, Message.SUSPENDED, facts=facts, now=now)


def lifted(session: Session, person_id: int, *, is_over: bool, goes_on: bool, now: datetime) -> None:
    """The person may report again: by an administrator, or as the time is over; what was sent lately ``goes_on``."""
    put(session, person_id, Message.LIFTED, facts={"is_over": is_over, "goes_on": goes_on}, now=now)
