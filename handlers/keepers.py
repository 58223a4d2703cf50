"""Who looks after a place says what is true of it; who else does; and inviting one more."""

from dataclasses import replace

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.dialogs import Waiting, wait_for
from handlers.filters import HasWords, IsWaiting, Pressed, Tapped
from handlers.here import Here
from services import invites
from services.places import catalogue, faults, keepers, lookup, states, stations
from storage.kinds import Role
from storage.places_kinds import PlaceState
from storage.records import Me
from storage.work import Work
from views import keepers as shown
from views import menu
from views.actions import (
    AllRight,
    AskClosed,
    AskFacilities,
    AskFree,
    ChangeStation,
    InviteKeeper,
    OpenStation,
    RemoveKeeper,
    SayFacility,
    SayFree,
    SayState,
    SettleDoubt,
    ShowKeepers,
)
from views.card import Card
from views.texts import plain

router = Router(name="keepers")


@router.message(Tapped(menu.MY_STATION, "station"))
async def my_station(message: Message, me: Me, work: Work, here: Here) -> Answer:
    """Of several, which?"""
    mine = await work.look(stations.mine, person_id=me.id)
    return Answer(say=(await _station(mine[0].id, me, work, here) if len(mine) == 1 else shown.choose(mine, me),))


@router.callback_query(Pressed(OpenStation))
async def open_station(
    press: CallbackQuery, data: OpenStation, me: Me, work: Work, here: Here, state: FSMContext
) -> Answer:
    """All of it, in place; no photo is waited for any more."""
    if await state.get_state() == Waiting.fault_photo.state:
        await state.clear()
    return Answer(edit=await _station(data.place_id, me, work, here))


@router.callback_query(Pressed(ChangeStation))
async def change_station(press: CallbackQuery, data: ChangeStation, me: Me, work: Work, here: Here) -> Answer:
    """All of it, below."""
    return Answer(say=(await _station(data.place_id, me, work, here),))


@router.callback_query(Pressed(AskClosed))
async def ask_closed(press: CallbackQuery, data: AskClosed, me: Me, work: Work, here: Here) -> Answer:
    """Until when?"""
    found = await work.look(stations.station_of, person_id=me.id, place_id=data.place_id, now=work.now)
    return Answer(edit=shown.ask_closed(found, me, now=work.now, zone=here.zone))


@router.callback_query(Pressed(SayState))
async def say_state(press: CallbackQuery, data: SayState, me: Me, work: Work, here: Here) -> Answer:
    """Open, closed, full."""
    what = {"place_id": data.place_id, "state": PlaceState(data.state), "until": data.until}
    await work(states.say_state, person_id=me.id, **what)
    return await _noted(data.place_id, me, work, here)


@router.callback_query(Pressed(AskFacilities))
async def ask_facilities(press: CallbackQuery, data: AskFacilities, me: Me, work: Work) -> Answer:
    """What is broken, or works again?"""
    found = await work.look(stations.station_of, person_id=me.id, place_id=data.place_id, now=work.now)
    return Answer(edit=shown.ask_facilities(found, me))


@router.callback_query(Pressed(SayFacility))
async def say_facility(
    press: CallbackQuery, data: SayFacility, me: Me, work: Work, here: Here, state: FSMContext
) -> Answer:
    """Something works again; or is broken, and reported with that: a photo may follow."""
    what = {"place_id": data.place_id, "facility": data.facility}
    if data.works:
        await work(states.say_facility, person_id=me.id, **what, works=True)
        return await _noted(data.place_id, me, work, here)
    begun = await work(faults.say_broken, person_id=me.id, county=here.county, **what)
    await wait_for(state, Waiting.fault_photo, now=work.now, **what)
    asks = shown.ask_photo(me, data.place_id, data.facility, begun.report_id)
    return replace(await _noted(data.place_id, me, work, here), asks=asks)


@router.callback_query(Pressed(AskFree))
async def ask_free(press: CallbackQuery, data: AskFree, me: Me, work: Work) -> Answer:
    """How many spaces?"""
    found = await work.look(stations.station_of, person_id=me.id, place_id=data.place_id, now=work.now)
    return Answer(edit=shown.ask_free(found, me))


@router.callback_query(Pressed(SayFree))
async def say_free(press: CallbackQuery, data: SayFree, me: Me, work: Work, here: Here) -> Answer:
    """So many."""
    await work(states.say_free, person_id=me.id, place_id=data.place_id, free=data.free)
    return await _noted(data.place_id, me, work, here)


@router.callback_query(Pressed(AllRight))
async def all_right(press: CallbackQuery, data: AllRight, me: Me, work: Work, here: Here) -> Answer:
    """All of it."""
    await work(states.all_right, person_id=me.id, place_id=data.place_id)
    return await _noted(data.place_id, me, work, here)


@router.callback_query(Pressed(SettleDoubt))
async def settle_doubt(press: CallbackQuery, data: SettleDoubt, me: Me, work: Work, here: Here) -> Answer:
    """The same, below what visitors doubt: the message asks no more, nor do those to others."""
    await work(states.all_right, person_id=me.id, place_id=data.place_id)
    found = await work.look(stations.station, person_id=me.id, place_id=data.place_id, now=work.now)
    return Answer(edit=shown.answered(found, me, now=work.now, zone=here.zone), toast=plain(me.language, "toast-noted"))


@router.callback_query(Pressed(ShowKeepers))
async def show_keepers(press: CallbackQuery, data: ShowKeepers, me: Me, work: Work) -> Answer:
    """Who looks after it, in place."""
    return Answer(edit=await _keepers(data.place_id, me, work))


@router.callback_query(Pressed(RemoveKeeper))
async def remove_keeper(press: CallbackQuery, data: RemoveKeeper, me: Me, work: Work) -> Answer:
    """Somebody looks after it no more."""
    await work(keepers.remove, place_id=data.place_id, person_id=data.person_id, by=me.id)
    return Answer(edit=await _keepers(data.place_id, me, work), toast=plain(me.language, "toast-changed"))


@router.callback_query(Pressed(InviteKeeper))
async def invite(press: CallbackQuery, data: InviteKeeper, me: Me, work: Work, here: Here) -> Answer:
    """A link for one more."""
    code = await work.look(keepers.code_of, place_id=data.place_id)
    return Answer(say=(await _invite(data.place_id, code, me, work, here),))


@router.message(IsWaiting(Waiting.invite_place), HasWords())
async def invite_to(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """The keeper of this place; of several that fit, which?"""
    await state.clear()
    found = await work.look(lookup.find, text=message.text or "")
    if len(found) == 1:
        return Answer(say=(await _invite(found[0].id, found[0].code, me, work, here),))
    return Answer(say=(shown.choose_place(me, found[: lookup.MOST], are_more=len(found) > lookup.MOST),))


async def _station(place_id: int, me: Me, work: Work, here: Here) -> Card:
    found = await work.look(stations.station_of, person_id=me.id, place_id=place_id, now=work.now)
    return shown.station(found, me, now=work.now, zone=here.zone)


async def _noted(place_id: int, me: Me, work: Work, here: Here) -> Answer:
    return Answer(edit=await _station(place_id, me, work, here), toast=plain(me.language, "toast-noted"))


async def _keepers(place_id: int, me: Me, work: Work) -> Card:
    found = await work.look(keepers.all_of, place_id=place_id, person_id=me.id)
    place = await work.look(catalogue.read, place_id=place_id)
    return shown.keepers(found, me, place_id=place_id, names=place.names)


async def _invite(place_id: int, code: str, me: Me, work: Work, here: Here) -> Card:
    token = here.new_token()
    made = await work(invites.make_named, token=token, by=me.id, role=Role.KEEPER, place=code)
    place = await work.look(catalogue.read, place_id=place_id)
    url = invites.link(here.bot_username, token)
    return shown.invited(place.names, me, url=url, until=made.expires_at, now=work.now, zone=here.zone)
