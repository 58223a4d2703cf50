"""What an officer does with a report: accept, pass on, reject; the list. A fix is in `handlers/proofs.py`."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import NOTHING, Answer
from handlers.case_card import case_card
from handlers.dialogs import Waiting, wait_for
from handlers.filters import HasWords, IsFree, IsWaiting, NamesReport, Pressed, Tapped
from handlers.here import Here
from handlers.pages import page_of
from services import briefs, dispatch, lists, told
from services.cases import open_case
from services.errors import NotRegistered
from storage.records import Me
from storage.work import Work
from views import cases, menu, paged, talk
from views import told as ledger
from views.actions import (
    Accept,
    Decline,
    MoreOfCase,
    MyCases,
    NotMine,
    Reject,
    RejectFor,
    ShowCase,
    WaitFor,
    WhoWasTold,
)
from views.texts import plain

numbers = Router(name="numbers")
router = Router(name="cases")

REASONS = (Decline.prefix, RejectFor.prefix, WaitFor.prefix, WhoWasTold.prefix)
"""Of buttons that stand under one case while something about it is being chosen or looked at."""


@numbers.message(IsFree(), NamesReport())
async def open_by_number(message: Message, report_id: int, me: Me, work: Work) -> Answer:
    """The card of any report that one may see, also of one that is over."""
    await work(open_case, report_id=report_id, person_id=me.id)
    return NOTHING


@router.callback_query(Pressed(Accept))
async def accept(press: CallbackQuery, data: Accept, me: Me, work: Work, here: Here) -> Answer:
    """The first one gets it."""
    await work(dispatch.accept, report_id=data.report_id, officer_id=me.id)
    return Answer(edit=await case_card(work, me, here, data.report_id), toast=plain(me.language, "toast-accepted"))


@router.callback_query(Pressed(NotMine))
async def ask_why_not(press: CallbackQuery, data: NotMine, me: Me, work: Work) -> Answer:
    """Why not? In place of the card; who is the last to ask hears it now."""
    level = await work.look(dispatch.next_in_line, report_id=data.report_id, person_id=me.id)
    report = await work.look(briefs.report_for, report_id=data.report_id, person_id=me.id)
    return Answer(edit=cases.why_not_mine(report, me, goes_to=level))


@router.callback_query(Pressed(Decline))
async def decline(press: CallbackQuery, data: Decline, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Pass it on; what was being asked about it is over."""
    await state.clear()
    await work(dispatch.decline, report_id=data.report_id, officer_id=me.id, why=data.why)
    return Answer(edit=await case_card(work, me, here, data.report_id), toast=plain(me.language, "toast-declined"))


@router.callback_query(Pressed(ShowCase))
async def show(press: CallbackQuery, data: ShowCase, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Back to the card: no reason is asked for any more. From the list it is a new message with pictures and place."""
    if _is_list(press):
        await work(open_case, report_id=data.report_id, person_id=me.id)
        return NOTHING
    card = await case_card(work, me, here, data.report_id)
    await state.clear()
    return Answer(edit=card)


@router.callback_query(Pressed(WhoWasTold))
async def who_was_told(press: CallbackQuery, data: WhoWasTold, me: Me, work: Work, here: Here) -> Answer:
    """The ledger of its alerts, in place of the card."""
    report, people = await work.look(told.who_was_told, report_id=data.report_id, person_id=me.id)
    return Answer(edit=ledger.ledger(report, people, me, now=work.now, zone=here.zone))


@router.callback_query(Pressed(MoreOfCase))
async def more(press: CallbackQuery, data: MoreOfCase, me: Me, work: Work, here: Here) -> Answer:
    """What is seldom done, in place of the usual buttons."""
    report = await work.look(briefs.report_for, report_id=data.report_id, person_id=me.id)
    return Answer(edit=cases.more(report, me, now=work.now, zone=here.zone))


@router.callback_query(Pressed(Reject))
async def ask_why_reject(press: CallbackQuery, data: Reject, me: Me, work: Work, state: FSMContext) -> Answer:
    """Why is it no case? A reason's button, or words."""
    await wait_for(state, Waiting.reject_reason, now=work.now, report_id=data.report_id)
    await work(dispatch.check_own, report_id=data.report_id, officer_id=me.id)
    report = await work.look(briefs.report_for, report_id=data.report_id, person_id=me.id)
    return Answer(edit=cases.why_reject(report, me))


@router.callback_query(Pressed(RejectFor))
async def reject_for(
    press: CallbackQuery, data: RejectFor, me: Me, work: Work, here: Here, state: FSMContext
) -> Answer:
    """One tap."""
    await state.clear()
    await work(dispatch.reject, report_id=data.report_id, officer_id=me.id, why=data.why)
    return Answer(edit=await case_card(work, me, here, data.report_id), toast=plain(me.language, "toast-rejected"))


@router.message(IsWaiting(Waiting.reject_reason), HasWords())
async def reject_in_words(message: Message, me: Me, work: Work, state: FSMContext) -> Answer:
    """In the officer's own words."""
    report_id = (await state.get_data())["report_id"]
    await state.clear()
    await work(dispatch.reject, report_id=report_id, officer_id=me.id, why=message.text)
    return Answer(say=(talk.done(me, "rejected-done", report_id),))


@router.message(Tapped(menu.MY_CASES, "cases"))
async def my_cases(message: Message, me: Me, work: Work, here: Here) -> Answer:
    """Oldest deadline first."""
    if not me.roles:
        raise NotRegistered
    return Answer(say=(await page_of(lists.my_cases, paged.my_cases, me=me, work=work, here=here),))


@router.callback_query(Pressed(MyCases))
async def turn_page(press: CallbackQuery, data: MyCases, me: Me, work: Work, here: Here) -> Answer:
    """Another page, in place."""
    return Answer(edit=await page_of(lists.my_cases, paged.my_cases, page=data.page, me=me, work=work, here=here))


def _is_list(press: CallbackQuery) -> bool:
    """Whether the button stands under a list of cases (several cases' buttons) rather than under one case's card."""
    markup = getattr(press.message, "reply_markup", None)
    buttons = [button for row in markup.inline_keyboard for button in row] if markup else []
    return not any((button.callback_data or "").startswith(REASONS) for button in buttons)
