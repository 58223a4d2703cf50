"""The ledger: what moves, what is refused, and that it adds up after any sequence of deeds."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from services.points import accounts, ledger, purse
from services.points.accounts import Name
from services.points.accounts import purse as purse_of
from services.points.audit import audit
from services.points.errors import HoldEnded, NotEnough
from services.points.findings import Fault, Finding
from services.points.ledger import About
from storage.points_kinds import AccountKind, HoldState, Reason
from storage.schema import Account, Hold, Lot
from tests.moment import NOW, OVER
from tests.services import bare_ledger
from tests.services.scene import Scene

T = TypeVar("T")
SHOP = Name(AccountKind.MERCHANT, 7)
FIVE_MINUTES = timedelta(minutes=5)


def for_credit() -> About:
    """What points are given for where it does not matter."""
    return About(Reason.CREDIT)


@pytest.fixture
async def wang(scene: Scene) -> int:
    """Somebody."""
    return await scene.person("Wang")


async def earn(scene: Scene, person: int, amount: int, **more: Any) -> None:
    """Give somebody points, by hand."""
    facts = {"key": f"credit:{person}:{amount}", "about": for_credit(), **more}
    await scene.do(purse.earn, person_id=person, amount=amount, **facts)


async def aside(scene: Scene, person: int, amount: int, **more: Any) -> int:
    """Put points aside for five minutes."""
    facts = {"key": f"hold:{amount}", "lapses_at": NOW + FIVE_MINUTES, **more}
    return (await scene.do(purse.put_aside, person_id=person, amount=amount, **facts)).id


async def has(scene: Scene, name: Name) -> int:
    """The balance of an account."""
    return await scene.store.read(ledger.balance, name=name)


async def wrong(scene: Scene) -> list[Finding]:
    """What the audit finds; nobody keeps a shop's books here."""
    return await scene.store.read(bare_ledger.wrong)


async def test_points_that_are_given_twice_with_one_key_are_given_once(scene: Scene, wang: int) -> None:
    await earn(scene, wang, 10)
    await earn(scene, wang, 10)
    assert await has(scene, purse_of(wang)) == 10
    assert await wrong(scene) == []


async def test_nobody_spends_more_than_there_is(scene: Scene, wang: int) -> None:
    await earn(scene, wang, 10)
    with pytest.raises(NotEnough) as refused:
        await aside(scene, wang, 11)
    assert refused.value.facts == {"balance": 10, "needed": 11}
    assert await has(scene, purse_of(wang)) == 10


async def test_the_database_itself_refuses_a_purse_below_zero(scene: Scene, wang: int) -> None:
    await earn(scene, wang, 10)
    with pytest.raises(DBAPIError):
        await scene.store.write(
            lambda session: session.execute(text("UPDATE accounts SET balance = -1 WHERE NOT may_owe"))
        )


@pytest.mark.parametrize("deed", ["UPDATE entries SET amount = 1", "DELETE FROM entries", "DELETE FROM transfers"])
async def test_the_database_itself_refuses_to_change_what_was_written(scene: Scene, wang: int, deed: str) -> None:
    await earn(scene, wang, 10)
    with pytest.raises(DBAPIError):
        await scene.store.write(lambda session: session.execute(text(deed)))


async def test_what_is_put_aside_goes_to_the_shop_once(scene: Scene, wang: int) -> None:
    await earn(scene, wang, 10)
    hold = await aside(scene, wang, 6)
    takes = [scene.do(purse.capture, hold_id=hold, into=SHOP, by=None) for _ in range(50)]
    ends = await asyncio.gather(*takes, return_exceptions=True)
    assert sum(isinstance(end, Hold) for end in ends) == 1
    assert sum(isinstance(end, HoldEnded) for end in ends) == 49
    assert (await has(scene, SHOP), await has(scene, purse_of(wang))) == (6, 4)
    assert await wrong(scene) == []


async def test_what_nobody_takes_in_time_comes_back(scene: Scene, wang: int) -> None:
    await earn(scene, wang, 10)
    hold = await aside(scene, wang, 6)
    late = NOW + FIVE_MINUTES
    with pytest.raises(HoldEnded):
        await scene.do(purse.capture, hold_id=hold, into=SHOP, by=None, now=late)
    assert [one.id for one in await scene.do(purse.release_due, now=late)] == [hold]
    assert await scene.do(purse.release_due, now=late) == []
    assert await has(scene, purse_of(wang)) == 10
    assert await wrong(scene) == []


async def test_what_was_taken_is_given_back_once(scene: Scene, wang: int) -> None:
    await earn(scene, wang, 10)
    hold = await aside(scene, wang, 6)
    await scene.do(purse.capture, hold_id=hold, into=SHOP, by=None)
    assert (await scene.do(purse.undo, hold_id=hold, from_=SHOP, by=None)).state is HoldState.UNDONE
    with pytest.raises(HoldEnded):
        await scene.do(purse.undo, hold_id=hold, from_=SHOP, by=None)
    assert (await has(scene, SHOP), await has(scene, purse_of(wang))) == (0, 10)
    assert await wrong(scene) == []


async def test_the_oldest_points_are_spent_first_and_come_back_to_where_they_were(scene: Scene, wang: int) -> None:
    await earn(scene, wang, 5, now=NOW - timedelta(days=2))
    await earn(scene, wang, 7)
    hold = await aside(scene, wang, 6)
    assert await left(scene) == [0, 6]
    await scene.do(purse.release, hold_id=hold, by=None)
    assert await left(scene) == [5, 7]


async def left(scene: Scene) -> Sequence[int]:
    """What is left in the lots, the oldest first."""
    return await scene.store.read(lambda session: session.scalars(select(Lot.left).order_by(Lot.lapses_at)).all())


async def test_points_lapse_after_24_months_once(scene: Scene, wang: int) -> None:
    await earn(scene, wang, 5)
    await earn(scene, wang, 7, now=NOW + timedelta(days=1))
    assert await scene.do(purse.lapse_due, now=OVER) == [(wang, 5)]
    assert await scene.do(purse.lapse_due, now=OVER) == []
    assert await has(scene, purse_of(wang)) == 7
    assert await wrong(scene) == []


@pytest.mark.parametrize(
    ("earned", "ends"),
    [
        ("2026-11-23T12:00:00+08:00", "2028-11-23T12:00:00+08:00"),
        ("2026-02-28T23:59:59+08:00", "2028-02-28T23:59:59+08:00"),
        ("2028-02-29T00:30:00+08:00", "2030-02-28T00:30:00+08:00"),  # in UTC it is the 28th still
        ("2028-03-01T00:30:00+08:00", "2030-03-01T00:30:00+08:00"),
        ("2028-12-31T23:00:00+08:00", "2030-12-31T23:00:00+08:00"),
    ],
)
async def test_points_can_be_spent_until_the_same_day_two_years_later(
    scene: Scene, wang: int, earned: str, ends: str
) -> None:
    await earn(scene, wang, 5, now=datetime.fromisoformat(earned))
    over = datetime.fromisoformat(ends)
    assert await scene.do(purse.lapse_due, now=over - timedelta(seconds=1)) == []
    assert await scene.do(purse.lapse_due, now=over) == [(wang, 5)]


async def test_what_comes_back_at_the_moment_at_which_it_lapsed_lapses_with_the_next(scene: Scene, wang: int) -> None:
    await earn(scene, wang, 5)
    hold = await aside(scene, wang, 2, lapses_at=OVER)
    assert await scene.do(purse.lapse_due, now=OVER) == [(wang, 3)]
    await scene.do(purse.release, hold_id=hold, by=None, now=OVER)
    assert await scene.do(purse.lapse_due, now=OVER) == []  # a clock that stood still
    assert await wrong(scene) == []
    assert await scene.do(purse.lapse_due, now=OVER + FIVE_MINUTES) == [(wang, 2)]
    assert await wrong(scene) == []


async def a_report(scene: Scene, wang: int) -> int:
    """A report of his, for which he got ten points."""
    report = await scene.file(wang)
    about = About(Reason.REPORT, wang, report_id=report)
    await earn(scene, wang, 10, key=f"report:{report}", about=about)
    return report


async def test_what_was_earned_with_a_false_report_is_taken_back_once_and_the_rest_is_owed(
    scene: Scene, wang: int
) -> None:
    report = await a_report(scene, wang)
    await aside(scene, wang, 8)
    assert await scene.do(purse.take_back, report_id=report, by=None) == [(wang, 10)]
    assert await scene.do(purse.take_back, report_id=report, by=None) == []
    assert (await has(scene, purse_of(wang)), await has(scene, Name(AccountKind.OWED, wang))) == (0, -8)
    await earn(scene, wang, 5)
    assert (await has(scene, purse_of(wang)), await has(scene, Name(AccountKind.OWED, wang))) == (0, -3)
    await earn(scene, wang, 6)
    assert (await has(scene, purse_of(wang)), await has(scene, Name(AccountKind.OWED, wang))) == (3, 0)
    assert await wrong(scene) == []


@pytest.mark.parametrize("way", ["released", "lapsed", "undone"])
async def test_what_comes_back_pays_first_what_is_owed_by_then(scene: Scene, wang: int, way: str) -> None:
    report = await a_report(scene, wang)
    await earn(scene, wang, 3, now=NOW + timedelta(days=1))
    hold = await aside(scene, wang, 12)
    await scene.do(purse.take_back, report_id=report, by=None)
    assert (await has(scene, purse_of(wang)), await has(scene, Name(AccountKind.OWED, wang))) == (0, -9)
    if way == "released":
        await scene.do(purse.release, hold_id=hold, by=None)
    elif way == "lapsed":
        await scene.do(purse.release_due, now=NOW + FIVE_MINUTES)
    else:
        await scene.do(purse.capture, hold_id=hold, into=SHOP, by=None)
        await scene.do(purse.undo, hold_id=hold, from_=SHOP, by=None)
    assert (await has(scene, purse_of(wang)), await has(scene, Name(AccountKind.OWED, wang))) == (3, 0)
    assert await left(scene) == [1, 2]
    assert await wrong(scene) == []


async def test_one_transfer_may_move_between_many_accounts(scene: Scene, wang: int) -> None:
    shops = {Name(AccountKind.SETTLED, number): 1 for number in range(20)}
    about = for_credit()
    await scene.do(ledger.post, key="k", about=about, moves={**shops, Name(AccountKind.COUNTY, 0): -20})
    assert [await has(scene, shop) for shop in shops] == [1] * 20
    assert await wrong(scene) == []


async def test_a_transfer_that_does_not_sum_to_zero_is_no_transfer(scene: Scene, wang: int) -> None:
    for moves in ({purse_of(wang): 1}, {}, {purse_of(wang): 0, SHOP: 0}):
        with pytest.raises(ValueError, match="sum to zero"):
            await scene.do(ledger.post, key="k", about=for_credit(), moves=moves)


PURSE_2 = "WHERE place = 2 AND account_id = :purse"
TAMPERED: dict[str, tuple[str, Fault, str]] = {
    "an amount": (f"UPDATE entries SET amount = amount + 1 {PURSE_2}", Fault.HASH, "{purse} 2"),
    "one side": (f"UPDATE entries SET amount = amount + 1 {PURSE_2}", Fault.SUM, "transfer 2"),
    "both sides": ("UPDATE entries SET amount = 2 * amount WHERE transfer_id = 2", Fault.RUNNING, "{purse} 2"),
    "a running balance": (f"UPDATE entries SET balance = balance - 1 {PURSE_2}", Fault.RUNNING, "{purse} 2"),
    "an entry": (f"DELETE FROM entries {PURSE_2}", Fault.GAP, "{purse} 3"),
    "the last entry": ("DELETE FROM entries WHERE place = 4 AND account_id = :purse", Fault.LENGTH, "{purse}"),
    "the order": (
        "UPDATE entries SET transfer_id = 5 - transfer_id WHERE place IN (2, 3) AND account_id = :purse",
        Fault.HASH,
        "{purse} 2",
    ),
    "the end of a chain": (
        "UPDATE accounts SET last = '' WHERE id = :purse",
        Fault.LAST,
        "{purse}",
    ),
    "a balance": ("UPDATE accounts SET balance = balance + 1 WHERE id = :purse", Fault.BALANCE, "{purse}"),
    "the words": ("UPDATE transfers SET words = 'other' WHERE id = 2", Fault.HASH, "{purse} 2"),
    "a reason": ("UPDATE transfers SET reason = 'report' WHERE id = 2", Fault.HASH, "{purse} 2"),
    "a reason that there is not": ("UPDATE transfers SET reason = 'gift' WHERE id = 2", Fault.HASH, "{purse} 2"),
    "a moment": ("UPDATE transfers SET at = '2020-01-01 00:00:00' WHERE id = 2", Fault.HASH, "{purse} 2"),
    "a transfer's entries": ("DELETE FROM entries WHERE transfer_id = 3", Fault.EMPTY, "transfer 3"),
    "an account": ("DELETE FROM accounts WHERE id = :purse", Fault.ACCOUNT, "account {id}"),
    "a lot": ('UPDATE lots SET "left" = "left" - 1 WHERE id = 1', Fault.LOTS, "{purse}"),
    "who may owe": ("UPDATE accounts SET may_owe = true WHERE id = :purse", Fault.IDENTITY, "{purse}"),
    "whose it is": ("UPDATE accounts SET person_id = NULL WHERE id = :purse", Fault.IDENTITY, "{purse}"),
    "whose both are": (
        "UPDATE accounts SET person_id = 99 WHERE person_id IS NOT NULL",
        Fault.IDENTITY,
        "{held}",
    ),
    "what kind it is": ("UPDATE accounts SET kind = 'owed' WHERE id = :purse", Fault.IDENTITY, "{purse}"),
    "a kind that there is not": ("UPDATE accounts SET kind = 'gift' WHERE id = :purse", Fault.IDENTITY, "{purse}"),
    "what it counts": ("UPDATE accounts SET currency = 'fen' WHERE id = :purse", Fault.IDENTITY, "{purse}"),
    "a debt that there may not be": (
        "UPDATE accounts SET may_owe = true, balance = -1 WHERE id = :purse",
        Fault.BELOW_ZERO,
        "{purse}",
    ),
    "what a lot was": ("UPDATE lots SET amount = amount + 1 WHERE id = 2", Fault.LOT_AMOUNT, "{purse} lot 2"),
    "what a lot was and has": (
        'UPDATE lots SET amount = amount + 1, "left" = "left" + 1 WHERE id = 2',
        Fault.LOT_AMOUNT,
        "{purse} lot 2",
    ),
    "what is left in two lots": (
        'UPDATE lots SET "left" = "left" + 5 * (3 - 2 * id) WHERE id IN (1, 2)',
        Fault.LOT_LEFT,
        "{purse} lot 2",
    ),
    "when a lot lapses": (
        "UPDATE lots SET lapses_at = '2030-01-01 00:00:00' WHERE id = 3",
        Fault.LOT_END,
        "{purse} lot 3",
    ),
    "which transfer made a lot": ("UPDATE lots SET transfer_id = 1 WHERE id = 3", Fault.LOT_AMOUNT, "{purse} lot 3"),
    "whose a lot is": (
        "UPDATE lots SET account_id = (SELECT min(id) FROM accounts WHERE id <> :purse) WHERE id = 3",
        Fault.LOTS,
        "{purse}",
    ),
    "that a lot was used": ("DELETE FROM lot_uses", Fault.LOT_USES, "{purse} transfer 4"),
    "how much of a lot was used": ("UPDATE lot_uses SET amount = amount + 1", Fault.LOT_LEFT, "{purse} lot 1"),
    "which lot was used": ("UPDATE lot_uses SET lot_id = 2", Fault.LOT_LEFT, "{purse} lot 2"),
    "by what a lot was used": ("UPDATE lot_uses SET transfer_id = 3", Fault.LOT_USES, "{purse} transfer 3"),
    "an invented use": (
        "INSERT INTO lot_uses (transfer_id, lot_id, amount) VALUES (4, 3, 0), (5, 3, 1)",
        Fault.LOT_USES,
        "{purse} transfer 5",
    ),
    "a hold": ("UPDATE holds SET amount = amount + 1", Fault.HOLDS, "{held}"),
}


@pytest.mark.parametrize("what", TAMPERED)
async def test_the_audit_finds_what_was_tampered_with_and_says_where(
    scene: Scene, wang: int, what: str, database_url: str
) -> None:
    for amount in (10, 20, 30):
        await earn(scene, wang, amount)
    await aside(scene, wang, 5)
    mine = purse_of(wang).key
    number = await scene.store.read(lambda session: session.scalar(select(Account.id).where(Account.key == mine)))
    assert await wrong(scene) == []
    statement, fault, where = TAMPERED[what]
    await tamper(database_url, statement, {"purse": number} if ":purse" in statement else {})
    names = {"purse": mine, "id": number, "held": accounts.held(wang).key}
    found = {(finding.fault, finding.where) for finding in await wrong(scene)}
    assert (fault, where.format(**names)) in found


async def test_the_audit_says_how_far_it_is(scene: Scene, wang: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for amount in (10, 20, 30):
        await earn(scene, wang, amount)
    monkeypatch.setattr("services.points.audit.STEP", 2)
    said: list[tuple[int, int]] = []
    await scene.store.read(audit, progress=lambda done, total: said.append((done, total)))
    assert [*dict.fromkeys(said)] == [(2, 9), (4, 9), (6, 9), (9, 9)]  # the last three are lots


async def tamper(url: str, statement: str, values: dict[str, Any]) -> None:
    """Somebody has the file, or the database, in his own hands: no trigger and no foreign key stops him."""
    engine = create_async_engine(url)  # not as the store opens it
    async with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            for table in ("transfers", "entries"):
                for deed in ("update", "delete"):
                    await connection.execute(text(f"DROP TRIGGER {table}_no_{deed}"))
        await connection.execute(text(statement), values)
    await engine.dispose()
