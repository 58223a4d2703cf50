"""Which reports somebody may evaluate."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session

from services.errors import NoEvaluation, NoPost
from storage.kinds import Role
from storage.schema import Grid, PersonRole, Post

SEE_ALL = {Role.ADMIN, Role.DESK}

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which reports a person may evaluate."""

    sees_all: bool = False
    places: tuple[tuple[str, str], ...] = ()  # town and community; without a community: all of the town

    @property
    def names(self) -> tuple[str, ...]:
        """The places as people call them; none if it is all of the county."""
        return tuple(dict.fromkeys(community or town for town, community in self.places))

    def holds(self) -> Condition:
        """Of a report joined with its grid: whether it is one of these."""
        if self.sees_all:
            return true()
        return or_(
            false(),
            *(
                and_(Grid.town == town, Grid.community == community) if community else Grid.town == town
                for town, community in self.places
            ),
        )


EVERYONE = Scope(sees_all=True)
"""What the command line sees."""


def scope_of(session: Session, *, person_id: int) -> Scope:
    """What this person may evaluate.

    Raises:
        NoEvaluation: he is neither administrator nor of the desk nor a lead.
        NoPost: he is a lead, but nobody has said of what.
    """
    roles = set(session.scalars(select(PersonRole.role).where(PersonRole.person_id == person_id)))
    if roles & SEE_ALL:
        return EVERYONE
    if Role.LEAD not in roles:
        raise NoEvaluation
    posts = select(Post.town, Post.community).where(Post.person_id == person_id).order_by(Post.town, Post.community)
    places = tuple((town, community) for town, community in session.execute(posts))
    if not places:
        raise NoPost
    return Scope(places=places)
