"""A process killed while a shop gives back, a customer changes his mind, or the clock ends a code: done once, told."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.time import utc_now
from storage.kinds import Language, Message
from storage.points_kinds import RedemptionState
from storage.schema import OutboxMessage, Redemption
from tests.crash.conftest import Town
from tests.crash.counter import WAYS, Way, after, asked, books, nothing_left, taken
from tests.crash.holding import before_the_commit
from views.actions import CancelCode, GiveBack
from views.texts import plain


async def undo(town: Town, receipt: dict[str, Any]) -> None:
    """The shop presses."""
    town.officer.press(receipt["message_id"], data=GiveBack(1, False).pack())


async def cancel(town: Town, code: dict[str, Any]) -> None:
    """The customer does."""
    town.rider.press(code["message_id"], data=CancelCode(1).pack())


async def expire(town: Town, _: dict[str, Any]) -> None:
    """Nobody: the time of the code passes."""

    def pass_by(session: Session) -> None:
        session.execute(update(Redemption).values(expires_at=utc_now() - timedelta(seconds=1)))

    await town.store.write(pass_by)


@dataclass(frozen=True)
class Deed:
    """How it begins, what is done then, and what becomes of the code."""

    begins: Callable[[Town, Way], Awaitable[dict[str, Any]]]
    do: Callable[[Town, dict[str, Any]], Awaitable[None]]
    before: RedemptionState
    then: RedemptionState


UNDO = Deed(taken, undo, RedemptionState.TAKEN, RedemptionState.UNDONE)
CANCEL = Deed(asked, cancel, RedemptionState.OPEN, RedemptionState.CANCELLED)
EXPIRE = Deed(asked, expire, RedemptionState.OPEN, RedemptionState.EXPIRED)
EACH = pytest.mark.parametrize(
    ("deed", "way"),
    [
        pytest.param(UNDO, WAYS["an item"], id="undo"),
        pytest.param(UNDO, WAYS["a meal"], id="undo of a meal"),
        pytest.param(CANCEL, WAYS["an item"], id="cancel"),
        pytest.param(EXPIRE, WAYS["an item"], id="expiry"),
    ],
)


async def is_done(town: Town, deed: Deed, way: Way) -> None:
    """Once: all is as if nothing had been asked for; the customer is told so once, where the code was."""
    told = "has given it back to you" if deed is UNDO else plain(Language.EN, f"code-over-{deed.then}")
    await town.rider.wait_for(told)
    await nothing_left(town)
    assert await books(town) == after(way, deed.then)
    assert await town.count(OutboxMessage, OutboxMessage.message == Message.UNDONE) == (2 if deed is UNDO else 0)


@EACH
async def test_before_the_commit(town: Town, deed: Deed, way: Way) -> None:
    message = await deed.begins(town, way)
    async with before_the_commit(town.url) as stuck:
        await deed.do(town, message)
        await stuck()
        await town.kill()
    assert await books(town) == after(way, deed.before)
    await town.start()
    await is_done(town, deed, way)


@EACH
async def test_after_the_commit_with_nothing_said_or_confirmed(town: Town, deed: Deed, way: Way) -> None:
    message = await deed.begins(town, way)
    is_pressed = deed is not EXPIRE
    poll = town.hold("getUpdates") if is_pressed else None
    said = town.hold("*", chat=town.rider)
    await deed.do(town, message)
    await town.held(said)
    if poll is not None:
        await town.held(poll)
    await town.kill()
    assert len(town.tg.pending_updates) == is_pressed
    assert await books(town) == after(way, deed.then)
    await town.leases_lapse()
    await town.start()
    await is_done(town, deed, way)
