"""Bringing a report to somebody who can act: whom it is offered to, and what they do about it.

The ladder: the grid's primary officers on duty, its deputies, the community's officers, its lead, the town's, the
county desk. Who was chosen and why is an event. A step is taken when nobody of the present one is left who could still
accept; `services/escalation.py` takes further ones when time runs out.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NoReturn

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from services import deadlines, emergencies, ladder, ledger, lifecycle, notices, open_tasks, worktime
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
from services.words import clean
from storage.kinds import EventKind, Level, MarkState, OfferState, Role, Status
from storage.prepared import Prepared
from storage.schema import FalseMark, Offer, Person, PersonRole, Report

NOT_MY_GRID = "grid"
"""The code of that reason for «not mine» (`views/cases.py` has them all)."""
HIS = (OfferState.OFFERED, OfferState.ACCEPTED)
"""Of a report that somebody may pass on."""
FALSE = "false"
"""The code of that reason for rejecting; it needs words, and may be disputed: `services/fairness.py`."""
DECIDE = (Level.LEAD, Level.TOWN, Level.DESK)
"""The levels whose people decide what is disputed."""

_offer = Offer.__table__.c
_OFFERED_NOW = ("level", "state", "offered_at", "answered_at")
_OFFER = Prepared(
    **{
        name: (statement := insert(Offer.__table__)).on_conflict_do_update(  # type: ignore[arg-type]
            index_elements=["report_id", "person_id"],
            set_={column: statement.excluded[column] for column in _OFFERED_NOW},
        )
        for name, insert in (("statement", sqlite.insert), ("postgresql", postgresql.insert))
    }
)


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
    close_offers(session, report, now=now)
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
    if not _others_are_asked(session, report):
        pass_on(session, report, now=now)
        if not _others_are_asked(session, report):
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
    close_offers(session, report, now=now)
    open_tasks.drop_all(session, report, by=by, now=now)
    emergencies.end_with(session, report, now=now)
    notices.changed(session, report, now=now)
    notices.asked_about(session, report, now=now)
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


def route(session: Session, report: Report, *, now: datetime) -> None:
    """Offer the report to the first step of the ladder that has somebody, from the bottom up."""
    report.level, people = ladder.choose(session, report)
    report.responsible_id = people[0] if people else None
    ask(session, report, people, now=now)


def ask(session: Session, report: Report, people: Sequence[int], *, now: datetime, has_album: bool = False) -> None:
    """Offer the report, which is at their level now, to these people, and note how they were chosen."""
    offer(session, report, report.level, people, state=OfferState.OFFERED, now=now)
    steps = ladder.LADDER[: ladder.LADDER.index(report.level) + (not people)]
    facts = {"level": str(report.level), "people": people, "nobody_at": [str(step) for step in steps]}
    lifecycle.record(session, report, EventKind.ROUTED, by=None, now=now, facts=facts)
    notices.offered(session, report, people, has_album=has_album, now=now)


def offer(
    session: Session, report: Report, level: Level, people: Sequence[int], *, state: OfferState, now: datetime
) -> None:
    """Note that these people may take the report; nobody is told."""
    row = {"report_id": report.id, "level": level, "state": state, "offered_at": now}
    _OFFER.run_all(session, [{**row, "person_id": person_id, "answered_at": None} for person_id in people])


def pass_on(session: Session, report: Report, *, now: datetime) -> None:
    """Offer it to others than before; they have as long to accept it as those had whom it was filed to."""
    deadlines.begin(report, hours=worktime.of(session), now=now)
    route(session, report, now=now)


def route_anew(session: Session, report: Report, *, now: datetime) -> None:
    """The report is of another grid than before: who was asked is asked no more, that grid's people are."""
    close_offers(session, report, now=now)
    forget_declines(session, report)
    session.flush()
    pass_on(session, report, now=now)


def has_officers(session: Session, report: Report) -> bool:
    """Whether there is an officer to ask before the county desk."""
    return ladder.choose(session, report)[0] is not Level.DESK


def is_present(session: Session, report: Report) -> bool:
    """Whether who fixed the report could be asked about it today: joined, reachable and, as an officer, on duty."""
    session.flush()
    return any(report.officer_id in people for _, people in ladder.steps(session, report.grid_id))


def keep(session: Session, report: Report) -> None:
    """The officer who had the report has it again, as before it was raised to others."""
    offer = session.get_one(Offer, (report.id, report.officer_id))
    report.responsible_id, report.level, offer.state = offer.person_id, offer.level, OfferState.ACCEPTED


def release(session: Session, report: Report, *, now: datetime) -> None:
    """Nobody has the report any more; whoever had it may be asked again."""
    held = session.get(Offer, (report.id, report.officer_id)) if report.officer_id is not None else None
    if held is not None and held.state is OfferState.ACCEPTED:
        held.state, held.answered_at = OfferState.CLOSED, now
    report.officer_id = report.accepted_at = None
    close_offers(session, report, now=now)
    session.flush()


def ask_to_decide(session: Session, report: Report, *, now: datetime) -> list[int]:
    """Put a disputed report before the first of lead, town, desk and administrators who are not concerned; return them.

    Concerned are the reporter and who made the fix, or called it false. Of a fix one of them decides where there is
    nobody else; with nobody at all it waits at the desk (see `rescue`).
    """
    close_offers(session, report, now=now)
    steps, out = ladder.leads(session, report), concerned(report)
    others = [(level, [one for one in people if one not in out]) for level, people in steps]
    report.level, people = next(((level, found) for level, found in others if found), (Level.DESK, []))
    offer(session, report, report.level, people, state=OfferState.RAISED, now=now)
    alone = [] if is_called_false(session, report) else [one for _, found in steps for one in found][:1]
    report.responsible_id = next(iter(people or alone), None)
    notices.raised(session, report, people or alone, now=now)
    return people


def concerned(report: Report) -> set[int | None]:
    """Who must not decide what is disputed."""
    return {report.reporter_id, report.officer_id} if report.status is Status.REVIEW else set()


def is_called_false(session: Session, report: Report) -> bool:
    """Whether it is disputed that the report is true, and not that it is fixed."""
    mark = exists().where(FalseMark.report_id == report.id, FalseMark.state == MarkState.DISPUTED)
    return bool(session.scalar(select(mark)))


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
        pass_on(session, report, now=now)
        notices.changed(session, report, now=now)
        notices.reopened(session, report, now=now)
    for report in _offered_to(session, person_id):
        offer = session.get_one(Offer, (report.id, person_id))
        offer.state, offer.answered_at = OfferState.UNREACHABLE, now
        lifecycle.record(session, report, EventKind.UNREACHABLE, by=None, now=now, facts={"person": person_id})
        session.flush()
        if _others_are_asked(session, report):
            _raise_past(session, report, offer, now=now)
        else:
            pass_on(session, report, now=now)
            notices.changed(session, report, now=now)
    for report in _raised_to(session, person_id):
        offer = session.get_one(Offer, (report.id, person_id))
        offer.state, offer.answered_at = OfferState.UNREACHABLE, now
        lifecycle.record(session, report, EventKind.UNREACHABLE, by=None, now=now, facts={"person": person_id})
        session.flush()
        _raise_past(session, report, offer, now=now)
    for report in _in_review(session, Report.responsible_id == person_id):
        ask_to_decide(session, report, now=now)
        notices.changed(session, report, now=now)
    open_tasks.pass_on_from(session, person_id=person_id, now=now)


def relieve(session: Session, *, person_id: int, now: datetime) -> None:
    """Somebody goes off duty: what is offered to him alone goes to the next, if there is one."""
    for report in _offered_to(session, person_id):
        offer = session.get_one(Offer, (report.id, person_id))
        offer.state, offer.answered_at = OfferState.CLOSED, now
        session.flush()
        if _others_are_asked(session, report):
            notices.changed(session, report, now=now)
            continue
        if ladder.choose(session, report)[1]:
            pass_on(session, report, now=now)
            notices.changed(session, report, now=now)
        else:  # better with somebody off duty than with nobody
            offer.state, offer.answered_at = OfferState.OFFERED, None
            session.flush()
    open_tasks.relieve(session, person_id=person_id, now=now)


def reachability(session: Session, *, person_id: int, is_reachable: bool, now: datetime) -> None:
    """Note what Telegram says: who blocked the bot is passed over, who is back gets what nobody could be offered."""
    session.get_one(Person, person_id).is_reachable = is_reachable
    session.flush()
    if is_reachable:
        rescue(session, now=now)
    else:
        pass_on_from(session, person_id=person_id, now=now)


def rescue(session: Session, *, now: datetime) -> int:
    """Offer the open reports that nobody is asked about to who can be asked now; return how many there were.

    So it is with disputes that nobody could decide.
    """
    for report in _in_review(session, Report.responsible_id.is_(None)):
        ask_to_decide(session, report, now=now)
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
        pass_on(session, report, now=now)
        notices.changed(session, report, now=now)
    return len(rescued)


def holder_role(session: Session, report: Report) -> Role:
    """As what somebody holds the report: officer, lead, or the desk, for which an administrator may stand.

    It is he who counts, not to whom the report was raised since.
    """
    level = report.level
    if level in DECIDE and (held := session.get(Offer, (report.id, report.officer_id))) is not None:
        level = held.level
    if level in (Level.LEAD, Level.TOWN):
        return Role.LEAD
    if level is not Level.DESK:
        return Role.OFFICER
    return Role.DESK if session.get(PersonRole, (report.officer_id, Role.DESK)) else Role.ADMIN


def alerted(session: Session, report: Report) -> list[int]:
    """Who is to hear of news of the report: who decides, or the officer who has it, else those it is offered to."""
    if report.status is Status.REVIEW:
        asked = select(Offer.person_id).where(Offer.report_id == report.id, Offer.state == OfferState.RAISED)
        alone = [report.responsible_id] if report.responsible_id is not None else []
        return list(session.scalars(asked.order_by(Offer.person_id))) or alone
    if report.officer_id is not None:
        return [report.officer_id]
    return list(
        session.scalars(select(Offer.person_id).where(Offer.report_id == report.id, Offer.state == OfferState.OFFERED))
    )


def forget_declines(session: Session, report: Report) -> None:
    """The report moved to another grid: who said «not my grid» of the old place may be asked about the new one."""
    for offer in session.scalars(
        select(Offer).where(Offer.report_id == report.id, Offer.state == OfferState.DECLINED, Offer.why == NOT_MY_GRID)
    ).all():
        offer.state = OfferState.CLOSED
    session.flush()


def close_offers(session: Session, report: Report, *, now: datetime) -> None:
    """Nobody is asked about this report any more."""
    asked = (OfferState.OFFERED, OfferState.RAISED)
    for offer in session.scalars(select(Offer).where(Offer.report_id == report.id, Offer.state.in_(asked))):
        offer.state, offer.answered_at = OfferState.CLOSED, now


def _offered_to(session: Session, person_id: int) -> Sequence[Report]:
    """The open reports that a person is asked about; nobody else can change them meanwhile."""
    return session.scalars(
        select(Report)
        .join(Offer, Offer.report_id == Report.id)
        .where(Offer.person_id == person_id, Offer.state == OfferState.OFFERED, Report.status == Status.OPEN)
        .order_by(Report.id)
        .with_for_update(of=Report)
    ).all()


def _raised_to(session: Session, person_id: int) -> Sequence[Report]:
    """The reports that somebody has and that were raised to this person, too."""
    return session.scalars(
        select(Report)
        .join(Offer, Offer.report_id == Report.id)
        .where(Offer.person_id == person_id, Offer.state == OfferState.RAISED, Report.status == Status.ACCEPTED)
        .order_by(Report.id)
        .with_for_update(of=Report)
    ).all()


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


def _in_review(session: Session, which: ColumnElement[bool]) -> Sequence[Report]:
    """The disputed reports of which this holds."""
    chosen = select(Report).where(lifecycle.IN_REVIEW, which).order_by(Report.id)
    return session.scalars(chosen.with_for_update()).all()


def _held_by(session: Session, person_id: int) -> Sequence[Report]:
    """The reports that a person has accepted and not ended."""
    return session.scalars(
        select(Report)
        .where(Report.officer_id == person_id, Report.status == Status.ACCEPTED)
        .order_by(Report.id)
        .with_for_update()
    ).all()


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
        notices.taken_over(session, report, before, now=now)
    return report


def _hold(session: Session, report: Report, offer: Offer, *, now: datetime) -> None:
    ledger.answered(session, report_id=report.id, person_id=offer.person_id, now=now)
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
    raise NotAllowed(report_id=report.id) if is_called_false(session, report) else FixedByAnother(**who)


def _others_are_asked(session: Session, report: Report) -> bool:
    """Whether anybody is (still) asked about the report; if so, one of them is responsible for it."""
    asked = select(Offer.person_id).where(Offer.report_id == report.id, Offer.state == OfferState.OFFERED)
    people = session.scalars(asked.order_by(Offer.person_id)).all()
    if people and report.responsible_id not in people:
        report.responsible_id = people[0]
    return bool(people)
