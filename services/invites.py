"""One-time links that let people in as officers, desk, leads or administrators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from services import audit, dispatch, people
from services.errors import InviteExpired, InviteOwn, InviteUnknown, InviteUsed, NoSuchGrid
from storage.kinds import Deed, Role
from storage.records import Me
from storage.schema import Duty, Grid, Invite, InviteGrid, Person, PersonRole

LIFETIME = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Joined:
    """What a person became by an invite."""

    me: Me
    role: Role
    grids: tuple[str, ...]  # codes
    rescued: int  # reports that nobody could be offered until now


def make(
    session: Session,
    *,
    token: str,
    role: Role,
    now: datetime,
    grids: Sequence[str] = (),
    is_primary: bool = True,
    by: int | None = None,
) -> Invite:
    """Make a link; ``token`` comes from `secrets`. ``by``: an administrator (None: the command line).

    ``grids`` are the codes of an officer's. A link for one grid whose imported primary officer has not joined yet is
    meant for that officer: whoever uses it takes over all of the officer's duties. A deputy's, and one for several
    grids, give just what they say.

    Raises:
        NotAllowed: ``by`` is no administrator.
        NoSuchGrid: there is no grid with the code ``code``.
    """
    if by is not None:
        people.require(session, person_id=by, role=Role.ADMIN)
    grid_ids = _grids(session, grids)
    stands_for_one = role is Role.OFFICER and is_primary and len(grid_ids) == 1
    expected = _expected(session, grid_ids[0], now=now) if stands_for_one else None
    invite = Invite(
        token=token,
        role=role,
        is_primary=is_primary,
        person_id=expected,
        made_by=by,
        made_at=now,
        expires_at=now + LIFETIME,
    )
    session.add(invite)
    session.flush()
    session.add_all([InviteGrid(invite_id=invite.id, grid_id=grid_id) for grid_id in grid_ids])
    facts = {"role": str(role), "grids": list(grids)}
    audit.note(session, Deed.INVITE_MADE, by=by, person_id=expected, facts=facts, now=now)
    session.flush()
    return invite


def link(bot_username: str, token: str) -> str:
    """The address that opens the bot with the invite: https://core.telegram.org/bots/features#deep-linking"""
    return f"https://t.me/{bot_username}?start={token}"


def redeem(session: Session, *, token: str, person_id: int, now: datetime) -> Joined:
    """Use a link: it works once.

    Raises:
        InviteUnknown, InviteUsed, InviteExpired: it cannot be used.
        InviteOwn: who made it opened it; it stays good for whom it is meant.
    """
    invite = session.scalar(select(Invite).where(Invite.token == token).with_for_update())
    if invite is None:
        raise InviteUnknown
    if invite.used_at is not None:
        raise InviteUsed
    if invite.made_by == person_id:
        raise InviteOwn
    if invite.expires_at <= now:
        raise InviteExpired
    invite.used_at, invite.used_by = now, person_id
    audit.note(session, Deed.INVITE_USED, by=person_id, facts={"role": str(invite.role)}, now=now)
    people.grant(session, person_id=person_id, role=invite.role, by=invite.made_by, now=now)
    if invite.role is Role.OFFICER:
        session.get_one(Person, person_id).on_duty = True  # the welcome says so
    if invite.person_id is not None and invite.person_id != person_id:
        _take_over(session, from_id=invite.person_id, to_id=person_id, invite=invite)
    for grid_id in session.scalars(select(InviteGrid.grid_id).where(InviteGrid.invite_id == invite.id)).all():
        _add_duty(session, person_id, grid_id, is_primary=invite.is_primary)
    session.flush()
    grids = session.scalars(
        select(Grid.code).join(Duty, Duty.grid_id == Grid.id).where(Duty.person_id == person_id).order_by(Grid.code)
    ).all()
    rescued = dispatch.rescue(session, now=now)
    return Joined(people.load_me(session, person_id=person_id), invite.role, tuple(grids), rescued)


def _grids(session: Session, codes: Sequence[str]) -> list[int]:
    """The grids with these codes, each once, in their order."""
    wanted = list(dict.fromkeys(code.strip().upper() for code in codes))
    known = select(Grid.code, Grid.id).where(Grid.code.in_(wanted), Grid.removed_at.is_(None))
    found = {row.code: row.id for row in session.execute(known)}
    unknown = [code for code in wanted if code not in found]
    if unknown:
        raise NoSuchGrid(code=unknown[0])
    return [found[code] for code in wanted]


def _expected(session: Session, grid_id: int, *, now: datetime) -> int | None:
    """The imported primary officer of the grid who has neither joined nor a link that can still be used."""
    invited = select(Invite.person_id).where(
        Invite.person_id.is_not(None), Invite.used_at.is_(None), Invite.expires_at > now
    )
    return session.scalar(
        select(Person.id)
        .join(Duty, Duty.person_id == Person.id)
        .where(
            Duty.grid_id == grid_id,
            Duty.is_primary,
            Person.telegram_id.is_(None),
            Person.id.not_in(invited),
        )
        .order_by(Person.id)
        .limit(1)
    )


def _take_over(session: Session, *, from_id: int, to_id: int, invite: Invite) -> None:
    """The imported officer is this person: his duties, roles and telephone pass over, the placeholder goes."""
    placeholder = session.get(Person, from_id)
    if placeholder is None or placeholder.telegram_id is not None:
        return
    for duty in session.scalars(select(Duty).where(Duty.person_id == from_id)).all():
        _add_duty(session, to_id, duty.grid_id, is_primary=duty.is_primary)
    for role in session.scalars(select(PersonRole).where(PersonRole.person_id == from_id)).all():
        people.grant(session, person_id=to_id, role=role.role, now=role.granted_at)
    joined = session.get_one(Person, to_id)
    joined.phone = joined.phone or placeholder.phone
    joined.known_as = joined.known_as or placeholder.name
    session.execute(update(Invite).where(Invite.person_id == from_id).values(person_id=to_id))
    session.execute(delete(Duty).where(Duty.person_id == from_id))
    session.execute(delete(PersonRole).where(PersonRole.person_id == from_id))
    session.delete(placeholder)


def _add_duty(session: Session, person_id: int, grid_id: int, *, is_primary: bool) -> None:
    duty = session.get(Duty, (person_id, grid_id))
    if duty is None:
        session.add(Duty(person_id=person_id, grid_id=grid_id, is_primary=is_primary))
    else:
        duty.is_primary = duty.is_primary or is_primary
