"""Bringing others in: the lead of a report asks a team or another grid, each of whom has a task of its own.

The lead is the officer who has the report. A task is offered to all who may take it; the first has it. The report is
resolved when all are done: `services/open_tasks.py` holds it so.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import dispatch, ledger, lifecycle, notices, open_tasks, teams
from services.errors import (
    AlreadyAccepted,
    AlreadyAsked,
    AlreadyYours,
    NobodyToAsk,
    NotAllowed,
    NotPossible,
    TaskOver,
)
from services.words import clean
from storage.kinds import EventKind, Role
from storage.schema import Duty, Grid, Person, Report, Task, Team
from storage.team_kinds import TaskState


def give_team(session: Session, *, report_id: int, officer_id: int, team_id: int, now: datetime) -> Task:
    """Bring in a team that serves the report's town.

    Raises:
        NotAllowed, ReportEnded, NotPossible: it is not this officer's report; the team does not serve there.
        AlreadyAsked: the team has an open task for it.
        NobodyToAsk: nobody of the team can be reached.
    """
    report = dispatch.require_own(session, report_id=report_id, officer_id=officer_id)
    team = session.get(Team, team_id)
    if team is None or team not in teams.serving(session, report):
        raise NotPossible(report_id=report_id)
    return _give(session, report, Task(team_id=team_id), now=now)


def give_grid(session: Session, *, report_id: int, officer_id: int, grid_id: int, now: datetime) -> Task:
    """Bring in the officers of another grid.

    Raises:
        NotAllowed, ReportEnded, NotPossible: it is not this officer's report; there is no such other grid.
        AlreadyAsked: the grid has an open task for it.
        NobodyToAsk: nobody of the grid is on duty.
    """
    report = dispatch.require_own(session, report_id=report_id, officer_id=officer_id)
    if grid_id == report.grid_id or session.get(Grid, grid_id) is None:
        raise NotPossible(report_id=report_id)
    return _give(session, report, Task(grid_id=grid_id), now=now)


def accept(session: Session, *, task_id: int, person_id: int, now: datetime) -> Task:
    """Take a task on: the first one has it.

    Raises:
        NotAllowed: the person is neither of the team nor of the grid.
        AlreadyAccepted, AlreadyYours: somebody has it; ``name`` is who.
        TaskOver, ReportEnded: there is nothing to do any more.
    """
    report, task = _load(session, task_id)
    _require_asked(session, task, person_id)
    if task.state is TaskState.ACCEPTED:
        if task.accepted_by == person_id:
            raise AlreadyYours(task_id=task_id)
        holder = session.get_one(Person, task.accepted_by)
        role = Role.OFFICER if task.team_id is None else Role.MEMBER
        raise AlreadyAccepted(task_id=task_id, name=holder.known_as or holder.name, role=role)
    _require_open(report, task)
    task.state, task.accepted_by, task.accepted_at = TaskState.ACCEPTED, person_id, now
    ledger.task_opened(session, task_id=task_id, person_id=person_id, now=now, is_answer=True)
    _tell(session, report, task, EventKind.TASK_ACCEPTED, by=person_id, now=now)
    return task


def decline(session: Session, *, task_id: int, person_id: int, why: str, now: datetime) -> Task:
    """Say for the team or grid that it cannot do it; also after having accepted.

    Raises:
        NotAllowed: the task is somebody else's.
        TaskOver, ReportEnded: there is nothing to do any more.
    """
    report, task = _load(session, task_id)
    _require_asked(session, task, person_id)
    _require_open(report, task)
    if task.accepted_by not in (None, person_id):
        raise NotAllowed(task_id=task_id)
    task.state, task.ended_at, task.words = TaskState.DECLINED, now, clean(why, most=500)
    ledger.task_opened(session, task_id=task_id, person_id=person_id, now=now, is_answer=True)
    _tell(session, report, task, EventKind.TASK_DECLINED, by=person_id, now=now)
    return task


def finish(session: Session, *, task_id: int, person_id: int, words: str | None, now: datetime) -> Task:
    """The task is done; words say what was done.

    Raises:
        NotAllowed: somebody else has it, or nobody.
        TaskOver, ReportEnded: there is nothing to do any more.
        NoWords, WordsTooLong: the words are empty or too long.
    """
    report, task = require_own(session, task_id=task_id, person_id=person_id)
    task.state, task.ended_at, task.words = TaskState.DONE, now, clean(words, most=500) if words else None
    _tell(session, report, task, EventKind.TASK_DONE, by=person_id, now=now)
    return task


def drop(session: Session, *, task_id: int, officer_id: int, why: str, now: datetime) -> Task:
    """The lead needs the task no more, and says why.

    Raises:
        NotAllowed, NotPossible, ReportEnded: it is not this officer's report.
        TaskOver: the task was over already.
        NoWords, WordsTooLong: the reason is empty or too long.
    """
    report, task = _load(session, task_id)
    dispatch.require_own(session, report_id=report.id, officer_id=officer_id)
    _require_open(report, task)
    open_tasks.drop(session, report, task, by=officer_id, why=clean(why, most=500), now=now)
    notices.changed(session, report, now=now)
    return task


def require_own(session: Session, *, task_id: int, person_id: int) -> tuple[Report, Task]:
    """Check that this person has accepted the task and may go on with it.

    Raises:
        NotAllowed: somebody else has it, or nobody.
        TaskOver, ReportEnded: there is nothing to do any more.
    """
    report, task = _load(session, task_id)
    if task.accepted_by != person_id:
        raise NotAllowed(task_id=task_id)
    _require_open(report, task)
    return report, task


def check_own(session: Session, *, task_id: int, person_id: int, now: datetime) -> None:
    """`require_own` as a unit of work."""
    require_own(session, task_id=task_id, person_id=person_id)


def check_lead(session: Session, *, task_id: int, officer_id: int, now: datetime) -> None:
    """Whether this officer may drop the task.

    Raises:
        NotAllowed, NotPossible, ReportEnded, TaskOver: as in `drop`.
    """
    report, task = _load(session, task_id)
    dispatch.require_own(session, report_id=report.id, officer_id=officer_id)
    _require_open(report, task)


def is_asked(session: Session, task: Task, person_id: int) -> bool:
    """Whether the person is of the team or grid that the task was given to."""
    if task.team_id is not None:
        return teams.is_of(session, person_id=person_id, team_id=task.team_id)
    return session.get(Duty, (person_id, task.grid_id)) is not None


def _give(session: Session, report: Report, task: Task, *, now: datetime) -> Task:
    assert report.officer_id is not None
    task.report_id, task.given_by, task.given_at = report.id, report.officer_id, now
    task.state = TaskState.OFFERED
    if any((one.team_id, one.grid_id) == (task.team_id, task.grid_id) for one in open_tasks.of(session, report.id)):
        raise AlreadyAsked(report_id=report.id)
    people = open_tasks.to_ask(session, report, task)
    if not people:
        raise NobodyToAsk(report_id=report.id, names=open_tasks.called(session, task))
    session.add(task)
    session.flush()
    facts = {"task": task.id, "people": people}
    lifecycle.record(session, report, EventKind.TASK_GIVEN, by=task.given_by, now=now, facts=facts)
    notices.task_given(session, report, task.id, people, now=now)
    notices.changed(session, report, now=now)
    return task


def _tell(session: Session, report: Report, task: Task, kind: EventKind, *, by: int, now: datetime) -> None:
    """The event, the lead, and every card."""
    session.flush()
    lifecycle.record(session, report, kind, by=by, now=now, facts={"task": task.id, "words": task.words})
    notices.task_news(session, report, open_tasks.lead_of(report, task), task, now=now)
    notices.changed(session, report, now=now)


def _load(session: Session, task_id: int) -> tuple[Report, Task]:
    """A task to change; no other transaction can change it, or its report, meanwhile.

    A task at work goes on with its report, which may have been merged just now.
    """
    report_id = session.scalar(select(Task.report_id).where(Task.id == task_id))
    if report_id is None:
        raise NotAllowed(task_id=task_id)
    report = lifecycle.load_going_on(session, report_id)
    return report, session.get_one(Task, task_id, populate_existing=True)


def _require_asked(session: Session, task: Task, person_id: int) -> None:
    if not is_asked(session, task, person_id):
        raise NotAllowed(task_id=task.id)


def _require_open(report: Report, task: Task) -> None:
    if task.state not in open_tasks.OPEN:
        raise TaskOver(task_id=task.id)
    lifecycle.require_alive(report)
