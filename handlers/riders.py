"""Administrators say who rides."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.answer import Answer
from handlers.filters import Pressed
from handlers.here import Here
from services.merchants import riders
from storage.records import Me
from storage.work import Work
from views import riders as shown
from views.actions import DecideRider

router = Router(name="riders")


@router.callback_query(Pressed(DecideRider))
async def decide(press: CallbackQuery, data: DecideRider, me: Me, work: Work, here: Here) -> Answer:
    """He does, or he does not."""
    one = await work(riders.decide, rider_id=data.person_id, person_id=me.id, is_confirmed=data.is_confirmed)
    return Answer(edit=shown.card(one, me, now=work.now, zone=here.zone))
