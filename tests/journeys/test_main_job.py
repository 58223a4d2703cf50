"""From a rider's photo to the officer's phone, and back: by polling and by webhook, in both languages, both stores."""

import json
import socket

import pytest

from bot.settings import Settings
from sandbox.chats import Message
from tests import county
from tests.journeys.conftest import Town
from tests.journeys.phone import Phone
from tests.pictures import jpeg

WAYS = [("sqlite", "en", False), ("sqlite", "zh", True), ("postgres", "zh", False), ("postgres", "en", True)]
LEAK = {"en": "Water leak", "zh": "\u6c34\u7ba1\u6f0f\u6c34"}


@pytest.fixture
def settings(settings: Settings, by_webhook: bool) -> Settings:
    """With or without a webhook."""
    if by_webhook:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            place = f"127.0.0.1:{taken.getsockname()[1]}"
        settings.webhook_listen, settings.webhook_url = place, f"http://{place}"
    return settings


@pytest.mark.parametrize(("database_url", "language", "by_webhook"), WAYS, indirect=["database_url"])
async def test_a_photo_and_a_place_reach_the_officer_who_fixes_it(town: Town, language: str) -> None:
    officer = await town.officer(7001, language=language)
    rider = town.rider(language=language)
    rider.send_text("/start")
    await rider.hears("ask-kind")

    rider.send_photo(jpeg("red"), caption="water leak at the gate")
    status = await rider.hears("draft-needs-place")
    rider.send_location(*county.IN_A1)
    receipt = await rider.hears_filed(1)
    assert LEAK[language] in receipt["text"]
    assert "A-01" in receipt["text"]
    assert rider.is_gone(status)

    card = await officer.gets_alert(1)
    assert kinds(officer.from_bot[-3:]) == ["photo", "location", "text"]
    assert "water leak at the gate" in card["text"]

    officer.push(card, "button-accept")
    await officer.sees_toast("toast-accepted")
    await rider.hears("told-accepted", number="D-000001", name="Li", role="officer")
    await rider.until(lambda: rider.buttons(receipt) == [rider.button("button-add-words")])
    officer.push(card, "button-resolve")
    await officer.hears("prompt-resolve", number="D-000001")
    officer.send_photo(jpeg("green"), caption="pipe replaced")
    officer.send_location(*county.IN_A1)
    await officer.hears("resolved-done", number="D-000001")
    done = await rider.hears("told-resolved", number="D-000001")
    assert "pipe replaced" in done["text"]
    assert len([m for m in rider.from_bot if "media_group_id" in m]) == 2
    await officer.until(lambda: officer.buttons(card) == [])
    await town.calm()
    assert rider.words("next-resolved") in rider.current(receipt)["text"]
    assert "Wang" not in overheard(officer)


def kinds(messages: list[Message]) -> list[str]:
    """What each message is."""
    return [next(kind for kind in ("photo", "location", "text") if kind in message) for message in messages]


def overheard(phone: Phone) -> str:
    """Everything that the bot said there."""
    return json.dumps(phone.from_bot, ensure_ascii=False)
