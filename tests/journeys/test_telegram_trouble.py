"""Telegram in trouble: updates that come again, requests that are lost. What must arrive arrives, at least once."""

import pytest
from aiohttp import ClientSession

from sandbox import Fault
from services.notices import OF_USE
from storage.schema import Attachment, Event, Report
from tests import county
from tests.journeys.backends import ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.filing import accepted, filed
from tests.pictures import jpeg

TROUBLES = ("drop", "drop_after", "error_500", "html_502", "flood_429", "slow")
LOSSES = ("drop", "error_500", "html_502", "flood_429")


@ON_SQLITE
async def test_each_alert_arrives_whatever_happens_to_it(town: Town) -> None:
    officers = [await town.officer(7001 + at, name=f"Li{at}") for at in range(len(TROUBLES))]
    for officer, kind in zip(officers, TROUBLES, strict=True):
        for method in ("sendPhoto", "sendMessage"):
            town.tg.order(Fault(method, kind, chat_id=officer.id, seconds=0.2))  # type: ignore[arg-type]
    await filed(town.rider())
    for officer in officers:
        card = await officer.gets_alert()
        assert officer.button("button-accept") in officer.buttons(card)
        assert any("photo" in m for m in officer.from_bot)
        assert any("location" in m for m in officer.from_bot)
    await town.calm()
    for officer, kind in zip(officers, TROUBLES, strict=True):
        pins = sum("location" in m for m in officer.from_bot)
        assert pins == 1, f"{kind}: what is out is not sent again"


@ON_SQLITE
async def test_the_receipt_arrives_although_nothing_that_was_said_before_did(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    rider.send_text("/start")
    await rider.hears("ask-kind")
    for kind in ("html_502", "drop", "error_500"):
        town.tg.order(Fault("sendMessage", kind, chat_id=rider.id))  # type: ignore[arg-type]
    rider.send_photo(jpeg())
    rider.send_location(*county.IN_A1)
    await rider.hears_filed()
    await officer.gets_alert()
    await town.calm()
    assert sum(rider.words("receipt-title", number="D-000001") in text for text in rider.said) == 1


@ON_SQLITE
@pytest.mark.parametrize("kind", LOSSES)
async def test_a_draft_is_shown_although_what_showed_it_was_lost(town: Town, kind: str) -> None:
    rider = town.rider()
    rider.send_text("/start")
    await rider.hears("ask-kind")
    town.tg.order(Fault("sendMessage", kind, chat_id=rider.id, retry_after=1))  # type: ignore[arg-type]
    rider.send_photo(jpeg())
    status = await rider.hears("draft-needs-place")
    town.tg.order(Fault("editMessageText", kind, chat_id=rider.id, retry_after=1))  # type: ignore[arg-type]
    rider.send_text("near the bank")
    await rider.until(lambda: "near the bank" in rider.current(status)["text"])
    rider.send_location(*county.IN_A1)
    await rider.hears_filed()
    await town.calm()
    assert rider.is_gone(status)
    assert sum(rider.words("draft-needs-place") in text for text in rider.said) == 0


@ON_SQLITE
@pytest.mark.parametrize("kind", LOSSES)
@pytest.mark.parametrize("seconds", [1, 3])
async def test_a_prompt_arrives_although_telegram_did_not_take_it_at_once(town: Town, kind: str, seconds: int) -> None:
    rider = town.rider()
    receipt = await filed(rider)
    town.tg.order(Fault("sendMessage", kind, chat_id=rider.id, retry_after=seconds))  # type: ignore[arg-type]
    rider.push(receipt, "button-add-words")
    prompt = await rider.hears("prompt-words", number="D-000001")
    assert rider.buttons(prompt) == [rider.button("button-cancel")]
    await rider.until(lambda: rider.toasts)
    rider.send_text("words")
    await rider.hears("words-added", number="D-000001")
    await town.calm()
    assert sum(rider.words("prompt-words", number="D-000001") in text for text in rider.said) == 1


@ON_SQLITE
async def test_pictures_that_went_out_do_not_come_again_with_the_rest(town: Town) -> None:
    rider = town.rider()
    await filed(rider)
    await town.calm()
    rider.tap(rider.button("key-my-reports"))
    page = await rider.hears("my-reports-title")
    town.tg.order(Fault("sendLocation", "flood_429", chat_id=rider.id, retry_after=3))
    rider.press(page["message_id"], "D-000001")
    await rider.hears("details-title", number="D-000001", status=f"🕓 {rider.button('status-open')}")
    await town.calm()
    assert [kind for m in rider.from_bot[-3:] for kind in ("photo", "location", "text") if kind in m] == [
        "photo",
        "location",
        "text",
    ]
    assert sum("photo" in m for m in rider.from_bot) == 1


@ON_SQLITE
async def test_what_nobody_waits_for_any_more_is_not_said(town: Town) -> None:
    rider = town.rider()
    receipt = await filed(rider)
    await town.calm()
    town.tg.order(Fault("sendMessage", "flood_429", chat_id=rider.id, retry_after=int(OF_USE.total_seconds())))
    rider.push(receipt, "button-add-words")
    await rider.until(lambda: rider.toasts)
    await town.tg.settled()
    town.clock.travel(OF_USE)
    await town.calm()
    assert not [text for text in rider.said if rider.words("prompt-words", number="D-000001") in text]


@ON_SQLITE
async def test_an_update_that_comes_again_shows_the_draft_that_was_never_shown(town: Town) -> None:
    rider = town.rider()
    rider.send_text("/start")
    await rider.hears("ask-kind")
    await town.calm()
    town.tg.order(Fault("sendMessage", "unauthorized_401", chat_id=rider.id))
    rider.tap(rider.button("key-report"))
    await town.calm()
    assert not [text for text in rider.said if rider.words("draft-needs-both") in text]
    await town.close()
    for _ in range(2):
        town.tg.redeliver(town.tg.last_update_id)
    await town.open()
    await rider.hears("draft-needs-both")
    await town.calm()
    assert sum(rider.words("draft-needs-both") in text for text in rider.said) == 1


async def test_updates_that_come_again_change_nothing(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    first = town.tg.last_update_id + 1
    receipt = await filed(rider)
    card = await officer.gets_alert()
    rider.push(receipt, "button-add-words")
    await rider.hears("prompt-words", number="D-000001")
    rider.send_text("words once")
    await rider.hears("words-added", number="D-000001")
    officer.push(card, "button-accept")
    await officer.sees_toast("toast-accepted")
    officer.press(card["message_id"], data="rs:1")
    await officer.hears("prompt-resolve", number="D-000001")
    officer.send_photo(jpeg("green"))
    officer.send_location(*county.IN_A1)
    await officer.hears("resolved-done", number="D-000001")
    await rider.hears("told-resolved", number="D-000001")
    await town.calm()
    tables = (Report, Event, Attachment)
    before = [await town.count(table) for table in tables], rider.said, officer.said
    await town.close()
    for update_id in range(town.tg.last_update_id, first - 1, -1):
        town.tg.redeliver(update_id)
    await town.open()
    await town.calm()
    assert ([await town.count(table) for table in tables], rider.said, officer.said) == before


@ON_SQLITE
async def test_a_press_whose_answer_was_lost_ends_its_waiting_when_it_comes_again(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    await filed(rider)
    card = await officer.gets_alert()
    town.tg.order(Fault("answerCallbackQuery", "drop"))
    officer.push(card, "button-accept")
    await rider.hears("told-accepted", number="D-000001", name="Li", role="officer")
    await town.calm()
    assert officer.toasts == []
    await town.close()
    town.tg.redeliver(town.tg.last_update_id)
    await town.open()
    await officer.until(lambda: officer.toasts)
    assert await town.count(Report) == 1


@ON_SQLITE
async def test_a_webhook_that_was_set_before_is_no_end_of_polling(town: Town) -> None:
    await town.close()
    url = f"{town.tg.url}/bot{town.tg.token}/setWebhook"
    async with ClientSession() as http, http.post(url, json={"url": "http://127.0.0.1:9/telegram"}) as answer:
        assert answer.status == 200
    await town.open()
    rider = town.rider()
    rider.send_text("/start")
    await rider.hears("ask-kind")


@ON_SQLITE
async def test_the_news_waits_while_telegram_is_away(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    card = await accepted(rider, officer)
    await town.calm()
    town.tg.order(Fault("sendMediaGroup", "drop_after", chat_id=rider.id))
    officer.push(officer.current(card), "button-resolve")
    await officer.hears("prompt-resolve", number="D-000001")
    officer.send_photo(jpeg("green"))
    officer.send_location(*county.IN_A1)
    await rider.hears("told-resolved", number="D-000001")
    await town.calm()
    assert sum(rider.words("told-resolved", number="D-000001") in text for text in rider.said) >= 1
