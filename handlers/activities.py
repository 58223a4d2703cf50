"""Helping together: who leads it makes a link at the end, and each who opens or scans it earns the hours."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.dialogs import Waiting, wait_for
from handlers.filters import Commanded, HasWords, IsWaiting, Opened, Pressed
from handlers.here import Here
from services import invites
from services.points import activities, earning
from storage.points_records import ActivityRecord
from storage.records import Me
from storage.work import Work
from views import activities as shown
from views.actions import BeginActivity, EndActivity, ShowActivity, ShowActivityCode
from views.card import Card

router = Router(name="activities")


@router.message(Opened(activities.LINK))
async def attend(message: Message, token: str, me: Me, work: Work) -> Answer:
    """The link was opened."""
    return Answer(say=(shown.attended(me, await work(activities.attend, token=token, person_id=me.id)),))


@router.message(Commanded("activity"))
async def begin(message: Message, rest: str, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """What is it called? Who knows how writes name and hours behind the command."""
    if rest:
        return await _named(rest, me, work, here, state)
    await wait_for(state, Waiting.activity, now=work.now)
    await work(activities.check_leads, person_id=me.id)
    return Answer(asks=shown.ask_name(me))


@router.message(IsWaiting(Waiting.activity), HasWords())
async def name(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """The name; the hours too, perhaps."""
    return await _named(message.text or "", me, work, here, state)


@router.callback_query(Pressed(BeginActivity))
async def hours(press: CallbackQuery, data: BeginActivity, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """So many hours: the link."""
    named = (await state.get_data()).get("name", "")
    await state.clear()
    return Answer(edit=await _made(str(named), data.hours, me, work, here))


@router.callback_query(Pressed(ShowActivity))
async def show(press: CallbackQuery, data: ShowActivity, me: Me, work: Work, here: Here) -> Answer:
    """How many have been there by now?"""
    one = await work.look(activities.look, activity_id=data.activity_id, person_id=me.id, now=work.now)
    return Answer(edit=_card(one, me, work, here))


@router.callback_query(Pressed(ShowActivityCode))
async def code(press: CallbackQuery, data: ShowActivityCode, me: Me, work: Work, here: Here) -> Answer:
    """The picture, for those who stand around; of a link that is closed there is none."""
    one = await work.look(activities.look, activity_id=data.activity_id, person_id=me.id, now=work.now)
    if not one.is_open:
        return Answer(edit=_card(one, me, work, here))
    url = invites.link(here.bot_username, one.token)
    return Answer(say=(shown.code(one, me, url=url, now=work.now, zone=here.zone),))


@router.callback_query(Pressed(EndActivity))
async def end(press: CallbackQuery, data: EndActivity, me: Me, work: Work, here: Here) -> Answer:
    """That was all."""
    return Answer(edit=_card(await work(activities.end, activity_id=data.activity_id, person_id=me.id), me, work, here))


async def _named(words: str, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    found = activities.read(words)
    if found.hours is not None:
        await state.clear()
        return Answer(say=(await _made(found.name, found.hours, me, work, here),))
    await wait_for(state, Waiting.activity, now=work.now, name=found.name)
    await work(activities.check_leads, person_id=me.id)
    return Answer(asks=shown.ask_hours(me, found.name, most=earning.rules().activity_hours))


async def _made(name: str, hours: int, me: Me, work: Work, here: Here) -> Card:
    one = await work(activities.begin, token=here.new_token(), person_id=me.id, name=name, hours=hours)
    return _card(one, me, work, here)


def _card(one: ActivityRecord, me: Me, work: Work, here: Here) -> Card:
    url = invites.link(here.bot_username, one.token)
    points = one.hours * earning.rules().activity_hour
    return shown.link(one, me, url=url, points=points, now=work.now, zone=here.zone)
