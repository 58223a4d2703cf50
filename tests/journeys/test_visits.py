"""A visitor scans the code of a place: checks in, is asked once, and what is broken becomes a report."""

from datetime import timedelta

from alerts.clock import JOBS, run_once
from sandbox.chats import Message
from services.places import left_faults, visits
from storage.records import number
from storage.schema import Attachment, PlaceVisit, Report
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.phone import Phone
from tests.journeys.test_keepers import NAMES, PARTS, opened_station
from tests.pictures import jpeg
from tests.services.stations import remove_place


async def arrived(town: Town, person: int = 5001, language: str = "en") -> tuple[Phone, Message]:
    """Somebody who has scanned the code, and the card that he gets."""
    one = town.person(person, language, name="Visitor")
    one.send_text("/start p_1")
    return one, await one.wait_for(NAMES[language])


@IN_BOTH_LANGUAGES
async def test_a_check_in_is_counted_asked_about_and_forgotten(town: Town, language: str) -> None:
    await opened_station(town, language)
    visitor, card = await arrived(town, language=language)
    visitor.push(card, "button-check-in")
    await visitor.sees_toast("toast-checked-in")
    await visitor.until(lambda: visitor.button("button-check-in") not in visitor.buttons(card))
    after = visitor.last
    visitor.send_text("/start p_1")
    again = await visitor.wait_for(NAMES[language], after=after)
    visitor.push(again, "button-check-in")
    await visitor.sees_toast("toast-checked-in-before")
    assert await town.count(PlaceVisit) == 1
    town.clock.travel(timedelta(minutes=20))
    await town.store.write(visits.ask, now=town.clock())
    asked = await visitor.hears("told-still-right")
    visitor.push(asked, "button-still-right")
    await visitor.until(lambda: visitor.words("answered-right") in visitor.current(asked)["text"])
    await visitor.hears("points-reason-place")
    await visitor.hears("points-balance", points=1)
    visitor.press(asked["message_id"], data="pvy:1")
    await visitor.sees_toast("error-visit-answered")
    town.clock.travel(timedelta(days=1))
    await town.store.write(visits.forget, now=town.clock())
    assert await town.count(PlaceVisit) == 0
    visitor.press(asked["message_id"], data="pvw:1")
    await visitor.sees_toast("error-visit-over")


@IN_BOTH_LANGUAGES
async def test_what_is_broken_reaches_the_officer_and_the_keeper_and_others_follow(town: Town, language: str) -> None:
    _, boss = await opened_station(town, language)
    officer, name = await town.officer(7001, language=language), PARTS[language]["charging"]
    visitor, card = await arrived(town, language=language)
    visitor.push(card, "button-broken")
    await visitor.until(lambda: f"🔌 {name}" in visitor.buttons(card))
    visitor.press(card["message_id"], f"🔌 {name}")
    await visitor.hears("ask-fault-photo", facility=name)
    visitor.send_document(b"no picture", filename="broken.jpg")
    await visitor.hears("fault-no-picture", facility=name)
    visitor.send_text("No light on it")
    await visitor.hears("fault-words-kept", facility=name)
    visitor.send_photo(jpeg("red"))
    await visitor.hears("fault-filed", facility=name, number=number(1))
    await visitor.hears_filed(1)
    alert = await officer.gets_alert(1)
    assert "No light on it" in alert["text"]
    assert NAMES[language] in alert["text"]
    told = await boss.hears("told-place-fault", facility=name, number=number(1))

    other, theirs = await arrived(town, 5002, language)
    assert number(1) in theirs["text"]
    other.push(theirs, "button-broken")
    await other.until(lambda: f"❌ {name}" in other.buttons(theirs))
    other.press(theirs["message_id"], f"❌ {name}")
    await other.until(lambda: other.button("button-me-too") in other.buttons(theirs))
    other.push(other.current(theirs), "button-me-too")
    await other.until(lambda: number(1) in other.current(theirs)["text"])
    await other.hears("toast-again-too", number=number(1))
    boss.push(told, "button-works-again")
    await boss.until(lambda: "❌" not in boss.current(told)["text"] and number(1) not in boss.current(told)["text"])


@ON_SQLITE
async def test_who_leaves_at_the_question_has_reported_it_and_the_photo_may_come_late(town: Town) -> None:
    await opened_station(town)
    job = next(job for job in JOBS if job.unit is left_faults.file)
    visitor, card = await arrived(town)
    visitor.press(card["message_id"], data="pvb:1:charging")
    await visitor.hears("fault-files-itself", minutes=10)
    visitor.send_text("No light on it")
    await visitor.hears("fault-words-kept", facility="Charging")
    town.clock.travel(timedelta(minutes=9))
    await run_once(job, store=town.store, clock=town.clock)
    assert await town.count(Report) == 0
    town.clock.travel(timedelta(minutes=1))
    for _ in range(2):  # once is enough
        await run_once(job, store=town.store, clock=town.clock)
    receipt = await visitor.hears_filed(1)
    assert "No light on it" in receipt["text"]
    visitor.send_photo(jpeg("red"))
    await visitor.hears("fault-followed", facility="Charging", number=number(1))
    assert (await town.count(Report), await town.count(Attachment)) == (1, 1)


@ON_SQLITE
async def test_what_is_not_right_can_be_reported_at_once_or_taken_back(town: Town) -> None:
    await opened_station(town)
    visitor, card = await arrived(town)
    visitor.push(card, "button-check-in")
    await visitor.sees_toast("toast-checked-in")
    town.clock.travel(timedelta(minutes=20))
    await town.store.write(visits.ask, now=town.clock())
    asked = await visitor.hears("told-still-right")

    async def pushes(key: str) -> None:
        await visitor.until(lambda: visitor.button(key) in visitor.buttons(asked))
        visitor.push(visitor.current(asked), key)

    await pushes("button-not-right")
    await pushes("button-back")
    await visitor.until(lambda: visitor.button("button-still-right") in visitor.buttons(asked))
    await pushes("button-not-right")
    await pushes("button-wrong-broken")
    await visitor.until(lambda: "🔌 Charging" in visitor.buttons(asked))
    visitor.press(asked["message_id"], "🔌 Charging")
    await visitor.hears("ask-fault-photo", facility="Charging")
    assert visitor.words("answered-wrong") in visitor.current(asked)["text"]
    visitor.send_photo(jpeg("red"))
    await visitor.hears("fault-filed", facility="Charging", number=number(1))
    await visitor.hears_filed(1)


@ON_SQLITE
async def test_without_a_photo_and_what_is_no_photo(town: Town) -> None:
    place, _ = await opened_station(town)
    visitor, card = await arrived(town)
    visitor.press(card["message_id"], data="pvb:1:water")
    asked = await visitor.hears("ask-fault-photo", facility="Water")
    assert asked["message_id"] == card["message_id"], "one message, edited"
    visitor.push(asked, "button-no-photo")
    await visitor.until(lambda: visitor.words("fault-filed", facility="Water", number=number(1)) in visitor.said)
    assert visitor.words("fault-filed", facility="Water", number=number(1)) in visitor.current(card)["text"]
    visitor.push(visitor.current(card), "button-back")
    await visitor.until(lambda: visitor.button("button-broken") in visitor.buttons(card))
    visitor.press(card["message_id"], data="pvb:1:toilet")
    await visitor.sees_toast("error-no-such-facility")
    visitor.press(card["message_id"], data="pvb:1:charging")
    await visitor.hears("ask-fault-photo", facility="Charging")
    await town.store.write(remove_place, place_id=place, now=town.clock())
    after = visitor.last
    visitor.send_photo(jpeg("red"))
    await visitor.hears("error-place-gone", after=after)
    after = visitor.last
    for link in ("p_1", "p_999", "p_nonsense"):
        visitor.send_text(f"/start {link}")
        message = await visitor.hears("error-place-gone", after=after)
        assert visitor.buttons(message) == [visitor.button("button-stations-again")]
        after = message["message_id"]
