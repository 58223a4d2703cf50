"""Registered riders: who says that he rides is asked about once, and has a right to a meal when it is confirmed."""

from datetime import timedelta
from typing import Any

import pytest

from services import delivery, people
from services.errors import NotAllowed
from services.merchants import riders
from services.merchants.errors import NotARider, RiderRefused, RiderWaiting
from storage import outbox
from storage.kinds import Deed, Message, OutboxState, ReporterKind, Role
from storage.outbox import Settlement
from storage.points_kinds import RedemptionState, RiderState
from storage.schema import AuditLine, OutboxMessage, Rider
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.shops import Market

ASKED, DECIDED = Message.RIDER_ASKED, Message.RIDER_DECIDED


@pytest.fixture
def market(scene: Scene) -> Market:
    return Market(scene)


async def says_so(market: Market) -> int:
    """Somebody says that he rides, and for whom."""
    rider = await market.person(kind=ReporterKind.RIDER)
    await market.scene.do(riders.choose_platform, person_id=rider, platform="meituan")
    return rider


async def edited(market: Market) -> list[tuple[int, dict[str, Any] | None]]:
    """To whom the question is shown anew, and how."""
    rows = await market.scene.rows(OutboxMessage)
    return [(one.person_id, one.facts) for one in rows if one.message is Message.CARD]


async def test_a_rider_has_a_right_to_meals_when_an_administrator_has_confirmed_that_he_rides(market: Market) -> None:
    first, second = [await market.person(roles=(Role.ADMIN,)) for _ in range(2)]
    shop = await market.shop(meals=2)
    with pytest.raises(NotARider):
        await market.ask(await market.person(), shop, meal=True)
    rider = await says_so(market)
    await market.scene.do(riders.choose_platform, person_id=rider, platform="eleme")
    assert [await market.heard(one, ASKED) for one in (first, second)] == [[ASKED], [ASKED]]
    with pytest.raises(RiderWaiting):
        await market.ask(rider, shop, meal=True)
    await market.scene.deliver()
    await market.scene.do(riders.decide, rider_id=rider, person_id=first, is_confirmed=True)
    code = await market.ask(rider, shop, meal=True)
    assert (await market.code(code)).state is RedemptionState.OPEN
    assert await market.heard(rider, DECIDED) == [DECIDED]
    edits = [one for one in await market.scene.rows(OutboxMessage) if one.message is Message.CARD]
    assert {(one.person_id, (one.facts or {})["rider"]) for one in edits} == {(first, rider), (second, rider)}
    (one,) = await market.scene.rows(Rider)
    assert (one.state, one.since, one.decided_by) == (RiderState.REGISTERED, NOW, first)
    (line,) = [one for one in await market.scene.rows(AuditLine) if one.deed is Deed.RIDER_REGISTERED]
    assert (line.by_id, line.person_id) == (first, rider)


async def test_who_is_refused_asks_nobody_again_and_an_administrator_may_change_his_mind(market: Market) -> None:
    admin, rider = await market.person(roles=(Role.ADMIN,)), await says_so(market)
    shop = await market.shop(meals=2)
    for is_confirmed in (False, False):
        await market.scene.do(riders.decide, rider_id=rider, person_id=admin, is_confirmed=is_confirmed)
    assert await market.heard(rider, DECIDED) == [DECIDED], "the same word is told once"
    with pytest.raises(RiderRefused):
        await market.ask(rider, shop, meal=True)
    await market.scene.do(riders.ask, person_id=rider, now=NOW + timedelta(days=9))
    assert await market.heard(admin, ASKED) == [ASKED]
    await market.scene.do(riders.decide, rider_id=rider, person_id=admin, is_confirmed=True)
    await market.ask(rider, shop, meal=True)


async def test_a_question_that_nobody_has_answered_is_asked_once_more_after_a_day(market: Market) -> None:
    rider = await says_so(market)  # nobody is there who could be asked
    admin = await market.person(roles=(Role.ADMIN,))
    await market.scene.do(riders.ask, person_id=rider, now=NOW + timedelta(hours=23))
    assert await market.heard(admin, ASKED) == []
    for _ in range(2):
        await market.scene.do(riders.ask, person_id=rider, now=NOW + timedelta(hours=24))
    assert await market.heard(admin, ASKED) == [ASKED]


async def test_administrators_see_what_a_rider_says_after_they_were_asked(market: Market) -> None:
    admin = await market.person(roles=(Role.ADMIN,))
    rider = await says_so(market)
    (asked,) = await market.scene.do(outbox.claim)  # it is sent, and nobody knows yet
    await market.scene.do(riders.choose_team, person_id=rider, team="East gate")
    assert await edited(market) == []
    await market.scene.do(delivery.settle, settlements=[Settlement(asked.id, OutboxState.DELIVERED, sent=(70,))])
    assert await edited(market) == [(admin, {"rider": rider, "edits": 70})]
    await market.scene.do(riders.choose_platform, person_id=rider, platform="sf")
    await market.scene.do(riders.forget_team, person_id=rider)
    assert len(await edited(market)) == 3
    await market.scene.do(riders.decide, rider_id=rider, person_id=admin, is_confirmed=True)
    await market.scene.do(riders.choose_team, person_id=rider, team="West gate")
    assert len(await edited(market)) == 4, "who is registered may change his team as he likes"


async def test_only_administrators_say_who_rides_and_of_nobody_else(market: Market) -> None:
    admin, rider = await market.person(roles=(Role.ADMIN,)), await says_so(market)
    await market.scene.do(people.choose_kind, person_id=admin, kind=ReporterKind.RIDER)
    await market.scene.do(riders.choose_platform, person_id=admin, platform="sf")
    for about, by in ((rider, rider), (admin, admin), (999, admin)):
        with pytest.raises(NotAllowed):
            await market.scene.do(riders.decide, rider_id=about, person_id=by, is_confirmed=True)
    assert {one.state for one in await market.scene.rows(Rider)} == {RiderState.WAITING}


async def test_who_says_that_he_is_a_resident_has_no_right_and_has_it_again_when_he_rides(market: Market) -> None:
    rider, shop = await market.rider(), await market.shop(meals=2)
    await market.scene.do(people.choose_kind, person_id=rider, kind=ReporterKind.RESIDENT)
    with pytest.raises(NotARider):
        await market.ask(rider, shop, meal=True)
    await market.scene.do(people.choose_kind, person_id=rider, kind=ReporterKind.RIDER)
    said = await market.scene.do(riders.choose_platform, person_id=rider, platform="sf")
    assert said.state is RiderState.REGISTERED
    await market.ask(rider, shop, meal=True)
