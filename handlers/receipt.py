"""What a reporter does with a report: look at it, add to it, change it, take it back."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.dialogs import Waiting, wait_for
from handlers.filters import HasPicture, HasPlace, HasRecording, HasWords, IsWaiting, Pressed, Tapped
from handlers.here import Here
from handlers.pages import page_of
from handlers.parts import file_of, place_of
from services import briefs, folding, lists, reports, withdrawing
from services.errors import NoSuchReport
from services.parts import attachment_of
from storage.kinds import Stage
from storage.records import Me, ReportRecord, number
from storage.work import Work
from views import menu, messages, paged, talk
from views import reports as shown
from views.actions import (
    AddWords,
    Belongs,
    ChangeCategory,
    ChangePlace,
    MyReports,
    Receipt,
    SetCategory,
    ShowReport,
    Withdraw,
    WithdrawNow,
)
from views.texts import plain

router = Router(name="receipt")


@router.message(Tapped(menu.MY_REPORTS, "reports"))
async def my_reports(message: Message, me: Me, work: Work, here: Here) -> Answer:
    """Newest first."""
    return Answer(say=(await page_of(lists.my_reports, paged.my_reports, me=me, work=work, here=here),))


@router.callback_query(Pressed(MyReports))
async def turn_page(press: CallbackQuery, data: MyReports, me: Me, work: Work, here: Here) -> Answer:
    """Another page, in place."""
    return Answer(edit=await page_of(lists.my_reports, paged.my_reports, page=data.page, me=me, work=work, here=here))


@router.callback_query(Pressed(ShowReport))
async def details(press: CallbackQuery, data: ShowReport, me: Me, work: Work, here: Here) -> Answer:
    """Photos, timeline, what happens next."""
    report = await _mine(work, me, data.report_id)
    return Answer(say=(shown.details(report, me, now=work.now, zone=here.zone),))


@router.callback_query(Pressed(Receipt))
async def receipt(press: CallbackQuery, data: Receipt, me: Me, work: Work, here: Here) -> Answer:
    """Back to the receipt."""
    report = await _mine(work, me, data.report_id)
    return Answer(edit=messages.live_receipt(report, me, now=work.now, zone=here.zone))


@router.callback_query(Pressed(ChangeCategory))
async def categories(press: CallbackQuery, data: ChangeCategory, me: Me, work: Work) -> Answer:
    """Show the categories in place of the receipt."""
    await work(reports.check_open, report_id=data.report_id, person_id=me.id)
    return Answer(edit=shown.categories(await _mine(work, me, data.report_id), me))


@router.callback_query(Pressed(SetCategory))
async def set_category(press: CallbackQuery, data: SetCategory, me: Me, work: Work, here: Here) -> Answer:
    """One tap."""
    await work(reports.change_category, report_id=data.report_id, person_id=me.id, code=data.code)
    report = await _mine(work, me, data.report_id)
    card = messages.live_receipt(report, me, now=work.now, zone=here.zone)
    return Answer(edit=card, toast=plain(me.language, "category-changed"))


@router.callback_query(Pressed(Withdraw))
async def ask_withdraw(press: CallbackQuery, data: Withdraw, me: Me, work: Work) -> Answer:
    """Ask back: it cannot be undone."""
    await work(reports.check_open, report_id=data.report_id, person_id=me.id)
    return Answer(edit=shown.confirm_withdraw(await _mine(work, me, data.report_id), me))


@router.callback_query(Pressed(WithdrawNow))
async def withdraw(press: CallbackQuery, data: WithdrawNow, me: Me, work: Work, here: Here) -> Answer:
    """Take it back."""
    await work(withdrawing.withdraw, report_id=data.report_id, person_id=me.id)
    report = await work.look(briefs.describe, report_id=data.report_id, person_id=me.id)
    if not report.is_mine:  # others follow it
        return Answer(edit=shown.left(report, me), toast=plain(me.language, "toast-handed-on"))
    card = messages.live_receipt(report, me, now=work.now, zone=here.zone)
    return Answer(edit=card, toast=plain(me.language, "withdrawn-toast"))


@router.callback_query(Pressed(Belongs))
async def belongs(press: CallbackQuery, data: Belongs, me: Me, work: Work, here: Here) -> Answer:
    """It belongs to the report that it was filed beside: one tap."""
    older = await work(folding.fold, report_id=data.report_id, person_id=me.id)
    report = await _mine(work, me, data.report_id)
    card = messages.live_receipt(report, me, now=work.now, zone=here.zone)
    return Answer(edit=card, toast=plain(me.language, "toast-joined", number=number(older)))


@router.callback_query(Pressed(AddWords))
async def ask_words(press: CallbackQuery, data: AddWords, me: Me, work: Work, state: FSMContext) -> Answer:
    """What should be added?"""
    await wait_for(state, Waiting.words, now=work.now, report_id=data.report_id)
    await work(reports.check_alive, report_id=data.report_id, person_id=me.id)
    return Answer(asks=talk.prompt(me, "words", data.report_id))


@router.message(IsWaiting(Waiting.words), HasWords())
@router.message(IsWaiting(Waiting.words), HasPicture())
@router.message(IsWaiting(Waiting.words), HasRecording())
async def add(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """What is to be added: words, a picture, a recording."""
    report_id = (await state.get_data())["report_id"]
    await state.clear()
    file = file_of(message)
    await work(
        reports.add,
        report_id=report_id,
        person_id=me.id,
        words=message.text or message.caption,
        attachment=attachment_of(me.id, file, stage=Stage.BEFORE, now=work.now) if file is not None else None,
    )
    here.media_came()
    return Answer(say=(talk.added(me, report_id),), about=report_id)


@router.callback_query(Pressed(ChangePlace))
async def ask_place(press: CallbackQuery, data: ChangePlace, me: Me, work: Work, state: FSMContext) -> Answer:
    """Where is it really?"""
    await wait_for(state, Waiting.place, now=work.now, report_id=data.report_id)
    await work(reports.check_open, report_id=data.report_id, person_id=me.id)
    return Answer(asks=talk.prompt(me, "place", data.report_id))


@router.message(IsWaiting(Waiting.place), HasPlace())
async def change_place(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Here."""
    place = place_of(message)
    assert place is not None
    report_id = (await state.get_data())["report_id"]
    await state.clear()
    await work(
        reports.change_place,
        report_id=report_id,
        person_id=me.id,
        latitude=place.latitude,
        longitude=place.longitude,
        source=place.source,
        place_name=place.name,
        county=here.county,
    )
    return Answer(say=(talk.done(me, "place-changed", report_id),))


async def _mine(work: Work, me: Me, report_id: int) -> ReportRecord:
    report = await work.look(briefs.report_for, report_id=report_id, person_id=me.id)
    if not (report.is_mine or report.follows):
        raise NoSuchReport(report_id=report_id)
    return report
