"""Somebody cannot be reached, goes off duty, or is back: what he was asked about goes to others, or comes to him."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from services import deadlines, ladder, lifecycle, notices, offering, open_tasks
from storage.kinds import EventKind, OfferState, Status
from storage.schema import Offer, Person, Report


def reachability(session: Session, *, person_id: int, is_reachable: bool, now: datetime) -> None:
    """Note what Telegram says: who blocked the bot is passed over, who is back gets what nobody could be offered."""
    session.get_one(Person, person_id).is_reachable = is_reachable
    session.flush()
    if is_reachable:
        rescue(session, now=now)
    else:
        pass_on_from(session, person_id=person_id, now=now)


def pass_on_from(session: Session, *, person_id: int, now: datetime) -> None:
    """Somebody cannot be reached: what he has accepted, and what is offered to him alone, goes to the next."""
    for report in _held_by(session, person_id):
        facts = {"person": person_id}
        lifecycle.move(session, report, Status.OPEN, kind=EventKind.UNREACHABLE, by=None, now=now, facts=facts)
        report.officer_id = report.accepted_at = None
        offer = session.get(Offer, (report.id, person_id))
        if offer is not None:
            offer.state, offer.answered_at = OfferState.UNREACHABLE, now
        session.flush()
        offering.pass_on(session, report, now=now)
        notices.changed(session, report, now=now)
        notices.reopened(session, report, now=now)
    for report in _asked_of(session, person_id, OfferState.OFFERED, Status.OPEN):
        lost = _unreachable(session, report, person_id, now=now)
        if offering.others_are_asked(session, report, now=now):
            _raise_past(session, report, lost, now=now)
        else:
            offering.pass_on(session, report, now=now)
            notices.changed(session, report, now=now)
    for report in _asked_of(session, person_id, OfferState.RAISED, Status.ACCEPTED):
        lost = _unreachable(session, report, person_id, now=now)
        _raise_past(session, report, lost, now=now)
    for report in _in_review(session, Report.responsible_id == person_id):
        offering.ask_to_decide(session, report, now=now)
        notices.changed(session, report, now=now)
    open_tasks.pass_on_from(session, person_id=person_id, now=now)


def relieve(session: Session, *, person_id: int, now: datetime) -> None:
    """Somebody goes off duty: what is offered to him alone goes to the next, if there is one."""
    for report in _asked_of(session, person_id, OfferState.OFFERED, Status.OPEN):
        offer = session.get_one(Offer, (report.id, person_id))
        offer.state, offer.answered_at = OfferState.CLOSED, now
        session.flush()
        if offering.others_are_asked(session, report, now=now):
            notices.changed(session, report, now=now)
            continue
        if ladder.choose(session, report)[1]:
            offering.pass_on(session, report, now=now)
            notices.changed(session, report, now=now)
        else:  # better with somebody off duty than with nobody
            offer.state, offer.answered_at = OfferState.OFFERED, None
            session.flush()
    open_tasks.relieve(session, person_id=person_id, now=now)


def rescue(session: Session, *, now: datetime) -> int:
    """Offer the open reports that nobody is asked about to who can be asked now; return how many there were.

    So it is with disputes that nobody could decide.
    """
    for report in _in_review(session, Report.responsible_id.is_(None)):
        offering.ask_to_decide(session, report, now=now)
        if report.responsible_id is not None:
            notices.changed(session, report, now=now)
    waiting = session.scalars(
        select(Report)
        .where(
            Report.status == Status.OPEN,
            ~exists().where(Offer.report_id == Report.id, Offer.state == OfferState.OFFERED),
        )
        .order_by(Report.id)
        .with_for_update(of=Report)
    ).all()
    rescued = [report for report in waiting if ladder.choose(session, report)[1]]
    for report in rescued:
        offering.pass_on(session, report, now=now)
        notices.changed(session, report, now=now)
    return len(rescued)


def _asked_of(session: Session, person_id: int, state: OfferState, status: Status) -> Sequence[Report]:
    """The reports of this status that a person has such an offer of; nobody else can change them meanwhile."""
    return session.scalars(
        select(Report)
        .join(Offer, Offer.report_id == Report.id)
        .where(Offer.person_id == person_id, Offer.state == state, Report.status == status)
        .order_by(Report.id)
        .with_for_update(of=Report)
    ).all()


def _held_by(session: Session, person_id: int) -> Sequence[Report]:
    """The reports that a person has accepted and not ended."""
    return session.scalars(
        select(Report)
        .where(Report.officer_id == person_id, Report.status == Status.ACCEPTED)
        .order_by(Report.id)
        .with_for_update()
    ).all()


def _in_review(session: Session, which: ColumnElement[bool]) -> Sequence[Report]:
    """The disputed reports of which this holds."""
    chosen = select(Report).where(lifecycle.IN_REVIEW, which).order_by(Report.id)
    return session.scalars(chosen.with_for_update()).all()


def _unreachable(session: Session, report: Report, person_id: int, *, now: datetime) -> Offer:
    """Note of the offer, which is returned, that it did not reach him."""
    offer = session.get_one(Offer, (report.id, person_id))
    offer.state, offer.answered_at = OfferState.UNREACHABLE, now
    lifecycle.record(session, report, EventKind.UNREACHABLE, by=None, now=now, facts={"person": person_id})
    session.flush()
    return offer


def _raise_past(session: Session, report: Report, lost: Offer, *, now: datetime) -> None:
    """If it was raised to nobody but whom this offer did not reach, the clock takes that step again, at once."""
    at_this_level = select(Offer.person_id).where(
        Offer.report_id == report.id,
        Offer.level == report.level,
        Offer.state.in_((OfferState.OFFERED, OfferState.RAISED)),
    )
    is_last_raised = lost.level is report.level and report.step >= deadlines.DEADLINE and report.paused_at is None
    if is_last_raised and session.scalar(at_this_level.limit(1)) is None:
        report.step -= 1
        report.next_at = now
