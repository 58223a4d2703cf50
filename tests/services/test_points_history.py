"""What stands behind a line of one's history: what was bought, where, who took it; a debt that was paid."""

import pytest

from services import points_history
from services.errors import NotAllowed
from services.points import purse
from services.points.ledger import About
from storage.kinds import Language
from storage.merchant_records import PurchaseRecord
from storage.points_kinds import Reason, RedemptionState
from storage.points_records import PointsChange
from tests.services.scene import Scene
from tests.services.shops import Market, later


@pytest.fixture
def market(scene: Scene) -> Market:
    return Market(scene)


async def history(market: Market, person: int) -> tuple[PointsChange, ...]:
    """The newest first."""
    return (await market.scene.store.read(points_history.page, person_id=person, page=0)).changes


async def opened(market: Market, person: int, line: PointsChange) -> tuple[PointsChange, PurchaseRecord | None]:
    """What a line opens."""
    return await market.scene.store.read(points_history.change, person_id=person, transfer_id=line.id)


async def test_each_payment_opens_what_it_was_for_and_who_took_it(market: Market) -> None:
    boss, clerk, rider = await market.merchant(), await market.merchant("Clerk"), await market.person(100)
    shop = await market.shop(owner=boss, staff_of=(clerk,))
    tea = await market.ask(rider, shop, item=await market.item(shop, price=15))
    await market.take(tea, clerk, now=later(minutes=1))
    plain = await market.ask(rider, shop, 20)
    await market.take(plain, boss)
    points, item, gift = await history(market, rider)
    assert [(one.amount, one.bought is not None) for one in (points, item, gift)] == [
        (-20, True),
        (-15, True),
        (100, False),
    ]
    assert item.bought is not None
    assert item.bought.shop[Language.EN] == "Snack bar 1"
    assert (item.bought.item or {})[Language.ZH] == "奶茶"
    _, bought = await opened(market, rider, item)
    assert bought is not None
    assert (bought.redemption.id, bought.redemption.ended_at) == (tea, later(minutes=1))
    assert (bought.taken_by_owner, bought.undone_by_owner) == (False, None)
    _, bought = await opened(market, rider, points)
    assert bought is not None
    assert (bought.redemption.id, bought.taken_by_owner) == (plain, True)
    assert (await opened(market, rider, gift))[1] is None


async def test_what_was_given_back_says_so_in_both_of_its_lines(market: Market) -> None:
    boss, clerk, rider = await market.merchant(), await market.merchant("Clerk"), await market.person(100)
    shop = await market.shop(owner=boss, staff_of=(clerk,))
    code = await market.ask(rider, shop, 20)
    await market.take(code, boss)
    await market.undo(code, clerk, now=later(minutes=2))
    back, paid, _ = await history(market, rider)
    assert [(one.amount, one.reason) for one in (back, paid)] == [(20, Reason.UNDO), (-20, Reason.HOLD)]
    for line in (back, paid):
        assert line.bought is not None
        _, bought = await opened(market, rider, line)
        assert bought is not None
        assert (bought.redemption.id, bought.redemption.state) == (code, RedemptionState.UNDONE)
        assert (bought.taken_by_owner, bought.undone_by_owner) == (True, False)


async def test_what_waits_or_was_not_taken_opens_too_and_to_nobody_else(market: Market) -> None:
    rider, other, shop = await market.person(100), await market.person(), await market.shop()
    code = await market.ask(rider, shop, 20)
    aside, _ = await history(market, rider)
    for state in (RedemptionState.OPEN, RedemptionState.EXPIRED):
        _, bought = await opened(market, rider, aside)
        assert bought is not None
        assert (bought.redemption.id, bought.redemption.state, bought.taken_by_owner) == (code, state, None)
        with pytest.raises(NotAllowed):
            await opened(market, other, aside)
        await market.expire(later(minutes=5))


async def test_a_line_says_how_much_of_it_paid_a_debt(market: Market) -> None:
    boss, rider = await market.merchant(), await market.person()
    shop = await market.shop(owner=boss)
    report = await market.scene.file(rider)
    about = About(Reason.REPORT, rider, report_id=report)
    await market.scene.do(purse.earn, person_id=rider, amount=10, key="report", about=about)
    code = await market.ask(rider, shop, 9)
    await market.take(code, boss)
    await market.scene.do(purse.take_back, report_id=report, by=None)
    for amount in (4, 2):
        about = About(Reason.CREDIT, rider)
        await market.scene.do(purse.earn, person_id=rider, amount=amount, key=f"gift:{amount}", about=about)
    await market.undo(code, boss)
    changes = await history(market, rider)
    assert [(one.amount, one.paid) for one in changes] == [(9, 3), (2, 2), (4, 4), (-10, 0), (-9, 0), (10, 0)]
    assert (await opened(market, rider, changes[0]))[0].paid == 3
