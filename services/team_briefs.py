"""Reading tasks and emergencies to be shown, as frozen records for `views/`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from services import emergencies, ledger, lifecycle, notices, open_tasks, teams
from services import tasks as working
from services.errors import NotAllowed
from services.reports import PAGE
from storage.kinds import EventKind
from storage.schema import (
    Duty,
    Emergency,
    EmergencyCall,
    Event,
    Grid,
    Person,
    Report,
    Task,
    Team,
    TeamMember,
)
from storage.team_kinds import Rank, TaskState
from storage.team_records import AwaitedTask, CallRecord, EmergencyRecord, Note, TaskRecord, TeamRecord

HAS_TASKS = exists().where(Task.report_id == Report.id)
EMERGENCY = select(Emergency.id).where(Emergency.report_id == Report.id, Emergency.ended_at.is_(None)).scalar_subquery()
"""Of a query for reports: whether others were brought in, and the emergency that goes on."""
STORY = (
    EventKind.EMERGENCY_BEGUN,
    EventKind.EMERGENCY_CALLED,
    EventKind.EMERGENCY_ON_WAY,
    EventKind.EMERGENCY_ARRIVED,
    EventKind.EMERGENCY_DECLINED,
    EventKind.EMERGENCY_ENDED,
)

_NAME = func.coalesce(Person.known_as, Person.name)
_TASKS = (
    select(Task, Team, Grid, _NAME)
    .outerjoin(Team, Team.id == Task.team_id)
    .outerjoin(Grid, Grid.id == Task.grid_id)
    .outerjoin(Person, Person.id == Task.accepted_by)
)


def tasks(session: Session, *, report_id: int) -> tuple[TaskRecord, ...]:
    """Everybody who was brought in, in that order."""
    rows = session.execute(_TASKS.where(Task.report_id == report_id).order_by(Task.id))
    return tuple(_task(*row) for row in rows)


def task(session: Session, *, task_id: int) -> TaskRecord:
    """One of them."""
    return _task(*session.execute(_TASKS.where(Task.id == task_id)).one())


def task_for(session: Session, *, task_id: int, person_id: int) -> tuple[int, TaskRecord]:
    """A task and its report's id, for who was asked or has it.

    Raises:
        NotAllowed: it is not this person's to see.
    """
    found = session.get(Task, task_id)
    if found is None or not (found.accepted_by == person_id or working.is_asked(session, found, person_id)):
        raise NotAllowed(task_id=task_id)
    return found.report_id, task(session, task_id=task_id)


def task_with_report(session: Session, *, task_id: int) -> tuple[int, TaskRecord]:
    """The same, for who was found to lead the report."""
    return session.get_one(Task, task_id).report_id, task(session, task_id=task_id)


def my_tasks(session: Session, *, person_id: int) -> list[tuple[int, TaskRecord]]:
    """The open tasks that the person has or may take, oldest first, each with its report's id."""
    mine = select(TeamMember.team_id).where(TeamMember.person_id == person_id)
    near = select(Duty.grid_id).where(Duty.person_id == person_id)
    asked = Task.accepted_by.is_(None) & (Task.team_id.in_(mine) | Task.grid_id.in_(near))
    rows = session.execute(
        _TASKS.where(Task.state.in_(open_tasks.OPEN), (Task.accepted_by == person_id) | asked)
        .order_by(Task.id)
        .limit(PAGE)
    )
    return [(row[0].report_id, _task(*row)) for row in rows]


def awaited(session: Session, *, person_id: int, now: datetime) -> tuple[AwaitedTask, ...]:
    """The tasks that the person was asked to take a while ago, and those of his reports that nobody takes, by age.

    Of the latter, those that somebody will still be reminded of are not in it.
    """
    mine = select(TeamMember.team_id).where(TeamMember.person_id == person_id)
    near = select(Duty.grid_id).where(Duty.person_id == person_id)
    leads = func.coalesce(Report.officer_id, Task.given_by) == person_id
    rows = session.execute(
        _TASKS.add_columns(Report)
        .join(Report, Report.id == Task.report_id)
        .where(Task.state == TaskState.OFFERED, Task.given_at <= now - ledger.STALE)
        .where(Report.status.in_(lifecycle.ACTIVE), Task.team_id.in_(mine) | Task.grid_id.in_(near) | leads)
        .order_by(Task.id)
    )
    found = []
    for *its, report in rows:
        one: Task = its[0]
        is_given = open_tasks.lead_of(report, one) == person_id
        if is_given and not notices.task_rings(session, report, one.id):
            found.append(AwaitedTask(report.id, _task(*its), is_given=True))
        elif not is_given and person_id in notices.asked_for(session, report, one.id):
            found.append(AwaitedTask(report.id, _task(*its), is_given=False))
    return tuple(found)


def choices(session: Session, *, report_id: int) -> tuple[list[TeamRecord], list[TeamRecord]]:
    """The teams that the lead may bring in: those that fit the category (`data/emergencies.toml`), and the others."""
    report = session.get_one(Report, report_id)
    fitting = {team.id for team in teams.named_for(session, report)}
    found = teams.listed(session, teams.serving(session, report))
    return [team for team in found if team.id in fitting], [team for team in found if team.id not in fitting]


def to_be_called(session: Session, *, report_id: int) -> list[TeamRecord]:
    """The teams that an emergency would call."""
    return teams.listed(session, teams.named_for(session, session.get_one(Report, report_id)))


def emergency_for(session: Session, *, emergency_id: int, person_id: int) -> tuple[int, EmergencyRecord]:
    """An emergency and its report's id, for who was called or commands.

    Raises:
        NotAllowed: it is not this person's to see.
    """
    found = session.get(Emergency, emergency_id)
    if found is None:
        raise NotAllowed(emergency_id=emergency_id)
    record = emergency(session, emergency_id=emergency_id, person_id=person_id)
    if not (record.may_end or any(call.person_id == person_id for call in record.calls)):
        raise NotAllowed(emergency_id=emergency_id)
    return found.report_id, record


def emergency(session: Session, *, emergency_id: int, person_id: int) -> EmergencyRecord:
    """An emergency as this person may see it, with everybody who was called and what happened."""
    found = session.get_one(Emergency, emergency_id)
    calls = _calls(session, emergency_id)
    where = Event.report_id.in_([found.report_id, *_went_into(session, found.report_id)])
    events = session.scalars(select(Event).where(where, Event.kind.in_(STORY)).order_by(Event.id)).all()
    its = [event for event in events if (event.facts or {}).get("emergency") == emergency_id]
    names = _names(session, [found.begun_by, found.ended_by, *_people(its)])
    return EmergencyRecord(
        id=emergency_id,
        begun_by=names[found.begun_by],
        begun_at=found.begun_at,
        ended_by=names[found.ended_by] if found.ended_by is not None else None,
        ended_at=found.ended_at,
        calls=tuple(calls),
        notes=tuple(_note(event, names) for event in its),
        may_end=emergencies.commands(session, session.get_one(Report, found.report_id), found, person_id),
    )


def _task(task: Task, team: Team | None, grid: Grid | None, accepted_name: str | None) -> TaskRecord:
    assert team is not None or grid is not None
    return TaskRecord(
        id=task.id,
        names=teams.names(team) if team is not None else teams.names_of_grid(grid),  # type: ignore[arg-type]
        kind=team.kind if team is not None else None,
        state=task.state,
        given_at=task.given_at,
        accepted_by=task.accepted_by,
        accepted_name=accepted_name,
        ended_at=task.ended_at,
        words=task.words,
    )


def _went_into(session: Session, report_id: int) -> set[int]:
    """The reports that go on in this one: its emergency may have begun in one of them."""
    merged = session.scalars(select(Report.id).where(Report.merged_into_id == report_id))
    folded = session.scalars(select(Event.facts).where(Event.report_id == report_id, Event.kind == EventKind.JOINED))
    return {*merged, *(facts["from"] for facts in folded if facts and "from" in facts)}


def _calls(session: Session, emergency_id: int) -> list[CallRecord]:
    """By team, leads first, then in the order in which they were called."""
    lead = aliased(Person)
    rows = session.execute(
        select(EmergencyCall, Person, Team, TeamMember.rank, func.coalesce(lead.known_as, lead.name))
        .join(Person, Person.id == EmergencyCall.person_id)
        .join(Team, Team.id == EmergencyCall.team_id)
        .outerjoin(
            TeamMember,
            (TeamMember.person_id == EmergencyCall.person_id) & (TeamMember.team_id == EmergencyCall.team_id),
        )
        .outerjoin(lead, lead.id == EmergencyCall.deputy_of)
        .where(EmergencyCall.emergency_id == emergency_id)
        .order_by(EmergencyCall.team_id, EmergencyCall.called_at, Person.id)
    )
    return [
        CallRecord(
            person_id=person.id,
            name=person.known_as or person.name,
            phone=person.phone,
            team=teams.names(team),
            rank=rank or Rank.DEPUTY,
            deputy_of=stands_in_for,
            state=call.state,
            called_at=call.called_at,
            answered_at=call.answered_at,
            arrived_at=call.arrived_at,
            pushes=call.pushes,
        )
        for call, person, team, rank, stands_in_for in rows
    ]


def _note(event: Event, names: Mapping[int, str]) -> Note:
    facts = event.facts or {}
    who = names.get(event.by_id) if event.by_id is not None else None
    called = tuple(names[one] for one in facts.get("people", ()) if one in names)
    silent = tuple(names[one] for one in facts.get("silent", ()) if one in names)
    return Note(event.kind, event.at, who, called=called, silent=silent)


def _people(events: Sequence[Event]) -> list[int]:
    """Everybody whom these events name."""
    found = [event.by_id for event in events if event.by_id is not None]
    for event in events:
        facts = event.facts or {}
        found += [*facts.get("silent", ()), *facts.get("people", ())]
    return list(dict.fromkeys(found))


def _names(session: Session, people: Iterable[int | None]) -> dict[int, str]:
    rows = session.execute(select(Person.id, _NAME).where(Person.id.in_({one for one in people if one is not None})))
    return {row[0]: row[1] for row in rows}
