"""What people say of a fix: fixed or not, stars, that it broke again; and what a lead decides."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.case_card import case_card
from handlers.dialogs import Waiting, wait_for
from handlers.filters import HasPicture, HasRecording, HasWords, IsWaiting, Pressed
from handlers.here import Here
from handlers.parts import file_of
from services import again, briefs, verdicts
from services.parts import attachment_of
from storage.kinds import Stage
from storage.records import Me, number
from storage.work import Work
from views import reports
from views import verdicts as shown
from views.actions import Again, Decide, Fixed, NotFixed, NotFixedFor, Rate, ShowVerdict
from views.card import Card
from views.texts import plain

router = Router(name="verdicts")


@router.callback_query(Pressed(Fixed))
async def fixed(press: CallbackQuery, data: Fixed, me: Me, work: Work, here: Here) -> Answer:
    """It is."""
    await work(verdicts.fixed, report_id=data.report_id, person_id=me.id, fix=data.round)
    return Answer(edit=await _card(work, me, here, data.report_id), toast=plain(me.language, "toast-fixed"))


@router.callback_query(Pressed(NotFixed))
async def ask_why(press: CallbackQuery, data: NotFixed, me: Me, work: Work, state: FSMContext) -> Answer:
    """It is not: why? In place of the card."""
    await wait_for(state, Waiting.objection, now=work.now, report_id=data.report_id, fix=data.round)
    await work(verdicts.check, report_id=data.report_id, person_id=me.id, fix=data.round)
    report = await work.look(briefs.report_for, report_id=data.report_id, person_id=me.id)
    return Answer(edit=shown.why_not(report, me))


@router.callback_query(Pressed(ShowVerdict))
async def back(press: CallbackQuery, data: ShowVerdict, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Back to the card: nothing was said."""
    card = await _card(work, me, here, data.report_id)
    await state.clear()
    return Answer(edit=card)


@router.callback_query(Pressed(NotFixedFor))
async def not_fixed(
    press: CallbackQuery, data: NotFixedFor, me: Me, work: Work, here: Here, state: FSMContext
) -> Answer:
    """One tap says why."""
    await state.clear()
    said = {"report_id": data.report_id, "fix": data.round, "why": data.why}
    await work(verdicts.not_fixed, person_id=me.id, **said)
    return Answer(edit=await _card(work, me, here, data.report_id), toast=plain(me.language, "toast-not-fixed"))


@router.message(IsWaiting(Waiting.objection), HasWords())
@router.message(IsWaiting(Waiting.objection), HasPicture())
@router.message(IsWaiting(Waiting.objection), HasRecording())
async def not_fixed_as_shown(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Words say why, or a picture or recording shows it."""
    held = await state.get_data()
    await state.clear()
    file = file_of(message)
    photo = attachment_of(me.id, file, stage=Stage.BEFORE, now=work.now) if file is not None else None
    said = {"report_id": held["report_id"], "fix": held["fix"], "why": message.text or message.caption}
    await work(verdicts.not_fixed, person_id=me.id, photo=photo, **said)
    here.media_came()
    report = await work.look(briefs.report_for, report_id=held["report_id"], person_id=me.id)
    return Answer(say=(shown.objected(report, me, now=work.now, zone=here.zone),))


@router.callback_query(Pressed(Rate))
async def rate(press: CallbackQuery, data: Rate, me: Me, work: Work, here: Here) -> Answer:
    """Stars; others may be chosen later."""
    await work(verdicts.rate, report_id=data.report_id, person_id=me.id, stars=data.stars)
    return Answer(edit=await _card(work, me, here, data.report_id), toast=plain(me.language, "toast-rated"))


@router.callback_query(Pressed(Again))
async def say_again(press: CallbackQuery, data: Again, me: Me, work: Work, here: Here) -> Answer:
    """A new report with one tap; who pressed before, or is the second, is told its number."""
    new = await work(again.say_again, report_id=data.report_id, person_id=me.id, county=here.county)
    filed = await work.look(briefs.describe, report_id=new, person_id=me.id)
    toast = plain(me.language, "toast-again-too" if filed.follows else "toast-again", number=number(new))
    return Answer(edit=await _card(work, me, here, data.report_id), toast=toast, is_alert=True)


@router.callback_query(Pressed(Decide))
async def decide(press: CallbackQuery, data: Decide, me: Me, work: Work, here: Here) -> Answer:
    """The lead decides."""
    await work(verdicts.decide, report_id=data.report_id, lead_id=me.id, is_fixed=data.is_fixed)
    card = await case_card(work, me, here, data.report_id)
    return Answer(edit=card, toast=plain(me.language, "toast-decided"))


async def _card(work: Work, me: Me, here: Here, report_id: int) -> Card:
    report = await work.look(briefs.report_for, report_id=report_id, person_id=me.id)
    return reports.resolved(report, me, now=work.now, zone=here.zone)
