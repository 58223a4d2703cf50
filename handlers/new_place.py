"""An administrator adds a place: its pin and photo in any order, then a form of one message.

All that was said stands in the dialog, and the dialog in the store. What is typed or sent brings the form anew, below;
a button changes it in place.
"""

from dataclasses import replace

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import NOTHING, Answer
from handlers.dialogs import Waiting, wait_for
from handlers.filters import Commanded, HasNoWords, HasPicture, HasPlace, HasWords, IsWaiting, Pressed
from handlers.here import Here
from handlers.parts import file_of, place_of
from services.errors import DomainError, NotAllowed
from services.places import adding, editing
from services.places.errors import FormOver, NoPlacePhoto, PhotoAsFile
from services.places.form import HOURS, TYPED, Form, read
from storage.conversations import ASKED_IN
from storage.kinds import AttachmentKind, Role
from storage.places_kinds import PlaceField
from storage.records import Me
from storage.work import Work
from views import errors, place_edits, place_form
from views.actions import AnswerForm, AskAgain, BeginPlace, HasFacility, PassOver, PublishPlace
from views.card import Card
from views.texts import plain

router = Router(name="new_place")


@router.message(Commanded("place"))
async def places(message: Message, rest: str, me: Me, work: Work) -> Answer:
    """Add one, or look for one to change: by its code or a part of its name; a keeper has his own."""
    if not me.roles & {Role.ADMIN, Role.KEEPER}:
        raise NotAllowed
    if rest:
        found = await work.look(editing.find, person_id=me.id, text=rest)
    else:
        found = await work.look(editing.own, person_id=me.id)
    if len(found) == 1 and rest:
        place = await work.look(editing.look, person_id=me.id, place_id=found[0].id)
        return Answer(say=(place_edits.edit(place, me),))
    return Answer(say=(place_form.choose(found, me),))


@router.callback_query(Pressed(BeginPlace))
async def begin(press: CallbackQuery, me: Me, work: Work, state: FSMContext) -> Answer:
    """An empty form."""
    await _keep(Form(), press, work, state)
    await work(adding.check, person_id=me.id)
    return Answer(edit=await _card(Form(), me, work))


@router.message(IsWaiting(Waiting.new_place), HasPicture())
async def photo(message: Message, me: Me, work: Work, state: FSMContext) -> Answer:
    """A photo; of an album, one answer for all."""
    file, form = file_of(message), await _form(state)
    assert file is not None
    if file.kind is AttachmentKind.IMAGE_FILE:
        raise PhotoAsFile
    is_more = file.media_group_id is not None and file.media_group_id == form.album
    form = form.with_photo((file.file_id, file.file_unique_id), file.media_group_id)
    if is_more:
        await state.update_data(form=form.data())
        return NOTHING
    return await _ask(form, me, work, state)


@router.message(IsWaiting(Waiting.new_place), HasPlace())
async def place(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Where it is; a better pin than before, perhaps."""
    found, form = place_of(message), await _form(state)
    assert found is not None
    point = {"latitude": found.latitude, "longitude": found.longitude}
    address = await work.look(adding.address_at, within=here.county, **point)
    return await _ask(form.with_point((found.latitude, found.longitude), found.name or address), me, work, state)


@router.message(IsWaiting(Waiting.new_place), HasWords())
async def words(message: Message, me: Me, work: Work, state: FSMContext) -> Answer:
    """The answer; where it cannot be read, or buttons or a photo are asked for, the question comes again below."""
    form = await _form(state)
    problem: tuple[Card, ...] = ()
    if form.asks in TYPED:
        try:
            form = form.answered(form.asks, read(form.asks, message.text or ""))
        except DomainError as unread:
            problem = (errors.card(me.language, unread.key, unread.facts),)
    return replace(await _ask(form, me, work, state), say=problem)


@router.message(IsWaiting(Waiting.new_place), HasNoWords())
async def something_else(message: Message) -> Answer:
    """A video, a file that is no picture, a sticker."""
    raise NoPlacePhoto


@router.callback_query(Pressed(AnswerForm))
async def answer(press: CallbackQuery, data: AnswerForm, me: Me, work: Work, state: FSMContext) -> Answer:
    """A kind, or hours that have a button."""
    form = await _form(state)
    if data.field is form.asks:
        is_hours = data.field is PlaceField.HOURS
        form = form.answered(data.field, read(data.field, HOURS.get(data.value, "")) if is_hours else data.value)
    return await _change(form, press, me, work, state)


@router.callback_query(Pressed(HasFacility))
async def toggle(press: CallbackQuery, data: HasFacility, me: Me, work: Work, state: FSMContext) -> Answer:
    """It has this, or does not."""
    return await _change((await _form(state)).toggled(data.facility), press, me, work, state)


@router.callback_query(Pressed(PassOver))
async def pass_over(press: CallbackQuery, data: PassOver, me: Me, work: Work, state: FSMContext) -> Answer:
    """No answer to this, or all of it is chosen."""
    form = await _form(state)
    if data.field is form.asks:
        form = form.passed_over(data.field)
    return await _change(form, press, me, work, state)


@router.callback_query(Pressed(AskAgain))
async def ask_again(press: CallbackQuery, data: AskAgain, me: Me, work: Work, state: FSMContext) -> Answer:
    """That was not right."""
    return await _change((await _form(state)).to_be_asked_again(data.field), press, me, work, state)


@router.callback_query(Pressed(PublishPlace))
async def publish(press: CallbackQuery, me: Me, work: Work, state: FSMContext) -> Answer:
    """Everybody finds it from now on; what is not right can be changed at once."""
    form = await _form(state)
    await state.clear()
    place_id = await work(adding.publish, person_id=me.id, form=form)
    found = await work.look(editing.look, person_id=me.id, place_id=place_id)
    return Answer(edit=place_edits.edit(found, me), toast=plain(me.language, "toast-place-added"))


async def _form(state: FSMContext) -> Form:
    if await state.get_state() != Waiting.new_place.state:
        raise FormOver
    return Form.of((await state.get_data())["form"])


async def _ask(form: Form, me: Me, work: Work, state: FSMContext) -> Answer:
    """The form stands below what was sent, and the one before goes."""
    before = (await state.get_data()).get(ASKED_IN)
    await wait_for(state, Waiting.new_place, now=work.now, form=form.data())
    return Answer(asks=replace(await _card(form, me, work), deletes=before))


async def _change(form: Form, press: CallbackQuery, me: Me, work: Work, state: FSMContext) -> Answer:
    """The form in place."""
    await _keep(form, press, work, state)
    return Answer(edit=await _card(form, me, work))


async def _keep(form: Form, press: CallbackQuery, work: Work, state: FSMContext) -> None:
    asked_in = press.message.message_id if press.message else None
    await wait_for(state, Waiting.new_place, now=work.now, form=form.data(), asked_in=asked_in)


async def _card(form: Form, me: Me, work: Work) -> Card:
    return place_form.form(await work.look(adding.describe, form=form), me)
