"""An officer stops the clock of a case, saying whom he waits for and until when, and lets it go on."""

from datetime import timedelta

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.answer import Answer
from handlers.case_card import case_card
from handlers.filters import Pressed
from handlers.here import Here
from services import briefs, dispatch, waiting
from storage.records import Me
from storage.work import Work
from views import cases
from views.actions import AskWait, GoOn, WaitFor
from views.texts import plain

router = Router(name="waiting")


@router.callback_query(Pressed(AskWait))
async def choose(press: CallbackQuery, data: AskWait, me: Me, work: Work) -> Answer:
    """For whom, until when? In place of the card; one tap says both."""
    await work(dispatch.check_own, report_id=data.report_id, officer_id=me.id)
    report = await work.look(briefs.report_for, report_id=data.report_id, person_id=me.id)
    return Answer(edit=cases.wait_for_whom(report, me))


@router.callback_query(Pressed(WaitFor))
async def wait(press: CallbackQuery, data: WaitFor, me: Me, work: Work, here: Here) -> Answer:
    """The clock stands still."""
    days = min(data.days, waiting.LONGEST.days + 1)  # a forged one may be beyond all calendars; too long it stays
    until = work.now + timedelta(days=days)
    await work(waiting.wait_for, report_id=data.report_id, officer_id=me.id, waiting_for=data.waiting_for, until=until)
    return await _case(work, me, here, data.report_id, "toast-waits")


@router.callback_query(Pressed(GoOn))
async def go_on(press: CallbackQuery, data: GoOn, me: Me, work: Work, here: Here) -> Answer:
    """The clock goes on before the time."""
    await work(waiting.go_on, report_id=data.report_id, officer_id=me.id)
    return await _case(work, me, here, data.report_id, "toast-goes-on")


async def _case(work: Work, me: Me, here: Here, report_id: int, toast: str) -> Answer:
    return Answer(edit=await case_card(work, me, here, report_id), toast=plain(me.language, toast))
