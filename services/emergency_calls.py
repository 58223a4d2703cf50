"""Calling people to an emergency: the teams at its beginning, then again and again whoever is silent.

A call is a row with the moment at which the clock looks at it next. A round of calls is one transaction with all that
it says: with two clocks running, or after a crash, it happens exactly once.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import Session

from services import ladder, lifecycle, notices, one_by_one, teams
from storage.kinds import EventKind
from storage.schema import Emergency, EmergencyCall, Person, Report, TeamMember
from storage.team_kinds import CallState, Rank

SILENT = timedelta(minutes=2)
"""Who has not answered by then is called again."""
MOST_PUSHES = 4
"""How often a phone rings for one emergency."""
COMING = (CallState.CALLED, CallState.ON_WAY, CallState.ARRIVED)
"""Who was called, and has not said that he cannot come."""
AT_ONCE = 20
"""Emergencies that one tick looks at, in one transaction."""

GOES_ON = Emergency.ended_at.is_(None)

CALL = ("person_id", "team_id", "deputy_of", "called_at", "pushes")
ANSWER = ("state", "answered_at", "arrived_at", "push_again_at")
"""What a call says: who was called, and what he answered."""


def call_teams(session: Session, emergency: Emergency, report: Report, *, now: datetime) -> list[int]:
    """Call the leads of each team named; of a team without one who can be reached, the deputies. Who can be called."""
    everybody = teams.members(session, [team.id for team in teams.named_for(session, report)])
    calls = _add(session, emergency.id, [row for row in everybody if row[0].rank is Rank.LEAD], now=now)
    answering = {call.team_id for call in calls if call.state is CallState.CALLED}
    left = [row for row in everybody if row[0].rank is Rank.DEPUTY and row[0].team_id not in answering]
    calls += _add(session, emergency.id, left, now=now)
    return [call.person_id for call in calls if call.state is CallState.CALLED]


def call_deputies(session: Session, silent: Iterable[EmergencyCall], *, now: datetime) -> list[int]:
    """Call the deputies of these leads who have not been called yet; who can be called."""
    called = []
    for call in silent:
        if call.deputy_of is not None:
            continue
        everybody = teams.members(session, [call.team_id])
        deputies = [row for row in everybody if row[0].rank is Rank.DEPUTY]
        called += _add(session, call.emergency_id, deputies, deputy_of=call.person_id, now=now)
    return [call.person_id for call in called if call.state is CallState.CALLED]


def command(session: Session, report: Report, emergency: Emergency) -> list[int]:
    """Who commands; each once."""
    officer = [report.officer_id] if report.officer_id is not None else []
    return list(dict.fromkeys([emergency.begun_by, *officer, *ladder.desk(session)]))


def standing_by(session: Session, emergency_id: int) -> Sequence[int]:
    """If nobody comes who was called, the desk and all administrators: they telephone."""
    its = exists().where(EmergencyCall.emergency_id == emergency_id, EmergencyCall.state.in_(COMING))
    session.flush()
    return [] if session.scalar(select(its)) else ladder.desk_and_administrators(session)


def to_rally(session: Session, report: Report, emergency_id: int) -> list[int]:
    """Whose phones ring when the last who was called has turned out not to come: who commands, and who stands by."""
    people = standing_by(session, emergency_id)
    if not people:
        return []
    known = select(EmergencyCall.person_id).where(EmergencyCall.emergency_id == emergency_id)
    everybody = {*command(session, report, session.get_one(Emergency, emergency_id)), *people}
    return sorted(everybody - set(session.scalars(known)))


def take_along(session: Session, emergency_id: int, other_id: int, *, now: datetime) -> list[int]:
    """Who was called to the one is called to the other, with what he has answered; return who is new there, and comes.

    Who was called to both is where he said that he is; of two answers, that of the other emergency holds. Who is new
    and silent has as much time to answer as anybody whose phone rings now.
    """
    its, others = (select(EmergencyCall).where(EmergencyCall.emergency_id == one) for one in (emergency_id, other_id))
    there = {call.person_id: call for call in session.scalars(others)}
    joined = []
    for call in session.scalars(its.order_by(EmergencyCall.person_id)).all():
        known = there.get(call.person_id)
        facts = {name: getattr(call, name) for name in ANSWER}
        if known is None:
            new = EmergencyCall(emergency_id=other_id, **{name: getattr(call, name) for name in CALL}, **facts)
            if call.push_again_at is not None:
                _rang_again(new, now=now)
            session.add(new)
            joined += [call.person_id] if call.state in COMING else []
        elif known.state is CallState.CALLED and call.state is not CallState.CALLED:
            for name, value in facts.items():
                setattr(known, name, value)
    session.flush()
    return joined


def ring(
    session: Session, report: Report, emergency_id: int, silent: list[int], others: list[int], *, now: datetime
) -> list[int]:
    """These phones ring, and everybody sees it; who had not even got the last message is not among those returned."""
    rung = notices.emergency_called(session, report, emergency_id, [*silent, *others], now=now)
    if rung:
        facts = {"emergency": emergency_id, "silent": [one for one in silent if one in rung], "people": others}
        lifecycle.record(session, report, EventKind.EMERGENCY_CALLED, by=None, now=now, facts=facts)
    notices.emergency_changed(session, report, now=now, except_for=rung)
    return rung


def tick(session: Session, *, now: datetime, most: int = AT_ONCE) -> int:
    """Call again who was silent; return how many emergencies were looked at.

    However long the process was stopped, each phone rings once for it.
    """
    waits = (
        select(Emergency.report_id)
        .join(EmergencyCall, EmergencyCall.emergency_id == Emergency.id)
        .where(EmergencyCall.push_again_at <= now)
    )
    due = session.scalars(
        select(Report)
        .where(Report.id.in_(waits), Report.status.in_(lifecycle.ACTIVE))  # what is fixed rings no phone
        .order_by(Report.id)
        .limit(most)
        .with_for_update(of=Report, skip_locked=True)
    ).all()
    return one_by_one.handle(
        session,
        due,
        lambda report: _call_again(session, report, now=now),
        put_off=lambda report: _put_off(session, report, now=now),
        name=one_by_one.report_name,
    )


def unreachable(session: Session, *, person_id: int, now: datetime) -> None:
    """Somebody who was called, and has not answered, has blocked the bot: his deputies are called at once."""
    reports = session.scalars(
        select(Report)
        .join(Emergency, Emergency.report_id == Report.id)
        .join(EmergencyCall, EmergencyCall.emergency_id == Emergency.id)
        .where(EmergencyCall.person_id == person_id, EmergencyCall.state == CallState.CALLED, GOES_ON)
        .order_by(Report.id)
        .with_for_update(of=Report)
    ).all()
    for report in reports:
        for call in _silent(session, report, EmergencyCall.person_id == person_id):
            call.state, call.push_again_at = CallState.UNREACHABLE, None
            call.pushes = notices.rung(session, report, call.emergency_id, person_id)
            if report.status in lifecycle.ACTIVE:
                deputies = call_deputies(session, [call], now=now)
                people = [*deputies, *to_rally(session, report, call.emergency_id)]
                ring(session, report, call.emergency_id, [], people, now=now)


def _call_again(session: Session, report: Report, *, now: datetime) -> None:
    """The silent ones once more, and the deputies of those who lead."""
    due = _silent(session, report, EmergencyCall.push_again_at <= now)
    if not due:  # answered while we waited for the report
        return
    deputies = call_deputies(session, due, now=now)
    rung = ring(session, report, due[0].emergency_id, [call.person_id for call in due], deputies, now=now)
    for call in due:
        if call.person_id in rung:
            _rang_again(call, now=now)
        else:
            call.push_again_at = now + SILENT


def _rang_again(call: EmergencyCall, *, now: datetime) -> None:
    """Note that the phone rings once more."""
    call.pushes += 1
    call.push_again_at = now + SILENT if call.pushes < MOST_PUSHES else None


def _silent(session: Session, report: Report, which: ColumnElement[bool]) -> Sequence[EmergencyCall]:
    """The calls to what goes on, of a locked report, that nobody has answered: as they are now."""
    return session.scalars(
        select(EmergencyCall)
        .join(Emergency, Emergency.id == EmergencyCall.emergency_id)
        .where(Emergency.report_id == report.id, EmergencyCall.state == CallState.CALLED, GOES_ON, which)
        .order_by(EmergencyCall.person_id)
        .execution_options(populate_existing=True)
    ).all()


def _add(
    session: Session,
    emergency_id: int,
    people: Iterable[tuple[TeamMember, Person]],
    *,
    now: datetime,
    deputy_of: int | None = None,
) -> list[EmergencyCall]:
    """Note that these people are called, each once however many teams he is of."""
    known = set(session.scalars(select(EmergencyCall.person_id).where(EmergencyCall.emergency_id == emergency_id)))
    calls = {
        person.id: EmergencyCall(
            emergency_id=emergency_id,
            person_id=person.id,
            team_id=member.team_id,
            deputy_of=deputy_of,
            state=CallState.CALLED if teams.can_be_reached(person) else CallState.UNREACHABLE,
            called_at=now,
            pushes=1 if teams.can_be_reached(person) else 0,
            push_again_at=now + SILENT if teams.can_be_reached(person) else None,
        )
        for member, person in reversed(list(people))  # of several teams, the first counts
        if person.id not in known
    }
    added = list(reversed(calls.values()))
    session.add_all(added)
    session.flush()
    return added


def _put_off(session: Session, report: Report, *, now: datetime) -> None:
    """What cannot be handled is looked at again a minute later, and holds up nothing else."""
    its = select(Emergency.id).where(Emergency.report_id == report.id)
    session.execute(
        update(EmergencyCall)
        .where(EmergencyCall.emergency_id.in_(its), EmergencyCall.push_again_at <= now)
        .values(push_again_at=now + one_by_one.AFTER_A_FAILURE)
        .execution_options(synchronize_session=False)
    )
