"""What a person reads of his points."""

from datetime import timedelta

import pytest

from services.errors import NotAllowed
from services.points import overview, purse
from services.points.ledger import About
from services.reports import PAGE
from storage.points_kinds import Reason
from storage.points_records import Lapse, PointsRecord
from tests.moment import NOW, OVER
from tests.services.scene import Scene
from tests.services.test_points import SHOP, aside
from tests.services.test_points_earned import spend

DAY = timedelta(days=1)


async def earn(scene: Scene, person: int, amount: int, *, days: int = 0, report: int | None = None) -> None:
    """Some points, so many days later."""
    about = About(Reason.REPORT if report else Reason.CREDIT, person, report_id=report, words="thanks")
    key = f"{person}:{amount}:{days}"
    await scene.do(purse.earn, person_id=person, amount=amount, key=key, about=about, now=NOW + days * DAY)


async def read(scene: Scene, person: int, page: int = 0) -> PointsRecord:
    """What he sees."""
    return await scene.store.read(overview.page, person_id=person, page=page)


async def test_who_has_nothing_sees_that(scene: Scene) -> None:
    assert await read(scene, await scene.person()) == PointsRecord(0, 0, 0, (), 0, (), 0, 1)


async def test_it_says_what_one_has_what_is_put_aside_and_what_lapses_next(scene: Scene) -> None:
    rider, other = await scene.person(), await scene.person()
    await earn(scene, other, 50)
    for amount, days in ((10, 0), (5, 0), (7, 3)):
        await earn(scene, rider, amount, days=days)
    await spend(scene, rider, 4)
    found = await read(scene, rider)
    assert (found.balance, found.held, found.owed) == (18, 4, 0)
    assert (found.lapses, found.lapses_more) == ((Lapse(OVER, 18),), 0)
    assert [(one.reason, one.amount) for one in found.changes] == [
        (Reason.HOLD, -4),
        (Reason.CREDIT, 7),
        (Reason.CREDIT, 5),
        (Reason.CREDIT, 10),
    ]


async def test_what_lapses_when_is_said_by_month_of_the_county(scene: Scene) -> None:
    rider, other = await scene.person(), await scene.person()
    for amount, days in ((9, 0), (1, 1), (2, 8), (3, 40), (4, 70), (5, 100)):  # 23 November: the 8th day is December
        await earn(scene, rider, amount, days=days)
    await earn(scene, other, 50)
    await spend(scene, rider, 9)
    found = await read(scene, rider)
    months = await scene.store.read(overview.lapses, person_id=rider)
    assert [(f"{one.at:%Y-%m-%d}", one.points) for one in months] == [
        ("2028-11-24", 1),
        ("2028-12-01", 2),
        ("2029-01-02", 3),
        ("2029-02-01", 4),
        ("2029-03-03", 5),
    ]
    assert (found.lapses, found.lapses_more) == (months[:3], 2)


async def test_what_is_taken_back_is_one_change_also_where_a_part_is_owed(scene: Scene) -> None:
    rider = await scene.person()
    report = await scene.file(rider)
    await earn(scene, rider, 10, report=report)
    await spend(scene, rider, 4)
    await scene.do(purse.take_back, report_id=report, by=None)
    await earn(scene, rider, 3)
    found = await read(scene, rider)
    assert (found.balance, found.owed) == (0, 1)
    assert [one.amount for one in found.changes] == [3, -10, -4, 10]
    assert found.changes[1].report_id == report


async def test_what_a_shop_did_not_take_is_no_change_and_what_it_may_still_take_is_put_aside(scene: Scene) -> None:
    rider = await scene.person()
    await earn(scene, rider, 50)
    holds = [await aside(scene, rider, amount, words="Snack bar") for amount in (3, 4, 5, 6)]
    for hold in holds[1:3]:
        await scene.do(purse.capture, hold_id=hold, into=SHOP, by=None)
    await scene.do(purse.undo, hold_id=holds[2], from_=SHOP, by=None)
    await scene.do(purse.release, hold_id=holds[0], by=None)
    found = await read(scene, rider)
    assert [(one.reason, one.amount, one.is_aside) for one in found.changes] == [
        (Reason.UNDO, 5, False),
        (Reason.HOLD, -6, True),
        (Reason.HOLD, -5, False),
        (Reason.HOLD, -4, False),
        (Reason.CREDIT, 50, False),
    ]
    assert found.balance == sum(one.amount for one in found.changes)


async def test_an_older_list_still_opens_what_a_shop_did_not_take(scene: Scene) -> None:
    rider = await scene.person()
    await earn(scene, rider, 10)
    hold = await aside(scene, rider, 4, words="Snack bar")
    waiting, _ = (await read(scene, rider)).changes
    await scene.do(purse.release, hold_id=hold, by=None)
    assert await scene.store.read(overview.change, person_id=rider, transfer_id=waiting.id) == waiting


async def test_the_changes_are_paged_and_beyond_the_last_page_is_the_last(scene: Scene) -> None:
    rider = await scene.person()
    for amount in range(1, PAGE + 3):
        await earn(scene, rider, amount)
    first, last = await read(scene, rider), await read(scene, rider, 9)
    assert (len(first.changes), first.page, first.pages) == (PAGE, 0, 2)
    assert ([one.amount for one in last.changes], last.page) == ([2, 1], 1)


async def test_nobody_opens_a_change_of_somebody_else(scene: Scene) -> None:
    rider, other = await scene.person(), await scene.person()
    await earn(scene, rider, 10)
    (change,) = (await read(scene, rider)).changes
    assert await scene.store.read(overview.change, person_id=rider, transfer_id=change.id) == change
    with pytest.raises(NotAllowed):
        await scene.store.read(overview.change, person_id=other, transfer_id=change.id)
