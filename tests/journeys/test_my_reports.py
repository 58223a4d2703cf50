"""My reports: newest first, paged, with photos and timeline behind a tap."""

from services.reports import PAGE
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.filing import filed
from tests.pictures import jpeg

pytestmark = ON_SQLITE


@IN_BOTH_LANGUAGES
async def test_they_are_paged_newest_first(town: Town, language: str) -> None:
    rider = town.rider(language=language)
    rider.send_text("/reports")
    await rider.hears("my-reports-none")
    for number in range(1, PAGE + 3):
        await filed(rider, number)
    rider.send_text("/reports")
    page = await rider.hears("my-reports-title")
    names = [f"🕓 D-{number:06d} 💧" for number in range(PAGE + 2, 0, -1)]
    assert rider.buttons(page) == [*names[:PAGE], rider.button("button-older")]
    rider.push(page, "button-older")
    await rider.until(lambda: rider.buttons(page) == [*names[PAGE:], rider.button("button-newer")])
    rider.push(rider.current(page), "button-newer")
    await rider.until(lambda: rider.buttons(page) == [*names[:PAGE], rider.button("button-older")])
    rider.press(page["message_id"], data="mr:99")
    await rider.until(lambda: names[-1] in rider.buttons(page))


@IN_BOTH_LANGUAGES
async def test_a_tap_shows_photos_timeline_and_what_happens_next(town: Town, language: str) -> None:
    officer = await town.officer(7001)
    rider = town.rider(language=language)
    rider.send_album([jpeg("blue"), jpeg("green")], caption="leak")
    receipt = await filed(rider, words=None)
    card = await officer.gets_alert()
    officer.push(card, "button-accept")
    await rider.hears("told-accepted", number="D-000001", name="Li", role="officer")
    await rider.until(lambda: rider.buttons(receipt) == [rider.button("button-add-words")])
    rider.send_text("/reports")
    page = await rider.hears("my-reports-title")
    assert rider.words("status-accepted") in page["text"]
    after = rider.last
    rider.press(page["message_id"], "D-000001")
    shown = await rider.wait_for(lambda m: rider.words("status-accepted") in str(m.get("text")), after=after)
    for key in ("event-filed", "event-routed-primary", "event-accepted"):
        assert rider.words(key, role="officer") in shown["text"]
    assert rider.words("next-accepted", name="Li", role="officer") in shown["text"]
    assert sum("photo" in m for m in rider.from_bot if m["message_id"] > after) == 3
    assert rider.buttons(shown) == [rider.button("button-add-words")]
