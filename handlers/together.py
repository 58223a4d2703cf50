"""Bringing others in, and what they do with their tasks."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.case_card import case_card
from handlers.dialogs import Waiting, wait_for
from handlers.filters import Commanded, HasPicture, HasRecording, HasWords, IsWaiting, Pressed
from handlers.here import Here
from services import briefs, dispatch, tasks, team_briefs
from storage.records import Me
from storage.team_records import NearGrid, TaskRecord
from storage.work import Work
from views import menu, talk, together
from views.actions import (
    AcceptTask,
    AskGrid,
    AskTeam,
    BackToCase,
    BringIn,
    BringInMore,
    DeclineTask,
    DeclineTaskFor,
    DropTask,
    DropTaskFor,
    FinishTask,
    FinishTaskNow,
    ShowTask,
)
from views.card import Card
from views.texts import plain

router = Router(name="together")

NEIGHBOURS = 6
"""Grids to choose from: two rows of buttons."""


@router.callback_query(Pressed(BringIn))
async def choose(press: CallbackQuery, data: BringIn, me: Me, work: Work, here: Here) -> Answer:
    """Whom? In place of the card."""
    return Answer(edit=await _choices(work, me, here, data.report_id))


@router.callback_query(Pressed(BringInMore))
async def choose_of_all(press: CallbackQuery, data: BringInMore, me: Me, work: Work, here: Here) -> Answer:
    """Whom, of all there are?"""
    return Answer(edit=await _choices(work, me, here, data.report_id, shows_all=True))


@router.callback_query(Pressed(AskTeam))
async def ask_team(press: CallbackQuery, data: AskTeam, me: Me, work: Work, here: Here) -> Answer:
    """The team hears at once."""
    await work(tasks.give_team, report_id=data.report_id, officer_id=me.id, team_id=data.team_id)
    return Answer(edit=await case_card(work, me, here, data.report_id), toast=plain(me.language, "toast-task-given"))


@router.callback_query(Pressed(AskGrid))
async def ask_grid(press: CallbackQuery, data: AskGrid, me: Me, work: Work, here: Here) -> Answer:
    """Its officers hear at once."""
    await work(tasks.give_grid, report_id=data.report_id, officer_id=me.id, grid_id=data.grid_id)
    return Answer(edit=await case_card(work, me, here, data.report_id), toast=plain(me.language, "toast-task-given"))


@router.callback_query(Pressed(DropTask))
async def ask_why_drop(press: CallbackQuery, data: DropTask, me: Me, work: Work) -> Answer:
    """Why is it no longer needed?"""
    await work(tasks.check_lead, task_id=data.task_id, officer_id=me.id)
    report_id, task = await work.look(team_briefs.task_with_report, task_id=data.task_id)
    return Answer(edit=together.why_drop(report_id, task, me))


@router.callback_query(Pressed(DropTaskFor))
async def drop(press: CallbackQuery, data: DropTaskFor, me: Me, work: Work, here: Here) -> Answer:
    """For this reason."""
    await work(tasks.drop, task_id=data.task_id, officer_id=me.id, why=data.why)
    report_id, _ = await work.look(team_briefs.task_with_report, task_id=data.task_id)
    return Answer(edit=await case_card(work, me, here, report_id), toast=plain(me.language, "toast-task-dropped"))


@router.callback_query(Pressed(BackToCase))
async def back(press: CallbackQuery, data: BackToCase, me: Me, work: Work, here: Here) -> Answer:
    """The case's card again."""
    return Answer(edit=await case_card(work, me, here, data.report_id))


@router.callback_query(Pressed(AcceptTask))
async def accept(press: CallbackQuery, data: AcceptTask, me: Me, work: Work, here: Here) -> Answer:
    """The first one has it."""
    await work(tasks.accept, task_id=data.task_id, person_id=me.id)
    return Answer(edit=await _card(work, me, here, data.task_id), toast=plain(me.language, "toast-task-accepted"))


@router.callback_query(Pressed(DeclineTask))
async def ask_why_decline(press: CallbackQuery, data: DeclineTask, me: Me, work: Work) -> Answer:
    """Why not?"""
    _, task = await _task(work, me, data.task_id)
    return Answer(edit=together.why_decline(task, me))


@router.callback_query(Pressed(DeclineTaskFor))
async def decline(
    press: CallbackQuery, data: DeclineTaskFor, me: Me, work: Work, here: Here, state: FSMContext
) -> Answer:
    """For this reason; nothing is asked about it any more."""
    await state.clear()
    await work(tasks.decline, task_id=data.task_id, person_id=me.id, why=data.why)
    return Answer(edit=await _card(work, me, here, data.task_id), toast=plain(me.language, "toast-task-declined"))


@router.callback_query(Pressed(FinishTask))
async def ask_words(press: CallbackQuery, data: FinishTask, me: Me, work: Work, state: FSMContext) -> Answer:
    """What was done? Typed, or one more tap."""
    await wait_for(state, Waiting.task_words, now=work.now, task_id=data.task_id)
    await work(tasks.check_own, task_id=data.task_id, person_id=me.id)
    report_id, task = await _task(work, me, data.task_id)
    return Answer(edit=together.ask_words(report_id, task, me))


@router.callback_query(Pressed(FinishTaskNow))
async def finish(
    press: CallbackQuery, data: FinishTaskNow, me: Me, work: Work, here: Here, state: FSMContext
) -> Answer:
    """Done; no words."""
    await state.clear()
    await work(tasks.finish, task_id=data.task_id, person_id=me.id, words=None)
    return Answer(edit=await _card(work, me, here, data.task_id), toast=plain(me.language, "toast-task-done"))


@router.message(IsWaiting(Waiting.task_words), HasWords())
async def finish_in_words(message: Message, me: Me, work: Work, state: FSMContext) -> Answer:
    """Done, and this is what."""
    task_id = (await state.get_data())["task_id"]
    await state.clear()
    task = await work(tasks.finish, task_id=task_id, person_id=me.id, words=message.text)
    return Answer(say=(talk.done(me, "task-done-said", task.report_id),))


@router.message(IsWaiting(Waiting.task_words), HasPicture())
@router.message(IsWaiting(Waiting.task_words), HasRecording())
async def words_only(message: Message, me: Me, work: Work, state: FSMContext) -> Answer:
    """A picture of what was done is no report of a hazard; words are asked for again."""
    report_id, task = await _task(work, me, (await state.get_data())["task_id"])
    return Answer(asks=together.ask_words_only(report_id, task, me))


@router.callback_query(Pressed(ShowTask))
async def show(press: CallbackQuery, data: ShowTask, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """The task's card: nothing is asked any more."""
    await state.clear()
    return Answer(edit=await _card(work, me, here, data.task_id))


@router.message(Commanded(menu.TASKS))
async def my_tasks(message: Message, rest: str, me: Me, work: Work) -> Answer:
    """What the person was asked to help with."""
    return Answer(say=(together.my_tasks(await work.look(team_briefs.my_tasks, person_id=me.id), me),))


async def _choices(work: Work, me: Me, here: Here, report_id: int, *, shows_all: bool = False) -> Card:
    await work(dispatch.check_own, report_id=report_id, officer_id=me.id)
    fitting, others = await work.look(team_briefs.choices, report_id=report_id)
    report = await work.look(briefs.report_for, report_id=report_id, person_id=me.id)
    near = here.county.neighbours(report.latitude, report.longitude, most=NEIGHBOURS)
    grids = [NearGrid(grid.id, grid.code, grid.name, grid.community) for grid in near]
    return together.choose(report, me, fitting, grids, others=others, shows_all=shows_all)


async def _card(work: Work, me: Me, here: Here, task_id: int) -> Card:
    report_id, task = await _task(work, me, task_id)
    report = await work.look(briefs.describe, report_id=report_id, person_id=me.id)
    return together.task(report, task, me, now=work.now, zone=here.zone)


async def _task(work: Work, me: Me, task_id: int) -> tuple[int, TaskRecord]:
    return await work.look(team_briefs.task_for, task_id=task_id, person_id=me.id)
