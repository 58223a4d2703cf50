"""A report from parts in any order: photo, place, words, no photo; by the button; places of all kinds."""

import pytest

from storage.schema import Draft, Report
from tests import county
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.phone import Phone
from tests.pictures import jpeg

pytestmark = ON_SQLITE


@IN_BOTH_LANGUAGES
async def test_by_the_button_place_first_then_words_then_photo(town: Town, language: str) -> None:
    rider = town.rider(language=language)
    rider.send_text("/start")
    await rider.until(lambda: rider.keyboard)
    rider.tap(rider.button("key-report"))
    status = await rider.hears("draft-needs-both")
    rider.send_location(*county.IN_A2)
    await rider.hears("draft-needs-photo")
    rider.send_text("a tree lies across <b>the road</b> & the \u202egate")
    await rider.wait_for("a tree lies across <b>the road</b> & the gate")
    assert [m["message_id"] for m in rider.from_bot][-1] == status["message_id"], "one status message, edited"
    rider.send_photo(jpeg())
    receipt = await rider.hears_filed()
    assert "A-02" in receipt["text"]
    assert "a tree lies across <b>the road</b> & the gate" in receipt["text"]
    await town.calm()
    assert rider.is_gone(status)
    assert rider.words("next-open-with", level=rider.words("level-desk")) in receipt["text"], (
        "nobody has joined: nothing is promised of an officer"
    )


async def test_the_button_again_brings_the_draft_to_the_end_of_the_chat(town: Town) -> None:
    rider = town.rider()
    rider.send_text("/report")
    first = await rider.hears("draft-needs-both")
    rider.send_photo(jpeg())
    await rider.hears("draft-needs-place")
    rider.send_text("/help")
    await rider.hears("help-reporter")
    rider.send_text("/report")
    second = await rider.hears("draft-needs-place", after=rider.last)
    await rider.until(lambda: rider.is_gone(first))
    rider.send_text("by the bridge")
    await rider.until(lambda: "by the bridge" in rider.current(second)["text"])


async def test_without_a_photo_it_takes_a_tap_or_two(town: Town) -> None:
    rider, hasty = town.rider(5001), town.rider(5002)
    rider.send_location(*county.IN_A1)
    status = await rider.hears("draft-what")
    rider.push(status, "button-report-here")
    await rider.until(lambda: rider.words("draft-needs-photo") in rider.current(status)["text"])
    rider.push(status, "button-no-photo")
    await rider.hears_filed(1)
    hasty.send_text("a hole in the road")
    status = await hasty.hears("draft-needs-both")
    hasty.push(status, "button-no-photo")
    await hasty.until(lambda: hasty.words("draft-without-photo") in hasty.current(status)["text"])
    assert hasty.words("draft-needs-place") in hasty.current(status)["text"]
    hasty.send_location(*county.IN_B1)
    await hasty.hears_filed(2)


@pytest.mark.parametrize("kind", ["venue", "live"])
async def test_venues_and_live_locations_are_places(town: Town, kind: str) -> None:
    officer = await town.officer(7001)
    rider = town.rider()
    rider.send_photo(jpeg())
    await rider.hears("draft-needs-place")
    if kind == "venue":
        rider.send_venue(*county.IN_A1, "Noodles & <More>", "1 Main Street")
    else:
        rider.send_location(*county.IN_A1, live_period=900)
    await rider.hears_filed()
    card = await officer.gets_alert()
    if kind == "venue":
        assert "Noodles & <More>, 1 Main Street" in card["text"]


@IN_BOTH_LANGUAGES
async def test_a_place_outside_the_county_is_refused_and_then_corrected(town: Town, language: str) -> None:
    rider = town.rider(language=language)
    rider.send_photo(jpeg(), caption="leak")
    status = await rider.hears("draft-needs-place")
    rider.send_location(*county.OUTSIDE)
    await rider.hears("draft-place-outside")
    assert rider.words("draft-has-photo", count=1) in rider.current(status)["text"]
    rider.send_location(0.0, 0.0)
    await rider.hears("error-bad-place")
    assert await town.count(Report) == 0
    rider.send_location(*county.IN_A1)
    await rider.hears_filed()


async def test_a_place_in_no_grid_goes_to_the_county_desk(town: Town) -> None:
    officer, desk = await town.officer(7001), await town.desk()
    rider = town.rider()
    rider.send_photo(jpeg())
    rider.send_location(*county.IN_GAP)
    receipt = await rider.hears_filed()
    assert rider.words("line-no-grid") in receipt["text"]
    assert rider.words("next-open-with", level=rider.words("level-desk")) in receipt["text"]
    await desk.gets_alert()
    await town.calm()
    assert officer.words("case-title", number="D-000001") not in officer.transcript()


async def test_a_place_on_a_border_goes_to_the_lower_code(town: Town) -> None:
    first, second = await town.officer(7001, grid="A-01"), await town.officer(7002, grid="A-02")
    rider = town.rider()
    rider.send_location(*county.ON_BORDER_A1_A2)
    rider.send_photo(jpeg())
    await first.gets_alert()
    await town.calm()
    assert "D-000001" not in second.transcript()


async def test_start_over_throws_the_draft_away(town: Town) -> None:
    rider = town.rider()
    rider.send_photo(jpeg())
    status = await rider.hears("draft-needs-place")
    rider.push(status, "button-start-over")
    await rider.hears("draft-thrown-away")
    assert await town.count(Draft) == 0
    assert rider.buttons(status) == []
    rider.send_location(*county.IN_A1)
    await rider.hears("draft-what")
    await town.calm()
    assert await town.count(Report) == 0


async def test_a_draft_survives_a_restart_between_any_two_parts(town: Town) -> None:
    rider = town.rider()
    rider.send_photo(jpeg())
    await rider.hears("draft-needs-place")
    await town.close()
    rider.send_text("at the market")  # while nobody is there
    await town.open()
    await rider.wait_for("at the market")
    await town.close()
    await town.open()
    rider.send_location(*county.IN_A1)
    assert "at the market" in (await rider.hears_filed())["text"]


async def test_words_of_all_kinds_are_kept_as_they_read(town: Town) -> None:
    officer = await town.officer(7001)
    rider = town.rider()
    long = "x" * 3000 + " <i>end</i>"
    rider.send_text("\u200b\u2060")
    await rider.hears("error-no-words")
    rider.send_text(long)
    await rider.hears("draft-needs-both")
    rider.send_text("\u0645\u0631\u062d\u0628\u0627 \u202eabc\u0007 \U0001f469\u200d\U0001f692")
    await rider.wait_for(lambda m: "x" * 150 in str(m.get("text")))
    rider.send_location(*county.IN_A1)
    rider.send_photo(jpeg())
    await rider.hears_filed()
    card = await officer.gets_alert()
    assert "x" * 1900 in card["text"]
    assert len(card["text"]) <= 4096
    assert "\u202e" not in card["text"]


async def test_names_that_look_like_markup_stay_names(town: Town) -> None:
    officer = await town.officer(7001)
    officer.change(first_name="<b>Li</b> & \u202eSons")
    rider = town.rider(name="<i>Wang & Co</i>")
    rider.send_text("/start")
    await rider.wait_for("Hello <i>Wang & Co</i>.")
    await report(rider)
    officer.push(await officer.gets_alert(), "button-accept")
    await rider.wait_for("officer <b>Li</b> & Sons has accepted it")


async def report(rider: Phone) -> None:
    """The shortest way to a report."""
    rider.send_photo(jpeg())
    rider.send_location(*county.IN_A1)
    await rider.hears_filed()
