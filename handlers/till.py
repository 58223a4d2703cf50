"""The shop's side of the till: a code is scanned or typed, taken, and perhaps given back."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.filters import Opened, Pressed, SixDigits
from handlers.here import Here
from services.merchants import codes, till
from services.merchants.codes import Found
from services.merchants.errors import CodeCancelled, CodeExpired, CodeTaken, CodeUndone
from storage.records import Me
from storage.work import Work
from views import till as shown
from views.actions import TakeCode, UndoCode
from views.texts import plain

router = Router(name="till")


@router.message(Opened(till.LINK))
async def scan(message: Message, token: str, me: Me, work: Work, here: Here) -> Answer:
    """The phone's camera has read a picture."""
    found = await work.look(codes.scanned, person_id=me.id, token=token.removeprefix(till.LINK), now=work.now)
    return Answer(say=(shown.waiting(found, me, now=work.now, zone=here.zone),))


@router.message(SixDigits())
async def type_code(message: Message, digits: str, me: Me, work: Work, here: Here) -> Answer:
    """Six digits; wrong ones are counted."""
    found = await work(codes.typed, person_id=me.id, code=digits)
    if isinstance(found, Found):
        return Answer(say=(shown.waiting(found.redemption, me, now=work.now, zone=here.zone),))
    return Answer(say=(shown.wrong(found, me, now=work.now, zone=here.zone),))


@router.callback_query(Pressed(TakeCode))
async def take(press: CallbackQuery, data: TakeCode, me: Me, work: Work) -> Answer:
    """Take it; the receipt with *Undo* comes by the outbox. What is over meanwhile loses its button."""
    try:
        await work(till.take, redemption_id=data.redemption_id, person_id=me.id)
    except (CodeTaken, CodeUndone, CodeExpired, CodeCancelled) as problem:
        found = await work.look(codes.waiting, person_id=me.id, redemption_id=data.redemption_id)
        toast = plain(me.language, problem.key)
        return Answer(edit=shown.not_taken(found, me, why=problem.key), toast=toast, is_alert=True)
    found = await work.look(codes.waiting, person_id=me.id, redemption_id=data.redemption_id)
    return Answer(edit=shown.taken(found, me), toast=plain(me.language, "toast-taken"))


@router.callback_query(Pressed(UndoCode))
async def undo(press: CallbackQuery, data: UndoCode, me: Me, work: Work) -> Answer:
    """Give it back; both hear it by the outbox."""
    await work(till.undo, redemption_id=data.redemption_id, person_id=me.id)
    found = await work.look(codes.waiting, person_id=me.id, redemption_id=data.redemption_id)
    return Answer(edit=shown.taken_back(found, me), toast=plain(me.language, "toast-undone"))
