"""What of a report is still with those who were brought in: it cannot be resolved before they are done."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services import lifecycle, notices, teams
from services.errors import TasksOpen
from storage.kinds import EventKind, Language, TaskState
from storage.records import Names
from storage.schema import Grid, Person, Report, Task, Team

OPEN = (TaskState.OFFERED, TaskState.ACCEPTED)
SEPARATORS = {Language.ZH: "、", Language.EN: ", "}


def of(session: Session, report_id: int) -> Sequence[Task]:
    """The tasks that are neither done nor off."""
    return session.scalars(
        select(Task).where(Task.report_id == report_id, Task.state.in_(OPEN)).order_by(Task.id)
    ).all()


def require_none(session: Session, report: Report) -> None:
    """Refuse to call fixed what somebody is still working on.

    Raises:
        TasksOpen: ``names`` is who is not done.
    """
    left = [_who(session, task) for task in of(session, report.id)]
    if left:
        said = {language: SEPARATORS[language].join(names[language] for names in left) for language in Language}
        raise TasksOpen(report_id=report.id, names=said)


def drop_all(session: Session, report: Report, *, by: int | None, now: datetime) -> None:
    """The report ended otherwise: what is still open is off, and those who had accepted hear of it."""
    for task in of(session, report.id):
        drop(session, report, task, by=by, why=None, now=now)


def drop(session: Session, report: Report, task: Task, *, by: int | None, why: str | None, now: datetime) -> None:
    """A task is off."""
    was_accepted = task.state is TaskState.ACCEPTED
    task.state, task.ended_at, task.words = TaskState.DROPPED, now, why
    lifecycle.record(session, report, EventKind.TASK_DROPPED, by=by, now=now, facts={"task": task.id, "why": why})
    if was_accepted and task.accepted_by is not None:
        notices.task_off(session, report, task.accepted_by, task.id, now=now)


def called(session: Session, task: Task) -> Names:
    """The name of the team or grid that has the task."""
    if task.team_id is not None:
        return teams.names(session.get_one(Team, task.team_id))
    return teams.names_of_grid(session.get_one(Grid, task.grid_id))


def _who(session: Session, task: Task) -> Names:
    """The team or grid, with who accepted."""
    names = called(session, task)
    person = session.scalar(select(func.coalesce(Person.known_as, Person.name)).where(Person.id == task.accepted_by))
    return {language: f"{name} ({person})" if person else name for language, name in names.items()}
