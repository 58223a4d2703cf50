"""Looking for a station: by the key, in words, from a place sent out of the blue, while riding."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.chats import Message
from services.places import catalogue
from storage.facilities import facilities, limits
from storage.kinds import Message as Said
from storage.kinds import OutboxState, ReporterKind
from storage.places_kinds import PlaceState, Voice
from storage.schema import Draft, LastPlace, LiveCard, OutboxMessage, Person, Report
from storage.store import mark_outbox
from tests import county, places_made
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.phone import Phone
from tests.pictures import jpeg

HERE = county.IN_A1
NEAR, NEXT, FAR = (25.4055, 114.365), (25.407, 114.365), (25.42, 114.365)
AT_SEA = (20.0, 125.0)


async def add(town: Town, number: int, at: tuple[float, float], *has: str, **said: Any) -> int:
    """A station."""
    fresh = {"confirmed_at": town.clock(), "confirmed_by": Voice.KEEPER}
    place: int = await town.store.write(places_made.add, number=number, at=at, has=has, **fresh | said)
    return place


async def three(town: Town) -> None:
    """One is near, one is next and always open, one is far."""
    await add(town, 1, NEAR, "water", "toilet", hours="00:00-24:00")
    await add(town, 2, NEXT, "charging", "toilet")
    await add(town, 3, FAR, "parking", "charging", spaces=10)


def name(phone: Phone, number: int) -> str:
    return {"en": f"Station {number}", "zh": f"{number}号驿站"}[phone.language]


def listed(phone: Phone, card: Message) -> list[int]:
    """The stations on a card, in their order."""
    text = phone.current(card)["text"]
    found = {number: text.find(name(phone, number)) for number in range(1, 10) if name(phone, number) in text}
    return sorted(found, key=lambda number: found[number])


async def asked(rider: Phone) -> Message:
    """The key was tapped; the bot asks where that is."""
    rider.send_text("/stations")
    return await rider.hears("stations-where", name=rider.button("key-send-place"))


async def looked(rider: Phone, at: tuple[float, float] = HERE) -> Message:
    """The card of what is near."""
    await asked(rider)
    rider.send_location(*at)
    return await rider.hears("around-found")


async def changes(rider: Phone, card: Message, shows: list[int]) -> None:
    """Wait until the card lists these."""
    await rider.until(lambda: listed(rider, card) == shows)


def ticked(rider: Phone, code: str) -> str:
    return f"{facilities()[code].icon} {facilities()[code].names[rider.language]}"


async def rows(town: Town, table: type) -> int:
    return await town.count(table)


@IN_BOTH_LANGUAGES
async def test_the_nearest_are_found_with_one_tap_and_opened_with_another(town: Town, language: str) -> None:
    await three(town)
    rider = town.rider(language=language)
    card = await looked(rider)
    assert listed(rider, card) == [1, 2, 3]
    assert rider.buttons(card)[:3] == ["1", "2", "3"]

    rider.press(card["message_id"], "2")
    shown = await rider.hears("place-always", after=card["message_id"])
    assert name(rider, 2) in shown["text"]
    assert rider.button("voice-keeper") in shown["text"]
    venue = rider._chat.messages[shown["message_id"] - 1]["venue"]
    assert (venue["title"], venue["address"]) == (name(rider, 2), "府前街2号")
    ways = ("button-amap", "button-baidu") if language == "zh" else ("button-navigate",)
    keys = ("button-check-in", "button-broken", *ways, "button-stations-again")
    assert [rider.button(key) for key in keys] == rider.buttons(shown)
    assert await rows(town, Draft) == 0, "this was no report"
    assert rider.button("key-stations") in [key for row in rider.keyboard or [] for key in row]


@IN_BOTH_LANGUAGES
async def test_filters_and_pages_change_the_card_in_place(town: Town, language: str) -> None:
    await three(town)
    for number in range(4, 8):
        await add(town, number, (25.43 + number / 1000, 114.365), "toilet")
    rider = town.rider(language=language)
    card = await looked(rider)
    assert listed(rider, card) == [1, 2, 3, 4, 5]
    rider.push(card, "button-older")
    await changes(rider, card, [6, 7])
    rider.push(card, "button-newer")
    await changes(rider, card, [1, 2, 3, 4, 5])
    rider.press(card["message_id"], ticked(rider, "charging"))
    await changes(rider, card, [2, 3])
    rider.press(card["message_id"], ticked(rider, "parking"))
    await changes(rider, card, [3])
    rider.press(card["message_id"], f"✓ {ticked(rider, 'charging')}")
    await rider.until(lambda: ticked(rider, "charging") in rider.buttons(card))
    assert listed(rider, card) == [3]
    rider.push(card, "button-stations-more")
    await rider.until(lambda: rider.words("stations-choose") in rider.current(card)["text"])
    rider.press(card["message_id"], f"✓ {ticked(rider, 'parking')}")
    await rider.until(lambda: ticked(rider, "parking") in rider.buttons(card))
    rider.press(card["message_id"], ticked(rider, "toilet"))
    await rider.until(lambda: f"✓ {ticked(rider, 'toilet')}" in rider.buttons(card))
    rider.push(card, "button-stations-show")
    await changes(rider, card, [1, 2, 4, 5, 6])
    assert len(rider.from_bot) == len({message["message_id"] for message in rider.from_bot})


@ON_SQLITE
async def test_the_last_place_is_used_for_ten_minutes_and_said_to_be(town: Town) -> None:
    await three(town)
    rider = town.rider()
    first = await looked(rider)
    town.clock.travel(limits().fresh - timedelta(seconds=30))
    rider.tap(rider.button("key-stations"))
    again = await rider.hears("around-found", after=first["message_id"])
    rider.push(again, "button-stations-elsewhere")
    where = await rider.hears("stations-where", name=rider.button("key-send-place"), after=again["message_id"])
    rider.send_location(*FAR)
    third = await rider.hears("around-found", after=where["message_id"])
    assert listed(rider, third)[0] == 3
    town.clock.travel(limits().fresh + timedelta(seconds=1))
    rider.tap(rider.button("key-stations"))
    await rider.hears("stations-where", name=rider.button("key-send-place"), after=third["message_id"])
    rider.press(third["message_id"], ticked(rider, "charging"))  # an old card goes on from where it was
    await changes(rider, third, [3, 2])


@IN_BOTH_LANGUAGES
async def test_where_none_is_open_the_next_best_are_shown_with_when_they_open(town: Town, language: str) -> None:
    def close(session: Session) -> None:
        for number in (1, 2):
            place = catalogue.lock(session, number)
            place.state, place.state_at, place.state_by = PlaceState.CLOSED, town.clock(), Voice.KEEPER
            place.state_until = town.clock() + timedelta(days=1) if number == 1 else None
            catalogue.touch(session, place)

    await add(town, 1, NEAR, "water")
    await add(town, 2, NEXT, "toilet")
    await town.store.write(close)
    rider = town.rider(language=language)
    await asked(rider)
    rider.send_location(*HERE)
    card = await rider.hears("around-closed")
    assert listed(rider, card) == [1, 2]
    assert card["text"].count("⛔") == 2
    assert rider.button("voice-keeper") in card["text"]
    rider.press(card["message_id"], ticked(rider, "charging"))
    await rider.until(lambda: rider.words("around-none") in rider.current(card)["text"])


@IN_BOTH_LANGUAGES
async def test_a_place_at_sea_or_none_at_all_gets_a_sentence(town: Town, language: str) -> None:
    await three(town)
    rider = town.rider(language=language)
    await asked(rider)
    rider.send_location(0.0, 0.0)
    bad = await rider.hears("error-bad-place")
    rider.send_location(*AT_SEA)
    far = await rider.hears("around-far", after=bad["message_id"])
    rider.send_location(*HERE)  # as the sentence says
    found = await rider.hears("around-found")
    assert listed(rider, found) == [1, 2, 3]
    rider.push(far, "button-stations-elsewhere")
    await rider.hears("stations-where", name=rider.button("key-send-place"), after=found["message_id"])
    assert await rows(town, Draft) == 0


@IN_BOTH_LANGUAGES
async def test_a_place_that_is_removed_while_somebody_looks_is_said_to_be_gone(town: Town, language: str) -> None:
    await three(town)
    rider = town.rider(language=language)
    card = await looked(rider)
    await town.store.write(places_made.remove, place_id=1)
    rider.press(card["message_id"], "1")
    toast = await rider.sees_toast("error-place-gone")
    assert toast["show_alert"]
    rider.press(card["message_id"], ticked(rider, "toilet"))
    await changes(rider, card, [2])


@IN_BOTH_LANGUAGES
@pytest.mark.parametrize("words", [{"en": "toilet near me", "zh": "附近哪里有厕所"}])
async def test_words_ask_too(town: Town, language: str, words: dict[str, str]) -> None:
    await three(town)
    rider = town.rider(language=language)
    rider.send_text(words[language])
    await rider.hears("stations-where", name=rider.button("key-send-place"))
    rider.send_text(words[language])  # once more: nothing is lost by it
    rider.send_location(*HERE)
    card = await rider.hears("around-found")
    assert listed(rider, card) == [1, 2]
    rider.send_text({"en": "charging", "zh": "充电"}[language])
    await rider.until(lambda: [listed(rider, one) for one in rider.from_bot][-1] == [2, 3])
    assert await rows(town, Draft) == 0


@IN_BOTH_LANGUAGES
async def test_a_hazard_stays_a_report(town: Town, language: str) -> None:
    await three(town)
    rider = town.rider(language=language)
    await looked(rider)
    rider.send_text({"en": "toilet blocked", "zh": "厕所堵了"}[language])
    await rider.hears("draft-needs-both")
    rider.send_text({"en": "toilet", "zh": "厕所"}[language])  # a draft is open: these words are part of it
    await rider.calm()
    assert (await town.store.read(lambda session: session.scalar(select(Draft.words)))).count("\n") == 1


@ON_SQLITE
async def test_what_follows_a_report_at_once_is_about_it(town: Town) -> None:
    rider = town.rider()
    rider.send_photo(jpeg())
    rider.send_location(*HERE)
    await rider.hears_filed()
    rider.send_text("parking")
    await rider.hears("draft-join", number="D-000001")


# -- a place out of the blue --


@IN_BOTH_LANGUAGES
async def test_a_place_out_of_the_blue_offers_both_and_leaves_no_draft_behind(town: Town, language: str) -> None:
    await three(town)
    rider = town.rider(language=language)
    rider.send_location(*HERE)
    status = await rider.hears("draft-what")
    both = [rider.button("button-report-here"), rider.button("button-stations-here")]
    assert rider.buttons(status)[:2] == both
    assert rider.words("draft-needs-photo") not in status["text"]
    rider.push(status, "button-stations-here")
    await changes(rider, status, [1, 2, 3])
    assert await rows(town, Draft) == 0
    rider.send_photo(jpeg())  # a new hazard has nothing to do with that place
    await rider.hears("draft-needs-place", after=status["message_id"])
    assert await rows(town, Report) == 0


@ON_SQLITE
async def test_once_it_is_answered_the_next_place_is_out_of_the_blue(town: Town) -> None:
    await three(town)
    rider = town.rider(language="en")
    card = await looked(rider)
    rider.send_location(*HERE)
    await rider.hears("draft-what", after=card["message_id"])


@IN_BOTH_LANGUAGES
async def test_a_place_out_of_the_blue_is_a_report_as_ever(town: Town, language: str) -> None:
    await three(town)
    rider = town.rider(language=language)
    rider.send_location(*HERE)
    status = await rider.hears("draft-what")
    assert rider.button("button-stations-here") in rider.buttons(status)
    rider.send_photo(jpeg())
    await rider.hears_filed()


@ON_SQLITE
async def test_a_draft_that_has_more_stays_when_stations_are_asked_for(town: Town) -> None:
    await three(town)
    rider = town.rider()
    rider.send_location(*HERE)
    status = await rider.hears("draft-what")
    rider.send_text("water on the road")
    await rider.until(lambda: "water on the road" in rider.current(status)["text"])
    assert rider.button("button-stations-here") not in rider.buttons(status)
    rider.press(status["message_id"], data="pfe")  # pressed before the words were there
    card = await rider.hears("around-found", after=status["message_id"])
    assert listed(rider, card) == [1, 2, 3]
    rider.send_photo(jpeg())
    await rider.hears_filed()


@IN_BOTH_LANGUAGES
async def test_report_here_says_what_is_missing(town: Town, language: str) -> None:
    await three(town)
    rider = town.rider(language=language)
    rider.send_location(*HERE)
    status = await rider.hears("draft-what")
    rider.push(status, "button-report-here")
    await rider.until(lambda: rider.words("draft-needs-photo") in rider.current(status)["text"])
    assert rider.button("button-no-photo") in rider.buttons(status)
    assert rider.button("button-stations-here") in rider.buttons(status)
    rider.send_photo(jpeg())
    await rider.hears_filed()


@ON_SQLITE
async def test_a_second_place_hours_later_is_asked_about_again_and_one_for_a_report_is_not(town: Town) -> None:
    await three(town)
    rider, reporter = town.rider(5001), town.rider(5002)
    rider.send_location(*HERE)
    status = await rider.hears("draft-what")
    town.clock.travel(timedelta(hours=2))
    rider.send_location(*NEXT)
    await rider.hears("draft-what", after=status["message_id"])
    reporter.send_text("/report")
    await reporter.hears("draft-needs-both")
    reporter.send_location(*HERE)
    await reporter.hears("draft-needs-photo")


# -- riding --


async def live(rider: Phone) -> tuple[Message, Message]:
    """A live location, and the card that follows it."""
    await asked(rider)
    location = rider.send_location(*HERE, live_period=900)
    card = await rider.hears("around-found")
    await rider.calm()
    return location, card


async def edit_waits(town: Town) -> None:
    """Until an edit of the card waits for its time."""
    is_it = OutboxMessage.message == Said.LIVE_PLACES, OutboxMessage.state == OutboxState.AVAILABLE
    waiting = select(OutboxMessage.id).where(*is_it)
    await town.store.until(lambda: town.store.read(lambda session: session.scalar(waiting)))


async def edit_is_due(town: Town) -> None:
    """Its time comes, and the relay looks."""
    town.clock.travel(limits().live_edit)
    await town.store.write(mark_outbox, due_at=town.clock())


def moved(rider: Phone, location: Message, to: tuple[float, float]) -> None:
    rider.move_live_location(location["message_id"], *to)


@IN_BOTH_LANGUAGES
async def test_the_card_follows_a_live_location(town: Town, language: str) -> None:
    await three(town)
    rider = town.rider(language=language)
    location, card = await live(rider)
    assert listed(rider, card) == [1, 2, 3]
    before = len(rider.from_bot)

    moved(rider, location, FAR)  # too soon, and he moves no more
    await edit_waits(town)
    assert listed(rider, card) == [1, 2, 3]
    await edit_is_due(town)
    await changes(rider, card, [3, 2, 1])
    rider.press(card["message_id"], ticked(rider, "toilet"))
    await changes(rider, card, [2, 1])
    town.clock.travel(limits().live_edit)
    moved(rider, location, HERE)
    await changes(rider, card, [1, 2])
    assert len(rider.from_bot) == before
    assert await rows(town, Draft) == 0


@ON_SQLITE
async def test_a_live_location_out_of_the_blue_is_followed_too(town: Town) -> None:
    await three(town)
    rider = town.rider()
    location = rider.send_location(*HERE, live_period=900)
    status = await rider.hears("draft-what")
    moved(rider, location, NEXT)  # nobody looks for a station yet
    rider.push(status, "button-stations-here")
    await changes(rider, status, [1, 2, 3])
    town.clock.travel(limits().live_edit)
    moved(rider, location, FAR)
    await changes(rider, status, [3, 2, 1])


@ON_SQLITE
async def test_a_newer_card_is_the_one_that_follows(town: Town) -> None:
    await three(town)
    rider = town.rider()
    location, card = await live(rider)
    rider.tap(rider.button("key-stations"))
    newer = await rider.hears("around-found", after=card["message_id"])
    await rider.calm()
    town.clock.travel(limits().live_edit)
    moved(rider, location, FAR)
    await changes(rider, newer, [3, 2, 1])
    assert listed(rider, card) == [1, 2, 3]


@ON_SQLITE
async def test_nothing_follows_once_it_has_ended_or_the_card_is_gone(town: Town) -> None:
    await three(town)
    rider = town.rider()
    location, card = await live(rider)
    rider.stop_live_location(location["message_id"])
    await rider.calm()
    assert await rows(town, LiveCard) == 0
    assert listed(rider, card) == [1, 2, 3]

    location, card = await live_again(rider, town)
    rider._world.delete_message(rider._chat, card["message_id"])
    said = len(rider.from_bot)
    for _ in range(2):
        town.clock.travel(limits().live_edit)
        moved(rider, location, FAR)
        await rider.calm()
    assert len(rider.from_bot) == said, "a card that was deleted does not come back"
    assert await rows(town, LiveCard) == 0


async def live_again(rider: Phone, town: Town) -> tuple[Message, Message]:
    town.clock.travel(limits().fresh + timedelta(minutes=1))
    last = rider.last
    rider.tap(rider.button("key-stations"))
    await rider.hears("stations-where", name=rider.button("key-send-place"), after=last)
    location = rider.send_location(*HERE, live_period=900)
    card = await rider.hears("around-found", after=last)
    await rider.calm()
    return location, card


@ON_SQLITE
async def test_an_edit_that_comes_again_moves_nothing_twice(town: Town) -> None:
    await three(town)
    rider = town.rider()
    location, card = await live(rider)
    town.clock.travel(limits().live_edit)
    moved(rider, location, FAR)
    await changes(rider, card, [3, 2, 1])
    last = rider._world.updates.last_id
    moved(rider, location, NEXT)
    await edit_waits(town)
    await edit_is_due(town)
    await changes(rider, card, [2, 1, 3])
    town.clock.travel(limits().live_edit)
    rider._world.updates.redeliver(last)
    await rider.calm()
    assert await town.store.read(_where) == NEXT
    assert listed(rider, card) == [2, 1, 3]


@ON_SQLITE
async def test_other_edits_change_nothing(town: Town) -> None:
    rider = town.rider()
    said = rider.send_text("water on the road")
    await rider.hears("draft-needs-both")
    before = rider.said
    edited = {**rider.current(said), "text": "fire", "edit_date": said["date"] + 1}
    rider._world.updates.add("edited_message", rider.id, edited)
    await rider.calm()
    assert rider.said == before
    assert await town.store.read(lambda session: session.scalar(select(Draft.words))) == "water on the road"


def _where(session: Session) -> tuple[float, float]:
    last = session.scalars(select(LastPlace)).one()
    return last.latitude, last.longitude


# -- many --


async def test_three_hundred_ask_at_once(town: Town) -> None:
    for number in range(1, 10):
        await add(town, number, (25.4 + number / 1000, 114.365), "toilet")
    riders = [town.person(7000 + number, "en" if number % 2 else "zh") for number in range(300)]
    for rider in riders:
        rider.send_text("/stations")
    await asyncio.gather(*(rider.hears("stations-where", name=rider.button("key-send-place")) for rider in riders))
    for number, rider in enumerate(riders):
        rider.send_location(25.4 + number / 30_000, 114.365)
    cards = await asyncio.gather(*(rider.hears("around-found") for rider in riders))
    for number, (rider, card) in enumerate(zip(riders, cards, strict=True)):
        apart = [abs(one / 1000 - number / 30_000) for one in range(1, 10)]
        assert apart[listed(rider, card)[0] - 1] == pytest.approx(min(apart))
    assert await rows(town, LastPlace) == 300


@ON_SQLITE
async def test_a_rider_reads_how_long_he_rides(town: Town) -> None:
    await add(town, 1, FAR)
    rider = town.rider()
    card = await looked(rider)
    assert "🚶" in card["text"]

    def ride(session: Session) -> None:
        session.scalars(select(Person).where(Person.telegram_id == rider.id)).one().kind = ReporterKind.RIDER

    await town.store.write(ride)
    rider.press(card["message_id"], ticked(rider, "water"))
    rider.tap(rider.button("key-stations"))
    assert "🛵" in (await rider.hears("around-found", after=card["message_id"]))["text"]
