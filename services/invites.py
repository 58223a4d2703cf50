"""One-time links that let people in as officers, desk, leads or administrators."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from services import dispatch, people, teams
from services.errors import InviteExpired, InviteUnknown, InviteUsed, NoSuchGrid, NoSuchTeam
from storage.kinds import Rank, Role
from storage.records import Me, Names
from storage.schema import Duty, EmergencyCall, Grid, Invite, Person, PersonRole, Team, TeamMember

LIFETIME = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Joined:
    """What a person became by an invite."""

    me: Me
    role: Role
    grids: tuple[str, ...]  # codes
    rescued: int  # reports that nobody could be offered until now
    team: Names | None = None  # of a member


def make(
    session: Session,
    *,
    token: str,
    role: Role,
    now: datetime,
    grid_code: str | None = None,
    team_code: str | None = None,
    is_primary: bool = True,
    by: int | None = None,
) -> Invite:
    """Make a link; ``token`` comes from `secrets`. ``by``: an administrator (None: the command line).

    A link for a grid (or team) whose imported officer (or member) has not joined yet is meant for that person: whoever
    uses it takes over all of the person's duties.

    Raises:
        NotAllowed: ``by`` is no administrator.
        NoSuchGrid, NoSuchTeam: there is no grid, or team, with this code.
    """
    if by is not None:
        people.require(session, person_id=by, role=Role.ADMIN)
    grid_id = None
    if grid_code is not None:
        grid_id = session.scalar(select(Grid.id).where(Grid.code == grid_code.strip().upper()))
        if grid_id is None:
            raise NoSuchGrid(code=grid_code)
    team = _team(session, team_code) if role is Role.MEMBER else None
    invite = Invite(
        token=token,
        role=role,
        grid_id=grid_id,
        team_id=team.id if team is not None else None,
        is_primary=is_primary,
        person_id=_expected(session, grid_id if role is Role.OFFICER else None, team, is_primary=is_primary, now=now),
        made_by=by,
        made_at=now,
        expires_at=now + LIFETIME,
    )
    session.add(invite)
    session.flush()
    return invite


def link(bot_username: str, token: str) -> str:
    """The address that opens the bot with the invite: https://core.telegram.org/bots/features#deep-linking"""
    return f"https://t.me/{bot_username}?start={token}"


def redeem(session: Session, *, token: str, person_id: int, now: datetime) -> Joined:
    """Use a link: it works once.

    Raises:
        InviteUnknown, InviteUsed, InviteExpired: it cannot be used.
    """
    invite = session.scalar(select(Invite).where(Invite.token == token).with_for_update())
    if invite is None:
        raise InviteUnknown
    if invite.used_at is not None:
        raise InviteUsed
    if invite.expires_at <= now:
        raise InviteExpired
    invite.used_at, invite.used_by = now, person_id
    people.grant(session, person_id=person_id, role=invite.role, now=now)
    if invite.role is Role.OFFICER:
        session.get_one(Person, person_id).on_duty = True  # the welcome says so
    if invite.person_id is not None and invite.person_id != person_id:
        _take_over(session, from_id=invite.person_id, to_id=person_id, invite=invite)
    if invite.grid_id is not None:
        _add_duty(session, person_id, invite.grid_id, is_primary=invite.is_primary)
    team = session.get_one(Team, invite.team_id) if invite.team_id is not None else None
    if team is not None:
        _add_to_team(session, person_id, team.id, rank=_rank(is_primary=invite.is_primary))
    session.flush()
    grids = session.scalars(
        select(Grid.code).join(Duty, Duty.grid_id == Grid.id).where(Duty.person_id == person_id).order_by(Grid.code)
    ).all()
    rescued = dispatch.rescue(session, now=now)
    me = people.load_me(session, person_id=person_id)
    return Joined(me, invite.role, tuple(grids), rescued, teams.names(team) if team is not None else None)


def _team(session: Session, code: str | None) -> Team:
    team = session.scalar(select(Team).where(Team.code == (code or "").strip().upper()))
    if team is None:
        raise NoSuchTeam(code=code or "")
    return team


def _expected(
    session: Session, grid_id: int | None, team: Team | None, *, is_primary: bool, now: datetime
) -> int | None:
    """The imported officer of the grid, or member of the team, who has neither joined nor a link that can still be
    used.
    """
    if team is not None:
        imported = select(TeamMember.person_id).where(
            TeamMember.team_id == team.id, TeamMember.rank == _rank(is_primary=is_primary)
        )
    elif grid_id is not None:
        imported = select(Duty.person_id).where(Duty.grid_id == grid_id, Duty.is_primary.is_(is_primary))
    else:
        return None
    invited = select(Invite.person_id).where(
        Invite.person_id.is_not(None), Invite.used_at.is_(None), Invite.expires_at > now
    )
    return session.scalar(
        select(Person.id)
        .where(Person.id.in_(imported), Person.telegram_id.is_(None), Person.id.not_in(invited))
        .order_by(Person.id)
        .limit(1)
    )


def _take_over(session: Session, *, from_id: int, to_id: int, invite: Invite) -> None:
    """The imported person is this one: his duties, teams, roles and telephone pass over, the placeholder goes."""
    placeholder = session.get(Person, from_id)
    if placeholder is None or placeholder.telegram_id is not None:
        return
    for duty in session.scalars(select(Duty).where(Duty.person_id == from_id)).all():
        _add_duty(session, to_id, duty.grid_id, is_primary=duty.is_primary)
    for member in session.scalars(select(TeamMember).where(TeamMember.person_id == from_id)).all():
        _add_to_team(session, to_id, member.team_id, rank=member.rank)
    _move_calls(session, from_id=from_id, to_id=to_id)
    for role in session.scalars(select(PersonRole).where(PersonRole.person_id == from_id)).all():
        people.grant(session, person_id=to_id, role=role.role, now=role.granted_at)
    joined = session.get_one(Person, to_id)
    joined.phone, joined.known_as = placeholder.phone, placeholder.name
    session.execute(update(Invite).where(Invite.person_id == from_id).values(person_id=to_id))
    session.execute(delete(Duty).where(Duty.person_id == from_id))
    session.execute(delete(TeamMember).where(TeamMember.person_id == from_id))
    session.execute(delete(PersonRole).where(PersonRole.person_id == from_id))
    session.delete(placeholder)


def _add_duty(session: Session, person_id: int, grid_id: int, *, is_primary: bool) -> None:
    duty = session.get(Duty, (person_id, grid_id))
    if duty is None:
        session.add(Duty(person_id=person_id, grid_id=grid_id, is_primary=is_primary))
    else:
        duty.is_primary = duty.is_primary or is_primary


def _rank(*, is_primary: bool) -> Rank:
    return Rank.LEAD if is_primary else Rank.DEPUTY


def _add_to_team(session: Session, person_id: int, team_id: int, *, rank: Rank) -> None:
    member = session.get(TeamMember, (person_id, team_id))
    if member is None:
        session.add(TeamMember(person_id=person_id, team_id=team_id, rank=rank))
    elif rank is Rank.LEAD:
        member.rank = rank


def _move_calls(session: Session, *, from_id: int, to_id: int) -> None:
    """That he could not be reached in an emergency stays on record under the new person."""
    known = select(EmergencyCall.emergency_id).where(EmergencyCall.person_id == to_id)
    of_his = EmergencyCall.person_id == from_id
    session.execute(delete(EmergencyCall).where(of_his, EmergencyCall.emergency_id.in_(known)))
    session.execute(update(EmergencyCall).where(of_his).values(person_id=to_id))
    session.execute(update(EmergencyCall).where(EmergencyCall.deputy_of == from_id).values(deputy_of=to_id))
