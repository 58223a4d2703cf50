"""Reports of the same hazard: what a reporter says about those nearby, and what an officer merges."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.answer import Answer
from handlers.filters import Pressed
from handlers.here import Here
from handlers.report import answered
from services import briefs, following, merging
from storage.records import Me
from storage.work import Work
from views import cases, messages, near
from views import reports as shown
from views.actions import AnotherOne, AskMerge, ChooseMerge, Merge, MergeAtOnce, MergeOwn, Same, Unfollow
from views.texts import plain

router = Router(name="duplicates")


@router.callback_query(Pressed(Same))
async def same(press: CallbackQuery, data: Same, me: Me, work: Work, here: Here) -> Answer:
    """«The same»: the receipt is on its way. What is added to one's own report is said in place of the question."""
    outcome = await work(following.same, person_id=me.id, report_id=data.report_id, county=here.county)
    here.media_came()
    if outcome.followed is not None:
        return Answer(toast=plain(me.language, "toast-followed"))
    return answered(outcome, me, work, here)


@router.callback_query(Pressed(AnotherOne))
async def another(press: CallbackQuery, data: AnotherOne, me: Me, work: Work, here: Here) -> Answer:
    """«Another one»: it is filed."""
    outcome = await work(following.another, person_id=me.id, county=here.county)
    return answered(outcome, me, work, here)


@router.callback_query(Pressed(Unfollow))
async def unfollow(press: CallbackQuery, data: Unfollow, me: Me, work: Work) -> Answer:
    """Hear no more of it."""
    report = await work(following.leave, report_id=data.report_id, person_id=me.id)
    record = await work.look(briefs.describe, report_id=report.id, person_id=me.id)
    return Answer(edit=shown.left(record, me), toast=plain(me.language, "toast-unfollowed"))


@router.callback_query(Pressed(MergeOwn))
async def merge_own(press: CallbackQuery, data: MergeOwn, me: Me, work: Work, here: Here) -> Answer:
    """One's own new report is the same as the other one."""
    await work(merging.merge_own, report_id=data.report_id, into_id=data.into_id, person_id=me.id)
    record = await work.look(briefs.describe, report_id=data.report_id, person_id=me.id)
    card = messages.live_receipt(record, me, now=work.now, zone=here.zone)
    return Answer(edit=card, toast=plain(me.language, "toast-merged"))


@router.callback_query(Pressed(ChooseMerge))
async def choose(press: CallbackQuery, data: ChooseMerge, me: Me, work: Work, here: Here) -> Answer:
    """Which one is it the same as? In place of the card."""
    found = await work.look(merging.choices, report_id=data.report_id, officer_id=me.id)
    record = await work.look(briefs.describe, report_id=data.report_id, person_id=me.id)
    return Answer(edit=near.choices(record, found, me, now=work.now, zone=here.zone))


@router.callback_query(Pressed(AskMerge))
@router.callback_query(Pressed(MergeAtOnce))
async def ask(press: CallbackQuery, data: AskMerge | MergeAtOnce, me: Me, work: Work, here: Here) -> Answer:
    """It cannot be undone: is it meant? If that one is over by now, what is left to choose from."""
    found = await work.look(merging.choices, report_id=data.report_id, officer_id=me.id)
    record = await work.look(briefs.describe, report_id=data.report_id, person_id=me.id)
    into = next((one for one in found if one.report_id == data.into_id), None)
    if into is None:
        return Answer(edit=near.choices(record, found, me, now=work.now, zone=here.zone))
    return Answer(edit=near.confirm(record, into, me))


@router.callback_query(Pressed(Merge))
async def merge(press: CallbackQuery, data: Merge, me: Me, work: Work, here: Here) -> Answer:
    """Into that one: in place of the list stands as which one it goes on."""
    await work(merging.merge, report_id=data.report_id, into_id=data.into_id, officer_id=me.id)
    record = await work.look(briefs.describe, report_id=data.report_id, person_id=me.id)
    card = cases.card(record, me, now=work.now, zone=here.zone)
    return Answer(edit=card, toast=plain(me.language, "toast-merged"))
