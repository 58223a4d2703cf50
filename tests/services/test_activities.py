"""Helping together: who leads it opens a link, each who opens it earns the hours once, within the limit of a day."""

import asyncio
from datetime import timedelta

import pytest

from services.errors import DomainError, NotAllowed, NoWords
from services.points import accounts, activities, earning, ledger
from services.points.activities import Named
from services.points.audit import audit
from services.points.errors import ActivityOver, ActivityOwn, AlreadyAttended, HoursUnclear, LinkUnknown
from storage.kinds import Deed, Message, Role
from storage.points_kinds import Reason
from storage.points_records import ActivityRecord
from storage.schema import AuditLine, Transfer
from tests.moment import NOW
from tests.services.scene import Scene

RULES = earning.rules()
OVER = NOW + timedelta(hours=RULES.activity_open)


async def begun(scene: Scene, leads: int, *, hours: int = 2) -> ActivityRecord:
    """An activity whose link is open."""
    return await scene.do(activities.begin, token="t", person_id=leads, name="Cleared the snow", hours=hours)


async def has(scene: Scene, person: int) -> int:
    """What somebody can spend."""
    return await scene.store.read(ledger.balance, name=accounts.purse(person))


async def test_who_opens_the_link_earns_the_hours_once(scene: Scene) -> None:
    leads, rider = await scene.lead("A-01"), await scene.person()
    one = await begun(scene, leads)
    assert await scene.do(activities.attend, token=one.token, person_id=rider) == "Cleared the snow"
    with pytest.raises(AlreadyAttended):
        await scene.do(activities.attend, token=one.token, person_id=rider)
    assert await has(scene, rider) == 2 * RULES.activity_hour
    (told,) = [row for row in await scene.outbox() if row.message is Message.POINTS_EARNED]
    assert (told.person_id, (told.facts or {})["words"]) == (rider, "Cleared the snow")
    (moved,) = await scene.rows(Transfer)
    assert (moved.reason, moved.by_id, moved.words) == (Reason.ACTIVITY, leads, "Cleared the snow")
    assert (await scene.do(activities.look, activity_id=one.id, person_id=leads)).people == 1
    assert Deed.ACTIVITY_BEGUN in [line.deed for line in await scene.rows(AuditLine)]


async def test_fifty_taps_at_once_are_one(scene: Scene) -> None:
    one, rider = await begun(scene, await scene.lead("A-01")), await scene.person()
    taps = [scene.do(activities.attend, token=one.token, person_id=rider) for _ in range(50)]
    ends = await asyncio.gather(*taps, return_exceptions=True)
    assert sum(isinstance(end, AlreadyAttended) for end in ends) == 49
    assert await has(scene, rider) == 2 * RULES.activity_hour
    assert (await scene.store.read(audit)).findings == ()


async def test_the_limit_of_a_day_holds_and_is_said(scene: Scene) -> None:
    leads, rider = await scene.lead("A-01"), await scene.person()
    for number in range(3):
        one = await scene.do(activities.begin, token=f"t{number}", person_id=leads, name="Snow", hours=8)
        await scene.do(activities.attend, token=one.token, person_id=rider)
    assert await has(scene, rider) == RULES.person_day
    told = [row.facts or {} for row in await scene.outbox() if row.message is Message.POINTS_EARNED]
    assert told[-1]["limit"] == "day"


async def test_a_link_that_is_closed_or_old_gives_nothing(scene: Scene) -> None:
    leads, rider = await scene.lead("A-01"), await scene.person()
    one = await begun(scene, leads)
    with pytest.raises(ActivityOver):
        await scene.do(activities.attend, token=one.token, person_id=rider, now=OVER)
    with pytest.raises(NotAllowed):
        await scene.do(activities.end, activity_id=one.id, person_id=rider)
    assert not (await scene.do(activities.end, activity_id=one.id, person_id=leads)).is_open
    with pytest.raises(ActivityOver):
        await scene.do(activities.attend, token=one.token, person_id=rider)
    assert await has(scene, rider) == 0


@pytest.mark.parametrize(("token", "error"), [("a_t", ActivityOwn), ("a_u", LinkUnknown), ("t", LinkUnknown)])
async def test_nobody_gives_himself_points_nor_guesses(scene: Scene, token: str, error: type[DomainError]) -> None:
    leads = await scene.lead("A-01")
    await begun(scene, leads)
    with pytest.raises(error):
        await scene.do(activities.attend, token=token, person_id=leads)
    assert await has(scene, leads) == 0


@pytest.mark.parametrize("role", list(Role))
async def test_leads_and_administrators_lead_activities(scene: Scene, role: Role) -> None:
    person = await scene.person(roles=(role,))
    if role in (Role.LEAD, Role.ADMIN):
        await begun(scene, person)
        return
    with pytest.raises(NotAllowed):
        await begun(scene, person)


@pytest.mark.parametrize("hours", [0, -1, RULES.activity_hours + 1])
async def test_an_activity_takes_some_hours_of_a_day(scene: Scene, hours: int) -> None:
    leads = await scene.lead("A-01")
    with pytest.raises(HoursUnclear):
        await begun(scene, leads, hours=hours)


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("Cleared the snow, 2", Named("Cleared the snow", 2)),
        ("Cleared the snow: 2 hours.", Named("Cleared the snow", 2)),
        ("扫雪 2", Named("扫雪", 2)),
        ("扫雪3小时", Named("扫雪", 3)),
        ("扫雪，12个小时。", Named("扫雪", 12)),
        ("Snow at gate 2, 3 h", Named("Snow at gate 2", 3)),
        ("扫雪", Named("扫雪", None)),
        ("2", Named("2", None)),
        ("扫雪两小时", Named("扫雪两小时", None)),
    ],
)
def test_name_and_hours_are_read_as_people_write_them(typed: str, named: Named) -> None:
    assert activities.read(typed) == named


def test_a_name_is_something() -> None:
    with pytest.raises(NoWords):
        activities.read("  ")
