"""Looking for a place to rest, drink, charge or park: by the key, in words, from a draft's place, while riding."""

from dataclasses import replace

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import NOTHING, Answer
from handlers.dialogs import Waiting, wait_for
from handlers.filters import AsksForPlaces, HasPlace, IsFree, IsWaiting, Pressed, Tapped
from handlers.here import Here
from handlers.parts import live_until, place_of
from services.places import find, live, stations
from storage.near_places import Answered, NearPlaces
from storage.records import Me
from storage.work import Work
from views import menu, people
from views import places as details
from views import stations as shown
from views.actions import ChoosePlaces, LookElsewhere, OpenPlace, PlacesFromDraft, ShowPlaces

router = Router(name="places")


@router.message(Tapped(menu.STATIONS, "stations"))
async def open_now(message: Message, me: Me, work: Work, here: Here, state: FSMContext, is_new: bool) -> Answer:
    """Those that are open, from where one just was; or where is that?"""
    return _greeting(await _look("", me, work, here, state), me, is_new=is_new)


@router.message(IsFree(), AsksForPlaces())
@router.message(IsWaiting(Waiting.station_place), AsksForPlaces())
async def in_words(
    message: Message, wanted: str, me: Me, work: Work, here: Here, state: FSMContext, is_new: bool
) -> Answer:
    """«充电», «parking near me»."""
    return _greeting(await _look(wanted, me, work, here, state), me, is_new=is_new)


@router.message(IsWaiting(Waiting.station_place), HasPlace())
async def look_from(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """From here; a live location is followed."""
    place, until = place_of(message), live_until(message)
    assert place is not None
    wanted = (await state.get_data()).get("wanted", "")
    point, location = (place.latitude, place.longitude), message.message_id if until is not None else None
    asked = {"places": here.places, "point": point, "wanted": wanted}
    await state.clear()  # with what follows, in one transaction
    found = await work(find.look_from, person_id=me.id, location_id=location, until=until, **asked)
    if found is None:
        found = await work.look(find.near, now=work.now, **asked)
    await _wait_or_not(found, wanted, work, state)
    return Answer(say=(shown.page(found, me, now=work.now, zone=here.zone),), follows=location)


@router.callback_query(Pressed(LookElsewhere))
async def elsewhere(press: CallbackQuery, data: LookElsewhere, me: Me, work: Work, state: FSMContext) -> Answer:
    """Where are you now?"""
    return await _ask_place(data.wanted, me, work, state)


@router.callback_query(Pressed(ShowPlaces))
async def turn_page(
    press: CallbackQuery, data: ShowPlaces, me: Me, work: Work, here: Here, state: FSMContext
) -> Answer:
    """Another page, or others, in place; a card that follows somebody goes on with these."""
    found = await _near_last(data.wanted, me, work, here, page=data.page)
    if found is None:
        return await _ask_place(data.wanted, me, work, state)
    if found.location_id is not None and press.message is not None:
        chosen = {"wanted": found.wanted.pack(), "page": found.page}
        await work(live.choose, person_id=me.id, card_id=press.message.message_id, **chosen)
    return Answer(edit=shown.page(found, me, now=work.now, zone=here.zone))


@router.callback_query(Pressed(ChoosePlaces))
async def choose(press: CallbackQuery, data: ChoosePlaces, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """What must they have?"""
    found = await _near_last(data.wanted, me, work, here)
    return await _ask_place(data.wanted, me, work, state) if found is None else Answer(edit=shown.choose(found, me))


@router.callback_query(Pressed(OpenPlace))
async def open_place(press: CallbackQuery, data: OpenPlace, me: Me, work: Work, here: Here) -> Answer:
    """All of one, with its photo and pin, below the list."""
    found = await work.look(stations.station, person_id=me.id, place_id=data.place_id, now=work.now)
    return Answer(say=(details.place(found, me, now=work.now, zone=here.zone),))


@router.callback_query(Pressed(PlacesFromDraft))
async def from_draft(press: CallbackQuery, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """A place that was sent out of the blue is where to look from. A draft that has more goes on beside it."""
    card_id = press.message.message_id if press.message is not None else live.UNKNOWN
    left = await work(find.from_draft, person_id=me.id, card_id=card_id)
    found = await _near_last("", me, work, here)
    if found is None:  # the draft was a day old, and where he was is forgotten just now
        return await _ask_place("", me, work, state)
    await _wait_or_not(found, "", work, state)
    card = shown.page(found, me, now=work.now, zone=here.zone)
    return Answer(edit=card) if left.is_over else Answer(say=(card,))


@router.edited_message(HasPlace())
async def moved(message: Message, me: Me, work: Work) -> Answer:
    """A live location: the card that follows it will show so, by the outbox."""
    place, location = place_of(message), message.message_id
    assert place is not None
    point = place.latitude, place.longitude
    await work(live.move, person_id=me.id, location_id=location, point=point, until=live_until(message))
    return NOTHING


async def _look(wanted: str, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    found = await _near_last(wanted, me, work, here, must_be_fresh=True)
    if found is None:
        return await _ask_place(wanted, me, work, state)
    await _wait_or_not(found, wanted, work, state)
    return Answer(say=(shown.page(found, me, now=work.now, zone=here.zone),), follows=found.location_id)


def _greeting(answer: Answer, me: Me, *, is_new: bool) -> Answer:
    """Who has just come gets the keys first: one of them sends his place."""
    return replace(answer, say=(*people.greeting(me), *answer.say)) if is_new else answer


async def _ask_place(wanted: str, me: Me, work: Work, state: FSMContext) -> Answer:
    await wait_for(state, Waiting.station_place, now=work.now, wanted=wanted)
    return Answer(asks=shown.ask_place(me))


async def _wait_or_not(found: NearPlaces, wanted: str, work: Work, state: FSMContext) -> None:
    """Whose place is far from all stations is asked to send it once more; else nothing is waited for."""
    if found.answered is Answered.FAR:
        await wait_for(state, Waiting.station_place, now=work.now, wanted=wanted)
    elif await state.get_state() == Waiting.station_place.state:
        await state.clear()


async def _near_last(
    wanted: str, me: Me, work: Work, here: Here, *, page: int = 0, must_be_fresh: bool = False
) -> NearPlaces | None:
    asked = {"places": here.places, "wanted": wanted, "page": page, "now": work.now}
    last = await work.glance(find.near_last, person_id=me.id, must_be_fresh=must_be_fresh, **asked)
    if last is None or last.found is not None:
        return last.found if last is not None else None
    found = await work.look(find.near, point=last.point, seen_at=last.seen_at, **asked)
    return replace(found, location_id=last.location_id)
