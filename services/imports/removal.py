"""Taking grids off the map that a new one does not have: refused while they have open reports, unless these move.

A removed grid's row stays, for the reports that were of it: what was counted in it stays counted in it. With a move
its open reports, officers and invites go to the other grid, and so does what it was asked to help with; without, its
duties and invites end, and what nobody of it has accepted is dropped. Drafts know no grid.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services import audit, county, lifecycle, notices, offering, open_tasks
from services.imports.results import BadMove, GridsInUse, Remark
from storage.kinds import Deed, Role, Status
from storage.records import number
from storage.schema import Duty, Grid, Invite, InviteGrid, Person, PersonRole, Report, Task
from storage.team_kinds import TaskState


@dataclass(frozen=True, slots=True)
class Replace:
    """The file is the whole map; where what is open in a grid that goes is moved, by codes."""

    moves: Mapping[str, str]
    now: datetime


def remove(session: Session, going: Sequence[Grid], replace: Replace) -> dict[Remark, list[str]]:
    """Take these grids off the map; what is worth knowing afterwards. The others are as the file says already.

    Raises:
        GridsInUse: one has open reports, and no move names it.
        BadMove: a move names a grid that does not go, or goes to one that there is not.
    """
    targets = _targets(session, going, replace.moves)
    opened = _open_reports(session, going)
    _refuse_in_use(going, opened, targets)
    moved: list[str] = []
    for grid in going:
        target = targets.get(grid.code)
        grid.removed_at = replace.now
        _pass_people_on(session, grid, target)
        _pass_tasks_on(session, grid, target, now=replace.now)
        if target is not None:
            moved += [_pass_on(session, report, target, now=replace.now) for report in opened[grid.id]]
        facts: dict[str, Any] = {"grids": [grid.code], "moved_to": target.code if target else None}
        facts |= {"reports": [report.id for report in opened[grid.id]]} if opened[grid.id] else {}
        audit.note(session, Deed.GRID_REMOVED, by=None, facts=facts, now=replace.now)
    _end_empty_invites(session, now=replace.now)
    if going:
        county.changed(session)
    remarks = {
        Remark.GRIDS_REMOVED: sorted(grid.code for grid in going),
        Remark.REPORTS_MOVED: moved,
        Remark.WITHOUT_GRID: _without_grid(session),
    }
    return {remark: about for remark, about in remarks.items() if about}


def _targets(session: Session, going: Sequence[Grid], moves: Mapping[str, str]) -> dict[str, Grid]:
    """By the code of a grid that goes, where it moves to."""
    gone = {grid.code for grid in going}
    chosen = select(Grid).where(Grid.code.in_(moves.values()), Grid.removed_at.is_(None))
    staying = {grid.code: grid for grid in session.scalars(chosen) if grid.code not in gone}
    for old, new in moves.items():
        if old not in gone or new not in staying:
            raise BadMove(old=old, new=new)
    return {old: staying[new] for old, new in moves.items()}


def _open_reports(session: Session, going: Sequence[Grid]) -> dict[int, list[Report]]:
    """By the grid's id, its reports whose life is not over."""
    found: dict[int, list[Report]] = defaultdict(list)
    chosen = select(Report).where(Report.grid_id.in_([grid.id for grid in going]), Report.status.not_in(lifecycle.OVER))
    for report in session.scalars(chosen.order_by(Report.id).with_for_update()):
        assert report.grid_id is not None
        found[report.grid_id].append(report)
    return found


def _refuse_in_use(going: Sequence[Grid], opened: Mapping[int, list[Report]], targets: Mapping[str, Grid]) -> None:
    used = {grid.code: opened[grid.id] for grid in going if grid.code not in targets and opened.get(grid.id)}
    if used:
        named = [f"{code} ({', '.join(number(one.id) for one in of)})" for code, of in sorted(used.items())]
        raise GridsInUse(grids="; ".join(named))


def _pass_on(session: Session, report: Report, target: Grid, *, now: datetime) -> str:
    """The report is of the other grid now; one that nobody has accepted goes to its people. Its number."""
    report.grid_id = target.id
    session.flush()
    if report.status is Status.OPEN:
        offering.route_anew(session, report, now=now)
    notices.changed(session, report, now=now)
    return number(report.id)


def _pass_people_on(session: Session, grid: Grid, target: Grid | None) -> None:
    """Duties and invites of the grid become the other one's, or end. Where that has a primary, who comes is deputy."""
    duties = session.scalars(select(Duty).where(Duty.grid_id == grid.id)).all()
    invites = session.scalars(select(InviteGrid).where(InviteGrid.grid_id == grid.id)).all()
    if target is not None:
        primary = select(Duty.person_id).where(Duty.grid_id == target.id, Duty.is_primary)
        has_primary = session.scalar(primary.limit(1)) is not None
        for duty in duties:
            if session.get(Duty, (duty.person_id, target.id)) is None:
                rank = duty.is_primary and not has_primary
                session.add(Duty(person_id=duty.person_id, grid_id=target.id, is_primary=rank))
        for one in invites:
            if session.get(InviteGrid, (one.invite_id, target.id)) is None:
                session.add(InviteGrid(invite_id=one.invite_id, grid_id=target.id))
    session.execute(delete(Duty).where(Duty.grid_id == grid.id))
    session.execute(delete(InviteGrid).where(InviteGrid.grid_id == grid.id))
    session.flush()


def _pass_tasks_on(session: Session, grid: Grid, target: Grid | None, *, now: datetime) -> None:
    """What the grid was asked to help with is the other one's, unless that has the report, or was asked as well."""
    chosen = select(Task).where(Task.grid_id == grid.id, Task.state.in_(open_tasks.OPEN)).order_by(Task.id)
    for task in session.scalars(chosen).all():
        report = lifecycle.load(session, task.report_id)
        asked = {one.grid_id for one in open_tasks.of(session, report.id)} | {report.grid_id}
        if target is not None and target.id not in asked:
            task.grid_id = target.id
        elif task.state is TaskState.OFFERED:
            open_tasks.drop(session, report, task, by=None, why=None, now=now)
        session.flush()
        notices.changed(session, report, now=now)


def _end_empty_invites(session: Session, *, now: datetime) -> None:
    """An officer's invite that has no grid left would make somebody an officer of nothing."""
    has_grid = select(InviteGrid.invite_id).where(InviteGrid.invite_id == Invite.id).exists()
    empty = select(Invite).where(Invite.role == Role.OFFICER, Invite.used_at.is_(None), Invite.expires_at > now)
    for invite in session.scalars(empty.where(~has_grid)):
        invite.expires_at = now


def _without_grid(session: Session) -> list[str]:
    has_duty = select(Duty.person_id).where(Duty.person_id == Person.id).exists()
    officers = select(Person).join(PersonRole, PersonRole.person_id == Person.id).where(PersonRole.role == Role.OFFICER)
    return sorted(person.known_as or person.name for person in session.scalars(officers.where(~has_duty)))
