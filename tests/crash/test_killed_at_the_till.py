"""A process killed at each step at the till, and started again: paid once, both told, nothing lost."""

import pytest

from storage.kinds import Message
from storage.points_kinds import RedemptionState
from storage.schema import OutboxMessage
from tests.crash.conftest import Town
from tests.crash.counter import WAYS, Way, after, asked, books, code_message, nothing_left, opened, take_card, untouched
from tests.crash.holding import before_the_commit
from views.actions import TakeCode

WITH_POINTS_AND_A_MEAL = pytest.mark.parametrize("way", [WAYS["points"], WAYS["a meal"]], ids=["points", "a meal"])
TAKE = TakeCode(1).pack()


async def is_paid(town: Town, way: Way) -> None:
    """Once; both have one receipt; all adds up."""
    await town.officer.wait_for("✅ Taken")
    await town.rider.wait_for("has taken it")
    await nothing_left(town)
    assert await books(town) == after(way, RedemptionState.TAKEN)
    for message in (Message.SPENT, Message.TOOK):
        assert await town.count(OutboxMessage, OutboxMessage.message == message) == 1


@WITH_POINTS_AND_A_MEAL
async def test_before_the_commit_of_the_code(town: Town, way: Way) -> None:
    card = await opened(town)
    async with before_the_commit(town.url) as stuck:
        town.rider.press(card["message_id"], data=way.press.pack())
        await stuck()
        await town.kill()
    assert await books(town) == untouched()
    await town.start()
    await code_message(town)
    assert await books(town) == after(way, RedemptionState.OPEN)


async def test_before_the_code_is_shown(town: Town) -> None:
    way = WAYS["points"]
    card = await opened(town)
    push = town.hold("sendPhoto", chat=town.rider)
    town.rider.press(card["message_id"], data=way.press.pack())
    await town.held(push)
    await town.kill()
    assert await books(town) == after(way, RedemptionState.OPEN)
    await town.leases_lapse()
    await town.start()
    town.officer.press((await take_card(town))["message_id"], data=TAKE)
    await is_paid(town, way)


@WITH_POINTS_AND_A_MEAL
async def test_before_the_commit_of_take(town: Town, way: Way) -> None:
    await asked(town, way)
    card = await take_card(town)
    async with before_the_commit(town.url) as stuck:
        town.officer.press(card["message_id"], data=TAKE)
        await stuck()
        await town.kill()
    assert await books(town) == after(way, RedemptionState.OPEN)
    await town.start()
    await is_paid(town, way)


@WITH_POINTS_AND_A_MEAL
async def test_after_the_commit_of_take_with_nothing_said_or_confirmed(town: Town, way: Way) -> None:
    await asked(town, way)
    card = await take_card(town)
    poll = town.hold("getUpdates")  # nothing more can be confirmed
    receipt = town.hold("*", chat=town.rider)
    town.officer.press(card["message_id"], data=TAKE)
    await town.held(receipt)
    await town.held(poll)
    await town.kill()
    assert len(town.tg.pending_updates) == 1
    assert await books(town) == after(way, RedemptionState.TAKEN)
    await town.leases_lapse()
    await town.start()
    await is_paid(town, way)
