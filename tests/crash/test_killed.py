"""A process killed at each step of the flow, and started again: one report, an alert, the reporter told.

Nothing of the product is replaced: the process hangs where another user of its database, or Telegram, makes it hang.
"""

from storage.kinds import OutboxState
from storage.schema import Attachment, Draft, Event, OutboxMessage, Report
from tests import county
from tests.crash.conftest import Town
from tests.crash.holding import before_the_commit, before_the_handler
from tests.pictures import jpeg
from tests.process import until


def send_report(town: Town) -> None:
    """A photo and a place, one right after the other."""
    town.rider.send_photo(jpeg("red"), caption="water leak at the gate")
    town.rider.send_location(*county.IN_A1)


async def test_after_the_update_arrived(town: Town) -> None:
    await town.start()
    await town.officer_joins()
    async with before_the_handler(town.url) as stuck:
        send_report(town)
        # While something is being worked on, the bot asks again without waiting.
        await until(lambda: any(call.params.get("timeout") == 0 for call in town.tg.calls_to("getUpdates")[-1:]))
        await stuck()
        await town.kill()
    assert await town.count(Draft) == await town.count(Report) == 0
    assert len(town.tg.pending_updates) == 2
    await town.start()
    await town.all_went_well()
    assert len(town.alerts()) == 1


async def test_before_the_commit(town: Town) -> None:
    await town.start()
    await town.officer_joins()
    async with before_the_commit(town.url) as stuck:
        send_report(town)
        await stuck()
        await town.kill()
    assert await town.count(Report) == 0
    assert await town.count(Draft) == 1, "the photo was committed before"
    await town.start()
    await town.all_went_well()
    assert len(town.alerts()) == 1


async def test_after_the_commit_with_nothing_said_or_confirmed(town: Town) -> None:
    await town.start("bot")  # nobody pushes
    await town.officer_joins()
    poll = town.hold("getUpdates")  # nothing more can be confirmed
    send_report(town)
    await town.counts(1, Report)
    await town.held(poll)  # else the next process would be held up
    await town.kill()
    assert await town.count(OutboxMessage, OutboxMessage.state == OutboxState.AVAILABLE) == 2
    assert len(town.tg.pending_updates) == 2
    await town.start()
    await town.all_went_well()
    assert len(town.alerts()) == 1


async def test_before_the_push(town: Town) -> None:
    await town.start()
    await town.officer_joins()
    push = town.hold("sendPhoto", chat=town.officer)
    send_report(town)
    await town.held(push)
    await town.kill()
    assert await town.count(OutboxMessage, OutboxMessage.state == OutboxState.CLAIMED) >= 1
    assert town.alerts() == []
    await town.leases_lapse()
    await town.start()
    await town.all_went_well()
    assert len(town.alerts()) == 1


async def test_after_the_push(town: Town) -> None:
    await town.start()
    await town.officer_joins()
    push = town.hold("sendMessage", chat=town.officer, seconds=2.0)
    send_report(town)
    await town.held(push)
    assert town.process is not None
    town.process.freeze()
    await town.officer.wait_for("D-")
    await town.kill()
    assert await town.count(OutboxMessage, OutboxMessage.message == "alert", OutboxMessage.state == "claimed") == 1
    await town.leases_lapse()
    await town.start()
    await town.all_went_well()
    assert len(town.alerts()) == 2, "at least one: nobody can know that the first one went out"


async def test_during_the_draft(town: Town) -> None:
    await town.start()
    await town.officer_joins()
    status = town.hold("sendMessage", chat=town.rider)
    town.rider.send_photo(jpeg("red"))
    await town.held(status)
    assert await town.count(Attachment) == 1
    await town.kill()
    assert len(town.tg.pending_updates) == 1
    await town.start()
    await town.rider.wait_for("place is still missing", timeout=30)
    town.rider.send_location(*county.IN_A1)
    await town.all_went_well()


async def test_during_resolve(town: Town) -> None:
    await town.start()
    await town.officer_joins()
    send_report(town)
    await town.all_went_well()
    card = town.alerts()[0]["message_id"]
    town.officer.press(card, "Accept")
    await town.rider.wait_for("has accepted it")
    await town.officer.wait_for(lambda message: message["message_id"] == card and "Yours" in message["text"])
    town.officer.press(card, "Resolve")
    await town.officer.wait_for("photo of the fix")
    await town.tg.settled()
    await town.kill()

    await town.start()
    town.officer.send_photo(jpeg("green"), caption="pipe replaced")
    await town.officer.wait_for("Now your place")
    await town.tg.settled()
    await town.kill()

    await town.start()
    poll = town.hold("getUpdates")  # nothing more can be confirmed
    news = town.hold("sendMediaGroup", chat=town.rider)
    town.officer.send_location(*county.IN_A1)
    await town.held(news)
    await town.held(poll)  # else the next process would be held up
    await town.kill()
    assert len(town.tg.pending_updates) == 1
    await town.leases_lapse()
    await town.start()
    done = await town.rider.wait_for("is fixed, thank you", timeout=30)
    assert "pipe replaced" in done["text"]
    await town.officer.wait_for(lambda message: message["message_id"] == card and "Fixed by" in message["text"])
    await town.tg.settled()
    assert await town.count(Event, Event.kind == "resolved") == 1
    assert await town.count(Attachment) == 2
    assert await town.count(Draft) == 0, "the proof that came again is no new report"


async def test_by_webhook_after_the_update_arrived(town: Town) -> None:
    town.by_webhook()
    await town.start()
    await town.officer_joins()
    async with before_the_commit(town.url) as stuck:
        send_report(town)
        await stuck()
        await town.kill()
    assert await town.count(Report) == 0
    await town.start()
    await town.all_went_well()
    assert len(town.alerts()) == 1


async def test_by_webhook_before_the_answer(town: Town) -> None:
    town.by_webhook()
    await town.start()
    await town.officer_joins()
    status = town.hold("sendMessage", chat=town.rider)
    town.rider.send_photo(jpeg("red"))
    await town.held(status)
    await town.kill()
    assert await town.count(Attachment) == 1
    await town.start()
    await town.rider.wait_for("place is still missing", timeout=30)
    town.rider.send_location(*county.IN_A1)
    await town.all_went_well()
