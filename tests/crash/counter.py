"""A shop with an owner, and a rider who pays there, in the town whose process is killed."""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.time import utc_now
from services import invites
from services.merchants import meals, programme, till
from services.points import ledger, purse
from services.points.accounts import purse as purse_of
from services.points.audit import audit
from services.points.ledger import About
from storage.kinds import ReporterKind, Role
from storage.points_kinds import Reason, RedemptionState
from storage.schema import Item, OutboxMessage, Person, Redemption
from tests.crash.conftest import UNSETTLED, Town
from tests.journeys.test_till import add_shop
from tests.services.shops import ride
from views.actions import BuyItem, GetMeal, PayPoints, TakeCode
from views.actions.base import Action

DIGITS = re.compile(r"(\d{3}) (\d{3})")
POINTS = 100
STOCK = 3
MEALS = 5
MIDDAY = 12


@dataclass(frozen=True)
class Way:
    """A way to pay: what is pressed, and what it costs."""

    press: Action
    points: int = 0
    fen: int = 0
    pieces: int = 0


WAYS = {
    "points": Way(PayPoints(1, 20), points=20),
    "an item": Way(BuyItem(1, 1, 15), points=15, pieces=1),
    "a meal": Way(GetMeal(1), fen=programme.meals().price.subsidy),
}


@dataclass(frozen=True)
class Books:
    """What is in the store: of the rider, the shop, and the shelf."""

    states: tuple[RedemptionState, ...]
    has: int
    took: int
    owed: int
    stock: int | None
    held: int


def untouched() -> Books:
    """Before anything was asked for."""
    return Books((), POINTS, 0, 0, STOCK, 0)


def after(way: Way, state: RedemptionState) -> Books:
    """What one code has done in this state."""
    is_taken, is_open = state is RedemptionState.TAKEN, state is RedemptionState.OPEN
    return Books(
        (state,),
        POINTS - way.points * (is_taken or is_open),
        way.points * is_taken,
        way.fen * is_taken,
        STOCK - way.pieces * is_taken,
        way.pieces * is_open,
    )


async def books(town: Town) -> Books:
    """As they are; nothing in them is wrong."""
    assert (await town.store.read(audit)).findings == ()
    return await town.store.read(_books)


async def opened(town: Town) -> dict[str, Any]:
    """The process runs, it is noon; a rider with points sees the shop, whose owner has joined. Returns its card."""
    hours = MIDDAY - utc_now().hour
    town.settings["TIMEZONE"] = f"Etc/GMT{-hours:+d}"  # signs as in the files of the zones: west is plus
    await town.start()
    await town.store.write(add_shop, meals=MEALS)
    await town.store.write(invites.make, token="shop", role=Role.MERCHANT, shop="M-001", now=utc_now())
    town.officer.send_text("/start shop")
    await town.officer.wait_for("You can take points now")
    town.rider.send_text("/start")
    await town.rider.wait_for("rider or a resident")
    await town.store.write(_give, number=town.rider.id)
    town.rider.send_text("/start m_1")
    card: dict[str, Any] = await town.rider.wait_for(f"You have {POINTS} points")
    await town.tg.settled()
    return card


async def asked(town: Town, way: Way) -> dict[str, Any]:
    """The rider has asked, and his phone shows the code; all is said. Returns the message."""
    card = await opened(town)
    town.rider.press(card["message_id"], data=way.press.pack())
    shown = await code_message(town)
    await nothing_left(town)
    return shown


async def taken(town: Town, way: Way) -> dict[str, Any]:
    """The shop has taken it; all is said. Returns the shop's receipt."""
    await asked(town, way)
    card = await take_card(town)
    town.officer.press(card["message_id"], data=TakeCode(1).pack())
    receipt: dict[str, Any] = await town.officer.wait_for("✅ Taken")
    await nothing_left(town)
    return receipt


async def code_message(town: Town) -> dict[str, Any]:
    """The message with the six digits that the rider sees."""
    found: dict[str, Any] = await town.rider.wait_for(lambda message: DIGITS.search(str(message.get("text"))))
    return found


async def take_card(town: Town) -> dict[str, Any]:
    """What the shop sees of it, once it has typed the digits."""
    found = DIGITS.search((await code_message(town))["text"])
    assert found is not None
    town.officer.send_text(found[1] + found[2])
    card: dict[str, Any] = await town.officer.wait_for("customer")
    await town.tg.settled()
    return card


async def nothing_left(town: Town) -> None:
    """All that is to be said is said."""
    await town.tg.settled()
    await town.counts(0, OutboxMessage, OutboxMessage.state.in_(UNSETTLED))


def _give(session: Session, *, number: int) -> None:
    """Points, and what makes him a registered rider."""
    one = session.scalars(select(Person).where(Person.telegram_id == number)).one()
    ride(session, person_id=one.id, now=utc_now())
    purse.earn(session, one.id, POINTS, key="gift", about=About(Reason.CREDIT, one.id), now=utc_now())


def _books(session: Session) -> Books:
    rider = session.scalars(select(Person.id).where(Person.kind == ReporterKind.RIDER)).one()
    item = session.get_one(Item, 1)
    return Books(
        tuple(session.scalars(select(Redemption.state))),
        ledger.balance(session, purse_of(rider)),
        ledger.balance(session, till.account(1)),
        ledger.balance(session, meals.account(1)),
        item.stock,
        item.held,
    )
