"""A process killed while a warning goes out: everybody gets it, nobody twice, and its sender sees the end of it."""

from typing import Any

from sqlalchemy.orm import Session

from bot.time import utc_now
from services import people
from services.county import load
from services.places import warnings
from services.places.warnings import Wanted
from storage.kinds import Language, Message, OutboxState, ReporterKind, Role
from storage.places_kinds import WarningKind
from storage.schema import OutboxMessage, Person, PlaceWarning
from tests.crash.conftest import UNSETTLED, Town
from tests.crash.holding import before_the_commit

RIDERS = 12
COPIES = OutboxMessage.message == Message.WARNING


def add_riders(session: Session) -> int:
    """Riders with chats, and an administrator, who is returned."""
    now = utc_now()
    for at in range(RIDERS):
        session.add(
            Person(telegram_id=6001 + at, name="Wang", language=Language.EN, kind=ReporterKind.RIDER, joined_at=now)
        )
    admin = Person(telegram_id=9001, name="Chen", language=Language.EN, joined_at=now)
    session.add(admin)
    session.flush()
    people.grant(session, person_id=admin.id, role=Role.ADMIN, now=now)
    return admin.id


async def chats(town: Town) -> tuple[int, list[Any]]:
    """The administrator's id, and the riders' chats."""
    admin = await town.store.write(add_riders)
    town.tg.person(9001, first_name="Chen", language_code="en")
    return admin, [town.tg.person(6001 + at, first_name="Wang", language_code="en") for at in range(RIDERS)]


async def send(town: Town, admin: int) -> None:
    """An administrator sends it, to the whole county."""
    land = await town.store.read(load)
    wanted = Wanted(WarningKind.HEAT)
    asked: dict[str, Any] = {"message_id": 0, "is_again": False, "county": land}
    await town.store.write(warnings.send, person_id=admin, wanted=wanted, now=utc_now(), **asked)


async def all_went_well(town: Town, phones: list[Any]) -> None:
    """Each has it once; nothing is left, and the warning knows that it is over."""
    await town.counts(0, OutboxMessage, OutboxMessage.state.in_(UNSETTLED))
    await town.counts(0, PlaceWarning, PlaceWarning.ended_at.is_(None))
    assert await town.count(OutboxMessage, COPIES, OutboxMessage.state == OutboxState.DELIVERED) == RIDERS
    assert [len(phone.from_bot) for phone in phones] == [1] * RIDERS


async def test_while_the_copies_go_out(town: Town) -> None:
    admin, phones = await chats(town)
    holds = [town.hold("sendMessage", chat=phone) for phone in phones[-3:]]
    await send(town, admin)
    await town.start("alerts")
    for hold in holds:
        await town.held(hold)
    await town.counts(RIDERS - 3, OutboxMessage, COPIES, OutboxMessage.state == OutboxState.DELIVERED)
    await town.kill()
    await town.leases_lapse()
    await town.start("alerts")
    await all_went_well(town, phones)


async def test_before_any_is_begun(town: Town) -> None:
    admin, phones = await chats(town)
    await town.start("alerts")
    await town.kill()
    await send(town, admin)
    await town.start("alerts")
    await all_went_well(town, phones)


async def test_an_administrators_press_at_the_commit(town: Town) -> None:
    """Killed when all copies are written and nothing is committed: it is sent when the press comes again, once."""
    _, phones = await chats(town)
    admin = town.tg.person(9001, first_name="Chen", language_code="en")
    await town.start()
    admin.send_text("/warn")
    card = await admin.wait_for("Warn riders of what?", timeout=30)
    admin.press(card["message_id"], "🥵 Heat")
    await admin.wait_for(lambda message: "The whole county" in str(message.get("reply_markup")), timeout=30)
    admin.press(card["message_id"], "🗺 The whole county")
    await admin.wait_for(lambda message: f"Send to {RIDERS}" in str(message.get("reply_markup")), timeout=30)
    await town.tg.settled()
    async with before_the_commit(town.url) as stuck:
        admin.press(card["message_id"], f"📣 Send to {RIDERS}")
        await stuck()
        await town.kill()
    assert await town.count(PlaceWarning) == 0
    await town.start()
    await town.counts(1, PlaceWarning)
    await all_went_well(town, phones)
