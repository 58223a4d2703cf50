"""What an officer does when something is fixed: the photo, the place, and what else is fixed at the same place.

Photo, place and words come in any order; what there is stands in the dialog, and the dialog in the store.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import NOTHING, Answer
from handlers.dialogs import Waiting, wait_for
from handlers.filters import HasPicture, HasPlace, HasRecording, HasWords, IsWaiting, Pressed, Tapped
from handlers.here import Here
from handlers.parts import file_of, place_of
from services import kept_proofs, proofs, same_picture
from services.errors import NothingToAdd, TooManyPhotos
from services.parts import MOST_BYTES, File, attachment_of
from services.proofs import Proof, Standing, Taken
from storage.kinds import AttachmentKind, Stage
from storage.records import Me
from storage.work import Work
from views import menu, talk
from views import proofs as shown
from views.actions import AllFixed, AlsoFixed, DropWords, FixOf, ProofWhy, Resolve, UseKept
from views.card import ALBUM_LIMIT, Card
from views.texts import plain

router = Router(name="proofs")


@dataclass(frozen=True, slots=True)
class Held:
    """What an officer has sent of a proof so far; ``why`` the place is not at the report, or not given."""

    report_id: int
    words: str = ""
    photos: tuple[File, ...] = ()
    place: Standing | None = None
    why: str | None = None

    @classmethod
    def of(cls, data: dict[str, Any]) -> Self:
        """From the dialog's data."""
        photos = (File(**{**one, "kind": AttachmentKind(one["kind"])}) for one in data.get("photos", ()))
        place = Standing(*data["place"]) if data.get("place") else None
        return cls(data["report_id"], data.get("words", ""), tuple(photos), place)

    def data(self) -> dict[str, Any]:
        """As the dialog keeps it."""
        place = self.place
        return {
            "report_id": self.report_id,
            "words": self.words,
            "photos": [{**asdict(one), "kind": str(one.kind)} for one in self.photos],
            "place": [place.latitude, place.longitude, place.accuracy] if place else None,
        }

    def and_words(self, *words: str | None) -> "Held":
        """With these words below."""
        return replace(self, words="\n".join(part for part in (self.words, *words) if part))


@router.callback_query(Pressed(Resolve))
async def begin(press: CallbackQuery, data: Resolve, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Ask for the photo of the fix; what was sent of it already is kept."""
    held, asked_in = Held(data.report_id), None
    if await state.get_state() in (Waiting.proof.state, Waiting.proof_reason.state):
        dialog = await state.get_data()
        before, asked_in = await _held(state, work), dialog.get("asked_in")
        held = before if before.report_id == data.report_id else held
    await wait_for(state, Waiting.proof, now=work.now, **held.data())
    await work(proofs.check, report_id=data.report_id, officer_id=me.id)
    answer = _ask_next(me, held, instead_of=asked_in)
    kept_at = await work.look(kept_proofs.kept_at, report_id=data.report_id, officer_id=me.id)
    if kept_at is None or answer.asks is None:
        return answer
    asks = shown.or_kept(answer.asks, me, data.report_id, at=kept_at, now=work.now, zone=here.zone)
    return replace(answer, asks=asks)


@router.callback_query(Pressed(UseKept))
async def use_kept(press: CallbackQuery, data: UseKept, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """The photo and place that were sent while others were at work on it."""
    if await state.get_state() in (Waiting.proof.state, Waiting.proof_reason.state):
        await state.clear()
    await work(kept_proofs.use, report_id=data.report_id, officer_id=me.id)
    here.media_came()
    return Answer(say=(shown.done(me, data.report_id), *await _others(me, work, data.report_id)))


@router.callback_query(Pressed(FixOf))
async def fix_of(press: CallbackQuery, data: FixOf, me: Me, work: Work, here: Here) -> Answer:
    """A photo and a place that came without *Resolve* were the proof."""
    outcome = await work(kept_proofs.say_fix, person_id=me.id, report_id=data.report_id)
    here.media_came()
    if outcome.blocked is not None:
        return Answer(edit=shown.kept(me, data.report_id, outcome.blocked))
    return Answer(edit=shown.fixed(me, data.report_id), say=await _others(me, work, data.report_id))


@router.message(IsWaiting(Waiting.proof, Waiting.proof_reason), HasPicture())
async def photo(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """A photo of the fix; of an album, one answer for all. An image file may say where that was."""
    held = await _held(state, work)
    file, taken = file_of(message), None
    if file is not None and file.kind is AttachmentKind.IMAGE_FILE:
        file, taken = await _look_at(file, held, work, here)
    elif file is not None:
        await _refuse_before(file, held, work)
    if file is None:
        return _photo_only(me, held)
    if len(held.photos) >= ALBUM_LIMIT:
        raise TooManyPhotos(most=ALBUM_LIMIT)
    is_more = file.media_group_id is not None and any(one.media_group_id == file.media_group_id for one in held.photos)
    held = replace(held, photos=(*held.photos, replace(file, caption=None))).and_words(file.caption)
    if taken is not None and held.place is None:  # else he has said where he stands
        held = replace(held, place=taken.place)
        return await _go_on(held, me, work, here, state, is_more=is_more, metres=taken.metres)
    return await _go_on(held, me, work, here, state, is_more=is_more)


@router.message(IsWaiting(Waiting.proof, Waiting.proof_reason), HasPlace())
async def place(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Where the officer stands; a better one than before, perhaps."""
    found = place_of(message)
    assert found is not None
    accuracy = round((message.location.horizontal_accuracy if message.location else None) or 0)
    standing = Standing(found.latitude, found.longitude, accuracy)
    return await _go_on(replace(await _held(state, work), place=standing), me, work, here, state)


@router.message(Tapped(menu.NO_PLACE))
@router.message(Tapped(menu.HERE))
async def no_place(message: Message, me: Me, state: FSMContext, work: Work) -> Answer:
    """«No place»: why not? A tap on a key that was left over is told so."""
    if await state.get_state() not in (Waiting.proof.state, Waiting.proof_reason.state):
        return Answer(say=(shown.over(me),))
    held = await _held(state, work)
    if not held.photos:
        await wait_for(state, Waiting.proof, now=work.now, **held.data())
        return _ask_next(me, held)
    await wait_for(state, Waiting.proof_reason, now=work.now, **replace(held, place=None).data())
    return Answer(asks=shown.ask_why(me, held.report_id, None))


@router.message(IsWaiting(Waiting.proof_reason), HasWords())
async def why_in_words(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Why, in the officer's own words."""
    return await _go_on(replace(await _held(state, work), why=message.text), me, work, here, state)


@router.callback_query(Pressed(ProofWhy))
async def why(press: CallbackQuery, data: ProofWhy, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Why, with one tap."""
    if await state.get_state() != Waiting.proof_reason.state:
        raise NothingToAdd
    if Held.of(await state.get_data()).report_id != data.report_id:
        raise NothingToAdd
    return await _go_on(replace(await _held(state, work), why=data.why), me, work, here, state)


@router.message(IsWaiting(Waiting.proof), HasWords())
async def words(message: Message, me: Me, work: Work, state: FSMContext) -> Answer:
    """What was done: kept until photo and place are there, and shown as others will read it."""
    before = await state.get_data()
    held = (await _held(state, work)).and_words(message.text)
    await wait_for(state, Waiting.proof, now=work.now, **held.data())
    if held.photos:
        return Answer(say=(shown.ask_place(me, held.report_id, words=held.words),))
    return _ask_next(me, held, instead_of=before.get("asked_in"))


@router.callback_query(Pressed(DropWords))
async def drop_words(press: CallbackQuery, data: DropWords, me: Me, work: Work, state: FSMContext) -> Answer:
    """They were not meant for others: the photo alone is asked for."""
    held = Held.of(await state.get_data()) if await state.get_state() == Waiting.proof.state else None
    if held is None or held.report_id != data.report_id or held.photos:
        raise NothingToAdd
    asked_in = press.message.message_id if press.message else None
    await wait_for(state, Waiting.proof, now=work.now, **replace(held, words="").data(), asked_in=asked_in)
    return Answer(edit=talk.prompt(me, "resolve", held.report_id))


@router.message(IsWaiting(Waiting.proof, Waiting.proof_reason), HasRecording())
async def no_photo(message: Message, me: Me, state: FSMContext) -> Answer:
    """A video or voice message is no photo."""
    return _photo_only(me, Held.of(await state.get_data()))


@router.callback_query(Pressed(AlsoFixed))
async def also(press: CallbackQuery, data: AlsoFixed, me: Me, work: Work) -> Answer:
    """One more at the same place."""
    return await _also(me, work, data.report_id, [data.other_id])


@router.callback_query(Pressed(AllFixed))
async def all_of_them(press: CallbackQuery, data: AllFixed, me: Me, work: Work) -> Answer:
    """All of the same kind that are at the same place."""
    return await _also(me, work, data.report_id, None)


async def _held(state: FSMContext, work: Work) -> Held:
    """What there is of the proof; if the report was merged meanwhile, it is of the one in which it goes on."""
    held = Held.of(await state.get_data())
    return replace(held, report_id=await work.look(proofs.going_on, report_id=held.report_id))


async def _look_at(file: File, held: Held, work: Work, here: Here) -> tuple[File | None, Taken | None]:
    """An image file as a photo that is here already, and where it was taken; None: it is no picture."""
    kept = await here.look_at(file.file_id) if (file.size or 0) <= MOST_BYTES else None
    if kept is None:
        return None, None
    await _refuse_before(file, held, work, picture_hash=kept.picture.looks)
    said = {"place": kept.picture.place, "taken_at": kept.picture.taken_at}
    taken = await work.look(proofs.taken, report_id=held.report_id, now=work.now, **said)
    return replace(file, media_hash=kept.media_hash), taken


async def _refuse_before(file: File, held: Held, work: Work, *, picture_hash: str | None = None) -> None:
    asked = {"report_id": held.report_id, "file_unique_id": file.file_unique_id, "picture_hash": picture_hash}
    await work.look(same_picture.refuse_before, **asked)


async def _go_on(
    held: Held,
    me: Me,
    work: Work,
    here: Here,
    state: FSMContext,
    *,
    is_more: bool = False,
    metres: int | None = None,  # from the report, of a place that a picture has said
) -> Answer:
    """Ask for what is missing; if nothing is, it is fixed."""
    far = None
    if held.place is not None:
        far = await work.look(proofs.far, report_id=held.report_id, place=held.place)
    is_reason_missing = far is not None and not held.why
    if not held.photos or (held.place is None and not held.why) or is_reason_missing:
        if is_more:  # what the first of the album was answered with stands
            await state.update_data(held.data())
            return NOTHING
        waits_for = Waiting.proof_reason if held.photos and is_reason_missing else Waiting.proof
        await wait_for(state, waits_for, now=work.now, **held.data())
        if not held.photos:
            return Answer(asks=shown.ask_photo(me, held.report_id))
        return Answer(asks=shown.ask_why(me, held.report_id, far)) if is_reason_missing else _ask_next(me, held)
    await state.clear()
    await work(proofs.resolve, report_id=held.report_id, officer_id=me.id, proof=_proof(held, me, work))
    here.media_came()
    return Answer(say=(shown.done(me, held.report_id, metres), *await _others(me, work, held.report_id)))


def _proof(held: Held, me: Me, work: Work) -> Proof:
    photos = [attachment_of(me.id, one, stage=Stage.AFTER, now=work.now) for one in held.photos]
    return Proof(photos, held.words or None, held.place, held.why)


async def _also(me: Me, work: Work, report_id: int, others: list[int] | None) -> Answer:
    done = await work(proofs.also, report_id=report_id, officer_id=me.id, others=others)
    near = await work.look(proofs.near, report_id=report_id, officer_id=me.id)
    card = shown.also(me, report_id, [(one.report_id, one.metres, one.other) for one in near], done=done)
    return Answer(edit=card, toast=plain(me.language, "toast-also"))


async def _others(me: Me, work: Work, report_id: int) -> tuple[Card, ...]:
    near = await work.look(proofs.near, report_id=report_id, officer_id=me.id)
    return (shown.also(me, report_id, [(one.report_id, one.metres, one.other) for one in near]),) if near else ()


def _ask_next(me: Me, held: Held, *, instead_of: int | None = None) -> Answer:
    """The photo first; then the place, whose question has keys instead of buttons."""
    if held.photos:
        return Answer(say=(shown.ask_place(me, held.report_id),))
    if held.words:
        return Answer(asks=shown.ask_photo_again(me, held.report_id, words=held.words, instead_of=instead_of))
    return Answer(asks=talk.prompt(me, "resolve", held.report_id))


def _photo_only(me: Me, held: Held) -> Answer:
    """That is no photo; where there is one, the question that was asked stays."""
    if held.photos:
        return Answer(say=(talk.done(me, "prompt-resolve-photo-only", held.report_id),))
    return Answer(asks=talk.prompt(me, "resolve-photo-only", held.report_id))
