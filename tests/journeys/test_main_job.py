"""From a rider's photo to the officer's phone, and back."""

from tests import county
from tests.journeys.conftest import Town
from tests.pictures import jpeg


async def test_a_photo_and_a_place_reach_the_officer_who_fixes_it(town: Town) -> None:
    officer = await town.officer(7001)
    rider = town.rider()
    rider.send_text("/start")
    await rider.wait_for("Privacy")

    rider.send_photo(jpeg("red"), caption="water leak at the gate")
    status = await rider.wait_for("place is still missing")
    rider.send_location(*county.IN_A1)
    receipt = await rider.wait_for("Filed: D-000001")
    assert "Water leak" in receipt["text"]
    assert "A-01" in receipt["text"]

    card = await officer.wait_for("D-000001")
    kinds = [next(k for k in ("photo", "location", "text") if k in m) for m in officer.from_bot[-3:]]
    assert kinds == ["photo", "location", "text"]
    assert status["message_id"] not in [m["message_id"] for m in rider.messages]

    officer.press(card["message_id"], "Accept")
    await officer.wait_for_toast("yours")
    await rider.wait_for("has accepted it")
    officer.press(card["message_id"], "Resolve")
    await officer.wait_for("photo of the fix")
    officer.send_photo(jpeg("green"), caption="pipe replaced")
    await officer.wait_for("is fixed")
    done = await rider.wait_for("is fixed, thank you")
    assert "pipe replaced" in done["caption"]
    album = [m for m in rider.from_bot if m.get("media_group_id") == done["media_group_id"]]
    assert len(album) == 2
    await town.tg.settled()
