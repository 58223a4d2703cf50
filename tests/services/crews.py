"""Teams with people in them, for the tests of what is done together."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from storage.kinds import Role
from storage.schema import Team, TeamMember
from storage.team_kinds import Rank, TeamKind
from tests.services.scene import Scene


async def team(
    scene: Scene,
    code: str = "FIRE",
    *,
    leads: Sequence[int] = (),
    deputies: Sequence[int] = (),
    kind: TeamKind = TeamKind.FIRE,
    town: str = "",
) -> int:
    """A team of these people."""

    def add(session: Session, *, now: datetime) -> int:
        made = Team(code=code, name_zh=f"{code}队", name_en=f"{code} team", kind=kind, town=town)
        session.add(made)
        session.flush()
        ranks = {**dict.fromkeys(deputies, Rank.DEPUTY), **dict.fromkeys(leads, Rank.LEAD)}
        session.add_all(TeamMember(person_id=id_, team_id=made.id, rank=rank) for id_, rank in ranks.items())
        session.flush()
        return made.id

    return await scene.do(add)


async def member(scene: Scene, name: str = "Sun") -> int:
    """Somebody who can be of a team."""
    return await scene.person(name, roles=(Role.MEMBER,))
