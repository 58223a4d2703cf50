"""Fifty hands on one button: who is first wins, once, and everybody else hears who it was."""

import asyncio

from storage.schema import Event, Offer, Report
from tests import county
from tests.journeys.conftest import Town
from tests.journeys.phone import Phone
from tests.pictures import jpeg
from views.actions import NoPhoto, WithdrawNow

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
        status = await rider.hears("draft-needs-photo")
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
    await officer.hears("resolved-done", number="D-000001")
    await rider.hears("told-resolved", number="D-000001")
    officer.press(card["message_id"], data="rs:1")
    await officer.sees_toast("error-report-ended", after=4)
    await town.calm()
    assert len(await events(town, "accepted")) == 1
    assert len(await events(town, "resolved")) == 1
    assert sum("is fixed, thank you" in words for words in rider.said) == 1


async def test_two_proofs_at_once_resolve_once(town: Town) -> None:
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
    await officer.hears("resolved-done", number="D-000001")
    await rider.hears("told-resolved", number="D-000001")
    await town.calm()
    assert len(await events(town, "resolved")) == 1
    # The second one is no proof any more: it may be a new hazard, which the officer is asked about.
    await officer.hears("draft-needs-place")


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
