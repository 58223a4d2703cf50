"""Fifty hands on one button: who is first wins, once, and everybody else hears who it was."""

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.schema import Event, Follower, Offer, Person, Report
from tests import county
from tests.journeys.conftest import Town
from tests.journeys.phone import Phone
from tests.pictures import jpeg
from views.actions import Fixed, NoPhoto, NotFixedFor, WithdrawNow

OFFICERS = 50


async def events(town: Town, kind: str) -> list[Event]:
    """What happened of this kind, in any report."""
    return await town.store.read(lambda session: list(session.query(Event).filter(Event.kind == kind)))


async def file(town: Town, rider: Phone, *, photo: bool = True) -> None:
    """A report in grid A-01; without a photo its alert is a message shorter."""
    if photo:
        rider.send_photo(jpeg())
        await rider.hears("draft-needs-place")
    rider.send_location(*county.IN_A1)
    if not photo:
        status = await rider.hears("draft-what")
        rider.press(status["message_id"], data=NoPhoto().pack())
    await rider.hears_filed()


async def test_of_fifty_who_accept_at_once_one_wins_and_the_others_hear_who_it_was(town: Town) -> None:
    officers = await asyncio.gather(*(town.officer(7001 + n, name=f"Officer {n}") for n in range(OFFICERS)))
    rider = town.rider()
    await file(town, rider, photo=False)
    cards = await asyncio.gather(*(officer.gets_alert() for officer in officers))
    await town.calm()

    for officer, card in zip(officers, cards, strict=True):
        officer.push(card, "button-accept")
    await asyncio.gather(*(officer.until(lambda one=officer: one.toasts) for officer in officers))
    (won,) = await events(town, "accepted")
    winners = [officer for officer in officers if officer.toasts[0]["text"] == officer.words("toast-accepted")]
    assert len(winners) == 1
    for officer in officers:
        if officer is not winners[0]:
            (toast,) = officer.toasts
            assert toast["text"] == officer.words("error-already-accepted", name=winners[0].first_name, role="officer")
            assert toast["show_alert"]
    await rider.hears("told-accepted", number="D-000001", name=winners[0].first_name, role="officer")
    await town.calm()

    assert sum("has accepted it and is working on it" in words for words in rider.said) == 1
    for officer, card in zip(officers, cards, strict=True):
        if officer is winners[0]:
            assert officer.button("button-resolve") in officer.buttons(card)
        else:
            taken = officer.words("case-taken", name=winners[0].first_name, role="officer")
            assert taken in officer.current(card)["text"]
            assert officer.buttons(card) == []
    offers = await town.store.read(lambda session: list(session.query(Offer)))
    assert sorted(str(offer.state) for offer in offers) == ["accepted"] + ["closed"] * (OFFICERS - 1)
    assert [offer.person_id for offer in offers if offer.state == "accepted"] == [won.by_id]


async def test_accept_and_withdraw_at_once(town: Town) -> None:
    officer = await town.officer(7001)
    rider = town.rider()
    await file(town, rider)
    card = await officer.gets_alert()
    receipt = await rider.hears_filed()

    officer.push(card, "button-accept")
    rider.press(receipt["message_id"], data=WithdrawNow(1).pack())
    await officer.until(lambda: officer.toasts)
    await rider.until(lambda: rider.toasts)
    await town.calm()
    report = await town.store.read(lambda session: session.get_one(Report, 1))
    if report.status == "accepted":
        assert officer.toasts[0]["text"] == officer.words("toast-accepted")
        assert rider.toasts[0]["text"] == rider.words("error-too-late")
        assert await events(town, "withdrawn") == []
    else:
        assert officer.toasts[0]["text"] == officer.words("error-report-ended")
        assert rider.toasts[0]["text"] == rider.words("withdrawn-toast")
        assert await events(town, "accepted") == []


async def test_every_button_may_be_pressed_twice_at_once(town: Town) -> None:
    officer = await town.officer(7001)
    rider = town.rider()
    await file(town, rider)
    card = await officer.gets_alert()

    officer.push(card, "button-accept")
    officer.push(card, "button-accept")
    await officer.until(lambda: len(officer.toasts) == 2)
    assert [toast["text"] for toast in officer.toasts] == [
        officer.words("toast-accepted"),
        officer.words("error-already-yours"),
    ]
    await rider.hears("told-accepted", number="D-000001", name="Li", role="officer")

    officer.push(card, "button-resolve")
    officer.push(card, "button-resolve")
    await officer.until(lambda: len(officer.toasts) == 4)
    officer.send_photo(jpeg("green"))
    officer.send_location(*county.IN_A1)
    await officer.hears("resolved-done", number="D-000001")
    await rider.hears("told-resolved", number="D-000001")
    officer.press(card["message_id"], data="rs:1")
    await officer.sees_toast("error-already-fixed", after=4)
    await town.calm()
    assert len(await events(town, "accepted")) == 1
    assert len(await events(town, "resolved")) == 1
    assert sum("is fixed, thank you" in words for words in rider.said) == 1


async def test_two_photos_and_two_places_at_once_resolve_once(town: Town) -> None:
    officer = await town.officer(7001)
    rider = town.rider()
    await file(town, rider)
    card = await officer.gets_alert()
    officer.push(card, "button-accept")
    await officer.sees_toast("toast-accepted")
    officer.push(card, "button-resolve")
    await officer.hears("prompt-resolve", number="D-000001")

    officer.send_photo(jpeg("green"))
    officer.send_photo(jpeg("blue"))
    officer.send_location(*county.IN_A1)
    officer.send_location(*county.IN_A1)
    await officer.hears("resolved-done", number="D-000001")
    told = await rider.hears("told-resolved", number="D-000001")
    await town.calm()
    assert len(await events(town, "resolved")) == 1
    assert rider.words("told-before-after", before="1", after="2–3") in told["text"]
    # The second place is no proof's any more: it may be a new hazard's, which the officer is asked about.
    await officer.hears("draft-what")


PEOPLE = 50


async def fixed(town: Town) -> list[Phone]:
    """A report that is said to be fixed, with as many who may judge it; all have the card before them."""
    officer = await town.officer(7001)
    people = [town.rider(5001 + n) for n in range(PEOPLE)]
    for one in people:
        one.send_text("/start")
    await asyncio.gather(*(one.hears("ask-kind") for one in people))
    await file(town, people[0], photo=False)
    await town.store.write(everybody_follows)
    card = await officer.gets_alert()
    officer.push(card, "button-accept")
    await officer.sees_toast("toast-accepted")
    officer.push(card, "button-resolve")
    await officer.hears("prompt-resolve", number="D-000001")
    officer.send_photo(jpeg("green"))
    officer.send_location(*county.IN_A1)
    await asyncio.gather(*(one.hears("told-resolved", number="D-000001") for one in people))
    await town.calm()
    return people


def everybody_follows(session: Session) -> None:
    """All who are no officers have the same trouble."""
    report = session.get_one(Report, 1)
    people = session.scalars(select(Person).where(Person.telegram_id < 5001 + PEOPLE, Person.id != report.reporter_id))
    now = report.filed_at
    session.add_all(Follower(report_id=1, person_id=one.id, joined_at=now) for one in people)
    report.affected = PEOPLE


@pytest.mark.parametrize("all_agree", [True, False], ids=["fixed", "not fixed"])
async def test_of_fifty_verdicts_at_once_none_is_lost(town: Town, all_agree: bool) -> None:
    people = await fixed(town)
    for one in people:
        card = next(m for m in one.from_bot if one.words("told-resolved", number="D-000001") in m.get("text", ""))
        one.press(card["message_id"], data=(Fixed(1, 0) if all_agree else NotFixedFor(1, 0, "still")).pack())
    await asyncio.gather(*(one.until(lambda one=one: one.toasts) for one in people))
    await town.calm()
    said = sorted(toast["text"] for one in people for toast in one.toasts if toast["text"])  # else: of NoPhoto
    report = await town.store.read(lambda session: session.get_one(Report, 1))
    if all_agree:
        assert said == [people[0].words("toast-fixed")] * PEOPLE
        assert report.status == "closed"
        assert len(await events(town, "closed")) == 1
        assert len(await events(town, "judged")) == PEOPLE
    else:
        refused = people[0].words("error-back-at-work", number="D-000001")
        assert said.count(refused) == PEOPLE - 1
        assert (report.status, report.reopened) == ("accepted", 1)
    for one in people:
        assert not [m for m in one.from_bot if one.button("button-fixed") in one.buttons(m)]


async def test_add_to_pressed_twice_at_once_adds_once(town: Town) -> None:
    rider = town.rider()
    await town.officer(7001)
    await file(town, rider)
    rider.send_text("it is getting worse")
    question = await rider.hears("draft-join", number="D-000001")
    rider.push(question, "button-join", number="D-000001")
    rider.push(question, "button-join", number="D-000001")
    await rider.until(lambda: len(rider.toasts) == 2)
    await town.calm()
    assert len(await events(town, "words_added")) == 1
    report = await town.store.read(lambda session: session.get_one(Report, 1))
    assert report.words == "it is getting worse"
