"""Getting to know each other: `/start`, language, resident or rider, settings, help, invite links."""

import contextlib

from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from handlers.answer import NOTHING, Answer
from handlers.dialogs import Waiting, wait_for
from handlers.filters import IsWaiting, NamesTeam, Pressed, Tapped
from handlers.here import Here
from services import duty, intake, invites, presence
from services import people as knowing
from services.merchants import programme, riders
from storage.kinds import ReporterKind, Role
from storage.points_kinds import RiderState
from storage.records import Me
from storage.updates import AlreadyHandled
from storage.work import Work
from views import drafts, menu, people, proofs
from views import invites as shown_invites
from views.actions import (
    Cancel,
    ChooseKind,
    ChooseLanguage,
    ChoosePlatform,
    SetDuty,
    ShowPrivacy,
    ShowSettings,
    Skip,
    WasHazard,
)
from views.card import Card
from views.texts import plain, say

router = Router(name="start")


@router.message(CommandStart(deep_link=True))
async def join(message: Message, command: CommandObject, me: Me, work: Work) -> Answer:
    """An invite link was opened."""
    joined = await work(invites.redeem, token=command.args or "", person_id=me.id)
    welcome = shown_invites.joined(
        joined.me,
        role=joined.role,
        grids=joined.grids,
        team=joined.team,
        shop=joined.shop,
        place=joined.place,
        lands=joined.lands,
    )
    return Answer(say=(welcome, people.privacy_note(joined.me)), me=joined.me)


@router.message(CommandStart())
async def start(message: Message, me: Me, work: Work) -> Answer:
    """Welcome; who is this?"""
    if people.is_unknown(me):
        with contextlib.suppress(AlreadyHandled):  # it came again: its answer may have been lost
            await work(knowing.note_asked_kind, person_id=me.id)
        return Answer(say=(*people.greeting(me), people.ask_kind(me)))
    return Answer(say=people.greeting(me))


@router.callback_query(Pressed(ChooseKind))
async def choose_kind(press: CallbackQuery, data: ChooseKind, me: Me, work: Work, state: FSMContext) -> Answer:
    """Resident or rider; a rider may say more."""
    me = await work(knowing.choose_kind, person_id=me.id, kind=data.kind)
    if data.kind is ReporterKind.RIDER:
        return Answer(edit=people.ask_platform(me))
    return Answer(edit=people.kind_chosen(me), say=(people.ready(me),))


@router.callback_query(Pressed(ChoosePlatform))
async def choose_platform(press: CallbackQuery, data: ChoosePlatform, me: Me, work: Work, state: FSMContext) -> Answer:
    """A rider's platform; then the team."""
    asked_in = press.message.message_id if press.message else None
    await wait_for(state, Waiting.team, now=work.now, asked_in=asked_in)
    said = await work(riders.choose_platform, person_id=me.id, platform=data.platform)
    return Answer(edit=people.ask_team(said.me, is_asked=said.state is RiderState.WAITING))


@router.message(IsWaiting(Waiting.team), NamesTeam())
async def choose_team(message: Message, me: Me, work: Work, state: FSMContext) -> Answer:
    """A rider's team; the question's button goes. Whatever else is sent meanwhile is part of a report."""
    asked_in = (await state.get_data()).get("asked_in")
    await state.clear()
    me = await work(riders.choose_team, person_id=me.id, team=message.text)
    return Answer(edit=people.team_chosen(me, edits=asked_in), say=(people.ready(me),))


@router.callback_query(Pressed(WasHazard))
async def was_hazard(press: CallbackQuery, me: Me, work: Work, here: Here) -> Answer:
    """That was no team's name but a hazard."""
    draft = (await work(intake.take_team, person_id=me.id, county=here.county)).draft
    status = drafts.status(draft, me, now=work.now, zone=here.zone) if draft is not None else None
    return Answer(edit=people.kind_chosen(me), status=status)


@router.callback_query(Pressed(Skip))
async def skip(press: CallbackQuery, me: Me, state: FSMContext) -> Answer:
    """Leave the question; its buttons go, too."""
    await state.clear()
    return Answer(edit=people.kind_chosen(me), say=(people.ready(me),))


@router.callback_query(Pressed(Cancel))
async def cancel(press: CallbackQuery, me: Me, state: FSMContext) -> Answer:
    """End the dialog; where it had keys of its own, the menu comes back."""
    had_keys = await state.get_state() in (Waiting.proof.state, Waiting.proof_reason.state)
    await state.clear()
    menu_back = (proofs.menu_back(me),) if had_keys else ()
    cancelled = Card(text=say(me.language, "cancelled"))
    return Answer(edit=cancelled, say=menu_back, toast=plain(me.language, "toast-cancelled"))


@router.message(Tapped(menu.SETTINGS, "settings"))
async def settings(message: Message, me: Me) -> Answer:
    """What was chosen, to choose anew."""
    return Answer(say=(people.settings(me),))


@router.callback_query(Pressed(ShowSettings))
async def back_to_settings(press: CallbackQuery, me: Me) -> Answer:
    """The same, in place."""
    return Answer(edit=people.settings(me))


@router.message(Command("privacy"))
@router.callback_query(Pressed(ShowPrivacy))
async def privacy(event: Message | CallbackQuery, me: Me) -> Answer:
    """The long notice."""
    return Answer(say=(people.privacy(me),))


@router.callback_query(Pressed(ChooseLanguage))
async def choose_language(press: CallbackQuery, data: ChooseLanguage, me: Me, work: Work) -> Answer:
    """Speak this language; the keyboard changes, too."""
    me = await work(knowing.choose_language, person_id=me.id, language=data.language)
    return Answer(edit=people.settings(me), say=(people.language_chosen(me),), me=me)


@router.message(Tapped(menu.HELP, "help"))
async def help_text(message: Message, me: Me) -> Answer:
    """How it works."""
    return Answer(say=(people.help_text(me, programme.told()),))


@router.message(Tapped(menu.DUTY, "duty"))
async def show_duty(message: Message, me: Me, work: Work) -> Answer:
    """On or off duty, and the officer's grids."""
    if Role.OFFICER not in me.roles:
        return Answer(say=(Card(text=say(me.language, "error-not-officer")),))
    return Answer(say=(people.duty(me, await work.look(duty.grids_of, person_id=me.id)),))


@router.callback_query(Pressed(SetDuty))
async def set_duty(press: CallbackQuery, data: SetDuty, me: Me, work: Work) -> Answer:
    """Go on or off duty."""
    me = await work(duty.switch, person_id=me.id, on_duty=data.on_duty)
    toast = plain(me.language, "toast-on-duty" if me.on_duty else "toast-off-duty")
    return Answer(edit=people.duty(me, await work.look(duty.grids_of, person_id=me.id)), toast=toast)


@router.my_chat_member()
async def membership(event: ChatMemberUpdated, me: Me, work: Work) -> Answer:
    """Blocked, or unblocked again."""
    is_reachable = event.new_chat_member.status in ("member", "administrator", "creator")
    await work(presence.reachability, person_id=me.id, is_reachable=is_reachable)
    return NOTHING
