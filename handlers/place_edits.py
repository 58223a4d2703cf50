"""Administrators and keepers change a place: two taps and a line, a photo or a pin."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.dialogs import Waiting, wait_for
from handlers.filters import ChangesPlace, HasNoWords, HasPicture, HasPlace, HasWords, Pressed
from handlers.here import Here
from handlers.parts import file_of, place_of
from services.places import catalogue, editing
from services.places.errors import NoPlacePhoto, PhotoAsFile
from services.places.form import HOURS, TYPED
from storage.kinds import AttachmentKind
from storage.places_kinds import PlaceField
from storage.records import Me
from storage.work import Work
from views import place_edits as shown
from views.actions import (
    AskRemovePlace,
    EditPlace,
    EditPlaceField,
    RemovePlace,
    SetPlaceHours,
    SetPlaceKind,
    ToggleFacility,
)
from views.texts import plain

router = Router(name="place_edits")

PICTURES = (PlaceField.PHOTO, PlaceField.PHOTOS)


@router.callback_query(Pressed(EditPlace))
async def edit(press: CallbackQuery, data: EditPlace, me: Me, work: Work, state: FSMContext) -> Answer:
    """All of it, and what can be changed; whoever comes back has nothing to type."""
    if await state.get_state() == Waiting.place_field.state:
        await state.clear()
    return Answer(edit=shown.edit(await work.look(editing.look, person_id=me.id, place_id=data.place_id), me))


@router.callback_query(Pressed(EditPlaceField))
async def ask(press: CallbackQuery, data: EditPlaceField, me: Me, work: Work, state: FSMContext) -> Answer:
    """What is the new one? Kinds and facilities are chosen, all else is typed or sent."""
    place = await work.look(editing.look, person_id=me.id, place_id=data.place_id)
    if data.field is PlaceField.KIND:
        return Answer(edit=shown.choose_kind(place, await work.look(catalogue.all_kinds), me))
    if data.field is PlaceField.FACILITIES:
        return Answer(edit=shown.choose_facilities(place, me))
    asked_in = press.message.message_id if press.message else None
    waits_for = {"place_id": place.id, "field": data.field, "asked_in": asked_in}
    await wait_for(state, Waiting.place_field, now=work.now, **waits_for)
    return Answer(edit=shown.ask(place, me, data.field))


@router.message(ChangesPlace(*TYPED), HasWords())
async def change(message: Message, me: Me, work: Work, state: FSMContext) -> Answer:
    """Here it is; what cannot be read is asked for again."""
    data = await state.get_data()
    await state.clear()
    said = {"field": PlaceField(data["field"]), "text": message.text or "", "language": me.language}
    await work(editing.change, person_id=me.id, place_id=data["place_id"], **said)
    return await _changed(data["place_id"], me, work)


@router.message(ChangesPlace(PlaceField.POINT), HasPlace())
async def move(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """It is here."""
    found, place_id = place_of(message), (await state.get_data())["place_id"]
    assert found is not None
    await state.clear()
    point = {"latitude": found.latitude, "longitude": found.longitude}
    await work(editing.move, person_id=me.id, place_id=place_id, within=here.county, **point)
    return await _changed(place_id, me, work)


@router.message(ChangesPlace(*PICTURES), HasPicture())
async def photo(message: Message, me: Me, work: Work, state: FSMContext) -> Answer:
    """One more photo, or one in place of all."""
    file, data = file_of(message), await state.get_data()
    assert file is not None
    if file.kind is AttachmentKind.IMAGE_FILE:
        raise PhotoAsFile
    await state.clear()
    what = {"photo": (file.file_id, file.file_unique_id), "replaces": data["field"] == PlaceField.PHOTOS}
    await work(editing.add_photo, person_id=me.id, place_id=data["place_id"], **what)
    return await _changed(data["place_id"], me, work)


@router.message(ChangesPlace(*PICTURES), HasNoWords())
async def no_photo(message: Message) -> Answer:
    """A video, a file that is no picture, a place."""
    raise NoPlacePhoto


@router.callback_query(Pressed(SetPlaceKind))
async def set_kind(press: CallbackQuery, data: SetPlaceKind, me: Me, work: Work) -> Answer:
    """It is of this kind."""
    await work(editing.set_kind, person_id=me.id, place_id=data.place_id, kind=data.kind)
    return await _in_place(data.place_id, me, work)


@router.callback_query(Pressed(SetPlaceHours))
async def set_hours(press: CallbackQuery, data: SetPlaceHours, me: Me, work: Work, state: FSMContext) -> Answer:
    """It is open then."""
    await state.clear()
    said = {"field": PlaceField.HOURS, "text": HOURS.get(data.hours, ""), "language": me.language}
    await work(editing.change, person_id=me.id, place_id=data.place_id, **said)
    return await _in_place(data.place_id, me, work)


@router.callback_query(Pressed(ToggleFacility))
async def toggle(press: CallbackQuery, data: ToggleFacility, me: Me, work: Work) -> Answer:
    """It has this, or has it no more; the others can be tapped at once."""
    await work(editing.toggle, person_id=me.id, place_id=data.place_id, facility=data.facility)
    found = await work.look(editing.look, person_id=me.id, place_id=data.place_id)
    return Answer(edit=shown.choose_facilities(found, me))


@router.callback_query(Pressed(AskRemovePlace))
async def ask_remove(press: CallbackQuery, data: AskRemovePlace, me: Me, work: Work) -> Answer:
    """Really?"""
    return Answer(edit=shown.ask_remove(await work.look(editing.look, person_id=me.id, place_id=data.place_id), me))


@router.callback_query(Pressed(RemovePlace))
async def remove(press: CallbackQuery, data: RemovePlace, me: Me, work: Work) -> Answer:
    """It is in the list no more."""
    names = await work(editing.remove, person_id=me.id, place_id=data.place_id)
    return Answer(edit=shown.removed(names, me), toast=plain(me.language, "toast-changed"))


async def _changed(place_id: int, me: Me, work: Work) -> Answer:
    """Below what was typed or sent."""
    return Answer(say=(shown.edit(await work.look(editing.look, person_id=me.id, place_id=place_id), me),))


async def _in_place(place_id: int, me: Me, work: Work) -> Answer:
    found = await work.look(editing.look, person_id=me.id, place_id=place_id)
    return Answer(edit=shown.edit(found, me), toast=plain(me.language, "toast-changed"))
