"""Bringing a report to somebody who can act: whom it is offered to, and who decides what is disputed.

The ladder: the grid's primary officers on duty, its deputies, the community's officers, its lead, the town's, the
county desk. Who was chosen and why is an event. A step is taken when nobody of the present one is left who could still
accept; `services/escalation.py` takes further ones when time runs out.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from services import deadlines, ladder, lifecycle, notices, promptness, worktime
from storage.kinds import EventKind, Level, MarkState, OfferState, Role, Status
from storage.prepared import Prepared
from storage.schema import FalseMark, Offer, PersonRole, Report

NOT_MY_GRID = "grid"
"""The code of that reason for «not mine» (`views/cases.py` has them all)."""
DECIDE = (Level.LEAD, Level.TOWN, Level.DESK)
"""The levels whose people decide what is disputed."""

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


def route(session: Session, report: Report, *, now: datetime) -> None:
    """Offer the report to the first step of the ladder that has somebody, from the bottom up."""
    promptness.note_broken(report, now=now)
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


def raise_to(session: Session, report: Report, level: Level, people: Sequence[int], *, now: datetime) -> None:
    """A deadline has passed: these people of that level may take it, too."""
    promptness.note_broken(report, now=now, is_over=True)
    report.level = level
    state = OfferState.OFFERED if report.status is Status.OPEN else OfferState.RAISED
    offer(session, report, level, people, state=state, now=now)
    if report.status is not Status.ACCEPTED:
        report.responsible_id = people[0]
    facts = {"level": str(level), "people": list(people), "from": str(report.status)}
    lifecycle.record(session, report, EventKind.RAISED, by=None, now=now, facts=facts)


def height(level: Level) -> int:
    """How far up the ladder that is."""
    return ladder.LADDER.index(level)


def asked_above(session: Session, report: Report, target: Report) -> list[int]:
    """Who is asked about the one report at a level above the other's, and has had nothing to do with that one."""
    session.flush()
    known = select(Offer.person_id).where(Offer.report_id == target.id, Offer.state != OfferState.CLOSED)
    asked = select(Offer).where(
        Offer.report_id == report.id,
        Offer.state.in_((OfferState.OFFERED, OfferState.RAISED)),
        Offer.person_id.not_in(known),
    )
    offers = session.scalars(asked.order_by(Offer.person_id)).all()
    highest_first = sorted(offers, key=lambda one: -height(one.level))
    return [one.person_id for one in highest_first if height(one.level) > height(target.level)]


def pass_on(session: Session, report: Report, *, now: datetime) -> None:
    """Offer it to others than before; they have what is left of the promise, or at least a fair time to look."""
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


def others_are_asked(session: Session, report: Report, *, now: datetime) -> bool:
    """Whether anybody is (still) asked about the report; if so, one of them is responsible for it."""
    promptness.note_broken(report, now=now)
    asked = select(Offer.person_id).where(Offer.report_id == report.id, Offer.state == OfferState.OFFERED)
    people = session.scalars(asked.order_by(Offer.person_id)).all()
    if people and report.responsible_id not in people:
        report.responsible_id = people[0]
    return bool(people)


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


def close_offers(session: Session, report: Report, *, now: datetime) -> None:
    """Nobody is asked about this report any more."""
    asked = (OfferState.OFFERED, OfferState.RAISED)
    for offer in session.scalars(select(Offer).where(Offer.report_id == report.id, Offer.state.in_(asked))):
        offer.state, offer.answered_at = OfferState.CLOSED, now


def forget_declines(session: Session, report: Report) -> None:
    """The report moved to another grid: who said «not my grid» of the old place may be asked about the new one."""
    for offer in session.scalars(
        select(Offer).where(Offer.report_id == report.id, Offer.state == OfferState.DECLINED, Offer.why == NOT_MY_GRID)
    ).all():
        offer.state = OfferState.CLOSED
    session.flush()


def ask_to_decide(session: Session, report: Report, *, now: datetime) -> list[int]:
    """Put a disputed report before the first of lead, town, desk and administrators who are not concerned; return them.

    Concerned are the reporter, who made the fix, and who called it false. Of a fix one of them decides where there is
    nobody else; with nobody at all it waits at the desk (see `presence.rescue`).
    """
    close_offers(session, report, now=now)
    steps, out = ladder.leads(session, report), concerned(session, report)
    others = [(level, [one for one in people if one not in out]) for level, people in steps]
    report.level, people = next(((level, found) for level, found in others if found), (Level.DESK, []))
    offer(session, report, report.level, people, state=OfferState.RAISED, now=now)
    alone = [] if is_called_false(session, report) else [one for _, found in steps for one in found][:1]
    report.responsible_id = next(iter(people or alone), None)
    notices.raised(session, report, people or alone, now=now)
    return people


def decider(session: Session, report: Report) -> Level | Role:
    """Who is to decide: the level that was asked last, where nobody of it could be, who stands in for it."""
    person_id = report.responsible_id
    if report.level is not Level.DESK or person_id is None:
        return report.level
    held = set(session.scalars(select(PersonRole.role).where(PersonRole.person_id == person_id)))
    if Role.DESK in held:
        return report.level
    return Role.ADMIN if Role.ADMIN in held else Level.LEAD


def lapsed(session: Session, report: Report) -> list[int]:
    """Who was asked to decide about it and had let his time pass when it was raised to others."""
    if report.status is not Status.REVIEW or report.step < deadlines.DEADLINE:
        return []
    earlier = (Offer.level != report.level) | (Offer.offered_at <= report.phase_from)
    asked = select(Offer.person_id).where(Offer.report_id == report.id, Offer.state == OfferState.RAISED, earlier)
    return list(session.scalars(asked.order_by(Offer.person_id)))


def concerned(session: Session, report: Report) -> set[int | None]:
    """Who must not decide what is disputed."""
    if report.status is not Status.REVIEW:
        return set()
    disputed = (FalseMark.report_id == report.id, FalseMark.state == MarkState.DISPUTED)
    marked = session.scalars(select(FalseMark.by_id).where(*disputed)).all()
    return {report.reporter_id, report.officer_id, *marked}


def is_called_false(session: Session, report: Report) -> bool:
    """Whether it is disputed that the report is true, and not that it is fixed."""
    mark = exists().where(FalseMark.report_id == report.id, FalseMark.state == MarkState.DISPUTED)
    return bool(session.scalar(select(mark)))
