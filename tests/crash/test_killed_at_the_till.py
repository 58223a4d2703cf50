"""A process killed at each step at the till, and started again: paid once, both told, nothing lost."""

import re
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.time import utc_now
from services import invites
from services.merchants import till
from services.points import ledger, purse
from services.points.accounts import purse as purse_of
from services.points.audit import audit
from services.points.ledger import About
from storage.kinds import Message, Role
from storage.points_kinds import Reason, RedemptionState
from storage.schema import OutboxMessage, Person, Redemption
from tests.crash.conftest import UNSETTLED, Town
from tests.crash.holding import before_the_commit
from tests.journeys.test_till import add_shop

DIGITS = re.compile(r"(\d{3}) (\d{3})")
POINTS, PAID = 100, 20


async def opened(town: Town) -> dict[str, Any]:
    """The process runs; a rider with points sees the shop of somebody who has joined it. Returns the shop's card."""
    await town.start()
    await town.store.write(add_shop)
    await town.store.write(invites.make, token="shop", role=Role.MERCHANT, shop="M-001", now=utc_now())
    town.officer.send_text("/start shop")
    await town.officer.wait_for("You can take points now", timeout=30)
    town.rider.send_text("/start")
    await town.rider.wait_for("rider or a resident", timeout=30)
    await town.store.write(give, number=town.rider.id)
    town.rider.send_text("/start m_1")
    card: dict[str, Any] = await town.rider.wait_for(f"You have {POINTS} points", timeout=30)
    await town.tg.settled()
    return card


def give(session: Session, *, number: int) -> None:
    one = session.scalars(select(Person).where(Person.telegram_id == number)).one()
    purse.earn(session, one.id, POINTS, key="gift", about=About(Reason.CREDIT, one.id), now=utc_now())


async def shown_code(town: Town) -> str:
    """The six digits that the rider sees, once and only once."""
    text = await town.rider.wait_for(lambda message: DIGITS.search(str(message.get("text"))), timeout=30)
    found = DIGITS.search(text["text"])
    assert found is not None
    return found[1] + found[2]


async def take_card(town: Town) -> dict[str, Any]:
    """What the shop sees of it."""
    town.officer.send_text(await shown_code(town))
    card: dict[str, Any] = await town.officer.wait_for("customer", timeout=30)
    await town.tg.settled()
    return card


async def is_paid(town: Town) -> None:
    """Once; both have one receipt; all adds up."""
    await town.officer.wait_for("has taken it from", timeout=30)
    await town.rider.wait_for("has taken it", timeout=30)
    await town.tg.settled()
    await town.counts(0, OutboxMessage, OutboxMessage.state.in_(UNSETTLED))
    assert await town.count(Redemption, Redemption.state == RedemptionState.TAKEN) == await town.count(Redemption) == 1
    assert await town.store.read(ledger.balance, name=till.account(1)) == PAID
    for message in (Message.SPENT, Message.TOOK):
        assert await town.count(OutboxMessage, OutboxMessage.message == message) == 1
    assert (await town.store.read(audit)).findings == ()


async def rider_has(town: Town) -> int:
    def read(session: Session) -> int:
        one = session.scalars(select(Person).where(Person.telegram_id == town.rider.id)).one()
        return ledger.balance(session, purse_of(one.id))

    return await town.store.read(read)


async def test_before_the_commit_of_the_code(town: Town) -> None:
    card = await opened(town)
    async with before_the_commit(town.url) as stuck:
        town.rider.press(card["message_id"], f"{PAID} points")
        await stuck()
        await town.kill()
    assert (await town.count(Redemption), await rider_has(town)) == (0, POINTS)
    await town.start()
    await shown_code(town)
    assert (await town.count(Redemption), await rider_has(town)) == (1, POINTS - PAID)


async def test_before_the_code_is_shown(town: Town) -> None:
    card = await opened(town)
    push = town.hold("sendPhoto", chat=town.rider)
    town.rider.press(card["message_id"], f"{PAID} points")
    await town.held(push)
    await town.kill()
    assert (await town.count(Redemption), await rider_has(town)) == (1, POINTS - PAID)
    await town.leases_lapse()
    await town.start()
    town.officer.press((await take_card(town))["message_id"], "✅ Take")
    await is_paid(town)


async def test_before_the_commit_of_take(town: Town) -> None:
    card = await opened(town)
    town.rider.press(card["message_id"], f"{PAID} points")
    asked = await take_card(town)
    async with before_the_commit(town.url) as stuck:
        town.officer.press(asked["message_id"], "✅ Take")
        await stuck()
        await town.kill()
    assert await town.count(Redemption, Redemption.state == RedemptionState.TAKEN) == 0
    await town.start()
    await is_paid(town)


async def test_after_the_commit_of_take_with_nothing_said_or_confirmed(town: Town) -> None:
    card = await opened(town)
    town.rider.press(card["message_id"], f"{PAID} points")
    asked = await take_card(town)
    poll = town.hold("getUpdates")  # nothing more can be confirmed
    receipt = town.hold("sendMessage", chat=town.rider)
    town.officer.press(asked["message_id"], "✅ Take")
    await town.held(receipt)
    await town.held(poll)
    await town.kill()
    assert len(town.tg.pending_updates) == 1
    await town.leases_lapse()
    await town.start()
    await is_paid(town)
