"""The shop's side of the till: a code is scanned or typed, taken, and perhaps given back."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.filters import LooseDigits, Opened, Pressed, SixDigits, WrongDigits
from handlers.here import Here
from services.errors import DomainError
from services.loose_digits import Loose
from services.merchants import codes, redemptions, till
from services.merchants.codes import Found
from services.merchants.errors import CodeCancelled, CodeExpired, CodeTaken, CodeUndone, TooLateToUndo
from storage.records import Me
from storage.work import Work
from views import own_shop, people
from views import till as shown
from views.actions import GiveBack, KeepTaken, OnCode, TakeCode, UndoCode
from views.card import Card
from views.texts import plain, say

router = Router(name="till")
TOO_LATE = (CodeUndone, CodeExpired, CodeCancelled, TooLateToUndo)
"""Why something cannot be given back (any more)."""


@router.message(Opened(till.LINK))
async def scan(message: Message, token: str, me: Me, work: Work, here: Here) -> Answer:
    """The phone's camera has read a picture."""
    found = await work.look(codes.scanned, person_id=me.id, token=token.removeprefix(till.LINK), now=work.now)
    return Answer(say=(shown.waiting(found, me, now=work.now, zone=here.zone),))


@router.message(SixDigits())
async def type_code(message: Message, digits: str, me: Me, work: Work, here: Here) -> Answer:
    """Six digits; wrong ones are counted."""
    found = await work(codes.typed, person_id=me.id, code=digits)
    if isinstance(found, Found):
        return Answer(say=(shown.waiting(found.redemption, me, now=work.now, zone=here.zone),))
    return Answer(say=(shown.wrong(found, me, now=work.now, zone=here.zone),))


@router.message(WrongDigits())
async def wrong_length(message: Message, me: Me) -> Answer:
    """A code that cannot be one begins no report, and is not counted."""
    return Answer(say=(Card(text=say(me.language, "code-six-digits")),))


@router.message(LooseDigits())
async def show_code(
    message: Message, loose: Loose, is_code: bool, me: Me, work: Work, here: Here, is_new: bool
) -> Answer:
    """Digits alone from anybody else are no report: a customer who types his code, somebody who names a line."""
    greeting = people.greeting(me) if is_new else ()
    return Answer(say=(*greeting, shown.loose(loose.shown, me, is_code=is_code, now=work.now, zone=here.zone)))


@router.callback_query(Pressed(TakeCode))
async def take(press: CallbackQuery, data: TakeCode, me: Me, work: Work, here: Here) -> Answer:
    """Take it; the receipt with *Give back* takes its place. What is over meanwhile loses its button."""
    try:
        await work(till.take, redemption_id=data.redemption_id, person_id=me.id, shown_in=_shown_in(press))
    except (CodeTaken, CodeUndone, CodeExpired, CodeCancelled) as problem:
        found = await work.look(codes.waiting, person_id=me.id, redemption_id=data.redemption_id)
        toast = plain(me.language, problem.key)
        return Answer(edit=shown.not_taken(found, me, why=problem.key), toast=toast, is_alert=True)
    return Answer(edit=await _receipt(data, me, work, here), toast=plain(me.language, "toast-taken"))


@router.callback_query(Pressed(UndoCode))
async def ask_undo(press: CallbackQuery, data: UndoCode, me: Me, work: Work, here: Here) -> Answer:
    """Really?"""
    try:
        found = await work.look(codes.undoable, person_id=me.id, redemption_id=data.redemption_id, now=work.now)
    except TOO_LATE as problem:
        return await _not_undone(problem, data, me, work, here)
    return Answer(edit=shown.ask_undo(found, me, is_listed=data.is_listed))


@router.callback_query(Pressed(KeepTaken))
async def keep(press: CallbackQuery, data: KeepTaken, me: Me, work: Work, here: Here) -> Answer:
    """No: the receipt as it was."""
    return Answer(edit=await _receipt(data, me, work, here))


@router.callback_query(Pressed(GiveBack))
async def give_back(press: CallbackQuery, data: GiveBack, me: Me, work: Work, here: Here) -> Answer:
    """Yes; both hear it by the outbox."""
    shown_in = None if data.is_listed else _shown_in(press)
    try:
        await work(till.undo, redemption_id=data.redemption_id, person_id=me.id, shown_in=shown_in)
    except TOO_LATE as problem:
        return await _not_undone(problem, data, me, work, here)
    return Answer(edit=await _before(data, me, work, here), toast=plain(me.language, "toast-undone"))


async def _not_undone(problem: DomainError, data: UndoCode, me: Me, work: Work, here: Here) -> Answer:
    toast = plain(me.language, problem.key, **problem.facts)
    return Answer(edit=await _before(data, me, work, here), toast=toast, is_alert=True)


async def _before(data: UndoCode, me: Me, work: Work, here: Here) -> Card:
    """What stood there before the question, as it is now: the list, or the receipt."""
    if not data.is_listed:
        return await _receipt(data, me, work, here)
    found = await work.look(codes.waiting, person_id=me.id, redemption_id=data.redemption_id)
    listed = await work.look(redemptions.lately, merchant_id=found.shop_id, person_id=me.id)
    return own_shop.lately(listed, me, merchant_id=found.shop_id, now=work.now, zone=here.zone)


async def _receipt(data: OnCode, me: Me, work: Work, here: Here) -> Card:
    found = await work.look(codes.waiting, person_id=me.id, redemption_id=data.redemption_id)
    return shown.receipt(found, me, now=work.now, zone=here.zone)


def _shown_in(press: CallbackQuery) -> int | None:
    return press.message.message_id if press.message is not None else None
