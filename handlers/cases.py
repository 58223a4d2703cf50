"""What an officer does with a report: accept, pass on, ask, reject, resolve with proof."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import NOTHING, Answer
from handlers.dialogs import Waiting, wait_for
from handlers.filters import HasPicture, HasRecording, HasWords, IsWaiting, Pressed, Tapped
from handlers.here import Here
from handlers.parts import file_of
from services import briefs, dispatch
from services.cases import open_case
from services.errors import NotRegistered
from services.parts import attachment_of
from storage.kinds import AttachmentKind, Stage
from storage.records import Me
from storage.work import Work
from views import cases, menu, talk
from views.actions import Accept, Decline, MyCases, NotMine, Reject, RejectFor, Resolve, ShowCase, WaitFor
from views.card import Card
from views.texts import plain

router = Router(name="cases")

REASONS = (Decline.prefix, RejectFor.prefix, WaitFor.prefix)
"""Of buttons that stand under one case while something about it is being chosen."""


@router.callback_query(Pressed(Accept))
async def accept(press: CallbackQuery, data: Accept, me: Me, work: Work, here: Here) -> Answer:
    """The first one gets it."""
    await work(dispatch.accept, report_id=data.report_id, officer_id=me.id)
    return Answer(edit=await _card(work, me, here, data.report_id), toast=plain(me.language, "toast-accepted"))


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
    return Answer(edit=await _card(work, me, here, data.report_id), toast=plain(me.language, "toast-declined"))


@router.callback_query(Pressed(ShowCase))
async def show(press: CallbackQuery, data: ShowCase, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Back to the card: no reason is asked for any more. From the list it is a new message with pictures and place."""
    if _is_list(press):
        await work(open_case, report_id=data.report_id, person_id=me.id)
        return NOTHING
    card = await _card(work, me, here, data.report_id)
    await state.clear()
    return Answer(edit=card)


@router.callback_query(Pressed(Resolve))
async def ask_proof(press: CallbackQuery, data: Resolve, me: Me, work: Work, state: FSMContext) -> Answer:
    """Ask for the photo of the fix."""
    await wait_for(state, Waiting.proof, now=work.now, report_id=data.report_id)
    await work(dispatch.check_done, report_id=data.report_id, officer_id=me.id)
    return Answer(asks=talk.prompt(me, "resolve", data.report_id))


@router.message(IsWaiting(Waiting.proof), HasPicture())
async def resolve(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Here is the proof: it is fixed."""
    data = await state.get_data()
    file = file_of(message)
    if file is None or file.kind is not AttachmentKind.PHOTO:  # what a file really is shows too late for a proof
        return Answer(asks=talk.prompt(me, "resolve-photo-only", data["report_id"]))
    await state.clear()
    await work(
        dispatch.resolve,
        report_id=data["report_id"],
        officer_id=me.id,
        proof=attachment_of(me.id, file, stage=Stage.AFTER, now=work.now),
        words="\n".join(part for part in (data.get("words"), file.caption) if part),
    )
    here.media_came()
    return Answer(say=(talk.done(me, "resolved-done", data["report_id"]),))


@router.message(IsWaiting(Waiting.proof), HasWords())
async def proof_words(message: Message, me: Me, work: Work, state: FSMContext) -> Answer:
    """Words first: kept until the photo comes."""
    data = await state.get_data()
    words = "\n".join(part for part in (data.get("words"), message.text) if part)
    await wait_for(state, Waiting.proof, now=work.now, report_id=data["report_id"], words=words)
    return Answer(asks=talk.prompt(me, "resolve-words", data["report_id"]))


@router.message(IsWaiting(Waiting.proof), HasRecording())
async def proof_is_no_photo(message: Message, me: Me, state: FSMContext) -> Answer:
    """A video or voice message is no photo."""
    return Answer(asks=talk.prompt(me, "resolve-photo-only", (await state.get_data())["report_id"]))


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
    return Answer(edit=await _card(work, me, here, data.report_id), toast=plain(me.language, "toast-rejected"))


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
    page, pages = await work.look(briefs.my_cases, person_id=me.id, page=0)
    return Answer(say=(cases.my_cases(page, me, at=0, pages=pages, now=work.now, zone=here.zone),))


@router.callback_query(Pressed(MyCases))
async def turn_page(press: CallbackQuery, data: MyCases, me: Me, work: Work, here: Here) -> Answer:
    """Another page, in place."""
    page, pages = await work.look(briefs.my_cases, person_id=me.id, page=data.page)
    at = min(data.page, pages - 1)
    return Answer(edit=cases.my_cases(page, me, at=at, pages=pages, now=work.now, zone=here.zone))


async def _card(work: Work, me: Me, here: Here, report_id: int) -> Card:
    report = await work.look(briefs.report_for, report_id=report_id, person_id=me.id)
    return cases.card(report, me, now=work.now, zone=here.zone)


def _is_list(press: CallbackQuery) -> bool:
    """Whether the button stands under a list of cases (several cases' buttons) rather than under one case's card."""
    markup = getattr(press.message, "reply_markup", None)
    buttons = [button for row in markup.inline_keyboard for button in row] if markup else []
    return not any((button.callback_data or "").startswith(REASONS) for button in buttons)
