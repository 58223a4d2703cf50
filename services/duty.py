"""Who looks after a grid, and who is on duty."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import presence
from services.errors import NotRegistered
from services.people import load_me
from storage.kinds import Role
from storage.records import Me
from storage.schema import Duty, Grid, Person, PersonRole


def switch(session: Session, *, person_id: int, on_duty: bool, now: datetime) -> Me:
    """Go on or off duty. Going on takes up reports that nobody could be offered; going off passes on unanswered ones.

    Raises:
        NotRegistered: the person is not an officer.
    """
    if session.get(PersonRole, (person_id, Role.OFFICER)) is None:
        raise NotRegistered
    session.get_one(Person, person_id).on_duty = on_duty
    session.flush()
    if on_duty:
        presence.rescue(session, now=now)
    else:
        presence.relieve(session, person_id=person_id, now=now)
    return load_me(session, person_id=person_id)


def grids_of(session: Session, *, person_id: int) -> list[tuple[str, str, bool]]:
    """Code, name and «is primary» of an officer's grids."""
    rows = session.execute(
        select(Grid.code, Grid.name, Duty.is_primary)
        .join(Duty, Duty.grid_id == Grid.id)
        .where(Duty.person_id == person_id)
        .order_by(Duty.is_primary.desc(), Grid.code)
    )
    return [(row.code, row.name, row.is_primary) for row in rows]
