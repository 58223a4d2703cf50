"""What an officer does with a report that is offered to him: accept it, pass it on, turn it down.

Whom it is offered to is `services/offering.py`'s matter.
"""

from datetime import datetime
from typing import Any, NoReturn

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import emergencies, ladder, ledger, lifecycle, notices, offering, open_tasks, promptness, questions
from services.errors import (
    AlreadyAccepted,
    AlreadyYours,
    FixedByAnother,
    HasAnother,
    LastInLine,
    NotAllowed,
    NotOffered,
    NotPossible,
    NoWords,
    PassedOn,
)
from services.places import faults
from services.words import clean
from storage.kinds import EventKind, Level, OfferState, Role, Status
from storage.schema import Offer, Person, PersonRole, Report

HIS = (OfferState.OFFERED, OfferState.ACCEPTED)
"""Of a report that somebody may pass on."""
FALSE = "false"
"""The code of that reason for rejecting; it needs words, and may be disputed: `services/fairness.py`."""


def accept(session: Session, *, report_id: int, officer_id: int, now: datetime) -> Report:
    """Give a report to the officer who asked first, or, once it was raised to him, to who takes it over.

    Raises:
        AlreadyAccepted: somebody else was first; ``name`` and ``role`` say who.
        AlreadyYours: this officer has it already.
        NotOffered: it is not offered to this officer.
        FixedByAnother, ReportEnded: it is fixed, or over.
    """
    report = lifecycle.load(session, report_id)
    offer = session.get(Offer, (report_id, officer_id))
    if offer is None:  # first of all: whom it was never offered to learns nothing about it
        raise NotOffered(report_id=report_id)
    if report.status is Status.ACCEPTED:
        if report.officer_id == officer_id:
            raise AlreadyYours(report_id=report_id)
        if offer.state is OfferState.RAISED:
            return _take_over(session, report, offer, now=now)
        holder = session.get_one(Person, report.officer_id)
        raise AlreadyAccepted(name=holder.known_as or holder.name, role=holder_role(session, report))
    if report.status in lifecycle.FIXED and report.officer_id != officer_id:
        _refuse(session, report, officer_id)
    lifecycle.require_alive(report)
    if offer.state is not OfferState.OFFERED:
        raise NotOffered(report_id=report_id)
    report.accepted_at = now
    _hold(session, report, offer, now=now)
    facts = {"role": holder_role(session, report)}
    lifecycle.move(session, report, Status.ACCEPTED, kind=EventKind.ACCEPTED, by=officer_id, now=now, facts=facts)
    offering.close_offers(session, report, now=now)
    notices.changed(session, report, now=now)
    notices.accepted(session, report, now=now)
    return report


def decline(session: Session, *, report_id: int, officer_id: int, why: str, now: datetime) -> Report:
    """«Not mine»: note why (a code of `REASONS`, or words), and pass the report on when nobody else is asked.

    Raises:
        NotOffered: the report is neither offered to this officer nor his.
        LastInLine: there is nobody behind the county desk.
        ReportEnded: it is over.
    """
    report = lifecycle.load(session, report_id)
    lifecycle.require_alive(report)
    offer = session.get(Offer, (report_id, officer_id))
    if offer is None or offer.state not in HIS:
        raise NotOffered(report_id=report_id)
    facts = {"why": clean(why, most=200)}
    was_accepted = report.status is Status.ACCEPTED
    if was_accepted:
        lifecycle.move(session, report, Status.OPEN, kind=EventKind.DECLINED, by=officer_id, now=now, facts=facts)
        report.officer_id = report.accepted_at = None
    else:
        lifecycle.record(session, report, EventKind.DECLINED, by=officer_id, now=now, facts=facts)
    offer.state, offer.why, offer.answered_at = OfferState.DECLINED, facts["why"][:40], now
    ledger.answered(session, report_id=report_id, person_id=officer_id, now=now)
    session.flush()
    if not offering.others_are_asked(session, report, now=now):
        offering.pass_on(session, report, now=now)
        if not offering.others_are_asked(session, report, now=now):
            raise LastInLine(report_id=report_id)
    notices.changed(session, report, now=now)
    if was_accepted:
        notices.talk_over(session, report, [officer_id], now=now)
        notices.reopened(session, report, now=now)
    return report


def next_in_line(session: Session, *, report_id: int, person_id: int) -> Level:
    """To which step the report would go if this officer passed it on: said before he gives his reason.

    Raises:
        NotOffered: the report is neither offered to this officer nor his.
        LastInLine: there is nobody behind him.
        ReportEnded: it is over.
    """
    report = session.get(Report, report_id)
    if report is None:
        raise NotOffered(report_id=report_id)
    lifecycle.require_alive(report)
    offers = session.scalars(select(Offer).where(Offer.report_id == report_id, Offer.state.in_(HIS))).all()
    if person_id not in {offer.person_id for offer in offers}:
        raise NotOffered(report_id=report_id)
    if len(offers) > 1:
        return report.level  # the others of his step are still asked
    level, people = ladder.choose(session, report, without=person_id)
    if not people:
        raise LastInLine(report_id=report_id)
    return level


def reject(session: Session, *, report_id: int, officer_id: int, why: str, now: datetime) -> Report:
    """Note that it is not a case for the grid, and why (a code of `REASONS`, or words).

    Raises:
        NotAllowed: it is not this officer's report.
        NoWords, WordsTooLong: the reason is empty (or «false» without words), or too long.
        NotPossible, ReportEnded: its status does not allow it.
    """
    report = require_own(session, report_id=report_id, officer_id=officer_id)
    facts = {"why": clean(why, most=500)}
    if facts["why"] == FALSE:
        raise NoWords(report_id=report_id)
    turn_down(session, report, facts, by=officer_id, now=now)
    return report


def turn_down(session: Session, report: Report, facts: dict[str, Any], *, by: int, now: datetime) -> None:
    """End it as no case; ``facts`` say why."""
    lifecycle.move(session, report, Status.REJECTED, kind=EventKind.REJECTED, by=by, now=now, facts=facts)
    offering.close_offers(session, report, now=now)
    open_tasks.drop_all(session, report, by=by, now=now)
    emergencies.end_with(session, report, now=now)
    faults.end_with(session, report, now=now)
    notices.changed(session, report, now=now)
    questions.ended(session, report, now=now)
    notices.talk_over(session, report, [by, report.reporter_id], now=now)
    notices.rejected(session, report, now=now)


def require_own(session: Session, *, report_id: int, officer_id: int) -> Report:
    """Read a report that this officer has accepted and may go on with.

    Raises:
        NotAllowed: somebody else has it, or nobody.
        ReportEnded: it is over.
    """
    report = _own(session, report_id, officer_id)
    lifecycle.require_alive(report)
    if report.status is not Status.ACCEPTED:
        raise NotPossible(report_id=report_id, status=report.status)
    return report


def load_own(session: Session, *, report_id: int, officer_id: int) -> Report:
    """Read a report that this officer has, or had when it ended.

    Raises:
        NotAllowed: it is not his; who has it, or fixed it, is said to whom it was offered.
    """
    return _own(session, report_id, officer_id)


def check_own(session: Session, *, report_id: int, officer_id: int, now: datetime) -> None:
    """`require_own` as a unit of work."""
    require_own(session, report_id=report_id, officer_id=officer_id)


def holder_role(session: Session, report: Report) -> Role:
    """As what somebody holds the report: officer, lead, or the desk, for which an administrator may stand.

    It is he who counts, not to whom the report was raised since.
    """
    level = report.level
    if level in offering.DECIDE and (held := session.get(Offer, (report.id, report.officer_id))) is not None:
        level = held.level
    if level in (Level.LEAD, Level.TOWN):
        return Role.LEAD
    if level is not Level.DESK:
        return Role.OFFICER
    return Role.DESK if session.get(PersonRole, (report.officer_id, Role.DESK)) else Role.ADMIN


def _take_over(session: Session, report: Report, offer: Offer, *, now: datetime) -> Report:
    """Who the report was raised to has it from now on; the clock of the fix runs on."""
    before = report.officer_id
    held = session.get(Offer, (report.id, before))
    if held is not None:
        held.state, held.answered_at = OfferState.CLOSED, now
    _hold(session, report, offer, now=now)
    facts = {"from": before}
    lifecycle.record(session, report, EventKind.TAKEN_OVER, by=offer.person_id, now=now, facts=facts)
    notices.changed(session, report, now=now)
    notices.accepted(session, report, now=now)
    if before is not None:
        notices.talk_over(session, report, [before], now=now)
        notices.taken_over(session, report, before, now=now)
    return report


def _hold(session: Session, report: Report, offer: Offer, *, now: datetime) -> None:
    ledger.answered(session, report_id=report.id, person_id=offer.person_id, now=now)
    promptness.note_broken(report, now=now)
    report.officer_id = report.responsible_id = offer.person_id
    report.level = offer.level
    offer.state, offer.answered_at = OfferState.ACCEPTED, now


def _own(session: Session, report_id: int, officer_id: int) -> Report:
    report = lifecycle.load(session, report_id)
    if report.officer_id != officer_id:
        _refuse(session, report, officer_id)
    return report


def _refuse(session: Session, report: Report, person_id: int) -> NoReturn:
    """Who once was asked about it may know who has it, or fixed it, or that it is over; nobody else learns anything."""
    offer = session.get(Offer, (report.id, person_id))
    if offer is None:
        raise NotAllowed(report_id=report.id)
    if report.status not in lifecycle.FIXED:
        lifecycle.require_alive(report)
    if report.officer_id is None:
        raise NotAllowed(report_id=report.id) if offer.state is OfferState.OFFERED else PassedOn(report_id=report.id)
    holder = session.get_one(Person, report.officer_id)
    who = {"name": holder.known_as or holder.name, "role": holder_role(session, report)}
    if report.status is Status.ACCEPTED:
        raise HasAnother(**who)
    raise NotAllowed(report_id=report.id) if offering.is_called_false(session, report) else FixedByAnother(**who)
