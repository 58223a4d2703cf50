"""How much service places are used: `/usage`, for administrators."""

from datetime import date
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.dialogs import Waiting, wait_for
from handlers.filters import Commanded, HasWords, IsWaiting, Pressed
from handlers.here import Here
from services import people
from services.places import lookup, usage
from storage.evaluation_kinds import Span
from storage.figures import Period
from storage.kinds import Role
from storage.records import Me
from storage.usage_records import UsageRecord
from storage.work import Work
from views import usage as shown
from views import usage_chart, usage_file
from views.actions import EVERY_PLACE, ChooseUsagePlace, DrawUsage, ShowUsage, UsageFile
from views.actions.usage import OfUsage

router = Router(name="usage")


@router.message(Commanded("usage"))
async def this_week(message: Message, rest: str, me: Me, work: Work, here: Here) -> Answer:
    """The week that is going on; who knows how writes a place behind the command."""
    period = Period.now(Span.WEEK, now=work.now, zone=here.zone)
    place_id = (await work.look(lookup.one, text=rest)).id if rest else None
    found = await work.look(usage.load, person_id=me.id, period=period, place_id=place_id)
    return Answer(say=(shown.usage(found, me, now=work.now, zone=here.zone),))


@router.callback_query(Pressed(ShowUsage))
async def show(press: CallbackQuery, data: ShowUsage, me: Me, work: Work, here: Here) -> Answer:
    """Other days, another place, in place."""
    return Answer(edit=shown.usage(await _load(data, me, work), me, now=work.now, zone=here.zone))


@router.callback_query(Pressed(ChooseUsagePlace))
async def choose(press: CallbackQuery, data: ChooseUsagePlace, me: Me, work: Work, state: FSMContext) -> Answer:
    """Of which place?"""
    period: dict[str, Any] = {"span": str(data.span), "day": data.day.isoformat()}
    await wait_for(state, Waiting.usage_place, now=work.now, **period)
    await work(people.check_role, person_id=me.id, role=Role.ADMIN)
    return Answer(asks=shown.ask_place(me))


@router.message(IsWaiting(Waiting.usage_place), HasWords())
async def of_place(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """The one that was typed, in the days that were shown."""
    asked = await state.get_data()
    place_id = (await work.look(lookup.one, text=message.text or "")).id
    await state.clear()
    period = Period.around(date.fromisoformat(asked["day"]), Span(asked["span"]))
    found = await work.look(usage.load, person_id=me.id, period=period, place_id=place_id)
    return Answer(say=(shown.usage(found, me, now=work.now, zone=here.zone),))


@router.callback_query(Pressed(DrawUsage))
async def draw(press: CallbackQuery, data: DrawUsage, me: Me, work: Work, here: Here) -> Answer:
    """The picture."""
    found = await _load(data, me, work)
    drawn = await here.make(usage_chart.chart(found, me), chat_id=press.from_user.id)
    return Answer(say=(shown.picture(found, me, drawn),))


@router.callback_query(Pressed(UsageFile))
async def send_file(press: CallbackQuery, data: UsageFile, me: Me, work: Work, here: Here) -> Answer:
    """The Excel file."""
    found = await _load(data, me, work)
    written = await here.make(usage_file.workbook(found, me.language), chat_id=press.from_user.id)
    return Answer(say=(shown.file(found, me, written),))


async def _load(data: OfUsage, me: Me, work: Work) -> UsageRecord:
    place_id = None if data.place_id == EVERY_PLACE else data.place_id
    period = Period.around(data.day, data.span)
    return await work.look(usage.load, person_id=me.id, period=period, place_id=place_id)
