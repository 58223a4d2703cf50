"""What administrators do in chat: invite officers, desk, leads, administrators."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.dialogs import Waiting, wait_for
from handlers.filters import HasWords, IsWaiting, Pressed, Tapped
from handlers.here import Here
from services import invites, people
from services.errors import NotAllowed
from storage.kinds import Role
from storage.records import Me
from storage.work import Work
from views import invites as shown
from views import menu
from views.actions import InviteAs
from views.card import Card

router = Router(name="admin")


@router.message(Tapped(menu.INVITE, "invite"))
async def choose(message: Message, me: Me) -> Answer:
    """Whom?"""
    if Role.ADMIN not in me.roles:
        raise NotAllowed
    return Answer(say=(shown.choose(me),))


@router.callback_query(Pressed(InviteAs))
async def invite(press: CallbackQuery, data: InviteAs, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """An officer needs a grid; for the others the link is made at once."""
    if data.role is Role.OFFICER:
        await wait_for(state, Waiting.invite_grid, now=work.now)
        await work(people.check_role, person_id=me.id, role=Role.ADMIN)
        return Answer(edit=shown.ask_grid(me))
    return Answer(edit=await _make(me, work, here, role=data.role, grid=None))


@router.message(IsWaiting(Waiting.invite_grid), HasWords())
async def invite_officer(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Of this grid."""
    await state.clear()
    grid = (message.text or "").strip().upper()
    return Answer(say=(await _make(me, work, here, role=Role.OFFICER, grid=grid),))


async def _make(me: Me, work: Work, here: Here, *, role: Role, grid: str | None) -> Card:
    token = here.new_token()
    made = await work(invites.make, token=token, role=role, grid_code=grid, by=me.id)
    return shown.link(
        me,
        url=invites.link(here.bot_username, token),
        role=role,
        grid=grid,
        expires_at=made.expires_at,
        now=work.now,
        zone=here.zone,
    )
