"""One command for emergencies: all teams named for a report's category and place are called at the same second.

Everybody who was called answers with a tap, and all of them, with those who command, share one live card. Whose phone
is silent for two minutes is called again, and so are the team's deputies. At the end there is a record for the file.

Who commands: whoever began it, the officer who has the report, the county desk.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services import emergency_calls, lifecycle, notices
from services.emergency_calls import command
from services.errors import EmergencyGoesOn, EmergencyOver, NoEmergency, NotAllowed, NotPossible
from storage.kinds import EventKind, Role
from storage.schema import Emergency, EmergencyCall, Offer, PersonRole, Report
from storage.team_kinds import CallState

COMMAND = frozenset({Role.DESK, Role.ADMIN})


def begin(session: Session, *, report_id: int, by: int, now: datetime) -> Emergency:
    """Call everybody. If nobody can be reached here, the desk and all administrators are told: they telephone.

    So they are when that is found out later, or nobody who was called can come.

    Raises:
        NoEmergency: ``by`` is neither of the desk, nor an officer who has or was offered the report.
        ReportEnded: nobody works on it any more.
        EmergencyGoesOn: it is one already.
    """
    report = lifecycle.load(session, report_id)
    _require_may_begin(session, report, by)
    lifecycle.require_alive(report)
    if going_on(session, report_id) is not None:
        raise EmergencyGoesOn(report_id=report_id)
    emergency = Emergency(report_id=report_id, begun_by=by, begun_at=now)
    session.add(emergency)
    session.flush()
    called = emergency_calls.call_teams(session, emergency, report, now=now)
    facts = {"emergency": emergency.id, "people": called}
    lifecycle.record(session, report, EventKind.EMERGENCY_BEGUN, by=by, now=now, facts=facts)
    watch = command(session, report, emergency), emergency_calls.standing_by(session, emergency.id)
    watching = [one for one in dict.fromkeys(chain(*watch)) if one not in called]
    notices.emergency_called(session, report, emergency.id, [*called, *watching], now=now)
    notices.changed(session, report, now=now)
    return emergency


def set_out(session: Session, *, emergency_id: int, person_id: int, now: datetime) -> None:
    """«On my way».

    Raises:
        NotAllowed: the person was not called.
        EmergencyOver: it has ended.
    """
    report, call = _load_call(session, emergency_id, person_id)
    if call.state in (CallState.ON_WAY, CallState.ARRIVED):
        return
    call.state, call.answered_at, call.push_again_at = CallState.ON_WAY, now, None
    _tell(session, report, EventKind.EMERGENCY_ON_WAY, call, now=now)


def arrive(session: Session, *, emergency_id: int, person_id: int, now: datetime) -> None:
    """«Arrived»; also of somebody who never said that he was on his way.

    Raises:
        NotAllowed: the person was not called.
        EmergencyOver: it has ended.
    """
    report, call = _load_call(session, emergency_id, person_id)
    if call.state is CallState.ARRIVED:
        return
    if call.state is not CallState.ON_WAY:
        call.answered_at = now
    call.state, call.arrived_at, call.push_again_at = CallState.ARRIVED, now, None
    _tell(session, report, EventKind.EMERGENCY_ARRIVED, call, now=now)


def decline(session: Session, *, emergency_id: int, person_id: int, now: datetime) -> None:
    """«Cannot come»: a lead's deputies are called at once, unless the report is fixed already. If he was the last who
    might have come, the desk and all administrators hear it.

    Raises:
        NotAllowed: the person was not called.
        NotPossible: he has arrived.
        EmergencyOver: it has ended.
    """
    report, call = _load_call(session, emergency_id, person_id)
    if call.state is CallState.ARRIVED:
        raise NotPossible(emergency_id=emergency_id)
    if call.state is CallState.DECLINED:
        return
    might_come = call.state in emergency_calls.COMING
    call.state, call.answered_at, call.push_again_at = CallState.DECLINED, now, None
    is_alive = report.status in lifecycle.ACTIVE
    people = emergency_calls.call_deputies(session, [call], now=now) if is_alive else []
    if is_alive and might_come:
        people += emergency_calls.to_rally(session, report, emergency_id)
    _tell(session, report, EventKind.EMERGENCY_DECLINED, call, now=now)
    emergency_calls.ring(session, report, emergency_id, [], people, now=now)


def end(session: Session, *, emergency_id: int, by: int, now: datetime) -> Emergency:
    """It is over: all who were called, or asked to stand by, hear of it, and who commands gets the record.

    Raises:
        NotAllowed: ``by`` does not command.
        EmergencyOver: it has ended before.
    """
    report, emergency = _load(session, emergency_id)
    _require_command(session, report, emergency, by)
    _require_going_on(emergency)
    _end(session, report, emergency, by=by, now=now)
    _tell_over(session, report, emergency, now=now)
    return emergency


def end_with(session: Session, report: Report, *, now: datetime) -> None:
    """The report, which is locked, is over: so is its emergency, if there is one. Who ended the report is not told."""
    emergency = going_on(session, report.id)
    if emergency is not None:
        _end(session, report, emergency, by=None, now=now)
        _tell_over(session, report, emergency, now=now)


def move_to(session: Session, report: Report, target: Report, *, now: datetime) -> None:
    """The report goes on in another; both are locked. So does its emergency, with its card and all who were called.

    Where the other one has an emergency already, those who were called to this one are called to that; this one ends.
    """
    emergency, there = going_on(session, report.id), going_on(session, target.id)
    if emergency is None:
        return
    session.flush()
    if there is not None:
        joined = emergency_calls.take_along(session, emergency.id, there.id, now=now)
        emergency_calls.ring(session, target, there.id, [], joined, now=now)
        _end(session, report, emergency, by=None, now=now)
        others = notices.emergency_rang(session, target, there.id)
        left = [one for one in _standing_by(session, report, emergency) if one not in others]
        notices.emergency_over(session, report, emergency.id, left, now=now)
        return
    have_it = {*command(session, report, emergency), *_coming(session, emergency.id)}
    emergency.report_id = target.id
    notices.emergency_moved(session, report, target)
    new = [one for one in command(session, target, emergency) if one not in have_it]
    notices.emergency_called(session, target, emergency.id, new, now=now)


def send_record(session: Session, *, emergency_id: int, by: int, now: datetime) -> None:
    """The record once more, of an emergency that has ended.

    Raises:
        NotAllowed: ``by`` does not command.
        NotPossible: it still goes on.
    """
    report, emergency = _load(session, emergency_id)
    _require_command(session, report, emergency, by)
    if emergency.ended_at is None:
        raise NotPossible(emergency_id=emergency_id)
    notices.emergency_record(session, report, emergency_id, [by], now=now)


def going_on(session: Session, report_id: int) -> Emergency | None:
    """The report's emergency that has not ended."""
    return session.scalar(select(Emergency).where(Emergency.report_id == report_id, Emergency.ended_at.is_(None)))


def check_begin(session: Session, *, report_id: int, by: int, now: datetime) -> None:
    """Whether the person may begin one.

    Raises:
        NoEmergency, ReportEnded, EmergencyGoesOn: as in `begin`.
    """
    report = lifecycle.load(session, report_id)
    _require_may_begin(session, report, by)
    lifecycle.require_alive(report)
    if going_on(session, report_id) is not None:
        raise EmergencyGoesOn(report_id=report_id)


def commands(session: Session, report: Report, emergency: Emergency, person_id: int) -> bool:
    """Whether the person may end it and have the record; an administrator always may."""
    return person_id in (emergency.begun_by, report.officer_id) or has_command(session, person_id)


def has_command(session: Session, person_id: int) -> bool:
    """Whether the person may begin and end any: of the desk, or an administrator."""
    held = session.scalars(select(PersonRole.role).where(PersonRole.person_id == person_id))
    return not COMMAND.isdisjoint(held)


def _end(session: Session, report: Report, emergency: Emergency, *, by: int | None, now: datetime) -> None:
    """Nobody is called any more, everybody sees it, and who commands gets the record."""
    emergency.ended_by, emergency.ended_at = by, now
    its = update(EmergencyCall).where(EmergencyCall.emergency_id == emergency.id)
    session.execute(its.values(push_again_at=None))
    lifecycle.record(session, report, EventKind.EMERGENCY_ENDED, by=by, now=now, facts={"emergency": emergency.id})
    notices.changed(session, report, now=now)
    notices.emergency_record(session, report, emergency.id, command(session, report, emergency), now=now)


def _tell_over(session: Session, report: Report, emergency: Emergency, *, now: datetime) -> None:
    """Who was called, and has not said that he cannot come, and who was asked to stand by."""
    people = [*_coming(session, emergency.id), *_standing_by(session, report, emergency)]
    notices.emergency_over(session, report, emergency.id, people, now=now)


def _standing_by(session: Session, report: Report, emergency: Emergency) -> list[int]:
    """Whose phones rang though they were not called, and who do not get the record; not who has just ended it."""
    called = session.scalars(select(EmergencyCall.person_id).where(EmergencyCall.emergency_id == emergency.id))
    others = {*called, *command(session, report, emergency), emergency.ended_by}
    return sorted(notices.emergency_rang(session, report, emergency.id) - others)


def _tell(session: Session, report: Report, kind: EventKind, call: EmergencyCall, *, now: datetime) -> None:
    """The event, and the card in every chat."""
    facts = {"emergency": call.emergency_id}
    lifecycle.record(session, report, kind, by=call.person_id, now=now, facts=facts)
    session.flush()
    notices.emergency_changed(session, report, now=now)


def _load(session: Session, emergency_id: int) -> tuple[Report, Emergency]:
    """An emergency to change; no other transaction can change it, or its report, meanwhile.

    It goes on with its report, which may have been merged just now.
    """
    report_id = session.scalar(select(Emergency.report_id).where(Emergency.id == emergency_id))
    while report_id is not None:
        report = lifecycle.load(session, report_id)
        emergency = session.get_one(Emergency, emergency_id, populate_existing=True)
        if emergency.report_id == report.id:
            return report, emergency
        report_id = emergency.report_id
    raise NotAllowed(emergency_id=emergency_id)


def _load_call(session: Session, emergency_id: int, person_id: int) -> tuple[Report, EmergencyCall]:
    report, emergency = _load(session, emergency_id)
    call = session.get(EmergencyCall, (emergency_id, person_id), populate_existing=True)
    if call is None:
        raise NotAllowed(emergency_id=emergency_id)
    _require_going_on(emergency)
    return report, call


def _require_going_on(emergency: Emergency) -> None:
    if emergency.ended_at is not None:
        raise EmergencyOver(emergency_id=emergency.id)


def _require_may_begin(session: Session, report: Report, person_id: int) -> None:
    """The desk may always; an officer, if he has the report or it was offered to him."""
    if has_command(session, person_id):
        return
    is_officer = session.get(PersonRole, (person_id, Role.OFFICER)) is not None
    was_asked = report.officer_id == person_id or session.get(Offer, (report.id, person_id)) is not None
    if not (is_officer and was_asked):
        raise NoEmergency


def _require_command(session: Session, report: Report, emergency: Emergency, person_id: int) -> None:
    if not commands(session, report, emergency, person_id):
        raise NotAllowed(emergency_id=emergency.id)


def _coming(session: Session, emergency_id: int) -> Sequence[int]:
    """Who was called, and has not said that he cannot come."""
    return session.scalars(
        select(EmergencyCall.person_id)
        .where(EmergencyCall.emergency_id == emergency_id, EmergencyCall.state.in_(emergency_calls.COMING))
        .order_by(EmergencyCall.person_id)
    ).all()
