"""A shop in the hands of its people: what it took, what its owner changes, who works there."""

from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answer import Answer
from handlers.dialogs import Waiting, wait_for
from handlers.filters import ChangesShop, HasPlace, HasWords, IsWaiting, Pressed, Tapped
from handlers.here import Here
from handlers.parts import place_of
from services import invites
from services.errors import NotAllowed
from services.merchants import editing, listing, months, redemptions, settlement, staff
from services.merchants.errors import NoSuchItem, NotStaff
from storage.kinds import Role
from storage.merchant_records import ItemRecord, ShopRecord
from storage.points_kinds import ShopField
from storage.records import Me
from storage.work import Work
from views import menu
from views import own_shop as shown
from views import settlement as shown_settlement
from views.actions import (
    EditItem,
    EditItemField,
    EditShop,
    EditShopMore,
    InviteStaff,
    OpenOwnShop,
    RemoveItem,
    RemoveItemNow,
    RemoveStaff,
    RemoveStaffNow,
    RetireShop,
    RetireShopNow,
    SetShopKind,
    ShowLately,
    ShowMonth,
    ShowShopCode,
    ShowStaff,
)
from views.actions.shops import OnItem
from views.card import Card, Made
from views.texts import plain

router = Router(name="own_shop")


@router.message(Tapped(menu.MY_SHOP, "shop"))
async def my_shop(message: Message, me: Me, work: Work, here: Here) -> Answer:
    """Of several, which?"""
    found = await work.look(listing.own, person_id=me.id, now=work.now)
    return Answer(
        say=(shown.shop(found[0], me, now=work.now, zone=here.zone) if len(found) == 1 else shown.choose(found, me),)
    )


@router.callback_query(Pressed(OpenOwnShop))
async def open_own(press: CallbackQuery, data: OpenOwnShop, me: Me, work: Work, here: Here) -> Answer:
    """All of it, in place."""
    return Answer(edit=await _card(data.merchant_id, me, work, here))


@router.callback_query(Pressed(ShowLately))
async def lately(press: CallbackQuery, data: ShowLately, me: Me, work: Work, here: Here) -> Answer:
    """What it took last, in place."""
    found = await work.look(redemptions.lately, merchant_id=data.merchant_id, person_id=me.id)
    return Answer(edit=shown.lately(found, me, merchant_id=data.merchant_id, now=work.now, zone=here.zone))


@router.callback_query(Pressed(ShowMonth))
async def month(press: CallbackQuery, data: ShowMonth, me: Me, work: Work, here: Here) -> Answer:
    """The month so far, as the sheet will have it."""
    now_month = await work.look(months.of, at=work.now)
    asked = {"merchant_id": data.merchant_id, "month": now_month, "person_id": me.id}
    found = await work.look(settlement.sheet_for, **asked)
    written = await here.make(shown_settlement.of_shop(found, me, zone=here.zone), chat_id=press.from_user.id)
    made = Made(f"{found.code}-{now_month}.xlsx", written)
    return Answer(say=(Card(text=shown_settlement.so_far(found, me), made=made),))


@router.callback_query(Pressed(ShowShopCode))
async def shop_code(press: CallbackQuery, data: ShowShopCode, me: Me, work: Work, here: Here) -> Answer:
    """The picture for the counter."""
    found = await _own(data.merchant_id, me, work)
    return Answer(say=(shown.code(found, me, link=invites.link(here.bot_username, listing.link_of(found.id))),))


@router.callback_query(Pressed(EditShop))
async def ask_field(press: CallbackQuery, data: EditShop, me: Me, work: Work, state: FSMContext) -> Answer:
    """What is the new one?"""
    found = await _owned(data.merchant_id, me, work)
    if data.field is ShopField.KIND:
        return Answer(edit=shown.choose_kind(found, me))
    await wait_for(state, Waiting.shop_field, now=work.now, merchant_id=found.id, field=data.field)
    return Answer(asks=shown.ask_field(found, me, data.field))


@router.callback_query(Pressed(EditShopMore))
async def more(press: CallbackQuery, data: EditShopMore, me: Me, work: Work) -> Answer:
    """What else can be changed."""
    return Answer(edit=shown.more(await _owned(data.merchant_id, me, work), me))


@router.callback_query(Pressed(SetShopKind))
async def set_kind(press: CallbackQuery, data: SetShopKind, me: Me, work: Work, here: Here) -> Answer:
    """It sells this."""
    await work(editing.set_kind, merchant_id=data.merchant_id, person_id=me.id, kind=data.kind)
    card = await _card(data.merchant_id, me, work, here)
    return Answer(edit=card, toast=plain(me.language, "toast-changed"))


@router.message(ChangesShop(ShopField.POINT), HasPlace())
async def move(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """It is here."""
    found, merchant_id = place_of(message), (await state.get_data())["merchant_id"]
    assert found is not None
    await state.clear()
    point = {"latitude": found.latitude, "longitude": found.longitude}
    await work(editing.move, merchant_id=merchant_id, person_id=me.id, within=here.county, **point)
    return Answer(say=(await _card(merchant_id, me, work, here),))


@router.callback_query(Pressed(RetireShop))
async def ask_retire(press: CallbackQuery, data: RetireShop, me: Me, work: Work) -> Answer:
    """Really?"""
    return Answer(edit=shown.ask_retire(await _owned(data.merchant_id, me, work), me))


@router.callback_query(Pressed(RetireShopNow))
async def retire(press: CallbackQuery, data: RetireShopNow, me: Me, work: Work) -> Answer:
    """It takes no points any more; its people hear it by the outbox."""
    await work(editing.retire, merchant_id=data.merchant_id, person_id=me.id)
    names = await work.look(listing.names, merchant_id=data.merchant_id)
    return Answer(edit=shown.retired(names, me))


@router.callback_query(Pressed(EditItem))
async def edit_item(press: CallbackQuery, data: EditItem, me: Me, work: Work) -> Answer:
    """What of it?"""
    return Answer(edit=shown.item(*await _item(data, me, work), me))


@router.callback_query(Pressed(EditItemField))
async def ask_item_field(press: CallbackQuery, data: EditItemField, me: Me, work: Work, state: FSMContext) -> Answer:
    """What is the new one?"""
    found = await _owned(data.merchant_id, me, work)
    item = {"merchant_id": found.id, "field": data.field, "item_id": data.item_id}
    await wait_for(state, Waiting.shop_field, now=work.now, **item)
    return Answer(asks=shown.ask_field(found, me, data.field))


@router.message(IsWaiting(Waiting.shop_field), HasWords())
async def change(message: Message, me: Me, work: Work, here: Here, state: FSMContext) -> Answer:
    """Here it is; what cannot be read is asked for again."""
    data = await state.get_data()
    await state.clear()
    what = {"merchant_id": data["merchant_id"], "field": ShopField(data["field"]), "item_id": data.get("item_id")}
    await work(editing.change, person_id=me.id, text=message.text or "", **what)
    return Answer(say=(await _card(data["merchant_id"], me, work, here),))


@router.callback_query(Pressed(RemoveItem))
async def ask_remove_item(press: CallbackQuery, data: RemoveItem, me: Me, work: Work) -> Answer:
    """Really?"""
    return Answer(edit=shown.ask_remove_item(*await _item(data, me, work), me))


@router.callback_query(Pressed(RemoveItemNow))
async def remove_item(press: CallbackQuery, data: RemoveItemNow, me: Me, work: Work, here: Here) -> Answer:
    """The shop does not give it any more."""
    item = {"merchant_id": data.merchant_id, "item_id": data.item_id}
    await work(editing.remove_item, person_id=me.id, **item)
    card = await _card(data.merchant_id, me, work, here)
    return Answer(edit=card, toast=plain(me.language, "toast-changed"))


@router.callback_query(Pressed(ShowStaff))
async def show_staff(press: CallbackQuery, data: ShowStaff, me: Me, work: Work) -> Answer:
    """Who works there, in place."""
    found = await work.look(staff.all_of, merchant_id=data.merchant_id, person_id=me.id)
    return Answer(edit=shown.staff(found, me, merchant_id=data.merchant_id))


@router.callback_query(Pressed(RemoveStaff))
async def ask_remove_staff(press: CallbackQuery, data: RemoveStaff, me: Me, work: Work) -> Answer:
    """Really? Who is gone meanwhile is not asked about."""
    found = await work.look(staff.all_of, merchant_id=data.merchant_id, person_id=me.id)
    going = next((one for one in found if one.person_id == data.person_id), None)
    if going is None:
        return Answer(edit=shown.staff(found, me, merchant_id=data.merchant_id))
    return Answer(edit=shown.ask_remove_staff(going, me, merchant_id=data.merchant_id))


@router.callback_query(Pressed(RemoveStaffNow))
async def remove_staff(press: CallbackQuery, data: RemoveStaffNow, me: Me, work: Work) -> Answer:
    """Somebody works there no more."""
    await work(staff.remove, merchant_id=data.merchant_id, person_id=data.person_id, by=me.id)
    found = await work.look(staff.all_of, merchant_id=data.merchant_id, person_id=me.id)
    return Answer(edit=shown.staff(found, me, merchant_id=data.merchant_id), toast=plain(me.language, "toast-changed"))


@router.callback_query(Pressed(InviteStaff))
async def invite(press: CallbackQuery, data: InviteStaff, me: Me, work: Work, here: Here) -> Answer:
    """A link for one more."""
    found = await _own(data.merchant_id, me, work)
    token = here.new_token()
    what = {"role": Role.MERCHANT, "shop": found.code, "is_primary": data.is_owner}
    made = await work(invites.make_named, token=token, by=me.id, **what)
    url = invites.link(here.bot_username, token)
    said: dict[str, Any] = {
        "url": url,
        "is_owner": data.is_owner,
        "until": made.expires_at,
        "now": work.now,
        "zone": here.zone,
    }
    return Answer(say=(shown.invited(found.names, me, **said),))


async def _item(data: OnItem, me: Me, work: Work) -> tuple[ShopRecord, ItemRecord]:
    found = await _owned(data.merchant_id, me, work)
    item = next((one for one in found.items if one.id == data.item_id), None)
    if item is None:
        raise NoSuchItem
    return found, item


async def _card(merchant_id: int, me: Me, work: Work, here: Here) -> Card:
    return shown.shop(await _own(merchant_id, me, work), me, now=work.now, zone=here.zone)


async def _own(merchant_id: int, me: Me, work: Work) -> ShopRecord:
    found = await work.look(listing.shop, person_id=me.id, merchant_id=merchant_id, now=work.now)
    if not (found.is_staff or found.may_edit):
        raise NotStaff
    return found


async def _owned(merchant_id: int, me: Me, work: Work) -> ShopRecord:
    found = await _own(merchant_id, me, work)
    if not found.may_edit:
        raise NotAllowed
    return found
