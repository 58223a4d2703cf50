"""Looking for a shop, and paying there: by its list, its code on the counter, an amount, an item, a rider's meal."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.dialogs import Waiting, wait_for
from handlers.filters import HasPlace, HasWords, IsWaiting, Opened, Pressed, Tapped
from handlers.here import Here
from handlers.parts import place_of
from services.invites import link
from services.merchants import listing, riders, till, typed
from services.merchants.errors import PriceChanged, RiderWaiting
from services.merchants.till import Draw, For
from storage.points_kinds import ShopKind
from storage.records import Me
from storage.work import Work
from views import errors, menu, people
from views import shops as shown
from views.actions import (
    BuyItem,
    CancelCode,
    ChooseShops,
    GetMeal,
    LookNear,
    OpenShop,
    PayOther,
    PayPoints,
    ShowShops,
)
from views.card import Card
from views.texts import plain, say
from views.till import spaced

router = Router(name="shops")


@router.message(Tapped(menu.SHOPS, "shops"))
async def shops(message: Message, me: Me, work: Work, here: Here) -> Answer:
    """The nearest first, where it is known where one is."""
    found = await work.look(listing.page, person_id=me.id, page=0, now=work.now)
    return Answer(say=(shown.page(found, me, now=work.now, zone=here.zone),))


@router.callback_query(Pressed(ShowShops))
async def turn_page(press: CallbackQuery, data: ShowShops, me: Me, work: Work, here: Here) -> Answer:
    """Another page, or others, in place."""
    kind = ShopKind(data.kind) if data.kind in list(ShopKind) else None
    asked = {"kind": kind, "is_open": data.is_open, "has_meals": data.has_meals, "now": work.now}
    found = await work.look(listing.page, person_id=me.id, page=data.page, **asked)
    return Answer(edit=shown.page(found, me, now=work.now, zone=here.zone))


@router.callback_query(Pressed(ChooseShops))
async def choose_kind(press: CallbackQuery, data: ChooseShops, me: Me) -> Answer:
    """Which kind?"""
    return Answer(edit=shown.choose_kind(me, is_open=data.is_open, has_meals=data.has_meals))


@router.callback_query(Pressed(LookNear))
async def ask_place(press: CallbackQuery, me: Me, work: Work, state: FSMContext) -> Answer:
    """Where are you?"""
    await wait_for(state, Waiting.shop_place, now=work.now)
    return Answer(asks=shown.ask_place(me))


@router.message(IsWaiting(Waiting.shop_place), HasPlace())
async def look_from(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """From here."""
    place = place_of(message)
    assert place is not None
    await state.clear()
    await work(listing.look_from, person_id=me.id, place=place)
    found = await work.look(listing.page, person_id=me.id, page=0, now=work.now)
    return Answer(say=(shown.page(found, me, now=work.now, zone=here.zone),))


@router.message(Opened(listing.LINK))
async def scan_shop(message: Message, token: str, me: Me, work: Work, here: Here, is_new: bool) -> Answer:
    """The code on a shop's counter was scanned."""
    greeting = people.greeting(me) if is_new else ()
    return Answer(say=(*greeting, await _shop(listing.opened(token), me, work, here)))


@router.callback_query(Pressed(OpenShop))
async def open_shop(press: CallbackQuery, data: OpenShop, me: Me, work: Work, here: Here) -> Answer:
    """With its pin, below the list."""
    return Answer(say=(await _shop(data.merchant_id, me, work, here),))


@router.callback_query(Pressed(PayPoints))
async def pay(press: CallbackQuery, data: PayPoints, me: Me, work: Work, here: Here) -> Answer:
    """So many points."""
    return await _ask(data.merchant_id, For(points=data.points), me, work, here)


@router.callback_query(Pressed(BuyItem))
async def buy(press: CallbackQuery, data: BuyItem, me: Me, work: Work, here: Here) -> Answer:
    """Something that it gives; where it costs something else by now, the shop as it is."""
    try:
        return await _ask(data.merchant_id, For(item_id=data.item_id, price=data.price), me, work, here)
    except PriceChanged as problem:
        toast = errors.toast(me.language, problem.key, problem.facts)
        return Answer(edit=await _shop(data.merchant_id, me, work, here), toast=toast, is_alert=True)


@router.callback_query(Pressed(GetMeal))
async def get_meal(press: CallbackQuery, data: GetMeal, me: Me, work: Work, here: Here) -> Answer:
    """A rider's meal; of who is not registered yet, the administrators are asked."""
    try:
        return await _ask(data.merchant_id, For(is_meal=True), me, work, here)
    except RiderWaiting as problem:
        await work(riders.ask, person_id=me.id)
        return Answer(toast=errors.toast(me.language, problem.key, problem.facts), is_alert=True)


@router.callback_query(Pressed(PayOther))
async def ask_amount(press: CallbackQuery, data: PayOther, me: Me, work: Work, state: FSMContext) -> Answer:
    """How many?"""
    await wait_for(state, Waiting.shop_amount, now=work.now, merchant_id=data.merchant_id)
    found = await work.look(listing.shop, person_id=me.id, merchant_id=data.merchant_id, now=work.now)
    return Answer(asks=shown.ask_amount(me, found))


@router.message(IsWaiting(Waiting.shop_amount), HasWords())
async def pay_other(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """So many; what is no number is asked for again."""
    merchant_id, points = (await state.get_data())["merchant_id"], typed.amount(message.text or "")
    await state.clear()
    return await _ask(merchant_id, For(points=points), me, work, here, is_typed=True)


@router.callback_query(Pressed(CancelCode))
async def cancel(press: CallbackQuery, data: CancelCode, me: Me, work: Work) -> Answer:
    """Not needed any more: the message of the code says so in a moment."""
    await work(till.cancel, redemption_id=data.redemption_id, person_id=me.id)
    return Answer(toast=plain(me.language, "toast-code-cancelled"))


async def _ask(merchant_id: int, what: For, me: Me, work: Work, here: Here, *, is_typed: bool = False) -> Answer:
    """The code comes by the outbox, before all else. What was typed has no toast: it is answered by a message."""
    token = here.new_token()
    draw = Draw(token, here.new_codes(), link(here.bot_username, till.LINK + token))
    asked = await work(till.ask, person_id=me.id, merchant_id=merchant_id, what=what, draw=draw)
    if asked.is_new:
        return Answer(toast=plain(me.language, "toast-code-comes"))
    if is_typed:
        return Answer(say=(Card(text=say(me.language, "toast-code-above", code=spaced(asked.code))),))
    return Answer(toast=plain(me.language, "toast-code-above", code=spaced(asked.code)), is_alert=True)


async def _shop(merchant_id: int, me: Me, work: Work, here: Here) -> Card:
    found = await work.look(listing.shop, person_id=me.id, merchant_id=merchant_id, now=work.now)
    return shown.shop(found, me, now=work.now, zone=here.zone)
