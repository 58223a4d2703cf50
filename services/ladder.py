"""The ladder: whom a report can be offered to, from near to far.

The grid's primary officers on duty, its deputies, the community's officers, its lead, the town's, the county desk.
"""

from collections.abc import Container, Iterable, Iterator, Sequence

from sqlalchemy import bindparam, select, true
from sqlalchemy.orm import Session

from storage.kinds import Level, OfferState, Role
from storage.prepared import Prepared
from storage.schema import Duty, Grid, Offer, Person, PersonRole, Post, Report

LADDER = tuple(Level)

_person, _duty, _grid = Person.__table__.c, Duty.__table__.c, Grid.__table__.c
_offer, _role, _post = Offer.__table__.c, PersonRole.__table__.c, Post.__table__.c
_here = Grid.__table__.alias()

_CAN = (_person.telegram_id.is_not(None), _person.is_reachable)
_ON_DUTY = select(_person.id).join(Duty.__table__, _duty.person_id == _person.id).where(*_CAN, _person.on_duty)
_OF_GRID = _ON_DUTY.where(_duty.grid_id == bindparam("grid_id")).order_by(_person.id)
_PRIMARY, _DEPUTY = Prepared(_OF_GRID.where(_duty.is_primary)), Prepared(_OF_GRID.where(~_duty.is_primary))
_NEAR = Prepared(
    _ON_DUTY.join(Grid.__table__, _grid.id == _duty.grid_id)
    # towns may name communities alike
    .join(_here, (_grid.community == _here.c.community) & (_grid.town == _here.c.town))
    .where(_here.c.id == bindparam("grid_id"))
    .distinct()
    .order_by(_person.id)
)
_LEADS, _TOWN = (
    Prepared(
        select(_person.id)
        .join(Post.__table__, _post.person_id == _person.id)
        .join(_here, (_here.c.town == _post.town) & of_here)
        .where(*_CAN, _here.c.id == bindparam("grid_id"), _post.level == level)
        .distinct()
        .order_by(_person.id)
    )
    for level, of_here in ((Level.LEAD, _here.c.community == _post.community), (Level.TOWN, true()))
)
_OF_ROLE = Prepared(
    select(_person.id)
    .join(PersonRole.__table__, _role.person_id == _person.id)
    .where(*_CAN, _role.role == bindparam("role"))
    .order_by(_person.id)
)
_DECLINED = Prepared(
    select(_offer.person_id).where(_offer.report_id == bindparam("report_id"), _offer.state == OfferState.DECLINED)
)


def choose(session: Session, report: Report, *, without: int | None = None) -> tuple[Level, list[int]]:
    """The first step that has somebody who has not passed it on; the county desk with nobody, if none has.

    ``without`` is a person who is not to be asked again.
    """
    session.flush()
    return _nearest(session, report.grid_id, out={without, *_DECLINED.scalars(session, report_id=report.id)})


def first(session: Session, grid_id: int | None) -> tuple[Level, list[int]]:
    """The same for a report of this grid that is just being filed: nobody has passed it on yet."""
    return _nearest(session, grid_id, out=())


def beyond(session: Session, report: Report, *, without: Iterable[int | None]) -> tuple[Level, list[int]] | None:
    """The next level to raise the report to that has somebody who has not passed it on; None: it is at the top.

    ``without`` are those who have it, or are asked, already.
    """
    session.flush()
    out = {*_DECLINED.scalars(session, report_id=report.id), *without}
    reached = LADDER.index(report.level)
    if report.level is Level.DESK and not _OF_ROLE.scalars(session, role=Role.DESK):
        reached -= 1  # nobody of the desk can be reached (any more): the administrators stand in
    for level, people in steps(session, report.grid_id):
        left = [person_id for person_id in people if person_id not in out]
        if LADDER.index(level) > reached and level is not Level.COMMUNITY and left:
            return level, left
    return None


def leads(session: Session, report: Report) -> list[tuple[Level, list[int]]]:
    """The steps that may decide about it, from the lead up, with who has not passed it on."""
    session.flush()
    out = set(_DECLINED.scalars(session, report_id=report.id))
    return [
        (level, [person_id for person_id in people if person_id not in out])
        for level, people in steps(session, report.grid_id)
        if LADDER.index(level) >= LADDER.index(Level.LEAD)
    ]


def officers_of(session: Session, grid_id: int) -> Sequence[int]:
    """The grid's primary officers who are on duty, else its deputies."""
    return _PRIMARY.scalars(session, grid_id=grid_id) or _DEPUTY.scalars(session, grid_id=grid_id)


def desk(session: Session) -> Sequence[int]:
    """The people of the county desk, else the administrators."""
    return _OF_ROLE.scalars(session, role=Role.DESK) or _OF_ROLE.scalars(session, role=Role.ADMIN)


def desk_and_administrators(session: Session) -> Sequence[int]:
    """All of both."""
    return [*_OF_ROLE.scalars(session, role=Role.DESK), *_OF_ROLE.scalars(session, role=Role.ADMIN)]


def steps(session: Session, grid_id: int | None) -> Iterator[tuple[Level, Sequence[int]]]:
    """Who can be asked at each step: joined, reachable and, of a grid's officers, on duty. Last, the administrators."""
    if grid_id is not None:
        yield Level.PRIMARY, _PRIMARY.scalars(session, grid_id=grid_id)
        yield Level.DEPUTY, _DEPUTY.scalars(session, grid_id=grid_id)
        yield Level.COMMUNITY, _NEAR.scalars(session, grid_id=grid_id)
        yield Level.LEAD, _LEADS.scalars(session, grid_id=grid_id)
        yield Level.TOWN, _TOWN.scalars(session, grid_id=grid_id)
    for role in (Role.DESK, Role.ADMIN):
        yield Level.DESK, _OF_ROLE.scalars(session, role=role)


def _nearest(session: Session, grid_id: int | None, *, out: Container[int | None]) -> tuple[Level, list[int]]:
    for level, people in steps(session, grid_id):
        left = [person_id for person_id in people if person_id not in out]
        if left:
            return level, left
    return LADDER[-1], []
