"""Administrators give points by hand."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.dialogs import Waiting, wait_for
from handlers.filters import Commanded, HasWords, IsWaiting, Pressed
from handlers.here import Here
from services.points import by_hand
from storage.records import Me
from storage.work import Work
from views import by_hand as shown
from views.actions import DecideCredit, GiveCredit

router = Router(name="by_hand")


@router.message(Commanded("credit"))
async def begin(message: Message, rest: str, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Whom, how many, what for? Who knows how writes it behind the command."""
    if rest:
        return await _propose(rest, me, work, here, state)
    await wait_for(state, Waiting.credit, now=work.now)
    await work(by_hand.check, person_id=me.id)
    return Answer(asks=shown.ask(me))


@router.message(IsWaiting(Waiting.credit), HasWords())
async def propose(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """What is about to be given, with a button that does."""
    return await _propose(message.text or "", me, work, here, state)


@router.callback_query(Pressed(GiveCredit))
async def give(press: CallbackQuery, data: GiveCredit, me: Me, work: Work, here: Here) -> Answer:
    """Given, or put to the other administrators."""
    one = await work(by_hand.give, credit_id=data.credit_id, person_id=me.id)
    return Answer(edit=shown.card(one, me, now=work.now, zone=here.zone))


@router.callback_query(Pressed(DecideCredit))
async def decide(press: CallbackQuery, data: DecideCredit, me: Me, work: Work, here: Here) -> Answer:
    """The second administrator's word."""
    one = await work(by_hand.decide, credit_id=data.credit_id, person_id=me.id, is_confirmed=data.is_confirmed)
    return Answer(edit=shown.card(one, me, now=work.now, zone=here.zone))


async def _propose(text: str, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    await state.clear()
    one = await work(by_hand.propose, person_id=me.id, text=text)
    return Answer(say=(shown.card(one, me, now=work.now, zone=here.zone),))
