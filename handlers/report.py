"""Reporting: photo, place and words in any order; filed as soon as it is complete."""

from dataclasses import replace

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.filters import HasPicture, HasPlace, HasRecording, HasWords, IsFree, Pressed, Tapped
from handlers.here import Here
from handlers.parts import part_of
from services import intake
from services.intake import Outcome
from storage.records import Me
from storage.updates import AlreadyHandled
from storage.work import Work
from views import drafts, menu, people, talk
from views.actions import Join, NoPhoto, StartOver, UsePicture
from views.card import Card
from views.texts import plain, say

parts = Router(name="parts")
"""Asked before all others, so that what comes most passes the fewest filters."""
router = Router(name="report")


@router.message(Tapped(menu.REPORT, "report"))
async def begin(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """The button: open a draft and say what is needed, where one sees it; a dialog that waited is over."""
    await state.clear()
    draft = await work(intake.begin, person_id=me.id)
    status = drafts.status(draft, me, now=work.now, zone=here.zone)
    return Answer(status=replace(status, edits=None, deletes=status.edits))


@parts.message(IsFree(), HasPicture())
@parts.message(IsFree(), HasPlace())
@router.message(HasPicture())
@router.message(HasPlace())
@router.message(HasRecording())
@router.message(HasWords())
async def part(message: Message, me: Me, work: Work, here: Here, is_new: bool) -> Answer:
    """Whatever is sent is a part of a report."""
    sent = part_of(message)
    try:
        outcome = await work(intake.take, person_id=me.id, part=sent, county=here.county)
    except AlreadyHandled:  # it came again: show where things stand
        outcome = Outcome(draft=await work.look(intake.look, person_id=me.id))
    here.media_came()
    greeting = (people.welcome(me),) if is_new else ()
    return _answer(outcome, me, work, here, greeting=greeting)


@router.callback_query(Pressed(NoPhoto))
async def without_photo(press: CallbackQuery, me: Me, work: Work, here: Here) -> Answer:
    """«No photo»."""
    return _answer(await work(intake.without_photo, person_id=me.id, county=here.county), me, work, here)


@router.callback_query(Pressed(Join))
async def join(press: CallbackQuery, data: Join, me: Me, work: Work, here: Here) -> Answer:
    """Add to the report of a moment ago, or make a new one."""
    outcome = await work(intake.answer_join, person_id=me.id, joins=data.joins, county=here.county)
    if outcome.joined is not None:
        return Answer(edit=talk.done(me, "joined-report", outcome.joined))
    return _answer(outcome, me, work, here)


@router.callback_query(Pressed(UsePicture))
async def use_picture(press: CallbackQuery, data: UsePicture, me: Me, work: Work, here: Here) -> Answer:
    """An old picture: still so, or leave it out."""
    outcome = await work(intake.answer_picture, person_id=me.id, uses=data.uses, county=here.county)
    if outcome.joined is not None:
        return Answer(edit=talk.done(me, "joined-report", outcome.joined))
    return _answer(outcome, me, work, here)


@router.callback_query(Pressed(StartOver))
async def start_over(press: CallbackQuery, me: Me, work: Work) -> Answer:
    """Throw the draft away."""
    await work(intake.discard, person_id=me.id)
    return Answer(edit=Card(text=say(me.language, "draft-thrown-away")), toast=plain(me.language, "toast-cancelled"))


def _answer(outcome: Outcome, me: Me, work: Work, here: Here, *, greeting: tuple[Card, ...] = ()) -> Answer:
    """A filed report needs no words here (the receipt is on its way), a straggler neither; a draft shows its state."""
    if outcome.draft is None:
        return Answer(say=greeting)
    status = drafts.status(outcome.draft, me, now=work.now, zone=here.zone, note=outcome.note)
    return Answer(say=greeting, status=status)
