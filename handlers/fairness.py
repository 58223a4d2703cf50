"""Reports that are called false, suspensions, and the audit log."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.case_card import case_card
from handlers.dialogs import Waiting, wait_for
from handlers.filters import HasPicture, HasRecording, HasWords, IsWaiting, Pressed
from handlers.here import Here
from handlers.pages import page_of
from handlers.parts import file_of
from services import audit_log
from services import fairness as rules
from services.parts import File, attachment_of
from storage.kinds import AttachmentKind, Stage
from storage.records import Me
from storage.work import Work
from views import audit, talk
from views import fairness as shown
from views.actions import DecideDispute, Dispute, LiftSuspension, RejectAsFalse, ShowAudit
from views.texts import plain

router = Router(name="fairness")


@router.callback_query(Pressed(RejectAsFalse))
async def ask_why_false(press: CallbackQuery, data: RejectAsFalse, me: Me, work: Work, state: FSMContext) -> Answer:
    """Not true: in which way?"""
    await wait_for(state, Waiting.false_reason, now=work.now, report_id=data.report_id)
    await work(rules.check_mark, report_id=data.report_id, officer_id=me.id)
    return Answer(asks=talk.prompt(me, "false", data.report_id))


@router.message(IsWaiting(Waiting.false_reason), HasWords())
async def mark_false(message: Message, me: Me, work: Work, state: FSMContext) -> Answer:
    """In the officer's words, which the reporter will read."""
    report_id = (await state.get_data())["report_id"]
    await state.clear()
    await work(rules.mark_false, report_id=report_id, officer_id=me.id, why=message.text)
    return Answer(say=(talk.done(me, "false-done", report_id),))


@router.callback_query(Pressed(Dispute))
async def ask_for_objection(press: CallbackQuery, data: Dispute, me: Me, work: Work, state: FSMContext) -> Answer:
    """That is wrong: why?"""
    await wait_for(state, Waiting.dispute, now=work.now, report_id=data.report_id)
    await work(rules.check_dispute, report_id=data.report_id, person_id=me.id)
    return Answer(asks=talk.prompt(me, "dispute", data.report_id))


@router.message(IsWaiting(Waiting.dispute), HasPicture())
async def objection_with_picture(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """A photo with words is all of it; one without waits for them."""
    data = await state.get_data()
    file = file_of(message)
    if file is None or file.kind is not AttachmentKind.PHOTO:
        return Answer(asks=talk.prompt(me, "dispute-photo-only", data["report_id"]))
    photos = [*data.get("photos", ()), _kept(file)]
    if file.caption:
        return await _dispute(file.caption, photos, me, work, here, state)
    await wait_for(state, Waiting.dispute, now=work.now, report_id=data["report_id"], photos=photos)
    is_first = len(photos) == 1 or file.media_group_id is None
    return Answer(asks=talk.prompt(me, "dispute-words", data["report_id"])) if is_first else Answer()


@router.message(IsWaiting(Waiting.dispute), HasWords())
async def objection(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """In the reporter's words, with the photos that came before them."""
    photos = (await state.get_data()).get("photos", ())
    return await _dispute(message.text or "", photos, me, work, here, state)


@router.message(IsWaiting(Waiting.dispute), HasRecording())
async def objection_is_no_words(message: Message, me: Me, state: FSMContext) -> Answer:
    """A lead reads it: a voice message or video will not do."""
    return Answer(asks=talk.prompt(me, "dispute-photo-only", (await state.get_data())["report_id"]))


@router.callback_query(Pressed(DecideDispute))
async def decide(press: CallbackQuery, data: DecideDispute, me: Me, work: Work, here: Here) -> Answer:
    """One tap of the lead."""
    await work(rules.decide_dispute, report_id=data.report_id, person_id=me.id, is_false=data.is_false)
    toast = plain(me.language, "toast-is-false" if data.is_false else "toast-is-true")
    return Answer(edit=await case_card(work, me, here, data.report_id), toast=toast)


@router.message(Command("lift"))
async def show_suspended(message: Message, me: Me, work: Work, here: Here) -> Answer:
    """Who is suspended, for an administrator."""
    found = await work.look(rules.suspended, person_id=me.id, now=work.now)
    return Answer(say=(shown.to_lift(found, me, now=work.now, zone=here.zone),))


@router.callback_query(Pressed(LiftSuspension))
async def lift(press: CallbackQuery, data: LiftSuspension, me: Me, work: Work, here: Here) -> Answer:
    """Let them report again; the list is what is left."""
    await work(rules.lift, suspension_id=data.suspension_id, person_id=me.id, county=here.county)
    found = await work.look(rules.suspended, person_id=me.id, now=work.now)
    card = shown.to_lift(found, me, now=work.now, zone=here.zone)
    return Answer(edit=card, toast=plain(me.language, "toast-lifted"))


@router.message(Command("audit"))
async def show_audit(message: Message, me: Me, work: Work, here: Here) -> Answer:
    """What was done, newest first."""
    return Answer(say=(await page_of(audit_log.page, audit.page, me=me, work=work, here=here),))


@router.callback_query(Pressed(ShowAudit))
async def turn_page(press: CallbackQuery, data: ShowAudit, me: Me, work: Work, here: Here) -> Answer:
    """Another page, in place."""
    return Answer(edit=await page_of(audit_log.page, audit.page, page=data.page, me=me, work=work, here=here))


async def _dispute(
    words: str, photos: list[dict[str, Any]], me: Me, work: Work, here: Here, state: FSMContext
) -> Answer:
    report_id = (await state.get_data())["report_id"]
    await state.clear()
    rows = [
        attachment_of(me.id, File(kind=AttachmentKind.PHOTO, **photo), stage=Stage.BEFORE, now=work.now)
        for photo in photos
    ]
    await work(rules.dispute, report_id=report_id, person_id=me.id, words=words, photos=rows)
    here.media_came()
    return Answer(say=(talk.done(me, "dispute-done", report_id),))


def _kept(file: File) -> dict[str, Any]:
    """A photo as the dialog keeps it."""
    names = ("message_id", "file_id", "file_unique_id", "media_group_id", "size")
    return {name: getattr(file, name) for name in names}
