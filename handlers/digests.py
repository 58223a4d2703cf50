"""What comes by itself in the morning: turning it on and off."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.answer import Answer
from handlers.filters import Pressed
from services import digests
from storage.records import Me
from storage.work import Work
from views import digests as shown
from views.actions import SetDigest, ShowDigests
from views.texts import plain

router = Router(name="digests")


@router.callback_query(Pressed(ShowDigests))
async def show(press: CallbackQuery, me: Me, work: Work) -> Answer:
    """Which there are, in place of the settings."""
    return Answer(edit=shown.choice(me, await work.look(digests.chosen, person_id=me.id)))


@router.callback_query(Pressed(SetDigest))
async def switch(press: CallbackQuery, data: SetDigest, me: Me, work: Work) -> Answer:
    """On or off, with the switch to change one's mind."""
    chosen = await work(digests.switch, person_id=me.id, digest=data.digest, is_on=data.is_on)
    toast = plain(me.language, "toast-digest-on" if data.is_on else "toast-digest-off")
    return Answer(edit=shown.choice(me, chosen), toast=toast)
