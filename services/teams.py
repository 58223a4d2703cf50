"""Teams beside the grids: which of them serve a place, and who of them can be reached."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.kinds import Language, Names
from storage.schema import Grid, Person, Report, Team, TeamMember
from storage.team_kinds import Rank, TeamKind
from storage.team_records import TeamRecord

FILE = Path(__file__).parent.parent / "data" / "emergencies.toml"
UTILITIES = frozenset({TeamKind.POWER, TeamKind.WATER, TeamKind.GAS, TeamKind.ROADS})
CAN_BE_REACHED = (Person.telegram_id.is_not(None), Person.is_reachable)


def serving(session: Session, report: Report) -> Sequence[Team]:
    """The teams of the report's town, then those of the whole county; in no grid: the latter."""
    town = session.scalar(select(Grid.town).where(Grid.id == report.grid_id)) or ""
    return session.scalars(select(Team).where(Team.town.in_(("", town))).order_by(Team.town.desc(), Team.id)).all()


def named_for(session: Session, report: Report) -> list[Team]:
    """The teams that an emergency at this place, of this category, calls.

    One that has all utilities in its hand is called wherever one of them is.
    """
    kinds = kinds_for(report.category)
    if kinds & UTILITIES:
        kinds |= {TeamKind.UTILITIES}
    return [team for team in serving(session, report) if team.kind in kinds]


@cache
def kinds_for(category: str) -> frozenset[TeamKind]:
    """The kinds of team that an emergency of this category calls (`data/emergencies.toml`)."""
    with FILE.open("rb") as file:
        table = tomllib.load(file)
    return frozenset(TeamKind(kind) for kind in table.get(category, table["default"])["calls"])


def members(session: Session, team_ids: Sequence[int]) -> Sequence[tuple[TeamMember, Person]]:
    """Everybody of these teams, whether or not they can be reached: leads first."""
    rows = session.execute(
        select(TeamMember, Person)
        .join(Person, Person.id == TeamMember.person_id)
        .where(TeamMember.team_id.in_(team_ids))
        .order_by(TeamMember.rank.desc(), TeamMember.team_id, Person.id)
    )
    return [(member, person) for member, person in rows]


def to_ask(session: Session, team_id: int) -> list[int]:
    """Who is asked to do a task: the leads who can be reached, else the deputies."""
    found = [(m.rank, p.id) for m, p in members(session, [team_id]) if can_be_reached(p)]
    return [id_ for rank, id_ in found if rank is Rank.LEAD] or [id_ for _, id_ in found]


def can_be_reached(person: Person) -> bool:
    """Whether Telegram takes messages for this person."""
    return person.telegram_id is not None and person.is_reachable


def is_of(session: Session, *, person_id: int, team_id: int) -> bool:
    """Whether the person is a member."""
    return session.get(TeamMember, (person_id, team_id)) is not None


def names(team: Team) -> Names:
    """The team's name in each language."""
    return {Language.ZH: team.name_zh, Language.EN: team.name_en}


def names_of_grid(grid: Grid) -> Names:
    """A grid is called the same in all languages."""
    return dict.fromkeys(Language, f"{grid.code} {grid.name}")


def listed(session: Session, teams: Sequence[Team]) -> list[TeamRecord]:
    """The teams as they are shown, with how many of each can be reached."""
    counted = (
        select(TeamMember.team_id, func.count())
        .join(Person, Person.id == TeamMember.person_id)
        .where(*CAN_BE_REACHED)
        .group_by(TeamMember.team_id)
    )
    reached = {row[0]: row[1] for row in session.execute(counted)}
    return [TeamRecord(team.id, team.code, names(team), team.kind, reached.get(team.id, 0)) for team in teams]


def all_teams(session: Session) -> list[TeamRecord]:
    """Every team, by code."""
    return listed(session, session.scalars(select(Team).order_by(Team.code)).all())


def code_of(session: Session, *, team_id: int) -> str:
    """The code of a team; empty if there is none."""
    return session.scalar(select(Team.code).where(Team.id == team_id)) or ""
