"""Somebody is at a place: checking in, what is broken, and the answer to whether all is right."""

from dataclasses import replace

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.dialogs import Waiting, wait_for
from handlers.filters import HasPicture, HasRecording, HasWords, IsWaiting, Opened, Pressed
from handlers.here import Here
from handlers.parts import file_of
from services.parts import MOST_BYTES, File
from services.places import faults, left_faults, stations, visits
from services.places.errors import PlaceGone
from services.words import append
from storage.kinds import AttachmentKind
from storage.near_places import StationRecord
from storage.places_kinds import Wrong
from storage.records import Me
from storage.work import Work
from views import people, places
from views import visits as shown
from views.actions import (
    AskFault,
    AskStillRight,
    CheckIn,
    FaultNoPhoto,
    FollowFault,
    NotRight,
    ReportFault,
    ShowHere,
    StillRight,
    WorksAgain,
    WrongFacility,
    WrongIs,
)
from views.texts import plain

router = Router(name="visits")

LEFT = {left_faults.IS_LEFT: True}
"""In the dialog: what it has is filed by itself if nothing more comes. Who said «not right» wants no report yet."""


@router.message(Opened(stations.LINK))
async def open_here(message: Message, token: str, me: Me, work: Work, here: Here, is_new: bool) -> Answer:
    """The code at a place was scanned."""
    greeting = people.greeting(me) if is_new else ()
    try:
        found = await _station(stations.opened(token), me, work)
    except PlaceGone:
        return Answer(say=(*greeting, places.gone(me)))
    return Answer(say=(*greeting, places.place(found, me, now=work.now, zone=here.zone)))


@router.callback_query(Pressed(ShowHere))
async def show_here(press: CallbackQuery, data: ShowHere, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """The same, in place; nothing is reported there any more."""
    if await state.get_state() == Waiting.fault_photo.state:
        await state.clear()
    found = await _station(data.place_id, me, work)
    return Answer(edit=places.place(found, me, now=work.now, zone=here.zone))


@router.callback_query(Pressed(CheckIn))
async def check_in(press: CallbackQuery, data: CheckIn, me: Me, work: Work, here: Here) -> Answer:
    """He is there."""
    visited = await work(visits.check_in, person_id=me.id, place_id=data.place_id)
    found = await _station(data.place_id, me, work)
    card = places.place(found, me, now=work.now, zone=here.zone, checked_in=work.now if visited.is_new else None)
    key = "toast-checked-in" if visited.is_new else "toast-checked-in-before"
    return Answer(edit=card, toast=plain(me.language, key))


@router.callback_query(Pressed(AskFault))
async def ask_fault(press: CallbackQuery, data: AskFault, me: Me, work: Work) -> Answer:
    """What is broken?"""
    return Answer(edit=shown.ask_fault(await _station(data.place_id, me, work), me))


@router.callback_query(Pressed(ReportFault))
async def ask_photo(
    press: CallbackQuery, data: ReportFault, me: Me, work: Work, here: Here, state: FSMContext
) -> Answer:
    """Where that is reported already, it is asked about; else for a photo."""
    what = {"place_id": data.place_id, "facility": data.facility}
    known = await work.look(faults.known, county=here.county, **what)
    if known is not None:
        found = await _station(data.place_id, me, work)
        return Answer(edit=shown.known_fault(found, me, data.facility, known))
    asked_in = press.message.message_id if press.message else None
    await wait_for(state, Waiting.fault_photo, now=work.now, **what, asked_in=asked_in, **LEFT)
    return Answer(edit=shown.ask_photo(me, data.place_id, data.facility, files_after=left_faults.PATIENCE))


@router.message(IsWaiting(Waiting.fault_photo), HasPicture())
async def photo(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Here it is; an image file is looked at first."""
    held = await state.get_data()
    file = await _picture(message, here)
    if file is None:
        return Answer(asks=shown.ask_photo(me, held["place_id"], held["facility"], key="fault-no-picture"))
    return await _begin(held["place_id"], held["facility"], me, work, here, state, file=file, words=held.get("words"))


@router.message(IsWaiting(Waiting.fault_photo), HasRecording())
async def no_picture(message: Message, me: Me, state: FSMContext) -> Answer:
    """A video or voice message is no photo."""
    held = await state.get_data()
    return Answer(asks=shown.ask_photo(me, held["place_id"], held["facility"], key="fault-no-picture"))


@router.message(IsWaiting(Waiting.fault_photo), HasWords())
async def fault_words(message: Message, me: Me, work: Work, state: FSMContext) -> Answer:
    """What is wrong: kept until the photo is there, or is said to be none."""
    held = await state.get_data()
    what = {name: held.get(name) for name in ("place_id", "facility", "asked_in")}
    words = append(held.get("words"), message.text, most=1000)
    await wait_for(state, Waiting.fault_photo, now=work.now, **what, words=words, **LEFT)
    asked = held["place_id"], held["facility"]
    return Answer(asks=shown.ask_photo(me, *asked, key="fault-words-kept", files_after=left_faults.PATIENCE))


@router.callback_query(Pressed(FaultNoPhoto))
async def no_photo(
    press: CallbackQuery, data: FaultNoPhoto, me: Me, work: Work, here: Here, state: FSMContext
) -> Answer:
    """There is none."""
    words = None
    if await state.get_state() == Waiting.fault_photo.state:
        held = await state.get_data()
        is_same = (held["place_id"], held["facility"]) == (data.place_id, data.facility)
        words = held.get("words") if is_same else None
    return await _begin(data.place_id, data.facility, me, work, here, state, words=words, is_press=True)


@router.callback_query(Pressed(FollowFault))
async def me_too(press: CallbackQuery, data: FollowFault, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """He has the same trouble; if that report has ended meanwhile, his is a new one."""
    return await _begin(data.place_id, data.facility, me, work, here, state, is_press=True)


@router.callback_query(Pressed(StillRight))
async def still_right(press: CallbackQuery, data: StillRight, me: Me, work: Work) -> Answer:
    """All is right."""
    await work(visits.answer, person_id=me.id, visit_id=data.visit_id)
    return Answer(edit=shown.answered(me, is_right=True))


@router.callback_query(Pressed(NotRight))
async def not_right(press: CallbackQuery, data: NotRight, me: Me, work: Work, here: Here) -> Answer:
    """What is not?"""
    found = await _visited(data.visit_id, me, work)
    return Answer(edit=shown.ask_wrong(found, me, data.visit_id, now=work.now, zone=here.zone))


@router.callback_query(Pressed(AskStillRight))
async def ask_again(press: CallbackQuery, data: AskStillRight, me: Me, work: Work, here: Here) -> Answer:
    """It is right after all?"""
    found = await _visited(data.visit_id, me, work)
    return Answer(edit=shown.ask_still_right(found, me, data.visit_id, now=work.now, zone=here.zone))


@router.callback_query(Pressed(WrongIs))
async def wrong_is(press: CallbackQuery, data: WrongIs, me: Me, work: Work, state: FSMContext) -> Answer:
    """Closed or full; of something broken, what; else in words."""
    what = Wrong(data.what)
    if what in (Wrong.BROKEN, Wrong.WORKS):
        found = await _visited(data.visit_id, me, work)
        return Answer(edit=shown.ask_wrong_facility(found, me, data.visit_id, works=what is Wrong.WORKS))
    if what is Wrong.OTHER:
        await work.look(visits.check, visit_id=data.visit_id, person_id=me.id)
        asked_under = press.message.message_id if press.message else None
        await wait_for(state, Waiting.visit_words, now=work.now, visit_id=data.visit_id, asked_under=asked_under)
        return Answer(asks=shown.ask_words(me))
    await work(visits.answer, person_id=me.id, visit_id=data.visit_id, wrong=what)
    return Answer(edit=shown.answered(me, is_right=False))


@router.callback_query(Pressed(WrongFacility))
async def wrong_facility(press: CallbackQuery, data: WrongFacility, me: Me, work: Work, state: FSMContext) -> Answer:
    """What is broken; a photo of it, or none, makes a report of it."""
    what = {"wrong": Wrong.BROKEN, "facility": data.facility}
    place_id = await work(visits.answer, person_id=me.id, visit_id=data.visit_id, **what)
    fault = {"place_id": place_id, "facility": data.facility}
    await wait_for(state, Waiting.fault_photo, now=work.now, **fault)
    return Answer(edit=shown.answered(me, is_right=False), asks=shown.ask_photo(me, place_id, data.facility))


@router.callback_query(Pressed(WorksAgain))
async def works_again(press: CallbackQuery, data: WorksAgain, me: Me, work: Work) -> Answer:
    """What works, although it is said to be broken."""
    what = {"wrong": Wrong.WORKS, "facility": data.facility}
    await work(visits.answer, person_id=me.id, visit_id=data.visit_id, **what)
    return Answer(edit=shown.answered(me, is_right=False))


@router.message(IsWaiting(Waiting.visit_words), HasWords())
async def wrong_words(message: Message, me: Me, work: Work, state: FSMContext) -> Answer:
    """In his words; the question has no buttons any more."""
    held = await state.get_data()
    await state.clear()
    what = {"wrong": Wrong.OTHER, "words": message.text or ""}
    await work(visits.answer, person_id=me.id, visit_id=held["visit_id"], **what)
    return Answer(edit=replace(shown.answered(me, is_right=False), edits=held["asked_under"]))


async def _station(place_id: int, me: Me, work: Work) -> StationRecord:
    return await work.look(stations.station, person_id=me.id, place_id=place_id, now=work.now)


async def _visited(visit_id: int, me: Me, work: Work) -> StationRecord:
    place_id = await work.look(visits.check, visit_id=visit_id, person_id=me.id)
    return await _station(place_id, me, work)


async def _picture(message: Message, here: Here) -> File | None:
    """The photo; an image file as one that is here already; None: it is no picture."""
    file = file_of(message)
    if file is None or file.kind is not AttachmentKind.IMAGE_FILE:
        return file
    kept = await here.look_at(file.file_id) if (file.size or 0) <= MOST_BYTES else None
    return None if kept is None else replace(file, media_hash=kept.media_hash)


async def _begin(
    place_id: int,
    facility: str,
    me: Me,
    work: Work,
    here: Here,
    state: FSMContext,
    *,
    file: File | None = None,
    words: str | None = None,
    is_press: bool = False,
) -> Answer:
    """The report, or the one that there is; its card comes by the outbox."""
    if await state.get_state() == Waiting.fault_photo.state:
        await state.clear()
    what = {"place_id": place_id, "facility": facility, "photo": file, "words": words}
    begun = await work(faults.begin, person_id=me.id, county=here.county, **what)
    here.media_came()
    card = shown.fault_taken(me, place_id, facility, begun.report_id, is_new=begun.is_new)
    return Answer(edit=card) if is_press else Answer(say=(card,))
