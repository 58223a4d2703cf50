"""About which report somebody was asked, or spoke, not long ago: what is sent without a button may be meant for it."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, or_, select
from sqlalchemy.orm import Session

from storage.kinds import EventKind, Status, WaitingFor
from storage.prepared import Prepared
from storage.schema import Event, Report

ANSWER_WITHIN = timedelta(minutes=30)
"""How long after a question a new part may be the answer to it, and after *Accept* (or an answer) a question."""

_event, _report = Event.__table__.c, Report.__table__.c
_is_awaited = (_event.kind == EventKind.PAUSED) & (_report.waiting_for == WaitingFor.REPORTER)
_ASKED = Prepared(
    select(_event.report_id, _event.at)
    .join(Report.__table__, _report.id == _event.report_id)
    .where(
        _report.reporter_id == bindparam("person_id"),
        _report.status == Status.ACCEPTED,
        or_(_event.kind == EventKind.ASKED, _is_awaited),
        _event.at >= bindparam("since"),
    )
    .order_by(_event.at.desc())
    .limit(1)
)

MOST_CASES = 2
"""Reports whose reporters a holder is offered to speak to with what he sent without a button."""
_said = exists().where(
    _event.report_id == _report.id,
    or_(_event.kind == EventKind.ASKED, _event.kind == EventKind.ANSWERED),
    _event.at >= bindparam("since"),
)
_HELD = Prepared(
    select(_report.id)
    .where(
        _report.officer_id == bindparam("person_id"),
        _report.status == Status.ACCEPTED,
        or_(_report.accepted_at >= bindparam("since"), _said),
    )
    .order_by(_report.accepted_at.desc(), _report.id.desc())
    .limit(MOST_CASES)
)


def question(session: Session, *, person_id: int, now: datetime) -> tuple[int, datetime] | None:
    """About which report the person was asked not long ago, and when, if the talk about it is open.

    That the officer waits for his answer is a question, too.
    """
    row = _ASKED.first(session, person_id=person_id, since=now - ANSWER_WITHIN)
    return None if row is None else (row.report_id, row.at)


def cases(session: Session, *, person_id: int, now: datetime) -> tuple[int, ...]:
    """What the person accepted, or spoke about, not long ago and still holds, the newest first."""
    return tuple(_HELD.scalars(session, person_id=person_id, since=now - ANSWER_WITHIN))
