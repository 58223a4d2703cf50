"""One-time links that let people in as officers, desk, leads or administrators."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from services import audit, duty, notices, people, posts, presence, teams
from services.errors import InviteExpired, InviteOwn, InviteUnknown, InviteUsed, NoSuchGrid, NoSuchTeam
from services.merchants import listing, staff
from services.merchants.errors import ShopGone
from services.places import keepers, lookup
from services.posts import Land
from storage.kinds import Deed, Language, Names, Role
from storage.records import Me
from storage.schema import (
    Duty,
    EmergencyCall,
    Grid,
    Invite,
    InviteGrid,
    Merchant,
    Person,
    PersonRole,
    PlaceKeeper,
    Post,
    ServicePlace,
    Team,
    TeamMember,
)
from storage.team_kinds import Rank

LIFETIME = timedelta(days=7)
TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a link may carry: https://core.telegram.org/bots/features#deep-linking; one may also type anything else."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a link is for; of most roles nothing but the role."""

    grid_ids: tuple[int, ...]  # of an officer
    team: Team | None  # of a member
    shop: Merchant | None  # of a merchant
    place: ServicePlace | None  # of a keeper
    land: Land | None  # of a lead


@dataclass(frozen=True, slots=True)
class Made:
    """What is said of a new link."""

    expires_at: datetime
    grids: tuple[tuple[str, str, bool], ...]  # code, name, whether as primary: all that the link gives
    meant_for: str | None  # the person of an import all of whose duties it gives


@dataclass(frozen=True, slots=True)
class Joined:
    """What a person became by an invite."""

    me: Me
    role: Role
    grids: tuple[tuple[str, str, bool], ...]  # code, name, whether as primary
    rescued: int  # reports that nobody could be offered until now
    team: Names | None = None  # of a member
    shop: Names | None = None  # of a merchant
    place: Names | None = None  # of a keeper
    lands: tuple[str, ...] = ()  # of a lead


def make(
    session: Session,
    *,
    token: str,
    role: Role,
    now: datetime,
    grids: Sequence[str] = (),
    team: str | None = None,
    shop: str | None = None,
    place: str | None = None,
    land: Land | None = None,
    is_primary: bool = True,
    by: int | None = None,
) -> Invite:
    """Make a link; ``token`` comes from `secrets`. ``by``: an administrator (None: the command line).

    ``grids`` are the codes of an officer's, ``team`` that of a member's team, ``land`` what a lead looks after,
    ``shop`` that of the shop that a merchant owns (works at, if not primary): its owners may make such a link, too;
    ``place`` that of the service place that a keeper looks after: so may those who look after it. A link for one grid
    whose imported primary officer has not joined yet is meant for that officer, likewise one for a team, a lead or a
    keeper: whoever uses it takes over all of the person's duties. A deputy's of a grid, and one for several grids, give
    just what they say.

    Raises:
        NotAllowed: ``by`` is no administrator.
        NoSuchGrid, NoSuchTeam, NoSuchShop, UnknownPlace, NoSuchPlace: as `meant` says.
    """
    found = meant(session, role=role, grids=grids, team=team, shop=shop, place=place, land=land)
    grid_ids, joins, works_at, keeps, land = found.grid_ids, found.team, found.shop, found.place, found.land
    is_of_shop = works_at is not None and by in staff.owners(session, [works_at.id])
    is_of_place = keeps is not None and by in keepers.of(session, keeps.id)
    if by is not None and not (is_of_shop or is_of_place):
        people.require(session, person_id=by, role=Role.ADMIN)
    expected = None
    if land is not None:
        expected = _expected(session, _of_land(land), now=now)
    elif joins is not None:
        expected = _expected(session, _of_team(joins, _rank(is_primary=is_primary)), now=now)
    elif keeps is not None:
        expected = _expected(session, select(PlaceKeeper.person_id).where(PlaceKeeper.place_id == keeps.id), now=now)
    elif role is Role.OFFICER and is_primary and len(grid_ids) == 1:
        expected = _expected(session, _of_grid(grid_ids[0]), now=now)
    invite = Invite(
        token=token,
        role=role,
        team_id=joins.id if joins is not None else None,
        merchant_id=works_at.id if works_at is not None else None,
        place_id=keeps.id if keeps is not None else None,
        town=land.town if land is not None else None,
        community=land.community if land is not None else None,
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


def meant(
    session: Session,
    *,
    role: Role,
    grids: Sequence[str] = (),
    team: str | None = None,
    shop: str | None = None,
    place: str | None = None,
    land: Land | None = None,
) -> Meant:
    """What a link with these words would be for.

    Raises:
        NoSuchGrid: some are no grid's: ``code`` has all of these.
        NoSuchTeam, NoSuchShop, UnknownPlace: there is no team, shop, or place, with the code ``code``.
        NoSuchPlace: there is no such town or community.
    """
    return Meant(
        grid_ids=tuple(_grids(session, grids)),
        team=_team(session, team) if role is Role.MEMBER else None,
        shop=listing.find(session, shop or "") if role is Role.MERCHANT else None,
        place=lookup.by_code(session, place) if role is Role.KEEPER else None,
        land=posts.land(session, town=land.town, community=land.community) if land is not None else None,
    )


def make_named(
    session: Session,
    *,
    token: str,
    role: Role,
    now: datetime,
    is_primary: bool = True,
    by: int | None = None,
    **of: Any,
) -> Made:
    """`make`, with all that the message says in which the link is passed on; ``of``: as `meant` takes it."""
    invite = make(session, token=token, role=role, now=now, is_primary=is_primary, by=by, **of)
    if invite.person_id is not None:
        person = session.get_one(Person, invite.person_id)
        return Made(invite.expires_at, tuple(duty.grids_of(session, person_id=person.id)), person.name)
    named = session.execute(
        select(Grid.code, Grid.name)
        .join(InviteGrid, InviteGrid.grid_id == Grid.id)
        .where(InviteGrid.invite_id == invite.id)
        .order_by(Grid.code)
    )
    return Made(invite.expires_at, tuple((row.code, row.name, is_primary) for row in named), None)


def link(bot_username: str, token: str) -> str:
    """The address that opens the bot with the invite: https://core.telegram.org/bots/features#deep-linking"""
    return f"https://t.me/{bot_username}?start={token}"


def redeem(session: Session, *, token: str, person_id: int, now: datetime) -> Joined:
    """Use a link: it works once.

    Raises:
        InviteUnknown, InviteUsed, InviteExpired: it cannot be used.
        InviteOwn: who made it opened it; it stays good for whom it is meant.
        PlaceGone, ShopGone: the place that he would look after, or the shop where he would work, was removed.
    """
    found = select(Invite).where(Invite.token == token).with_for_update()
    invite = session.scalar(found) if TOKEN.fullmatch(token) else None
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
    elif invite.role in (Role.LEAD, Role.DESK, Role.ADMIN):
        notices.in_new_role(session, person_id, now=now)
    if invite.person_id is not None and invite.person_id != person_id:
        _take_over(session, from_id=invite.person_id, to_id=person_id, invite=invite, now=now)
    for grid_id in session.scalars(select(InviteGrid.grid_id).where(InviteGrid.invite_id == invite.id)).all():
        _add_duty(session, person_id, grid_id, is_primary=invite.is_primary)
    team = session.get_one(Team, invite.team_id) if invite.team_id is not None else None
    if team is not None:
        _add_to_team(session, person_id, team.id, rank=_rank(is_primary=invite.is_primary))
    shop = session.get_one(Merchant, invite.merchant_id) if invite.merchant_id is not None else None
    if shop is not None:
        if shop.removed_at is not None:
            raise ShopGone
        staff.add(session, person_id=person_id, merchant_id=shop.id, is_owner=invite.is_primary, now=now)
    kept = session.get_one(ServicePlace, invite.place_id) if invite.place_id is not None else None
    if kept is not None:
        keepers.add(session, person_id=person_id, place_id=kept.id, now=now)
    if invite.town is not None:
        land = Land(invite.town, invite.community or "")
        posts.add(session, person_id=person_id, land=land, by=invite.made_by, now=now)
    session.flush()
    grids = tuple(duty.grids_of(session, person_id=person_id))
    rescued = presence.rescue(session, now=now)
    me = people.load_me(session, person_id=person_id)
    names = teams.names(team) if team is not None else None
    lands = tuple(one.name for one in posts.of(session, person_id=person_id))
    works_at = {Language.ZH: shop.name_zh, Language.EN: shop.name_en} if shop is not None else None
    looks_after = {Language.ZH: kept.name_zh, Language.EN: kept.name_en} if kept is not None else None
    return Joined(me, invite.role, grids, rescued, names, works_at, looks_after, lands)


def _grids(session: Session, codes: Sequence[str]) -> list[int]:
    """The grids with these codes, each once, in their order."""
    wanted = list(dict.fromkeys(code.strip().upper() for code in codes))
    known = select(Grid.code, Grid.id).where(Grid.code.in_(wanted), Grid.removed_at.is_(None))
    found = {row.code: row.id for row in session.execute(known)}
    unknown = [code for code in wanted if code not in found]
    if unknown:
        raise NoSuchGrid(code=" ".join(unknown))
    return [found[code] for code in wanted]


def _team(session: Session, code: str | None) -> Team:
    team = session.scalar(select(Team).where(Team.code == (code or "").strip().upper()))
    if team is None:
        raise NoSuchTeam(code=code or "")
    return team


def _of_grid(grid_id: int) -> Select[int]:
    return select(Duty.person_id).where(Duty.grid_id == grid_id, Duty.is_primary)


def _of_land(land: Land) -> Select[int]:
    return select(Post.person_id).where(Post.town == land.town, Post.community == land.community)


def _of_team(team: Team, rank: Rank) -> Select[int]:
    return select(TeamMember.person_id).where(TeamMember.team_id == team.id, TeamMember.rank == rank)


def _expected(session: Session, imported: Select[int], *, now: datetime) -> int | None:
    """The first of these people of an import who has neither joined nor a link that can still be used."""
    invited = select(Invite.person_id).where(
        Invite.person_id.is_not(None), Invite.used_at.is_(None), Invite.expires_at > now
    )
    return session.scalar(
        select(Person.id)
        .where(Person.id.in_(imported), Person.telegram_id.is_(None), Person.id.not_in(invited))
        .order_by(Person.id)
        .limit(1)
    )


def _take_over(session: Session, *, from_id: int, to_id: int, invite: Invite, now: datetime) -> None:
    """The imported person is this one: his duties, teams, roles and telephone pass over, the placeholder goes."""
    placeholder = session.get(Person, from_id)
    if placeholder is None or placeholder.telegram_id is not None:
        return
    for part in session.scalars(select(Duty).where(Duty.person_id == from_id)).all():
        _add_duty(session, to_id, part.grid_id, is_primary=part.is_primary)
    for member in session.scalars(select(TeamMember).where(TeamMember.person_id == from_id)).all():
        _add_to_team(session, to_id, member.team_id, rank=member.rank)
    for place_id in keepers.kept_by(session, person_id=from_id):
        keepers.add(session, person_id=to_id, place_id=place_id, now=now)
    for land in posts.of(session, person_id=from_id):
        posts.add(session, person_id=to_id, land=land, by=invite.made_by, now=now)
    _move_calls(session, from_id=from_id, to_id=to_id)
    for role in session.scalars(select(PersonRole).where(PersonRole.person_id == from_id)).all():
        people.grant(session, person_id=to_id, role=role.role, by=invite.made_by, now=now)
    joined = session.get_one(Person, to_id)
    joined.phone = joined.phone or placeholder.phone
    joined.known_as = joined.known_as or placeholder.name
    session.execute(update(Invite).where(Invite.person_id == from_id).values(person_id=to_id))
    session.execute(delete(Duty).where(Duty.person_id == from_id))
    session.execute(delete(TeamMember).where(TeamMember.person_id == from_id))
    session.execute(delete(PlaceKeeper).where(PlaceKeeper.person_id == from_id))
    session.execute(delete(Post).where(Post.person_id == from_id))
    session.execute(delete(PersonRole).where(PersonRole.person_id == from_id))
    session.delete(placeholder)


def _add_duty(session: Session, person_id: int, grid_id: int, *, is_primary: bool) -> None:
    part = session.get(Duty, (person_id, grid_id))
    if part is None:
        session.add(Duty(person_id=person_id, grid_id=grid_id, is_primary=is_primary))
    else:
        part.is_primary = part.is_primary or is_primary


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
