"""Take the teams and their members from a file. A team is told by its code, a member by his phone.

What the file says of a team's members replaces what the store had; teams that the file does not have are kept with
their members and named among the remarks. Who has joined by a link of his own, without a phone, is kept in his team.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services import audit, people
from services.imports.results import Imported, Progress, Remark, refuse_or_skip, require_columns
from services.imports.team_rows import TeamReader, TeamRow
from storage.kinds import Deed, Language, Role
from storage.schema import Person, PersonRole, Team, TeamMember
from storage.tables import Table
from storage.team_kinds import Rank

COLUMNS = ("code", "name_zh", "kind", "member", "phone")
SAID = ("name_zh", "name_en", "kind", "town")
WITHOUT_LEAD = (
    select(Team.code)
    .where(Team.id.not_in(select(TeamMember.team_id).where(TeamMember.rank == Rank.LEAD)))
    .order_by(Team.code)
)


def import_teams(
    session: Session, table: Table, *, skip_bad: bool, language: Language, now: datetime, progress: Progress
) -> Imported:
    """Add and update teams; all rows or none, unless bad ones are to be skipped. What is counted is teams.

    Args:
        session: the transaction.
        table: a row a member: columns `code`, `name_zh`, `kind`, `member`, `phone` and, if wanted, `name_en`, `town`
            (else the whole county), `rank` (else lead), `language`. Without member and phone: a team alone.
        skip_bad: take the good rows although there are bad ones.
        language: of members whose row names none.
        now: when new members were let in.
        progress: told after each row.

    Raises:
        NoRows, MissingColumns: the file as a whole is not one of teams.
        ImportRefused: rows are bad, and `skip_bad` is off; nothing was changed.
    """
    require_columns(table, COLUMNS)
    steps = len(table.rows) + 1
    reader = TeamReader(session)
    for done, line in enumerate(table.rows, start=1):
        reader.read(line)
        progress(done, steps)
    skipped = refuse_or_skip(reader.bad, skip_bad=skip_bad)

    before = {team.code: team for team in session.scalars(select(Team))}
    known = _people(session, reader.teams.values(), language=language, now=now)
    added = updated = 0
    for row in reader.teams.values():
        team = before.get(row.code)
        if team is None:
            team, added = _add(session, row), added + 1
            _replace_members(session, team, row, known)
        elif _update(team, row) | _replace_members(session, team, row, known):
            updated += 1
    _grant(session, now=now)
    progress(steps, steps)
    audit.note(session, Deed.TEAMS_IMPORTED, by=None, facts={"added": added, "updated": updated}, now=now)
    remarks = {
        Remark.TEAMS_KEPT: sorted(before.keys() - reader.teams.keys()),
        Remark.NO_LEAD: list(session.scalars(WITHOUT_LEAD)),
    }
    return Imported(
        added=added,
        updated=updated,
        unchanged=len(reader.teams) - added - updated,
        skipped=skipped,
        remarks={remark: about for remark, about in remarks.items() if about},
    )


def _add(session: Session, row: TeamRow) -> Team:
    team = Team(code=row.code, **{column: getattr(row, column) for column in SAID})
    session.add(team)
    session.flush()
    return team


def _update(team: Team, row: TeamRow) -> bool:
    """Bring the team up to date; whether there was anything new."""
    changes = {column: getattr(row, column) for column in SAID if getattr(team, column) != getattr(row, column)}
    for column, value in changes.items():
        setattr(team, column, value)
    return bool(changes)


def _people(session: Session, teams: Iterable[TeamRow], *, language: Language, now: datetime) -> dict[str, int]:
    """The file's members by phone; who is not there yet is added. Who has joined goes by the name of the chat."""
    rows = {member.phone: member for team in teams for member in team.members.values()}
    known = {
        str(person.phone): person
        for person in session.scalars(select(Person).where(Person.phone.is_not(None)).order_by(Person.id.desc()))
    }
    for phone, row in rows.items():
        person = known.get(phone)
        if person is None:
            known[phone] = Person(name=row.name, phone=phone, language=row.language or language, joined_at=now)
            session.add(known[phone])
        elif person.telegram_id is None:
            person.name, person.language = row.name, row.language or person.language
    session.flush()
    return {phone: known[phone].id for phone in rows}


def _grant(session: Session, *, now: datetime) -> None:
    """Everybody of a team is a member."""
    held = select(PersonRole.person_id).where(PersonRole.role == Role.MEMBER)
    new = select(TeamMember.person_id).where(TeamMember.person_id.not_in(held)).distinct()
    for person_id in session.scalars(new).all():
        people.grant(session, person_id=person_id, role=Role.MEMBER, now=now)


def _replace_members(session: Session, team: Team, row: TeamRow, ids: Mapping[str, int]) -> bool:
    """Make the team's members those of the file; whether there was anything new."""
    before = {
        member.person_id: member.rank
        for member in session.scalars(
            select(TeamMember)
            .join(Person, Person.id == TeamMember.person_id)
            .where(TeamMember.team_id == team.id, Person.phone.is_not(None))
        )
    }
    after = {ids[phone]: member.rank for phone, member in row.members.items()}
    if before == after:
        return False
    session.execute(
        delete(TeamMember).where(TeamMember.team_id == team.id, TeamMember.person_id.in_({*before, *after}))
    )
    session.add_all(TeamMember(person_id=id_, team_id=team.id, rank=rank) for id_, rank in after.items())
    session.flush()
    return True
