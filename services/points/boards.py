"""Who has earned most for reports of a community in a month: of those who like to be seen, by names that they chose."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services import worktime
from services.points.errors import NameTaken, NoReports
from services.words import clean_name
from storage.points_kinds import AccountKind, Reason
from storage.points_records import BoardRecord, Community, Ranked
from storage.schema import Account, BoardName, Entry, Grid, Report, Transfer

FOR_REPORTS = (Reason.REPORT, Reason.FOLLOWER, Reason.ANSWER, Reason.TAKEN_BACK)
"""What counts: earned for a report of the community, less what was taken back."""
FIRST = 10
"""So many stand on a board; who is further down sees himself below them."""
MONTHS = 12
"""How far back one can look."""
COMMUNITIES = 6
MOST_NAME = 16


def page(session: Session, *, person_id: int, grid_id: int, back: int, now: datetime) -> BoardRecord:
    """The board of the community that the grid is in, so many months ago; grid 0: where he has reported most.

    Raises:
        NoReports: he has not reported anything in any grid yet, so there is no community of his.
    """
    own = _communities(session, person_id)
    grid = session.get(Grid, grid_id) if grid_id else None
    if grid is None:
        if not own:
            raise NoReports
        grid = session.get_one(Grid, own[0].grid_id)
    back = max(0, min(back, MONTHS))
    begins, ends = _month(session, now=now, back=back)
    ranked = _ranked(session, grid, person_id, begins=begins, ends=ends)
    name = session.get(BoardName, person_id)
    return BoardRecord(
        grid_id=grid.id,
        community=f"{grid.town} {grid.community}".strip(),
        month=begins,
        back=back,
        first=tuple(ranked[:FIRST]),
        mine=next((one for one in ranked[FIRST:] if one.is_mine), None),
        my_name=name.name if name is not None else None,
        others=tuple(one for one in own if (one.town, one.community) != (grid.town, grid.community)),
        is_last=back == MONTHS,
    )


def join(session: Session, *, person_id: int, name: str, now: datetime) -> None:
    """Stand on the boards under this name from now on.

    Raises:
        NameTaken: somebody else does.
    """
    chosen = clean_name(name, most=MOST_NAME)
    taken = select(BoardName.person_id).where(BoardName.folded == chosen.casefold(), BoardName.person_id != person_id)
    if session.scalar(taken) is not None:
        raise NameTaken(name=chosen)
    session.merge(BoardName(person_id=person_id, name=chosen, folded=chosen.casefold(), since=now))


def leave(session: Session, *, person_id: int, now: datetime) -> None:
    """Stand on no board."""
    if (name := session.get(BoardName, person_id)) is not None:
        session.delete(name)


def _communities(session: Session, person_id: int) -> list[Community]:
    """Where he has reported, most first."""
    found = session.execute(
        select(func.min(Grid.id), Grid.town, Grid.community)
        .join(Report, Report.grid_id == Grid.id)
        .where(Report.reporter_id == person_id)
        .group_by(Grid.town, Grid.community)
        .order_by(func.count().desc(), func.min(Grid.id))
        .limit(COMMUNITIES + 1)
    )
    return [Community(*row) for row in found]


def _month(session: Session, *, now: datetime, back: int) -> tuple[datetime, datetime]:
    """From its first midnight in the county to the next one's."""
    local = now.astimezone(worktime.of(session).zone)
    count = local.year * 12 + local.month - 1 - back
    begins, ends = (
        local.replace(year=at // 12, month=at % 12 + 1, day=1, hour=0, minute=0, second=0, microsecond=0, fold=0)
        for at in (count, count + 1)
    )
    return begins, ends


def _ranked(session: Session, grid: Grid, person_id: int, *, begins: datetime, ends: datetime) -> Sequence[Ranked]:
    """All who like to be seen and have earned something, most first; equal ones share a place."""
    points = -func.sum(Entry.amount)
    found = session.execute(
        select(BoardName.person_id, BoardName.name, points.label("points"))
        .join(Transfer, Transfer.person_id == BoardName.person_id)
        .join(Report, Report.id == Transfer.report_id)
        .join(Grid, Grid.id == Report.grid_id)
        .join(Entry, Entry.transfer_id == Transfer.id)
        .join(Account, (Account.id == Entry.account_id) & (Account.kind == AccountKind.ISSUANCE))
        .where(
            Transfer.at >= begins,
            Transfer.at < ends,
            Transfer.reason.in_(FOR_REPORTS),
            Grid.town == grid.town,
            Grid.community == grid.community,
        )
        .group_by(BoardName.person_id, BoardName.name)
        .having(points > 0)
        .order_by(points.desc(), BoardName.name)
    ).all()
    ranked: list[Ranked] = []
    for at, row in enumerate(found, start=1):
        has = int(row.points)  # PostgreSQL sums to a Decimal
        place = ranked[-1].place if ranked and ranked[-1].points == has else at
        ranked.append(Ranked(place, row.name, has, row.person_id == person_id))
    return ranked
