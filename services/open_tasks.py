"""What of a report is still with those who were brought in: it cannot be resolved before they are done."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services import ladder, lifecycle, notices, teams
from services.errors import TasksOpen
from storage.kinds import EventKind, Language, Names
from storage.schema import Duty, Grid, Person, Report, Task, Team, TeamMember
from storage.team_kinds import TaskState

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


def move_to(session: Session, report: Report, target: Report, *, now: datetime) -> None:
    """The report goes on in another; both are locked. So do those who are at work, or were asked: nobody has to stop.

    Of two tasks for the same team or grid, one that nobody has accepted is off; so is one that asks the officers of
    the other report's own grid.
    """
    there = {(task.team_id, task.grid_id): task for task in of(session, target.id)}
    moved = []
    for task in of(session, report.id):
        twin = there.get((task.team_id, task.grid_id))
        if task.state is TaskState.OFFERED and (twin is not None or task.grid_id == target.grid_id is not None):
            drop(session, report, task, by=None, why=None, now=now)
            continue
        if twin is not None and twin.state is TaskState.OFFERED:
            drop(session, target, twin, by=None, why=None, now=now)
        task.report_id = target.id
        moved.append(task.id)
    session.flush()
    notices.tasks_moved(session, report, target, moved)


def drop(session: Session, report: Report, task: Task, *, by: int | None, why: str | None, now: datetime) -> None:
    """A task is off."""
    was_accepted = task.state is TaskState.ACCEPTED
    task.state, task.ended_at, task.words = TaskState.DROPPED, now, why
    lifecycle.record(session, report, EventKind.TASK_DROPPED, by=by, now=now, facts={"task": task.id, "why": why})
    if was_accepted and task.accepted_by is not None:
        notices.task_off(session, report, task.accepted_by, task.id, now=now)


def tell_silent(session: Session, report: Report, task: Task, *, now: datetime) -> None:
    """The lead may drop it: as it is, it holds up the report."""
    notices.task_silent(session, report, lead_of(report, task), task, now=now)


def lead_of(report: Report, task: Task) -> int:
    """Who has the report; until somebody has it again, who gave the task."""
    return report.officer_id or task.given_by


def pass_on_from(session: Session, *, person_id: int, now: datetime) -> None:
    """Somebody cannot be reached: others of the team or grid are asked; if there are none, its lead hears of it.

    So he does of what the person had accepted: who goes on with that, he decides.
    """
    for report, task in _concern(session, person_id):
        if task.accepted_by == person_id:
            tell_silent(session, report, task, now=now)
        elif task.state is TaskState.OFFERED:
            _ask_others(session, report, task, now=now)


def relieve(session: Session, *, person_id: int, now: datetime) -> None:
    """Somebody goes off duty: likewise with what is offered to the officers of a grid."""
    for report, task in _concern(session, person_id):
        if task.state is TaskState.OFFERED and task.team_id is None:
            _ask_others(session, report, task, now=now)


def to_ask(session: Session, report: Report, task: Task) -> list[int]:
    """Who can be asked to do the task now."""
    if task.team_id is not None:
        return teams.to_ask(session, task.team_id)
    assert task.grid_id is not None
    return [one for one in ladder.officers_of(session, task.grid_id) if one != report.officer_id]


def _concern(session: Session, person_id: int) -> list[tuple[Report, Task]]:
    """The open tasks that a person has or may take; nobody else can change them meanwhile."""
    session.flush()
    of_team = select(TeamMember.team_id).where(TeamMember.person_id == person_id)
    of_grid = select(Duty.grid_id).where(Duty.person_id == person_id)
    his = (Task.accepted_by == person_id) | Task.team_id.in_(of_team) | Task.grid_id.in_(of_grid)
    found = session.execute(
        select(Report, Task)
        .join(Task, Task.report_id == Report.id)
        .where(his, Task.state.in_(OPEN))
        .order_by(Report.id, Task.id)
        .with_for_update(of=Report)
        .execution_options(populate_existing=True)
    )
    return [(report, task) for report, task in found]


def _ask_others(session: Session, report: Report, task: Task, *, now: datetime) -> None:
    """If nobody who was asked is left."""
    asked, people = notices.asked_for(session, report, task.id), to_ask(session, report, task)
    if not people:
        tell_silent(session, report, task, now=now)
    elif asked.isdisjoint(people):
        notices.task_given(session, report, task.id, people, now=now)


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
