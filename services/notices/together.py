"""What those hear who are brought in: by a task, or by an emergency and its shared card."""

from collections.abc import Collection, Container, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from services.notices.writing import edit, find_waiting, put, urgency_of, waiting_edits
from storage.kinds import Message, OutboxState, Urgency
from storage.schema import OutboxMessage, Report, ShownCard, Task


def task_given(session: Session, report: Report, task_id: int, people: Iterable[int], *, now: datetime) -> None:
    """Each of these people is asked to help."""
    urgency = urgency_of(report)
    for person_id in people:
        put(session, person_id, Message.TASK, report=report, facts={"task": task_id}, urgency=urgency, now=now)


def task_news(session: Session, report: Report, person_id: int, task: Task, *, now: datetime) -> None:
    """The lead hears what became of a task."""
    facts = {"task": task.id, "state": str(task.state)}
    put(session, person_id, Message.TASK_NEWS, report=report, facts=facts, now=now)


def task_silent(session: Session, report: Report, person_id: int, task: Task, *, now: datetime) -> None:
    """The lead hears, once of each task, that nobody takes it, or that nobody who could can be reached; and once, that
    who had taken it cannot be.
    """
    facts = {"task": task.id, "state": str(task.state)}
    if not any(facts.items() <= (row.facts or {}).items() for row in _about(session, report, Message.TASK_SILENT)):
        put(session, person_id, Message.TASK_SILENT, report=report, facts=facts, now=now)


def task_off(session: Session, report: Report, person_id: int, task_id: int, *, now: datetime) -> None:
    """Who had accepted a task hears that it is no longer needed."""
    put(session, person_id, Message.TASK_OFF, report=report, facts={"task": task_id}, now=now)


def tasks_moved(session: Session, report: Report, target: Report, task_ids: Collection[int]) -> None:
    """These tasks are the other report's now: so are their cards, those on their way, too."""
    for message in (Message.TASK, Message.TASK_SILENT):
        for row in _about(session, report, message):
            if (row.facts or {})["task"] in task_ids:
                row.report_id = target.id
    cards = select(ShownCard).where(ShownCard.report_id == report.id, ShownCard.shows == Message.TASK)
    for shown in session.scalars(cards.where(ShownCard.about_id.in_(task_ids))).all():
        shown.report_id = target.id
    session.flush()


def asked_for(session: Session, report: Report, task_id: int) -> set[int]:
    """Who was asked to do the task."""
    return {row.person_id for row in _asking(session, report, task_id)}


def task_rings(session: Session, report: Report, task_id: int) -> bool:
    """Whether somebody is still to hear that he is asked, for the first time or once more."""
    waits = (OutboxState.AVAILABLE, OutboxState.CLAIMED)
    return any(row.push_again_at or row.state in waits for row in _asking(session, report, task_id))


def emergency_called(
    session: Session, report: Report, emergency_id: int, people: Iterable[int], *, now: datetime
) -> list[int]:
    """These people's phones ring, at the same moment; a card that was there goes. Who is still to get the last one is
    left out; the others are returned.
    """
    rung = []
    for person_id in people:
        waiting = find_waiting(session, report, person_id, Message.EMERGENCY)
        if waiting is not None:
            if (waiting.facts or {})["emergency"] != emergency_id:  # of one that ended before anybody got it
                waiting.facts = {**(waiting.facts or {}), "emergency": emergency_id}
                rung.append(person_id)
            continue
        shown = session.scalars(_emergency_cards(report).where(ShownCard.person_id == person_id)).first()
        facts = {"emergency": emergency_id} | ({"deletes": shown.message_id} if shown is not None else {})
        put(session, person_id, Message.EMERGENCY, report=report, facts=facts, urgency=Urgency.URGENT, now=now)
        rung.append(person_id)
    return rung


def emergency_changed(session: Session, report: Report, *, now: datetime, except_for: Container[int] = ()) -> None:
    """The shared card is edited in every chat where it is, once however many answers came in meanwhile; except for
    those who are just getting a new one.
    """
    waiting = waiting_edits(session, report.id)
    for shown in session.scalars(_emergency_cards(report)).all():
        if shown.message_id not in waiting.get(shown.person_id, {}) and shown.person_id not in except_for:
            edit(session, shown, now=now)


def emergency_moved(session: Session, report: Report, target: Report) -> None:
    """The emergency is the other report's now: so are its cards, those on their way, too."""
    its = OutboxMessage.report_id == report.id, OutboxMessage.message == Message.EMERGENCY
    session.execute(update(OutboxMessage).where(*its).values(report_id=target.id))
    for shown in session.scalars(_emergency_cards(report)).all():
        shown.report_id = target.id
    session.flush()


def emergency_over(
    session: Session, report: Report, emergency_id: int, people: Iterable[int], *, now: datetime
) -> None:
    """These people hear that it is over."""
    for person_id in people:
        facts = {"emergency": emergency_id}
        put(session, person_id, Message.EMERGENCY_OVER, report=report, facts=facts, now=now)


def emergency_record(
    session: Session, report: Report, emergency_id: int, people: Iterable[int], *, now: datetime
) -> None:
    """Each of these people gets the record for the file."""
    for person_id in people:
        facts = {"emergency": emergency_id}
        put(session, person_id, Message.EMERGENCY_RECORD, report=report, facts=facts, now=now)


def rung(session: Session, report: Report, emergency_id: int, person_id: int) -> int:
    """How often the person's phone has rung for the emergency: what did not get there does not count."""
    its = [row for row in _calling(session, report, emergency_id) if row.person_id == person_id]
    return sum(row.state is OutboxState.DELIVERED for row in its)


def emergency_rang(session: Session, report: Report, emergency_id: int) -> set[int]:
    """All who were told of the emergency."""
    return {row.person_id for row in _calling(session, report, emergency_id)}


def _emergency_cards(report: Report) -> Select[ShownCard]:
    return select(ShownCard).where(ShownCard.report_id == report.id, ShownCard.shows == Message.EMERGENCY)


def _calling(session: Session, report: Report, emergency_id: int) -> list[OutboxMessage]:
    rows = _about(session, report, Message.EMERGENCY)
    return [row for row in rows if (row.facts or {})["emergency"] == emergency_id]


def _asking(session: Session, report: Report, task_id: int) -> list[OutboxMessage]:
    return [row for row in _about(session, report, Message.TASK) if (row.facts or {})["task"] == task_id]


def _about(session: Session, report: Report, message: Message) -> Sequence[OutboxMessage]:
    return session.scalars(
        select(OutboxMessage).where(OutboxMessage.report_id == report.id, OutboxMessage.message == message)
    ).all()
