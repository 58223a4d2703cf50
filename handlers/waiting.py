"""An officer stops the clock of a case, saying whom he waits for and until when, and lets it go on."""

from dataclasses import replace
from datetime import timedelta

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.case_card import case_card
from handlers.dialogs import Waiting, wait_for
from handlers.filters import HasWords, IsWaiting, Pressed
from handlers.here import Here
from services import briefs, dispatch, wait_times, waiting
from storage.kinds import WaitingFor
from storage.records import Me
from storage.work import Work
from views import waits
from views.actions import AskWait, AskWaitTime, GoOn, NothingToAsk, WaitFor
from views.card import Card
from views.texts import plain

router = Router(name="waiting")
FAR = 1000 * 24
"""Hours: a forged button may be beyond all calendars; too long it stays."""


@router.callback_query(Pressed(AskWait))
async def choose(press: CallbackQuery, data: AskWait, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """For whom, until when? In place of the card; one tap says both."""
    await state.clear()
    longest = await work(waiting.longest, report_id=data.report_id, officer_id=me.id)
    report = await work.look(briefs.report_for, report_id=data.report_id, person_id=me.id)
    tomorrow = wait_times.tomorrow(now=work.now, zone=here.zone) - work.now
    return Answer(edit=waits.for_whom(report, me, longest=longest, tomorrow=tomorrow))


@router.callback_query(Pressed(WaitFor))
async def wait(press: CallbackQuery, data: WaitFor, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """The clock stands still; a reporter who was asked nothing cannot know what for."""
    until = work.now + timedelta(hours=min(data.hours, FAR))
    if data.hours == waits.TOMORROW:
        until = wait_times.tomorrow(now=work.now, zone=here.zone)
    asks = await _begin_to_ask(work, me, state, report_id=data.report_id, whom=data.waiting_for)
    await work(waiting.wait_for, report_id=data.report_id, officer_id=me.id, waiting_for=data.waiting_for, until=until)
    answer = await _case(work, me, here, data.report_id, "toast-waits")
    return replace(answer, asks=await _what_for(work, me, here, data.report_id) if asks else None)


@router.callback_query(Pressed(AskWaitTime))
async def ask_until(press: CallbackQuery, data: AskWaitTime, me: Me, work: Work, state: FSMContext) -> Answer:
    """Another time: he writes it."""
    await wait_for(state, Waiting.until, now=work.now, report_id=data.report_id, waiting_for=str(data.waiting_for))
    await work(dispatch.check_own, report_id=data.report_id, officer_id=me.id)
    report = await work.look(briefs.report_for, report_id=data.report_id, person_id=me.id)
    return Answer(edit=waits.until_when(report, me, data.waiting_for))


@router.message(IsWaiting(Waiting.until), HasWords())
async def wait_until(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Until what he has written; what cannot be read is asked for once more."""
    said = await state.get_data()
    await state.clear()
    whom = WaitingFor(said["waiting_for"])
    asks = await _begin_to_ask(work, me, state, report_id=said["report_id"], whom=whom)
    which = {"report_id": said["report_id"], "officer_id": me.id, "waiting_for": whom}
    await work(waiting.wait_until, **which, words=message.text)
    if asks:
        return Answer(asks=await _what_for(work, me, here, said["report_id"]))
    report = await work.look(briefs.report_for, report_id=said["report_id"], person_id=me.id)
    return Answer(say=(waits.done(report, me, now=work.now, zone=here.zone),))


@router.callback_query(Pressed(NothingToAsk))
async def nothing_to_ask(
    press: CallbackQuery, data: NothingToAsk, me: Me, work: Work, here: Here, state: FSMContext
) -> Answer:
    """The reporter knows what is waited for: what the officer sends next is no question."""
    if await state.get_state() == Waiting.question and (await state.get_data()).get("report_id") == data.report_id:
        await state.clear()
    report = await work.look(briefs.report_for, report_id=data.report_id, person_id=me.id)
    return Answer(edit=waits.done(report, me, now=work.now, zone=here.zone))


@router.callback_query(Pressed(GoOn))
async def go_on(press: CallbackQuery, data: GoOn, me: Me, work: Work, here: Here) -> Answer:
    """The clock goes on before the time."""
    await work(waiting.go_on, report_id=data.report_id, officer_id=me.id)
    return await _case(work, me, here, data.report_id, "toast-goes-on")


async def _begin_to_ask(work: Work, me: Me, state: FSMContext, *, report_id: int, whom: WaitingFor) -> bool:
    """What comes next is the question, where the reporter was never asked any; whether it is so."""
    report = await work.look(briefs.report_for, report_id=report_id, person_id=me.id)
    asks = waits.must_ask(report, whom)
    if asks:
        await wait_for(state, Waiting.question, now=work.now, report_id=report_id)
    return asks


async def _what_for(work: Work, me: Me, here: Here, report_id: int) -> Card:
    report = await work.look(briefs.report_for, report_id=report_id, person_id=me.id)
    return waits.what_for(report, me, now=work.now, zone=here.zone)


async def _case(work: Work, me: Me, here: Here, report_id: int, toast: str) -> Answer:
    return Answer(edit=await case_card(work, me, here, report_id), toast=plain(me.language, toast))
