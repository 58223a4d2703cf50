"""Bringing a report to somebody who can act: whom it is offered to, and what they do about it.

The ladder: the grid's primary officers on duty, its deputies, the community's officers, its lead, the town's, the
county desk. Who was chosen and why is an event. A step is taken when nobody of the present one is left who could still
accept; `services/escalation.py` takes further ones when time runs out.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from services import deadlines, ledger, lifecycle, notices, worktime
from services.errors import AlreadyAccepted, AlreadyYours, LastInLine, NotAllowed, NotOffered, NotPossible, NoWords
from services.words import clean, clean_caption
from storage.kinds import EventKind, Level, OfferState, Role, Stage, Status
from storage.prepared import Prepared
from storage.schema import Attachment, Duty, Grid, Offer, Person, PersonRole, Post, Report

LADDER = tuple(Level)
NOT_MY_GRID = "grid"
"""The code of that reason for «not mine» (`views/cases.py` has them all)."""
FALSE = "false"
"""The code of that reason for rejecting; it needs words, and may be disputed: `services/fairness.py`."""
DECIDE = (Level.LEAD, Level.TOWN, Level.DESK)
"""The levels whose people decide what is disputed."""

_person, _duty, _grid = Person.__table__.c, Duty.__table__.c, Grid.__table__.c
_offer, _role, _post = Offer.__table__.c, PersonRole.__table__.c, Post.__table__.c
_here = Grid.__table__.alias()

_CAN = (_person.telegram_id.is_not(None), _person.is_reachable)
_ON_DUTY = select(_person.id).join(Duty.__table__, _duty.person_id == _person.id).where(*_CAN, _person.on_duty)
_OF_GRID = _ON_DUTY.where(_duty.grid_id == bindparam("grid_id")).order_by(_person.id)
_PRIMARY, _DEPUTY = Prepared(_OF_GRID.where(_duty.is_primary)), Prepared(_OF_GRID.where(~_duty.is_primary))
_NEAR = Prepared(
    _ON_DUTY.join(Grid.__table__, _grid.id == _duty.grid_id)
    # towns may name communities alike
    .join(_here, (_grid.community == _here.c.community) & (_grid.town == _here.c.town))
    .where(_here.c.id == bindparam("grid_id"))
    .distinct()
    .order_by(_person.id)
)
_LEADS, _TOWN = (
    Prepared(
        select(_person.id)
        .join(Post.__table__, _post.person_id == _person.id)
        .join(_here, (_here.c.town == _post.town) & of_here)
        .where(*_CAN, _here.c.id == bindparam("grid_id"), _post.level == level)
        .distinct()
        .order_by(_person.id)
    )
    for level, of_here in ((Level.LEAD, _here.c.community == _post.community), (Level.TOWN, true()))
)
_OF_ROLE = Prepared(
    select(_person.id)
    .join(PersonRole.__table__, _role.person_id == _person.id)
    .where(*_CAN, _role.role == bindparam("role"))
    .order_by(_person.id)
)
_DECLINED = Prepared(
    select(_offer.person_id).where(_offer.report_id == bindparam("report_id"), _offer.state == OfferState.DECLINED)
)
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
        ReportEnded: it is over.
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
    if offer.state is not OfferState.OFFERED and report.status in lifecycle.ACTIVE:
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
    if offer is None or (offer.state not in (OfferState.OFFERED, OfferState.ACCEPTED)):
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
        notices.reopened(session, report, now=now)
    return report


def resolve(
    session: Session, *, report_id: int, officer_id: int, proof: Attachment, words: str | None, now: datetime
) -> Report:
    """Note that it is fixed, with a picture (not yet in the session) and, if wanted, words.

    Raises:
        NotAllowed: it is not this officer's report.
        NotPossible, ReportEnded: its status does not allow it.
    """
    report = _own(session, report_id, officer_id)
    said = clean_caption(words)
    facts = {"words": said} if said else None
    lifecycle.move(session, report, Status.RESOLVED, kind=EventKind.RESOLVED, by=officer_id, now=now, facts=facts)
    proof.report_id, proof.stage = report.id, Stage.AFTER
    session.add(proof)
    close_offers(session, report, now=now)
    notices.changed(session, report, now=now)
    notices.resolved(session, report, has_album=proof.media_group_id is not None, now=now)
    return report


def reject(session: Session, *, report_id: int, officer_id: int, why: str, now: datetime) -> Report:
    """Note that it is not a case for the grid, and why (a code of `REASONS`, or words).

    Raises:
        NotAllowed: it is not this officer's report.
        NoWords, WordsTooLong: the reason is empty (or «false» without words), or too long.
        NotPossible, ReportEnded: its status does not allow it.
    """
    report = _own(session, report_id, officer_id)
    facts = {"why": clean(why, most=500)}
    if facts["why"] == FALSE:
        raise NoWords(report_id=report_id)
    turn_down(session, report, facts, by=officer_id, now=now)
    return report


def turn_down(session: Session, report: Report, facts: dict[str, Any], *, by: int, now: datetime) -> None:
    """End it as no case; ``facts`` say why."""
    lifecycle.move(session, report, Status.REJECTED, kind=EventKind.REJECTED, by=by, now=now, facts=facts)
    close_offers(session, report, now=now)
    notices.changed(session, report, now=now)
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


def check_own(session: Session, *, report_id: int, officer_id: int, now: datetime) -> None:
    """`require_own` as a unit of work."""
    require_own(session, report_id=report_id, officer_id=officer_id)


def route(session: Session, report: Report, *, now: datetime, has_album: bool = False) -> None:
    """Offer the report to the first step of the ladder that has somebody, from the bottom up."""
    level, people = _choose(session, report)
    if report.level is not level:
        report.level = level
    report.responsible_id = people[0] if people else None
    offer(session, report, level, people, state=OfferState.OFFERED, now=now)
    steps = LADDER[: LADDER.index(report.level) + (not people)]
    facts = {"level": str(report.level), "people": people, "nobody_at": [str(step) for step in steps]}
    lifecycle.record(session, report, EventKind.ROUTED, by=None, now=now, facts=facts)
    notices.offered(session, report, people, has_album=has_album, now=now)


def offer(
    session: Session, report: Report, level: Level, people: Sequence[int], *, state: OfferState, now: datetime
) -> None:
    """Note that these people may take the report; nobody is told."""
    row = {"report_id": report.id, "level": level, "state": state, "offered_at": now}
    _OFFER.run_all(session, [{**row, "person_id": person_id, "answered_at": None} for person_id in people])


def beyond(session: Session, report: Report) -> tuple[Level, list[int]] | None:
    """The next level to raise the report to that has somebody who has not passed it on; None: it is at the top."""
    session.flush()
    out = {*_DECLINED.scalars(session, report_id=report.id), *alerted(session, report), *_concerned(report)}
    reached = LADDER.index(report.level)
    for level, people in _steps(session, report):
        left = [person_id for person_id in people if person_id not in out]
        if LADDER.index(level) > reached and level is not Level.COMMUNITY and left:
            return level, left
    return None


def ask_to_decide(session: Session, report: Report, *, now: datetime) -> list[int]:
    """The report is disputed: it is raised to the first level that has somebody to decide, who is returned.

    Neither the reporter nor who holds it decides. With nobody, the list is empty.
    """
    session.flush()
    for level, people in _steps(session, report):
        left = [person_id for person_id in people if person_id not in _concerned(report)]
        if level in DECIDE and left:
            report.level, report.responsible_id = level, left[0]
            offer(session, report, level, left, state=OfferState.RAISED, now=now)
            return left
    return []


def _concerned(report: Report) -> set[int | None]:
    """Who must not decide what is disputed."""
    return {report.reporter_id, report.officer_id} if report.status is Status.REVIEW else set()


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
    return _choose(session, report)[0] is not Level.DESK


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
        if not _others_are_asked(session, report):
            pass_on(session, report, now=now)
            notices.changed(session, report, now=now)


def relieve(session: Session, *, person_id: int, now: datetime) -> None:
    """Somebody goes off duty: what is offered to him alone goes to the next, if there is one."""
    for report in _offered_to(session, person_id):
        offer = session.get_one(Offer, (report.id, person_id))
        offer.state, offer.answered_at = OfferState.CLOSED, now
        session.flush()
        if _others_are_asked(session, report):
            notices.changed(session, report, now=now)
            continue
        if _choose(session, report)[1]:
            pass_on(session, report, now=now)
            notices.changed(session, report, now=now)
        else:  # better with somebody off duty than with nobody
            offer.state, offer.answered_at = OfferState.OFFERED, None
            session.flush()


def reachability(session: Session, *, person_id: int, is_reachable: bool, now: datetime) -> None:
    """Note what Telegram says: who blocked the bot is passed over, who is back gets what nobody could be offered."""
    session.get_one(Person, person_id).is_reachable = is_reachable
    session.flush()
    if is_reachable:
        rescue(session, now=now)
    else:
        pass_on_from(session, person_id=person_id, now=now)


def rescue(session: Session, *, now: datetime) -> int:
    """Offer the open reports that nobody is asked about to who can be asked now; return how many there were."""
    waiting = session.scalars(
        select(Report)
        .where(
            Report.status == Status.OPEN,
            ~exists().where(Offer.report_id == Report.id, Offer.state == OfferState.OFFERED),
        )
        .order_by(Report.id)
        .with_for_update(of=Report)
    ).all()
    rescued = [report for report in waiting if _choose(session, report)[1]]
    for report in rescued:
        pass_on(session, report, now=now)
        notices.changed(session, report, now=now)
    return len(rescued)


def holder_role(session: Session, report: Report) -> Role:
    """As what somebody holds the report: officer, lead, or the desk, for which an administrator may stand."""
    if report.level in (Level.LEAD, Level.TOWN):
        return Role.LEAD
    if report.level is not Level.DESK:
        return Role.OFFICER
    return Role.DESK if session.get(PersonRole, (report.officer_id, Role.DESK)) else Role.ADMIN


def alerted(session: Session, report: Report) -> list[int]:
    """Who is to hear of news of the report: who decides, the officer who has it, else those it is offered to."""
    asked = OfferState.RAISED if report.status is Status.REVIEW else OfferState.OFFERED
    if report.officer_id is not None and report.status is not Status.REVIEW:
        return [report.officer_id]
    return list(session.scalars(select(Offer.person_id).where(Offer.report_id == report.id, Offer.state == asked)))


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
        raise NotAllowed(report_id=report_id)
    return report


def _others_are_asked(session: Session, report: Report) -> bool:
    """Whether anybody is (still) asked about the report; if so, one of them is responsible for it."""
    asked = select(Offer.person_id).where(Offer.report_id == report.id, Offer.state == OfferState.OFFERED)
    people = session.scalars(asked.order_by(Offer.person_id)).all()
    if people and report.responsible_id not in people:
        report.responsible_id = people[0]
    return bool(people)


def _choose(session: Session, report: Report) -> tuple[Level, list[int]]:
    """The first step that has somebody who has not passed it on; the county desk with nobody, if none has."""
    session.flush()
    out = set(_DECLINED.scalars(session, report_id=report.id))
    for level, people in _steps(session, report):
        left = [person_id for person_id in people if person_id not in out]
        if left:
            return level, left
    return LADDER[-1], []


def _steps(session: Session, report: Report) -> Iterator[tuple[Level, Sequence[int]]]:
    """Who can be asked at each step: joined, reachable and, of a grid's officers, on duty. Last, the administrators."""
    if report.grid_id is not None:
        yield Level.PRIMARY, _PRIMARY.scalars(session, grid_id=report.grid_id)
        yield Level.DEPUTY, _DEPUTY.scalars(session, grid_id=report.grid_id)
        yield Level.COMMUNITY, _NEAR.scalars(session, grid_id=report.grid_id)
        yield Level.LEAD, _LEADS.scalars(session, grid_id=report.grid_id)
        yield Level.TOWN, _TOWN.scalars(session, grid_id=report.grid_id)
    for role in (Role.DESK, Role.ADMIN):
        yield Level.DESK, _OF_ROLE.scalars(session, role=role)
