"""A shop in the hands of its people: what it took, its hours and items, who works there."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.kinds import Language, Role
from storage.merchant_records import ItemRecord, Names, RedemptionRecord, ShopRecord, StaffRecord
from storage.points_kinds import RedemptionState, ShopField
from storage.records import Brief, Me
from views import qr, till
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
    UndoCode,
)
from views.card import Button, Card, Made, Rows
from views.format import lines, moment, on_button
from views.people import cancel
from views.shops import ICONS, open_line
from views.texts import plain, say

FIELDS = (ShopField.HOURS, ShopField.PHONE, ShopField.ABOUT, ShopField.ITEM)
MORE = (
    *(ShopField.NAME_ZH, ShopField.NAME_EN, ShopField.KIND),
    *(ShopField.ADDRESS, ShopField.POINT, ShopField.MEALS),
)
ITEM_FIELDS = (ShopField.PRICE, ShopField.STOCK, ShopField.LIMIT)


def choose(shops: Sequence[ShopRecord], me: Me) -> Card:
    """Which of one's shops?"""
    rows = tuple((Button(on_button(shop.names[me.language]), OpenOwnShop(shop.id).pack()),) for shop in shops)
    return Card(text=say(me.language, "own-shops" if shops else "own-no-shop"), rows=rows)


def shop(found: ShopRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """What it is and what one can do. Taking needs no button: the camera, or six digits here in the chat."""
    text = lines(
        Markup("{} <b>{}</b>").format(ICONS[found.kind], found.names[me.language]),
        found.about[me.language] or None,
        say(me.language, "shop-address", address=found.address),
        open_line(found, me, now=now, zone=zone),
        say(me.language, "shop-phone", phone=found.phone),
        say(me.language, "own-meals", left=found.meals_left, meals=found.meals) if found.meals else None,
        *(_item(one, me) for one in found.items),
    )
    rows: list[tuple[Button, ...]] = []
    if found.is_staff:
        lately = Button(plain(me.language, "button-lately"), ShowLately(found.id).pack())
        rows.append((lately, Button(plain(me.language, "button-shop-code"), ShowShopCode(found.id).pack())))
    if found.may_edit:
        edits = _fields(found, me, FIELDS)
        items = [
            Button(on_button(f"✏️ {one.names[me.language]}"), EditItem(found.id, one.id).pack()) for one in found.items
        ]
        rows += [tuple(edits[:2]), tuple(edits[2:])]
        rows += [tuple(items[at : at + 2]) for at in range(0, len(items), 2)]
        rows.append((Button(plain(me.language, "button-shop-more"), EditShopMore(found.id).pack()),))
    if found.is_owner:
        rows.append(
            (
                Button(plain(me.language, "button-staff"), ShowStaff(found.id).pack()),
                Button(plain(me.language, "button-month-sheet"), ShowMonth(found.id).pack()),
            )
        )
    how = "\n\n" + say(me.language, "own-how") if found.is_staff else Markup()
    return Card(text=text + how, rows=tuple(rows))


def more(found: ShopRecord, me: Me) -> Card:
    """What changes more rarely, and to administrators, that it is gone."""
    names = Markup(" · ").join(dict.fromkeys(Markup("<b>{}</b>").format(one) for one in found.names.values()))
    text = lines(
        Markup("{} {}").format(ICONS[found.kind], names),
        say(me.language, "shop-address", address=found.address),
        say(me.language, "own-meals-a-day", meals=found.meals),
    )
    fields = _fields(found, me, MORE)
    rows: list[tuple[Button, ...]] = [tuple(fields[at : at + 2]) for at in range(0, len(fields), 2)]
    if Role.ADMIN in me.roles:
        rows.append((Button(plain(me.language, "button-retire-shop"), RetireShop(found.id).pack()),))
    return Card(text=text, rows=(*rows, *_back(found.id, me)))


def choose_kind(found: ShopRecord, me: Me) -> Card:
    """What does it sell?"""
    kinds = [
        Button(f"{icon} {plain(me.language, f'shop-kind-{kind}')}", SetShopKind(found.id, kind).pack())
        for kind, icon in ICONS.items()
    ]
    rows = tuple(tuple(kinds[at : at + 2]) for at in range(0, len(kinds), 2))
    question = say(me.language, "ask-shop-field-k", shop=found.names[me.language])
    return Card(text=question, rows=(*rows, *_back(found.id, me)))


def ask_retire(found: ShopRecord, me: Me) -> Card:
    """Really?"""
    yes = Button(plain(me.language, "button-retire-shop-now"), RetireShopNow(found.id).pack())
    text = say(me.language, "ask-retire-shop", shop=found.names[me.language], code=found.code)
    return Card(text=text, rows=((yes,), *_back(found.id, me)))


def retired(names: Names, me: Me) -> Card:
    """It is gone."""
    return Card(text=say(me.language, "shop-retired", shop=names[me.language]))


def _fields(found: ShopRecord, me: Me, fields: Sequence[ShopField]) -> list[Button]:
    return [
        Button(plain(me.language, f"button-shop-field-{field}"), EditShop(found.id, field).pack()) for field in fields
    ]


def ask_field(found: ShopRecord, me: Me, field: ShopField) -> Card:
    """What is the new one?"""
    return Card(
        text=say(me.language, f"ask-shop-field-{field}", shop=found.names[me.language]), rows=cancel(me.language)
    )


def item(found: ShopRecord, one: ItemRecord, me: Me) -> Card:
    """What of this item?"""
    fields = tuple(
        Button(plain(me.language, f"button-shop-field-{field}"), EditItemField(found.id, one.id, field).pack())
        for field in ITEM_FIELDS
    )
    away = Button(plain(me.language, "button-remove-item"), RemoveItem(found.id, one.id).pack())
    return Card(text=_item(one, me), rows=(fields, (away,), *_back(found.id, me)))


def ask_remove_item(found: ShopRecord, one: ItemRecord, me: Me) -> Card:
    """Really?"""
    yes = Button(plain(me.language, "button-remove-item-now"), RemoveItemNow(found.id, one.id).pack())
    no = Button(plain(me.language, "button-back"), EditItem(found.id, one.id).pack())
    return Card(text=say(me.language, "ask-remove-item", item=one.names[me.language]), rows=((yes,), (no,)))


def ask_remove_staff(one: StaffRecord, me: Me, *, merchant_id: int) -> Card:
    """Really?"""
    yes = Button(plain(me.language, "button-remove-staff-now"), RemoveStaffNow(merchant_id, one.person_id).pack())
    no = Button(plain(me.language, "button-back"), ShowStaff(merchant_id).pack())
    return Card(text=say(me.language, "ask-remove-staff", name=one.name), rows=((yes,), (no,)))


def lately(found: Sequence[RedemptionRecord], me: Me, *, merchant_id: int, now: datetime, zone: ZoneInfo) -> Card:
    """What it took last, by the numbers of the receipts; what can still be given back has a button."""
    parts = [_redemption(one, me, now=now, zone=zone) for one in found]
    undo = tuple(
        Button(plain(me.language, "button-undo-number", number=one.id), UndoCode(one.id, True).pack())
        for one in found
        if one.state is RedemptionState.TAKEN and one.undo_until is not None and one.undo_until > now
    )[:3]
    text = lines(say(me.language, "lately-title"), *(parts or [say(me.language, "lately-none")]))
    return Card(text=text, rows=(*((undo,) if undo else ()), *_back(merchant_id, me)))


def staff(found: Sequence[StaffRecord], me: Me, *, merchant_id: int) -> Card:
    """Who works there; whom one may let go."""
    parts = [say(me.language, "staff-owner" if one.is_owner else "staff-clerk", name=one.name) for one in found]
    rows: list[tuple[Button, ...]] = [
        (Button(on_button(f"✖ {one.name}"), RemoveStaff(merchant_id, one.person_id).pack()),)
        for one in found
        if one.person_id != me.id
    ]
    rows.append(
        (
            Button(plain(me.language, "button-invite-clerk"), InviteStaff(merchant_id, False).pack()),
            Button(plain(me.language, "button-invite-owner"), InviteStaff(merchant_id, True).pack()),
        )
    )
    return Card(text=lines(say(me.language, "staff-title"), *parts), rows=(*rows, *_back(merchant_id, me)))


def overwritten(brief: Brief) -> Card:
    """To its owners: what the county's list has replaced."""
    me = brief.to
    assert brief.named is not None
    names = {Language.ZH: 0, Language.EN: 1}
    columns = [plain(me.language, f"shop-column-{column}") for column in brief.facts["columns"]]
    items = [one[names[me.language]] for one in brief.facts["items"]]
    what = plain(me.language, "between").join(dict.fromkeys([*columns, *items]))
    return Card(text=say(me.language, "told-shop-overwritten", shop=brief.named[me.language], what=what))


def code(found: ShopRecord, me: Me, *, link: str) -> Card:
    """The picture for the counter: whoever scans it pays here."""
    made = Made("shop.png", qr.picture(link), is_picture=True)
    return Card(text=say(me.language, "shop-code", shop=found.names[me.language], link=link), made=made)


def invited(shop: Names, me: Me, *, url: str, is_owner: bool, until: datetime, now: datetime, zone: ZoneInfo) -> Card:
    """The link for one more of the shop's people."""
    key = "invite-shop-owner" if is_owner else "invite-shop-clerk"
    when = moment(me.language, until, now=now, zone=zone)
    text = say(me.language, key, shop=shop[me.language])
    return Card(text=lines(text, say(me.language, "invite-link", url=url, until=when)))


def _item(one: ItemRecord, me: Me) -> Markup:
    line = say(me.language, "shop-item", name=one.names[me.language], points=one.price)
    if one.stock is not None:
        line += say(me.language, "own-item-stock", stock=one.stock, held=one.held)
    if one.limit_each is not None:
        line += say(me.language, "shop-item-limit", most=one.limit_each)
    return line


def _redemption(one: RedemptionRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    assert one.ended_at is not None
    when = moment(me.language, one.ended_at, now=now, zone=zone)
    receipt = say(me.language, "receipt-when", when=when, number=one.id)
    line = Markup("{} · {} · {}").format(receipt, one.initials, till.what(one, me, to_shop=True))
    return line + say(me.language, "lately-undone") if one.state is RedemptionState.UNDONE else line


def _back(merchant_id: int, me: Me) -> Rows:
    return ((Button(plain(me.language, "button-back"), OpenOwnShop(merchant_id).pack()),),)
