"""One command for emergencies: begin, answer, end."""

import re

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.case_card import case_card
from handlers.filters import Commanded, Pressed
from handlers.here import Here
from services import briefs, emergencies, lists, team_briefs
from services.errors import NoEmergency, NoSuchReport, NotAllowed
from storage.kinds import Role
from storage.records import Me
from storage.work import Work
from views import emergency, menu
from views.actions import (
    Arrive,
    AskEmergency,
    AskEnd,
    BeginEmergency,
    CannotCome,
    EndEmergency,
    ListPhones,
    SendRecord,
    SetOut,
    ShowEmergency,
)
from views.card import Card
from views.texts import plain

router = Router(name="emergency")

MAY = frozenset({Role.OFFICER, Role.DESK, Role.ADMIN})
NUMBER = re.compile(r"(?:[Dd]-)?0*(\d{1,15})")


@router.message(Commanded(menu.EMERGENCY))
async def which(message: Message, rest: str, me: Me, work: Work) -> Answer:
    """The report that was named, or one of those that it can be."""
    if not me.roles & MAY:
        raise NoEmergency
    if rest:
        named = NUMBER.fullmatch(rest)
        if named is None:
            raise NoSuchReport
        return Answer(say=(await _confirm(work, me, int(named[1])),))
    page, _ = await work.look(lists.my_cases, person_id=me.id, page=0)
    if not page:
        page = await work.look(lists.may_become_emergencies, person_id=me.id)
    return Answer(say=(emergency.which(page, me),))


@router.callback_query(Pressed(AskEmergency))
async def ask(press: CallbackQuery, data: AskEmergency, me: Me, work: Work) -> Answer:
    """Call all of these?"""
    return Answer(edit=await _confirm(work, me, data.report_id))


@router.callback_query(Pressed(BeginEmergency))
async def begin(press: CallbackQuery, data: BeginEmergency, me: Me, work: Work, here: Here) -> Answer:
    """Call them; the live card comes as a new message, as it does to everybody."""
    begun = await work(emergencies.begin, report_id=data.report_id, by=me.id)
    _, shown = await work.look(team_briefs.emergency_for, emergency_id=begun.id, person_id=me.id)
    card = await case_card(work, me, here, data.report_id)
    return Answer(edit=card, toast=emergency.begun(shown, me))


@router.callback_query(Pressed(SetOut))
async def set_out(press: CallbackQuery, data: SetOut, me: Me, work: Work, here: Here) -> Answer:
    """On my way."""
    await work(emergencies.set_out, emergency_id=data.emergency_id, person_id=me.id)
    return await _answer(work, me, here, data.emergency_id, "toast-set-out")


@router.callback_query(Pressed(Arrive))
async def arrive(press: CallbackQuery, data: Arrive, me: Me, work: Work, here: Here) -> Answer:
    """Arrived."""
    await work(emergencies.arrive, emergency_id=data.emergency_id, person_id=me.id)
    return await _answer(work, me, here, data.emergency_id, "toast-arrived")


@router.callback_query(Pressed(CannotCome))
async def cannot_come(press: CallbackQuery, data: CannotCome, me: Me, work: Work, here: Here) -> Answer:
    """Others are asked."""
    await work(emergencies.decline, emergency_id=data.emergency_id, person_id=me.id)
    return await _answer(work, me, here, data.emergency_id, "toast-cannot-come")


@router.callback_query(Pressed(AskEnd))
async def ask_end(press: CallbackQuery, data: AskEnd, me: Me, work: Work) -> Answer:
    """Is it over?"""
    report_id, shown = await work.look(team_briefs.emergency_for, emergency_id=data.emergency_id, person_id=me.id)
    if not shown.may_end:
        raise NotAllowed
    return Answer(edit=emergency.confirm_end(report_id, shown, me))


@router.callback_query(Pressed(ListPhones))
async def list_phones(press: CallbackQuery, data: ListPhones, me: Me, work: Work) -> Answer:
    """All who are to be phoned, in a message of its own: the live card stays as it is."""
    report_id, shown = await work.look(team_briefs.emergency_for, emergency_id=data.emergency_id, person_id=me.id)
    if not shown.may_end:
        raise NotAllowed
    return Answer(say=(emergency.phones(report_id, shown, me),))


@router.callback_query(Pressed(EndEmergency))
async def end(press: CallbackQuery, data: EndEmergency, me: Me, work: Work, here: Here) -> Answer:
    """It is over."""
    await work(emergencies.end, emergency_id=data.emergency_id, by=me.id)
    return await _answer(work, me, here, data.emergency_id, "toast-emergency-ended")


@router.callback_query(Pressed(ShowEmergency))
async def show(press: CallbackQuery, data: ShowEmergency, me: Me, work: Work, here: Here) -> Answer:
    """The live card again."""
    return Answer(edit=await _live(work, me, here, data.emergency_id))


@router.callback_query(Pressed(SendRecord))
async def send_record(press: CallbackQuery, data: SendRecord, me: Me, work: Work) -> Answer:
    """Once more."""
    await work(emergencies.send_record, emergency_id=data.emergency_id, by=me.id)
    return Answer(toast=plain(me.language, "toast-record-sent"))


async def _confirm(work: Work, me: Me, report_id: int) -> Card:
    await work(emergencies.check_begin, report_id=report_id, by=me.id)
    report = await work.look(briefs.report_for, report_id=report_id, person_id=me.id)
    return emergency.confirm(report, me, await work.look(team_briefs.to_be_called, report_id=report_id))


async def _answer(work: Work, me: Me, here: Here, emergency_id: int, toast: str) -> Answer:
    return Answer(edit=await _live(work, me, here, emergency_id), toast=plain(me.language, toast))


async def _live(work: Work, me: Me, here: Here, emergency_id: int) -> Card:
    report_id, shown = await work.look(team_briefs.emergency_for, emergency_id=emergency_id, person_id=me.id)
    report = await work.look(briefs.describe, report_id=report_id, person_id=me.id)
    return emergency.live(report, shown, me, now=work.now, zone=here.zone)
