"""Proof and verdict, over HTTP: photo and place, far away and without, several in one go; fixed, not fixed, again."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from storage.kinds import Level, Role, Status
from storage.schema import Follower, Person, Post, Report
from tests import county
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.filing import accepted
from tests.journeys.phone import Phone
from tests.pictures import jpeg

pytestmark = ON_SQLITE

FIRST, SECOND = "D-000001", "D-000002"
FAR = (25.405, 114.3765)
"""1.2 km east of the report."""


async def status_of(town: Town, report: int = 1) -> Status:
    """Where the report is in its life."""
    return await town.store.read(lambda session: session.get_one(Report, report).status)


async def fixed(officer: Phone, card: int, report: str = FIRST) -> None:
    """Photo and place: it is fixed."""
    after = officer.last
    officer.press(card, officer.button("button-resolve"))
    await officer.hears("prompt-resolve", number=report, after=after)
    officer.send_photo(jpeg("green"))
    await officer.hears("proof-place", number=report, after=after)
    officer.send_location(*county.IN_A1)
    await officer.hears("resolved-done", number=report, after=after)


async def follow(town: Town, phone: Phone, report: int = 1) -> None:
    """Somebody else has the same trouble."""
    phone.send_text("/start")
    await phone.hears("ask-kind")

    def join(session: Session) -> None:
        person = session.query(Person).filter(Person.telegram_id == phone.id).one()
        row = session.get_one(Report, report)
        session.add(Follower(report_id=report, person_id=person.id, joined_at=row.filed_at))
        row.affected += 1

    await town.store.write(join)


@IN_BOTH_LANGUAGES
async def test_far_away_the_distance_is_said_a_reason_asked_and_both_stand_in_the_timeline(
    town: Town, language: str
) -> None:
    officer, rider = await town.officer(7001, language=language), town.rider(language=language)
    card = await accepted(rider, officer)
    officer.push(officer.current(card), "button-resolve")
    await officer.hears("prompt-resolve", number=FIRST)
    officer.send_photo(jpeg("green"))
    await officer.hears("proof-place", number=FIRST)
    assert officer.keyboard == [
        [officer.button("key-here")],
        [officer.button("key-no-place")],
    ]
    officer.send_location(*FAR, horizontal_accuracy=30)
    away = officer.words("apart-kilometres", count="1.2")
    asked = await officer.hears("proof-why-far", number=FIRST, far=away)
    assert await status_of(town) is Status.ACCEPTED
    officer.push(asked, "why-proof-elsewhere")
    await officer.hears("resolved-done", number=FIRST)
    assert officer.button("key-my-cases") in str(officer.keyboard)
    told = await rider.hears("told-resolved", number=FIRST)
    said = rider.words(
        "proof-far", far=rider.words("apart-kilometres", count="1.2"), why=rider.button("why-proof-elsewhere")
    )
    assert said in told["text"]
    rider.send_text("/reports")
    page = await rider.hears("my-reports-title")
    rider.press(page["message_id"], FIRST)
    await rider.hears(
        "details-title", number=FIRST, status=f"✅ {rider.words('status-resolved')}", after=page["message_id"]
    )
    assert said in rider.said[-1]
    await town.calm()
    assert (
        officer.words("proof-far", far=away, why=officer.button("why-proof-elsewhere")) in officer.current(card)["text"]
    )


async def test_place_first_then_no_place_then_words_say_why(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    card = await accepted(rider, officer)
    officer.push(officer.current(card), "button-resolve")
    await officer.hears("prompt-resolve", number=FIRST)
    officer.send_location(*FAR)
    await officer.hears("proof-photo", number=FIRST)
    officer.send_photo(jpeg("green"))
    await officer.hears("proof-why-far", number=FIRST, far=officer.words("apart-kilometres", count="1.2"))
    officer.send_text(officer.button("key-no-place"))
    await officer.hears("proof-why-no-place", number=FIRST)
    officer.send_text("under the <bridge>")
    await officer.hears("resolved-done", number=FIRST)
    told = await rider.hears("told-resolved", number=FIRST)
    assert rider.words("proof-without-place", why="under the <bridge>") in told["text"]


async def test_cancel_brings_the_menu_back_and_a_key_that_was_left_over_says_that_it_is_over(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    card = await accepted(rider, officer)
    officer.push(officer.current(card), "button-resolve")
    prompt = await officer.hears("prompt-resolve", number=FIRST)
    officer.send_photo(jpeg("green"))
    await officer.hears("proof-place", number=FIRST)
    officer.push(prompt, "button-cancel")
    await officer.hears("menu-back")
    assert officer.button("key-my-cases") in str(officer.keyboard)
    officer.send_text(officer.button("key-no-place"))
    await officer.hears("proof-over")
    officer.press(prompt["message_id"], data="pw:1:gps")
    await officer.sees_toast("error-nothing-to-add")
    assert await status_of(town) is Status.ACCEPTED


async def test_several_at_one_place_are_fixed_in_one_go(town: Town) -> None:
    officer = await town.officer(7001)
    riders = [town.rider(5001 + n) for n in range(3)]
    for number, rider in enumerate(riders, start=1):
        await accepted(rider, officer, number)
    officer.press(officer.last, data="rs:1")
    await officer.hears("prompt-resolve", number=FIRST)
    officer.send_photo(jpeg("green"))
    officer.send_location(*county.IN_A1)
    offer = await officer.hears("also-ask", number=FIRST)
    here = officer.words("apart-metres", count=66)
    names = [officer.button("button-also", number=f"D-00000{n}", far=here) for n in (3, 2)]
    assert officer.buttons(offer) == [*names, officer.button("button-also-all", count=2)]
    officer.push(offer, "button-also-all", count=2)
    await officer.sees_toast("toast-also")
    for number, rider in enumerate(riders, start=1):
        await rider.hears("told-resolved", number=f"D-00000{number}")
        assert len([m for m in rider.from_bot if "media_group_id" in m]) == 2
        assert await status_of(town, number) is Status.RESOLVED
    await officer.until(lambda: officer.buttons(offer) == [])


@IN_BOTH_LANGUAGES
async def test_fixed_closes_it_stars_follow_and_when_it_breaks_again_one_tap_says_so(town: Town, language: str) -> None:
    officer, rider = await town.officer(7001, language=language), town.rider(language=language)
    card = await accepted(rider, officer)
    await fixed(officer, card["message_id"])
    told = await rider.hears("told-resolved", number=FIRST)
    assert rider.buttons(told) == [rider.button("button-fixed"), rider.button("button-not-fixed")]
    rider.push(told, "button-fixed")
    await rider.sees_toast("toast-fixed")
    await officer.hears("told-verdict-closed", number=FIRST)
    assert await status_of(town) is Status.CLOSED
    stars = [f"{number} ⭐" for number in range(1, 6)]
    await rider.until(lambda: rider.buttons(told) == [*stars, rider.button("button-again")])
    for number in (5, 4):
        rider.press(told["message_id"], f"{number} ⭐")
        await rider.until(lambda n=number: rider.words("verdict-stars", stars=n) in rider.current(told)["text"])
    town.clock.travel(timedelta(days=3))
    after = officer.last
    for _ in range(2):
        rider.push(told, "button-again")
    await rider.until(lambda: [t["text"] for t in rider.toasts].count(rider.words("toast-again", number=SECOND)) == 2)
    await rider.hears_filed(2)
    alert = await officer.gets_alert(2, after=after)
    assert officer.words("line-follows", numbers=FIRST, count=1) in alert["text"]
    await town.calm()
    assert await town.count(Report) == 2
    assert rider.words("verdict-again", number=SECOND) in rider.current(told)["text"]
    assert rider.buttons(told) == stars


@IN_BOTH_LANGUAGES
async def test_not_fixed_goes_back_with_words_and_a_photo_and_the_others_buttons_go(town: Town, language: str) -> None:
    officer, rider = await town.officer(7001, language=language), town.rider(language=language)
    follower = town.rider(5002, language=language)
    card = await accepted(rider, officer)
    await follow(town, follower)
    await fixed(officer, card["message_id"])
    told = await rider.hears("told-resolved", number=FIRST)
    theirs = await follower.hears("told-resolved", number=FIRST)
    assert officer.words("line-affected", count=2) in officer.current(card)["text"]
    follower.push(theirs, "button-not-fixed")
    await follower.hears("ask-why-not-fixed", number=FIRST)
    follower.push(theirs, "button-back")
    await follower.until(lambda: follower.button("button-fixed") in follower.buttons(theirs))
    follower.push(theirs, "button-not-fixed")
    await follower.until(lambda: follower.button("why-not-fixed-still") in follower.buttons(theirs))
    after = officer.last
    follower.send_photo(jpeg("black"), caption="left of <it>")
    await follower.hears("verdict-objected", number=FIRST)
    news = await officer.hears("line-not-fixed", why="left of <it>", after=after)
    assert FIRST in news["text"]
    await officer.hears("told-added-by-another", number=FIRST)
    await town.calm()
    for phone, message in ((rider, told), (follower, theirs)):
        assert phone.words("verdict-back-to-work") in phone.current(message)["text"]
        assert phone.buttons(message) == [phone.button("button-add-words")]
    rider.press(told["message_id"], data="vf:1:0")  # yesterday's button
    await rider.sees_toast("error-back-at-work", number=FIRST)
    after = rider.last
    await fixed(officer, news["message_id"])
    anew = await rider.hears("told-resolved", number=FIRST, after=after)
    assert len([m for m in rider.from_bot if m["message_id"] > after and "media_group_id" in m]) == 3
    rider.press(told["message_id"], data="vf:1:0")
    await rider.sees_toast("error-newer-fix", number=FIRST)
    rider.push(anew, "button-fixed")
    await rider.sees_toast("toast-fixed")
    assert await status_of(town) is Status.RESOLVED  # the follower has not said so
    town.clock.travel(timedelta(hours=73))
    closed = await follower.hears("told-closed", number=FIRST)
    assert follower.buttons(closed) == [follower.button("button-again")]
    assert await status_of(town) is Status.CLOSED


async def lead(town: Town) -> Phone:
    """The lead of the community, who has begun to talk with the bot."""
    phone = await town.officer(7005, grid=None, name="Lead", role=Role.LEAD)

    def post(session: Session) -> None:
        person = session.query(Person).filter(Person.telegram_id == phone.id).one()
        session.add(Post(person_id=person.id, level=Level.LEAD, town="Town", community="Alpha"))

    await town.store.write(post)
    return phone


@pytest.mark.parametrize("is_fixed", [True, False], ids=["fixed", "back to work"])
async def test_the_third_time_the_lead_decides(town: Town, is_fixed: bool) -> None:
    officer, rider, community = await town.officer(7001), town.rider(), await lead(town)
    await accepted(rider, officer)
    for number in range(3):
        before = rider.last
        await fixed_anew(officer)
        told = await rider.hears("told-resolved", number=FIRST, after=before)
        rider.press(told["message_id"], data=f"vw:1:{number}:partly")
        await rider.until(lambda n=number: len(rider.toasts) == n + 1)
        await town.calm()
    card = await community.hears("case-decide")
    assert community.words("line-not-fixed", why=community.button("why-not-fixed-partly")) in card["text"]
    assert community.words("proof-near", far=community.words("apart-metres", count=0)) in card["text"]
    assert len([m for m in community.from_bot if "media_group_id" in m]) == 2
    assert await status_of(town) is Status.REVIEW
    after = officer.last
    community.push(card, "button-fixed" if is_fixed else "button-back-to-work")
    await community.sees_toast("toast-decided")
    if is_fixed:
        await rider.hears("told-decided-fixed", number=FIRST)
        assert await status_of(town) is Status.CLOSED
    else:
        await rider.hears("told-decided-back", number=FIRST)
        await officer.gets_alert(after=after)
    community.press(card["message_id"], data="vd:1:1")
    await community.sees_toast("error-already-decided", number=FIRST)


async def fixed_anew(officer: Phone) -> None:
    """Pressed by its data, whichever card it is under."""
    after = officer.last
    officer.press(officer.last, data="rs:1")
    await officer.hears("prompt-resolve", number=FIRST, after=after)
    officer.send_photo(jpeg("green"))
    officer.send_location(*county.IN_A1)
    await officer.hears("resolved-done", number=FIRST, after=after)


async def test_my_reports_have_the_buttons_too(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    card = await accepted(rider, officer)
    await fixed(officer, card["message_id"])
    told = await rider.hears("told-resolved", number=FIRST)
    rider.send_text("/reports")
    page = await rider.hears("my-reports-title")
    rider.press(page["message_id"], FIRST)
    details = await rider.hears(
        "details-title", number=FIRST, status=f"✅ {rider.words('status-resolved')}", after=page["message_id"]
    )
    rider.push(details, "button-fixed")
    await rider.sees_toast("toast-fixed")
    await town.calm()
    assert rider.button("button-fixed") not in rider.buttons(told)  # the other card's go, too
