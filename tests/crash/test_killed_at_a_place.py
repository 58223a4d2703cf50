"""A process killed while a visitor checks in, or reports what is broken: counted once, filed once, told once."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.time import utc_now
from services import invites
from services.places import catalogue
from storage.kinds import Message, OutboxState, Role
from storage.schema import Attachment, OutboxMessage, PlaceFault, PlaceUsage, PlaceVisit, Report
from tests import county
from tests.crash.conftest import UNSETTLED, Town
from tests.crash.holding import before_the_commit
from tests.pictures import jpeg
from tests.process import until
from tests.services.stations import add_place


async def arrived(town: Town) -> dict[str, Any]:
    """The process runs; somebody keeps a place, and a rider has scanned its code. Returns the card that he got."""
    await town.start()
    await town.store.write(add_place, number=1, now=utc_now())
    await town.store.write(invites.make, token="keeper", role=Role.KEEPER, place="S-001", now=utc_now())
    town.officer.send_text("/start keeper")
    await town.officer.wait_for("Thank you for looking after", timeout=30)
    town.rider.send_text("/start p_1")
    card: dict[str, Any] = await town.rider.wait_for("Station 1", timeout=30)
    await town.tg.settled()
    return card


async def photo_is_asked_for(town: Town) -> None:
    """The rider has said what is broken."""
    card = await arrived(town)
    town.rider.press(card["message_id"], data="pvb:1:charging")
    await town.rider.wait_for("send a photo of what is broken", timeout=30)
    await town.tg.settled()


async def is_reported(town: Town) -> None:
    """Once, with its photo; the rider and the keeper have heard so once; the place shows it."""
    await town.rider.wait_for("Filed: D-", timeout=30)
    await town.officer.wait_for("was reported as broken", timeout=30)
    await town.tg.settled()
    await town.counts(0, OutboxMessage, OutboxMessage.state.in_(UNSETTLED))
    assert await town.count(Report) == await town.count(PlaceFault) == await town.count(Attachment) == 1
    for message in (Message.RECEIPT, Message.PLACE_FAULT):
        assert await town.count(OutboxMessage, OutboxMessage.message == message) == 1

    def broken(session: Session) -> list[tuple[str, bool]]:
        has = catalogue.read(session, 1).facilities
        return [(one.code, one.report_id is not None) for one in has if one.is_broken]

    assert await town.store.read(broken) == [("charging", True)]


async def is_counted_once(town: Town) -> None:
    await town.counts(1, PlaceVisit)
    await town.tg.settled()
    assert await town.count(PlaceVisit) == 1
    assert await town.store.read(lambda session: session.query(PlaceUsage).one().count) == 1


async def test_before_the_commit_of_a_check_in(town: Town) -> None:
    card = await arrived(town)
    async with before_the_commit(town.url, writes="place_usage") as stuck:
        town.rider.press(card["message_id"], "📍 Check in")
        await stuck()
        await town.kill()
    assert await town.count(PlaceVisit) == await town.count(PlaceUsage) == 0
    await town.start()
    await is_counted_once(town)


async def test_after_the_commit_of_a_check_in_with_nothing_said_or_confirmed(town: Town) -> None:
    card = await arrived(town)
    poll = town.hold("getUpdates")  # nothing more can be confirmed
    said = town.hold("editMessageText", chat=town.rider)
    town.rider.press(card["message_id"], "📍 Check in")
    await town.held(said)
    await town.held(poll)
    await town.kill()
    assert len(town.tg.pending_updates) == 1
    await town.start()
    await is_counted_once(town)


async def test_before_the_commit_of_a_fault(town: Town) -> None:
    await photo_is_asked_for(town)
    async with before_the_commit(town.url) as stuck:
        town.rider.send_photo(jpeg("red"))
        await stuck()
        await town.kill()
    assert await town.count(Report) == await town.count(PlaceFault) == 0
    await town.start()
    await is_reported(town)


async def test_after_the_commit_of_a_fault_with_nothing_said_or_confirmed(town: Town) -> None:
    await photo_is_asked_for(town)
    poll = town.hold("getUpdates")
    told = town.hold("sendMessage", chat=town.officer)
    town.rider.send_photo(jpeg("red"))
    await town.held(told)
    await town.held(poll)
    await town.kill()
    assert len(town.tg.pending_updates) == 1
    await town.leases_lapse()
    await town.start()
    await is_reported(town)


async def test_while_the_last_move_of_who_rides_waits_to_be_shown(town: Town) -> None:
    """He stopped within the seconds in which his card must not change again: where he stopped is shown all the same."""
    await town.start()
    await town.store.write(add_place, number=1, now=utc_now())
    north, east = county.IN_A1
    location = town.rider.send_location(north + 0.003, east, live_period=900)
    card = await town.rider.wait_for("What is it about", timeout=30)
    town.rider.press(card["message_id"], "🏠 Stations near here")

    def said() -> str:
        return next(str(one["text"]) for one in town.rider.from_bot if one["message_id"] == card["message_id"])

    await until(lambda: "Station 1" in said())
    before = said()
    town.rider.move_live_location(location["message_id"], north, east)
    moves = OutboxMessage.message == Message.LIVE_PLACES
    await town.counts(1, OutboxMessage, moves, OutboxMessage.state == OutboxState.AVAILABLE)
    await town.kill()
    assert said() == before
    due = update(OutboxMessage).where(moves).values(due_at=utc_now())
    await town.store.write(lambda session: session.execute(due))
    await town.start()
    await until(lambda: "Station 1" in said() and said() != before)
    assert "1\xa0min" in said()
