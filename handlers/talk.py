"""What reporter and holder say to each other about a report: asked for by a button, or as a reply."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import NOTHING
from handlers.answer import Answer as Reply
from handlers.dialogs import Waiting, wait_for
from handlers.filters import HasPart, IsWaiting, Pressed, RepliesTo
from handlers.here import Here
from handlers.parts import said_of
from services import intake, talk
from storage.kinds import Message as Kind
from storage.records import Me
from storage.work import Work
from views import talk as shown
from views.actions import Answer, Ask, AskWith, TakeAsAnswer

replies = Router(name="replies")
"""Asked before all others: a reply is never part of a report, nor what a dialog waits for."""
router = Router(name="talk")


@replies.message(RepliesTo())
async def reply(message: Message, me: Me, work: Work, here: Here, replied_to: tuple[int, Kind]) -> Reply:
    """A reply to the other side's message needs no button."""
    report_id, kind = replied_to
    if kind in talk.ASK:
        return await _answer(message, me, work, here, report_id=report_id)
    return await _ask(message, me, work, here, report_id=report_id)


@router.callback_query(Pressed(Ask))
async def begin_to_ask(press: CallbackQuery, data: Ask, me: Me, work: Work, state: FSMContext) -> Reply:
    """What do you want to know?"""
    await wait_for(state, Waiting.question, now=work.now, report_id=data.report_id)
    await work(talk.check_ask, report_id=data.report_id, officer_id=me.id)
    return Reply(asks=shown.prompt(me, "ask", data.report_id))


@router.message(IsWaiting(Waiting.question), HasPart())
async def ask(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Reply:
    """Pass it on."""
    report_id = (await state.get_data())["report_id"]
    await state.clear()
    return await _ask(message, me, work, here, report_id=report_id)


@router.callback_query(Pressed(Answer))
async def begin_to_answer(press: CallbackQuery, data: Answer, me: Me, work: Work, state: FSMContext) -> Reply:
    """What do you answer?"""
    await wait_for(state, Waiting.answer, now=work.now, report_id=data.report_id)
    await work(talk.check_answer, report_id=data.report_id, person_id=me.id)
    return Reply(asks=shown.prompt(me, "answer", data.report_id))


@router.message(IsWaiting(Waiting.answer), HasPart())
async def answer(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Reply:
    """Pass it on."""
    report_id = (await state.get_data())["report_id"]
    await state.clear()
    return await _answer(message, me, work, here, report_id=report_id)


@router.callback_query(Pressed(TakeAsAnswer))
async def take_as_answer(press: CallbackQuery, data: TakeAsAnswer, me: Me, work: Work) -> Reply:
    """What was sent without a button is the answer."""
    await work(intake.take_as_answer, person_id=me.id, report_id=data.report_id)
    return Reply(edit=shown.answered(me, data.report_id), about=data.report_id)


@router.callback_query(Pressed(AskWith))
async def ask_with(press: CallbackQuery, data: AskWith, me: Me, work: Work) -> Reply:
    """What the officer sent without a button is for the reporter."""
    await work(intake.take_as_question, person_id=me.id, report_id=data.report_id)
    return Reply(edit=shown.asked(me, data.report_id), about=data.report_id)


async def _ask(message: Message, me: Me, work: Work, here: Here, *, report_id: int) -> Reply:
    said = said_of(message, me, now=work.now)
    is_new = await work(talk.ask, report_id=report_id, officer_id=me.id, said=said)
    here.media_came()
    return Reply(say=(shown.asked(me, report_id),), about=report_id) if is_new else NOTHING


async def _answer(message: Message, me: Me, work: Work, here: Here, *, report_id: int) -> Reply:
    said = said_of(message, me, now=work.now)
    is_new = await work(talk.answer, report_id=report_id, person_id=me.id, said=said)
    here.media_came()
    return Reply(say=(shown.answered(me, report_id),), about=report_id) if is_new else NOTHING
