"""The posts of leads: of a community, or of a whole town. `services/escalation.py` raises reports to them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from services import audit
from services.errors import NoSuchPlace
from storage.kinds import Deed, Level
from storage.schema import Grid, Post


@dataclass(frozen=True, slots=True, order=True)
class Land:
    """What a lead looks after."""

    town: str
    community: str = ""  # empty: the whole town

    @property
    def level(self) -> Level:
        """The step of the ladder that it is."""
        return Level.LEAD if self.community else Level.TOWN

    @property
    def name(self) -> str:
        """As people say it."""
        return f"{self.town} {self.community}".strip()


def lands(session: Session) -> set[Land]:
    """Every town and every community."""
    places = session.execute(select(Grid.town, Grid.community).distinct()).all()
    return {Land(town, community) for town, community in places} | {Land(town) for town, _ in places}


def land(session: Session, *, town: str, community: str = "") -> Land:
    """The town, or the community in it, with this name.

    Raises:
        NoSuchPlace: no grid is in it; ``name`` is what was asked for.
    """
    wanted = Land(town.strip(), community.strip())
    if wanted not in lands(session):
        raise NoSuchPlace(name=wanted.name)
    return wanted


def add(session: Session, *, person_id: int, land: Land, now: datetime, by: int | None = None) -> None:
    """Give a person this post, too. ``by`` is for the audit log."""
    if land not in of(session, person_id=person_id):
        session.add(Post(person_id=person_id, level=land.level, town=land.town, community=land.community))
        session.flush()
        audit.note(session, Deed.POST_GIVEN, by=by, person_id=person_id, facts={"land": land.name}, now=now)


def take(session: Session, *, person_id: int, land: Land, now: datetime) -> None:
    """The person has this post no more."""
    its = (Post.person_id == person_id, Post.town == land.town, Post.community == land.community)
    session.execute(delete(Post).where(*its))
    audit.note(session, Deed.POST_TAKEN, by=None, person_id=person_id, facts={"land": land.name}, now=now)


def of(session: Session, *, person_id: int) -> list[Land]:
    """What a person looks after as a lead."""
    posts = select(Post.town, Post.community).where(Post.person_id == person_id).order_by(Post.town, Post.community)
    return [Land(town, community) for town, community in session.execute(posts)]


def towns(session: Session) -> list[tuple[int, str]]:
    """Every town, with the id of a grid in it, by which a button names it."""
    return _named(session, select(Grid.id, Grid.town).order_by(Grid.code))


def communities(session: Session, *, grid_id: int) -> tuple[str, list[tuple[int, str]]]:
    """The town of a grid, and its communities, each with the id of a grid in it.

    Raises:
        NoSuchPlace: there is no such grid.
    """
    town = session.scalar(select(Grid.town).where(Grid.id == grid_id))
    if town is None:
        raise NoSuchPlace(name=str(grid_id))
    return town, _named(session, select(Grid.id, Grid.community).where(Grid.town == town).order_by(Grid.code))


def land_of(session: Session, *, grid_id: int, is_town: bool) -> Land:
    """The town, or the community, that a grid is in.

    Raises:
        NoSuchPlace: there is no such grid.
    """
    grid = session.get(Grid, grid_id)
    if grid is None:
        raise NoSuchPlace(name=str(grid_id))
    return Land(grid.town, "" if is_town else grid.community)


def _named(session: Session, query: Select[int, str]) -> list[tuple[int, str]]:
    """Each name once, with the first id that has it."""
    found: dict[str, int] = {}
    for id_, name in session.execute(query):
        found.setdefault(name, id_)
    return [(id_, name) for name, id_ in found.items()]
