"""Reporting: photo, place and words in any order; filed as soon as it is complete."""

from dataclasses import replace

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import NOTHING, Answer
from handlers.dialogs import Waiting
from handlers.filters import HasPicture, HasPlace, HasRecording, HasWords, IsFree, Pressed, Tapped
from handlers.here import Here
from handlers.parts import part_of
from services import intake, pictures
from services.parts import Outcome
from storage.records import Me
from storage.work import Work
from views import drafts, menu, near, people
from views.actions import Join, NoPhoto, ReportHere, StartOver, TakenElsewhere, UsePicture
from views.card import Card
from views.texts import plain

parts = Router(name="parts")
"""Asked before all others, so that what comes most passes the fewest filters."""
router = Router(name="report")

_FROM_WHERE = (Waiting.shop_place.state, Waiting.station_place.state)


@router.message(Tapped(menu.REPORT, "report"))
async def begin(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """The button: open a draft and say what is needed, where one sees it; a dialog that waited is over."""
    await state.clear()
    draft = await work(intake.begin, person_id=me.id, county=here.county)
    status = drafts.status(draft, me, now=work.now, zone=here.zone)
    return Answer(status=replace(status, edits=None, deletes=status.edits))


@parts.message(IsFree(), HasPicture())
@parts.message(IsFree(), HasPlace())
@router.message(HasPicture())
@router.message(HasPlace())
@router.message(HasRecording())
@router.message(HasWords())
async def part(message: Message, me: Me, work: Work, here: Here, state: FSMContext, is_new: bool) -> Answer:
    """Whatever is sent is a part of a report; the question which team one rides for is over."""
    question = await _end_question(me, state)
    outcome = await work(intake.take, person_id=me.id, part=part_of(message), county=here.county)
    here.media_came()
    greeting = people.greeting(me) if is_new else ()
    said = _answer(outcome, me, work, here)
    answer = replace(said, say=(*greeting, *said.say), edit=question)
    return _below(answer, message) if not outcome.is_quick else answer


@router.callback_query(Pressed(ReportHere))
async def report_here(press: CallbackQuery, me: Me, work: Work, here: Here) -> Answer:
    """The place that was sent is where a hazard is: what is still missing."""
    draft = await work.look(intake.look, person_id=me.id, now=work.now)
    if draft is None:
        return Answer(edit=drafts.gone(me))
    return Answer(status=drafts.status(draft, me, now=work.now, zone=here.zone))


@router.callback_query(Pressed(NoPhoto))
async def without_photo(press: CallbackQuery, me: Me, work: Work, here: Here) -> Answer:
    """«No photo»."""
    return _answer(await work(intake.without_photo, person_id=me.id, county=here.county), me, work, here)


@router.callback_query(Pressed(Join))
async def join(press: CallbackQuery, data: Join, me: Me, work: Work, here: Here) -> Answer:
    """Add to the report of a moment ago, or make a new one."""
    outcome = await work(intake.answer_join, person_id=me.id, joins=data.joins, county=here.county)
    return answered(outcome, me, work, here)


@router.callback_query(Pressed(UsePicture))
async def use_picture(press: CallbackQuery, data: UsePicture, me: Me, work: Work, here: Here) -> Answer:
    """An old picture: still so, or leave it out."""
    outcome = await work(
        pictures.answer, person_id=me.id, message_id=data.message_id, uses=data.uses, county=here.county
    )
    return answered(outcome, me, work, here)


@router.callback_query(Pressed(TakenElsewhere))
async def taken_elsewhere(press: CallbackQuery, data: TakenElsewhere, me: Me, work: Work, here: Here) -> Answer:
    """A picture of another place: a second report, or the same one."""
    outcome = await work(
        pictures.answer_elsewhere,
        person_id=me.id,
        message_id=data.message_id,
        is_second=data.is_second,
        county=here.county,
    )
    return answered(outcome, me, work, here)


@router.callback_query(Pressed(StartOver))
async def start_over(press: CallbackQuery, me: Me, work: Work) -> Answer:
    """Throw the draft away."""
    await work(intake.discard, person_id=me.id)
    return Answer(edit=drafts.gone(me), toast=plain(me.language, "toast-cancelled"))


def answered(outcome: Outcome, me: Me, work: Work, here: Here) -> Answer:
    """A question of the draft (or about a picture of a report) was answered: what came of it stands in its place."""
    if outcome.joined is not None:
        return Answer(edit=drafts.joined(me, outcome.joined, note=outcome.note))
    if outcome.left_out_of is not None:
        return Answer(edit=drafts.left_out(me, outcome.left_out_of))
    if outcome.filed is None and outcome.draft is None:
        return Answer(edit=drafts.gone(me))
    said = _answer(outcome, me, work, here)
    if outcome.note is not None and outcome.draft is None:  # there is no status message that would say it
        return replace(said, toast=plain(me.language, outcome.note), is_alert=True)
    return said


def _answer(outcome: Outcome, me: Me, work: Work, here: Here) -> Answer:
    """A filed report needs no words here (the receipt is on its way), a straggler neither; a draft shows its state."""
    if outcome.draft is None:
        return NOTHING
    status = drafts.status(outcome.draft, me, now=work.now, zone=here.zone, note=outcome.note, is_blue=outcome.is_blue)
    picture = near.picture(outcome.draft, me, now=work.now, zone=here.zone) if outcome.asks else None
    if picture is None:
        return Answer(status=status)
    # the question stands below the picture that it is about
    return Answer(say=(picture,), status=replace(status, edits=None, deletes=status.edits))


def _below(answer: Answer, message: Message) -> Answer:
    """The draft's message stands below what was just sent: a new one, and the old one goes."""
    shown = answer.status
    if shown is None or shown.edits is None or shown.edits > message.message_id:
        return answer
    return replace(answer, status=replace(shown, edits=None, deletes=shown.edits))


async def _end_question(me: Me, state: FSMContext) -> Card | None:
    """A rider was just asked for his team: the hazard comes first; what goes in place of the question.

    Whoever was asked from where he looks for shops or stations sends something else: the next place is no answer.
    """
    if await state.get_state() in _FROM_WHERE:
        await state.clear()
    if await state.get_state() != Waiting.team.state:
        return None
    asked_in = (await state.get_data()).get("asked_in")
    await state.clear()
    return people.team_chosen(me, edits=asked_in)
