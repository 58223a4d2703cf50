"""How long a report may wait, and who may end it."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from services import briefs, delivery, dispatch, escalation, followers, lifecycle, lists, outgoing, talk, waiting
from services.errors import BadTime, NotAllowed, NotPossible, WaitsTooLong
from services.people import load_me
from services.talk import Said
from storage import outbox
from storage.kinds import Asking, EventKind, Message, OutboxState, Role, WaitingFor
from storage.outbox import Settlement
from tests.moment import NOW
from tests.services.scene import Scene
from tests.services.test_escalation import FIRE, HOUR, LEAK, MINUTE, run_until
from tests.services.test_lists_are_kept import Phones
from views import cases, messages
from views.actions import Answer, GoOn

ZONE = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
LATE = NOW + 60 * DAY


async def held(scene: Scene, words: str) -> dict[str, Any]:
    """A report that an officer has, as the first part of a wait for others."""
    officer = await scene.officer()
    report = await scene.accepted(await scene.person(), officer, words=words)
    return {"report_id": report, "officer_id": officer, "waiting_for": WaitingFor.THIRD_PARTY}


@pytest.mark.parametrize(
    ("words", "now", "longest"),
    [(LEAK, NOW, 30 * DAY), (LEAK, LATE, 3 * DAY), (FIRE, NOW, DAY), (FIRE, LATE, DAY)],
)
async def test_the_urgent_waits_a_day_and_the_overdue_three_at_a_time(
    scene: Scene, words: str, now: datetime, longest: timedelta
) -> None:
    wait = await held(scene, words)
    with pytest.raises(WaitsTooLong) as refused:
        await scene.do(waiting.wait_for, **wait, until=now + longest + MINUTE, now=now)
    assert refused.value.facts["hours"] == longest // HOUR
    assert (await scene.report(wait["report_id"])).paused_at is None
    for at in (now, now + HOUR):  # who waits already may say so again
        await scene.do(waiting.wait_for, **wait, until=at + longest, now=at)
    assert (await scene.report(wait["report_id"])).waiting_until == now + HOUR + longest


async def test_until_when_may_be_written(scene: Scene) -> None:
    wait = await held(scene, LEAK)
    with pytest.raises(BadTime):
        await scene.do(waiting.wait_until, **wait, words="soon")
    with pytest.raises(WaitsTooLong):
        await scene.do(waiting.wait_until, **wait, words="40 days")
    await scene.do(waiting.wait_until, **wait, words="明天9点")
    row = await scene.report(wait["report_id"])
    assert row.waiting_until == datetime(2026, 11, 24, 9, tzinfo=ZONE)


async def overdue(scene: Scene) -> tuple[dict[str, Any], int]:
    """One that is late, and to whom it was raised."""
    deputy = await scene.officer(is_primary=False)
    wait = await held(scene, FIRE)
    await run_until(scene, NOW + 2 * HOUR)
    await scene.deliver(now=NOW + 2 * HOUR + MINUTE)
    return wait, deputy


async def test_to_whom_it_was_raised_hears_that_the_overdue_waits_and_ends_it(scene: Scene) -> None:
    wait, deputy = await overdue(scene)
    report, said = wait["report_id"], await scene.last_said()
    now = NOW + 2 * HOUR + 5 * MINUTE
    await scene.do(waiting.wait_for, **wait, until=now + 3 * HOUR, now=now)
    claims = await scene.store.write(outbox.claim, now=now, most=100)
    (told,) = [one for one in claims if one.id > said and one.person_id == deputy and not one.message.is_edit]
    brief = await scene.store.read(outgoing.load, claimed=told, now=now)
    assert brief is not None
    card = messages.render(brief, now=now, zone=ZONE)
    assert card is not None
    assert "it waits for others, until 17:05" in card.text
    go_on = GoOn(report).pack()
    assert go_on in [button.action for row in card.rows for button in row]
    with pytest.raises(NotAllowed):
        await scene.do(waiting.go_on, report_id=report, officer_id=await scene.officer("B-01"), now=now)
    said = await scene.last_said()
    await scene.do(waiting.go_on, report_id=report, officer_id=deputy, now=now + MINUTE)
    row = await scene.report(report)
    assert (row.paused_at, row.officer_id) == (None, wait["officer_id"])
    assert (wait["officer_id"], Message.WAIT_OVER) in await scene.told(since=said)
    resumed = [event.by_id for event in await scene.events(report) if event.kind is EventKind.RESUMED]
    assert resumed == [deputy]
    record = await scene.store.read(briefs.report_for, report_id=report, person_id=deputy)
    me = await scene.store.read(load_me, person_id=deputy)
    shown = cases.card(record, me, now=now + MINUTE, zone=ZONE)
    assert go_on not in [button.action for row in shown.rows for button in row]
    with pytest.raises(NotPossible):
        await scene.do(waiting.go_on, report_id=report, officer_id=deputy, now=now + 2 * MINUTE)


async def test_the_buttons_under_that_line_go_when_the_wait_is_over(scene: Scene) -> None:
    wait, deputy = await overdue(scene)
    now = NOW + 2 * HOUR + 5 * MINUTE
    await scene.do(waiting.wait_for, **wait, until=now + 3 * HOUR, now=now)
    await scene.deliver(now=now + MINUTE / 2)
    (line,) = [row for row in await scene.outbox() if "waits" in (row.facts or {})]
    said = await scene.last_said()
    await scene.do(waiting.go_on, report_id=wait["report_id"], officer_id=wait["officer_id"], now=now + MINUTE)
    edits = [row.facts for row in await scene.outbox() if row.id > said and row.person_id == deputy]
    assert {"edits": line.sent[0], "shows": "reminder"} in edits


async def test_of_a_wait_for_what_is_in_time_nobody_above_hears(scene: Scene) -> None:
    lead, wait = await scene.person(roles=(Role.DESK,)), await held(scene, FIRE)
    said = await scene.last_said()
    await scene.do(waiting.wait_for, **wait, until=NOW + HOUR)
    assert lead not in [person for person, _ in await scene.told(since=said)]


async def test_what_waits_is_late_only_if_it_was_so_before(scene: Scene) -> None:
    wait, _ = await overdue(scene)
    in_time, now = await scene.accepted(await scene.person(), wait["officer_id"], words=FIRE), NOW + 2 * HOUR + MINUTE
    for one, at in ((in_time, NOW + HOUR), (wait["report_id"], now)):
        await scene.do(waiting.wait_for, **{**wait, "report_id": one}, until=now + 3 * HOUR, now=at)
    found, many = await scene.store.read(
        lists.late, person_id=wait["officer_id"], ids=[wait["report_id"], in_time], now=now + HOUR
    )
    assert ([one.id for one in found], many) == ([wait["report_id"]], 1)


WAITS_ARE_TOLD = [
    (WaitingFor.REPORTER, "Now your answer is needed to go on; we wait for it until 17:05."),
    (WaitingFor.THIRD_PARTY, "Now others have to help; work goes on by 17:05."),
]


@pytest.mark.parametrize(("whom", "words"), WAITS_ARE_TOLD)
@pytest.mark.parametrize("is_out", [True, False])
@pytest.mark.parametrize("is_stale", [True, False])
async def test_what_a_reporter_was_told_of_the_late_says_whom_it_waits_for(
    scene: Scene, whom: WaitingFor, words: str, is_out: bool, is_stale: bool
) -> None:
    wait, phones = await held(scene, FIRE) | {"waiting_for": whom}, Phones(scene)
    rider, follower = (await scene.report(wait["report_id"])).reporter_id, await scene.person()
    await scene.do(follow, report_id=wait["report_id"], person_id=follower)
    now = NOW + 2 * HOUR + 5 * MINUTE
    await phones.deliver(now=NOW + HOUR)
    for due in (
        (now,) if is_stale else (NOW + HOUR + MINUTE, now)
    ):  # at once all that the clock has missed, or step by step
        await scene.do(escalation.tick, now=due - MINUTE)
    assert {row.report_id is None for row in await scene.outbox() if row.message is Message.LATE} == {is_stale}
    if is_out:
        await phones.deliver(now=now)
    await scene.do(waiting.wait_for, **wait, until=NOW + 5 * HOUR + 5 * MINUTE, now=now)
    await phones.deliver(now=now + MINUTE)
    late = {who: card.text for (who, _), card in phones.shown.items() if "was not fixed by 14:00" in card.text}
    assert late.keys() >= {rider, follower}
    assert words in late[rider]
    assert WAITS_ARE_TOLD[1][1] in late[follower]  # it is not his answer
    await scene.do(waiting.go_on, report_id=wait["report_id"], officer_id=wait["officer_id"], now=now + HOUR)
    await phones.deliver(now=now + HOUR)
    late = {who: card.text for (who, _), card in phones.shown.items() if "was not fixed by 14:00" in card.text}
    assert [text for text in late.values() if "17:05" in text or "You will hear when it is fixed" not in text] == []


@pytest.mark.parametrize("is_paused", [True, False])
async def test_the_officer_of_what_is_late_is_not_told_to_hurry_while_it_waits(scene: Scene, is_paused: bool) -> None:
    await scene.officer(is_primary=False)
    wait, phones = await held(scene, FIRE), Phones(scene)
    await phones.deliver(now=NOW + HOUR / 2)
    await scene.do(escalation.tick, now=NOW + HOUR)  # half of the time
    await scene.do(escalation.tick, now=NOW + 2 * HOUR)  # late
    now = NOW + 2 * HOUR + MINUTE
    if is_paused:
        await scene.do(waiting.wait_for, **wait, until=now + 3 * HOUR, now=now)
    await phones.deliver(now=now)
    said = [card.text for (who, _), card in phones.shown.items() if who == wait["officer_id"] and "🔺" in card.text]
    assert [("It waits until 17:01" in text, "as soon as you can" in text) for text in said] == [
        (is_paused, not is_paused)
    ]
    halves = [card for (who, _), card in phones.shown.items() if who == wait["officer_id"] and "⏰" in card.text]
    assert bool(halves) is not is_paused


async def test_a_report_that_got_more_time_is_not_told_as_late(scene: Scene) -> None:
    officer, rider, phones = await scene.officer(), await scene.person(), Phones(scene)
    report = await scene.file(rider, words=FIRE)
    await scene.do(escalation.tick, now=NOW + 5 * MINUTE)
    await scene.do(dispatch.accept, report_id=report, officer_id=officer, now=NOW + 6 * MINUTE)
    await phones.deliver(now=NOW + 7 * MINUTE)
    assert not [card for (who, _), card in phones.shown.items() if who == rider and "Sorry" in card.text]


def follow(session: Session, *, report_id: int, person_id: int, now: datetime) -> None:
    assert followers.add(session, lifecycle.load(session, report_id), person_id, now=now)


async def test_the_answer_that_is_waited_for_lets_the_clock_go_on_once(scene: Scene) -> None:
    officer, rider, other = await scene.officer(), await scene.person(), await scene.person("Zhang Resident")
    report = await scene.accepted(rider, officer, words=LEAK)
    before = (await scene.report(report)).resolve_by
    await scene.deliver()
    await scene.do(follow, report_id=report, person_id=other)
    wait = {"report_id": report, "officer_id": officer, "waiting_for": WaitingFor.REPORTER}
    await scene.do(waiting.wait_for, **wait, until=NOW + DAY)
    await scene.deliver()
    await scene.do(talk.answer, report_id=report, person_id=other, said=Said("I do not know."))
    assert (await scene.report(report)).waiting_for is WaitingFor.REPORTER
    await scene.deliver()
    said, now = await scene.last_said(), NOW + 22 * HOUR
    for words in ("The red one.", "At the back."):
        await scene.do(talk.answer, report_id=report, person_id=rider, said=Said(words), now=now)
    row = await scene.report(report)
    assert (row.waiting_for, row.paused_at) == (None, None)
    assert row.resolve_by > before
    assert (await scene.story(report)).count(EventKind.RESUMED) == 1
    told = await scene.told(since=said)
    assert [one for one in told if one[1] is not Message.CARD] == [(officer, Message.ANSWER)] * 2
    assert {person for person, message in told if message is Message.CARD} >= {officer, rider}
    answers = [one.facts or {} for one in await scene.outbox(after=said) if one.message is Message.ANSWER]
    assert [facts.get("goes_on") for facts in answers] == [True, None]
    claims = await scene.store.write(outbox.claim, now=now, most=100)
    first = next(one for one in claims if one.id > said and one.message is Message.ANSWER)
    brief = await scene.store.read(outgoing.load, claimed=first, now=now)
    assert brief is not None
    card = messages.render(brief, now=now, zone=ZONE)
    assert card is not None
    assert "The red one." in card.text
    assert "The clock goes on" in card.text


async def test_an_answer_ends_no_wait_for_others(scene: Scene) -> None:
    wait = await held(scene, LEAK)
    await scene.do(waiting.wait_for, **wait, until=NOW + DAY)
    rider = (await scene.report(wait["report_id"])).reporter_id
    await scene.do(talk.answer, report_id=wait["report_id"], person_id=rider, said=Said("The red one."))
    assert (await scene.report(wait["report_id"])).waiting_for is WaitingFor.THIRD_PARTY


async def test_who_is_waited_for_answers_by_a_button_or_without_one(scene: Scene) -> None:
    officer, rider = await scene.officer(), await scene.person()
    report = await scene.accepted(rider, officer, words=LEAK)
    await scene.deliver(now=NOW + HOUR)
    wait: dict[str, Any] = {"report_id": report, "officer_id": officer}
    at = NOW + HOUR
    await scene.do(waiting.wait_for, **wait, waiting_for=WaitingFor.REPORTER, until=NOW + DAY, now=at)
    claims = await scene.store.write(outbox.claim, now=at, most=100)
    told = next(one for one in claims if one.message is Message.PAUSED)
    brief = await scene.store.read(outgoing.load, claimed=told, now=at)
    assert brief is not None
    card = messages.render(brief, now=at, zone=ZONE)
    assert card is not None
    assert [button.action for row in card.rows for button in row] == [Answer(report).pack()]
    await scene.do(delivery.settle, settlements=[Settlement(told.id, OutboxState.DELIVERED, sent=(71,))])
    draft = (await scene.take(rider, "The red one", now=at + MINUTE)).draft
    assert draft is not None
    assert (draft.asking, draft.join_report_id) == (Asking.ANSWER, report)
    said = await scene.last_said()
    await scene.do(dispatch.reject, report_id=report, officer_id=officer, why="none", now=at + 2 * MINUTE)
    edits = [row.facts or {} for row in await scene.outbox(after=said) if row.message is Message.CARD]
    assert {"edits": 71, "shows": "paused"} in edits  # nobody is asked any more: its button goes


async def test_to_wait_for_others_asks_the_reporter_nothing(scene: Scene) -> None:
    wait = await held(scene, LEAK)
    await scene.do(waiting.wait_for, **wait, until=NOW + DAY, now=NOW + HOUR)
    rider = (await scene.report(wait["report_id"])).reporter_id
    draft = (await scene.take(rider, "another leak", now=NOW + HOUR + MINUTE)).draft
    assert draft is not None
    assert draft.asking is not Asking.ANSWER


@pytest.mark.parametrize("is_late", [False, True])
async def test_a_reply_to_what_says_that_an_answer_is_needed_is_the_answer(scene: Scene, is_late: bool) -> None:
    wait, phones = await held(scene, FIRE) | {"waiting_for": WaitingFor.REPORTER}, Phones(scene)
    rider, now = (await scene.report(wait["report_id"])).reporter_id, NOW + HOUR
    if is_late:
        for due in (NOW + HOUR, NOW + 2 * HOUR):
            await scene.do(escalation.tick, now=due)
            await phones.deliver(now=due)
        now = NOW + 2 * HOUR + MINUTE
    await scene.do(waiting.wait_for, **wait, until=now + HOUR, now=now)
    await phones.deliver(now=now)
    asks = [
        number
        for (who, number), card in phones.shown.items()
        if who == rider and ("answer is needed" in card.text or "we need something from you" in card.text)
    ]
    assert len(asks) == 1 + is_late
    for message_id in asks:
        found = await scene.store.read(talk.replied_to, person_id=rider, message_id=message_id)
        assert found == (wait["report_id"], Message.PAUSED)
    if not is_late:
        before = await scene.last_said()
        await scene.resolve(wait["report_id"], wait["officer_id"], now=now + MINUTE)
        edits = [row.facts for row in await scene.outbox(after=before) if row.person_id == rider]
        assert {"edits": asks[0], "shows": "paused"} in edits, "its button goes at the end"
