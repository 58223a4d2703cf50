"""People who blocked the bot, left Telegram, or cleared the chat."""

import pytest

from sandbox import Fault
from tests import county
from tests.journeys.backends import ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.filing import accepted, filed
from tests.pictures import jpeg


async def test_an_officer_who_left_is_passed_over(town: Town) -> None:
    gone = await town.officer(7001)
    deputy = await town.officer(7002, is_primary=False)
    gone.delete_account()  # nobody is told: it shows when the alert is refused
    rider = town.rider()
    await filed(rider)
    await deputy.gets_alert()
    await filed(rider, 2)
    await deputy.gets_alert(2)
    await town.calm()
    refused = [call for call in town.tg.calls if call.status == 403]
    assert len(refused) == 1, "nobody tries again"


@ON_SQLITE
async def test_who_blocks_the_bot_hands_on_what_he_was_offered_and_comes_back(town: Town) -> None:
    primary = await town.officer(7001)
    deputy = await town.officer(7002, is_primary=False)
    rider = town.rider()
    await filed(rider)
    await primary.gets_alert()
    primary.block()
    await deputy.gets_alert()
    await filed(rider, 2)
    await deputy.gets_alert(2)
    primary.unblock()
    await town.calm()
    await filed(rider, 3)
    await primary.gets_alert(3)
    await town.calm()
    assert "D-000003" not in deputy.transcript()


@ON_SQLITE
async def test_when_the_only_officer_comes_back_the_report_still_waits_for_him(town: Town) -> None:
    officer = await town.officer(7001)
    officer.block()
    await town.calm()
    rider = town.rider()
    await filed(rider)
    officer.unblock()
    await officer.gets_alert()


@ON_SQLITE
async def test_a_reporter_who_blocks_the_bot_disturbs_nobody(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    card = await accepted(rider, officer)
    rider.block()
    officer.push(officer.current(card), "button-resolve")
    await officer.hears("prompt-resolve", number="D-000001")
    officer.send_photo(jpeg())
    officer.send_location(*county.IN_A1)
    await officer.hears("resolved-done", number="D-000001")
    await town.calm()
    rider.unblock()
    rider.send_text("/reports")
    page = await rider.hears("my-reports-title")
    assert rider.words("status-resolved") in page["text"]


@ON_SQLITE
async def test_who_clears_the_chat_gets_the_draft_anew(town: Town) -> None:
    rider = town.rider()
    rider.send_photo(jpeg())
    status = await rider.hears("draft-needs-place")
    rider.clear_history()
    rider.send_text("at the corner")
    anew = await rider.wait_for("at the corner")
    assert anew["message_id"] != status["message_id"]
    rider.clear_history()
    rider.send_location(*county.IN_A1)
    await rider.hears_filed()


@ON_SQLITE
@pytest.mark.parametrize("what", ["officer", "rider"])
async def test_cards_that_were_cleared_away_hold_nothing_up(town: Town, what: str) -> None:
    officer, rider = await town.officer(7001), town.rider()
    card = await accepted(rider, officer)
    officer.press(card["message_id"], data="rs:1")
    await officer.hears("prompt-resolve", number="D-000001")
    (officer if what == "officer" else rider).clear_history()
    officer.send_photo(jpeg("green"))
    officer.send_location(*county.IN_A1)
    await rider.hears("told-resolved", number="D-000001")
    await town.calm()


@ON_SQLITE
async def test_a_download_that_fails_at_first_does_not_hold_the_report_up(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    town.tg.order(Fault("file", "error_500", times=1))
    rider.send_document(jpeg(), caption="leak")
    rider.send_location(*county.IN_A1)
    await rider.hears_filed()
    await officer.gets_alert()
