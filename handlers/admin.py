"""What administrators do in chat: invite officers, desk, leads, administrators, members of teams."""

import re
from collections.abc import Sequence

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.dialogs import Waiting, wait_for
from handlers.filters import HasWords, IsWaiting, Pressed, Tapped
from handlers.here import Here
from services import invites, people, posts, teams
from services.errors import NotAllowed, NoWords
from services.merchants import listing
from services.posts import Land
from storage.kinds import Role
from storage.records import Me
from storage.team_kinds import Rank
from storage.work import Work
from views import invites as shown
from views import keepers as shown_keepers
from views import menu, own_shop
from views.actions import InviteAs, InviteLead, InviteMember, InviteRank, InviteTo, InviteTown
from views.card import Card

router = Router(name="admin")

BETWEEN_CODES = re.compile(r"[\s,;、，；]+")


@router.message(Tapped(menu.INVITE, "invite"))
async def choose(message: Message, me: Me) -> Answer:
    """Whom?"""
    if Role.ADMIN not in me.roles:
        raise NotAllowed
    return Answer(say=(shown.choose(me),))


@router.callback_query(Pressed(InviteAs))
async def invite(press: CallbackQuery, data: InviteAs, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Of which grids, team, town? For the desk and administrators the link is made at once."""
    if data.role is Role.OFFICER:
        await work(people.check_role, person_id=me.id, role=Role.ADMIN)
        return Answer(edit=shown.ask_rank(me))
    if data.role is Role.MEMBER:
        if Role.ADMIN not in me.roles:
            raise NotAllowed
        return Answer(edit=shown.choose_team(me, await work.look(teams.all_teams)))
    if data.role is Role.LEAD:
        if Role.ADMIN not in me.roles:
            raise NotAllowed
        return Answer(edit=shown.choose_town(me, await work.look(posts.towns)))
    if data.role is Role.MERCHANT:
        asked_in = press.message.message_id if press.message else None
        await wait_for(state, Waiting.invite_shop, now=work.now, asked_in=asked_in)
        await work(people.check_role, person_id=me.id, role=Role.ADMIN)
        return Answer(edit=shown.ask_shop(me))
    if data.role is Role.KEEPER:
        asked_in = press.message.message_id if press.message else None
        await wait_for(state, Waiting.invite_place, now=work.now, asked_in=asked_in)
        await work(people.check_role, person_id=me.id, role=Role.ADMIN)
        return Answer(edit=shown_keepers.ask_place(me))
    return Answer(edit=await _make(me, work, here, role=data.role))


@router.message(IsWaiting(Waiting.invite_shop), HasWords())
async def invite_merchant(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """The owner of this shop; who is staff is invited by the owner."""
    await state.clear()
    found = await work.look(listing.by_code, code=message.text or "")
    token = here.new_token()
    what = {"role": Role.MERCHANT, "shop": found.code, "is_primary": True}
    made = await work(invites.make_named, token=token, by=me.id, **what)
    url = invites.link(here.bot_username, token)
    said = own_shop.invited(
        found.names, me, url=url, is_owner=True, until=made.expires_at, now=work.now, zone=here.zone
    )
    return Answer(say=(said,))


@router.callback_query(Pressed(InviteRank))
async def invite_rank(press: CallbackQuery, data: InviteRank, me: Me, work: Work, state: FSMContext) -> Answer:
    """Primary or deputy; of which grids?"""
    asked_in = press.message.message_id if press.message else None
    await wait_for(state, Waiting.invite_grid, now=work.now, is_primary=data.is_primary, asked_in=asked_in)
    await work(people.check_role, person_id=me.id, role=Role.ADMIN)
    return Answer(edit=shown.ask_grid(me, is_primary=data.is_primary))


@router.message(IsWaiting(Waiting.invite_grid), HasWords())
async def invite_officer(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Of these grids."""
    is_primary = (await state.get_data())["is_primary"]
    await state.clear()
    grids = [code for code in BETWEEN_CODES.split((message.text or "").upper()) if code]
    if not grids:
        raise NoWords
    return Answer(say=(await _make(me, work, here, role=Role.OFFICER, grids=grids, is_primary=is_primary),))


@router.callback_query(Pressed(InviteTown))
async def invite_to_town(press: CallbackQuery, data: InviteTown, me: Me, work: Work) -> Answer:
    """The whole town, or which community?"""
    town, communities = await work.look(posts.communities, grid_id=data.grid_id)
    return Answer(edit=shown.choose_community(me, town, communities))


@router.callback_query(Pressed(InviteLead))
async def invite_lead(press: CallbackQuery, data: InviteLead, me: Me, work: Work, here: Here) -> Answer:
    """Of this town or community."""
    land = await work.look(posts.land_of, grid_id=data.grid_id, is_town=data.is_town)
    return Answer(edit=await _make(me, work, here, role=Role.LEAD, land=land))


@router.callback_query(Pressed(InviteTo))
async def choose_rank(press: CallbackQuery, data: InviteTo, me: Me) -> Answer:
    """The team's lead, or a deputy?"""
    return Answer(edit=shown.choose_rank(me, data.team_id))


@router.callback_query(Pressed(InviteMember))
async def invite_member(press: CallbackQuery, data: InviteMember, me: Me, work: Work, here: Here) -> Answer:
    """Of this team."""
    code = await work.look(teams.code_of, team_id=data.team_id)
    is_lead = data.rank is Rank.LEAD
    return Answer(edit=await _make(me, work, here, role=Role.MEMBER, team=code, is_primary=is_lead))


async def _make(
    me: Me,
    work: Work,
    here: Here,
    *,
    role: Role,
    grids: Sequence[str] = (),
    team: str | None = None,
    land: Land | None = None,
    is_primary: bool = True,
) -> Card:
    token = here.new_token()
    what = {"role": role, "grids": grids, "team": team, "land": land, "is_primary": is_primary}
    made = await work(invites.make_named, token=token, by=me.id, **what)
    return shown.link(
        me,
        url=invites.link(here.bot_username, token),
        role=role,
        grids=made.grids,
        team=team,
        land=land.name if land is not None else None,
        is_primary=is_primary,
        meant_for=made.meant_for,
        expires_at=made.expires_at,
        now=work.now,
        zone=here.zone,
    )
