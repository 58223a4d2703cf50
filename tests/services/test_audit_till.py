"""The nightly look at the ledger also reads the books of the shops: what does not fit is found, and said where."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from services.merchants import settlement
from services.points import alarm, purse
from services.points.audit import audit
from services.points.findings import Fault, Finding
from storage.schema import Redemption
from tests.services.scene import Scene
from tests.services.shops import Market, later
from tests.services.test_points import tamper

DECEMBER = later(days=30)
PLANTED: dict[str, tuple[str, set[tuple[Fault, str, int | str, int | str]]]] = {
    "what a shop has": (
        "UPDATE accounts SET balance = balance + 1 WHERE key = 'merchant:points:1'",
        {(Fault.SHOP, "merchant:points:1", 16, 15), (Fault.BALANCE, "merchant:points:1", 16, 15)},
    ),
    "what a shop is owed for meals": (
        "UPDATE redemptions SET subsidy = subsidy + 100 WHERE id = 4",
        {(Fault.SHOP, "merchant:fen:1", 400, 500)},
    ),
    "what a code is for": (
        "UPDATE redemptions SET points = 16 WHERE id = 3",
        {(Fault.SHOP, "merchant:points:1", 15, 16), (Fault.AMOUNT, "code 3", 16, 15)},
    ),
    "a code and what it put aside": (
        "UPDATE redemptions SET state = 'undone' WHERE id = 3",
        {(Fault.SHOP, "merchant:points:1", 15, 0), (Fault.STATE, "code 3", "undone", "captured")},
    ),
    "which shop took it": (
        "UPDATE redemptions SET merchant_id = 2 WHERE id = 3",
        {(Fault.SHOP, "merchant:points:1", 15, 0), (Fault.SHOP, "merchant:points:2", 0, 15)},
    ),
    "a code": (
        "DELETE FROM redemptions WHERE id = 3",
        {(Fault.SHOP, "merchant:points:1", 15, 0), (Fault.LOOSE, "hold 3", 15, 0)},
    ),
    "whose it was": ("UPDATE redemptions SET person_id = 1 WHERE id = 3", {(Fault.WHOSE, "code 3", "P-1", "P-2")}),
    "in which month it counts": (
        "UPDATE redemptions SET month = '2026-12' WHERE id = 1",
        {
            (Fault.MONTH, "M-001 2026-11 points", 20, 0),
            (Fault.MONTH, "M-001 2026-11 worth", 200, 0),
        },
    ),
    "what a closed month came to": (
        "UPDATE merchant_months SET subsidy = 7 WHERE merchant_id = 1",
        {
            (Fault.MONTH, "M-001 2026-11 subsidy", 7, 0),
            (Fault.PAID, "M-001 2026-11 fen", 207, 200),
            (Fault.SHOP, "merchant:fen:1", 400, 393),
        },
    ),
    "what its points were worth": (
        "UPDATE merchant_months SET worth = 300 WHERE merchant_id = 1",
        {(Fault.MONTH, "M-001 2026-11 worth", 300, 200), (Fault.PAID, "M-001 2026-11 fen", 300, 200)},
    ),
    "how many were given back in it": (
        "UPDATE merchant_months SET undone = 1 WHERE merchant_id = 1",
        {(Fault.MONTH, "M-001 2026-11 undone", 1, 0)},
    ),
    "by which transfer it was closed": (
        "UPDATE merchant_months SET transfer_id = NULL WHERE merchant_id = 1",
        {(Fault.PAID, "M-001 2026-11 transfer", 0, 4)},
    ),
    "the rate of a closed month": (
        "UPDATE redemptions SET fen_a_point = 11 WHERE id = 1",
        {
            (Fault.RATE, "code 1", "11", "10"),
            (Fault.MONTH, "M-001 2026-11 worth", 200, 220),
            (Fault.MONTH, "M-001 2026-11 fen_a_point", 10, 11),
        },
    ),
    "the rate of a month that is open": (
        "UPDATE redemptions SET fen_a_point = 20 WHERE id = 3",
        {(Fault.RATE, "code 3", "20", "10")},
    ),
    "pieces": ("UPDATE items SET held = held + 1", {(Fault.PIECES, "M-001 I-3", 2, 1)}),
    "the code of a piece": (
        "UPDATE redemptions SET state = 'cancelled' WHERE id = 5",
        {(Fault.PIECES, "M-001 I-3", 1, 0), (Fault.STATE, "code 5", "cancelled", "held")},
    ),
    "what was put aside": (
        "DELETE FROM holds WHERE id = 4",
        {(Fault.STATE, "code 5", "open", "missing"), (Fault.HOLDS, "held:points:2", 0, 10)},
    ),
    "that it waits": (
        "UPDATE holds SET state = 'released', ended_at = made_at WHERE id = 4",
        {(Fault.STATE, "code 5", "open", "released"), (Fault.HOLDS, "held:points:2", 0, 10)},
    ),
}


@pytest.fixture
async def market(scene: Scene) -> Market:
    """Taken and settled; given back; taken; a meal; a piece that waits. Nothing is wrong."""
    market = Market(scene)
    boss = await market.merchant()
    rider = await market.rider(points=100)
    shop, _ = await market.shop(owner=boss, meals=5), await market.shop()
    tea = await market.item(shop, stock=5)
    await market.take(await market.ask(rider, shop, 20), boss)
    await scene.do(settlement.close, month="2026-11", now=DECEMBER)
    back = await market.ask(rider, shop, 7, now=DECEMBER)
    await market.take(back, boss, now=DECEMBER)
    await market.undo(back, boss, now=DECEMBER)
    await market.take(await market.ask(rider, shop, 15, now=DECEMBER), boss, now=DECEMBER)
    await market.take(await market.ask(rider, shop, meal=True, now=DECEMBER), boss, now=DECEMBER)
    await market.ask(rider, shop, item=tea, now=DECEMBER)
    assert await market.adds_up()
    return market


@pytest.mark.parametrize("what", PLANTED)
async def test_what_was_changed_is_found_and_said_where(market: Market, what: str, database_url: str) -> None:
    statement, expected = PLANTED[what]
    await tamper(database_url, statement, {})
    found = (await market.scene.store.read(audit)).findings
    assert {(one.fault, one.where, one.found, one.expected) for one in found} == expected


async def test_the_bar_is_full_when_shops_were_looked_at_too(market: Market) -> None:
    said: list[tuple[int, int]] = []
    found = await market.scene.store.read(audit, progress=lambda *far: said.append(far))
    assert said[0][0] == found.entries < said[-1][0] == said[-1][1]


SNACKS = {"shop": "M-001", "zh": "第1小吃店", "en": "Snack bar 1"}
ALARMS: dict[str, dict[str, Any]] = {
    "what a code is for": {"books": SNACKS, "code": SNACKS},
    "a code": {"books": SNACKS, "code": {"person": 2}},
    "in which month it counts": {"books": SNACKS},
    "pieces": {"code": SNACKS},
}


@pytest.mark.parametrize("what", ALARMS)
async def test_the_alarm_says_which_shop_and_who_it_is_about(market: Market, what: str, database_url: str) -> None:
    await tamper(database_url, PLANTED[what][0], {})
    found = (await market.scene.store.read(audit)).findings
    told = await market.scene.store.read(alarm.facts, findings=found)
    assert {one["trouble"]: one["whom"] for one in told["kinds"]} == {key: [one] for key, one in ALARMS[what].items()}
    assert sum(one["count"] for one in told["kinds"]) == told["count"] == len(found)


async def test_one_broken_chain_hides_nothing_else_from_the_alarm(market: Market) -> None:
    chain = [Finding(Fault.HASH, f"person:points:2 {at}", "a", "b") for at in range(300)]
    others = [Finding(Fault.RUNNING, f"merchant:points:1 {at}", 1, 0) for at in range(2)]
    last = [Finding(Fault.BALANCE, f"person:points:{one}", 1, 0) for one in range(1, 6)]
    told = await market.scene.store.read(alarm.facts, findings=[*chain, *others, *last])
    record = {"trouble": "record", "count": 302, "whom": [{"person": 2}, SNACKS], "has_more": False}
    balance = {"trouble": "balance", "count": 5, "whom": [{"person": one} for one in (1, 2, 3)], "has_more": True}
    assert told == {"count": 307, "kinds": [record, balance]}


async def test_a_redemption_without_its_points_put_aside_is_found(market: Market) -> None:
    await market.scene.do(purse.put_aside, person_id=2, amount=1, key="alone", lapses_at=later(days=40), now=DECEMBER)
    (found,) = (await market.scene.store.read(audit)).findings
    assert (found.fault, found.where, found.found) == (Fault.LOOSE, "hold 5", 1)


async def test_what_lapsed_before_the_clock_came_round_to_its_code_is_no_fault(scene: Scene) -> None:
    market = Market(scene)
    person, shop = await market.person(30), await market.shop()
    await market.ask(person, shop, 10)
    await scene.do(purse.release_due, now=later(minutes=10))
    assert await market.adds_up()
    await market.expire(later(minutes=10))
    assert await market.adds_up()


async def test_what_is_given_back_of_a_closed_month_counts_in_the_next(scene: Scene) -> None:
    market = Market(scene)
    boss, person = await market.merchant(), await market.person(50)
    shop = await market.shop(owner=boss)
    code = await market.ask(person, shop, 10)
    await market.take(code, boss)
    await market.take(await market.ask(person, shop, 10), boss)
    await scene.do(settlement.close, month="2026-11", now=DECEMBER)
    assert await market.adds_up()
    await scene.store.write(_taken_late, code=code)
    await market.take(await market.ask(person, shop, 10, now=DECEMBER), boss, now=DECEMBER)
    await market.undo(code, boss, now=DECEMBER)
    assert await market.adds_up()
    await scene.do(settlement.close, month="2026-12", now=later(days=70))
    assert await market.adds_up()


def _taken_late(session: Session, *, code: int) -> None:
    """As if the clocks of two machines had not agreed."""
    session.get_one(Redemption, code).ended_at = DECEMBER
