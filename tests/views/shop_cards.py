"""Shops, the till and settlement, in every state and with the most awkward words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from services.merchants import programme
from storage.kinds import Language, Message
from storage.merchant_records import (
    ItemRecord,
    RedemptionRecord,
    RiderRecord,
    SettlementLine,
    SettlementRecord,
    ShopRecord,
    ShopsRecord,
    StaffRecord,
    Wrong,
)
from storage.points_kinds import Mealtime, RedemptionState, RiderState, ShopField, ShopKind
from storage.records import Brief, Me
from tests.moment import NOW
from views import messages, own_shop, riders, settlement, shops, till
from views.card import Card, Made

ZONE = ZoneInfo("Asia/Shanghai")
PRICE = programme.meals().price
SHEET = b"xlsx"
OF_RIDERS = (ASKED := Message.RIDER_ASKED, Message.RIDER_DECIDED)


def named(words: str | None, *, most: int = 120) -> dict[Language, str]:
    """A name as an import or an owner gives it."""
    return dict.fromkeys(Language, (words or "Old Town Noodles")[:most])


def shop(words: str | None = None, **facts: Any) -> ShopRecord:
    """A shop with everything."""
    items = tuple(
        ItemRecord(
            number, named(words), 10 * number, number if number % 2 else None, number % 2, 1 if number > 2 else None
        )
        for number in range(1, 6)
    )
    usual: dict[str, Any] = {
        "id": 128,
        "code": "M-128",
        "names": named(words),
        "kind": ShopKind.FOOD,
        "address": (words or "府前街1号")[:200],
        "latitude": 25.4,
        "longitude": 114.36,
        "hours": "06:30-13:30,17:00-01:30",
        "is_open": True,
        "opens_at": None,
        "phone": (words or "199-0003-0001")[:40],
        "about": named(words, most=300),
        "meal": named(words),
        "meals": 20,
        "meals_left": 7,
        "metres": 1234.5,
        "items": items,
        "balance": 1_000_000,
        "amounts": programme.till().amounts,
        "most": programme.till().most,
        "is_staff": True,
        "is_owner": True,
        "mealtime": Mealtime.LUNCH,
        "price": PRICE,
    }
    return ShopRecord(**usual | facts)


def redemption(words: str | None = None, **facts: Any) -> RedemptionRecord:
    """A code for twenty points."""
    usual: dict[str, Any] = {
        "id": 123_456,
        "shop_id": 128,
        "shop": named(words),
        "points": 20,
        "item": None,
        "mealtime": None,
        "meal": None,
        "price": None,
        "code": "012345",
        "token": "0" * 32,
        "state": RedemptionState.OPEN,
        "made_at": NOW,
        "expires_at": NOW + timedelta(minutes=5),
        "ended_at": None,
        "undone_at": None,
        "undo_until": None,
        "initials": "C. M.",
        "balance": 1_000_000,
        "shop_balance": 1_000_000,
    }
    return RedemptionRecord(**usual | facts)


def in_each_state(words: str | None = None) -> Iterator[RedemptionRecord]:
    """For points, an item and a meal."""
    meal = {"points": 0, "mealtime": Mealtime.DINNER, "meal": named(words), "price": PRICE}
    for what in ({}, {"item": named(words)}, meal):
        for state in RedemptionState:
            ended = (
                {"ended_at": NOW, "undo_until": NOW + timedelta(minutes=15)}
                if state is not RedemptionState.OPEN
                else {}
            )
            yield redemption(words, state=state, **ended, **what)


def sheet(words: str | None = None) -> SettlementRecord:
    """A month."""
    lines = tuple(
        SettlementLine(
            7, NOW, named(words) if count > 0 else None, None, 20 * count, 0, 0, count, is_undone=False, fen_a_point=10
        )
        for count in (1, -1)
    )
    meal = SettlementLine(
        8, NOW, None, Mealtime.LUNCH, 0, PRICE.rider, PRICE.subsidy, 1, is_undone=True, fen_a_point=None
    )
    return SettlementRecord(
        128, "M-128", named(words), "2026-11", 10**6, (10, 12), 10**7, 99, 12_345, 3, None, (*lines, meal)
    )


def shop_cards(to: Me, words: str | None) -> Iterator[tuple[str, Card]]:
    """Every card of shops that a handler shows; those of the outbox are among the briefs."""
    at: Any = {"now": NOW, "zone": ZONE}
    one = shop(words)
    for is_open in (True, False):
        then = None if is_open else NOW + timedelta(days=1)
        closed = replace(one, is_open=False, opens_at=then, metres=None, next_meal=then)
        for many in (0, 5):
            yield f"shops {many}", shops.page(page((closed,) * many, is_open=is_open), to, **at)
        yield "shop", shops.shop(closed, to, **at)
    yield "shop of others", shops.shop(replace(one, items=(), meals=0, is_staff=False), to, **at)
    yield "which kind of shop?", shops.choose_kind(to, is_open=True, has_meals=True)
    yield "where are you?", shops.ask_place(to)
    yield "how many points?", shops.ask_amount(to, one)
    for found in in_each_state(words):
        yield f"to be taken, {found.state}", till.waiting(found, to, **at)
        yield f"receipt of the shop, {found.state}", till.receipt(found, to, **at)
        yield f"not taken, {found.state}", till.not_taken(found, to, why="error-code-expired")
        for is_listed in (True, False):
            yield f"give it back? {found.state}", till.ask_undo(found, to, is_listed=is_listed)
        yield f"given back, {found.state}", till.given_back(found, to, **at)
    for wrong in (Wrong("012345", 3), Wrong("012345", 0, NOW)):
        yield "wrong code", till.wrong(wrong, to, **at)
    for mine in ((), (one, one)):
        yield "which of my shops?", own_shop.choose(mine, to)
    for is_owner in (True, False):
        yield "my shop", own_shop.shop(replace(one, is_owner=is_owner, may_edit=True), to, **at)
        said: Any = {"url": "https://t.me/bot?start=x", "is_owner": is_owner, "until": NOW}
        yield "join my shop", own_shop.invited(one.names, to, **said, **at)
    yield "shop to an administrator", own_shop.shop(replace(one, is_staff=False, may_edit=True), to, **at)
    yield "shop, to pay or to change", shops.shop(replace(one, is_staff=False, may_edit=True), to, **at)
    yield "more of my shop", own_shop.more(one, to)
    yield "what kind?", own_shop.choose_kind(one, to)
    yield "remove the shop?", own_shop.ask_retire(one, to)
    yield "the shop is gone", own_shop.retired(one.names, to)
    for field in ShopField:
        yield f"new {field}", own_shop.ask_field(one, to, field)
    for item in one.items:
        yield "an item", own_shop.item(one, item, to)
        yield "no longer offered?", own_shop.ask_remove_item(one, item, to)
    taken = [found for found in in_each_state(words) if found.ended_at is not None]
    for many in (0, 10):
        yield "taken lately", own_shop.lately(taken[:many], to, merchant_id=128, **at)
    people = [StaffRecord(number, (words or "Clerk")[:200], number == 1) for number in range(1, 5)]
    yield "let go?", own_shop.ask_remove_staff(people[1], to, merchant_id=128)
    yield "staff", own_shop.staff(people, to, merchant_id=128)
    for state in RiderState:
        yield f"a rider, {state}", riders.card(_rider(words, state), to, **at)
        about = {"facts": {"rider": 7, "edits": 5}, "rider": _rider(words, state)}
        for message in (*OF_RIDERS, Message.CARD):
            told = messages.render(Brief(to, message, **about), **at)
            assert (told is None) == (message in OF_RIDERS and (state is RiderState.WAITING) != (message is ASKED))
            if told is not None:
                yield f"{message} {state}", told
    yield "code on the counter", own_shop.code(one, to, link="https://t.me/bot?start=m_128")
    so_far = settlement.so_far(sheet(words), to)
    yield "month so far", Card(text=so_far, made=Made("x.xlsx", SHEET))


def _rider(words: str | None, state: RiderState) -> RiderRecord:
    team, platform = (words or "East gate")[:80], "meituan" if words is None else words[:40]
    by = None if state is RiderState.WAITING else "Zhang"
    return RiderRecord(7, "王强" * 30, platform, team, since=NOW, state=state, decided_by=by)


def page(found: tuple[ShopRecord, ...], *, is_open: bool) -> ShopsRecord:
    return ShopsRecord(
        shops=found,
        page=1,
        pages=3,
        count=11,
        kind=ShopKind.FOOD if is_open else None,
        is_open=is_open,
        has_meals=is_open,
        is_near=is_open,
        mealtime=None,
        next_meal=(Mealtime.LUNCH, time(10, 30), time(14)),
    )
