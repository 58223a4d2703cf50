"""Ten people see the same burst pipe: the question before filing, following, merging, and the news at the end."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from storage.kinds import EventKind
from storage.schema import Draft, Event, Follower, Report
from tests import county
from tests.journeys.backends import IN_BOTH_LANGUAGES
from tests.journeys.conftest import Town
from tests.journeys.filing import accepted, filed
from tests.journeys.phone import Phone
from tests.pictures import jpeg

BESIDE = (25.4062, 114.365)
"""Some 130 metres from the first place."""
FIRST, SECOND = "D-000001", "D-000002"


async def asked(rider: Phone, *, words: str | None = "leak") -> dict[str, object]:
    """Somebody sends what may be the same; the question."""
    rider.send_photo(jpeg("red"), caption=words)
    await rider.hears("draft-needs-place")
    rider.send_location(*county.IN_A1)
    return await rider.hears("near-ask")


async def resolve(officer: Phone, card: dict[str, object], number: str = FIRST) -> None:
    officer.push(card, "button-resolve")
    await officer.hears("prompt-resolve", number=number)
    officer.send_photo(jpeg("green"))
    officer.send_location(*county.IN_A1)
    await officer.hears("resolved-done", number=number)


@IN_BOTH_LANGUAGES
async def test_the_same_joins_and_everybody_hears_at_the_end(town: Town, language: str) -> None:
    officer = await town.officer(7001, language=language)
    first, second = town.rider(5001, language), town.rider(5002, language)
    card = await accepted(first, officer)
    question = await asked(second)
    assert FIRST in question["text"]
    (picture,) = [m for m in second.from_bot if "photo" in m]
    assert FIRST in picture["caption"]
    second.push(question, "button-same", number=FIRST)
    await second.sees_toast("toast-followed")
    receipt = await second.hears("line-affected", count=2)
    assert second.button("button-unfollow") in second.buttons(receipt)
    await officer.until(lambda: officer.words("line-affected", count=2) in officer.current(card)["text"])
    await officer.hears("told-words-by-another", number=FIRST)
    await resolve(officer, card)
    for rider in (first, second):
        await rider.hears("told-resolved", number=FIRST)
    await town.calm()
    for rider in (first, second):
        assert sum(rider.words("told-resolved", number=FIRST) in said for said in rider.said) == 1
    assert await town.count(Report) == 1


@IN_BOTH_LANGUAGES
async def test_another_one_is_filed(town: Town, language: str) -> None:
    first, second = town.rider(5001, language), town.rider(5002, language)
    await filed(first)
    question = await asked(second)
    second.push(question, "button-another-one")
    second.push(question, "button-another-one")
    await second.hears_filed(2)
    await second.sees_toast("error-nothing-to-add")
    await town.calm()
    assert second.is_gone(question)
    assert await town.count(Report) == 2


@IN_BOTH_LANGUAGES
async def test_nobody_answers_and_the_receipt_goes_on_asking(town: Town, language: str) -> None:
    officer = await town.officer(7001, language=language)
    first, second = town.rider(5001, language), town.rider(5002, language)
    await filed(first)
    question = await asked(second)
    second.send_photo(jpeg("blue"))  # joins the draft while it asks
    await second.until(lambda: second.words("draft-has-photo", count=2) in second.current(question)["text"])
    town.clock.travel(timedelta(minutes=3))
    receipt = await second.hears_filed(2)
    await officer.gets_alert(2)
    second.push(receipt, "button-same", number=FIRST)
    await second.sees_toast("toast-merged")
    await second.hears("goes-on", number=SECOND, into=FIRST)
    await officer.hears("goes-on", number=SECOND, into=FIRST)
    await town.calm()
    assert await town.count(Follower) == 1
    assert await town.count(Draft) == 0


def merges_into(officer: Phone, card: dict[str, Any]) -> str:
    """The button that names the first report, with the icon of its kind; nothing where there is none."""
    return next((name for name in officer.buttons(card) if name.endswith(FIRST)), "")


@IN_BOTH_LANGUAGES
async def test_an_officer_merges_and_both_numbers_open_the_one(town: Town, language: str) -> None:
    officer = await town.officer(7001, language=language)
    first, second = town.rider(5001, language), town.rider(5002, language)
    await filed(first)
    await filed(second, 2, place=BESIDE)
    card = await officer.gets_alert(2)
    await town.calm()
    officer.push(card, "button-merge")
    await officer.until(lambda: merges_into(officer, card) != "")
    officer.press(card["message_id"], data="dm:2:1")  # of a list from the time when one tap merged
    await officer.until(lambda: officer.button("button-merge-yes") in officer.buttons(card))
    assert await town.count(Follower) == 0
    officer.push(officer.current(card), "button-back")
    await officer.until(lambda: merges_into(officer, card) != "")
    officer.press(card["message_id"], merges_into(officer, card))
    await officer.until(lambda: officer.button("button-merge-yes") in officer.buttons(card))
    assert officer.words("merge-other-kind") not in officer.current(card)["text"]
    assert await town.count(Follower) == 0
    officer.push(officer.current(card), "button-merge-yes")
    await officer.sees_toast("toast-merged")
    await officer.until(lambda: officer.button("button-open", number=FIRST) in officer.buttons(card))
    receipt = await second.hears("receipt-follows", number=FIRST)
    assert second.words("goes-on", number=SECOND, into=FIRST) in receipt["text"]
    second.tap(second.button("key-my-reports"))
    mine = await second.hears("my-reports-title")
    second.press(mine["message_id"], SECOND)
    details = await second.hears("details-title", number=FIRST, status="🕓 " + second.words("status-open"))
    assert second.words("goes-on", number=SECOND, into=FIRST) in details["text"]
    officer.press(card["message_id"], data="dy:2:1")
    await officer.sees_toast("error-goes-on", number=SECOND, into=FIRST, after=1)
    officer.press(card["message_id"], data="dy:1:2")
    await officer.sees_toast("error-same-report", number=FIRST, after=2)


async def test_what_was_sent_of_a_fix_is_of_the_one_in_which_it_goes_on(town: Town) -> None:
    officer = await town.officer(7001)
    await accepted(town.rider(5001), officer)
    await filed(town.rider(5002), 2, place=BESIDE)
    card = await officer.gets_alert(2)
    officer.push(card, "button-accept")
    await officer.until(lambda: officer.button("button-resolve") in officer.buttons(card))
    officer.push(card, "button-resolve")
    await officer.hears("prompt-resolve", number=SECOND)
    officer.send_photo(jpeg("green"))
    await officer.hears("proof-place", number=SECOND)
    officer.press(card["message_id"], data="dy:2:1")
    await officer.sees_toast("toast-merged")
    officer.send_location(*county.IN_A1)
    await officer.hears("resolved-done", number=FIRST)


@IN_BOTH_LANGUAGES
async def test_of_what_is_of_another_kind_the_question_says_so(town: Town, language: str) -> None:
    officer = await town.officer(7001, language=language)
    await filed(town.rider(5001), words="fallen tree")
    await filed(town.rider(5002), 2, words="water leak", place=BESIDE)
    card = await officer.gets_alert(2)
    await town.calm()
    officer.push(card, "button-merge")
    await officer.until(lambda: merges_into(officer, card) != "")
    for back in (True, False):
        officer.press(card["message_id"], merges_into(officer, card))
        await officer.until(lambda: officer.button("button-merge-yes") in officer.buttons(card))
        asked = officer.current(card)["text"]
        told = (FIRST, SECOND, officer.words("apart-metres", count=133), officer.words("merge-other-kind"))
        assert all(part in asked for part in told)
        assert await town.count(Follower) == 0
        officer.push(officer.current(card), "button-back" if back else "button-merge-yes")
        await officer.until(lambda: officer.button("button-merge-yes") not in officer.buttons(card))
    await officer.sees_toast("toast-merged")


async def test_unfollow_and_the_reporter_leaves_the_others_behind(town: Town) -> None:
    officer = await town.officer(7001)
    first, second, third = (town.rider(5001 + at, name=f"Rider {at}") for at in range(3))
    receipt = await filed(first)
    for rider in (second, third):
        rider.push(await asked(rider), "button-same", number=FIRST)
        await rider.hears("receipt-follows", number=FIRST)
    await town.calm()
    follows = await third.hears("receipt-follows", number=FIRST)
    third.push(follows, "button-unfollow")
    await third.hears("receipt-left", number=FIRST)
    first.push(receipt, "button-withdraw")
    await first.hears("confirm-withdraw", number=FIRST)
    first.push(receipt, "button-withdraw-yes")
    await first.hears("receipt-left", number=FIRST)
    await town.calm()
    officer.push(await officer.gets_alert(), "button-accept")
    await second.hears("told-accepted", number=FIRST, name="Li", role="officer")
    await town.calm()
    for rider in (first, third):
        assert rider.words("told-accepted", number=FIRST, name="Li", role="officer") not in rider.transcript()


async def test_what_one_reported_oneself_is_added_to(town: Town) -> None:
    rider = town.rider()
    await filed(rider)
    town.clock.travel(timedelta(minutes=20))
    rider.send_photo(jpeg("blue"), caption="leak")
    await rider.hears("draft-needs-place")
    rider.send_location(*county.IN_A1)
    question = await rider.hears("near-ask-own")
    rider.push(question, "button-join", number=FIRST)
    await rider.hears("joined-report", number=FIRST)
    assert await town.count(Report) == 1


@pytest.mark.parametrize("many", [50])
async def test_fifty_press_the_same_at_once(town: Town, many: int) -> None:
    await filed(town.rider())
    riders = [town.rider(6001 + at, name=f"Rider {at}") for at in range(many)]
    questions = await asyncio.gather(*(asked(rider) for rider in riders))
    for rider, question in zip(riders, questions, strict=True):
        rider.push(question, "button-same", number=FIRST)
        rider.push(question, "button-same", number=FIRST)
    await asyncio.gather(*(rider.hears("receipt-follows", number=FIRST) for rider in riders))
    await town.calm()
    report = await town.store.read(lambda session: session.get_one(Report, 1))
    assert report.affected == many + 1
    joined = await town.store.read(lambda s: s.query(Event).filter(Event.kind == EventKind.FOLLOWED).count())
    assert joined == many
    for rider in riders:
        assert [toast["text"] for toast in rider.toasts] == [
            rider.words("toast-followed"),
            rider.words("error-follows-already", number=FIRST),
        ]


async def test_the_other_one_ended_while_the_question_stood_there(town: Town) -> None:
    officer = await town.officer(7001)
    first, second = town.rider(5001), town.rider(5002)
    card = await accepted(first, officer)
    question = await asked(second)
    await resolve(officer, card)
    second.push(question, "button-same", number=FIRST)
    await second.sees_toast("note-same-ended")
    await second.hears_filed(2)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_restart_while_it_is_asked_loses_nothing(town: Town) -> None:
    await filed(town.rider())
    second = town.rider(5002)
    question = await asked(second)
    await town.close()
    second.push(question, "button-same", number=FIRST)
    await town.open()
    await second.hears("receipt-follows", number=FIRST)
