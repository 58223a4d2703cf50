"""Shops as residents see them: the list, one shop with all that can be paid there."""

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.kinds import ReporterKind
from storage.merchant_records import ItemRecord, ShopRecord, ShopsRecord
from storage.points_kinds import ShopKind
from storage.records import Me
from views.actions import (
    ANY,
    BuyItem,
    ChooseShops,
    GetMeal,
    LookNear,
    OpenOwnShop,
    OpenShop,
    PayOther,
    PayPoints,
    ShowShops,
)
from views.card import Button, Card, Pin, Rows
from views.format import apart, lines, moment, on_button
from views.hours import in_words
from views.maps import navigate
from views.paged import pager
from views.people import cancel
from views.texts import plain, say

ICONS = {
    ShopKind.FOOD: "🍜",
    ShopKind.BAKERY: "🥐",
    ShopKind.DRINKS: "🧋",
    ShopKind.GROCERY: "🛒",
    ShopKind.FRUIT: "🍊",
    ShopKind.PHARMACY: "💊",
    ShopKind.REPAIR: "🔧",
    ShopKind.SERVICE: "💈",
    ShopKind.HARDWARE: "🔩",
}
HALF = 16
"""What fits on a button that shares its row, as `on_button` counts."""


def page(found: ShopsRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """A line each, with a number to open it; below, what else to look for."""
    parts = [say(me.language, "shops-title"), _chosen(found, me)]
    parts += [_line(shop, me, at=at, found=found, now=now, zone=zone) for at, shop in enumerate(found.shops, start=1)]
    if not found.shops:
        parts.append(say(me.language, "shops-none"))
    opens = tuple(Button(str(at), OpenShop(one.id).pack()) for at, one in enumerate(found.shops, start=1))
    turn = pager(
        me,
        at=found.page,
        pages=found.pages,
        older=_show(found, page=found.page + 1).pack(),
        newer=_show(found, page=max(0, found.page - 1)).pack(),
    )
    rows = (*(opens[at : at + 3] for at in range(0, len(opens), 3)), *turn, *_choices(found, me))
    return Card(text=lines(*parts), rows=rows)


def choose_kind(me: Me, *, is_open: bool, has_meals: bool) -> Card:
    """What are you looking for?"""
    every = Button(plain(me.language, "shop-kind-any"), ShowShops(0, ANY, is_open, has_meals).pack())
    kinds = [
        Button(f"{icon} {plain(me.language, f'shop-kind-{kind}')}", ShowShops(0, kind, is_open, has_meals).pack())
        for kind, icon in ICONS.items()
    ]
    rows = tuple(tuple(kinds[at : at + 2]) for at in range(0, len(kinds), 2))
    return Card(text=say(me.language, "shops-kind"), rows=(*rows, (every,)))


def ask_place(me: Me) -> Card:
    """Where are you? The key of the main menu sends it."""
    return Card(
        text=say(me.language, "shops-where", name=plain(me.language, "key-send-place")), rows=cancel(me.language)
    )


def shop(found: ShopRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """Where it is, when it is open, what it gives, and a button for each way to pay."""
    return Card(
        text=lines(
            _title(found, me),
            *_about(found, me, now=now, zone=zone),
            _meal(found, me, now=now, zone=zone),
            *(_item(one, me) for one in found.items),
            say(me.language, "shop-balance", points=found.balance),
            None if found.is_open else say(me.language, "shop-closed-pay"),
        ),
        pin=Pin(found.latitude, found.longitude),
        rows=_ways(found, me),
    )


def ask_amount(me: Me, found: ShopRecord) -> Card:
    """How many points?"""
    facts = {"shop": found.names[me.language], "points": found.balance, "most": found.most}
    return Card(text=say(me.language, "shop-amount", **facts), rows=cancel(me.language))


def yuan(fen: int) -> str:
    """Money as people write it: `6`, `2.50`."""
    sign, fen = ("−", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100}" + (f".{fen % 100:02}" if fen % 100 else "")


def _title(found: ShopRecord, me: Me) -> Markup:
    return Markup("{} <b>{}</b>").format(ICONS[found.kind], found.names[me.language])


def open_line(found: ShopRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    """Open or closed, when it opens, its hours."""
    hours = in_words(me.language, found.hours)
    if found.is_open:
        return say(me.language, "shop-open", hours=hours)
    if found.opens_at is None:
        return say(me.language, "shop-shut", hours=hours)
    at = moment(me.language, found.opens_at, now=now, zone=zone)
    return say(me.language, "shop-closed", hours=hours, at=at)


def _about(found: ShopRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> tuple[str | Markup | None, ...]:
    about = found.about[me.language]
    far = (
        say(me.language, "shop-far", far=apart(me.language, round(found.metres))) if found.metres is not None else None
    )
    return (
        about or None,
        say(me.language, "shop-address", address=found.address),
        far,
        open_line(found, me, now=now, zone=zone),
        say(me.language, "shop-phone", phone=found.phone),
    )


def _meal(found: ShopRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup | None:
    if not found.meals or found.price is None:
        return None
    line = say(me.language, "shop-meals", yuan=yuan(found.price.rider), meal=found.meal[me.language])
    if found.next_meal is not None:
        line += say(me.language, "shop-meals-next", at=moment(me.language, found.next_meal, now=now, zone=zone))
    else:
        line += say(me.language, "shop-meals-left", left=found.meals_left)
    return line if me.kind is ReporterKind.RIDER else line + say(me.language, "shop-meals-riders")


def _item(one: ItemRecord, me: Me) -> Markup:
    line = say(me.language, "shop-item", name=one.names[me.language], points=one.price)
    if one.left is not None:
        line += say(me.language, "shop-item-left", left=one.left)
    if one.limit_each is not None:
        line += say(me.language, "shop-item-limit", most=one.limit_each)
    return line


def _ways(found: ShopRecord, me: Me) -> Rows:
    amounts = tuple(
        Button(plain(me.language, "button-points", points=points), PayPoints(found.id, points).pack())
        for points in found.amounts
    )
    other = Button(plain(me.language, "button-other-amount"), PayOther(found.id).pack())
    has = [one for one in found.items if one.left is None or one.left > 0]
    items = [Button(_priced(one, me), BuyItem(found.id, one.id, one.price).pack()) for one in has]
    rows: list[tuple[Button, ...]] = []
    if me.kind is ReporterKind.RIDER and found.mealtime and found.meals_left and found.price is not None:
        name = plain(me.language, "button-meal", yuan=yuan(found.price.rider))
        rows.append((Button(name, GetMeal(found.id).pack()),))
    rows += _in_pairs(items)
    rows += [amounts[:2], (*amounts[2:], other)]
    way = navigate(me.language, found.latitude, found.longitude, found.names[me.language])
    last = [Button(plain(me.language, "button-navigate"), url=way)]
    if found.is_staff:
        last.append(Button(plain(me.language, "button-own-shop"), OpenOwnShop(found.id).pack()))
    elif found.may_edit:
        last.append(Button(plain(me.language, "button-edit-shop"), OpenOwnShop(found.id).pack()))
    last.append(Button(plain(me.language, "button-shops"), ShowShops(0).pack()))
    return (*rows, tuple(last))


def _priced(one: ItemRecord, me: Me) -> str:
    """The name, as far as it fits beside the price."""
    price = f" · {one.price}"
    return on_button(one.names[me.language], most=20 - len(price)) + price


def _in_pairs(buttons: list[Button]) -> list[tuple[Button, ...]]:
    """Two short ones beside each other."""
    rows: list[tuple[Button, ...]] = []
    for one in buttons:
        before = rows[-1] if rows else ()
        if len(before) == 1 and all(on_button(each.text, most=HALF) == each.text for each in (*before, one)):
            rows[-1] = (*before, one)
        else:
            rows.append((one,))
    return rows


def _chosen(found: ShopsRecord, me: Me) -> Markup:
    kind = plain(me.language, f"shop-kind-{found.kind or ANY}")
    parts = [say(me.language, "shops-count", kind=kind, count=found.count)]
    parts.append(say(me.language, "shops-open" if found.is_open else "shops-open-first"))
    if found.is_near:
        parts.append(say(me.language, "shops-near"))
    chosen = Markup(" · ").join(parts)
    if found.has_meals and found.next_meal is not None:
        mealtime, begin, end = found.next_meal
        facts = {
            "mealtime": plain(me.language, f"mealtime-{mealtime}"),
            "from": f"{begin:%H:%M}",
            "until": f"{end:%H:%M}",
        }
        return lines(chosen, say(me.language, "shops-meals", **facts))
    return chosen


def _line(shop: ShopRecord, me: Me, *, at: int, found: ShopsRecord, now: datetime, zone: ZoneInfo) -> Markup:
    parts = [Markup("{}. {} <b>{}</b>").format(at, ICONS[shop.kind], shop.names[me.language])]
    if shop.metres is not None:
        parts.append(apart(me.language, round(shop.metres)))
    if shop.is_open:
        parts.append(say(me.language, "shop-line-open"))
    elif shop.opens_at is None:
        parts.append(say(me.language, "shop-line-shut"))
    else:
        opens = moment(me.language, shop.opens_at, now=now, zone=zone)
        parts.append(say(me.language, "shop-line-closed", at=opens))
    if shop.meals and (me.kind is ReporterKind.RIDER or found.has_meals):
        if shop.next_meal is not None:
            begins = moment(me.language, shop.next_meal, now=now, zone=zone)
            parts.append(say(me.language, "shop-line-meals-next", at=begins))
        else:
            parts.append(say(me.language, "shop-line-meals", left=shop.meals_left))
    return Markup(" · ").join(parts)


def _choices(found: ShopsRecord, me: Me) -> Rows:
    near = Button(plain(me.language, "button-near"), LookNear().pack())
    kinds = Button(plain(me.language, "button-shop-kinds"), ChooseShops(found.is_open, found.has_meals).pack())
    tick = "✓ " if found.is_open else ""
    opened = Button(tick + plain(me.language, "button-open-now"), _show(found, is_open=not found.is_open).pack())
    tick = "✓ " if found.has_meals else ""
    fed = Button(tick + plain(me.language, "button-meals"), _show(found, has_meals=not found.has_meals).pack())
    rows: Rows = ((near, kinds), (opened,))
    return ((near, kinds), (opened, fed)) if me.kind is ReporterKind.RIDER or found.has_meals else rows


def _show(
    found: ShopsRecord, *, page: int = 0, is_open: bool | None = None, has_meals: bool | None = None
) -> ShowShops:
    return ShowShops(
        page,
        found.kind or ANY,
        found.is_open if is_open is None else is_open,
        found.has_meals if has_meals is None else has_meals,
    )
