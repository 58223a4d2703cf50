"""The receipt's buttons: before an officer accepts, and after; and that other people's are not for pressing."""

import pytest

from services import briefs
from storage.categories import category
from storage.kinds import Status
from tests import county
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.filing import accepted, filed
from tests.journeys.phone import Phone

pytestmark = ON_SQLITE

FOUR = ("button-add-words", "button-change-category", "button-change-place", "button-withdraw")


def all_four(rider: Phone) -> list[str]:
    return [rider.button(key) for key in FOUR]


@IN_BOTH_LANGUAGES
async def test_words_are_added(town: Town, language: str) -> None:
    officer = await town.officer(7001, language=language)
    rider = town.rider(language=language)
    receipt = await filed(rider)
    assert rider.buttons(receipt) == all_four(rider)
    card = await officer.gets_alert()
    rider.push(receipt, "button-add-words")
    await rider.hears("prompt-words", number="D-000001")
    rider.send_text("behind the <school> & bank")
    await rider.hears("words-added", number="D-000001")
    told = await officer.hears("told-words", number="D-000001")
    assert "behind the <school> & bank" in told["text"]
    for phone, message in ((rider, receipt), (officer, card)):
        await phone.until(lambda p=phone, m=message: "behind the <school> & bank" in p.current(m)["text"])


@IN_BOTH_LANGUAGES
async def test_the_category_is_changed_with_one_tap(town: Town, language: str) -> None:
    officer = await town.officer(7001, language=language)
    rider = town.rider(language=language)
    receipt = await filed(rider)
    card = await officer.gets_alert()
    rider.push(receipt, "button-change-category")
    await rider.until(lambda: rider.words("choose-category", number="D-000001") in rider.current(receipt)["text"])
    rider.push(rider.current(receipt), "button-back")
    await rider.until(lambda: rider.buttons(receipt) == all_four(rider))

    rider.push(receipt, "button-change-category")
    fire = f"{category('fire').icon} {category('fire').names[rider.language]}"
    await rider.until(lambda: fire in rider.buttons(receipt))
    rider.press(receipt["message_id"], fire)
    await rider.sees_toast("category-changed")
    await rider.until(lambda: fire in rider.current(receipt)["text"])
    again = await officer.gets_alert(urgent=True, after=card["message_id"])  # which rings once more
    assert again["message_id"] != card["message_id"]
    replaced = officer.words("case-replaced", number="D-000001")
    await officer.until(lambda: officer.current(card)["text"] == replaced)
    assert officer.buttons(card) == []


async def test_the_place_is_changed_within_the_grid_and_beyond(town: Town) -> None:
    first, second = await town.officer(7001), await town.officer(7002, grid="B-01")
    rider = town.rider()
    receipt = await filed(rider)
    await first.gets_alert()
    rider.push(receipt, "button-change-place")
    prompt = await rider.hears("prompt-place", number="D-000001")
    near = (county.IN_A1[0] + 0.001, county.IN_A1[1])
    rider.send_location(*near)
    await rider.hears("place-changed", number="D-000001")
    pin = await first.wait_for(lambda m: m.get("location", {}).get("latitude") == near[0])
    assert pin, "the officer's pin is the new one"

    rider.push(receipt, "button-change-place")
    await rider.hears("prompt-place", number="D-000001", after=prompt["message_id"])
    rider.send_location(*county.OUTSIDE)
    await rider.hears("error-outside")
    rider.send_location(*county.IN_B1)  # it is still waited for
    await rider.hears("place-changed", number="D-000001", after=rider.last)
    await second.gets_alert()


@IN_BOTH_LANGUAGES
async def test_it_is_withdrawn_after_a_second_thought(town: Town, language: str) -> None:
    officer = await town.officer(7001, language=language)
    rider = town.rider(language=language)
    receipt = await filed(rider)
    card = await officer.gets_alert()
    rider.push(receipt, "button-withdraw")
    await rider.until(lambda: rider.words("confirm-withdraw", number="D-000001") in rider.current(receipt)["text"])
    rider.push(rider.current(receipt), "button-keep")
    await rider.until(lambda: rider.buttons(receipt) == all_four(rider))
    rider.push(receipt, "button-withdraw")
    await rider.until(lambda: rider.button("button-withdraw-yes") in rider.buttons(receipt))
    rider.push(rider.current(receipt), "button-withdraw-yes")
    await rider.sees_toast("withdrawn-toast")
    await officer.hears("told-withdrawn", number="D-000001")
    await officer.until(lambda: officer.buttons(card) == [])
    assert officer.words("case-withdrawn") in officer.current(card)["text"]
    officer.press(card["message_id"], data="ac:1")
    await officer.sees_toast("error-report-ended")


async def test_once_accepted_only_words_can_be_added(town: Town) -> None:
    officer = await town.officer(7001)
    rider = town.rider()
    receipt = await filed(rider)
    rider.push(receipt, "button-change-place")
    await rider.hears("prompt-place", number="D-000001")
    card = await officer.gets_alert()
    officer.push(card, "button-accept")
    await rider.until(lambda: rider.buttons(receipt) == [rider.button("button-add-words")])
    rider.send_location(*county.IN_B1)
    await rider.hears("error-too-late")  # and the dialog is over: the next place is a new report's
    for at, data in enumerate(("cc:1", "sc:1:fire", "cp:1", "wd:1", "wy:1")):
        rider.press(receipt["message_id"], data=data)
        await rider.until(lambda at=at: len(rider.toasts) > at + 1)
    assert {toast["text"] for toast in rider.toasts[1:]} == {rider.words("error-too-late")}
    rider.send_location(*county.IN_B1)
    await rider.hears("draft-join", number="D-000001")
    record = await town.store.read(briefs.describe, report_id=1, person_id=1)
    assert (record.status, record.grid_code, record.category) == (Status.ACCEPTED, "A-01", "water_leak")


@pytest.mark.parametrize(
    ("button", "prompt", "sent"),
    [("button-add-words", "prompt-words", "words"), ("button-change-place", "prompt-place", "place")],
)
async def test_each_dialog_is_cancelled_with_one_tap(town: Town, button: str, prompt: str, sent: str) -> None:
    rider = town.rider()
    receipt = await filed(rider)
    rider.push(receipt, button)
    asked = await rider.hears(prompt, number="D-000001")
    rider.push(asked, "button-cancel")
    await rider.sees_toast("toast-cancelled")
    assert rider.current(asked)["text"] == rider.words("cancelled")
    rider.send_text("not for that") if sent == "words" else rider.send_location(*county.IN_B1)
    await rider.hears("draft-join", number="D-000001")
    await town.calm()
    assert rider.current(receipt)["text"] == receipt["text"]


@pytest.mark.parametrize("data", ["aw:1", "cc:1", "sc:1:fire", "cp:1", "wd:1", "wy:1", "rc:1", "sr:1", "an:1"])
async def test_another_persons_report_cannot_be_touched(town: Town, data: str) -> None:
    owner, stranger = town.rider(5001), town.rider(5002)
    receipt = await filed(owner)
    stranger.send_text("/help")
    message = await stranger.hears("help-reporter")
    stranger.press(message["message_id"], data=data)
    await stranger.until(lambda: stranger.toasts)
    assert stranger.toasts[0]["text"] in (stranger.words("error-not-allowed"), stranger.words("error-no-such-report"))
    stranger.send_text("mine")
    await stranger.hears("draft-needs-both")
    await town.calm()
    assert owner.current(receipt)["text"] == receipt["text"]
    assert "D-000001" not in stranger.transcript()


async def test_after_the_end_only_looking_is_left(town: Town) -> None:
    officer = await town.officer(7001)
    rider = town.rider()
    card = await accepted(rider, officer)
    receipt = await rider.hears("next-accepted", name="Li", role="officer")
    await officer.push_more(card, "button-reject")
    await officer.until(lambda: officer.button("why-reject-none") in officer.buttons(card))
    officer.push(officer.current(card), "why-reject-none")
    await rider.hears("told-rejected", number="D-000001", why=rider.words("why-reject-none"))
    await rider.until(lambda: rider.buttons(receipt) == [rider.button("button-my-reports")])
    rider.press(receipt["message_id"], data="aw:1")
    await rider.sees_toast("error-report-ended")
