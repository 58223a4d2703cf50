"""My points: what one has, what every change was for, and how to earn."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.filters import Pressed, Tapped
from handlers.here import Here
from services.points import earning, overview
from storage.records import Me
from storage.work import Work
from views import menu
from views import points as shown
from views.actions import HowToEarn, OpenPoints, ShowPoints

router = Router(name="points")


@router.message(Tapped(menu.MY_POINTS, "points"))
async def my_points(message: Message, me: Me, work: Work, here: Here) -> Answer:
    """Newest first."""
    found = await work.look(overview.page, person_id=me.id, page=0)
    return Answer(say=(shown.overview(found, me, now=work.now, zone=here.zone),))


@router.callback_query(Pressed(ShowPoints))
async def turn_page(press: CallbackQuery, data: ShowPoints, me: Me, work: Work, here: Here) -> Answer:
    """Another page, in place."""
    found = await work.look(overview.page, person_id=me.id, page=data.page)
    return Answer(edit=shown.overview(found, me, now=work.now, zone=here.zone))


@router.callback_query(Pressed(OpenPoints))
async def open_change(press: CallbackQuery, data: OpenPoints, me: Me, work: Work, here: Here) -> Answer:
    """What one change was for, in place."""
    found = await work.look(overview.change, person_id=me.id, transfer_id=data.transfer_id)
    return Answer(edit=shown.change(found, me, page=data.page, now=work.now, zone=here.zone))


@router.callback_query(Pressed(HowToEarn))
async def how_to_earn(press: CallbackQuery, me: Me, work: Work) -> Answer:
    """The rules, in place."""
    return Answer(edit=shown.how_to_earn(await work.look(earning.told), me))
