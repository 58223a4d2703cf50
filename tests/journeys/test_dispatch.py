"""Whom an alert reaches, how it looks and sounds, who wins, and where it goes when it is somebody else's matter."""

from datetime import time
from urllib.parse import parse_qs, urlparse

import pytest

from sandbox.chats import Message
from storage.kinds import EventKind
from storage.schema import Event
from tests import county
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.filing import accepted, filed
from tests.journeys.phone import Phone
from tests.pictures import jpeg

pytestmark = ON_SQLITE

REASONS = ("grid", "duty", "away", "other")


def address(card: Message) -> str:
    """Where the button under the card leads that opens an address."""
    buttons = [button for row in card["reply_markup"]["inline_keyboard"] for button in row]
    return str(next(button["url"] for button in buttons if "url" in button))


async def pass_on(officer: Phone, card: Message, why: str, *, is_last: bool = False) -> None:
    """«Not mine», for this reason; the last officer in line is told where it goes."""
    officer.push(officer.current(card), "button-not-mine")
    await officer.until(lambda: officer.button(f"why-decline-{why}") in officer.buttons(card))
    assert (officer.words("decline-to-desk") in officer.current(card)["text"]) is is_last
    officer.push(officer.current(card), f"why-decline-{why}")


@IN_BOTH_LANGUAGES
async def test_the_alert_has_photos_a_pin_and_a_card_with_the_way(town: Town, language: str) -> None:
    officer = await town.officer(7001, language=language)
    rider = town.rider()
    rider.send_album([jpeg("red"), jpeg("green")], caption="open manhole")
    rider.send_location(*county.IN_A1)
    card = await officer.gets_alert(urgent=True)
    two, pin = officer.from_bot[-4:-2], officer.from_bot[-2]
    assert all("photo" in m for m in two)
    assert two[0]["media_group_id"] == two[1]["media_group_id"]
    assert (pin["location"]["latitude"], pin["location"]["longitude"]) == county.IN_A1
    for part in ("A-01", "open manhole"):
        assert part in card["text"]
    names = [officer.button(f"button-{key}") for key in ("accept", "not-mine", "navigate", "merge")]
    assert officer.buttons(card) == names
    found = urlparse(address(card))
    if language == "zh":
        longitude, latitude = map(float, parse_qs(found.query)["to"][0].split(",")[:2])
        assert found.netloc == "uri.amap.com"
        assert 0.001 < abs(latitude - county.IN_A1[0]) < 0.01, "shifted to GCJ-02"
        assert 0.001 < abs(longitude - county.IN_A1[1]) < 0.01
    else:
        assert "to=25.405" in found.query


@pytest.mark.parametrize(
    ("clock", "words", "rings"), [((23, 0), "leak", False), ((23, 0), "fire", True), ((12, 0), "leak", True)]
)
async def test_at_night_only_what_is_urgent_rings(town: Town, clock: tuple[int, int], words: str, rings: bool) -> None:
    town.clock.go_to(time(*clock), town.settings)
    officer = await town.officer(7001)
    rider = town.rider()
    await filed(rider, words=words)
    await officer.gets_alert(urgent=words == "fire")
    sends = ("sendPhoto", "sendLocation", "sendMessage")
    calls = [c for name in sends for c in town.tg.calls_to(name) if c.params["chat_id"] == officer.id]
    photo, pin, card = calls[0], calls[1], calls[-1]
    assert bool(photo.params.get("disable_notification")) is not rings
    assert pin.params["disable_notification"], "only the first message of an alert makes a sound"
    assert card.params["disable_notification"]


@IN_BOTH_LANGUAGES
async def test_who_is_off_duty_is_not_asked(town: Town, language: str) -> None:
    primary = await town.officer(7001, language=language)
    deputy = await town.officer(7002, is_primary=False)
    primary.tap(primary.button("key-duty"))
    shown = await primary.hears("duty-on")
    primary.push(shown, "button-go-off")
    await primary.sees_toast("toast-off-duty")
    assert primary.words("duty-off") in primary.current(shown)["text"]
    rider = town.rider()
    await filed(rider, 1)
    await deputy.gets_alert(1)
    primary.push(primary.current(shown), "button-go-on")
    await primary.sees_toast("toast-on-duty")
    await filed(rider, 2)
    await primary.gets_alert(2)
    await town.calm()
    assert "D-000001" not in primary.transcript()
    assert "D-000002" not in deputy.transcript()


async def test_the_first_to_accept_has_it_and_the_others_see_who(town: Town) -> None:
    first, second = await town.officer(7001), await town.officer(7002, name="Chen")
    rider = town.rider()
    await filed(rider)
    mine, theirs = await first.gets_alert(), await second.gets_alert()
    first.push(mine, "button-accept")
    await first.sees_toast("toast-accepted")
    await second.until(lambda: second.words("case-taken", name="Li", role="officer") in second.current(theirs)["text"])
    assert second.buttons(theirs) == []
    second.press(theirs["message_id"], data="ac:1")
    await second.sees_toast("error-already-accepted", name="Li", role="officer")
    first.press(mine["message_id"], data="ac:1")
    await first.sees_toast("error-already-yours")
    await town.calm()
    assert sum("has accepted it" in text for text in rider.said) == 1


@pytest.mark.parametrize("why", REASONS)
async def test_not_mine_passes_it_on(town: Town, why: str) -> None:
    primary = await town.officer(7001)
    deputy = await town.officer(7002, is_primary=False, name="Chen")
    rider = town.rider()
    await filed(rider)
    card = await primary.gets_alert()
    primary.push(card, "button-not-mine")
    await primary.hears("ask-why-decline", number="D-000001")
    primary.push(primary.current(card), "button-back")
    await primary.until(lambda: primary.button("button-accept") in primary.buttons(card))
    await pass_on(primary, card, why)
    await primary.sees_toast("toast-declined")
    assert primary.words("case-passed-on") in primary.current(card)["text"]
    next_card = await deputy.gets_alert()
    deputy.push(next_card, "button-accept")
    await rider.hears("told-accepted", number="D-000001", name="Chen", role="officer")


async def test_it_climbs_to_the_desk_and_no_further(town: Town) -> None:
    chain = [
        await town.officer(7001),
        await town.officer(7002, is_primary=False),
        await town.officer(7003, grid="A-02"),
    ]
    desk = await town.desk()
    rider = town.rider()
    receipt = await filed(rider)
    for officer in chain:
        card = await officer.gets_alert()
        await pass_on(officer, card, "away", is_last=officer is chain[-1])
    card = await desk.gets_alert()
    desk.push(card, "button-not-mine")  # told before any reason is asked for
    await desk.sees_toast("error-last-in-line")
    with_whom = rider.words("next-open-with", level=rider.words("level-desk"))
    await rider.until(lambda: with_whom in rider.current(receipt)["text"])
    rider.press(receipt["message_id"], data="sr:1")
    told = (await rider.hears("details-title", number="D-000001", status="🕓 " + rider.words("status-open")))["text"]
    assert told.count(rider.words("event-declined")) == 3
    for level in ("primary", "deputy", "community", "desk"):
        assert rider.words(f"event-routed-{level}") in told
    routed = [one for one in await town.store.read(events) if one.kind is EventKind.ROUTED]
    assert [one.facts["level"] for one in routed if one.facts] == ["primary", "deputy", "community", "desk"]


async def test_not_mine_after_all(town: Town) -> None:
    primary = await town.officer(7001)
    deputy = await town.officer(7002, is_primary=False, name="Chen")
    rider = town.rider()
    card = await accepted(rider, primary)
    primary.push(primary.current(card), "button-more")
    await primary.until(lambda: primary.button("button-not-mine") in primary.buttons(card))
    await pass_on(primary, card, "duty")
    deputy.push(await deputy.gets_alert(), "button-accept")
    await rider.hears("told-accepted", number="D-000001", name="Chen", role="officer")
    primary.press(card["message_id"], data="rs:1")
    await primary.sees_toast("error-has-another", name="Chen", role="officer")


def events(session: object) -> list[Event]:
    from sqlalchemy import select
    from sqlalchemy.orm import Session

    assert isinstance(session, Session)
    return list(session.scalars(select(Event).order_by(Event.id)))
