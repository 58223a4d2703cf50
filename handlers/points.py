"""My points: what one has, what every change was for, and how to earn."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.dialogs import Waiting, wait_for
from handlers.filters import HasWords, IsWaiting, Pressed, Tapped
from handlers.here import Here
from services import points_history
from services.points import boards, earning, overview
from storage.records import Me
from storage.work import Work
from views import boards as boards_shown
from views import menu
from views import points as shown
from views.actions import HowToEarn, JoinBoard, LeaveBoard, OpenPoints, ShowBoard, ShowLapses, ShowPoints
from views.card import Card

router = Router(name="points")


@router.message(Tapped(menu.MY_POINTS, "points"))
async def my_points(message: Message, me: Me, work: Work, here: Here) -> Answer:
    """Newest first."""
    found = await work.look(points_history.page, person_id=me.id, page=0)
    return Answer(say=(shown.overview(found, me, now=work.now, zone=here.zone),))


@router.callback_query(Pressed(ShowPoints))
async def turn_page(press: CallbackQuery, data: ShowPoints, me: Me, work: Work, here: Here) -> Answer:
    """Another page, in place."""
    found = await work.look(points_history.page, person_id=me.id, page=data.page)
    return Answer(edit=shown.overview(found, me, now=work.now, zone=here.zone))


@router.callback_query(Pressed(OpenPoints))
async def open_change(press: CallbackQuery, data: OpenPoints, me: Me, work: Work, here: Here) -> Answer:
    """What one change was for, in place."""
    found, bought = await work.look(points_history.change, person_id=me.id, transfer_id=data.transfer_id)
    return Answer(edit=shown.change(found, bought, me, page=data.page, now=work.now, zone=here.zone))


@router.callback_query(Pressed(ShowLapses))
async def show_lapses(press: CallbackQuery, me: Me, work: Work, here: Here) -> Answer:
    """When which points lapse, in place."""
    return Answer(edit=shown.lapses(await work.look(overview.lapses, person_id=me.id), me, zone=here.zone))


@router.callback_query(Pressed(ShowBoard))
async def show_board(press: CallbackQuery, data: ShowBoard, me: Me, work: Work) -> Answer:
    """A community's board of a month, in place."""
    return Answer(edit=await _board(me, work, grid_id=data.grid_id, back=data.back))


@router.callback_query(Pressed(JoinBoard))
async def ask_board_name(press: CallbackQuery, me: Me, work: Work, state: FSMContext) -> Answer:
    """Under which name?"""
    await wait_for(state, Waiting.board_name, now=work.now)
    return Answer(asks=boards_shown.ask_name(me))


@router.message(IsWaiting(Waiting.board_name), HasWords())
async def join_board(message: Message, me: Me, work: Work, state: FSMContext) -> Answer:
    """Under this one."""
    await state.clear()
    await work(boards.join, person_id=me.id, name=message.text)
    return Answer(say=(await _board(me, work),))


@router.callback_query(Pressed(LeaveBoard))
async def leave_board(press: CallbackQuery, me: Me, work: Work) -> Answer:
    """Under none."""
    await work(boards.leave, person_id=me.id)
    return Answer(edit=await _board(me, work))


@router.callback_query(Pressed(HowToEarn))
async def how_to_earn(press: CallbackQuery, me: Me, work: Work) -> Answer:
    """The rules, in place."""
    return Answer(edit=shown.how_to_earn(await work.look(earning.told), me))


async def _board(me: Me, work: Work, *, grid_id: int = 0, back: int = 0) -> Card:
    found = await work.look(boards.page, person_id=me.id, grid_id=grid_id, back=back, now=work.now)
    return boards_shown.board(found, me)
